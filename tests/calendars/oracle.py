"""The oracle: open time counted minute by minute in UTC, as anyone would.

It knows nothing of tables, patterns or changes of clocks: it asks the standard
library what the clock shows at each minute, and looks up the hours of that date.
All bounds and instants must be on the minute.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from relationkit.calendars import BusinessCalendar

__all__ = ["epoch_minute", "first_minute", "last_minute", "open_minutes"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def epoch_minute(instant: datetime) -> int:
    """Minutes since 1970: whole numbers are compared, datetimes of one zone never."""
    return (instant.astimezone(UTC) - EPOCH) // timedelta(minutes=1)


def open_minutes(
    calendar: BusinessCalendar, start: int, end: int, step: int = 1
) -> Iterator[int]:
    """Each minute from *start* to *end* that is open."""
    zone = ZoneInfo(calendar.zone)
    weekly = {DAYS.index(one.weekday): one.intervals for one in calendar.weekly}
    dates = {one.on: one.hours for one in calendar.exceptions}
    for minute in range(start, end, step):
        shown = (EPOCH + timedelta(minutes=minute)).astimezone(zone)
        hours = dates.get(shown.date(), weekly.get(shown.weekday(), ()))
        at = shown.hour * 60 + shown.minute
        if any(_minutes(one.start) <= at < _minutes(one.end) for one in hours):
            yield minute


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def first_minute(calendar: BusinessCalendar, start: int, length: int) -> int:
    """The first minute by which *length* of open ones have passed since *start*."""
    minutes = open_minutes(calendar, start, start + 10**7)
    return next(at for n, at in enumerate(minutes, 1) if n == length) + 1


def last_minute(calendar: BusinessCalendar, end: int, length: int) -> int:
    """The last minute from which *length* of open ones pass until *end*."""
    minutes = open_minutes(calendar, end - 1, end - 10**7, -1)
    return next(at for n, at in enumerate(minutes, 1) if n == length)
