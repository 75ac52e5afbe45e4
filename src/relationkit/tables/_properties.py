"""Properties: what an author declares of a table, and the table is proved to keep.

A *trend* says that the answer never falls as a fact rises (or never rises);
a *promise* says which answers there always, or never, are in some cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from operator import or_
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from relationkit.errors import Problem, suggestion
from relationkit.reading import Reader, got
from relationkit.records import Ranked
from relationkit.tables._boxes import Box, set_bits, shared
from relationkit.tables._cells import Cell
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._rows import cell_at, cells_at, note_unknown
from relationkit.tables._wording import case_in_words, written

if TYPE_CHECKING:
    from relationkit.tables._table import Table

__all__ = [
    "Promise",
    "Property",
    "Trend",
    "answers_of",
    "box_of",
    "broken",
    "fault",
    "in_case_of",
    "properties_of",
]


@frozen(kw_only=True)
class Trend:
    """That the answer goes with a fact, all other facts equal.

    Attributes:
        fact: Which fact.
        rising: Whether the answer never falls as the fact rises; otherwise it
            never rises.
        chain: The members that count as rising, in this order; empty if all
            values do in theirs.
        place: Where it is declared, as a JSON Pointer.
    """

    fact: str
    rising: bool
    chain: tuple[StrEnum | bool, ...] = ()
    place: str = field(default="", eq=False)

    def __str__(self) -> str:
        verb = "falls" if self.rising else "rises"
        along = f" from {' to '.join(map(written, self.chain))}" if self.chain else ""
        return f"never {verb} as {self.fact} rises{along}"


@frozen(kw_only=True)
class Promise:
    """That in some cases the answer is always, or never, one of some.

    Attributes:
        when: In which cases: what is asked, by fact.
        answer: Which answers.
        never: Whether they never are the answer; otherwise one of them is.
        place: Where it is declared, as a JSON Pointer.
    """

    when: tuple[tuple[str, Cell], ...]
    answer: Cell
    never: bool = False
    place: str = field(default="", eq=False)

    def __str__(self) -> str:
        cases = ", ".join(f"{fact} is {cell}" for fact, cell in self.when)
        verb = "never" if self.never else "always"
        return f"{verb} {self.answer} when {cases or 'anything at all'}"


Property: TypeAlias = Trend | Promise
"""What is declared of a table."""


def properties_of(
    document: Reader,
    answers: type[StrEnum],
    facts: Mapping[str, Domain],
    *,
    collecting: bool,
) -> tuple[Property, ...]:
    """The properties declared at *document*.

    What a table collects rises if nothing is lost, whether or not its answers
    have an order.
    """
    parts = document.table(optional=["rising", "falling", "always", "never"])
    places = {name: place for place, name in enumerate(facts)}
    found: list[Property] = []
    for key in ("rising", "falling"):
        if key in parts:
            if collecting or issubclass(answers, Ranked):
                trends = _trends(parts[key], facts, rising=key == "rising")
                in_order = sorted(trends, key=lambda trend: places[trend.fact])
                found += in_order
            else:
                told = f"{answers.__name__} has no order in which to rise or fall"
                parts[key].note("value", told)
    for key in ("always", "never"):
        if key in parts:
            found += _promises(parts[key], answers, facts, never=key == "never")
    return tuple(found)


def _trends(
    here: Reader, facts: Mapping[str, Domain], *, rising: bool
) -> Iterator[Trend]:
    for name, told in here.entries().items():
        if name not in facts:
            note_unknown(told, name, facts)
        elif (chain := _chain(told, facts[name])) is not None:
            yield Trend(fact=name, rising=rising, chain=chain, place=told.place)


def _chain(here: Reader, domain: Domain) -> tuple[StrEnum | bool, ...] | None:
    """The members in the order in which they rise; none for the fact's own order."""
    if here.value is True:
        if domain.is_ordered:
            return ()
        hint = "list its members in the order in which they rise"
        here.note("value", f"{domain.kind.__name__} has no order", hint)
        return None
    is_list = isinstance(here.value, (list, tuple))
    texts = [item.text() for item in here.items()] if is_list else []
    named = {str(member).lower(): member for member in domain.members}
    unknown = [text for text in texts if text not in named]
    if len(texts) < 2 or unknown or len({*texts}) < len(texts):  # noqa: PLR2004, a chain
        hint = suggestion(str(unknown[0]), named) if unknown else ""
        told = f"expected true, or two members or more in order, got {got(here.value)}"
        here.note("value", told, hint)
        return None
    return tuple(named[text] for text in texts if text)


def _promises(
    here: Reader, answers: type[StrEnum], facts: Mapping[str, Domain], *, never: bool
) -> Iterator[Promise]:
    for item in here.items():
        parts = item.table(["answer"], ["when"])
        when = parts["when"].entries() if "when" in parts else {}
        cells = cells_at(when, facts)
        for name, asked_of in cells.items():
            if not Axis.cut(name, facts[name], asked_of.spans).mask_of(asked_of):
                when[name].note("cell", f"{name}: no value is {asked_of}")
        told = parts.get("answer")
        cell = cell_at(told, "answer", told.value, Domain(answers)) if told else None
        if cell:
            asked = tuple(cells.items())
            yield Promise(when=asked, answer=cell, never=never, place=item.place)


