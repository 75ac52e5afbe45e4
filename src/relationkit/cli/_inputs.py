"""Inputs: books, editions and days, as they are named on a command line."""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from relationkit import codec, policy
from relationkit.books import Book
from relationkit.cli._show import plain
from relationkit.errors import InvalidError, Problem, UnknownIdError
from relationkit.fees import Fee
from relationkit.policy import Edition

__all__ = [
    "InputError",
    "book_at",
    "book_of",
    "by_edition",
    "day_of",
    "edition_of",
    "fee_of",
]

T = TypeVar("T")
KINDS = (
    ("/provider", "a book", "relationkit assess BOOK"),
    (
        "/edition",
        "an edition",
        "relationkit check EDITION, or assess BOOK --edition FILE",
    ),
    ("/type", "a fee", "relationkit quote FEE, with no engagement"),
)
"""By what key a file is known, and what it is good for."""
WORDS = {Book: "a book", Edition: "an edition"}


class InputError(click.ClickException):
    """A file that cannot be used, with all that is wrong with it."""

    exit_code = 1

    def __init__(self, path: str, problems: tuple[Problem, ...]) -> None:
        self.path, self.problems = path, problems
        super().__init__("\n".join(plain(f"{path}: {one}") for one in problems))

    def show(self, file: object = None) -> None:  # noqa: ARG002, click hands it in
        """Print each problem on a line of its own, the file first."""
        click.echo(self.message, file=sys.stderr)


def book_at(_: click.Context, __: click.Parameter, path: str) -> Book:
    """The book in the file at *path*."""
    return book_of(path)


def book_of(path: str) -> Book:
    """The book in the file at *path*."""
    return _read(path, Book)


def fee_of(path: str) -> Fee:
    """The fee in the file at *path*."""
    try:
        fee: Fee = codec.read(path, Fee)
    except InvalidError as error:
        if _is_book(path):
            told = f"{path} is a book; name an engagement in it, or the file of a fee"
            raise click.UsageError(plain(told)) from None
        raise InputError(path, error.problems) from None
    return fee


def _is_book(path: str) -> bool:
    try:
        codec.read(path, Book)
    except InvalidError:
        return False
    return True


def edition_of(_: click.Context, __: click.Parameter, named: str | None) -> Edition:
    """The edition *named*: one that ships, the newest if None, or a file."""
    if named is None:
        return policy.latest()
    if _is_file(named):
        return _read(named, Edition)
    try:
        return policy.edition(named)
    except UnknownIdError as error:
        raise click.BadParameter(plain(str(error))) from None


by_edition = click.option(
    "--edition",
    metavar="NAME|FILE",
    callback=edition_of,
    help="The policy: one that ships, or a file; default: the newest that ships.",
)
"""The option that says which policy."""


def _is_file(named: str) -> bool:
    """Whether something *named* is a file, and not an edition that ships."""
    if named in policy.editions():
        return False
    path = Path(named)
    has_place, has_form = path.name != named, path.suffix[1:].isalpha()
    return has_place or has_form or os.access(named, os.F_OK)


def day_of(_: click.Context, __: click.Parameter, text: str | None) -> date | None:
    """The day that *text* says; None if it says none."""
    if text is None:
        return None
    try:
        return codec.load(text, date)
    except InvalidError as error:
        raise click.BadParameter(plain(str(error))) from None


def _read(path: str, kind: type[T]) -> T:
    try:
        return codec.read(path, kind)
    except InvalidError as error:
        mistaken = tuple(_mistaken(error, WORDS[kind]))
        raise InputError(path, mistaken or error.problems) from None


def _mistaken(error: InvalidError, wanted: str) -> Iterator[Problem]:
    """What says so, if one kind of file was taken for another that is *wanted*.

    It has a key by which that kind is known, and lacks one that it would need.
    """
    found = {(p.code, p.pointer) for p in error.problems}
    for key, is_, command in KINDS:
        if {("unknown_key", key), ("missing", "")} <= found:
            told = f"this looks like {is_}, not {wanted}"
            yield Problem("", "kind", told, f"it is read by {command}")
