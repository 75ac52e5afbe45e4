"""The command that checks an edition."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import click
from rich.console import ConsoleRenderable
from rich.padding import Padding
from rich.text import Text

from relationkit.cli._inputs import edition_of
from relationkit.cli._show import INDENT, console, line, put
from relationkit.policy import Edition
from relationkit.tables import Rule

__all__ = ["check"]

OURS = "ours"
PROVED = "Proved of each table: every case has an answer, and every rule answers some."


@click.command()
@click.argument("edition", callback=edition_of)
def check(edition: Edition) -> None:
    """Prove that EDITION decides every case: one that ships, or a file.

    Says what was proved and what its rules rest on; or else everything that is
    wrong with it, with cases that it would leave undecided.
    """
    put(console(), _told(edition))


def _told(edition: Edition) -> Iterator[ConsoleRenderable]:
    yield Text(line(f"Edition {edition.name} ({edition.status})"), "bold")
    yield Text(f"sha256:{edition.digest}", "dim")
    yield Text()
    every = edition.policy.tables
    for name, table in every.items():
        yield Text(f"{name}: {_counted(table.rules)}")
        yield Padding(Text(f"reads {', '.join(table.facts)}"), (0, 0, 0, INDENT))
    rules = [rule for table in every.values() for rule in table.rules]
    yield Text(f"all together: {_counted(rules)}")
    yield Text()
    yield Text(PROVED)


def _counted(rules: Iterable[Rule[StrEnum]]) -> str:
    every = list(rules)
    ours = sum(rule.source == OURS for rule in every)
    contested = sum(rule.contested for rule in every)
    return (
        f"{len(every)} rules, {ours} on our own judgement alone, {contested} contested"
    )
