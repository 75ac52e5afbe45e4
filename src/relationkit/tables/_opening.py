"""Opening: one function for a table, from a checked record to its case.

It is what :func:`~relationkit.tables._columns.lookup` does for each column,
without a call for each, for facts that need no check.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING

from relationkit.tables._columns import Case
from relationkit.tables._domains import Axis
from relationkit.tables._index import Column
from relationkit.tables._source import OWN, Source, indented

if TYPE_CHECKING:
    from enum import StrEnum

    from relationkit.tables._table import Table

__all__ = ["opening"]


def opening(
    table: "Table[StrEnum]", like: Callable[[object], Case]
) -> Callable[[object], Case]:
    """The function that looks up a record as *like* does."""
    source = Source()
    lines: list[str] = []
    for at, (axis, column) in enumerate(
        zip(table.axes, table.index.columns, strict=True)
    ):
        lines.append(f"{OWN}v{at} = {OWN}facts.{axis.name}")
        lines += _looked(source, axis, column, at)
    every = range(len(table.axes))
    values, masks = (
        "".join(f"{OWN}{letter}{at}, " for at in every) for letter in ("v", "m")
    )
    alive = " & ".join([str(table.index.everything), *(f"{OWN}b{at}" for at in every)])
    lines.append(f"return {source.bind(Case)}(({values}), ({masks}), {alive})")
    return source.function([f"def decide({OWN}facts):", *indented(lines)], like=like)


def _looked(source: Source, axis: Axis, column: Column, at: int) -> list[str]:
    """The lines that look up one fact, which may be unknown."""
    value, found = f"{OWN}v{at}", f"{OWN}m{at}, {OWN}b{at}"
    by_atom = [(1 << atom, bits) for atom, bits in enumerate(column.by_atom)]
    unknown = axis.full, column.touching(axis.full)
    if members := axis.domain.members:
        known: dict[object, tuple[int, int]] = {None: unknown}
        known.update(zip(members, by_atom, strict=True))
        return [f"{found} = {source.bind(known)}[{value}]"]
    values, before, there = axis.ends
    ends, place = source.bind(values), f"{OWN}at"
    inside = source.bind([by_atom[atom] for atom in there])
    outside = source.bind([by_atom[atom] for atom in before])
    return [
        f"if {value} is None:",
        f"    {found} = {source.bind(unknown)}",
        "else:",
        f"    {place} = {source.bind(bisect_left)}({ends}, {value})",
        f"    if {place} < {len(values)} and {ends}[{place}] == {value}:",
        f"        {found} = {inside}[{place}]",
        "    else:",
        f"        {found} = {outside}[{place}]",
    ]
