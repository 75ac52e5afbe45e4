"""Proofs: that a table answers every case once, and that every rule can fire.

All of it is counting.  Each rule keeps the cases that no earlier one has, as
disjoint boxes; a rule without any is dead, and the table is total if what all
of them keep adds up to every case there is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from relationkit.errors import Problem
from relationkit.tables._boxes import (
    Box,
    Budget,
    narrower,
    outside,
    runs,
    set_bits,
    volume,
)
from relationkit.tables._domains import Axis
from relationkit.tables._index import Index
from relationkit.tables._wording import case_in_words, in_words

__all__ = ["STEPS", "Proofs", "conflicts", "gaps", "unproved"]

STEPS = 500_000
COLUMNS = 16
"""With how many columns a step costs as much as two."""
BITS = 2_048
"""How many bits of its index cost a table one step."""
ATOMS = 1_024
"""With how many atoms in all its columns together a step costs as much as two."""
SORTED = 8
"""How many boxes are put in order in one step."""


class Proofs:
    """What was found out about the boxes of a table.

    Attributes:
        full: Every case there is.
        index: The boxes, found by what they meet.
        earlier: For each box, the earlier ones that it overlaps.
        own: Of each box, what no earlier one has, as disjoint boxes.
        is_total: Whether every case is in some box.

    Raises:
        BudgetError: If it takes more steps than it is given.
    """

    def __init__(self, full: Box, boxes: Sequence[Box], steps: int) -> None:
        size = sum(map(int.bit_length, full))
        budget = Budget(steps // (1 + size // ATOMS + len(full) // COLUMNS))
        budget.spend(len(boxes) * size // BITS)
        self.full = full
        self.index = Index(full, boxes)
        met = enumerate(self.index.overlaps())
        self.earlier = tuple(others & ((1 << at) - 1) for at, others in met)
        volumes = [*map(volume, boxes)]
        self.own = tuple(
            outside(box, _widest_first(boxes, volumes, others, budget), budget)
            for box, others in zip(boxes, self.earlier, strict=True)
        )
        covered = sum(volume(box) for own in self.own for box in own)
        self.is_total = covered == volume(full)

    def gaps(self) -> Iterator[Box]:
        """Cases that no box has, as boxes that cannot be wider; none twice."""
        taken = [box for own in self.own for box in own]
        while (case := _missing(self.full, taken)) is not None:
            columns = range(len(case))
            wide = [
                _widened(case, self.full, taken, order)
                for order in (columns, columns[::-1])
            ]
            gap = min(wide, key=lambda box: len(narrower(box, self.full)))
            yield gap
            taken.append(gap)


def _widest_first(
    boxes: Sequence[Box], volumes: Sequence[int], others: int, budget: Budget
) -> list[Box]:
    """What takes most away first leaves least to go on with."""
    budget.spend(others.bit_count() // SORTED)
    widest = sorted(set_bits(others), key=volumes.__getitem__, reverse=True)
    return [boxes[at] for at in widest]


def _missing(full: Box, taken: Sequence[Box]) -> Box | None:
    """One case in none of the disjoint boxes *taken*, atom by atom."""
    case: list[int] = []
    rest, left = volume(full), list(taken)
    for column, every in enumerate(full):
        rest //= every.bit_count()
        short = _short_of(rest, column, every, left)
        if short is None:
            return None
        case.append(1 << short)
        left = [box for box in left if box[column] >> short & 1]
    return tuple(case) if not left else None


def _short_of(rest: int, column: int, every: int, boxes: list[Box]) -> int | None:
    """The first atom of a column at which boxes cover less than *rest* cases."""
    changes = [0] * (every.bit_length() + 1)
    for box in boxes:
        beyond = volume(box[column + 1 :])
        for start, end in runs(box[column]):
            changes[start] += beyond
            changes[end] -= beyond
    covered = 0
    for atom, change in enumerate(changes[:-1]):
        covered += change
        if covered < rest:
            return atom
    return None


def _widened(case: Box, full: Box, taken: Sequence[Box], order: Iterable[int]) -> Box:
    """A box about *case* that meets nothing *taken*, each column as wide as can be."""
    box = list(case)
    for column in order:
        box[column] = free = full[column]
        for other in taken:
            if all(map(int.__and__, box, other)):
                free &= ~other[column]
        box[column] = free
    return tuple(box)


def gaps(axes: Sequence[Axis], proofs: Proofs) -> Iterator[Problem]:
    """What no rule answers; the first such box, as one row may mend them all."""
    if proofs.is_total:
        return
    for gap in islice(proofs.gaps(), 1):
        yield Problem(
            "",
            "gap",
            f"no rule answers when {in_words(axes, gap)}{_such_as(axes, gap)}",
            "add a rule for it, or a last rule that asks nothing",
        )


def _such_as(axes: Sequence[Axis], box: Box) -> str:
    case = case_in_words(axes, box)
    return f"; such as {case}" if case else ""


def conflicts(
    axes: Sequence[Axis], proofs: Proofs, ids: Sequence[str], clash: Iterable[int]
) -> Iterator[tuple[int, Problem]]:
    """Each rule with its first conflict: *clash* holds the rules it may not overlap."""
    boxes = proofs.index.boxes
    for at, (earlier, never) in enumerate(zip(proofs.earlier, clash, strict=True)):
        others = [*set_bits(earlier & never)]
        for other in others[:1]:
            both = tuple(map(int.__and__, boxes[at], boxes[other]))
            case = case_in_words(axes, both) or "in any case"
            more = f", and {len(others) - 1} more" if others[1:] else ""
            told = f"the rules {ids[other]!r} and {ids[at]!r} both match"
            yield at, Problem("", "overlap", f"{told}{more}: {case}", "narrow one")


def unproved(steps: int) -> Problem:
    """That so many *steps* were not enough."""
    return Problem(
        "",
        "not_proved",
        f"not proved total and free of dead rules within {steps} steps",
        "give it more steps, or fewer columns with many cuts",
    )
