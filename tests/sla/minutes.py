"""An oracle that steps through time minute by minute, in UTC, and knows no more.

It shares nothing with the library: a minute counts if the clock on the wall
then shows a time within the hours of its date, and no pause holds it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)

Minutes = Sequence[tuple[int, int]]
"""Intervals of a day, in minutes after 00:00 on the clock."""


class Office(NamedTuple):
    """When an office is open: by weekday, 0 for Monday, and on dates that differ."""

    zone: str
    weekly: Mapping[int, Minutes]
    dates: Mapping[date, Minutes]


class Held(NamedTuple):
    """From when to when the clock is held; None if for good."""

    start: datetime
    end: datetime | None


def counts(office: Office, held: Sequence[Held], at: datetime) -> bool:
    """Whether the minute that begins at *at*, in UTC, counts."""
    if any(h.start <= at and (h.end is None or at < h.end) for h in held):
        return False
    return is_open(office, at.astimezone(zone(office.zone)))


def is_open(office: Office, wall: datetime) -> bool:
    """Whether it is when the clock shows *wall*."""
    reading = wall.hour * 60 + wall.minute
    hours = office.dates.get(wall.date()) if office.dates else None
    if hours is None:
        hours = office.weekly.get(wall.weekday(), ())
    return any(start <= reading < end for start, end in hours)


zone = cache(ZoneInfo)


def consumed(
    office: Office, held: Sequence[Held], start: datetime, end: datetime
) -> int:
    """How many minutes count from *start* to *end*."""
    at, total, last = start.astimezone(UTC), 0, end.astimezone(UTC)
    while at < last:
        total += counts(office, held, at)
        at += MINUTE
    return total


def due(
    office: Office, held: Sequence[Held], start: datetime, minutes: int, most: int
) -> datetime | None:
    """When so many *minutes* have counted; None if not within *most* minutes."""
    at = start.astimezone(UTC)
    for _ in range(most):
        minutes -= counts(office, held, at)
        at += MINUTE
        if not minutes:
            return at
    return None
