"""Telling: why a table decided a case as it did, worked out when asked."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from relationkit.decisions import (
    Account,
    Alternative,
    Reason,
    Undecided,
    Way,
    WhyNot,
)
from relationkit.tables import _counterfactual as counterfactual
from relationkit.tables._boxes import Box, disjoint, narrower, set_bits
from relationkit.tables._columns import Case, known
from relationkit.tables._hits import HitPolicy

if TYPE_CHECKING:
    from relationkit.tables._table import Table

__all__ = ["Telling"]


class Telling:
    """What a table can tell of the cases it decided.

    A case comes as it was handed over: looked up, as the values of its facts,
    as the record that holds them, or as a list of that and of the outcomes
    given beside it.
    """

    def __init__(self, table: "Table[StrEnum]") -> None:
        self.table = table

    def case(self, handed: object) -> Case:
        """The case, looked up."""
        if isinstance(handed, Case):
            return handed
        if isinstance(handed, tuple):
            return self.table.looked(handed)
        facts, given = handed if isinstance(handed, list) else (handed, {})
        return self.table.looked(self.table.values(facts, given))

    def tell(self, handed: object, /) -> Account:
        """All that can be told of the outcome."""
        case, table = self.case(handed), self.table
        possible, fired = table.possible(case.alive), self.fired(case)
        told = [table.rules[at] for at in fired]
        decided = len(possible) == 1
        return Account(
            policy=table.ref,
            possible=possible,
            rules=tuple(rule.id for rule in told),
            because="; ".join(dict.fromkeys(rule.because for rule in told)),
            source="; ".join(dict.fromkeys(rule.source for rule in told)),
            contested=any(rule.contested for rule in told),
            reasons=tuple(self._reasons(case, fired)) if decided else (),
            needs=() if decided else self._needs(case),
        )

    def fired(self, case: Case) -> list[int]:
        """The rules that may give the answer, in order."""
        pieces = self.table.pieces
        return sorted({pieces[at][0] for at in set_bits(case.alive)})

    def ask(self, handed: object, /) -> tuple[str, ...]:
        """The facts to ask for."""
        return self._needs(self.case(handed))

    def why_not(self, handed: object, rule: str, /) -> WhyNot:
        """What keeps *rule* from giving the answer."""
        return counterfactual.why_not(self.table, self.case(handed), rule)

    def alternatives(self, handed: object, /) -> tuple[Alternative, ...]:
        """Every rule that matches or may match."""
        return counterfactual.alternatives(self.table, self.case(handed))

    def to_reach(self, handed: object, answer: StrEnum, /) -> tuple[Way, ...]:
        """The fewest changes that give *answer*."""
        return counterfactual.to_reach(self.table, self.case(handed), answer)

    def _needs(self, case: Case) -> tuple[str, ...]:
        """Each fact that alone can turn the answer, the rest being settled somehow."""
        values, facts = case.values, self.table.facts
        needs: list[str] = []
        for column in self._turning(case):
            value = values[column]
            if not isinstance(value, Undecided):
                needs.append(facts[column])
            else:
                needs += value.needs or (facts[column],)
        return tuple(dict.fromkeys(needs))

    def _turning(self, case: Case) -> list[int]:
        """The columns on all but which two pieces of different answers meet."""
        open_, beside = self._open(case.box)
        turning, left = set[int](), case.alive
        for _, pieces in self.table.by_answer:
            own = left & pieces
            left ^= own
            while own and left:
                piece = (own & -own).bit_length() - 1
                own &= own - 1
                _turn(turning, left, open_, [met(piece) for met in beside])
                if len(turning) == len(open_):
                    return open_
        return [column for column in open_ if column in turning]

    def _open(self, box: Box) -> tuple[list[int], list[Callable[[int], int]]]:
        """The columns not known to an atom, and for each what is beside a piece."""
        open_: list[int] = []
        beside: list[Callable[[int], int]] = []
        for at, (mask, (full, whole)) in enumerate(zip(box, self._wholes, strict=True)):
            if mask == full:
                open_.append(at)
                beside.append(whole)
            elif mask & (mask - 1):
                open_.append(at)
                beside.append(self.table.index.columns[at].beside(mask))
        return open_, beside

    @cached_property
    def _wholes(self) -> tuple[tuple[int, Callable[[int], int]], ...]:
        """For each column, all its atoms, and what is beside a piece among them."""
        columns = self.table.index.columns
        return tuple((column.full, column.beside(column.full)) for column in columns)

    def _reasons(self, case: Case, fired: list[int]) -> Iterator[Reason]:
        """The cells that were met, then what stops earlier rules of other answers."""
        stops = self._stops(case.box, fired)
        kept = self._kept(case.box, fired, stops)
        for at in fired:
            for column in sorted(kept & self._asked(case.box, at)):
                yield self.reason(case, column, at, fired=True)
        for at, stopping in stops.items():
            yield self.reason(case, min(kept & stopping), at, fired=False)

    def reason(self, case: Case, column: int, at: int, *, fired: bool) -> Reason:
        """One fact, held against the cell of a rule."""
        fact, rule = self.table.facts[column], self.table.rules[at]
        value = known(case.values[column])
        return Reason(fact, value, rule.cell(fact).text, rule.id, fired)

    def _stops(self, box: Box, fired: list[int]) -> dict[int, set[int]]:
        """For each earlier rule of another answer, the columns that stop it.

        A rule is not here if no single column does: then rules before it take
        all its cases that are still open.  Where the order of rules is nothing,
        none need be stopped.
        """
        if self.table.hit in {HitPolicy.UNIQUE, HitPolicy.ANY}:
            return {}
        rules, boxes = self.table.rules, self.table.boxes
        answer = rules[fired[0]].answer
        others = [at for at in range(fired[-1]) if rules[at].answer is not answer]
        stops = {at: disjoint(box, boxes[at]) for at in others}
        return {at: columns for at, columns in stops.items() if columns}

    def _asked(self, box: Box, at: int) -> set[int]:
        """The known columns of which a rule asks something."""
        full = self.table.full
        return narrower(box, full) & narrower(self.table.boxes[at], full)

    def _kept(self, box: Box, fired: list[int], stops: dict[int, set[int]]) -> set[int]:
        """The columns to name: they give the answer if all others are unknown.

        What the rules that fire ask is enough, together with one column for
        each of *stops*; the cells of a rule that certainly fires are kept.  Of
        the rest each is let go, what no rule that fires asks before what one
        does, if neither a stop nor the answer hangs on it.
        """
        asked = {column for at in fired for column in self._asked(box, at)}
        kept = narrower(box, self.table.full)
        free = kept - asked if len(fired) == 1 else kept
        for column in sorted(free, key=lambda at: (at in asked, at)):
            fewer = kept - {column}
            if all(map(fewer.intersection, stops.values())) and self._suffice(
                box, fewer
            ):
                kept = fewer
        return kept

    def _suffice(self, box: Box, columns: set[int]) -> bool:
        full = enumerate(self.table.full)
        wide = tuple(box[at] if at in columns else every for at, every in full)
        return len(self.table.possible(self.table.index.meeting(wide))) == 1


def _turn(
    turning: set[int], others: int, columns: Sequence[int], met: Sequence[int]
) -> None:
    """Add the columns on all but which some of *others* are met."""
    after, afters = -1, []
    for meeting in met[:0:-1]:
        afters.append(after)
        after &= meeting
    afters.append(after)
    pairs = zip(columns, met, strict=True)
    while others:  # no two pieces of different answers meet in all columns
        column, meeting = next(pairs)
        if others & afters.pop():
            turning.add(column)
        others &= meeting
