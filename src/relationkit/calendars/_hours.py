"""Hours: when it is open, by the clock on the wall."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from itertools import pairwise
from operator import attrgetter

from attrs import field, frozen

from relationkit.constraints import END, asking
from relationkit.errors import shown
from relationkit.records import Ranked, as_declared, is_of, several

__all__ = [
    "DAY",
    "DateException",
    "Hours",
    "Interval",
    "Spans",
    "Weekday",
    "are_of_dates_once",
    "are_of_days_once",
    "by_date",
    "by_weekday",
    "shifts",
    "spans",
    "time_of_day",
    "written",
]

DAY = 86_400_000_000
"""Microseconds in a day of 24 hours."""
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?", re.ASCII)
MIDNIGHT = "24:00"
START = f"^{TIME.pattern}{END}".replace(r"\d", "[0-9]")
CLOSE = f"{START}|^{MIDNIGHT}{END}"
MANY = 5
"""How many faults of one day are told."""

Spans = tuple[tuple[int, int], ...]
"""Intervals of one day in microseconds after its 00:00, ordered and apart."""


def time_of_day(text: str) -> int:
    """How many microseconds after 00:00 the clock shows *text*, up to ``24:00``.

    >>> time_of_day("09:30") // 60_000_000, time_of_day("24:00") == DAY
    (570, True)

    Raises:
        ValueError: If it is no time of day.
        TypeError: If it is no text.
    """
    is_of("text", str, text, "write it as '09:00'")
    if text == MIDNIGHT:
        return DAY
    found = TIME.fullmatch(text)
    if not found:
        raise ValueError(
            f"expected a time of day, got {shown(text)}; write hours and minutes,"
            f" each of two digits, from '00:00' to '24:00'"
        )
    hours, minutes, seconds, fraction = (part or "" for part in found.groups())
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds or 0)
    return whole * 1_000_000 + int(fraction.ljust(6, "0"))


def written(time: int) -> str:
    """How *time*, in microseconds after 00:00, is written, as shortly as may be."""
    seconds, micro = divmod(time, 1_000_000)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if micro:
        return f"{text}:{seconds % 60:02}.{micro:06}".rstrip("0")
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


class Weekday(Ranked):
    """A day of the week, Monday first as in ISO 8601."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WORKING = tuple(Weekday)[:5]


@frozen(kw_only=True, field_transformer=as_declared)
class Interval:
    """From one time of a day to a later one, which is no longer in it.

    Times are texts, such as ``"09:00"``, ``"12:30:15.5"`` or ``"24:00"``, the end
    of the day.

    Attributes:
        start: From when on, by the clock on the wall.
        end: Until when.

    Raises:
        ValueError: If one is no time of day, or *end* is not after *start*.
    """

    start: str = field()
    end: str = field()

    @start.validator
    @asking(pattern=START)
    def _is_a_time(self, _: object, value: str) -> None:
        _check_time("start", value)

    @end.validator
    @asking(pattern=CLOSE)
    def _is_after_start(self, _: object, value: str) -> None:
        _check_time("end", value)
        start = time_of_day(self.start) if _is_time(self.start) else -1
        if time_of_day(value) == start:
            raise ValueError(
                f"end is {value!r}, which is start too; for the whole day say '00:00'"
                f" to '24:00', for none leave the interval out"
            )
        if time_of_day(value) < start:
            raise ValueError(
                f"end is {value!r}, before start, {self.start!r}; of a shift past"
                f" midnight say what falls on each day: {self.start!r} to '24:00', and"
                f" '00:00' to {value!r} on the next, as shifts(...) does"
            )


def _check_time(name: str, value: str) -> None:
    try:
        time_of_day(value)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _is_time(value: str) -> bool:
    return value == MIDNIGHT or TIME.fullmatch(value) is not None


def spans(intervals: Iterable[Interval]) -> Spans:
    """The *intervals* of one day in numbers, in order."""
    found = [(time_of_day(one.start), time_of_day(one.end)) for one in intervals]
    return tuple(sorted(found)) if found else ()


def _are_apart(_: object, __: object, intervals: tuple[Interval, ...]) -> None:
    """None of several intervals of one day begins within another."""
    if len(intervals) < 2:  # noqa: PLR2004, a pair
        return
    faults = [
        f"{written(a)} to {written(b)} overlaps {written(c)} to {written(d)}"
        for (a, b), (c, d) in pairwise(spans(intervals))
        if c < b
    ]
    if faults:
        more = f", and {len(faults) - MANY} more" if len(faults) > MANY else ""
        told = "; ".join(faults[:MANY])
        raise ValueError(f"{told}{more}; make one of them, or set them apart")


