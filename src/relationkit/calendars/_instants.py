"""Instants: aware datetimes as numbers that can be compared and subtracted.

Two datetimes of one zone are compared by their clocks, without regard to an hour
that comes twice; so nothing is compared or subtracted before it is a number.
"""

from datetime import datetime, timedelta

from relationkit.calendars._zones import EPOCH
from relationkit.errors import RelationkitError
from relationkit.records import is_of

__all__ = [
    "NoOpenTimeError",
    "OutOfRangeError",
    "instant_of",
    "like",
    "micros",
]

DAY = 86_400_000_000
SECOND = 1_000_000


class NoOpenTimeError(RelationkitError, ValueError):
    """There is not as much open time as was asked for, then or ever.

    Attributes:
        since: From which instant on, or until which one.
        needed: How much was asked for.
        available: How much there is.
    """

    def __init__(
        self, since: datetime, needed: timedelta, available: timedelta
    ) -> None:
        self.since, self.needed, self.available = since, needed, available
        super().__init__(since, needed, available)

    def __str__(self) -> str:
        way = "after" if self.needed >= timedelta(0) else "before"
        if not self.needed or abs(self.needed) == timedelta.resolution:
            return f"there is no open time {way} {self.since}; extend the calendar"
        return (
            f"there is {abs(self.available)} of open time {way} {self.since}, and not"
            f" {abs(self.needed)}; extend the calendar, or ask for less"
        )


class OutOfRangeError(RelationkitError, ValueError):
    """An answer would lie before the year 1 or after the year 9999.

    Attributes:
        since: The instant from which it was counted.
    """

    def __init__(self, since: datetime) -> None:
        self.since = since
        super().__init__(since)

    def __str__(self) -> str:
        return (
            f"the answer lies outside the years 1 to 9999, counted from {self.since};"
            f" ask for less"
        )


def instant_of(name: str, value: datetime) -> int:
    """Microseconds from 1970 in UTC until *value*, which goes by a *name*.

    Raises:
        ValueError: If it is in no zone.
        TypeError: If it is no datetime.
    """
    try:
        since = value - EPOCH
        return since.days * DAY + since.seconds * SECOND + since.microseconds
    except (TypeError, AttributeError):  # as a datetime less a text, or a text
        is_of(name, datetime, value)
        raise ValueError(
            f"{name} is {value}, in no zone; give an aware one, such as"
            f" {name}.replace(tzinfo=UTC) if it is meant so"
        ) from None


def micros(name: str, length: timedelta) -> int:
    """*length*, which goes by a *name*, in microseconds.

    Raises:
        TypeError: If it is no timedelta.
    """
    if not isinstance(length, timedelta):
        is_of(name, timedelta, length)
    return length.days * DAY + length.seconds * SECOND + length.microseconds


def like(value: datetime, instant: int) -> datetime:
    """The *instant* in the zone of *value*.

    Raises:
        OutOfRangeError: If there it has no date.
    """
    try:
        found = EPOCH + timedelta(0, 0, instant)
        return found if value.tzinfo is EPOCH.tzinfo else found.astimezone(value.tzinfo)
    except OverflowError:
        raise OutOfRangeError(value) from None
