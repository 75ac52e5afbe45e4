"""Events: what happens to a request, and what its clock makes of it."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NoReturn

from attrs import define, field, frozen

from relationkit.errors import InvalidError, Problem, pointer
from relationkit.records import as_declared, in_utc
from relationkit.sla._pauses import Stretch, instant
from relationkit.targets import Goal, Metric

__all__ = ["Event", "History", "What", "history"]


class What(StrEnum):
    """What happens to a request."""

    START = "start"
    """The clock starts, or is said to have started before."""
    PAUSE = "pause"
    """The clock is held, and keeps what has counted."""
    RESUME = "resume"
    """It counts on."""
    STOP = "stop"
    """What was promised is done."""
    REOPEN = "reopen"
    """It was not done after all; a first response or resolution stays what it was."""
    RESET = "reset"
    """The next cycle begins, with the whole time again."""
    PRIORITY = "priority"
    """Another goal stands, from the start on; start and pauses are kept.

    What is done stays done by the goal that stood."""


ANEW = "next_response or periodic_update"


@frozen(kw_only=True, field_transformer=as_declared)
class Event:
    """Something that happens to a request.

    Events are equal if they are of the same instants, in whatever zones told.

    Attributes:
        what: What happens.
        at: When.
        since: Of a start, from when the clock counts if it is earlier than *at*,
            such as when the request came in; None if from *at*.
        until: Of a pause, when it is to end unless something else happens; None
            if nobody knows.
        target: Of a priority, the goal that stands; None for all others.

    Raises:
        ValueError: If an instant is in no zone, *since* is later than *at*,
            *until* earlier, or one of the three is given of another event.
    """

    what: What
    at: datetime = field(eq=in_utc)
    since: datetime | None = field(default=None, eq=in_utc)
    until: datetime | None = field(default=None, eq=in_utc)
    target: Goal | None = field(default=None)

    @at.validator
    def _is_in_a_zone(self, _: object, at: datetime) -> None:
        instant("at", at)

    @since.validator
    def _is_of_a_start(self, _: object, since: datetime | None) -> None:
        if since is None:
            return
        if self.what is not What.START:
            raise ValueError(f"since is {since}, of a {self.what.value}; leave it out")
        if instant("since", since) > instant("at", self.at):
            raise ValueError(
                f"since is {since}, later than at, {self.at}; a clock is started"
                f" when it starts, or later"
            )

    @until.validator
    def _is_of_a_pause(self, _: object, until: datetime | None) -> None:
        if until is None:
            return
        if self.what is not What.PAUSE:
            raise ValueError(f"until is {until}, of a {self.what.value}; leave it out")
        if instant("until", until) < instant("at", self.at):
            raise ValueError(
                f"until is {until}, before at, {self.at}; a pause ends after it starts"
            )

    @target.validator
    def _is_of_a_priority(self, _: object, target: Goal | None) -> None:
        if (target is not None) is not (self.what is What.PRIORITY):
            remedy = "leave it out" if target else "give the goal that stands"
            told = "given" if target else "missing"
            raise ValueError(f"target of a {self.what.value} is {told}; {remedy}")


@define
class History:
    """What the clock of a request has been through, in UTC.

    Attributes:
        goal: What is promised in the end.
        start: From when on the clock counts; None before it is started.
        pauses: When it was held.
        held: Since when it is held; None if it is not.
        until: When that is to end; None if nobody knows.
        stopped: When it was done; None if it is not.
        cycles: How often it has begun anew.
        is_over: Whether nothing that happens now changes anything.
        next_goal: What is promised once it is reopened; None if the same.
    """

    goal: Goal
    start: datetime | None = None
    pauses: list[Stretch] = field(factory=list)
    held: datetime | None = None
    until: datetime | None = None
    stopped: datetime | None = None
    cycles: int = 0
    is_over: bool = False
    next_goal: Goal | None = None

    @property
    def stretches(self) -> list[Stretch]:
        """All pauses, with the one that is not over."""
        open_ = [] if self.held is None else [(self.held, self.until)]
        return [*self.pauses, *open_]

    def take(self, event: Event, at: datetime) -> str:
        """Let *event* happen; why it cannot, empty if it can."""
        if event.what is What.START:
            return self._start(event, at)
        if self.start is None:
            return "nothing has started"
        if self.is_over:
            return ""
        return self._take(event, at)

    def _take(self, event: Event, at: datetime) -> str:
        match event.what:
            case What.PAUSE:
                return self._pause(event, at)
            case What.RESUME:
                return self._resume(at)
            case What.STOP:
                return self._stop(at)
            case What.REOPEN:
                return self._reopen(at)
            case What.RESET:
                return self._reset(at)
            case _:
                return self._priority(event)

    def _start(self, event: Event, at: datetime) -> str:
        if self.start is not None and event.since is None:
            return "it has started"
        since = at if event.since is None else instant("since", event.since)
        self.start = since
        return ""

    def _pause(self, event: Event, at: datetime) -> str:
        if self.stopped is not None:
            return "it is stopped"
        if self.held is not None and not self._is_over(at):
            return "it is paused"
        self._let_go(at)
        self.held = at
        self.until = None if event.until is None else instant("until", event.until)
        return ""

    def _is_over(self, at: datetime) -> bool:
        return self.until is not None and self.until <= at

    def _let_go(self, at: datetime) -> None:
        if self.held is not None:
            end = at if self.until is None else min(at, self.until)
            self.pauses.append((self.held, end))
            self.held = self.until = None

    def _resume(self, at: datetime) -> str:
        if self.held is None:
            return "it is not paused"
        self._let_go(at)
        return ""

    def _stop(self, at: datetime) -> str:
        if self.stopped is not None:
            return "it is stopped"
        self._let_go(at)
        self.stopped = at
        return ""

    def _reopen(self, at: datetime) -> str:
        if self.stopped is None:
            return "it is not stopped"
        if self.goal.metric.begins_anew:
            self._begin(at)
        elif self.goal.metric is Metric.TOTAL_RESOLUTION:
            self.pauses.append((self.stopped, at))
            self.stopped = None
            self._renew()
        else:
            self.is_over = True
        return ""

    def _renew(self) -> None:
        self.goal, self.next_goal = self.next_goal or self.goal, None

    def _reset(self, at: datetime) -> str:
        if not self.goal.metric.begins_anew:
            return f"{self.goal.metric.value} does not begin anew"
        self._begin(at)
        return ""

    def _begin(self, at: datetime) -> None:
        self.start, self.pauses, self.held = at, [], None
        self.until = self.stopped = None
        self.cycles += 1
        self._renew()

    def _priority(self, event: Event) -> str:
        if event.target is None or event.target.metric is not self.goal.metric:
            return f"its target is not of {self.goal.metric.value}"
        if self.stopped is None:
            self.goal = event.target
        else:
            self.next_goal = event.target
        return ""


REMEDIES = {
    "nothing has started": "let a start come first",
    "it has started": "keep one start, or say since when it counts",
    "it is stopped": "let a reopen come first",
    "it is paused": "let a resume come first",
    "it is not paused": "remove it, or let a pause come first",
    "it is not stopped": "remove it, or let a stop come first",
}


def history(goal: Goal, events: Iterable[Event], now: datetime) -> History:
    """What the clock of *goal* has been through by *now*; later events are not known.

    Raises:
        InvalidError: If an event is earlier than the one before, or cannot
            happen; its pointer says which.
    """
    found = History(goal)
    for place, (at, event) in enumerate(_in_order(events)):
        if at <= now and (why := found.take(event, at)):
            told = f"{event.what.value} at {event.at} cannot be: {why}"
            _refuse(place, "value", told, REMEDIES.get(why, _meant(event)))
    return found


def _in_order(events: Iterable[Event]) -> list[tuple[datetime, Event]]:
    """The *events* with their instants, which must not go back."""
    found: list[tuple[datetime, Event]] = []
    for place, event in enumerate(events):
        if not isinstance(event, Event):
            _refuse(place, "type", f"expected an Event, got {type(event).__name__}", "")
        at = instant("at", event.at)
        if found and at < found[-1][0]:
            told = f"{event.what.value} at {event.at} is before the event ahead of it"
            hint = "put events in the order in which they happened, the first first"
            _refuse(place, "order", told, hint)
        found.append((at, event))
    return found


def _meant(event: Event) -> str:
    if event.what is What.RESET:
        return f"use pause and resume, or a goal of {ANEW}"
    return "give a goal of the same metric"


def _refuse(place: int, code: str, told: str, hint: str) -> NoReturn:
    raise InvalidError([Problem(pointer("events", place), code, told, hint)])
