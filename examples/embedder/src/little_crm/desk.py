"""The desk: tickets, what each may expect, and in which order to answer them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import as_file, files

from relationkit import codec
from relationkit.decisions import Undecided
from relationkit.engagements import Engagement
from relationkit.parties import Party
from relationkit.policy import Edition
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer
from relationkit.targets import Priority

A_DAY = timedelta(days=1)
"""About how long it is until the next business day."""


@dataclass(frozen=True)
class Ticket:
    """Something that somebody asked us on a day."""

    number: int
    of: Customer
    on: date
    priority: Priority = Priority.NORMAL
    watching: frozenset[PartyId] = frozenset()


@dataclass(frozen=True)
class Handover:
    """Work that goes from one desk to another."""

    work: Engagement
    to: Party
    client: Client


@cache
def house() -> Edition:
    """The policy of this house."""
    with as_file(files(__package__) / "house.toml") as path:
        return codec.read(path, Edition)


def first_answer(ticket: Ticket) -> timedelta | None:
    """About how soon somebody answers; None if that hangs on what nobody noted."""
    edition = house()
    expected = edition.assess(ticket.of, on=ticket.on).service.sla
    if expected.answer is None:
        return None
    plan = edition.policy.plan(expected.answer)
    wait = plan.target(ticket.priority).first_response
    return wait if isinstance(wait, timedelta) else A_DAY


def to_ask(ticket: Ticket) -> tuple[str, ...]:
    """What to find out first; nothing if there is a promise already."""
    expected = house().assess(ticket.of, on=ticket.on).service.sla
    return expected.needs if isinstance(expected, Undecided) else ()


def queue(tickets: list[Ticket]) -> list[Ticket]:
    """The tickets in the order of their promises, those without one first."""
    soonest = timedelta(0)
    return sorted(tickets, key=lambda ticket: first_answer(ticket) or soonest)
