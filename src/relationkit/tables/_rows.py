"""Rows: rules as an author writes them, dense or sparse, each at its place."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from attrs import frozen

from relationkit.errors import suggestion
from relationkit.reading import SHOWN, Reader
from relationkit.tables._cells import Cell, CellError, parse
from relationkit.tables._domains import Domain

__all__ = ["Row", "cell_at", "cells_at", "note_unknown", "rows_of"]

ID: Final = "id"
THEN: Final = "=> "
TOLD = ("because", "source")
CONTESTED = "contested"


@frozen(kw_only=True)
class Row:
    """One rule as it is written.

    Attributes:
        here: Where it stands.
        id: Its name; empty if that cannot be read.
        when: Its cells, by fact.
        then: Its answer.
        because: Why, in words.
        source: What it rests on.
        contested: Whether good sources disagree.
    """

    here: Reader
    id: str
    when: dict[str, Reader]
    then: Reader
    because: str
    source: str
    contested: bool


def rows_of(
    document: Reader, parts: Mapping[str, Reader], yields: str, facts: Collection[str]
) -> list[Row]:
    """The rows among the *parts* of a table at *document*, as far as they read well."""
    if "rule" in parts and not {"columns", "rows"} & parts.keys():
        return [row for rule in parts["rule"].items() if (row := _sparse(rule))]
    if "rule" not in parts and {"columns", "rows"} <= parts.keys():
        columns = parts["columns"]
        return list(_dense(columns, parts["rows"], f"{THEN}{yields}", facts))
    hint = "write 'columns' and 'rows', or a list of 'rule' tables"
    document.note("missing", "the rules of the table must stand in one form", hint)
    return []


def cells_at(
    when: Mapping[str, Reader], facts: Mapping[str, Domain]
) -> dict[str, Cell]:
    """The cells that ask something, by fact, in the order of *facts*."""
    cells = {}
    for name, written in when.items():
        if name not in facts:
            note_unknown(written, name, facts)
        elif cell := cell_at(written, name, written.value, facts[name]):
            cells[name] = cell
    asked = ((name, cells.get(name)) for name in facts)
    return {name: cell for name, cell in asked if cell and not cell.is_any}


def cell_at(here: Reader, name: str, written: object, domain: Domain) -> Cell | None:
    """The cell that is *written*; None if it is none, which is noted *here*."""
    try:
        return parse(written, domain)
    except CellError as error:
        here.note("cell", f"{name}: {error}", error.hint)
        return None


def note_unknown(here: Reader, name: str, facts: Collection[str]) -> None:
    """Note that there is no fact of that *name*."""
    hint = suggestion(name, facts)
    here.note("unknown_fact", f"unknown fact {name[:SHOWN]!r}", hint)


def _sparse(rule: Reader) -> Row | None:
    parts = rule.table([ID, "then", *TOLD], ["when", CONTESTED])
    if not {ID, "then", *TOLD} <= parts.keys():
        return None
    when = parts["when"].entries() if "when" in parts else {}
    return _row(rule, parts, when, parts["then"])


def _row(
    here: Reader, parts: dict[str, Reader], when: dict[str, Reader], then: Reader
) -> Row:
    contested = parts.get(CONTESTED)
    return Row(
        here=here,
        id=parts[ID].text() or "",
        when=when,
        then=then,
        because=parts["because"].text() or "",
        source=parts["source"].text() or "",
        contested=bool(contested and contested.flag()),
    )


def _dense(
    columns: Reader, rows: Reader, answer: str, facts: Collection[str]
) -> Iterator[Row]:
    heads = columns.items()
    names = [head.text() or "" for head in heads]
    if not _has_all(columns, names, [ID, answer, *TOLD]):
        return
    asked = {*names} - {"", ID, answer, *TOLD, CONTESTED}
    for head, name in zip(heads, names, strict=True):
        if name in asked and name not in facts:
            note_unknown(head, name, facts)
    asked &= {*facts}
    for row in rows.items():
        cells = row.items()
        if len(cells) == len(names):
            parts = dict(zip(names, cells, strict=True))
            when = {name: cell for name, cell in parts.items() if name in asked}
            yield _row(row, parts, when, parts[answer])
        elif isinstance(row.value, (list, tuple)):
            wanted, found = len(names), len(cells)
            row.note("length", f"expected {wanted} cells, one a column, got {found}")


def _has_all(columns: Reader, names: list[str], wanted: list[str]) -> bool:
    for name in wanted:
        if name not in names:
            near = get_close_matches(name, [n for n in names if n not in wanted], n=1)
            hint = f"rename the column {near[0][:SHOWN]!r}" if near else ""
            columns.note("missing", f"the column {name!r} is missing", hint)
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            shown = f"{name[:SHOWN]!r}"
            columns.at(place, name).note(
                "duplicate", f"the column {shown} is there before"
            )
        seen.add(name)
    return set(wanted) <= set(names)
