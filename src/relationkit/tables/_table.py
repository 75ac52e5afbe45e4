"""Tables: ordered rules over facts, and what they decide."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from attrs import field, frozen

from relationkit.decisions import Decision, Outcome, PolicyRef, Undecided, Value
from relationkit.tables._boxes import Box, set_bits
from relationkit.tables._cells import ANY, Cell
from relationkit.tables._domains import Axis
from relationkit.tables._tell import Case

__all__ = ["Rule", "Table"]

T_co = TypeVar("T_co", bound=StrEnum, covariant=True)
Fact = Value | Outcome[StrEnum] | None


@frozen(kw_only=True)
class Rule(Generic[T_co]):
    """One row of a table: where all its cells are met, its answer is possible.

    Attributes:
        id: Its name, once in the table.
        cells: What it asks, by fact; a fact that is not here may be anything.
        answer: What it answers.
        because: Why, in words for the person concerned.
        source: What it rests on; ``ours`` for a judgement of our own.
        contested: Whether good sources disagree about it.
    """

    id: str
    cells: tuple[tuple[str, Cell], ...]
    answer: T_co
    because: str
    source: str
    contested: bool = False

    def cell(self, fact: str) -> Cell:
        """What it asks of *fact*."""
        return dict(self.cells).get(fact, ANY)


@frozen(kw_only=True, eq=False, slots=False)
class Table(Generic[T_co]):
    """Ordered rules, of which the first that matches gives the answer.

    Make one with :func:`build`, which proves that it answers every case and
    that every rule can give its answer.

    Attributes:
        ref: Which policy it belongs to.
        yields: What its answer is called, where a later table reads it.
        answers: The class of its answers.
        axes: Its facts, as its cells cut them.
        rules: Its rules, in order.
        boxes: What each rule matches.
        pieces: What each rule decides: its box without the earlier ones, as
            disjoint boxes.
    """

    ref: PolicyRef
    yields: str
    answers: type[T_co]
    axes: tuple[Axis, ...] = field(repr=False)
    rules: tuple[Rule[T_co], ...] = field(repr=False)
    boxes: tuple[Box, ...] = field(repr=False)
    pieces: tuple[tuple[int, Box], ...] = field(repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return (self.ref, self.yields, self.answers, self.axes, self.rules) == (
            other.ref,
            other.yields,
            other.answers,
            other.axes,
            other.rules,
        )

    def __hash__(self) -> int:
        return hash((self.ref, self.rules))

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that its rules read, in the order in which it was given them."""
        return tuple(axis.name for axis in self.axes)

    @cached_property
    def full(self) -> Box:
        """Every case there is."""
        return tuple(axis.full for axis in self.axes)

    @cached_property
    def _by_atom(self) -> tuple[tuple[int, ...], ...]:
        """For each column and atom, which pieces admit it."""
        return tuple(
            tuple(_admitting(self.pieces, column, atom) for atom in set_bits(axis.full))
            for column, axis in enumerate(self.axes)
        )

    @cached_property
    def _by_answer(self) -> tuple[tuple[T_co, int], ...]:
        """For each answer that rules give, in its order, their pieces."""
        return tuple(
            (answer, bits)
            for answer in self.answers
            if (bits := self._pieces_of(answer))
        )

    def _pieces_of(self, answer: StrEnum) -> int:
        places = enumerate(self.pieces)
        return sum(
            1 << at for at, (rule, _) in places if self.rules[rule].answer is answer
        )

    def decide(
        self,
        facts: object,
        /,
        **given: Outcome[StrEnum],
    ) -> Outcome[T_co]:
        """What follows from *facts*, and from the outcomes *given* beside them.

        Facts are a mapping or have attributes, with a value of exactly the
        class of the domain for each fact that the rules read, or None where it
        is unknown.  An outcome that is undecided counts as any of its possible
        answers.

        Raises:
            LookupError: If a fact is missing; unknown must be said.
            TypeError: If a fact is of another class.
        """
        values = tuple(self._values(facts, given))
        box = tuple(map(_opened, self.axes, values))
        possible = self.possible(box)
        case = Case(self, values, box)
        if len(possible) == 1:
            return Decision(possible[0], case)
        return Undecided(possible, case)

    def _values(
        self, facts: object, given: Mapping[str, Outcome[StrEnum]]
    ) -> Iterator[Fact]:
        named = facts.__getitem__ if isinstance(facts, Mapping) else None
        for name in self.facts:
            try:
                yield given.get(name) or (
                    named(name) if named else getattr(facts, name)
                )
            except (KeyError, AttributeError):
                raise LookupError(
                    f"the fact {name!r} is missing; give None if it is unknown"
                ) from None

    def possible(self, box: Box) -> tuple[T_co, ...]:
        """The answers of the cases of *box*, in their order."""
        alive = self.meeting(box)
        return tuple(answer for answer, bits in self._by_answer if alive & bits)

    def meeting(self, box: Box) -> int:
        """Which pieces have cases of *box*, as a bitset."""
        alive = (1 << len(self.pieces)) - 1
        for mask, full, by_atom in zip(box, self.full, self._by_atom, strict=True):
            if mask & (mask - 1) == 0:
                alive &= by_atom[mask.bit_length() - 1]
            elif mask != full:
                alive &= _united(by_atom, mask)
        return alive

    @cached_property
    def _overlaps(self) -> tuple[tuple[int, ...], ...]:
        """For each column and piece, which pieces share an atom with it there."""
        return tuple(
            tuple(_united(by_atom, box[column]) for _, box in self.pieces)
            for column, by_atom in enumerate(self._by_atom)
        )

    def meeting_at(self, column: int, piece: int, box: Box) -> int:
        """Which pieces share an atom of *box* with *piece* in *column*."""
        if box[column] == self.full[column]:
            return self._overlaps[column][piece]
        shared = box[column] & self.pieces[piece][1][column]
        return _united(self._by_atom[column], shared)

    @cached_property
    def _alike(self) -> dict[StrEnum, int]:
        return dict(self._by_answer)

    def alike(self, piece: int) -> int:
        """Which pieces have the answer of *piece*."""
        return self._alike[self.rules[self.pieces[piece][0]].answer]


def _opened(axis: Axis, value: Fact) -> int:
    if value is None:
        return axis.full
    if isinstance(value, (Decision, Undecided)):
        return _any_of(axis, value.possible)
    return axis.atom(value)


def _any_of(axis: Axis, values: Iterable[Value]) -> int:
    mask = 0
    for value in values:
        mask |= axis.atom(value)
    return mask


def _united(by_atom: tuple[int, ...], mask: int) -> int:
    united = 0
    for atom in set_bits(mask):
        united |= by_atom[atom]
    return united


def _admitting(pieces: tuple[tuple[int, Box], ...], column: int, atom: int) -> int:
    return sum(1 << p for p, (_, box) in enumerate(pieces) if box[column] >> atom & 1)
