"""Typed rows: tables written in Python, which type checkers check cell by cell."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, Generic, Never, TypeVar, get_args, get_origin

from attrs import Attribute, field, fields, frozen

from relationkit.decisions import Outcome, PolicyRef, Value
from relationkit.tables._build import build
from relationkit.tables._hits import HitPolicy
from relationkit.tables._proofs import STEPS
from relationkit.tables._records import FactRecord, domains_of
from relationkit.tables._table import Table
from relationkit.tables._wording import written

__all__ = [
    "ANYTHING",
    "Row",
    "Test",
    "TypedTable",
    "at_least",
    "at_most",
    "between",
    "less_than",
    "more_than",
    "none_of",
    "one_of",
    "typed",
]

V = TypeVar("V", bound=Value)
V_co = TypeVar("V_co", bound=Value, covariant=True)
F = TypeVar("F", bound=FactRecord)
F_contra = TypeVar("F_contra", bound=FactRecord, contravariant=True)
A = TypeVar("A", bound=StrEnum)
A_co = TypeVar("A_co", bound=StrEnum, covariant=True)


@frozen
class Test(Generic[V_co]):
    """What a row asks of one fact.

    Attributes:
        text: The same as a cell has it.
    """

    __test__ = False  # pytest looks for classes of this name

    text: str


ANYTHING: Final[Test[Never]] = Test("-")
"""Asks nothing."""


def one_of(*values: V) -> Test[V]:
    """Any of *values*; of a single one, just that.

    >>> one_of(1, 2).text
    '1, 2'
    """
    return Test(", ".join(map(written, values)))


def none_of(*values: V) -> Test[V]:
    """None of *values*.

    >>> none_of(1, 2).text
    'not(1, 2)'
    """
    return Test(f"not({', '.join(map(written, values))})")


def at_least(value: V) -> Test[V]:
    """That *value* or more; only where values have an order.

    >>> at_least(18).text
    '>= 18'
    """
    return Test(f">= {written(value)}")


def more_than(value: V) -> Test[V]:
    """More than that *value*.

    >>> more_than(18).text
    '> 18'
    """
    return Test(f"> {written(value)}")


def at_most(value: V) -> Test[V]:
    """That *value* or less.

    >>> at_most(18).text
    '<= 18'
    """
    return Test(f"<= {written(value)}")


def less_than(value: V) -> Test[V]:
    """Less than that *value*.

    >>> less_than(18).text
    '< 18'
    """
    return Test(f"< {written(value)}")


def between(low: V, high: V) -> Test[V]:
    """From *low* up to but not including *high*.

    >>> between(18, 65).text
    '18 .. 65'
    """
    return Test(f"{written(low)} .. {written(high)}")


@frozen(kw_only=True)
class Row(Generic[F_contra, A_co]):
    """One row of a table about facts of one class; a subclass names its columns.

    >>> from attrs import frozen
    >>> class Fare(StrEnum):
    ...     CHILD = "child"
    ...     FULL = "full"
    >>> @frozen(kw_only=True)
    ... class Visitor(FactRecord):
    ...     age: int
    >>> @frozen(kw_only=True)
    ... class FareRow(Row[Visitor, Fare]):
    ...     age: Test[int] = ANYTHING
    >>> fares = typed(
    ...     FareRow(
    ...         id="young", age=less_than(18), then=Fare.CHILD,
    ...         because="under age", source="ours",
    ...     ),
    ...     FareRow(id="others", then=Fare.FULL, because="of age", source="ours"),
    ...     yields="fare",
    ... )
    >>> print(fares.decide(Visitor(age=7)))
    child: age is 7 (young, table fare)

    Attributes:
        id: Its name, once in the table.
        then: What it answers.
        because: Why, in words for the person concerned.
        source: What it rests on; ``ours`` for a judgement of our own.
        contested: Whether good sources disagree about it.
    """

    id: str
    then: A_co
    because: str
    source: str
    contested: bool = False


@frozen
class TypedTable(Generic[F_contra, A_co]):
    """A table of which type checkers know the facts; make one with :func:`typed`.

    Attributes:
        table: The same table for facts of any kind.
    """

    table: Table[A_co] = field()

    def decide(self, facts: F_contra, /) -> Outcome[A_co]:
        """What follows from *facts*."""
        return self.table.decide(facts)


OWN = frozenset(attribute.name for attribute in fields(Row))


def typed(
    *rows: Row[F, A],
    yields: str,
    hit: HitPolicy = HitPolicy.FIRST,
    prove: Mapping[str, object] | None = None,
    ref: PolicyRef | None = None,
    steps: int = STEPS,
) -> TypedTable[F, A]:
    """The table of *rows*, proved as any other.

    >>> class Fare(StrEnum):
    ...     FULL = "full"
    >>> @frozen(kw_only=True)
    ... class Visitor(FactRecord):
    ...     age: int
    >>> all_ = Row[Visitor, Fare](id="all", then=Fare.FULL, because="so", source="ours")
    >>> typed(all_, yields="fare")
    Traceback (most recent call last):
    TypeError: Row does not say its facts: derive it from Row[F, A]

    Raises:
        PolicyError: If anything is wrong with it, as :func:`build` does.
        TypeError: If there is no row, rows are of several classes, or a column
            is no fact of the record or asks for values of another class.
    """
    kind, record = _kind(rows)
    asked = [attribute.name for attribute in _columns(kind, record)]
    rules = [
        {
            "id": row.id,
            "when": {name: getattr(row, name).text for name in asked},
            "then": row.then.value,
            "because": row.because,
            "source": row.source,
            "contested": row.contested,
        }
        for row in rows
    ]
    document = {"hit": HitPolicy(hit).value, "rule": rules, "prove": prove or {}}
    answers = type(rows[0].then)
    table = build(
        document,
        yields=yields,
        answers=answers,
        facts=domains_of(record),
        record=record,
        ref=ref,
        steps=steps,
    )
    return TypedTable(table)


def _kind(rows: Sequence[Row[F, A]]) -> tuple[type[Row[F, A]], type[FactRecord]]:
    """The class of the rows, and the record that it is about."""
    found = {type(row): None for row in rows}
    if len(found) != 1:
        told = ", ".join(kind.__name__ for kind in found) or "none"
        raise TypeError(f"rows are of one class, not {told}")
    kind = next(iter(found))
    for base in getattr(kind, "__orig_bases__", ()):
        if get_origin(base) is Row and issubclass(get_args(base)[0], FactRecord):
            return kind, get_args(base)[0]
    raise TypeError(f"{kind.__name__} does not say its facts: derive it from Row[F, A]")


def _columns(
    kind: type[Row[F, A]], record: type[FactRecord]
) -> "list[Attribute[object]]":
    """The columns of the rows, each a fact of the record and about its class."""
    known = domains_of(record)
    columns = [attribute for attribute in fields(kind) if attribute.name not in OWN]
    for column in columns:
        name = column.name
        if name not in known:
            raise TypeError(f"{kind.__name__}.{name} is no fact of {record.__name__}")
        wanted, got = known[name].kind, get_args(column.type)
        if got != (wanted,):
            told = f"expected Test[{wanted.__name__}], got {column.type}"
            raise TypeError(f"{kind.__name__}.{name}: {told}")
    return columns
