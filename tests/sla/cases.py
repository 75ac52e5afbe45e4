"""Offices in awkward zones, and requests near the nights on which clocks change."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from relationkit.calendars import (
    BusinessCalendar,
    DateException,
    Hours,
    Interval,
    Weekday,
)
from relationkit.records import CalendarId
from relationkit.sla import Pause
from relationkit.targets import Coverage, Goal, Metric
from tests.sla.minutes import MINUTE, Held, Minutes, Office

CHANGES = {
    "Africa/Cairo": "2026-04-23T22:00",  # at midnight
    "Africa/Casablanca": "2026-02-15T02:00",  # for Ramadan
    "America/Havana": "2026-03-08T05:00",  # at midnight
    "America/New_York": "2026-11-01T06:00",
    "Antarctica/Troll": "2026-03-29T01:00",  # by two hours
    "Asia/Beirut": "2026-03-28T22:00",  # at midnight
    "Australia/Lord_Howe": "2026-04-04T15:00",  # by half an hour
    "Europe/Dublin": "2026-10-25T01:00",  # summer is its standard time
    "Pacific/Apia": "2011-12-30T10:00",  # a date that never was
    "Pacific/Chatham": "2026-04-04T14:00",  # 12:45 ahead
}
DAYS: Sequence[Minutes] = (
    (),
    ((540, 1020),),
    ((0, 1440),),
    ((0, 360), (1320, 1440)),
    ((0, 150), (180, 300)),
    ((60, 150), (780, 1005)),
)
"""Closed, nine to five, always, by night, split at a gap, and split oddly."""


class Case(NamedTuple):
    """A request in an office, as the library and as the oracle see it."""

    office: Office
    calendar: BusinessCalendar
    opened: datetime
    minutes: int
    pauses: tuple[Pause, ...]

    @property
    def held(self) -> list[Held]:
        """The pauses, as the oracle has them."""
        return [Held(pause.start, pause.end) for pause in self.pauses]

    @property
    def goal(self) -> Goal:
        """A promise of so many minutes."""
        return goal(self.minutes)


def goal(minutes: int, clock: Coverage = Coverage.BUSINESS_HOURS) -> Goal:
    """A promise of so many *minutes*."""
    within = timedelta(minutes=minutes)
    return Goal(metric=Metric.TOTAL_RESOLUTION, within=within, clock=clock)


def calendar(office: Office) -> BusinessCalendar:
    """The hours of *office*."""
    return BusinessCalendar(
        id=CalendarId("office"),
        zone=office.zone,
        weekly=tuple(
            Hours(weekday=tuple(Weekday)[day], intervals=_intervals(hours))
            for day, hours in office.weekly.items()
            if hours
        ),
        exceptions=tuple(
            DateException(on=day, hours=_intervals(hours))
            for day, hours in office.dates.items()
        ),
    )


def _intervals(hours: Minutes) -> tuple[Interval, ...]:
    return tuple(Interval(start=_time(a), end=_time(b)) for a, b in hours)


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def cases(draw: st.DrawFn, *, pauses: int = 3, open_ended: bool = False) -> Case:
    """Requests within two days of a change of clocks, on a whole minute."""
    zone = draw(st.sampled_from([*CHANGES]))
    change = datetime.fromisoformat(CHANGES[zone]).replace(tzinfo=UTC)
    near = st.integers(-2, 2).map(lambda hours: 60 * hours) | st.integers(-1500, 1500)
    instants = near.map(lambda minutes: change + minutes * MINUTE)
    days = draw(st.lists(st.sampled_from(DAYS), min_size=7, max_size=7))
    weekly = dict(enumerate([DAYS[1], *days[1:]]))
    day = change.astimezone(ZoneInfo(zone)).date()
    dates = draw(
        st.dictionaries(
            st.sampled_from([day, day - timedelta(1)]), st.sampled_from(DAYS)
        )
    )
    office = Office(zone, weekly, dates)
    held = draw(st.lists(st.builds(_pause, instants, near.map(abs)), max_size=pauses))
    if open_ended:
        held.append(Pause(start=draw(instants)))
    return Case(
        office,
        calendar(office),
        draw(instants),
        draw(st.sampled_from([1, 30, 60, 480, 481]) | st.integers(1, 900)),
        tuple(held),
    )


def _pause(start: datetime, minutes: int) -> Pause:
    return Pause(start=start, end=start + minutes * MINUTE)
