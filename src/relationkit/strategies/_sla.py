"""Strategies for what happens to requests, and for pauses of their clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle

from hypothesis import strategies as st

from relationkit.sla import Event, Pause, What
from relationkit.strategies._draws import made

__all__ = ["events", "pauses", "tickets"]

# A Friday before a change of clocks in New York, at nine there.
_FIRST = datetime(2026, 10, 30, 13, tzinfo=UTC)
_INSTANTS = tuple(
    _FIRST + timedelta(hours=hours, minutes=minutes)
    for hours in (0, 3, 7, 8, 23, 24, 64, 72, 96, 240)
    for minutes in (0, 30)
)
_LENGTHS = (None, *map(timedelta, (0, 0, 0, 3, 1), (0, 1, 1800, 0, 7200)))
_PLAIN = (What.PAUSE, What.RESUME, What.STOP, What.REOPEN, What.RESET, What.START)
_NEXT = {
    What.START: (What.PAUSE, What.STOP),
    What.PAUSE: (What.RESUME, What.STOP),
    What.RESUME: (What.PAUSE, What.STOP),
    What.STOP: (What.REOPEN,),
    What.REOPEN: (What.PAUSE, What.STOP),
}


def pauses(
    *, instants: st.SearchStrategy[datetime] | None = None
) -> st.SearchStrategy[Pause]:
    """Pauses, of any length or of none, some without an end; *instants* are aware."""
    return made(_pause, {"start": instants}, start=_INSTANTS, length=_LENGTHS)


def _pause(*, start: datetime, length: timedelta | None) -> Pause:
    return Pause(start=start, end=None if length is None else start + length)


def events(
    *, instants: st.SearchStrategy[datetime] | None = None
) -> st.SearchStrategy[Event]:
    """Things that happen to a request, each by itself; *instants* are aware."""
    return made(_event, {"at": instants}, what=_PLAIN, at=_INSTANTS, length=_LENGTHS)


def _event(*, what: What, at: datetime, length: timedelta | None) -> Event:
    if length is None or what not in {What.PAUSE, What.START}:
        return Event(what=what, at=at)
    if what is What.START:
        return Event(what=what, at=at, since=at - length)
    return Event(what=what, at=at, until=at + length)


def tickets() -> st.SearchStrategy[tuple[Event, ...]]:
    """What happens to one request, in order, and as it can happen."""
    return made(
        _ticket,
        {},
        first=_INSTANTS,
        choices=(
            (),
            (0,),
            (0, 0),
            (0, 0, 1),
            (1,),
            (1, 0, 0),
            (0, 1, 0, 1),
            (0, 0) * 4,
        ),
        minutes=((0,), (1, 90), (30,), (600, 15), (4000,)),
    )


def _ticket(
    *, first: datetime, choices: Sequence[int], minutes: Sequence[int]
) -> tuple[Event, ...]:
    at, what = first, What.START
    found = [Event(what=what, at=at)]
    for choice, wait in zip(choices, cycle(minutes), strict=False):
        options = _NEXT[what]
        at, what = at + timedelta(minutes=wait), options[choice % len(options)]
        found.append(Event(what=what, at=at))
    return tuple(found)
