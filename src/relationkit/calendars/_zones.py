"""Zones: how far the clocks of a place are from UTC, and from when to when.

A zone of the standard library tells its offset at one instant, and not when that
changes; so it is asked every few days, and between two answers that differ the
change is sought by halves.  No zone of the IANA database kept an offset for less
than 3.9 days, or since 1970 for less than 6.9.  By 2100 what is decreed has come
to pass, and the last rule of each zone holds for good: it repeats every 400
years, as the days of the week do.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo, available_timezones

from relationkit import constraints
from relationkit.errors import nearest, shown

__all__ = [
    "EPOCH",
    "FIRST",
    "LAST",
    "NAMES",
    "NEAR",
    "Stretch",
    "ever",
    "nearby",
    "skipped",
    "zone_of",
]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
DAY = 86_400
CYCLE = 146_097 * DAY
"""Seconds of 400 years."""


def _year(year: int) -> int:
    return int((datetime(year, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())


NEAR = (_year(1990) * SECOND, _year(2050) * SECOND)
"""What is looked up first: the years of those who keep records now."""
FIRST = (_year(1) - 2 * DAY) * SECOND
END = _year(9999) + 367 * DAY
LAST = END * SECOND
NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
"""Zones of the machine, or of none, that stand among those of IANA."""
COPIES = ("posix/", "right/")
"""Where some systems keep all zones again, those of ``right/`` with leap seconds."""
NAMES = {
    "pattern": f"^(?!(posix|right)/|({'|'.join(sorted(NO_PLACES))}){constraints.END})"
    f"[A-Za-z0-9._+-]+(/[A-Za-z0-9._+-]+)*{constraints.END}",
}
"""What is asked of a document that names a zone."""

Stretch = tuple[int, int]
"""From when on, and how far local time is ahead of UTC, in microseconds."""


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA *name*.

    Raises:
        ValueError: If there is none.
    """
    with suppress(OSError, ValueError, LookupError):
        if name not in NO_PLACES and not name.startswith(COPIES):
            return ZoneInfo(name)
    raise ValueError(f"zone is {shown(name)}{_remedy(name)}")


PLACES: Mapping[str, str] = MappingProxyType(
    {
        "AEDT": "Australia/Sydney",
        "AEST": "Australia/Sydney",
        "AKST": "America/Anchorage",
        "BRT": "America/Sao_Paulo",
        "BST": "Europe/London",
        "CDT": "America/Chicago",
        "CEST": "Europe/Berlin",
        "CST": "America/Chicago",
        "EDT": "America/New_York",
        "EEST": "Europe/Helsinki",
        "HKT": "Asia/Hong_Kong",
        "JST": "Asia/Tokyo",
        "KST": "Asia/Seoul",
        "MDT": "America/Denver",
        "MSK": "Europe/Moscow",
        "NZDT": "Pacific/Auckland",
        "NZST": "Pacific/Auckland",
        "PDT": "America/Los_Angeles",
        "PST": "America/Los_Angeles",
        "SAST": "Africa/Johannesburg",
        "SGT": "Asia/Singapore",
        "WEST": "Europe/Lisbon",
    }
)
"""Where clocks show what is short for a time, among the best known places."""
SHORT = re.compile(r"[A-Z]{3,5}|(UTC|GMT) ?[+-][0-9:]{1,5}", re.ASCII)


def _remedy(name: str) -> str:
    """What to do about a *name* that is no zone, and may be short for a time."""
    if SHORT.fullmatch(name):
        place = PLACES.get(name)
        meant = f"such as {place!r}" if place else "as IANA does"
        told = ", short for a time and no zone; name a place whose clocks show it"
        return f"{told}, {meant}"
    for copy in COPIES:
        name = name.removeprefix(copy)
    hint = nearest(name, available_timezones() - NO_PLACES)
    return (
        f"{f' ({hint})' if hint else ''}; name an IANA time zone such as"
        f" 'Europe/London' (on systems without any, install tzdata)"
    )


@lru_cache(maxsize=1024)
def nearby(name: str) -> tuple[Stretch, ...]:
    """All stretches of one offset in the years that are looked up first."""
    start, end = (bound // SECOND for bound in NEAR)
    zone = zone_of(name)
    return _stretches([(start, _offset(zone, start)), *_changes(zone, start, end, 6)])


@lru_cache(maxsize=64)
def ever(name: str) -> tuple[Stretch, ...]:
    """All stretches of one offset, from the first year there is to the last."""
    rule = [*_changes(zone_of(name), _year(2100), _year(2100) + CYCLE, 6)]
    times = range(1 + (LAST // SECOND - _year(2100)) // CYCLE)
    ruled = [(at + time * CYCLE, offset) for time in times for at, offset in rule]
    return _stretches([*_decreed(name), *(one for one in ruled if one[0] < END)])


@lru_cache(maxsize=1024)
def skipped(name: str) -> tuple[date, ...]:
    """The dates that never were in a zone, as its clocks went past them."""
    found: list[date] = []
    for (_, before), (at, after) in pairwise(_decreed(name)):
        first, last = -((at + before) // -DAY), (at + after) // DAY
        found += (EPOCH.date() + timedelta(days=day) for day in range(first, last))
    return tuple(found)


@lru_cache(maxsize=1024)
def _decreed(name: str) -> tuple[Stretch, ...]:
    """All stretches until the last rule holds, in seconds."""
    zone = zone_of(name)
    return (
        (FIRST // SECOND, _offset(zone, _year(1800))),
        *_changes(zone, _year(1800), _year(1970), 3),
        *_changes(zone, _year(1970), _year(2100), 6),
    )


def _stretches(found: Iterable[Stretch]) -> tuple[Stretch, ...]:
    return tuple((at * SECOND, offset * SECOND) for at, offset in found)


def _changes(zone: ZoneInfo, start: int, end: int, days: int) -> Iterator[Stretch]:
    """The changes after *start* until *end*, none of which is undone in *days*."""
    ahead = _asked(zone)
    before, offset = start, ahead(start)
    for after in (*range(start + days * DAY, end, days * DAY), end):
        if (found := ahead(after)) != offset:
            yield _first(ahead, before, after, found), _seconds(found)
        before, offset = after, found


def _first(ahead: "Asked", before: int, after: int, offset: timedelta | None) -> int:
    """From which second on the clocks are at *offset*."""
    seconds = range(before, after)
    return before + bisect_left(seconds, 1, key=lambda at: ahead(at) == offset)


Asked = Callable[[int], timedelta | None]
"""What tells, of seconds since 1970, how far the clocks are ahead then."""


def _asked(zone: ZoneInfo) -> Asked:
    base = datetime(1970, 1, 1, tzinfo=zone)
    return lambda at: zone.fromutc(base + timedelta(0, at)).utcoffset()


def _offset(zone: ZoneInfo, at: int) -> int:
    return _seconds(_asked(zone)(at))


def _seconds(ahead: timedelta | None) -> int:
    return round((ahead or timedelta(0)).total_seconds())