@frozen(kw_only=True, field_transformer=as_declared)
class Hours:
    """When it is open on one day of every week.

    Attributes:
        weekday: On which day.
        intervals: From when until when, as often as it opens; they may touch.

    Raises:
        ValueError: If there are none, or two overlap.
    """

    weekday: Weekday
    intervals: tuple[Interval, ...] = field(validator=_are_apart)

    @intervals.validator
    @asking(minItems=1)
    def _are_some(self, _: object, value: tuple[Interval, ...]) -> None:
        if not value:
            raise ValueError(
                f"intervals of {self.weekday} are none; leave out a day on which it"
                f" is closed"
            )


@frozen(kw_only=True, field_transformer=as_declared)
class DateException:
    """When it is open on one date, in place of the hours of its weekday.

    It replaces the whole date, from 00:00 to 24:00: of a shift past midnight it
    takes what falls on that date.

    Attributes:
        on: Which date, where the calendar is.
        hours: From when until when; none if it is closed.
        name: What for, such as the name of a holiday; empty if not known.

    Raises:
        ValueError: If two intervals overlap.
    """

    on: date
    hours: tuple[Interval, ...] = field(default=(), validator=_are_apart)
    name: str = ""


def are_of_days_once(_: object, __: object, weekly: tuple[Hours, ...]) -> None:
    """No weekday stands twice."""
    days = [hours.weekday for hours in weekly]
    if twice := sorted({day for day in days if days.count(day) > 1}):
        raise ValueError(
            f"weekly has {', '.join(twice)} more than once; put all intervals of a day"
            f" together"
        )


def are_of_dates_once(
    _: object, __: object, exceptions: tuple[DateException, ...]
) -> None:
    """No date stands twice."""
    for one, after in pairwise(exceptions):  # which are in order
        if one.on == after.on:
            raise ValueError(f"exceptions have {one.on} twice; keep one")


def by_weekday(weekly: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """Monday first; what is no such tuple stays as it is, and is refused later."""
    if not _are_all(Hours, weekly):
        return weekly
    return tuple(sorted(weekly, key=lambda one: one.weekday.rank))


def by_date(exceptions: tuple[DateException, ...]) -> tuple[DateException, ...]:
    """The earliest first; what is no such tuple stays as it is."""
    if not _are_all(DateException, exceptions):
        return exceptions
    return tuple(sorted(exceptions, key=attrgetter("on")))


def _are_all(kind: type, values: object) -> bool:
    return isinstance(values, tuple) and all(isinstance(one, kind) for one in values)


def shifts(
    start: str, end: str, *, days: Collection[Weekday] = WORKING
) -> tuple[Hours, ...]:
    """Weekly hours that begin at *start* on each of *days*, and last until *end*.

    One that does not end after it starts ends on the next day, and is split at
    midnight.

    >>> for hours in shifts("22:00", "06:00", days=[Weekday.FRIDAY]):
    ...     print(hours.weekday, [(one.start, one.end) for one in hours.intervals])
    friday [('22:00', '24:00')]
    saturday [('00:00', '06:00')]

    Raises:
        ValueError: If a text is no time of day, both are the same, or shifts of
            several days overlap.
        TypeError: If *days* are no weekdays.
    """
    days = several("days", days, Weekday)
    if time_of_day(end) > time_of_day(start):
        whole = (Interval(start=start, end=end),)
        return tuple(Hours(weekday=day, intervals=whole) for day in sorted({*days}))
    return _overnight(start, end, days)


def _overnight(start: str, end: str, days: Collection[Weekday]) -> tuple[Hours, ...]:
    if time_of_day(end) == time_of_day(start):
        Interval(start=start, end=end)  # which says what is wrong with that
    late, early = Interval(start=start, end=MIDNIGHT), _morning(end)
    found: dict[Weekday, tuple[Interval, ...]] = {}
    for day in sorted({*days}):
        after = tuple(Weekday)[(day.rank + 1) % 7]
        found[day] = (*found.get(day, ()), late)
        if early:
            found[after] = (*found.get(after, ()), *early)
    return tuple(Hours(weekday=day, intervals=found[day]) for day in sorted(found))


def _morning(end: str) -> tuple[Interval, ...]:
    return (Interval(start="00:00", end=end),) if time_of_day(end) else ()
