"""Rows: rules as an author writes them, dense or sparse, each at its place."""

from collections.abc import Collection, Iterator
from typing import Final

from attrs import frozen

from relationkit.errors import suggestion
from relationkit.reading import SHOWN, Reader

__all__ = ["Row", "rows_of"]

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


def rows_of(document: Reader, yields: str, facts: Collection[str]) -> list[Row]:
    """The rows of the table at *document*, as far as they can be read."""
    parts = document.table(optional=["hit", "columns", "rows", "rule"])
    if (hit := parts.get("hit")) and (policy := hit.text()) not in {None, "first"}:
        told = f"unknown hit policy {policy!r:.{SHOWN}}"
        hit.note("value", told, "'first' is the one")
    if "rule" in parts and not {"columns", "rows"} & parts.keys():
        return [row for rule in parts["rule"].items() if (row := _sparse(rule))]
    if "rule" not in parts and {"columns", "rows"} <= parts.keys():
        columns = parts["columns"]
        return list(_dense(columns, parts["rows"], f"{THEN}{yields}", facts))
    hint = "write 'columns' and 'rows', or a list of 'rule' tables"
    document.note("missing", "the rules of the table must stand in one form", hint)
    return []


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
            hint = suggestion(name, facts)
            head.note("unknown_fact", f"unknown fact {name[:SHOWN]!r}", hint)
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
            columns.note("missing", f"the column {name!r} is missing")
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            shown = f"{name[:SHOWN]!r}"
            columns.at(place, name).note("duplicate", f"the column {shown} is there")
        seen.add(name)
    return set(wanted) <= set(names)
