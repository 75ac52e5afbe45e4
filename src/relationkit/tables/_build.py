"""Building: a table out of plain data, proved before anyone may use it."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from attrs import evolve

from relationkit.decisions import PolicyRef
from relationkit.errors import PolicyError, Problem
from relationkit.reading import Reader
from relationkit.tables._acts import Act, acts_among, acts_of
from relationkit.tables._boxes import Box, BudgetError
from relationkit.tables._cells import Cell
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._hits import HitPolicy
from relationkit.tables._proofs import STEPS, Proofs, conflicts, gaps, unproved
from relationkit.tables._properties import (
    Promise,
    Property,
    box_of,
    broken,
    properties_of,
)
from relationkit.tables._rows import Row, cells_at, rows_of
from relationkit.tables._table import Rule, Table

__all__ = ["Draft", "build", "dead_rules"]

T = TypeVar("T", bound=StrEnum)
ROWS = 5_000
"""How many rules a table may have."""
LISTED = 8
"""How many steps one thing in a list costs."""
PARTS = ("hit", "columns", "rows", "rule", "prove", "changeable")


def build(  # noqa: PLR0913 - each is named, and none can be left to another
    document: Mapping[str, object],
    *,
    yields: str,
    answers: type[T],
    facts: Mapping[str, Domain],
    ref: PolicyRef | None = None,
    record: type[object] | None = None,
    acts: Sequence[Act] = (),
    steps: int = STEPS,
) -> Table[T]:
    """The table that *document* describes, proved total and without dead rules.

    Dense or sparse, with columns in any order, equal rules make equal tables.

    >>> from enum import StrEnum
    >>> from relationkit import tables
    >>> class Fare(StrEnum):
    ...     CHILD = "child"
    ...     FULL = "full"
    >>> fares = tables.build(
    ...     {
    ...         "columns": ["id", "age", "=> fare", "because", "source"],
    ...         "rows": [
    ...             ["young", "< 18", "child", "under age", "ours"],
    ...             ["others", "-", "full", "of age", "ours"],
    ...         ],
    ...     },
    ...     yields="fare",
    ...     answers=Fare,
    ...     facts={"age": tables.Domain(int, least=0)},
    ... )
    >>> print(fares.decide({"age": 7}))
    child: age is 7 (young, table fare)
    >>> print(fares.decide({"age": None}))
    undecided, child or full: ask for age (table fare)

    Args:
        document: As it stands in an edition: ``columns`` and ``rows``, or a
            list of ``rule`` tables with *id*, *when*, *then*, *because*,
            *source* and perhaps *contested*.
        yields: What the answer is called.
        answers: The class of the answers.
        facts: The facts that rules may read.
        ref: Which policy the table belongs to; None for a table on its own.
        record: An attrs class whose instances hold such facts and check them
            when they are made; they are taken at their word, and fastest.
        acts: Facts that can be changed, beside those that the document names.
        steps: How many steps the proofs may take; a step takes one box of
            cases from another.

    Raises:
        PolicyError: If anything is wrong with it, with every problem found.
            Proofs are tried only on a table that reads well.
    """
    draft = Draft(Reader(document), yields, answers, facts, steps)
    if draft.hit is HitPolicy.COLLECT:
        draft.refuse_collecting()
    return draft.table(ref, record, acts)


class Draft(Generic[T]):
    """A table as far as it can be read.

    Attributes:
        hit: What happens where several rules match.
        rows: Its rows as they are written.
        rules: Its rules.
        properties: What is declared of it.
    """

    def __init__(
        self,
        here: Reader,
        yields: str,
        answers: type[T],
        facts: Mapping[str, Domain],
        steps: int,
    ) -> None:
        self.here, self.yields, self.answers = here, yields, answers
        self.facts, self.steps = facts, steps
        for name, domain in facts.items():
            if not isinstance(domain, Domain):
                raise TypeError(
                    f"facts: {name} is {domain!r}; give a Domain({domain!r})"
                )
        parts = here.table(optional=PARTS)
        hit = parts["hit"].member(HitPolicy) if "hit" in parts else None
        self.hit = hit or HitPolicy.FIRST
        self._refuse_many(parts)
        self.rows = rows_of(here, parts, yields, facts)
        self._refuse_endless()
        read = [_rule(row, answers, facts) for row in self.rows]
        self.rules = tuple(rule for rule in read if rule)
        _note_repeated(self.rows)
        self.properties: tuple[Property, ...] = ()
        if "prove" in parts:
            self.properties = properties_of(
                parts["prove"],
                answers,
                facts,
                collecting=self.hit is HitPolicy.COLLECT,
            )
        self.acts: tuple[Act, ...] = ()
        if "changeable" in parts:
            self.acts = acts_of(parts["changeable"], facts)

    def _refuse_many(self, parts: Mapping[str, Reader]) -> None:
        """Too many rows are not even read."""
        for part in (parts[key] for key in ("rows", "rule") if key in parts):
            if isinstance(part.value, (list, tuple)) and len(part.value) > ROWS:
                told = f"the table has {len(part.value)} rules, more than {ROWS}"
                part.note("limit", told, "split it into several tables")
                raise PolicyError(self.here.problems)

    def _refuse_endless(self) -> None:
        """What is listed in cells takes steps as well, merely to be read."""
        cells = [cell.value for row in self.rows for cell in row.when.values()]
        listed = sum(cell.count(",") for cell in cells if isinstance(cell, str))
        if len(self.rows) + LISTED * listed > self.steps:
            raise PolicyError([*self.here.problems, unproved(self.steps)])

    def refuse_collecting(self) -> None:
        """Note that a table which collects is of another kind."""
        hint = "build it with build_collecting"
        self.here.note("value", "a table that collects gives no single answer", hint)

    def table(
        self, ref: PolicyRef | None, record: type[object] | None, acts: Sequence[Act]
    ) -> Table[T]:
        """The table, with everything proved.

        Raises:
            PolicyError: If anything is wrong with it.
        """
        self.check()
        everything = [*self.acts, *acts]
        axes = self.axes(everything)
        boxes = tuple(box_of(axes, dict(rule.cells)) for rule in self.rules)
        proofs = self.proved(axes, boxes)
        if problems := [*self._faults(axes, proofs)]:
            raise PolicyError(problems)
        table = Table(
            ref=ref or PolicyRef(edition="", digest="", table=self.yields),
            yields=self.yields,
            answers=self.answers,
            hit=self.hit,
            axes=axes,
            rules=self.rules,
            boxes=boxes,
            pieces=_pieces(self.hit, proofs),
            declared=tuple(self.facts.items()),
            record=record,
            acts=acts_among(everything, self.facts),
            properties=self.properties,
        )
        if problems := [*broken(table)]:
            raise PolicyError(problems)
        return table

    def check(self) -> None:
        """See that all of it could be read.

        Raises:
            PolicyError: If not.
        """
        if self.here.problems:
            raise PolicyError(self.here.problems)

    def axes(self, acts: Sequence[Act]) -> tuple[Axis, ...]:
        """The facts that rules read, cut also where properties and *acts* say."""
        cells: dict[str, list[Cell]] = {}
        for rule in self.rules:
            for name, cell in rule.cells:
                cells.setdefault(name, []).append(cell)
        beside = [(act.fact, act.to) for act in acts]
        for declared in self.properties:
            beside += declared.when if isinstance(declared, Promise) else ()
        for name, cell in beside:
            if name in cells:
                cells[name].append(cell)
        return tuple(
            Axis.cut(name, self.facts[name], [s for c in cells[name] for s in c.spans])
            for name in self.facts
            if name in cells
        )

    def proved(self, axes: Sequence[Axis], boxes: Sequence[Box]) -> Proofs:
        """What is found out about *boxes*.

        Raises:
            PolicyError: If that takes too many steps.
        """
        try:
            return Proofs(tuple(axis.full for axis in axes), boxes, self.steps)
        except BudgetError:
            raise PolicyError([unproved(self.steps)]) from None

    def _faults(self, axes: Sequence[Axis], proofs: Proofs) -> Iterator[Problem]:
        yield from dead_rules(self.rows, proofs)
        ids = [rule.id for rule in self.rules]
        for at, problem in conflicts(axes, proofs, ids, self._clashing()):
            yield evolve(problem, pointer=self.rows[at].here.place)
        yield from gaps(axes, proofs)

    def _clashing(self) -> list[int]:
        """For each rule, those that it may not overlap."""
        alike = dict.fromkeys(self.answers, 0)
        every = (1 << len(self.rules)) - 1
        for at, rule in enumerate(self.rules):
            alike[rule.answer] |= 1 << at
        if self.hit is HitPolicy.UNIQUE:
            return [every for _ in self.rules]
        if self.hit is HitPolicy.ANY:
            return [every & ~alike[rule.answer] for rule in self.rules]
        return [0 for _ in self.rules]


def _pieces(hit: HitPolicy, proofs: Proofs) -> tuple[tuple[int, Box], ...]:
    if hit is not HitPolicy.FIRST:
        return tuple(enumerate(proofs.index.boxes))
    return tuple((at, box) for at, own in enumerate(proofs.own) for box in own)


def _rule(row: Row, answers: type[T], facts: Mapping[str, Domain]) -> Rule[T] | None:
    cells = cells_at(row.when, facts)
    answer = row.then.member(answers)
    if answer is None or not row.id:
        return None
    return Rule(
        id=row.id,
        cells=tuple(cells.items()),
        answer=answer,
        because=row.because,
        source=row.source,
        contested=row.contested,
    )


def _note_repeated(rows: Sequence[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.id and row.id in seen:
            row.here.note("duplicate", f"there is a rule {row.id!r} before this one")
        seen.add(row.id)


def dead_rules(rows: Sequence[Row], proofs: Proofs) -> Iterator[Problem]:
    """The rows to whose rules earlier ones leave no case."""
    for row, own, box in zip(rows, proofs.own, proofs.index.boxes, strict=False):
        if not all(box):
            yield _never(row)
        elif not own:
            yield Problem(
                row.here.place,
                "dead_rule",
                f"the rule {row.id!r} never decides: earlier rules leave it no case",
                "move it up, widen it, narrow the earlier ones, or remove it",
            )


def _never(row: Row) -> Problem:
    return Problem(
        row.here.place,
        "dead_rule",
        f"the rule {row.id!r} never matches: a cell asks for what no fact can be",
        "correct the cell, or remove the rule",
    )
