"""Strategies for tables: proved ones with cells of every form, and their cases."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from operator import itemgetter
from types import MappingProxyType

from hypothesis import strategies as st

from relationkit.decisions import (
    Account,
    Decision,
    Outcome,
    PolicyRef,
    Undecided,
    Value,
)
from relationkit.errors import PolicyError
from relationkit.records import Ranked
from relationkit.tables import Axis, Domain, HitPolicy, Table, build
from relationkit.tables._columns import Fact
from relationkit.tables._domains import lies_in

__all__ = [
    "Channel",
    "Grade",
    "Offer",
    "alive",
    "built",
    "cases",
    "columns",
    "documents",
    "outcome_of",
    "tables",
]


class Channel(StrEnum):
    """Members without an order."""

    SHOP = "shop"
    PHONE = "phone"
    WEB = "web"


class Grade(Ranked):
    """Members with an order that is not that of the alphabet."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Offer(Ranked):
    """Answers."""

    NONE = "none"
    PLAIN = "plain"
    FULL = "full"


_DOMAINS = {
    "member": Domain(bool),
    "channel": Domain(Channel),
    "grade": Domain(Grade),
    "visits": Domain(int, least=0),
    "balance": Domain(int),
    "spent": Domain(Decimal, least=0),
    "margin": Domain(Decimal),
    "since": Domain(date),
}
# In order, and few, so that cells of different rules meet at their ends.
_LITERALS: dict[type, tuple[str, ...]] = {
    int: ("-1", "0", "1", "2", "3", "5", "1_000"),
    Decimal: ("-1", "0", "0.5", "1.00", "1.5", "1_000.25"),
    date: ("0001-01-01", "2026-01-01", "2026-01-02", "2026-02-28", "2026-03-01"),
}
_NATIVE: dict[type, tuple[Value, ...]] = {
    int: (0, 3),
    Decimal: (0, Decimal("0.50"), Decimal("1E+3")),
    date: (date(2026, 1, 2), date.max),
}


def tables(
    *,
    facts: st.SearchStrategy[Mapping[str, Domain]] | None = None,
    answers: st.SearchStrategy[type[StrEnum]] | None = None,
) -> st.SearchStrategy[Table[StrEnum]]:
    """Tables of up to five columns and eight rules; shrinks to a single rule.

    Columns are of every class that a fact may have, cells of every form that
    the language has.  Every rule can fire, and often only where several earlier
    ones leave it a case.
    """
    parts = st.tuples(
        columns() if facts is None else facts,
        st.just(Offer) if answers is None else answers,
    )
    return parts.flatmap(_tables_of)


def _tables_of(
    parts: tuple[Mapping[str, Domain], type[StrEnum]],
) -> st.SearchStrategy[Table[StrEnum]]:
    facts, answers = parts
    return documents(facts, answers).map(lambda rules: _proved(rules, facts, answers))


def columns() -> st.SearchStrategy[Mapping[str, Domain]]:
    """One to five facts that rules may read, in any order."""
    name = st.sampled_from(list(_DOMAINS))
    few = st.lists(name, min_size=1, max_size=2, unique=True)
    more = st.lists(name, min_size=3, max_size=5, unique=True)
    return (few | more).map(lambda names: {name: _DOMAINS[name] for name in names})


def documents(
    facts: Mapping[str, Domain], answers: type[StrEnum]
) -> st.SearchStrategy[list[dict[str, object]]]:
    """Sparse rules, the last of which asks nothing; some may be dead."""
    return _documents(frozenset(facts.items()), answers)


@lru_cache(maxsize=256)
def _documents(
    facts: frozenset[tuple[str, Domain]], answers: type[StrEnum]
) -> st.SearchStrategy[list[dict[str, object]]]:
    cells = {name: _cells(domain) for name, domain in sorted(facts, key=itemgetter(0))}
    asked = [st.fixed_dictionaries({name: cell}) for name, cell in cells.items()]
    asked_too = st.fixed_dictionaries({}, optional=cells)
    when = st.builds(dict.__or__, st.one_of(asked), asked_too)
    then = st.sampled_from([answer.value for answer in answers])
    rule = st.fixed_dictionaries(
        {"when": when, "then": then}, optional={"contested": st.booleans()}
    )
    rules = st.lists(rule, max_size=2) | st.lists(rule, min_size=3, max_size=7)
    return st.builds(_numbered, rules, st.fixed_dictionaries({"then": then}))


def _numbered(
    rules: Sequence[Mapping[str, object]], last: Mapping[str, object]
) -> list[dict[str, object]]:
    return [
        {**rule, "id": f"r{at}", "because": f"b{at}", "source": f"s{at % 2}"}
        for at, rule in enumerate([*rules, last])
    ]


