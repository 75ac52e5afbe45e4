"""Boxes: sets of cases, one set of atoms for each column.

A rule matches a box.  What a table decides is worked out from one operation,
taking one box away from another; every answer here is exact.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

__all__ = [
    "Box",
    "Budget",
    "BudgetError",
    "outside",
    "pieces",
    "set_bits",
    "subtract",
]

Box: TypeAlias = tuple[int, ...]


class BudgetError(Exception):
    """A proof took more steps than it was given."""


class Budget:
    """The steps that a proof may still take; a step takes one box from another."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.left = steps

    def spend(self) -> None:
        """Take one step.

        Raises:
            BudgetError: If none is left.
        """
        self.left -= 1
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
    rest = list(box)
    for at, taken in enumerate(other):
        if left := rest[at] & ~taken:
            yield (*rest[:at], left, *rest[at + 1 :])
            rest[at] &= taken


def outside(box: Box, others: Iterable[Box], budget: Budget) -> list[Box]:
    """The cases of *box* that are in none of *others*, as disjoint boxes."""
    parts = [box] if all(box) else []
    for other in others:
        if not parts:
            break
        parts = [part for whole in parts for part in _left(whole, other, budget)]
    return parts


def _left(box: Box, other: Box, budget: Budget) -> Iterator[Box]:
    budget.spend()
    return subtract(box, other)


def pieces(boxes: Sequence[Box], budget: Budget) -> list[list[Box]]:
    """Of each box the cases that no earlier one has, as disjoint boxes."""
    return [outside(box, islice(boxes, at), budget) for at, box in enumerate(boxes)]


def set_bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first.

    >>> list(set_bits(0b1010))
    [1, 3]
    """
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit
