"""Doubts: why a fact is unknown, where the book says more than "nobody judged it"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import fields

from relationkit.engagements import Engagement, Service
from relationkit.facts._facts import Unknown

__all__ = ["doubts"]

JUDGED = {field.name for field in fields(Service) if field.type == bool | None}


def doubts(
    known: Mapping[str, object],
    engagements: Sequence[Engagement],
    services: Sequence[Service],
    on: date,
) -> tuple[Unknown, ...]:
    """Why facts of *known* are None on the day *on*; each fact once at most."""
    open_ = [name for name, value in known.items() if value is None]
    told = {**dict(_of_work(engagements, on)), **dict(_of_services(services, open_))}
    return tuple(Unknown(fact, told[fact]) for fact in open_ if fact in told)


def _of_work(engagements: Iterable[Engagement], on: date) -> Iterator[tuple[str, str]]:
    for engagement in engagements:
        is_open = engagement.is_open(on)
        if is_open is None:
            why = f"on which day the engagement {engagement.id!r} was closed is unknown"
            yield from ((fact, why) for fact in ("engaged", "ongoing", "fiduciary"))
        elif engagement.fiduciary(on) is None:
            rules = ", ".join(sorted(engagement.regimes))
            why = f"the engagement {engagement.id!r} is governed by {rules}, and nobody"
            yield "fiduciary", f"{why} has put on record whether that makes a duty"


def _of_services(
    services: Sequence[Service], facts: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for name in JUDGED.intersection(facts):
        if {True, False} <= {getattr(service, name) for service in services}:
            yield name, "it holds of some of the services, and not of others"
