"""Edition pages: what a packaged edition says, as a reader sees it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from relationkit import policy, tables
from relationkit.decisions import said
from relationkit.policy import Edition
from relationkit.tables import HitPolicy, Table

__all__ = ["markdown"]

Document: TypeAlias = Mapping[str, Any]  # as tomllib reads it
OURS = "ours"
SOURCE = "[source](../explanation/sources.md)"
HITS = {
    HitPolicy.FIRST: "the first rule that matches gives the answer",
    HitPolicy.UNIQUE: "no two rules match the same case",
    HitPolicy.ANY: "rules that match the same case have one answer",
}
PROVED = ("every case has an answer", "every rule gives the answer in some case")
MARKUP = {ord(one): f"\\{one}" for one in r"\`*_[]<>|{}$~&"}


def markdown(text: str) -> str:
    """The whole of an edition, given as TOML, in Markdown.

    What it is called comes first, then a section for each question: its rules,
    what is proved of them and what they rest on, and the records that hang off
    its answers.
    """
    document = tomllib.loads(text, parse_float=Decimal)
    edition = policy.build(document)
    lines = [*_head(edition)]
    for name, table in edition.policy.tables.items():
        lines += _question(_title(name), table, document[name])
    return "\n".join(lines)


def _head(edition: Edition) -> Iterator[str]:
    yield f"Edition {_escaped(edition.name)}, {edition.status}:"
    yield f"amounts in {edition.policy.currency}, SHA-256 `{edition.digest}`.\n"
    rules = [rule for table in edition.policy.tables.values() for rule in table.rules]
    ours = sum(rule.source == OURS for rule in rules)
    yield f"{len(rules)} rules in all, {ours} of them on our own judgement alone.\n"


def _question(title: str, table: Table[StrEnum], document: Document) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"{len(table.rules)} rules; {HITS[table.hit]}.\n"
    yield tables.markdown(table)
    yield from _proved(title, table)
    yield from _sources(title, table)
    yield from _changeable(title, table)
    if "plans" in document:
        yield f"### {title}: plans\n"
        yield from _grid(*_side_by_side(document["plans"]))


def _proved(title: str, table: Table[StrEnum]) -> Iterator[str]:
    """What is proved whenever the edition is loaded, and was for this page."""
    yield f"### {title}: proved\n"
    yield "Proved when this page was made, and each time that the edition is loaded:\n"
    yield from (
        f"- {_escaped(told)}" for told in (*PROVED, *map(str, table.properties))
    )
    yield ""


def _sources(title: str, table: Table[StrEnum]) -> Iterator[str]:
    """What the rules rest on: each source with its rules."""
    rules: dict[str, list[str]] = {}
    for rule in table.rules:
        for source in rule.source.split():
            rules.setdefault(source, []).append(rule.id)
    yield f"### {title}: sources\n"
    if contested := [rule.id for rule in table.rules if rule.contested]:
        yield f"Good sources disagree about {_escaped(', '.join(contested))}.\n"
    yield from _grid([SOURCE, "rules"], ((s, ", ".join(r)) for s, r in rules.items()))


def _changeable(title: str, table: Table[StrEnum]) -> Iterator[str]:
    """The facts that its rules read, and somebody can change."""
    rows = [
        (act.fact, str(act.to), act.by) for act in table.acts if act.fact in table.facts
    ]
    if rows:
        yield f"### {title}: what can be changed\n"
        yield from _grid(["fact", "to", "how"], rows)


def _side_by_side(records: Mapping[str, Document]) -> tuple[list[str], list[list[str]]]:
    """Records of one kind, a column each."""
    flat = [dict(_flattened(record)) for record in records.values()]
    names = dict.fromkeys(name for record in flat for name in record)
    rows = [[name, *(record.get(name, "") for record in flat)] for name in names]
    return ["", *records], rows


def _flattened(record: Document, under: str = "") -> Iterator[tuple[str, str]]:
    """Fields of *record*, and of the tables in it."""
    for name, item in record.items():
        if isinstance(item, dict):
            yield from _flattened(item, f"{under}{name} ")
        else:
            yield f"{under}{name}", said(item)


def _grid(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(columns)
    yield _line("---" for _ in columns)
    yield from (_line(map(_escaped, row)) for row in rows)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.translate(MARKUP)


def _title(name: str) -> str:
    return "SLA" if name == "sla" else name.capitalize().replace("_", " ")
