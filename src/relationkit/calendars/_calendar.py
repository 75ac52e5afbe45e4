"""The calendar itself."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NoReturn, Self

from attrs import evolve, field, frozen

from relationkit.calendars import _algebra as algebra
from relationkit.calendars._days import DayCount
from relationkit.calendars._hours import (
    DateException,
    Hours,
    Interval,
    Spans,
    are_of_dates_once,
    are_of_days_once,
    by_date,
    by_weekday,
    spans,
)
from relationkit.calendars._instants import (
    NoOpenTimeError,
    OutOfRangeError,
    instant_of,
    like,
    micros,
)
from relationkit.calendars._tables import Table, table_of
from relationkit.calendars._zones import LAST, NAMES, NEAR, ever, nearby, zone_of
from relationkit.constraints import asking
from relationkit.records import CalendarId, as_declared, is_of, several

__all__ = ["BusinessCalendar"]


@frozen(kw_only=True, field_transformer=as_declared)
class BusinessCalendar:
    """When business is open, week after week and on the dates that differ.

    An instant is open if the clock on the wall, in the zone, then shows a time
    within the hours of its date: from a start on, and before an end.

    >>> from datetime import UTC
    >>> from relationkit.calendars import shifts
    >>> calendar = BusinessCalendar(
    ...     id=CalendarId("office"),
    ...     zone="Europe/London",
    ...     weekly=shifts("09:00", "17:00"),
    ...     exceptions=(DateException(on=date(2026, 12, 25), name="Christmas"),),
    ... )
    >>> before = datetime(2026, 12, 24, 16, tzinfo=UTC)
    >>> calendar.add(before, timedelta(hours=2)).isoformat()
    '2026-12-28T10:00:00+00:00'
    >>> calendar.elapsed(before, datetime(2026, 12, 28, 10, tzinfo=UTC))
    datetime.timedelta(seconds=7200)

    Calendars of one zone can be joined with ``|``, intersected with ``&``, and
    taken from each other with ``-``.

    Attributes:
        id: Under which it is on record.
        zone: Where the clock hangs, by its IANA name.
        weekly: The hours of each weekday on which it opens.
        exceptions: The dates that have hours of their own, or none.
        known_through: The last date whose exceptions are known; None if nothing
            is said of that.  It changes no answer.

    Raises:
        ValueError: If there is no such zone, a weekday or a date stands twice, or
            it never opens.
    """

    id: CalendarId
    zone: str = field()
    weekly: tuple[Hours, ...] = field(converter=by_weekday, validator=are_of_days_once)
    exceptions: tuple[DateException, ...] = field(
        default=(), converter=by_date, validator=are_of_dates_once
    )
    known_through: date | None = None

    @zone.validator
    @asking(**NAMES)
    def _is_on_the_map(self, _: object, zone: str) -> None:
        zone_of(zone)

    @exceptions.validator
    def _open_if_nothing_else_does(
        self, _: object, exceptions: tuple[DateException, ...]
    ) -> None:
        if not self.weekly and not any(one.hours for one in exceptions):
            raise ValueError(
                "weekly and exceptions have no hours, so that it never opens; add"
                " some, or use always(...) for day and night"
            )

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time from *start* to *end*; less than none if *end* is before.

        Raises:
            ValueError: If one is in no zone.
            TypeError: If one is no datetime.
        """
        first, last = instant_of("start", start), instant_of("end", end)
        table = self._near
        if not (table.start <= first < table.end and table.start <= last < table.end):
            table = self._ever
        return timedelta(0, 0, table.until(last) - table.until(first))

    def add(self, instant: datetime, length: timedelta) -> datetime:
        """The first instant by which *length* of open time has passed.

        That may be a moment of closing, such as 17:00.  If *length* is less than
        none it is the last instant from which that much passes until *instant*,
        which may be one of opening; if none, *instant* itself.  The answer is in
        the zone of *instant*.

        Raises:
            NoOpenTimeError: If there is not that much.
            OutOfRangeError: If the answer has no year.
            ValueError: If *instant* is in no zone.
            TypeError: If *instant* is no datetime or *length* no timedelta.
        """
        at = instant_of("instant", instant)
        needed = micros("length", length)
        if not needed:
            return instant
        table = self._near
        if not table.start <= at < table.end:
            table = self._ever
        spent = table.until(at) + needed
        if not 0 <= spent <= table.total and table is self._near:
            table = self._ever
            spent = table.until(at) + needed
        if not 0 <= spent <= table.total:
            before = spent - needed
            left = table.total - before if needed > 0 else before
            self._refuse(instant, length, left)
        return like(instant, table.first(spent) if needed > 0 else table.last(spent))

    def latest_start(self, deadline: datetime, length: timedelta) -> datetime:
        """The last instant from which *length* of open time passes by *deadline*.

        Raises:
            NoOpenTimeError: If there is not that much.
            OutOfRangeError: If the answer has no year.
            ValueError: If *deadline* is in no zone, or *length* less than none.
            TypeError: If *deadline* is no datetime or *length* no timedelta.
        """
        is_of("length", timedelta, length)
        if length < timedelta(0):
            raise ValueError(
                f"length is {length}, less than none; use add(...) to look ahead"
            )
        return self.add(deadline, -length)

    def is_open(self, instant: datetime) -> bool:
        """Whether it is open at *instant*; at the end of its hours it is not.

        Raises:
            ValueError: If *instant* is in no zone.
            TypeError: If it is no datetime.
        """
        at = instant_of("instant", instant)
        return self._table(at).closes(at) > at

    def next_open(self, instant: datetime) -> datetime:
        """The first open instant at or after *instant*, which may be itself.

        Raises:
            NoOpenTimeError: If it does not open any more.
            OutOfRangeError: If the answer has no year.
            ValueError: If *instant* is in no zone.
            TypeError: If it is no datetime.
        """
        at = instant_of("instant", instant)
        table = self._table(at)
        spent = table.until(at)
        if spent == table.total:
            table = self._ever
            spent = table.until(at)
        if spent == table.total:
            self._refuse(instant, timedelta.resolution, 0)
        return like(instant, table.last(spent))

    def previous_close(self, instant: datetime) -> datetime:
        """The end of the open time before *instant*: itself, if it was open until it.

        Raises:
            NoOpenTimeError: If it was not open before.
            OutOfRangeError: If the answer has no year.
            ValueError: If *instant* is in no zone.
            TypeError: If it is no datetime.
        """
        at = instant_of("instant", instant)
        table = self._table(at)
        spent = table.until(at)
        if not spent:
            table = self._ever
            spent = table.until(at)
        if not spent:
            self._refuse(instant, -timedelta.resolution, 0)
        return like(instant, table.first(spent))

    def intervals(
        self, start: datetime, end: datetime
    ) -> Iterator[tuple[datetime, datetime]]:
        """When it is open between *start* and *end*, in order and apart.

        Hours that touch are one interval.  They come one by one, in the zone of
        *start*.

        Raises:
            ValueError: If one is in no zone, or *end* is before *start*.
            TypeError: If one is no datetime.
        """
        first, last = instant_of("start", start), instant_of("end", end)
        if last < first:
            raise ValueError(f"end is {end}, before start, {start}; exchange the two")
        table = self._table(first) if last < self._near.end else self._ever
        return (
            (like(start, opens), like(start, closes))
            for opens, closes in table.intervals(first, last)
        )

    def hours_on(self, day: date) -> tuple[Interval, ...]:
        """The hours of a date where the calendar is; none if it is closed."""
        is_of("day", date, day)
        return algebra.intervals_of(self._spans_on(day))

    def business_days(self, start: date, end: date) -> int:
        """How many dates from *start* on and before *end* have hours.

        Those are dates where the calendar is; one that the place skipped does not
        count.  If *end* is before *start*, the number is less than none.

        Raises:
            TypeError: If one is no day.
        """
        is_of("start", date, start)
        is_of("end", date, end)
        return self._days.until(end) - self._days.until(start)

    def with_holidays(
        self, days: Iterable[date], *, known_through: date | None = None
    ) -> Self:
        """The calendar closed on *days*, whatever it said of them before.

        Holidays are then known as far as *known_through*, or as far as before if
        that is None.

        Raises:
            TypeError: If *days* are no days.
        """
        closed = {day: DateException(on=day) for day in several("days", days, date)}
        kept = {one.on: one for one in self.exceptions}
        return evolve(
            self,
            exceptions=tuple({**kept, **closed}.values()),
            known_through=known_through or self.known_through,
        )

    def __or__(self, other: Self) -> Self:
        return self._joined(other, "|", algebra.either)

    def __and__(self, other: Self) -> Self:
        return self._joined(other, "&", algebra.both)

    def __sub__(self, other: Self) -> Self:
        return self._joined(other, "-", algebra.only)

    def _joined(self, other: Self, sign: str, rule: algebra.Rule) -> Self:
        is_of(f"the calendar after {sign}", BusinessCalendar, other)
        if other.zone != self.zone:
            raise algebra.CalendarMismatchError(
                f"{self.id!r} is in {self.zone} and {other.id!r} in {other.zone}, and"
                f" no weekly hours are those of both; add up their elapsed(...) or"
                f" intervals(...), or write one of them for the zone of the other"
            )
        names = {one.on: one.name for one in (*other.exceptions, *self.exceptions)}
        known = [c.known_through for c in (self, other) if c.known_through is not None]
        return evolve(
            self,
            id=CalendarId(f"{self.id} {sign} {other.id}"),
            weekly=algebra.joined_weeks(rule, self._week, other._week),
            exceptions=tuple(
                algebra.joined_date(
                    rule, self._spans_on(day), other._spans_on(day), day, name
                )
                for day, name in names.items()
            ),
            known_through=min(known, default=None),
        )

    def _spans_on(self, day: date) -> Spans:
        return self._dates.get(day, self._week.get(day.weekday(), ()))

    def _table(self, at: int) -> Table:
        near = self._near
        return near if near.start <= at < near.end else self._ever

    @cached_property
    def _week(self) -> dict[int, Spans]:
        return algebra.week(self.weekly)

    @cached_property
    def _dates(self) -> dict[date, Spans]:
        return {one.on: spans(one.hours) for one in self.exceptions}

    @cached_property
    def _days(self) -> DayCount:
        return DayCount(self.zone, self._week, self._dates)

    @cached_property
    def _near(self) -> Table:
        return table_of(nearby(self.zone), NEAR[1], self._week, self._dates)

    @cached_property
    def _ever(self) -> Table:
        return table_of(ever(self.zone), LAST, self._week, self._dates)

    def _refuse(self, instant: datetime, needed: timedelta, left: int) -> NoReturn:
        if self.weekly:
            raise OutOfRangeError(instant)
        raise NoOpenTimeError(instant, needed, timedelta(microseconds=left))
