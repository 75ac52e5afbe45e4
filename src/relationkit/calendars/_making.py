"""Making: the calendars that most have."""

from relationkit.calendars._calendar import BusinessCalendar
from relationkit.calendars._hours import Weekday, shifts
from relationkit.records import CalendarId

__all__ = ["always", "weekdays"]


ALWAYS = CalendarId("always")
WEEKDAYS = CalendarId("weekdays")


def always(
    zone: str = "UTC",
    *,
    id: CalendarId = ALWAYS,  # noqa: A002, the name of the field
) -> BusinessCalendar:
    """The calendar that is always open, day and night.

    >>> from datetime import UTC, datetime, timedelta
    >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    >>> always().add(noon, timedelta(days=1)) - noon
    datetime.timedelta(days=1)

    Raises:
        ValueError: If there is no such *zone*.
    """
    weekly = shifts("00:00", "24:00", days=tuple(Weekday))
    return BusinessCalendar(id=id, zone=zone, weekly=weekly)


def weekdays(
    start: str,
    end: str,
    *,
    zone: str,
    id: CalendarId = WEEKDAYS,  # noqa: A002, the name of the field
) -> BusinessCalendar:
    """The calendar that is open from Monday to Friday, from *start* until *end*.

    If *end* is not after *start*, it is that of the next day.

    >>> from datetime import UTC, datetime, timedelta
    >>> friday = datetime(2026, 11, 20, 16, tzinfo=UTC)
    >>> weekdays("09:00", "17:00", zone="UTC").add(friday, timedelta(hours=2))
    datetime.datetime(2026, 11, 23, 10, 0, tzinfo=datetime.timezone.utc)

    Raises:
        ValueError: If a text is no time of day, or there is no such *zone*.
    """
    return BusinessCalendar(id=id, zone=zone, weekly=shifts(start, end))
