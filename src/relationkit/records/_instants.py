"""Instants: compared in UTC, in which equal ones are equal."""

from datetime import UTC, datetime

__all__ = ["in_utc"]


def in_utc(instant: datetime | None) -> datetime | None:
    """The same *instant*, told in UTC; for a field to be compared by.

    In a zone whose clocks are set back, an instant that they show twice equals
    none that is told in another zone, though it is the same.  None stays None,
    and so does what is in no zone, or where UTC has no year.

    >>> from zoneinfo import ZoneInfo
    >>> twice = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    >>> twice == twice.astimezone(UTC), in_utc(twice) == twice.astimezone(UTC)
    (False, True)
    """
    if instant is None or instant.utcoffset() is None:
        return instant
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return instant
