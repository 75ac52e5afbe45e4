"""Boxes: sets of cases, one set of atoms for each column.

A rule matches a box.  What a table decides is worked out from one operation,
taking one box away from another; every answer here is exact.
"""

from collections.abc import Iterable, Iterator
from math import prod
from typing import TypeAlias

__all__ = [
    "Box",
    "Budget",
    "BudgetError",
    "disjoint",
    "merged",
    "narrower",
    "outside",
    "runs",
    "set_bits",
    "shared",
    "subtract",
    "volume",
]

Box: TypeAlias = tuple[int, ...]
CARRIED = 8
"""How many other boxes a part may carry along for one more step."""


class BudgetError(Exception):
    """A proof took more steps than it was given."""


class Budget:
    """The steps that a proof may still take; a step takes one box from another."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take some steps.

        Raises:
            BudgetError: If there are not as many left.
        """
        self.left -= steps
        if self.left < 0:
            raise BudgetError


def subtract(box: Box, other: Box) -> Iterator[Box]:
    """The cases of *box* that are not in *other*, as disjoint boxes.

    >>> list(subtract((0b11, 0b11), (0b01, 0b01)))
    [(2, 3), (1, 2)]
    """
    if not all(map(int.__and__, box, other)):
        yield box
        return
    rest = [*box]
    for at, taken in enumerate(other):
        mask = rest[at]
        if left := mask & ~taken:
            rest[at] = left
            yield tuple(rest)
            rest[at] = mask & taken


def outside(box: Box, others: Iterable[Box], budget: Budget) -> list[Box]:
    """The cases of *box* that are in none of *others*, as disjoint boxes.

    Each part carries along those that it still meets, and no more.
    """
    met = [other for other in others if all(map(int.__and__, box, other))]
    found = [] if met or not all(box) else [box]
    todo = [(box, met)] if met else []
    while todo:
        part, (other, *later) = todo.pop()
        budget.spend(1 + len(later) // CARRIED)
        if not later:
            found += subtract(part, other)
            continue
        for piece, left in _without(part, other, later):
            if left:
                todo.append((piece, left))
            else:
                found.append(piece)
    return found


def _without(box: Box, other: Box, later: list[Box]) -> Iterator[tuple[Box, list[Box]]]:
    """The parts of *box* that *other* leaves, each with those of *later* it meets."""
    rest = [*box]
    for column in _columns(box, other, later):
        mask, taken = rest[column], other[column]
        rest[column] = left = mask & ~taken
        yield tuple(rest), [more for more in later if more[column] & left]
        rest[column] = mask = mask & taken
        later = [more for more in later if more[column] & mask]


def _columns(box: Box, other: Box, later: list[Box]) -> list[int]:
    """Where *other* leaves something; first where what it takes meets fewest others.

    The parts that are split off later then meet few as well, and stay whole.
    """
    columns = [at for at, taken in enumerate(other) if box[at] & ~taken]
    if len(columns) == 1:
        return columns
    met = {
        at: sum(1 for more in later if more[at] & box[at] & other[at]) for at in columns
    }
    return sorted(columns, key=met.__getitem__)


def shared(box: Box, other: Box) -> Box | None:
    """The cases that two boxes have in common; None if there are none."""
    both = tuple(map(int.__and__, box, other))
    return both if all(both) else None


def narrower(box: Box, full: Box) -> set[int]:
    """The columns in which *box* is not all there is."""
    return {at for at, every in enumerate(full) if box[at] != every}


def disjoint(one: Box, other: Box) -> set[int]:
    """The columns in which two boxes have nothing in common."""
    return {at for at, mask in enumerate(one) if not mask & other[at]}


def volume(box: Box) -> int:
    """How many atoms, one a column, can be picked from *box*."""
    return prod(map(int.bit_count, box))


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same cases in fewer disjoint boxes: those that differ in one column join.

    >>> merged([(0b01, 0b11), (0b10, 0b11)])
    [(3, 3)]
    """
    found = list(boxes)
    columns = range(len(found[0])) if found else range(0)
    joined = True
    while joined:
        before = len(found)
        for column in columns:
            found = _joined(found, column)
        joined = len(found) < before
    return found


def _joined(boxes: Iterable[Box], column: int) -> list[Box]:
    """Boxes that are the same in all other columns, as one."""
    masks: dict[tuple[Box, Box], int] = {}
    for box in boxes:
        around = box[:column], box[column + 1 :]
        masks[around] = masks.get(around, 0) | box[column]
    return [(*left, mask, *right) for (left, right), mask in masks.items()]


def runs(mask: int) -> Iterator[tuple[int, int]]:
    """The stretches of bits that are set: where each begins and where it is over.

    >>> list(runs(0b110110))
    [(1, 3), (4, 6)]
    """
    start = 0
    while mask:
        low = (mask & -mask).bit_length() - 1
        rest = ~(mask >> low)
        length = (rest & -rest).bit_length() - 1
        yield start + low, start + low + length
        mask >>= low + length
        start += low + length


def set_bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first.

    >>> list(set_bits(0b1010))
    [1, 3]
    """
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit
