"""Strategies for tables of other kinds: hit policies, changes, record classes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import TypeAlias

from attrs import field, fields, frozen, has, make_class
from hypothesis import strategies as st

from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.strategies._tables import (
    Offer,
    alive,
    built,
    cases,
    columns,
    documents,
    outcome_of,
)
from relationkit.tables import COUNT, Axis, Domain, FactRecord, HitPolicy, Table
from relationkit.tables._boxes import Box
from relationkit.tables._columns import Fact
from relationkit.tables._wording import cells_of

__all__ = ["Asked", "asked", "changes", "handed", "variants"]

Rules: TypeAlias = Sequence[Mapping[str, object]]
Facts: TypeAlias = Mapping[str, Domain]
Changes: TypeAlias = Mapping[str, object]

_HITS = (HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.ANY)
_FEW = 3
"""Of how many rules those tables are made whose rules take cases apart."""
_WORDS = ("join", "sign up", "ask again")


@frozen
class Asked:
    """A case in each of the forms in which a table takes facts.

    Attributes:
        table: The table.
        case: All its facts by name.
        record: An instance of its record class.
        given: The outcomes beside that record.
    """

    table: Table[StrEnum]
    case: Mapping[str, Fact]
    record: object
    given: Mapping[str, Outcome[StrEnum]]


def variants(
    *, hits: Sequence[HitPolicy] = _HITS, changeable: bool = False
) -> st.SearchStrategy[Table[StrEnum]]:
    """Tables of each hit policy that gives one answer, all with a record class.

    Some record classes lack facts, which come as outcomes beside the record.
    If *changeable*, tables declare that of some facts, by words or without.
    """
    drawn = st.tuples(columns(), st.sampled_from(hits), st.just(changeable))
    return drawn.flatmap(_variants)


def _variants(
    drawn: tuple[Facts, HitPolicy, bool],
) -> st.SearchStrategy[Table[StrEnum]]:
    facts, hit, changeable = drawn
    listed = [n for n, domain in facts.items() if issubclass(domain.kind, StrEnum)]
    absent = st.just(frozenset(listed))
    if listed:
        absent = st.frozensets(st.sampled_from(listed)) | absent
    changed = changes(facts) if changeable else st.just({})
    rules = documents(facts, Offer).map(lambda some: _of_hit(some, facts, hit))

    def table(rules: Rules, absent: frozenset[str], changed: Changes) -> Table[StrEnum]:
        record = _record(frozenset(facts.items()), absent)
        return built(rules, facts, Offer, hit, record, changed)

    return st.builds(table, rules, absent, changed)


def changes(facts: Facts) -> st.SearchStrategy[dict[str, object]]:
    """Which facts can be changed, as a document declares it."""
    words = st.sampled_from(_WORDS)
    told = {
        name: st.just(value=True)
        | words
        | st.dictionaries(st.sampled_from([*_becoming(domain)]), words, min_size=1)
        for name, domain in facts.items()
    }
    return st.fixed_dictionaries({}, optional=told)


def _becoming(domain: Domain) -> Iterator[str]:
    """Cells that say what a fact can become."""
    for member in domain.members:
        yield str(member).lower()
        yield f"not({str(member).lower()})"
    if not domain.members:
        low, high = ("2026-01-02", "2026-03-01") if domain.kind is date else ("0", "3")
        yield from (f"< {high}", f">= {low}", f"{low} .. {high}", "-")


def _of_hit(rules: Rules, facts: Facts, hit: HitPolicy) -> Rules:
    """Rules out of those of a table whose first one wins."""
    if hit is HitPolicy.FIRST:
        return alive(rules, facts, Offer)
    few = [*rules[:-1][:_FEW], rules[-1]]
    first = built(alive(few, facts, Offer), facts, Offer)
    boxes = [box for _, box in first.pieces]
    if hit is HitPolicy.ANY:
        boxes = [_widened(first, at) for at in range(len(boxes))]
    cut = [
        {
            "id": f"r{at}",
            "when": cells_of(first.axes, box),
            "then": first.rules[rule].answer.value,
            "because": f"b{at}",
            "source": f"s{at % 2}",
            "contested": first.rules[rule].contested,
        }
        for at, ((rule, _), box) in enumerate(zip(first.pieces, boxes, strict=True))
    ]
    return alive(cut, facts, Offer, hit)


def _widened(table: Table[StrEnum], at: int) -> Box:
    """A box about a piece, as wide as can be without a case of another answer."""
    answer = table.rules[table.pieces[at][0]].answer
    others = [b for r, b in table.pieces if table.rules[r].answer is not answer]
    box = list(table.pieces[at][1])
    for column, every in enumerate(table.full):
        box[column] = every
        for other in others:
            if all(map(int.__and__, box, other)):
                box[column] &= ~other[column]
    return tuple(box)


@lru_cache(maxsize=1024)
def _record(
    facts: frozenset[tuple[str, Domain]], absent: frozenset[str]
) -> type[FactRecord]:
    """A class of records that hold these facts, but for the absent ones."""
    held = {
        name: field(
            type=domain.kind | None,  # type: ignore[arg-type]
            metadata={} if domain.least is None else COUNT,
        )
        for name, domain in sorted(facts, key=itemgetter(0))
        if name not in absent
    }
    return make_class("Held", held, bases=(FactRecord,), frozen=True, kw_only=True)


def asked(table: Table[StrEnum]) -> st.SearchStrategy[Asked]:
    """A case of *table*, some of its facts unknown, in every form."""
    return cases(table).map(lambda case: handed(table, case))


def handed(table: Table[StrEnum], case: Mapping[str, Fact]) -> Asked:
    """A case in every form; what only an outcome can tell, one tells."""
    axes = {axis.name: axis for axis in table.axes}
    record = table.record or object
    held = {f.name for f in fields(record)} if has(record) else set[str]()
    told = {n: f if n in held else _as_outcome(axes[n], f) for n, f in case.items()}
    given = {n: f for n, f in told.items() if isinstance(f, (Decision, Undecided))}
    known = {n: None if n in given else told.get(n) for n in held}
    return Asked(table, told, record(**known), given)


def _as_outcome(axis: Axis, fact: Fact) -> Fact:
    """The outcome of an earlier question that tells as much as *fact*."""
    if isinstance(fact, (Decision, Undecided)):
        return fact
    members = [m for m in axis.domain.members if isinstance(m, StrEnum)]
    return outcome_of(axis)([fact] if isinstance(fact, StrEnum) else members)
