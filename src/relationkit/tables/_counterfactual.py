"""Counterfactuals: what kept a rule from answering, and what would give an answer."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from relationkit.decisions import Alternative, Step, Way, WhyNot
from relationkit.errors import StepsError
from relationkit.tables._boxes import (
    Box,
    Budget,
    BudgetError,
    disjoint,
    merged,
    outside,
    shared,
)
from relationkit.tables._columns import Case, known
from relationkit.tables._hits import HitPolicy
from relationkit.tables._wording import cell_of

if TYPE_CHECKING:
    from relationkit.tables._table import Table

__all__ = ["alternatives", "to_reach", "why_not"]

STEPS = 1_000_000
"""How many steps a search for changes may take."""


def why_not(table: "Table[StrEnum]", case: Case, id_: str) -> WhyNot:
    """What keeps the rule *id_* from giving the answer."""
    at = table.place(id_)
    rule, box = table.rules[at], table.boxes[at]
    failed = sorted(disjoint(case.box, box))
    told = table.telling.reason
    return WhyNot(
        rule=rule.id,
        answer=rule.answer,
        failed=tuple(told(case, column, at, fired=False) for column in failed),
        unknown=() if failed else tuple(_unsure(table, case, box)),
        **({} if failed else _preceding(table, shared(case.box, box) or (), at)),
    )


def _unsure(table: "Table[StrEnum]", case: Case, box: Box) -> Iterator[str]:
    """The facts that may still fail a cell."""
    for name, mask, asked in zip(table.facts, case.box, box, strict=True):
        if mask & ~asked:
            yield name


def _preceding(
    table: "Table[StrEnum]", inside: Box, at: int
) -> dict[str, tuple[str, ...]]:
    """The earlier rules of cases *inside* a rule, up to the first that has all."""
    may: list[str] = []
    pairs = zip(table.boxes[:at], table.rules, strict=False)
    for box, rule in pairs if table.hit is HitPolicy.FIRST else ():
        if _within(inside, box):
            return {"may_precede": tuple(may), "preceded_by": (rule.id,)}
        if not disjoint(inside, box):
            may.append(rule.id)
    return {"may_precede": tuple(may)}


def _within(one: Box, other: Box) -> bool:
    return not any(mask & ~asked for mask, asked in zip(one, other, strict=True))


def alternatives(table: "Table[StrEnum]", case: Case) -> tuple[Alternative, ...]:
    """Every rule that matches or may match."""
    return tuple(
        Alternative(
            rule=rule.id,
            answer=rule.answer,
            because=rule.because,
            certain=_within(case.box, box),
        )
        for rule, box in zip(table.rules, table.boxes, strict=True)
        if not disjoint(case.box, box)
    )


def to_reach(table: "Table[StrEnum]", case: Case, answer: StrEnum) -> tuple[Way, ...]:
    """Every smallest set of changes that gives *answer*, whatever is unknown."""
    if type(answer) is not table.answers:
        wanted, got = table.answers.__name__, type(answer).__name__
        raise TypeError(f"answer: expected a {wanted}, got {answer!r}, a {got}")
    if table.possible(case.alive) == (answer,):
        return (Way(()),)
    try:
        return _fewest(_Search(table, case, answer))
    except BudgetError:
        raise StepsError(
            f"no way to {answer} is found within {STEPS} steps; declare fewer facts"
            f" changeable"
        ) from None


def _fewest(search: "_Search") -> tuple[Way, ...]:
    """The ways of as few steps as there is any of."""
    columns = sorted(search.allowed)
    for size in range(1, len(columns) + 1):
        chosen = combinations(columns, size)
        if ways := tuple(way for some in chosen for way in search.ways(some)):
            return ways
    return ()


class _Search:
    """A search for the changes after which only pieces of one answer are met."""

    def __init__(self, table: "Table[StrEnum]", case: Case, answer: StrEnum) -> None:
        self.table = table
        self.case = case
        self.budget = Budget(STEPS)
        self.others = [
            box
            for (rule, box) in table.pieces
            if table.rules[rule].answer is not answer
        ]
        self.allowed = _allowed(table)

    def ways(self, columns: tuple[int, ...]) -> Iterator[Way]:
        """The ways to it by changing just these *columns*."""
        open_ = tuple(self.allowed[at] for at in columns)
        fixed = [at for at in range(len(self.case.box)) if at not in columns]
        self.budget.spend(len(self.others))
        against = [
            tuple(box[at] for at in columns)
            for box in self.others
            if all(self.case.box[at] & box[at] for at in fixed)
        ]
        for region in merged(outside(open_, against, self.budget)):
            steps = map(self._step, columns, region)
            yield Way(tuple(steps))

    def _step(self, column: int, mask: int) -> Step:
        axis = self.table.axes[column]
        return Step(
            fact=axis.name,
            now=known(self.case.values[column]),
            to=cell_of(axis, mask),
            by=" or ".join(dict.fromkeys(_acts(self.table, column, mask))),
        )


def _allowed(table: "Table[StrEnum]") -> Mapping[int, int]:
    """What each changeable column may become."""
    allowed: dict[int, int] = {}
    for column, axis in enumerate(table.axes):
        masks = [axis.mask_of(act.to) for act in table.acts if act.fact == axis.name]
        for mask in masks:
            allowed[column] = allowed.get(column, 0) | mask
    return allowed


def _acts(table: "Table[StrEnum]", column: int, mask: int) -> Iterator[str]:
    """What changes a column to some of *mask*, where that is said."""
    axis = table.axes[column]
    for act in table.acts:
        if act.by and act.fact == axis.name and axis.mask_of(act.to) & mask:
            yield act.by
