"""Strategies for calendars: places whose clocks are changed in every way there is."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st

from relationkit.calendars import (
    BusinessCalendar,
    DateException,
    Hours,
    Interval,
    Weekday,
)
from relationkit.calendars._zones import nearby, zone_of
from relationkit.records import CalendarId
from relationkit.strategies._draws import apart, made, texts
from relationkit.strategies._periods import days

__all__ = [
    "business_calendars",
    "calendar_ids",
    "date_exceptions",
    "instants",
    "intervals",
    "weekly_hours",
]

# At midnight, by half an hour, by two, to winter time, once a fast, over a day.
ZONES = (
    "UTC",
    "America/New_York",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Europe/Dublin",
    "Africa/Casablanca",
    "America/Havana",
    "Asia/Beirut",
    "Africa/Cairo",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Asia/Kathmandu",
)
# Office hours, none, all, split, past midnight, about the hours that clocks skip.
_HOURS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("09:00", "17:00"),),
    (),
    (("00:00", "24:00"),),
    (("08:30", "12:00"), ("13:00", "17:30")),
    (("00:00", "06:00"), ("22:00", "24:00")),
    (("22:00", "24:00"),),
    (("00:00", "06:00"),),
    (("00:00", "08:00"),),
    (("01:00", "02:30"),),
    (("02:00", "02:30"), ("02:30", "03:00")),
    (("00:00", "00:01"), ("23:59", "24:00")),
)
_NEVER: tuple[tuple[str, str], ...] = ()
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# In minutes from a change of clocks: at it, within two hours, near, the next days.
_AWAY = (0, -1, 1, -30, 30, -59, 60, -61, 119, -120, 1440, -1440, 540, -960, 3000)
_MICROSECONDS = (0, 0, 1, -1, 29_000_001)


def calendar_ids() -> st.SearchStrategy[CalendarId]:
    """Under which calendars are on record."""
    return texts(CalendarId, CalendarId("office"), CalendarId("desk"))


def date_exceptions(
    *, dates: st.SearchStrategy[date] | None = None
) -> st.SearchStrategy[DateException]:
    """Holidays, half-days and special hours; shrinks to a day that is closed."""
    return made(
        _exception,
        {"on": days() if dates is None else dates},
        hours=(_NEVER, *_HOURS),
        name=("", "Fête"),
    )


def _exception(
    *, on: date, hours: tuple[tuple[str, str], ...], name: str
) -> DateException:
    return DateException(on=on, hours=_intervals(hours), name=name)


def intervals() -> st.SearchStrategy[Interval]:
    """Intervals of a day; shrinks to office hours."""
    kept = [some for hours in _HOURS for some in hours]
    return made(_interval, {}, times=kept)


def _interval(*, times: tuple[str, str]) -> Interval:
    return Interval(start=times[0], end=times[1])


def weekly_hours(
    *, weekdays: st.SearchStrategy[Weekday] | None = None
) -> st.SearchStrategy[Hours]:
    """The hours of one weekday; shrinks to office hours."""
    some = tuple(hours for hours in _HOURS if hours)
    return made(_hours, {"weekday": weekdays}, weekday=tuple(Weekday), hours=some)


def _hours(*, weekday: Weekday, hours: tuple[tuple[str, str], ...]) -> Hours:
    return Hours(weekday=weekday, intervals=_intervals(hours))


def business_calendars(
    *,
    zones: st.SearchStrategy[str] | None = None,
    ids: st.SearchStrategy[CalendarId] | None = None,
) -> st.SearchStrategy[BusinessCalendar]:
    """Calendars of awkward places; shrinks to office hours in UTC, all week.

    Exceptions fall on days on which clocks are changed, and on their neighbours.
    """
    return made(
        _calendar,
        {"zone": zones, "id": calendar_ids() if ids is None else ids},
        zone=ZONES,
        known_through=(None, date(2030, 12, 31)),
        places=tuple((one, two) for one in range(16) for two in range(16)),
        first=(None, *(_HOURS[1:]), _HOURS[0]),
        second=(None, *(_HOURS[1:]), _HOURS[0]),
        **{day.value: _HOURS for day in Weekday},
    )


def _calendar(  # noqa: PLR0913, what is drawn
    *,
    id: CalendarId,  # noqa: A002, the name of the field
    zone: str,
    known_through: date | None,
    places: tuple[int, int],
    first: tuple[tuple[str, str], ...] | None,
    second: tuple[tuple[str, str], ...] | None,
    **hours: tuple[tuple[str, str], ...],
) -> BusinessCalendar:
    near = _days(zone)
    exceptions = [
        DateException(on=near[-1 - place * 5 % len(near)], hours=_intervals(some))
        for place, some in zip(places, (first, second), strict=True)
        if some is not None
    ]
    return BusinessCalendar(
        id=id,
        zone=zone,
        weekly=_weekly(hours),
        exceptions=apart(exceptions, lambda one: one.on),
        known_through=known_through,
    )


def _weekly(hours: Mapping[str, tuple[tuple[str, str], ...]]) -> tuple[Hours, ...]:
    """At least one day opens, lest a calendar never does."""
    some = hours if any(hours.values()) else {"monday": _HOURS[0]}
    return tuple(
        Hours(weekday=Weekday(day), intervals=_intervals(found))
        for day, found in some.items()
        if found
    )


def _intervals(hours: tuple[tuple[str, str], ...]) -> tuple[Interval, ...]:
    return tuple(Interval(start=start, end=end) for start, end in hours)


def instants(
    *, zones: st.SearchStrategy[str] | None = None, exact: bool = True
) -> st.SearchStrategy[datetime]:
    """Aware instants about the changes of clocks in *zones*, of 1990 to 2050.

    They are told in UTC, in the zone itself or in another.  Some are on the
    minute, or all if not *exact*.
    """
    return made(
        _instant,
        {"zone": zones},
        zone=ZONES,
        change=tuple(range(256)),
        away=_AWAY,
        micro=_MICROSECONDS if exact else (0,),
        told=("UTC", "", "Asia/Kathmandu"),
    )


def _instant(*, zone: str, change: int, away: int, micro: int, told: str) -> datetime:
    changes = _changes(zone)
    at = changes[-1 - change % len(changes)] + timedelta(0, 0, micro, 0, away)
    return at.astimezone(UTC if told == "UTC" else zone_of(told or zone))


@cache
def _changes(zone: str) -> tuple[datetime, ...]:
    """When the clocks of a zone change; as if once, where they never do."""
    found = [
        _EPOCH + timedelta(microseconds=at)
        for (_, before), (at, after) in pairwise(nearby(zone))
        if before != after
    ]
    return tuple(found) or (datetime(2025, 3, 9, 7, tzinfo=UTC),)


@cache
def _days(zone: str) -> tuple[date, ...]:
    """The dates about those changes."""
    dates = [at.astimezone(zone_of(zone)).date() for at in _changes(zone)]
    return tuple(day + _DAY * more for day in dates for more in (-1, 0, 1))
