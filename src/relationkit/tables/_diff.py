"""Differences: the cases that two tables answer differently, exactly.

Both are cut alike.  Rules that both have, in the same order, are no matter as
long as no other decides: where an answer changes, a rule decides before or after
that the other table does not have there.  Only the pieces of such rules are held
against those of the other table.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from operator import and_, itemgetter
from typing import Generic, TypeAlias, TypeVar

from attrs import frozen

from relationkit.errors import StepsError
from relationkit.tables._boxes import (
    Box,
    Budget,
    BudgetError,
    merged,
    outside,
    runs,
    set_bits,
)
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._hits import HitPolicy
from relationkit.tables._index import Index
from relationkit.tables._table import Table
from relationkit.tables._wording import cells_of

__all__ = ["Difference", "diff"]

T = TypeVar("T", bound=StrEnum)
T_co = TypeVar("T_co", bound=StrEnum, covariant=True)

Pair: TypeAlias = tuple[int, int]
Chain: TypeAlias = "tuple[Pair, Chain] | None"

STEPS = 1_000_000
"""How many pairs of pieces may be looked at."""


@frozen(kw_only=True)
class Difference(Generic[T_co]):
    """Cases that are answered in one way before, and in another after.

    Attributes:
        where: Which cases: a cell for each fact that matters, as a table would
            have it; any case if there is none.
        before: The answer before.
        after: The answer after.
        rules_before: The rules that give the answer before, in order.
        rules_after: The rules that give the answer after, in order.
    """

    where: tuple[tuple[str, str], ...]
    before: T_co
    after: T_co
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.when}: {self.turn}"

    @property
    def when(self) -> str:
        """Which cases, in words."""
        cells = [f"{fact} is {_either(cell)}" for fact, cell in self.where]
        return ", ".join(cells) or "whatever the case"

    @property
    def turn(self) -> str:
        """The answers before and after, each with its rules."""
        before, after = _either(*self.rules_before), _either(*self.rules_after)
        return f"{self.before} ({before}) -> {self.after} ({after})"


def _either(*texts: str) -> str:
    return ", ".join(texts).replace(", ", " or ")


def diff(old: Table[T], new: Table[T]) -> tuple[Difference[T], ...]:
    """The cases that *old* and *new* answer differently: none twice, none missed.

    A different reason for the same answer is no difference.  What is unknown
    is any of the cases that it may be.

    >>> from enum import StrEnum
    >>> from relationkit import tables
    >>> class Fare(StrEnum):
    ...     CHILD = "child"
    ...     FULL = "full"
    >>> def fares(until):
    ...     columns = ["id", "age", "=> fare", "because", "source"]
    ...     rows = [
    ...         ["young", f"< {until}", "child", "under age", "ours"],
    ...         ["others", "-", "full", "of age", "ours"],
    ...     ]
    ...     return tables.build(
    ...         {"columns": columns, "rows": rows},
    ...         yields="fare",
    ...         answers=Fare,
    ...         facts={"age": tables.Domain(int, least=0)},
    ...     )
    >>> for difference in tables.diff(fares(18), fares(16)):
    ...     print(difference)
    age is 16 .. 18: child (young) -> full (others)

    Raises:
        TypeError: If their answers are of two classes.
        ValueError: If they answer different questions, or a fact is not the
            same to both.
        StepsError: If it takes more than a million steps; a step looks at a
            pair of pieces.
    """
    _refuse_unlike(old, new)
    axes = tuple(_common(old, new))
    try:
        return tuple(_differences(_Side(old, axes), _Side(new, axes), axes))
    except BudgetError:
        raise StepsError(
            f"the differences of two tables of {old.yields!r} are not found within"
            f" {STEPS} steps; compare tables that have more in common"
        ) from None


def _refuse_unlike(old: Table[T], new: Table[T]) -> None:
    """What answers another question cannot be compared."""
    if old.answers is not new.answers:
        one, two = old.answers.__name__, new.answers.__name__
        told = f"answers: {one} in the old table, {two} in the new one"
        raise TypeError(f"{told}; compare tables that answer one question")
    if old.yields != new.yields:
        told = f"yields: {old.yields!r} in the old table, {new.yields!r} in the new one"
        raise ValueError(f"{told}; compare tables that answer one question")
    before, after = dict(old.declared), dict(new.declared)
    read = {*old.facts, *new.facts}
    for name, domain in after.items():
        if name in read and (was := before.get(name, domain)) != domain:
            kinds = f"{_said(was)} in the old table, {_said(domain)} in the new one"
            raise ValueError(f"{name}: {kinds}; compare tables of the same facts")


def _said(domain: Domain) -> str:
    name = domain.kind.__name__
    return name if domain.least is None else f"{name} of at least {domain.least}"


def _common(old: Table[T], new: Table[T]) -> Iterator[Axis]:
    """The facts that either reads, with the cuts of both."""
    sides = [{axis.name: axis for axis in table.axes} for table in (old, new)]
    for name in dict(new.declared) | dict(old.declared):
        if axes := [side[name] for side in sides if name in side]:
            one, cuts = axes[0], {cut for axis in axes for cut in axis.cuts}
            yield Axis(name, one.domain, one.start, tuple(sorted(cuts)))


class _Side(Generic[T]):
    """One table, seen along common axes.

    Attributes:
        table: The table.
        full: Every case there is.
        boxes: What each of its rules matches.
    """

    def __init__(self, table: Table[T], axes: Sequence[Axis]) -> None:
        self.table = table
        self.full = tuple(axis.full for axis in axes)
        self._columns = [_column(table, axis) for axis in axes]
        self.boxes = [self._cut(box) for box in table.boxes]
        self._pieces: list[list[Box]] = [[] for _ in table.rules]
        for rule, box in table.pieces:
            self._pieces[rule].append(box)
        self._decided: dict[int, list[Box]] = {}

    def _cut(self, box: Box) -> Box:
        """A box of the table along the common axes."""
        return tuple([column(box) for column in self._columns])

    def answer(self, rule: int) -> T:
        """What the rule at that place answers."""
        return self.table.rules[rule].answer

    def keys(self) -> list[tuple[T, Box]]:
        """What sets its rules apart from those of another table."""
        return [(self.answer(at), box) for at, box in enumerate(self.boxes)]

    def decided(self, rule: int) -> list[Box]:
        """The cases that the rule at that place decides."""
        if rule not in self._decided:
            self._decided[rule] = [self._cut(box) for box in self._pieces[rule]]
        return self._decided[rule]

    def against(
        self, other: "_Side[T]", rule: int, skipped: set[int], budget: Budget
    ) -> Iterator[tuple[int, Box]]:
        """Where another answer is given than by a *rule* of the *other* table.

        Each case comes with the rule that gives it, if that is none of *skipped*.
        """
        whole, answer = other.boxes[rule], other.answer(rule)
        found = [
            (at, piece)
            for at, box in enumerate(self.boxes)
            if at not in skipped and self.answer(at) is not answer
            if _meet(whole, box)
            for piece in self.decided(at)
            if _meet(whole, piece)
        ]
        index = Index(self.full, [piece for _, piece in found])
        for part in merged(other.decided(rule)):
            met = index.meeting(part)
            budget.spend(1 + met.bit_count())
            for at in set_bits(met):
                yield found[at][0], tuple(map(and_, part, found[at][1]))

    def ids(self, rules: Iterable[int]) -> tuple[str, ...]:
        """The names of the rules at those places."""
        return tuple(self.table.rules[rule].id for rule in rules)


def _meet(one: Box, other: Box) -> bool:
    return all(map(and_, one, other))


def _column(table: Table[T], axis: Axis) -> Callable[[Box], int]:
    """What a box of *table* asks along *axis*, which has the cuts of its own."""
    if axis.name not in table.facts:
        return lambda _: axis.full
    at = table.facts.index(axis.name)
    own = table.axes[at]
    if own == axis:
        return itemgetter(at)
    ends = (*own.starts, None)

    @cache
    def moved(mask: int) -> int:
        return axis.mask((ends[low], ends[high]) for low, high in runs(mask))

    return lambda box: moved(box[at])


def _differences(
    old: _Side[T], new: _Side[T], axes: Sequence[Axis]
) -> Iterator[Difference[T]]:
    """Where the two differ, in the order of the old rules, then of the new ones."""
    met = [*_met(old, new)]
    index = Index(old.full, [box for _, _, box in met])
    told = []
    for region in _regions(old, new, met):
        both = [met[at] for at in set_bits(index.meeting(region))]
        before = sorted({was for was, _, _ in both})
        after = sorted({now for _, now, _ in both})
        told.append((before, after, region))
    for before, after, region in sorted(told):
        yield Difference(
            where=tuple(cells_of(axes, region).items()),
            before=old.answer(before[0]),
            after=new.answer(after[0]),
            rules_before=old.ids(before),
            rules_after=new.ids(after),
        )


def _met(old: _Side[T], new: _Side[T]) -> Iterator[tuple[int, int, Box]]:
    """The cases where an old and a new rule of other answers decide.

    One of the two is a rule that is not in both tables in the same order: had
    both such a place in the other, the earlier one would decide there as well.
    """
    budget = Budget(STEPS)
    was, now = _others(old.keys(), new.keys())
    for before in sorted(was):
        for after, box in new.against(old, before, set(), budget):
            yield before, after, box
    for after in sorted(now):
        for before, box in old.against(new, after, was, budget):
            yield before, after, box


def _others(
    old: Sequence[tuple[T, Box]], new: Sequence[tuple[T, Box]]
) -> tuple[set[int], set[int]]:
    """The places of those that are not in both in one order; none is there twice."""
    places = {key: at for at, key in enumerate(new)}
    both = [(at, places[key]) for at, key in enumerate(old) if key in places]
    same = [*_rising(both)]
    return (
        {*range(len(old))} - {at for at, _ in same},
        {*range(len(new))} - {at for _, at in same},
    )


def _rising(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """As many of *pairs* as there are in which what comes second rises; last first."""
    least: list[int] = []
    chains: list[Chain] = []
    for pair in pairs:
        length = bisect_left(least, pair[1])
        chain = pair, chains[length - 1] if length else None
        least[length : length + 1] = [pair[1]]
        chains[length : length + 1] = [chain]
    last = chains[-1] if chains else None
    while last:
        found, last = last
        yield found


def _regions(
    old: _Side[T], new: _Side[T], met: Iterable[tuple[int, int, Box]]
) -> Iterator[Box]:
    """The same cases in few boxes, disjoint, each with one answer before and after."""
    found: dict[tuple[T, T], list[Box]] = {}
    for before, after, box in met:
        found.setdefault((old.answer(before), new.answer(after)), []).append(box)
    may_overlap = HitPolicy.ANY in {old.table.hit, new.table.hit}
    for boxes in found.values():
        yield from merged(_apart(boxes) if may_overlap else boxes)


def _apart(boxes: Iterable[Box]) -> list[Box]:
    """The same cases in disjoint boxes."""
    budget = Budget(STEPS)
    found: list[Box] = []
    for box in boxes:
        found += outside(box, found, budget)
    return found
