"""Telling: why a table decided a case as it did, worked out when asked."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from relationkit.decisions import (
    Account,
    Decision,
    Outcome,
    Reason,
    Undecided,
    Value,
)
from relationkit.tables._boxes import Box, set_bits

if TYPE_CHECKING:
    from relationkit.tables._table import Table

__all__ = ["Case"]

Fact: TypeAlias = Value | Outcome[StrEnum] | None


class Case:
    """One case before one table."""

    __slots__ = ("box", "table", "values")

    def __init__(
        self, table: "Table[StrEnum]", values: tuple[Fact, ...], box: Box
    ) -> None:
        self.table = table
        self.values = values
        self.box = box

    def tell(self) -> Account:
        """All that can be told of the outcome."""
        table, possible = self.table, self.table.possible(self.box)
        fired = self._fired()
        decided = len(possible) == 1
        return Account(
            policy=table.ref,
            possible=possible,
            rules=tuple(table.rules[at].id for at in fired),
            because="; ".join(dict.fromkeys(table.rules[at].because for at in fired)),
            source="; ".join(dict.fromkeys(table.rules[at].source for at in fired)),
            contested=any(table.rules[at].contested for at in fired),
            reasons=tuple(self._reasons(fired)) if decided else (),
            needs=() if decided else tuple(dict.fromkeys(self._needs())),
        )

    def _fired(self) -> list[int]:
        """The rules that may give the answer, in order."""
        pieces = self.table.pieces
        return sorted({pieces[at][0] for at in set_bits(self.table.meeting(self.box))})

    def _needs(self) -> Iterator[str]:
        """Each fact that alone can turn the answer, the rest being settled somehow."""
        for column in sorted(self._turning()):
            value = self.values[column]
            needed = value.needs if isinstance(value, Undecided) else ()
            yield from needed or (self.table.facts[column],)

    def _turning(self) -> set[int]:
        """The columns on all but which two pieces of different answers meet."""
        open_ = [at for at, mask in enumerate(self.box) if mask & (mask - 1)]
        alive = self.table.meeting(self.box)
        turning: set[int] = set()
        for piece in set_bits(alive):
            others = alive & ~self.table.alike(piece)
            met = {at: self.table.meeting_at(at, piece, self.box) for at in open_}
            turning |= {at for at in open_ if others & _meeting_but(at, met)}
        return turning

    def _reasons(self, fired: list[int]) -> Iterator[Reason]:
        """The cells that were met, then what stops earlier rules of other answers."""
        stops = self._stops(fired)
        kept = self._kept(fired, stops)
        for at in fired:
            for column in sorted(kept & self._asked(at)):
                yield self._reason(column, at, fired=True)
        for at, stopping in stops.items():
            yield self._reason(min(kept & stopping), at, fired=False)

    def _reason(self, column: int, at: int, *, fired: bool) -> Reason:
        fact, rule = self.table.facts[column], self.table.rules[at]
        value = _known(self.values[column])
        return Reason(fact, value, rule.cell(fact).text, rule.id, fired)

    def _stops(self, fired: list[int]) -> dict[int, set[int]]:
        """For each earlier rule of another answer, the columns that stop it.

        A rule is not here if no single column does: then rules before it take
        all its cases that are still open.
        """
        rules, boxes = self.table.rules, self.table.boxes
        others = [
            at
            for at in range(fired[-1])
            if rules[at].answer is not rules[fired[0]].answer
        ]
        stops = {at: _disjoint(self.box, boxes[at]) for at in others}
        return {at: columns for at, columns in stops.items() if columns}

    def _asked(self, at: int) -> set[int]:
        """The known columns of which a rule asks something."""
        full = self.table.full
        return _narrower(self.box, full) & _narrower(self.table.boxes[at], full)

    def _kept(self, fired: list[int], stops: dict[int, set[int]]) -> set[int]:
        """The columns to name: they give the answer if all others are unknown.

        What the rules that fire ask is enough, together with one column for
        each of *stops*; the cells of a rule that certainly fires are kept.  Of
        the rest each is let go, what no rule that fires asks before what one
        does, if neither a stop nor the answer hangs on it.
        """
        asked = {column for at in fired for column in self._asked(at)}
        kept = _narrower(self.box, self.table.full)
        free = kept - asked if len(fired) == 1 else kept
        for column in sorted(free, key=lambda at: (at in asked, at)):
            fewer = kept - {column}
            if all(map(fewer.intersection, stops.values())) and self._suffice(fewer):
                kept = fewer
        return kept

    def _suffice(self, columns: set[int]) -> bool:
        full = enumerate(self.table.full)
        box = tuple(self.box[at] if at in columns else every for at, every in full)
        return len(self.table.possible(box)) == 1


def _meeting_but(column: int, met: Mapping[int, int]) -> int:
    return reduce(int.__and__, (m for at, m in met.items() if at != column), -1)


def _narrower(box: Box, full: Box) -> set[int]:
    return {at for at, every in enumerate(full) if box[at] != every}


def _disjoint(one: Box, other: Box) -> set[int]:
    return {at for at, mask in enumerate(one) if not mask & other[at]}


def _known(value: Fact) -> Value | tuple[Value, ...] | None:
    if isinstance(value, Decision):
        return value.answer
    return value.possible if isinstance(value, Undecided) else value
