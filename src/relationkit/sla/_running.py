"""Running: the time that counts, which is the open hours less the pauses."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from attrs import frozen

from relationkit.calendars import BusinessCalendar, NoOpenTimeError, OutOfRangeError
from relationkit.sla._pauses import Stretch

__all__ = ["Counting", "Running", "Spell", "minute", "moment"]

NONE = timedelta(0)


def minute(at: datetime) -> str:
    """An instant to the minute, or as finely as it is told.

    Its year is in four digits, which ``%Y`` need not have.
    """
    spec = "auto" if at.second or at.microsecond else "minutes"
    return at.replace(tzinfo=None).isoformat(" ", spec)


def moment(at: datetime) -> str:
    """An instant, with the name of its zone."""
    return f"{minute(at)} {at:%Z}"


class Counting(StrEnum):
    """Whether a stretch of time counts, or why not."""

    COUNTED = "counted"
    PAUSED = "paused"
    """The clock was held, in business hours or out of them."""
    CLOSED = "closed"
    """Nobody works then."""


@frozen(kw_only=True)
class Spell:
    """A stretch of time that counts as a whole, or does not.

    Attributes:
        start: From which instant on.
        end: Up to which instant; None if nobody knows.
        counting: Whether it counts, or why not.
    """

    start: datetime
    end: datetime | None
    counting: Counting

    def __str__(self) -> str:
        end = "open" if self.end is None else minute(self.end)
        return f"{minute(self.start)} to {end}: {self.counting.value}"


@frozen(kw_only=True)
class Running:
    """A clock that counts from *start* on, all instants in UTC.

    Attributes:
        calendar: Whose hours count; None if all time does.
        start: From when on.
        pauses: What does not count, in order and apart.
    """

    calendar: BusinessCalendar | None
    start: datetime
    pauses: tuple[Stretch, ...] = ()

    def consumed(self, until: datetime) -> timedelta:
        """How much has counted by *until*."""
        return sum(map(self._length, *self._counting(until)), NONE)

    def _counting(self, until: datetime) -> tuple[list[datetime], list[datetime]]:
        """From when to when it was not paused."""
        starts, ends = [self.start], []
        for start, end in self.pauses:
            if start >= until:
                break
            ends.append(start)
            starts.append(until if end is None else min(end, until))
        return starts, [*ends, max(until, self.start)]

    def _length(self, start: datetime, end: datetime) -> timedelta:
        return (
            end - start if self.calendar is None else self.calendar.elapsed(start, end)
        )

    def _added(self, at: datetime, time: timedelta) -> datetime:
        if self.calendar is not None:
            return self.calendar.add(at, time).astimezone(UTC)
        try:
            return at + time
        except OverflowError:
            raise ValueError(
                f"{time} after {at} is beyond the years that a time can say; promise"
                f" less"
            ) from None

    def reached(self, amount: timedelta) -> datetime | None:
        """The earliest instant by which *amount* has counted; None if not known."""
        at, left = self.start, amount
        for start, end in self.pauses:
            counted = self._length(at, start)
            if left <= counted:
                break
            if end is None:
                return None
            at, left = end, left - counted
        return self._added(at, left) if left else at

    def resumes(self, at: datetime) -> datetime | None:
        """The earliest instant from *at* on at which it counts.

        None if nobody knows, or it never does.
        """
        found = self._open_from(at)
        for start, end in self.pauses:
            if found is not None and start <= found and (end is None or found < end):
                found = None if end is None else self._open_from(end)
        return found

    def _open_from(self, at: datetime) -> datetime | None:
        if self.calendar is None:
            return at
        try:
            return self.calendar.next_open(at).astimezone(UTC)
        except (NoOpenTimeError, OutOfRangeError):
            return None

    def pause_at(self, at: datetime) -> Stretch | None:
        """The pause in which *at* lies."""
        for start, end in self.pauses:
            if start <= at and (end is None or at < end):
                return (start, end)
        return None

    def spans(self, until: datetime) -> list[Spell]:
        """All time from the start until *until*, by whether it counts."""
        found: list[Spell] = []
        for start, end, counting in self._pieces(until):
            if found and found[-1].counting is counting:
                start = found.pop().start  # noqa: PLW2901, the two are one
            found.append(Spell(start=start, end=end, counting=counting))
        return found

    def _pieces(self, until: datetime) -> Iterator[tuple[datetime, datetime, Counting]]:
        opened = _changes(self._hours(until), until)
        paused = _changes(self.pauses, until)
        cuts = sorted({self.start, until, *opened, *paused})
        is_open = is_paused = 0
        for start, end in pairwise(cuts):
            is_open += opened.get(start, 0)
            is_paused += paused.get(start, 0)
            yield start, end, _counting(is_open, is_paused)

    def _hours(self, until: datetime) -> Iterable[Stretch]:
        if self.calendar is None:
            return [(self.start, until)]
        return [
            (start.astimezone(UTC), end.astimezone(UTC))
            for start, end in self.calendar.intervals(self.start, until)
        ]


def _changes(stretches: Iterable[Stretch], until: datetime) -> dict[datetime, int]:
    """By how much more or less is begun at each instant before *until*."""
    changes: dict[datetime, int] = {}
    for start, end in stretches:
        if start < until:
            last = until if end is None else min(end, until)
            changes[start] = changes.get(start, 0) + 1
            changes[last] = changes.get(last, 0) - 1
    return changes


def _counting(is_open: int, is_paused: int) -> Counting:
    if is_paused:
        return Counting.PAUSED
    return Counting.COUNTED if is_open else Counting.CLOSED
