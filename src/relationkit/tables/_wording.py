"""Wording: sets of atoms and boxes, written as the cells that mean them."""

from collections.abc import Sequence
from decimal import Decimal

from relationkit.decisions import Value, said
from relationkit.tables._boxes import Box, runs, set_bits
from relationkit.tables._domains import Axis, Cut, Domain

__all__ = ["case_in_words", "cell_of", "cells_of", "in_words", "written"]


def written(value: Value) -> str:
    """A value as a cell has it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def cell_of(axis: Axis, mask: int) -> str:
    """The shortest cell that admits exactly the atoms of *mask*; never none."""
    if mask == axis.full:
        return "-"
    others = axis.full & ~mask
    if len(tests := _tests(axis, mask)) <= len(rest := _tests(axis, others)):
        return ", ".join(tests)
    return f"not({', '.join(rest)})"


def _tests(axis: Axis, mask: int) -> list[str]:
    if axis.domain.members:
        return [written(axis.domain.members[at]) for at in set_bits(mask)]
    starts = (*axis.starts, None)
    return [
        _between(starts[low] if low else None, starts[high], axis.domain)
        for low, high in runs(mask)
    ]


def _between(start: Cut | None, end: Cut | None, domain: Domain) -> str:
    if start is None:
        return _compared(end, domain, "<", "<=")
    if end is None:
        return _compared(start, domain, ">=", ">")
    if _is_point(start, end, domain):
        return _at(start, domain)
    low, high = _at(start, domain), _at(end, domain)
    if start[1] == end[1] == 0:
        return f"{low} .. {high}"
    return f"{'[('[start[1]]}{low} .. {high}{')]'[end[1]]}"


def _compared(cut: Cut | None, domain: Domain, before: str, after: str) -> str:
    return f"{after if cut[1] else before} {_at(cut, domain)}" if cut else "-"


def _is_point(start: Cut, end: Cut, domain: Domain) -> bool:
    """Whether one value lies between: the cuts are those on either side of it."""
    if start[1]:
        return False
    return domain.after(domain.value(start[0])) == end


def _at(cut: Cut, domain: Domain) -> str:
    return written(domain.value(cut[0]))


def cells_of(axes: Sequence[Axis], box: Box) -> dict[str, str]:
    """What *box* asks, by fact, as cells; a fact that is not here may be anything."""
    return {
        axis.name: cell_of(axis, mask)
        for axis, mask in zip(axes, box, strict=True)
        if mask != axis.full
    }


def in_words(axes: Sequence[Axis], box: Box) -> str:
    """Which cases are in *box*."""
    cells = cells_of(axes, box)
    told = [f"{name} is {cell}" for name, cell in cells.items()]
    return ", ".join(told) or "anything at all"


def case_in_words(axes: Sequence[Axis], box: Box) -> str:
    """Some case of *box*, by the facts that make it one; empty if any is."""
    return ", ".join(
        f"{axis.name} {said(axis.sample(mask))}"
        for axis, mask in zip(axes, box, strict=True)
        if mask != axis.full
    )
