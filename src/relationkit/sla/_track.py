"""Track: how a promise stands at an instant, after what happened to it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from attrs import field, frozen

from relationkit.calendars import BusinessCalendar
from relationkit.errors import InvalidError, Problem, pointer
from relationkit.records import is_of, several
from relationkit.sla._deadline import (
    AtRisk,
    Deadline,
    Measure,
    deadline_of,
    in_zone,
    measured,
)
from relationkit.sla._events import Event, History, history
from relationkit.sla._pauses import instant
from relationkit.sla._running import Spell
from relationkit.targets import Goal, NextBusinessDay

__all__ = ["State", "Track", "track"]

NONE = timedelta(0)


class State(StrEnum):
    """How a promise stands."""

    RUNNING = "running"
    """The clock runs, and there is time."""
    PAUSED = "paused"
    """It is held, and when it falls due is known."""
    UNDETERMINED = "undetermined"
    """It is held, and nobody knows until when, nor when it falls due."""
    AT_RISK = "at_risk"
    """The clock runs, and a point is passed after which it is at risk."""
    MET = "met"
    """It was kept."""
    BREACHED = "breached"
    """It was not kept, or is not any more."""


@frozen(kw_only=True)
class Track:
    """How a promise stands; instants are told in the zone in which it started.

    Attributes:
        state: How it stands.
        now: When that is.
        deadline: When it falls due, as far as is known then.
        consumed: How much time has counted by then, or when it was done.
        remaining: How much is left; less than none once more has counted.
        stopped_at: When it was done; None if it is not.
        cycles: How often it has begun anew.
        strict: Whether it must be done by *due_at*, and not only before the clock
            counts on.
    """

    state: State
    now: datetime
    deadline: Deadline
    consumed: timedelta
    remaining: timedelta
    stopped_at: datetime | None
    cycles: int
    strict: bool
    _measure: Measure = field(repr=False)

    @property
    def goal(self) -> Goal:
        """What is promised, after all changes of priority."""
        return self.deadline.goal

    @property
    def started_at(self) -> datetime:
        """From when on the clock of this cycle counts."""
        return self.deadline.opened

    @property
    def due_at(self) -> datetime | None:
        """The earliest instant by which all the time has counted; None if not known."""
        return self.deadline.due_at

    @property
    def breaches_after(self) -> datetime | None:
        """The latest instant at which it is still kept; None if not known."""
        return self.deadline.breaches_after

    @property
    def thresholds(self) -> tuple[AtRisk, ...]:
        """The points at which it is at risk, the earliest first."""
        return self.deadline.at_risk

    @property
    def intervals(self) -> tuple[Spell, ...]:
        """All time until now, or until it was done, by whether it counts."""
        end = instant("now", self.stopped_at or self.now)
        return in_zone(self._measure.running.spans(end), self.started_at.tzinfo)

    def __str__(self) -> str:
        told = f"{self.state.value.replace('_', ' ')}, {self.consumed} consumed"
        return f"{self.deadline}; {told}"


def track(
    target: Goal,
    events: Iterable[Event],
    calendar: BusinessCalendar | None,
    now: datetime,
    *,
    strict: bool = False,
) -> Track:
    """How *target* stands at *now*, after the *events* that happened by then.

    Events stand in the order in which they happened.  Others are refused, and not
    put in order: of two at one instant, only who noted them knows which came first.
    What happens later is not known yet.  The time of a boundary belongs to what
    is kept: done when all the time has counted, and not more, is met.  At the
    close of business that lasts until the next hours begin; a *strict* promise
    is kept up to its due instant alone, and one of a time on the next business day
    up to that time.  The next business day does not move: pauses are taken as they
    come, and change nothing of it.

    >>> from datetime import UTC
    >>> from relationkit.sla import What
    >>> from relationkit.targets import Coverage, Metric
    >>> goal = Goal(
    ...     metric=Metric.FIRST_RESOLUTION,
    ...     within=timedelta(hours=4),
    ...     clock=Coverage.ALWAYS,
    ... )
    >>> nine = datetime(2026, 11, 2, 9, tzinfo=UTC)
    >>> ten = nine + timedelta(hours=1)
    >>> events = [Event(what=What.START, at=nine), Event(what=What.PAUSE, at=ten)]
    >>> told = track(goal, events, None, ten + timedelta(days=3))
    >>> told.state.value, str(told.remaining)
    ('undetermined', '3:00:00')

    Raises:
        InvalidError: If an event is out of order, or cannot happen.
        TypeError: If *target* is no goal, *events* is one alone, or *strict* is
            neither True nor False.
        ValueError: As of :func:`deadline`; or if nothing has started by *now*.
    """
    at = instant("now", now)
    is_of("target", Goal, target)
    is_of("strict", bool, strict)
    happened = several("events", events)
    found = history(target, happened, at)
    if found.start is None:
        told = f"nothing has started by {now}"
        hint = "let a start come first, or ask about a later instant"
        raise InvalidError([Problem(pointer("events"), "missing", told, hint)])
    opened = found.start.astimezone(happened[0].at.tzinfo)
    held = [] if isinstance(found.goal.within, NextBusinessDay) else found.stretches
    measure = measured(found.goal, opened, calendar, held)
    due = deadline_of(measure, opened)
    return _tracked(measure, found, now, due, strict=strict)


def _tracked(
    measure: Measure, found: History, now: datetime, due: Deadline, *, strict: bool
) -> Track:
    end = found.stopped or instant("now", now)
    consumed = measure.running.consumed(end)
    zone = due.opened.tzinfo
    return Track(
        state=_state(measure, found.stopped, end, consumed, strict=strict),
        now=now,
        deadline=due,
        consumed=consumed,
        remaining=measure.allowed - consumed,
        stopped_at=found.stopped and found.stopped.astimezone(zone),
        cycles=found.cycles,
        strict=strict,
        measure=measure,
    )


def _state(
    measure: Measure,
    stopped: datetime | None,
    end: datetime,
    consumed: timedelta,
    *,
    strict: bool,
) -> State:
    if _is_late(measure, end, consumed, strict=strict):
        return State.BREACHED
    if stopped is not None:
        return State.MET
    if measure.running.pause_at(end):
        return State.UNDETERMINED if measure.due is None else State.PAUSED
    is_at_risk = any(after <= consumed for after, _ in measure.points)
    return State.AT_RISK if is_at_risk else State.RUNNING


def _is_late(
    measure: Measure, end: datetime, consumed: timedelta, *, strict: bool
) -> bool:
    last = measure.due if strict else measure.by
    if strict or last is not None:
        return last is not None and end > last
    return consumed > measure.allowed
