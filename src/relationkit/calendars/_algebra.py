"""Algebra: hours of two calendars, joined, shared, or the one without the other."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from relationkit.calendars._hours import (
    DateException,
    Hours,
    Interval,
    Spans,
    Weekday,
    spans,
    written,
)
from relationkit.errors import RelationkitError

__all__ = [
    "CalendarMismatchError",
    "Rule",
    "both",
    "either",
    "joined_date",
    "joined_weeks",
    "only",
    "week",
]

Rule: TypeAlias = Callable[[bool, bool], bool]
"""Whether it is open, by whether the one and the other calendar is."""


class CalendarMismatchError(RelationkitError, ValueError):
    """Calendars of two zones, whose hours have no clock in common."""


def either(one: bool, other: bool) -> bool:  # noqa: FBT001, a rule is one of truths
    """Open when one of them is, or both."""
    return one or other


def both(one: bool, other: bool) -> bool:  # noqa: FBT001
    """Open when both are."""
    return one and other


def only(one: bool, other: bool) -> bool:  # noqa: FBT001
    """Open when the one is, and the other is not."""
    return one and not other


def joined(rule: Rule, one: Spans, other: Spans) -> Spans:
    """When a day is open by *rule*, in as few intervals as may be."""
    bounds = sorted({bound for span in (*one, *other) for bound in span})
    found: list[tuple[int, int]] = []
    for start, end in pairwise(bounds):
        if rule(_is_in(start, one), _is_in(start, other)):
            if found and found[-1][1] == start:
                start = found.pop()[0]  # noqa: PLW2901, they touch, and are one
            found.append((start, end))
    return tuple(found)


def _is_in(time: int, day: Spans) -> bool:
    return any(start <= time < end for start, end in day)


def week(weekly: Iterable[Hours]) -> dict[int, Spans]:
    """The hours of each weekday that has any, by its rank."""
    return {hours.weekday.rank: spans(hours.intervals) for hours in weekly}


def joined_weeks(
    rule: Rule, one: Mapping[int, Spans], other: Mapping[int, Spans]
) -> tuple[Hours, ...]:
    """The weekly hours of two calendars by *rule*."""
    days = ((day, one.get(day.rank, ()), other.get(day.rank, ())) for day in Weekday)
    found = {day: joined(rule, mine, theirs) for day, mine, theirs in days}
    return tuple(
        Hours(weekday=day, intervals=intervals_of(hours))
        for day, hours in found.items()
        if hours
    )


def joined_date(
    rule: Rule, one: Spans, other: Spans, on: date, name: str
) -> DateException:
    """What they say by *rule* of the date *on*, of that *name*."""
    hours = intervals_of(joined(rule, one, other))
    return DateException(on=on, hours=hours, name=name)


def intervals_of(found: Spans) -> tuple[Interval, ...]:
    """The intervals, written."""
    return tuple(
        Interval(start=written(start), end=written(end)) for start, end in found
    )
