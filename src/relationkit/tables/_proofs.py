"""Proofs: that a table answers every case, and that every rule can fire."""

from collections.abc import Iterator, Sequence

from relationkit.decisions import said
from relationkit.errors import Problem
from relationkit.tables._boxes import Box, Budget, BudgetError, outside, pieces
from relationkit.tables._domains import Axis

__all__ = ["STEPS", "Proofs", "prove", "unproved"]

STEPS = 200_000
ATOMS = 1_024
"""With how many atoms in all its columns together a step costs as much as two."""


class Proofs:
    """What was found out about the boxes of a table.

    Attributes:
        pieces: Of each box, what no earlier one has, as disjoint boxes.
        gap: Cases that no box has; None if there are none.
    """

    def __init__(self, axes: Sequence[Axis], boxes: Sequence[Box], steps: int) -> None:
        full = tuple(axis.full for axis in axes)
        budget = Budget(steps // (1 + sum(map(int.bit_length, full)) // ATOMS))
        self.pieces = pieces(boxes, budget)
        self.gap = next(iter(outside(full, boxes, budget)), None)


def prove(
    axes: Sequence[Axis], boxes: Sequence[Box], places: Sequence[Problem], steps: int
) -> tuple[Proofs | None, list[Problem]]:
    """What the proofs found, and what is wrong with the table.

    *places* holds, for each box, the problem to tell if its rule is dead.
    """
    try:
        proofs = Proofs(axes, boxes, steps)
    except BudgetError:
        return None, [unproved(steps)]
    dead = [p for p, found in zip(places, proofs.pieces, strict=True) if not found]
    return proofs, [*dead, *_gaps(axes, proofs.gap)]


def unproved(steps: int) -> Problem:
    """That so many *steps* were not enough."""
    return Problem(
        "",
        "not_proved",
        f"not proved total and free of dead rules within {steps} steps",
        "give it more steps, or fewer columns with many cuts",
    )


def _gaps(axes: Sequence[Axis], gap: Box | None) -> Iterator[Problem]:
    if gap is None:
        return
    yield Problem(
        "",
        "gap",
        f"no rule answers when {case_in_words(axes, gap)}",
        "add a rule for it, or a last rule that asks nothing",
    )


def case_in_words(axes: Sequence[Axis], box: Box) -> str:
    """Some case of *box*, by the facts that make it one."""
    told = [
        f"{axis.name} is {said(axis.sample(atoms))}"
        for axis, atoms in zip(axes, box, strict=True)
        if atoms != axis.full
    ]
    return ", ".join(told) or "anything at all"
