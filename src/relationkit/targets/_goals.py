"""Goals: one promise, measured by one clock."""

import re
from datetime import time, timedelta
from decimal import Decimal
from typing import Self, TypeAlias

from attrs import Attribute, field, frozen

from relationkit.constraints import END, TakesTime, asking
from relationkit.errors import shown
from relationkit.records import as_declared, is_of
from relationkit.targets._words import Coverage, Metric, duration, length_of

__all__ = [
    "RELATIVE",
    "Goal",
    "NextBusinessDay",
    "Within",
    "are_fractions",
    "are_times",
    "is_longer",
    "spelled",
    "within",
]

RELATIVE = re.compile(
    r"end of next business day|next business day by ([01]\d|2[0-3]):([0-5]\d)", re.ASCII
)


@frozen(kw_only=True, field_transformer=as_declared)
class NextBusinessDay:
    """That something is due on the next day with business hours.

    The day after the one on which it was asked, in the zone of the calendar,
    or the first one after it on which anyone works.

    >>> print(NextBusinessDay.of("next business day by 16:00"))
    next business day by 16:00

    Attributes:
        by: By which time of that day, or by its close if that is earlier; None
            for the close.  With a time it is kept until that time and no longer,
            whatever the hours; without one, until business hours begin again.  Of
            a time that clocks show twice it is the first, and of one that they skip
            the instant at which they do, as an office closes.

    Raises:
        ValueError: If *by* is in a zone of its own, or not a whole minute.
    """

    by: time | None = field(default=None)

    @by.validator
    def _is_a_minute_of_the_day(self, _: object, by: time | None) -> None:
        if by is not None and by != by.replace(second=0, microsecond=0, tzinfo=None):
            raise ValueError(f"by is {by}; give a whole minute, in no zone")

    @classmethod
    def of(cls, text: str) -> Self:
        """The promise that *text* makes.

        Raises:
            ValueError: If it makes none.
            TypeError: If it is no text.
        """
        is_of("text", str, text)
        found = RELATIVE.fullmatch(text)
        if not found:
            raise ValueError(
                f"expected a day to be done by, got {shown(text)}; write 'end of next"
                f" business day', or 'next business day by 16:00'"
            )
        hour, minute = found.groups()
        return cls(by=None if hour is None else time(int(hour), int(minute)))

    def __str__(self) -> str:
        if self.by is None:
            return "end of next business day"
        return f"next business day by {self.by:%H:%M}"


TWO_DATES = timedelta(hours=72)
"""That a place lives a date twice, of 48 hours, happened in 1867 and in 1892."""

Within: TypeAlias = timedelta | NextBusinessDay
"""How long something may take, or by when it is to be done."""


def within(text: str) -> Within:
    """The promise that *text* makes: a length of time, or the next business day.

    >>> within("4h") == timedelta(hours=4), within("next business day by 16:00").by
    (True, datetime.time(16, 0))

    Raises:
        ValueError: If it makes none.
        TypeError: If it is no text.
    """
    is_of("text", str, text)
    return NextBusinessDay.of(text) if "business" in text else duration(text)


def spelled(time: Within) -> str:
    """How *time* is written, so that :func:`within` reads it back.

    >>> spelled(timedelta(hours=4, minutes=30)), spelled(timedelta(seconds=90.5))
    ('4h30m', '1m30.5s')
    >>> spelled(NextBusinessDay())
    'end of next business day'

    Raises:
        ValueError: If it is a length that is not longer than nothing.
        TypeError: If it is neither a length nor a day.
    """
    is_of("time", Within, time)
    return length_of(time) if isinstance(time, timedelta) else str(time)


def is_longer(one: Within, other: Within) -> bool:
    """Whether *one* is longer than *other* on any calendar, at any hour.

    Of a length of time and a day that is known only if the length is more than
    any two dates have, which is 72 hours: until the end of the next business day
    no more can count.

    >>> is_longer(timedelta(hours=80), NextBusinessDay())
    True
    >>> is_longer(timedelta(hours=8), NextBusinessDay())
    False
    >>> is_longer(NextBusinessDay(), timedelta(hours=8))
    False

    Raises:
        TypeError: If one is neither a length nor a day.
    """
    is_of("one", Within, one)
    is_of("other", Within, other)
    if isinstance(one, NextBusinessDay) and isinstance(other, NextBusinessDay):
        return _latest(one) > _latest(other)
    if isinstance(one, timedelta) and isinstance(other, timedelta):
        return one > other
    return isinstance(one, timedelta) and one > TWO_DATES


def _latest(day: NextBusinessDay) -> tuple[bool, time]:
    """By when on that day; its close is no earlier than any time of it."""
    return day.by is None, day.by or time(0)


def are_times(
    _: object, field: "Attribute[tuple[timedelta, ...]]", values: tuple[timedelta, ...]
) -> None:
    """Each of several lengths of time is longer than none."""
    for value in values:
        if value <= timedelta(0):
            raise ValueError(f"{field.name} has {value}; it must be longer than none")


@asking(items={"allOf": [{"pattern": f"^0+[.][0-9]*[1-9][0-9]*{END}"}]})
def are_fractions(
    _: object, field: "Attribute[tuple[Decimal, ...]]", values: tuple[Decimal, ...]
) -> None:
    """Each of several numbers is more than nothing and less than the whole."""
    for value in values:
        if not (value.is_finite() and 0 < value < 1):
            raise ValueError(
                f"{field.name} has {shown(value)}; give a part of the time between"
                f" 0 and 1, such as Decimal('0.75')"
            )


@frozen(kw_only=True, field_transformer=as_declared)
class Goal:
    """What is promised by one measure.

    >>> from datetime import timedelta
    >>> goal = Goal(metric=Metric.FIRST_RESPONSE, within=timedelta(hours=4))
    >>> goal.clock.value
    'business_hours'

    Attributes:
        metric: What the clock measures.
        within: How long it may take, or by when it is to be done.
        clock: When the clock runs: in business hours, or always.
        at_risk: After which parts of the time it is at risk, between 0 and 1.
        at_risk_before: It is at risk once no more than that is left.

    Raises:
        ValueError: If a time is not longer than none, a part is not between 0
            and 1, or the next business day is to be told by a clock that knows
            no business hours.
    """

    metric: Metric
    within: Within = field(validator=TakesTime())
    clock: Coverage = field(default=Coverage.BUSINESS_HOURS)
    at_risk: tuple[Decimal, ...] = field(default=(), validator=are_fractions)
    at_risk_before: tuple[timedelta, ...] = field(default=(), validator=are_times)

    @clock.validator
    def _knows_business_days(self, _: object, clock: Coverage) -> None:
        if isinstance(self.within, NextBusinessDay) and clock is Coverage.ALWAYS:
            raise ValueError(
                f"clock is {clock.value}, and within is {str(self.within)!r};"
                f" let it run in business_hours, or promise a length of time"
            )
