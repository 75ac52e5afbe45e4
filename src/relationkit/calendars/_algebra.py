"""Algebra: hours of two calendars, joined, shared, or the one without the other."""

from collections.abc import Callable, Iterable
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

__all__ = ["CalendarMismatchError", "Rule", "both", "either", "joined", "only", "week"]

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


def hours_of(days: dict[int, Spans]) -> tuple[Hours, ...]:
    """Weekly hours such as a calendar has."""
    return tuple(
        Hours(weekday=tuple(Weekday)[day], intervals=intervals_of(found))
        for day, found in days.items()
        if found
    )


def exception_of(on: date, found: Spans, name: str) -> DateException:
    """What a calendar says of one date."""
    return DateException(on=on, hours=intervals_of(found), name=name)


def intervals_of(found: Spans) -> tuple[Interval, ...]:
    """The intervals, written."""
    return tuple(
        Interval(start=written(start), end=written(end)) for start, end in found
    )