def _proved(
    rules: Sequence[Mapping[str, object]],
    facts: Mapping[str, Domain],
    answers: type[StrEnum],
) -> Table[StrEnum]:
    return built(alive(rules, facts, answers), facts, answers)


def alive(
    rules: Sequence[Mapping[str, object]],
    facts: Mapping[str, Domain],
    answers: type[StrEnum],
    hit: HitPolicy = HitPolicy.FIRST,
) -> Sequence[Mapping[str, object]]:
    """Those of *rules* that are not dead; without the others they decide the same."""
    try:
        built(rules, facts, answers, hit)
    except PolicyError as error:
        dead = {problem.pointer for problem in error.problems}
        return [rule for at, rule in enumerate(rules) if f"/rule/{at}" not in dead]
    return rules


def built(  # noqa: PLR0913, PLR0917 - as build has them, most with a default
    rules: Sequence[Mapping[str, object]],
    facts: Mapping[str, Domain],
    answers: type[StrEnum],
    hit: HitPolicy = HitPolicy.FIRST,
    record: type[object] | None = None,
    changeable: Mapping[str, object] = MappingProxyType({}),
) -> Table[StrEnum]:
    """The table of *rules*, none of which may be dead."""
    document = {"hit": hit.value, "rule": rules, "changeable": changeable}
    return build(document, yields="offer", answers=answers, facts=facts, record=record)


@cache
def _cells(domain: Domain) -> st.SearchStrategy[object]:
    listed = tuple(str(member).lower() for member in domain.members)
    texts = listed or _LITERALS[domain.kind]
    forms = [texts, [*_compared(texts)], [*_ranges(texts)]]
    meant = forms if domain.is_ordered else forms[:1]
    one = st.one_of([st.sampled_from(form) for form in meant])
    some = st.lists(one, min_size=1, max_size=3).map(", ".join)
    native = st.sampled_from(_NATIVE.get(domain.kind, domain.members))
    return st.one_of(some, some.map("not({})".format), st.just(" - "), native)


def _compared(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from (f"< {text}", f"<={text}", f"> {text}", f">={text}")


def _ranges(texts: Sequence[str]) -> Iterator[str]:
    """Those with something in them, whatever lies between two neighbours."""
    for at, low in enumerate(texts):
        yield f"[{low}..{low}]"
        for high in texts[at + 1 :]:
            yield from (f"{low} .. {high}", f"[{low} .. {high}]")
            yield from (f"[{low}..{high})", f"( {low}..{high} ]")
        for high in texts[at + 2 :]:
            yield f"({low} .. {high})"


def cases(table: Table[StrEnum]) -> st.SearchStrategy[dict[str, Fact]]:
    """Facts for *table*, some of them unknown; shrinks to nothing known.

    Values lie where its cells begin or end, next to that, or anywhere; members
    come as they are or as outcomes of an earlier question, which may be
    undecided.
    """
    return st.fixed_dictionaries({axis.name: _facts(axis) for axis in table.axes})


@lru_cache(maxsize=1024)
def _facts(axis: Axis) -> st.SearchStrategy[Fact]:
    members = [m for m in axis.domain.members if isinstance(m, StrEnum)]
    if members:
        some = st.lists(st.sampled_from(members), min_size=1, unique=True)
        return st.none() | st.sampled_from(members) | some.map(outcome_of(axis))
    if axis.domain.kind is bool:
        return st.none() | st.booleans()
    return st.none() | st.sampled_from([*_near(axis)]) | _anywhere(axis.domain)


def outcome_of(axis: Axis) -> Callable[[Sequence[StrEnum]], Outcome[StrEnum]]:
    """What makes the outcome of an earlier question that leaves some members."""

    def outcome(members: Sequence[StrEnum]) -> Outcome[StrEnum]:
        possible = tuple(sorted(members, key=axis.domain.key))
        decided = len(possible) == 1
        account = Account(
            policy=PolicyRef(edition="", digest="", table=axis.name),
            possible=possible,
            rules=(),
            because="",
            source="",
            contested=False,
            needs=() if decided else (f"{axis.name}_needed",),
        )
        if decided:
            return Decision(possible[0], account)
        return Undecided(possible, account)

    return outcome


def _near(axis: Axis) -> Iterator[Value]:
    """The keys at the cuts of *axis*, and their neighbours on either side."""
    apart = Decimal("0.001") if axis.domain.kind is Decimal else Decimal(1)
    for cut in axis.starts:
        at = cut[0] if cut else Decimal(0)
        for key in (at, at - apart, at + apart):
            if lies_in((key, 0), axis.domain.bounds):
                yield axis.domain.value(key)


def _anywhere(domain: Domain) -> st.SearchStrategy[Value]:
    if domain.kind is date:
        return st.dates()
    if domain.kind is int:
        return st.integers(min_value=domain.least)
    return st.decimals(domain.least, allow_nan=False, allow_infinity=False)
