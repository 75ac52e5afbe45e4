"""Edition pages: the tables of a packaged edition, as a reader sees them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

__all__ = ["markdown"]

Table: TypeAlias = Mapping[str, Any]  # as tomllib reads it
PROSE = {"because", "source", "note"}


def markdown(edition: str) -> str:
    """The whole of an edition, given as TOML, in Markdown.

    Single values come first, then a section for each question: its rules, and
    under them what it proves and the records that hang off its answers.
    """
    lines: list[str] = []
    loaded = tomllib.loads(edition)
    lines += _grid(*_pairs(_single_values(loaded)))
    for name, question in _tables(loaded).items():
        lines += _question(_title(name), question)
    return "\n".join(lines)


def _question(title: str, question: Table) -> Iterator[str]:
    yield f"## {title}\n"
    yield from _grid(*_pairs(_single_values(question)))
    if "rows" in question:
        yield from _grid(question["columns"], question["rows"])
    if "rule" in question:
        yield from _grid(*_widened(question["rule"]))
    for name, part in _tables(question).items():
        yield f"### {title}: {name}\n"
        yield from _grid(*(_pairs if _single_values(part) else _side_by_side)(part))


def _tables(table: Table) -> dict[str, Table]:
    return {name: item for name, item in table.items() if isinstance(item, dict)}


def _single_values(table: Table) -> Table:
    others = {"columns", "rows", "rule"} | _tables(table).keys()
    return {name: item for name, item in table.items() if name not in others}


def _pairs(values: Table) -> tuple[list[str], list[list[object]]]:
    return ["", "value"], [[name, value] for name, value in values.items()]


def _side_by_side(records: Mapping[str, Table]) -> tuple[list[str], list[list[object]]]:
    """Records of one kind, a column each."""
    flat = [dict(_flattened(record)) for record in records.values()]
    rows = [
        [field, *(record.get(field, "") for record in flat)] for field in _names(flat)
    ]
    return ["", *records], rows


def _flattened(record: Table) -> Iterator[tuple[str, object]]:
    """Fields of *record*, and of the tables in it whose fields are tables."""
    for name, item in record.items():
        if isinstance(item, dict) and not _single_values(item):
            for inner, value in _flattened(item):
                yield f"{name}.{inner}", value
        else:
            yield name, item


def _widened(rules: Sequence[Table]) -> tuple[list[str], list[list[object]]]:
    """Rules that name only the facts they read, as rows that name every fact."""
    facts = _names(rule.get("when", {}) for rule in rules)
    rest = [name for name in _names(rules) if name not in {"id", "when", "then"}]
    rows = [
        [
            rule["id"],
            *(rule.get("when", {}).get(fact, "-") for fact in facts),
            rule["then"],
            *(rule.get(name, "") for name in rest),
        ]
        for rule in rules
    ]
    return ["id", *facts, "=> answer", *rest], rows


def _names(tables: Iterable[Table]) -> list[str]:
    """Every name that any of *tables* uses, in the order in which they appear."""
    return list(dict.fromkeys(name for table in tables for name in table))


def _grid(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    if rows:
        yield _line(map(_escaped, columns))
        yield _line("---" for _ in columns)
        for row in rows:
            yield _line(map(_cell, columns, row))
        yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(column: str, item: object) -> str:
    text = _text(item)
    if not text or not column or column in PROSE:
        return _escaped(text)
    return "`" + text.replace("|", r"\|") + "`"


def _text(item: object) -> str:
    match item:
        case bool():
            return "yes" if item else "no"
        case dict():
            return f"{{{', '.join(f'{name} = {_text(item[name])}' for name in item)}}}"
        case list():
            return f"[{', '.join(map(_text, item))}]"
        case _:
            return str(item)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|{}$])", r"\\\1", text)


def _title(name: str) -> str:
    return "SLA" if name == "sla" else name.capitalize().replace("_", " ")
