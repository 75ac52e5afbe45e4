"""Building: a table out of plain data, proved before anyone may use it."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from relationkit.decisions import PolicyRef
from relationkit.errors import PolicyError, Problem, suggestion
from relationkit.reading import SHOWN, Reader
from relationkit.tables._boxes import Box
from relationkit.tables._cells import Cell, CellError, parse
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._proofs import STEPS, prove, unproved
from relationkit.tables._rows import Row, rows_of
from relationkit.tables._table import Rule, Table

__all__ = ["build"]

T = TypeVar("T", bound=StrEnum)
LISTED = 8
"""How many steps one thing in a list costs."""


def build(  # noqa: PLR0913 - each is named, and none can be left to another
    document: Mapping[str, object],
    *,
    yields: str,
    answers: type[T],
    facts: Mapping[str, Domain],
    ref: PolicyRef | None = None,
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
        steps: How many steps the proofs may take; a step takes one box of
            cases from another.

    Raises:
        PolicyError: If anything is wrong with it, with every problem found.
            Proofs are tried only on a table that reads well.
    """
    here = Reader(document)
    rows = rows_of(here, yields, facts)
    if _least_steps(rows) > steps:
        raise PolicyError([*here.problems, unproved(steps)])
    rules = [_rule(row, answers, facts) for row in rows]
    _note_repeated(rows)
    if here.problems:
        raise PolicyError(here.problems)
    read = [rule for rule in rules if rule]
    axes = tuple(_axes(read, facts))
    boxes = tuple(_box(rule, axes) for rule in read)
    return Table(
        ref=ref or PolicyRef(edition="", digest="", table=yields),
        yields=yields,
        answers=answers,
        axes=axes,
        rules=tuple(read),
        boxes=boxes,
        pieces=_proved(rows, axes, boxes, steps),
    )


def _least_steps(rows: Sequence[Row]) -> int:
    """No fewer steps than a proof takes: each rule is set against each before it.

    What is listed in cells takes some as well, merely to be read.
    """
    cells = [cell.value for row in rows for cell in row.when.values()]
    listed = sum(cell.count(",") for cell in cells if isinstance(cell, str))
    return len(rows) * (len(rows) - 1) // 2 + LISTED * listed


def _rule(row: Row, answers: type[T], facts: Mapping[str, Domain]) -> Rule[T] | None:
    cells = {name: _cell(name, cell, facts) for name, cell in row.when.items()}
    answer = row.then.member(answers)
    if answer is None or not row.id:
        return None
    asked = ((name, cells.get(name)) for name in facts)
    return Rule(
        id=row.id,
        cells=tuple((name, cell) for name, cell in asked if cell and not cell.is_any),
        answer=answer,
        because=row.because,
        source=row.source,
        contested=row.contested,
    )


def _cell(name: str, written: Reader, facts: Mapping[str, Domain]) -> Cell | None:
    if name not in facts:
        written.note(
            "unknown_fact", f"unknown fact {name[:SHOWN]!r}", suggestion(name, facts)
        )
        return None
    try:
        return parse(written.value, facts[name])
    except CellError as error:
        written.note("cell", f"{name}: {error}", error.hint)
        return None


def _note_repeated(rows: Sequence[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.id and row.id in seen:
            row.here.note("duplicate", f"there is a rule {row.id!r} before this one")
        seen.add(row.id)


def _proved(
    rows: Sequence[Row], axes: Sequence[Axis], boxes: Sequence[Box], steps: int
) -> tuple[tuple[int, Box], ...]:
    proofs, problems = prove(axes, boxes, [_dead(row) for row in rows], steps)
    if proofs is None or problems:
        raise PolicyError(problems)
    return tuple((at, box) for at, own in enumerate(proofs.pieces) for box in own)


def _dead(row: Row) -> Problem:
    return Problem(
        row.here.place,
        "dead_rule",
        f"the rule {row.id!r} never decides: earlier rules leave it no case",
        "move it up, widen it, narrow the earlier ones, or remove it",
    )


def _axes(rules: Sequence[Rule[T]], facts: Mapping[str, Domain]) -> Iterator[Axis]:
    asked = {name for rule in rules for name, _ in rule.cells}
    for name in facts:
        if name in asked:
            spans = [span for rule in rules for span in rule.cell(name).spans]
            yield Axis.cut(name, facts[name], spans)


def _box(rule: Rule[T], axes: Sequence[Axis]) -> Box:
    return tuple(_mask(rule.cell(axis.name), axis) for axis in axes)


def _mask(cell: Cell, axis: Axis) -> int:
    mask = axis.mask(cell.spans)
    return axis.full & ~mask if cell.negated else mask
