"""Shapes: random rules with a fixed seed, as boxes and as documents.

Tree-shaped rules are the leaves of a decision tree, so that each case is in just
one, after Calvanese and others, "Semantics, analysis and simplification of DMN
decision tables" (Information Systems 78, 2018); a tenth of them may then be
made wider or narrower.  Dense rules are drawn each on its own, from few cuts.
"""

from collections.abc import Sequence
from enum import StrEnum
from random import Random
from typing import NamedTuple

from attrs import make_class

from relationkit.tables import Domain
from relationkit.tables._boxes import Box, runs, set_bits

__all__ = ["Grade", "Shape", "Trade", "dense", "grown", "shrunk", "tree"]

GRID = 10_000
"""How many values a number may have."""
CUTS = 5
"""At how many of them dense rules are cut."""
NOISE = 0.1
"""How many of the rules of a tree are made wider or narrower."""


class Trade(StrEnum):
    """What every third fact is: one of a list."""

    LAW = "law"
    TAX = "tax"
    AUDIT = "audit"
    CARE = "care"
    REPAIR = "repair"
    DESIGN = "design"


class Grade(StrEnum):
    """What the rules answer."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    TOP = "top"


class Shape(NamedTuple):
    """Rules as sets of values, one bit for each value of a fact.

    Attributes:
        full: All values, fact by fact.
        rules: What each rule admits.
    """

    full: Box
    rules: tuple[Box, ...]

    def cut(self) -> tuple[Box, list[Box]]:
        """The same with atoms for values: all there is, and a box for each rule."""
        columns = [
            _cut(every, [rule[at] for rule in self.rules])
            for at, every in enumerate(self.full)
        ]
        full, *boxes = zip(*columns, strict=True)
        return full, boxes

    def columns(self) -> list[str]:
        """The head of a table of these rules, which answers a grade."""
        return ["id", *self.facts(), "=> grade", "because", "source"]

    def rows(self) -> list[list[str]]:
        """Its rows."""
        grades = [*Grade]
        return [
            [
                f"r{at}",
                *map(_cell, self.full, rule),
                str(grades[at % len(grades)]),
                "drawn",
                "ours",
            ]
            for at, rule in enumerate(self.rules)
        ]

    def with_wider(self, at: int, seed: int) -> "Shape":
        """The same with the rule at that place made wider in one fact."""
        return _changed(self, [at], Random(seed), wider=True)  # noqa: S311, no secret

    def facts(self) -> dict[str, Domain]:
        """What its facts are."""
        trade, number = Domain(Trade), Domain(int, least=0)
        return {
            f"f{at}": trade if _is_listed(every) else number
            for at, every in enumerate(self.full)
        }

    def records(self, count: int) -> list[object]:
        """Cases at random, as records of one class."""
        rng, trades = Random(count), [*Trade]  # noqa: S311, no secret
        record = make_class("Drawn", [*self.facts()], frozen=True, slots=True)
        return [
            record(
                *(
                    trades[rng.randrange(len(trades))]
                    if _is_listed(every)
                    else rng.randrange(GRID)
                    for every in self.full
                )
            )
            for _ in range(count)
        ]


def tree(rules: int, columns: int, seed: int) -> Shape:
    """The leaves of a decision tree: no case in two of them, or in none."""
    rng = Random(seed)  # noqa: S311, no secret
    full = _full(columns)
    leaves = [full]
    while len(leaves) < rules:
        at, column = rng.randrange(len(leaves)), rng.randrange(columns)
        leaf = leaves[at]
        if leaf[column].bit_count() > 1:
            part = _part(leaf[column], full[column], rng)
            leaves[at] = _with(leaf, column, part)
            leaves.append(_with(leaf, column, leaf[column] & ~part))
    rng.shuffle(leaves)
    return Shape(full, tuple(leaves))


def grown(shape: Shape, seed: int) -> Shape:
    """The same with a tenth of its rules made wider in one fact."""
    return _noisy(shape, seed, wider=True)


def shrunk(shape: Shape, seed: int) -> Shape:
    """The same with a tenth of its rules made narrower in one fact."""
    return _noisy(shape, seed, wider=False)


def dense(rules: int, columns: int, anything: float, seed: int) -> Shape:
    """Rules that overlap as they like, with so many cells that ask nothing."""
    rng = Random(seed)  # noqa: S311, no secret
    full = _full(columns)
    cuts = [sorted(rng.sample(range(1, GRID), CUTS)) for _ in full]
    drawn = (
        tuple(
            every if rng.random() < anything else _drawn(every, own, rng)
            for every, own in zip(full, cuts, strict=True)
        )
        for _ in range(rules)
    )
    return Shape(full, tuple(drawn))


def _full(columns: int) -> Box:
    sizes = (GRID if at % 3 else len(Trade) for at in range(columns))
    return tuple((1 << size) - 1 for size in sizes)


def _is_listed(every: int) -> bool:
    return every.bit_length() == len(Trade)


def _with(box: Box, column: int, mask: int) -> Box:
    return (*box[:column], mask, *box[column + 1 :])


def _part(mask: int, every: int, rng: Random) -> int:
    """Some of *mask*: any members, or the numbers below one of them."""
    bits = [*set_bits(mask)]
    if _is_listed(every):
        return sum(1 << bit for bit in rng.sample(bits, rng.randrange(1, len(bits))))
    return mask & ((1 << rng.choice(bits[1:])) - 1)


def _drawn(every: int, cuts: Sequence[int], rng: Random) -> int:
    """One or two members; or the numbers below, above or between cuts."""
    if _is_listed(every):
        return sum(1 << bit for bit in rng.sample(range(len(Trade)), rng.randint(1, 2)))
    low, high = sorted(rng.sample([0, *cuts, GRID], 2))
    return (1 << high) - (1 << low) if high - low < GRID else (1 << cuts[0]) - 1


def _noisy(shape: Shape, seed: int, *, wider: bool) -> Shape:
    rng, count = Random(seed), len(shape.rules)  # noqa: S311, no secret
    chosen = rng.sample(range(count), int(NOISE * count))
    return _changed(shape, chosen, rng, wider=wider)


def _changed(shape: Shape, chosen: Sequence[int], rng: Random, *, wider: bool) -> Shape:
    rules = [*shape.rules]
    for at in chosen:
        free = [
            column
            for column, mask in enumerate(rules[at])
            if (mask != shape.full[column] if wider else mask.bit_count() > 1)
        ]
        column = rng.choice(free)
        change = _wider if wider else _narrower
        mask = change(rules[at][column], shape.full[column], rng)
        rules[at] = _with(rules[at], column, mask)
    return Shape(shape.full, tuple(rules))


def _wider(mask: int, every: int, rng: Random) -> int:
    rest = [*set_bits(every & ~mask)]
    if _is_listed(every):
        return mask | 1 << rng.choice(rest)
    to = rng.choice(rest)
    low = (mask & -mask).bit_length() - 1
    return (1 << max(to + 1, mask.bit_length())) - (1 << min(to, low))


def _narrower(mask: int, every: int, rng: Random) -> int:
    if _is_listed(every):
        return mask & ~(1 << rng.choice([*set_bits(mask)]))
    part = _part(mask, every, rng)
    return part if rng.random() < 0.5 else mask & ~part  # noqa: PLR2004, either end


def _cut(every: int, masks: Sequence[int]) -> list[int]:
    """The atoms of *every*, and of each mask."""
    if _is_listed(every):
        return [every, *masks]
    stretches = [[*runs(mask)] for mask in (every, *masks)]
    ends = sorted({end for stretch in stretches for ends in stretch for end in ends})
    place = {end: at for at, end in enumerate(ends)}
    return [
        sum((1 << place[high]) - (1 << place[low]) for low, high in stretch)
        for stretch in stretches
    ]


def _cell(every: int, mask: int) -> str:
    if mask == every:
        return "-"
    if _is_listed(every):
        trades = [*Trade]
        return ", ".join(trades[bit] for bit in set_bits(mask))
    ((low, high),) = runs(mask)
    if low == 0:
        return f"< {high}"
    return f">= {low}" if high == GRID else f"{low} .. {high}"
