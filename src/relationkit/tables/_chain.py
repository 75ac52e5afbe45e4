"""Chain: a few rules as comparisons, each made only where it matters."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from relationkit.tables._boxes import Box, runs, set_bits
from relationkit.tables._domains import Axis
from relationkit.tables._source import OWN, Source, indented

if TYPE_CHECKING:
    from enum import StrEnum

    from relationkit.tables._table import Table

__all__ = ["Chain", "Fetch"]

GROWTH = 8
"""How many times the rules of a table its chains may hold, once split up."""
DEPTH = 4


class Fetch(Protocol):
    """How a compiled function comes by its facts, and what it gives back."""

    def load(self, column: int) -> list[str]:
        """The lines that put the fact of *column* where its name says; once a path."""

    def give(self, answer: str) -> str:
        """The line that gives *answer*."""


class Chain:
    """Comparisons that find the rule for known facts.

    Rules are tried in order.  Where that saves work, they are first split by
    one fact into shorter chains.
    """

    def __init__(self, table: "Table[StrEnum]", source: Source, fetch: Fetch) -> None:
        self.table = table
        self.source = source
        self.fetch = fetch
        self.room = GROWTH * len(table.rules)

    def lines(self) -> list[str]:
        """All of them."""
        return self._node(
            self.table.full, tuple(range(len(self.table.rules))), frozenset(), 0
        )

    def _node(
        self, box: Box, rules: Sequence[int], loaded: frozenset[int], depth: int
    ) -> list[str]:
        rules = [*self._alive(box, rules)]
        if len(rules) == 1:
            return [self._leaf(rules[0])]
        split = self._split(box, rules) if depth < DEPTH else None
        if split is None:
            return self._chain(box, rules, loaded)
        column, groups = split
        lines = [] if column in loaded else self.fetch.load(column)
        inside = loaded | {column}
        for at, (mask, alive) in enumerate(groups):
            part = (*box[:column], mask, *box[column + 1 :])
            lines.append(self._branch(column, box[column], groups, at))
            lines += indented(self._node(part, alive, inside, depth + 1))
        return lines

    def _alive(self, box: Box, rules: Sequence[int]) -> Iterator[int]:
        """The rules that *box* can meet, up to the first that takes all of it."""
        for at in rules:
            masks = [*zip(box, self.table.boxes[at], strict=True)]
            if all(mask & asked for mask, asked in masks):
                yield at
                if not any(mask & ~asked for mask, asked in masks):
                    return

    def _leaf(self, at: int) -> str:
        return self.fetch.give(self.source.bind(self.table.rules[at].answer))

    def _split(
        self, box: Box, rules: Sequence[int]
    ) -> tuple[int, list[tuple[int, list[int]]]] | None:
        """The fact by which to split, and the rules for each part; None for none."""
        best, found = 0.75, None
        for column, mask in enumerate(box):
            groups = self._groups(box, column, rules)
            saved = len(rules) - _expected(groups, mask) - (len(groups) - 1) / 2
            grown = sum(len(alive) for _, alive in groups)
            if len(groups) > 1 and saved > best and grown <= self.room:
                best, found = saved, (column, groups)
        if found:
            self.room -= sum(len(alive) for _, alive in found[1])
        return found

    def _groups(
        self, box: Box, column: int, rules: Sequence[int]
    ) -> list[tuple[int, list[int]]]:
        """The atoms of a column in parts, each with the rules that are alive there."""
        groups: list[tuple[int, list[int]]] = []
        is_listed = bool(self.table.axes[column].domain.members)
        for atom in set_bits(box[column]):
            part = (*box[:column], 1 << atom, *box[column + 1 :])
            alive = [*self._alive(part, rules)]
            same = [at for at, (_, those) in enumerate(groups) if those == alive]
            last = (
                same[-1:]
                if is_listed
                else [at for at in same[-1:] if at == len(groups) - 1]
            )
            if last:
                groups[last[0]] = groups[last[0]][0] | 1 << atom, alive
            else:
                groups.append((1 << atom, alive))
        return groups

    def _branch(
        self, column: int, box: int, groups: list[tuple[int, list[int]]], at: int
    ) -> str:
        """The line that leads to a part: the parts before it are excluded already."""
        if at == len(groups) - 1:
            return "else:"
        before = sum(mask for mask, _ in groups[:at])
        test = self.test(column, groups[at][0], box & ~before)
        return f"{'elif' if at else 'if'} {test}:"

    def _chain(
        self, box: Box, rules: Sequence[int], loaded: frozenset[int]
    ) -> list[str]:
        """The rules one after the other; the last one takes what is left."""
        lines: list[str] = []
        for at in rules[:-1]:
            own = self.table.boxes[at]
            asked = [c for c, mask in enumerate(own) if box[c] & ~mask]
            asked.sort(key=lambda c: (c not in loaded, self._cost(c)))
            lines += [] if asked[0] in loaded else self.fetch.load(asked[0])
            loaded |= {asked[0]}
            lines += self._tried(box, at, asked, loaded)
        return [*lines, self._leaf(rules[-1])]

    def _tried(
        self, box: Box, at: int, asked: Sequence[int], loaded: frozenset[int]
    ) -> list[str]:
        """One test in the other, each fact fetched where it is asked for."""
        column, *others = asked
        inside = [self._leaf(at)]
        if others:
            fetched = [] if others[0] in loaded else self.fetch.load(others[0])
            now = loaded | {others[0]}
            inside = [*fetched, *self._tried(box, at, others, now)]
        test = self.test(column, self.table.boxes[at][column], box[column])
        return [f"if {test}:", *indented(inside)]

    def _cost(self, column: int) -> int:
        """What is tested before what: true or false, then members, then the rest."""
        domain = self.table.axes[column].domain
        return 0 if domain.kind is bool else 1 if domain.members else 2

    def test(self, column: int, mask: int, among: int) -> str:
        """Whether the fact of *column*, known to be *among* some, is in *mask*."""
        axis = self.table.axes[column]
        if axis.domain.members:
            return _is_one(self.source, axis, f"{OWN}v{column}", mask & among, among)
        tests = [
            _lies_in(self.source, axis, f"{OWN}v{column}", run, among)
            for run in runs(mask & among)
        ]
        return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"


def _expected(groups: Sequence[tuple[int, list[int]]], mask: int) -> float:
    """How many rules are left to try, all atoms alike."""
    sizes = ((part.bit_count(), len(alive)) for part, alive in groups)
    return sum(atoms * rules for atoms, rules in sizes) / mask.bit_count()


def _is_one(source: Source, axis: Axis, name: str, mask: int, among: int) -> str:
    if axis.domain.kind is bool:
        return name if mask == 0b10 else f"not {name}"  # noqa: PLR2004, only True
    members = [axis.domain.members[at] for at in set_bits(mask)]
    others = [axis.domain.members[at] for at in set_bits(among & ~mask)]
    if len(others) < len(members):
        return " and ".join(f"{name} is not {source.bind(m)}" for m in others)
    tests = [f"{name} is {source.bind(m)}" for m in members]
    return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"


def _lies_in(
    source: Source, axis: Axis, name: str, run: tuple[int, int], among: int
) -> str:
    """Whether a number or day lies in a stretch of atoms, ends told if they matter."""
    low, high = run
    tests = []
    if among & ((1 << low) - 1):
        key, side = axis.cuts[low - 1]
        tests.append(
            f"{name} {'>' if side else '>='} {source.bind(axis.domain.value(key))}"
        )
    if among >> high:
        key, side = axis.cuts[high - 1]
        tests.append(
            f"{name} {'<=' if side else '<'} {source.bind(axis.domain.value(key))}"
        )
    return " and ".join(tests)
