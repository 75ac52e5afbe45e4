"""Lookups: many rules as bitsets, one for each atom of each fact."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from relationkit.tables._chain import Fetch
from relationkit.tables._domains import Axis
from relationkit.tables._index import Column, Index
from relationkit.tables._source import OWN, Source

if TYPE_CHECKING:
    from enum import StrEnum

    from relationkit.tables._table import Table

__all__ = ["Lookups"]

M, AT = f"{OWN}m", f"{OWN}at"


class Lookups:
    """Look-ups that leave, fact by fact, the rules that match; the first one wins."""

    def __init__(self, table: "Table[StrEnum]", source: Source, fetch: Fetch) -> None:
        self.table = table
        self.source = source
        self.fetch = fetch

    def lines(self) -> list[str]:
        """All of them."""
        table, bind = self.table, self.source.bind
        lines = [f"{M} = -1"]
        index = Index(table.full, table.boxes)
        for at, (axis, column) in enumerate(
            zip(table.axes, index.columns, strict=True)
        ):
            lines += self.fetch.load(at)
            lines += self._narrowed(f"{OWN}v{at}", axis, column)
        answers = [None, *(rule.answer for rule in table.rules)]
        lines.append(f"{M} = ({M} & -{M}).bit_length()")
        return [*lines, self.fetch.give(f"{bind(answers)}[{M}]")]

    def _narrowed(self, name: str, axis: Axis, column: Column) -> list[str]:
        bind = self.source.bind
        if axis.domain.members:
            bits = dict(zip(axis.domain.members, column.by_atom, strict=True))
            return [f"{M} &= {bind(bits)}[{name}]"]
        values, before, there = axis.ends
        outside = [column.by_atom[at] for at in before]
        inside = [column.by_atom[at] for at in there]
        ends = bind(values)
        return [
            f"{AT} = {bind(bisect_left)}({ends}, {name})",
            f"if {AT} < {len(values)} and {ends}[{AT}] == {name}:",
            f"    {M} &= {bind(inside)}[{AT}]",
            "else:",
            f"    {M} &= {bind(outside)}[{AT}]",
        ]