def broken(table: "Table[StrEnum]") -> Iterator[Problem]:
    """The properties that *table* does not keep, each with a case of it."""
    for declared in table.properties:
        if isinstance(declared, Trend):
            yield from _Trending(table, declared).faults()
        else:
            yield from _unkept(table, declared)


def _unkept(table: "Table[StrEnum]", promise: Promise) -> Iterator[Problem]:
    box = box_of(table.axes, dict(promise.when))
    named = answers_of(table.answers, promise.answer)
    for piece in set_bits(table.index.meeting(box)):
        rule = table.rules[table.pieces[piece][0]]
        if (rule.answer in named) is promise.never:
            case = shared(box, table.pieces[piece][1]) or box
            told = f"it is {rule.answer} by rule {rule.id!r}"
            yield fault(promise, f"{told} {in_case_of(table.axes, case)}")
            return


def answers_of(answers: type[StrEnum], cell: Cell) -> set[StrEnum]:
    """The members that *cell* admits."""
    axis = Axis.cut("answer", Domain(answers), cell.spans)
    mask = axis.mask_of(cell)
    members = [*answers]
    return {members[at] for at in set_bits(mask)}


def box_of(axes: Sequence[Axis], cells: Mapping[str, Cell]) -> Box:
    """The cases that *cells* admit; what no rule reads makes no difference."""
    return tuple(
        axis.mask_of(cells[axis.name]) if axis.name in cells else axis.full
        for axis in axes
    )


def fault(declared: Property, told: str) -> Problem:
    """That something *declared* is not kept, and what is *told* of it."""
    return Problem(
        declared.place, "property", f"{str(declared)!r} does not hold: {told}"
    )


def in_case_of(axes: Sequence[Axis], box: Box) -> str:
    """Some case of *box*, as a sentence ends."""
    case = case_in_words(axes, box)
    return f"in case of {case}" if case else "in any case"


class _Trending:
    """A table, looked at along one column."""

    def __init__(self, table: "Table[StrEnum]", trend: Trend) -> None:
        self.table = table
        self.trend = trend
        names = table.facts
        self.column = names.index(trend.fact) if trend.fact in names else None

    def faults(self) -> Iterator[Problem]:
        """The first two cases that go against it."""
        if self.column is None:
            return
        order = self._order(self.column)
        beyond = self._beyond(self.column, order)
        for piece, (_, box) in enumerate(self.table.pieces):
            first = next(
                (at for at, atom in enumerate(order) if box[self.column] & atom), None
            )
            if first is None:
                continue
            against = beyond[first + 1] & self._worse[self._rank(piece)]
            against &= self._meeting(box, self.column)
            if against:
                yield self._fault(order, first, piece, next(set_bits(against)))
                return

    def _order(self, column: int) -> list[int]:
        """The atoms as they rise, or as they fall if the answer is to fall."""
        axis = self.table.axes[column]
        if self.trend.chain:
            order = [axis.atom(member) for member in self.trend.chain]
        else:
            order = [1 << at for at in set_bits(axis.full)]
        return order if self.trend.rising else order[::-1]

    def _beyond(self, column: int, order: list[int]) -> list[int]:
        """For each place in the order, the pieces that have an atom there or later."""
        touching = self.table.index.columns[column].touching
        later = accumulate(map(touching, reversed(order)), or_, initial=0)
        return [*later][::-1]

    @cached_property
    def _worse(self) -> dict[int, int]:
        """For each rank of answers, the pieces of lower ones."""
        ranks = [self._rank(piece) for piece in range(len(self.table.pieces))]
        return {
            rank: sum(1 << at for at, other in enumerate(ranks) if other < rank)
            for rank in {*ranks}
        }

    def _rank(self, piece: int) -> int:
        return [*self.table.answers].index(
            self.table.rules[self.table.pieces[piece][0]].answer
        )

    def _meeting(self, box: Box, column: int) -> int:
        """The pieces that meet *box* on all other columns."""
        full = self.table.full[column]
        return self.table.index.meeting((*box[:column], full, *box[column + 1 :]))

    def _fault(self, order: list[int], first: int, piece: int, other: int) -> Problem:
        table, column = self.table, self.column or 0
        (one, box), (two, against) = table.pieces[piece], table.pieces[other]
        last = max(at for at, atom in enumerate(order) if against[column] & atom)
        axis = table.axes[column]
        both = [mask & others for mask, others in zip(box, against, strict=True)]
        both[column] = axis.full
        low, high = (axis.sample(order[at]) for at in (first, last))
        told = ", ".join(
            f"{axis.name} {written(value)} gives {table.rules[rule].answer} by rule"
            f" {table.rules[rule].id!r}"
            for value, rule in ((low, one), (high, two))
        )
        case = case_in_words(table.axes, tuple(both))
        return fault(self.trend, f"{told}; {case}" if case else told)
