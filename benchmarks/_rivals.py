"""Rivals: other ways to find out what is proved of a table, as plain ports.

Each says whether a case is in no rule, which rules have no case that earlier
ones do not have, and whether any two overlap; and gives up at its deadline.
"""

from collections.abc import Iterator, Sequence
from time import process_time
from typing import NamedTuple

import z3

from relationkit.tables._boxes import Box, runs, subtract

__all__ = ["SlowError", "Verdict", "by_solver", "by_subtraction", "by_sweep"]


class SlowError(Exception):
    """A rival that took too long."""


class Verdict(NamedTuple):
    """What was found out of a table.

    Attributes:
        is_total: Whether every case is in some rule.
        dead: The rules of which earlier ones leave nothing.
        overlap: Whether some case is in two rules.
    """

    is_total: bool
    dead: tuple[int, ...]
    overlap: bool


class Deadline:
    """CPU seconds that may be spent."""

    def __init__(self, most: float) -> None:
        self.end = process_time() + most

    def left(self) -> float:
        """How many there are.

        Raises:
            SlowError: If there are none.
        """
        if (left := self.end - process_time()) <= 0:
            raise SlowError
        return left


def by_subtraction(full: Box, boxes: Sequence[Box], most: float) -> Verdict:
    """Everything without all rules, and each rule without all earlier ones."""
    deadline = Deadline(most)
    dead, overlap = [], False
    for at, box in enumerate(boxes):
        rest = _without(box, boxes[:at], deadline)
        overlap = overlap or rest != [box]
        if not rest:
            dead.append(at)
    return Verdict(not _without(full, boxes, deadline), tuple(dead), overlap)


def _without(box: Box, others: Sequence[Box], deadline: Deadline) -> list[Box]:
    parts = [box]
    for other in others:
        parts = [part for whole in parts for part in subtract(whole, other)]
        if not parts:
            break
        if len(parts) > 64:  # noqa: PLR2004, not to ask at every step
            deadline.left()
    return parts


def by_sweep(full: Box, boxes: Sequence[Box], most: float) -> Verdict:
    """Column after column, from end to end of the rules that are still met.

    After Calvanese and others (2018), who list missing cases and overlaps; here
    the first is enough, and dead rules are those with none missing inside them.
    """
    sweep = Sweep(boxes, Deadline(most))
    every = range(len(boxes))
    dead = tuple(
        at for at, box in enumerate(boxes) if not sweep.misses(box, every[:at], 0)
    )
    return Verdict(not sweep.misses(full, every, 0), dead, sweep.overlaps(every, 0))


class Sweep:
    """Sweeps over rules, which are known by their places."""

    def __init__(self, boxes: Sequence[Box], deadline: Deadline) -> None:
        self.deadline = deadline
        self.columns = [
            [[*runs(mask)] for mask in column] for column in zip(*boxes, strict=True)
        ]

    def misses(self, box: Box, rules: Sequence[int], column: int) -> bool:
        """Whether some case of *box*, from *column* on, is in none of *rules*."""
        if not rules:
            return True
        if column == len(self.columns):
            return False
        self.deadline.left()
        stretches = self.columns[column]
        ends = [(end, 0, -1) for ends in runs(box[column]) for end in ends]
        for rule in rules:
            for low, high in stretches[rule]:
                ends += [(low, 1, rule), (high, 0, rule)]
        active, last = set[int](), 0
        for end, starts, rule in sorted(ends):
            if end > last:
                if box[column] >> last & 1 and self.misses(box, [*active], column + 1):
                    return True
                last = end
            if starts:
                active.add(rule)
            else:
                active.discard(rule)
        return False

    def overlaps(self, rules: Sequence[int], column: int) -> bool:
        """Whether two of *rules* overlap from *column* on."""
        if len(rules) < 2:  # noqa: PLR2004, a pair
            return False
        if column == len(self.columns):
            return True
        self.deadline.left()
        ends = []
        for rule in rules:
            for low, high in self.columns[column][rule]:
                ends += [(low, 1, rule), (high, 0, rule)]
        active, has_begun = set[int](), False
        for _, starts, rule in sorted(ends):
            if starts:
                active.add(rule)
            else:
                if has_begun and self.overlaps([*active], column + 1):
                    return True
                active.discard(rule)
            has_begun = bool(starts)
        return False


def by_solver(full: Box, boxes: Sequence[Box], most: float) -> Verdict:
    """As formulas over whole numbers, which z3 is asked to satisfy.

    Of the solvers and sorts that it has, and of the ways to ask for an overlap,
    these were the fastest.
    """
    deadline = Deadline(most)
    names = [z3.Int(f"f{at}") for at in range(len(full))]
    sizes = [every.bit_length() for every in full]
    ends = [
        end
        for name, size in zip(names, sizes, strict=True)
        for end in (name >= 0, name < size)
    ]
    rules = [z3.And(*_asked(names, sizes, box)) for box in boxes]
    twice, solver = z3.Solver(), z3.SolverFor("QF_LIA")
    twice.add(*ends, z3.PbGe([(rule, 1) for rule in rules], 2))
    solver.add(*ends)
    dead = []
    for at, rule in enumerate(rules):
        solver.push()
        solver.add(rule)
        if not _can_be(solver, deadline):
            dead.append(at)
        solver.pop()
        solver.add(z3.Not(rule))
    is_total = not _can_be(solver, deadline)
    return Verdict(is_total, tuple(dead), _can_be(twice, deadline))


def _can_be(solver: z3.Solver, deadline: Deadline) -> bool:
    deadline.left()
    return bool(solver.check() == z3.sat)


def _asked(
    names: Sequence[z3.ArithRef], sizes: Sequence[int], box: Box
) -> Iterator[z3.BoolRef]:
    """What a rule asks of each fact, as few comparisons."""
    for name, size, mask in zip(names, sizes, box, strict=True):
        stretches = [_ends(name, size, *stretch) for stretch in runs(mask)]
        if all(stretches):
            spans = [z3.And(*ends) if ends[1:] else ends[0] for ends in stretches]
            yield z3.Or(*spans) if spans[1:] else spans[0]


def _ends(name: z3.ArithRef, size: int, low: int, high: int) -> list[z3.BoolRef]:
    lower = [name >= low] if low else []
    return [*lower, name < high] if high < size else lower
