"""Columns: facts as they come in, turned into atoms and the pieces they admit."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from relationkit.decisions import Decision, Outcome, Undecided, Value
from relationkit.tables._boxes import Box
from relationkit.tables._domains import Axis
from relationkit.tables._index import Column

__all__ = ["Case", "Fact", "Look", "known", "lookup"]

Fact: TypeAlias = Value | Outcome[StrEnum] | None
Look: TypeAlias = Callable[[Fact], tuple[int, int]]
"""Which atoms a fact may lie in, and which pieces admit one of them."""


class Case(NamedTuple):
    """Facts before a table.

    Attributes:
        values: The facts, in the order of its columns.
        box: The atoms in which each may lie.
        alive: The pieces that have cases there.
    """

    values: tuple[Fact, ...]
    box: Box
    alive: int


def lookup(axis: Axis, column: Column) -> Look:
    """What a fact of *axis* may be, and the pieces that admit it.

    The function raises what :meth:`Axis.place` does.
    """
    by_atom = [(1 << at, bits) for at, bits in enumerate(column.by_atom)]
    unknown = axis.full, column.touching(axis.full)

    def look(fact: Fact) -> tuple[int, int]:
        if fact is None:
            return unknown
        if isinstance(fact, (Decision, Undecided)):
            mask = axis.atoms(fact.possible)
            return mask, column.touching(mask)
        return by_atom[axis.place(fact)]

    return look


def known(fact: Fact) -> Value | tuple[Value, ...] | None:
    """What a fact is, or is one of; None if nothing is known of it."""
    if isinstance(fact, Decision):
        answer: Value = fact.answer
        return answer
    return fact.possible if isinstance(fact, Undecided) else fact
