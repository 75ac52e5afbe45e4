"""The command that assesses a book."""

import json
from datetime import UTC, date, datetime
from typing import Literal

import click

from relationkit.books import Book
from relationkit.cli._inputs import book_at, by_edition, day_of
from relationkit.cli._json import document
from relationkit.cli._show import console, put, write
from relationkit.cli._table import table
from relationkit.policy import Edition

__all__ = ["assess"]


@click.command()
@click.argument("book", callback=book_at)
@click.option(
    "--on",
    metavar="DAY",
    callback=day_of,
    help="The day, YYYY-MM-DD; default: today where the provider is.",
)
@by_edition
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people, or for programs.",
)
@click.option(
    "--why", "with_why", is_flag=True, help="Say why, below each row of the table."
)
def assess(
    *,
    book: Book,
    on: date | None,
    edition: Edition,
    form: Literal["table", "json"],
    with_why: bool,
) -> None:
    """Say what is decided about everyone in BOOK, a .toml or .json file.

    For each customer, and for each engagement of a client: what they are to
    us, how closely to tailor, what support to give and how to price.
    """
    day = on or book.day(datetime.now(UTC))
    if form == "json":
        write(json.dumps(document(book, edition, day), indent=2))
    else:
        made = console()
        put(made, table(book, edition, day, with_why=with_why, made=made))
