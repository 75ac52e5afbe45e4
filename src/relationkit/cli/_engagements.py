"""Engagements: one of a book, as a command line names it, and what is decided of it."""

from datetime import date

from relationkit.books import Book
from relationkit.contracts import Contract
from relationkit.engagements import Engagement
from relationkit.errors import UnknownIdError, shown
from relationkit.policy import Answers, Edition

__all__ = ["answers_about", "contract_of", "engagement_of"]


def engagement_of(book: Book, id_: str) -> Engagement:
    """The engagement of an id.

    Raises:
        UnknownIdError: If there is none.
    """
    known = {str(found.id): found for found in book.engagements}
    if id_ not in known:
        raise UnknownIdError.of("engagement", id_, known)
    return known[id_]


def contract_of(book: Book, engagement: Engagement) -> Contract | None:
    """What was agreed; None if nothing is in writing."""
    return next((c for c in book.contracts if c.id == engagement.contract), None)


def answers_about(
    book: Book, engagement: Engagement, edition: Edition, day: date
) -> Answers:
    """What is decided about an *engagement* on a *day*.

    Raises:
        UnknownIdError: If it was not opened by then.
    """
    client = book.relationship(min(engagement.clients))
    assessed = edition.assess(client, on=day)
    if engagement.id not in assessed.engagements:
        raise UnknownIdError(
            f"{shown(engagement.id)} is opened on {engagement.opened}, after {day};"
            f" ask of a later day"
        )
    return assessed.engagements[engagement.id]
