"""Deadline: when a promise falls due, and which time counted."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from attrs import field, frozen

from relationkit.calendars import BusinessCalendar, OutOfRangeError
from relationkit.records import is_of
from relationkit.sla._pauses import Pause, instant, merged, stretches
from relationkit.sla._running import Counting, Running, Spell, moment
from relationkit.targets import Coverage, Goal, NextBusinessDay

__all__ = [
    "AtRisk",
    "Deadline",
    "Measure",
    "deadline",
    "deadline_of",
    "in_zone",
    "measured",
]

NONE, MICROSECOND, DAY = timedelta(0), timedelta(microseconds=1), timedelta(days=1)
SECOND = timedelta(seconds=1)


@frozen(kw_only=True)
class AtRisk:
    """A point after which a promise is at risk.

    Attributes:
        after: How much of its time has counted by then.
        at: When that is; None while nobody knows.
        told: Which point, in words.
    """

    after: timedelta
    at: datetime | None
    told: str


@frozen(kw_only=True)
class Measure:
    """A goal on a clock: how much may count, and when that is reached; in UTC.

    Attributes:
        goal: What is promised.
        running: The clock.
        allowed: How much time may count.
        due: When it is reached, or the time of day that was promised; None
            while nobody knows.
        by: The time of day that was promised; None if none was.
    """

    goal: Goal
    running: Running
    allowed: timedelta
    due: datetime | None
    by: datetime | None = None

    @property
    def last(self) -> datetime | None:
        """The latest instant at which it is kept.

        That is the time of day that was promised, or the latest instant at which no
        more than allowed has counted.
        """
        if self.by is not None or self.due is None:
            return self.by
        return self.running.resumes(self.due)

    @property
    def points(self) -> list[tuple[timedelta, str]]:
        """After how much time it is at risk, the least first, and in words."""
        told = [(_part(self.allowed, p), f"{p} of the time") for p in self.goal.at_risk]
        told += [
            (max(self.allowed - left, NONE), f"{left} left")
            for left in self.goal.at_risk_before
        ]
        return sorted(told)

    def thresholds(self, zone: tzinfo) -> tuple[AtRisk, ...]:
        """The points at which it is at risk, the earliest first."""
        return tuple(
            AtRisk(after=after, at=_told(self.running.reached(after), zone), told=words)
            for after, words in self.points
        )


def _part(whole: timedelta, part: Decimal) -> timedelta:
    """So much of the *whole* that no microsecond less is *part* of it."""
    above, below = part.as_integer_ratio()
    return -((whole // MICROSECOND) * -above // below) * MICROSECOND


def _told(at: datetime | None, zone: tzinfo | None) -> datetime | None:
    if at is None:
        return None
    try:
        return at.astimezone(zone)
    except OverflowError:
        raise OutOfRangeError(at) from None


@frozen(kw_only=True)
class Deadline:
    """When a promise falls due; instants are told in the zone of *opened*.

    Attributes:
        goal: What is promised.
        opened: From when on the clock counts.
        due_at: The earliest instant by which all the time has counted; None
            while a pause before it is open.
        breaches_after: The latest instant at which it is still kept, which is
            when the clock next counts: later than *due_at* if that is at the
            close of business.  Of a time on the next business day it is that time,
            whatever the hours.  None while nobody knows.
        at_risk: The points at which it is at risk, the earliest first.
        remaining: What was left of the time when the open pause began; no time
            if *due_at* is known.
        note: What the answer rests on that is not known; empty if nothing.
    """

    goal: Goal
    opened: datetime
    due_at: datetime | None
    breaches_after: datetime | None
    at_risk: tuple[AtRisk, ...]
    remaining: timedelta
    note: str
    _measure: Measure = field(repr=False)

    @property
    def intervals(self) -> tuple[Spell, ...]:
        """All time until it falls due, by whether it counts, or why not.

        While a pause is open, all until it began, and the pause.
        """
        running, zone = self._measure.running, self.opened.tzinfo
        if self._measure.due is not None:
            return in_zone(running.spans(self._measure.due), zone)
        start, _ = running.pauses[-1]
        open_ = Spell(start=start, end=None, counting=Counting.PAUSED)
        return in_zone([*running.spans(start), open_], zone)

    def __str__(self) -> str:
        metric = self.goal.metric.replace("_", " ")
        if self.due_at is None:
            told = f"not known while paused, {self.remaining} left"
        else:
            told = f"due {moment(self.due_at)}"
        return f"{metric}: {told}" + (f" ({self.note})" if self.note else "")


def in_zone(spans: Iterable[Spell], zone: tzinfo | None) -> tuple[Spell, ...]:
    """The *spans* with their instants told in *zone*."""
    return tuple(
        Spell(
            start=span.start.astimezone(zone),
            end=_told(span.end, zone),
            counting=span.counting,
        )
        for span in spans
    )


def deadline(
    target: Goal,
    opened: datetime,
    calendar: BusinessCalendar | None,
    pauses: Iterable[Pause] = (),
) -> Deadline:
    """When *target* falls due for what was *opened*, on the hours of *calendar*.

    Pauses are taken out of the hours that count: one that begins after it fell
    due moves nothing, and how long a pause is outside of them does not matter.
    They may overlap, and stand in any order.  A clock that always runs counts
    physical time, and needs no calendar.

    >>> from relationkit.targets import Metric
    >>> goal = Goal(
    ...     metric=Metric.FIRST_RESPONSE,
    ...     within=timedelta(hours=4),
    ...     clock=Coverage.ALWAYS,
    ... )
    >>> opened = datetime(2026, 11, 2, 9, tzinfo=UTC)
    >>> asked, told = opened + timedelta(hours=1), opened + timedelta(hours=3)
    >>> print(deadline(goal, opened, None, [Pause(start=asked, end=told)]))
    first response: due 2026-11-02 15:00 UTC

    Raises:
        ValueError: If business hours are to count and no calendar is given, an
            instant is in no zone, or the due instant beyond all years; or if
            there are pauses of what is due on the next business day.
    """
    measure = measured(target, opened, calendar, stretches(pauses))
    return deadline_of(measure, opened)


def deadline_of(measure: Measure, opened: datetime) -> Deadline:
    """What *measure* comes to, in the zone of *opened*."""
    running, due, last = measure.running, measure.due, measure.last
    zone, remaining = opened.tzinfo or UTC, NONE
    if due is None:
        start, _ = running.pauses[-1]
        remaining = measure.allowed - running.consumed(start)
    return Deadline(
        goal=measure.goal,
        opened=opened,
        due_at=_told(due, zone),
        breaches_after=_told(last, zone),
        at_risk=measure.thresholds(zone),
        remaining=remaining,
        note=_note(running.calendar, due, last),
        measure=measure,
    )


def measured(
    goal: Goal,
    opened: datetime,
    calendar: BusinessCalendar | None,
    pauses: Iterable[tuple[datetime, datetime | None]],
) -> Measure:
    """The *goal* on a clock that counts from *opened* on."""
    is_of("target", Goal, goal)
    is_of("calendar", BusinessCalendar | None, calendar)
    start = instant("opened", opened)
    if goal.clock is Coverage.ALWAYS:
        calendar = None
    elif calendar is None:
        raise ValueError(
            f"{goal.metric.value} counts business_hours, and calendar is None; give"
            f" a BusinessCalendar, or let the clock of the goal run always"
        )
    running = Running(calendar=calendar, start=start, pauses=merged(pauses, start))
    within = goal.within
    if calendar is not None and isinstance(within, NextBusinessDay):
        return _by_a_day(goal, within, running, calendar)
    assert isinstance(within, timedelta), "only business hours know a next day"  # noqa: S101
    due = running.reached(within)
    return Measure(goal=goal, running=running, allowed=within, due=due)


def _by_a_day(
    goal: Goal, within: NextBusinessDay, running: Running, calendar: BusinessCalendar
) -> Measure:
    if running.pauses:
        raise ValueError(
            f"{goal.metric.value} is due {within}, and cannot be paused; leave the"
            f" pauses out, or promise a length of time"
        )
    try:
        close, by = _next_day(running.start, calendar, within)
    except OverflowError:
        raise OutOfRangeError(running.start) from None
    due = close if by is None else min(by, close)
    allowed = running.consumed(due)
    return Measure(goal=goal, running=running, allowed=allowed, due=due, by=by)


def _next_day(
    start: datetime, calendar: BusinessCalendar, promised: NextBusinessDay
) -> tuple[datetime, datetime | None]:
    """When the day closes on which what was asked at *start* is due, and by when."""
    zone = _zone(calendar)
    opens = calendar.next_open(_midnight(start.astimezone(zone).date() + DAY, zone))
    day = opens.astimezone(zone).date()
    *_, (_, close) = calendar.intervals(opens, _midnight(day + DAY, zone))
    by = None if promised.by is None else _shown(day, promised.by, zone)
    return close.astimezone(UTC), by


def _zone(calendar: BusinessCalendar) -> tzinfo:
    return UTC if calendar.zone == "UTC" else ZoneInfo(calendar.zone)


def _midnight(day: date, zone: tzinfo) -> datetime:
    """When *day* begins, in UTC."""
    return _shown(day, time(0), zone)


def _shown(day: date, at: time, zone: tzinfo) -> datetime:
    """The first instant, in UTC, at which clocks show *at* on *day*, or go past it."""
    wall = datetime.combine(day, at, zone)
    found = wall.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return found
    before = wall.replace(fold=1).astimezone(UTC)
    passed = bisect_left(
        range((found - before) // SECOND),
        wall.replace(tzinfo=None),
        key=lambda s: (before + s * SECOND).astimezone(zone).replace(tzinfo=None),
    )
    return before + passed * SECOND


def _note(
    calendar: BusinessCalendar | None, due: datetime | None, last: datetime | None
) -> str:
    known = None if calendar is None else calendar.known_through
    if calendar is None or known is None or due is None:
        return ""
    zone = _zone(calendar)
    is_due, is_kept = (
        at is not None and at.astimezone(zone).date() > known for at in (due, last)
    )
    told = f"hours after {known} are not known; an exception there may move"
    if is_due:
        return f"{told} this"
    return f"{told} until when it is kept" if is_kept else ""
