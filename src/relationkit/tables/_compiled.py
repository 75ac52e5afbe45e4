"""Compiled: one function for a table, from facts to what it decides.

Facts that a record class has checked, and plain dictionaries, are decided by a
function written for the table: for a few rules a chain of comparisons, for many
a look-up of bitsets.  No word of the table stands in its text but names that are
identifiers: members and bounds are bound to names made here.  What it does not
know how to take, such as an unknown fact, it hands over to the slow way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from keyword import iskeyword
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from unicodedata import normalize

from relationkit.decisions import Decision, Outcome
from relationkit.tables._chain import Chain, Fetch
from relationkit.tables._domains import Axis
from relationkit.tables._lookups import Lookups
from relationkit.tables._source import OWN, Source, indented

if TYPE_CHECKING:
    from relationkit.tables._table import Table

__all__ = ["compiled"]

T = TypeVar("T")
Slow: TypeAlias = Callable[[object, Mapping[str, Outcome[StrEnum]]], T]
FACTS = f"{OWN}facts"
FEW = 32
"""Up to how many rules a chain of comparisons is faster than bitsets."""


def compiled(
    table: "Table[StrEnum]",
    slow: Slow[T],
    checked: Callable[[object], T],
    wrap: type | None,
) -> Callable[..., T]:
    """The function that decides as *slow* does, and hands over what it cannot take.

    What the record class has checked it hands to *checked*, if that is all.  It
    makes a *wrap* of the answer, of what can tell of it and of the case; or gives
    the bare answer if that is None.  Outcomes are parameters of its own,
    as gathering them in a dictionary would take longer than to decide.
    """
    source, named = Source(), [*_parameters(table)]
    slowly = source.bind(_gathering(slow, named))
    fallback = f"return {slowly}({', '.join([FACTS, *named])})"
    lines: list[str] = []
    for taken in (_Record, _Dict):
        if taken.can_take(table):
            lines += taken(table, source, wrap, fallback).lines(checked)
    head = f"def decide({', '.join([FACTS, '/', *(f'{n}=None' for n in named)])}):"
    return source.function([head, *indented([*lines, fallback])], like=slow)


def _parameters(table: "Table[StrEnum]") -> Iterator[str]:
    """The facts that may come as outcomes of earlier questions."""
    for name, domain in table.declared:
        is_name = name.isidentifier() and normalize("NFKC", name) == name
        is_free = not iskeyword(name) and not name.startswith(OWN)
        if issubclass(domain.kind, StrEnum) and is_name and is_free:
            yield name


def _gathering(slow: Slow[T], named: Sequence[str]) -> Callable[..., T]:
    """What calls *slow* with the outcomes that were given, by name."""

    def gather(facts: object, *given: Outcome[StrEnum] | None) -> T:
        outcomes = zip(named, given, strict=True)
        return slow(facts, {n: one for n, one in outcomes if one is not None})

    return gather


class _Taken:
    """Facts of one form, as a function takes them."""

    def __init__(
        self, table: "Table[StrEnum]", source: Source, wrap: type | None, fallback: str
    ) -> None:
        self.table = table
        self.source = source
        self.fallback = fallback
        self.wrap = wrap
        self.given = {*_parameters(table)} & {*table.facts}

    def body(self, fetch: Fetch) -> list[str]:
        """What finds the rule."""
        finding = Chain if len(self.table.rules) <= FEW else Lookups
        return finding(self.table, self.source, fetch).lines()

    def wrapped(self, answer: str, case: str) -> str:
        """The line that gives *answer* about *case*."""
        if self.wrap is None:
            return f"return {answer}"
        bind = self.source.bind
        made, telling = bind(self.wrap), bind(self.table.telling)
        return f"return {made}({answer}, {telling}, {case})"

    def taken_if(self, kind: str, absent: set[str]) -> str:
        """Whether facts are of a *kind*, and some outcomes *absent*."""
        tests = [
            f"{FACTS}.__class__ is {kind}",
            *(f"{n} is None" for n in sorted(absent)),
        ]
        return f"if {' and '.join(tests)}:"


class _Record(_Taken):
    """An instance of the record class: its facts are right, though some unknown."""

    @staticmethod
    def can_take(table: "Table[StrEnum]") -> bool:
        """Whether there is such a class, and all that it lacks can be given."""
        beside = {*table.facts} - {*table.own}
        return table.record is not None and beside <= {*_parameters(table)}

    def lines(self, checked: Callable[[object], object]) -> list[str]:
        """Take such facts, and fall through with all others."""
        own = {*self.table.own}
        if own == {*self.table.facts}:
            self.fallback = f"return {self.source.bind(checked)}({FACTS})"
        return [
            self.taken_if(self.source.bind(self.table.record), self.given & own),
            *indented(self._given()),
            "    try:",
            *indented(indented(self.body(self))),
            "    except (TypeError, KeyError):",
            f"        {self.fallback}",
        ]

    def _given(self) -> list[str]:
        """Take the outcomes beside it: each must be there, whatever is asked."""
        bind = self.source.bind
        lines: list[str] = []
        for at, axis in enumerate(self.table.axes):
            if axis.name not in self.table.own:
                name = f"{OWN}v{at}"
                lines += [
                    f"if {axis.name}.__class__ is not {bind(Decision)}:",
                    f"    {self.fallback}",
                    f"{name} = {axis.name}.answer",
                    f"if {name}.__class__ is not {bind(axis.domain.kind)}:",
                    f"    {self.fallback}",
                ]
        return lines

    def load(self, column: int) -> list[str]:
        """Take it when it is asked for, and give up where it is unknown."""
        axis, name = self.table.axes[column], f"{OWN}v{column}"
        if axis.name not in self.table.own:
            return []
        taken = f"{name} = {FACTS}.{axis.name}"
        if axis.domain.members:
            return [taken, f"if {name} is None:", f"    {self.fallback}"]
        return [taken]

    def give(self, answer: str) -> str:
        """The answer, about the record and the outcomes beside it."""
        beside = [f for f in self.table.facts if f not in self.table.own]
        outcomes = ", ".join(f"{self.source.bind(n)}: {n}" for n in beside)
        return self.wrapped(answer, f"[{FACTS}, {{{outcomes}}}]" if beside else FACTS)


class _Dict(_Taken):
    """A dictionary of just the facts that rules read, which it checks."""

    @staticmethod
    def can_take(table: "Table[StrEnum]") -> bool:
        """Whether there is anything to take."""
        return bool(table.axes)

    def lines(self, checked: Callable[[object], object]) -> list[str]:
        """Take such facts, and fall through with all others."""
        del checked
        axes, bind = self.table.axes, self.source.bind
        takes = [
            f"{OWN}v{at} = {FACTS}[{bind(axis.name)}]" for at, axis in enumerate(axes)
        ]
        return [
            self.taken_if(bind(dict), self.given),
            f"    if {bind(len)}({FACTS}) == {len(axes)}:",
            "        try:",
            *indented(indented(indented(takes))),
            "        except KeyError:",
            f"            {self.fallback}",
            f"        if {' or '.join(self._faults(axes))}:",
            f"            {self.fallback}",
            *indented(indented(self.body(self))),
        ]

    def _faults(self, axes: Sequence[Axis]) -> list[str]:
        """What may be wrong with a fact, as conditions."""
        bind = self.source.bind
        faults = [
            f"{OWN}v{at}.__class__ is not {bind(axis.domain.kind)}"
            for at, axis in enumerate(axes)
        ]
        for at, axis in enumerate(axes):
            if axis.domain.kind is Decimal:
                faults.append(f"not {OWN}v{at}.is_finite()")
            if axis.domain.least is not None:
                faults.append(f"{OWN}v{at} < {bind(axis.domain.least)}")
        return faults

    def load(self, column: int) -> list[str]:
        """Nothing: it is there already."""
        del column
        return []

    def give(self, answer: str) -> str:
        """The answer, about the values."""
        values = ", ".join(f"{OWN}v{at}" for at in range(len(self.table.axes)))
        return self.wrapped(answer, f"({values},)")
