"""The command that compares two editions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

import click
from rich.console import Console, ConsoleRenderable
from rich.padding import Padding
from rich.text import Text

from relationkit import policy
from relationkit.books import Book
from relationkit.cli._inputs import InputError, book_at, day_of, edition_of
from relationkit.cli._rows import LABELS
from relationkit.cli._show import GAP, INDENT, console, either, grid, line, put, words
from relationkit.decisions import Outcome
from relationkit.errors import StepsError
from relationkit.policy import Change, Edition, EditionDifference
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer

__all__ = ["diff"]

T = TypeVar("T")
BULLET = "-"
DIFFERENT, TROUBLE = 1, 2
SAME = "They say the same, to the letter."
ALIKE = "Every case is decided alike; they differ in words, sources or names of rules."
OWN = "amounts are in the currency of each edition"


class _UnusableError(InputError):
    """A file that cannot be used, where 1 would say that something differs."""

    exit_code = TROUBLE


class _UndecidedError(click.ClickException):
    """That it is not found what differs."""

    exit_code = TROUBLE


def _strictly(
    read: Callable[[click.Context, click.Parameter, str], T],
) -> Callable[[click.Context, click.Parameter, str | None], T | None]:
    """The same as *read*; of what is not named it reads nothing."""

    def reading(
        context: click.Context, at: click.Parameter, named: str | None
    ) -> T | None:
        try:
            return None if named is None else read(context, at, named)
        except InputError as error:
            raise _UnusableError(error.path, error.problems) from None

    return reading


@click.command()
@click.argument("old", callback=_strictly(edition_of))
@click.argument("new", callback=_strictly(edition_of))
@click.argument("book", required=False, callback=_strictly(book_at))
@click.option(
    "--on",
    metavar="DAY",
    callback=day_of,
    help="The day, YYYY-MM-DD; default: today where the provider of BOOK is.",
)
@click.pass_context
def diff(
    context: click.Context,
    *,
    old: Edition,
    new: Edition,
    book: Book | None,
    on: date | None,
) -> None:
    """Say what the editions OLD and NEW decide differently.

    Each is one that ships, or a file.  Names all cases that they answer
    differently, and no others.  With BOOK, a .toml or .json file, also those in
    it about whom something is decided differently.

    The exit code is 0 if nothing differs, 1 if something does, 2 if a file
    cannot be used or the command was used wrongly.
    """
    if on and book is None:
        raise click.UsageError("--on is the day for BOOK, and there is none")
    try:
        found = policy.diff(old, new)
    except StepsError as error:
        raise _UndecidedError(str(error)) from None
    made = console()
    put(made, _told(old, new, found, made))
    if book is not None:
        day = on or book.day(datetime.now(UTC))
        put(made, _people(book, policy.changed(old, new, book, on=day), day, made))
    context.exit(DIFFERENT if found else 0)


def _told(
    old: Edition, new: Edition, found: EditionDifference, made: Console
) -> Iterator[ConsoleRenderable]:
    """What two editions decide differently, question by question."""
    names = (f"{one.name} ({one.status})" for one in (old, new))
    yield Text(line(f"Edition {' -> '.join(names)}"), "bold")
    if not found:
        yield Text(SAME if old.digest == new.digest else ALIKE)
    if found.currency:
        yield Text(f"Currency: {' -> '.join(found.currency)}; {OWN}")
    for question, differences in found.answers:
        yield Text()
        yield Text(LABELS[question], "bold")
        for turn, same in groupby(differences, lambda one: one.turn):
            yield Padding(Text(line(f"{turn}:")), (0, 0, 0, INDENT))
            yield from _listed((one.when for one in same), made)
    if found.plans:
        yield Text()
        yield Text("What support promises", "bold")
        yield from _listed(map(str, found.plans), made)


def _listed(sentences: Iterable[str], made: Console) -> Iterator[ConsoleRenderable]:
    """Each on lines of its own, where one begins is seen."""
    room = made.width - 2 * INDENT - GAP - len(BULLET)
    for told in sentences:
        yield grid([len(BULLET), room], [Text(BULLET), Text(line(told))], 2 * INDENT)


def _people(
    book: Book, changed: Mapping[PartyId, Iterable[Change]], on: date, made: Console
) -> Iterator[ConsoleRenderable]:
    """Those about whom something is decided differently, and what."""
    yield Text()
    whom = f"{len(changed) or 'none'} of {len(book.customer_ids)} decided differently"
    yield Text(line(f"{book.provider.name} on {on}: {whom}"), "bold")
    for party, changes in changed.items():
        relationship = book.relationship(party)
        yield Text(line(relationship.party.name))
        yield from _listed((_change(relationship, one) for one in changes), made)


def _change(relationship: Customer, change: Change) -> str:
    """One *change*, and which engagement it is about."""
    before, after = map(_answers, (change.before, change.after))
    about, told = LABELS[change.question], f"{before} -> {after}"
    if change.engagement and isinstance(relationship, Client):
        title = relationship.engagement(change.engagement).title
        return f"{about} of {title or change.engagement}: {told}"
    return f"{about}: {told}"


def _answers(outcome: Outcome[StrEnum] | None) -> str:
    return words(either(outcome.possible)) if outcome else "nothing"
