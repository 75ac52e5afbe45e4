"""The command that shows the tables of an edition."""

from collections.abc import Iterator
from enum import StrEnum

import click
from rich.cells import cell_len
from rich.console import ConsoleRenderable
from rich.padding import Padding
from rich.text import Text

from relationkit import tables
from relationkit.cli._inputs import edition_of
from relationkit.cli._rows import LABELS
from relationkit.cli._show import INDENT, console, line, put
from relationkit.policy import Edition
from relationkit.tables import Rule, Table

__all__ = ["show"]


@click.command()
@click.argument("edition", required=False, callback=edition_of)
@click.argument(
    "question", required=False, type=click.Choice([*LABELS]), metavar="[QUESTION]"
)
def show(edition: Edition, question: str | None) -> None:
    """Print the tables of EDITION: one that ships, or a file.

    Of the newest that ships if none is named; with QUESTION (standing,
    personalisation, sla or pricing) the table of that one alone.  A rule is a
    row where the output is wide enough for that, and else a paragraph.
    """
    made = console()
    asked = [question] if question else [*LABELS]
    every = dict(zip(LABELS, edition.policy.tables.values(), strict=True))
    put(made, _told(edition, {name: every[name] for name in asked}, made.width))


def _told(
    edition: Edition, every: dict[str, Table[StrEnum]], room: int
) -> Iterator[ConsoleRenderable]:
    yield Text(line(f"Edition {edition.name} ({edition.status})"), "bold")
    for question, table in every.items():
        yield Text()
        counted = f"{len(table.rules)} rules, {table.hit} hit"
        yield Text(f"{LABELS[question]}: {counted}", "bold")
        rows = tables.text(table).splitlines()
        is_narrow = max(map(cell_len, rows)) <= room
        yield from map(Text, rows) if is_narrow else _paragraphs(table)


def _paragraphs(table: Table[StrEnum]) -> Iterator[ConsoleRenderable]:
    for rule in table.rules:
        yield Text(line(f"{rule.id}: {rule.answer}"))
        told = "\n".join(map(line, _sentences(rule)))
        yield Padding(Text(told), (0, 0, 0, INDENT))


def _sentences(rule: Rule[StrEnum]) -> Iterator[str]:
    asked = ", ".join(f"{fact} is {cell}" for fact, cell in rule.cells)
    yield f"when {asked}" if asked else "otherwise"
    contested = "; contested" if rule.contested else ""
    yield f"as {rule.because}; source: {rule.source}{contested}"
