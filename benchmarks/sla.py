"""Business time: open time between instants, and when so much of it has passed.

Office hours in New York with the federal holidays of sixteen years, as calendars
here and as schedules of workclock, whose core is Rust, and businesstimedelta.
All are asked the same in turns, in one process.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from _turns import alike, at_least, at_most, medians, noted, over

from relationkit.calendars import (
    BusinessCalendar,
    DateException,
    shifts,
    weekdays,
)
from relationkit.records import CalendarId

try:
    import businesstimedelta
    import pytz
    import workclock
except ImportError as missing:
    print(f"skipped: {missing}; the group bench has the peers that it needs")
    sys.exit(0)

PLACE = "America/New_York"
ZONE = ZoneInfo(PLACE)
OPENED = datetime(2025, 3, 5, 10, 17, tzinfo=ZONE)
HOURS8, HOURS400 = timedelta(hours=8), timedelta(hours=400)
BARS = {"elapsed 2 days": 0.75, "add 8 h": 0.6, "add 400 h": 0.35, "elapsed 2 y": 0.03}
TIMES = 200


def main() -> int:
    """Print every ratio beside its bar; 1 if one is beyond it."""
    within = [beside_workclock(), growth(), construction(), beside_businesstimedelta()]
    return 0 if all(within) else 1


def beside_workclock() -> bool:
    """Each operation, and that the answers are the same."""
    ours, theirs = calendar(), schedule()
    ways: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {}
    for name, span in (("2 days", 2), ("2 y", 730)):
        end = OPENED + timedelta(days=span)
        ways[f"elapsed {name}"] = (
            partial(ours.elapsed, OPENED, end),
            partial(theirs.between, OPENED, end),
        )
    for name, length in (("8 h", HOURS8), ("400 h", HOURS400)):
        ways[f"add {name}"] = (
            partial(ours.add, OPENED, length),
            partial(theirs.add, OPENED, length),
        )
    found = [_beside(name, *ways[name], bar) for name, bar in BARS.items()]
    return all(found)


def _beside(
    name: str, ours: Callable[[], object], theirs: Callable[[], object], bar: float
) -> bool:
    alike(name, ours(), theirs())
    spent = medians({"ours": _often(ours), "theirs": _often(theirs)}, rounds=25)
    noted(f"{name}, ours, in microseconds", spent["ours"] / TIMES * 1e6)
    return at_most(f"{name} / workclock", spent["ours"] / spent["theirs"], bar)


def growth() -> bool:
    """What ten years take beside a day."""
    ours = calendar()
    ends = {days: OPENED + timedelta(days=days) for days in (1, 3650)}
    work = {
        str(days): _often(partial(ours.elapsed, OPENED, end))
        for days, end in ends.items()
    }
    spent = medians(work, rounds=25)
    return at_most("elapsed 10 years / 1 day", spent["3650"] / spent["1"], 1.5)


def construction() -> bool:
    """Making a calendar and asking it once; the zone is known already."""

    def asked(made: Callable[[], Callable[[], object]]) -> Callable[[], None]:
        return over(range(20), lambda _: made()())

    end = OPENED + timedelta(days=2)
    spent = medians(
        {
            "made": asked(lambda: calendar),
            "ours": asked(lambda: lambda: calendar().elapsed(OPENED, end)),
            "theirs": asked(lambda: lambda: schedule().between(OPENED, end)),
        },
        rounds=15,
    )
    noted("a calendar made, beside a schedule", spent["made"] / spent["theirs"])
    name = "a calendar made and asked / the same of workclock"
    return at_most(name, spent["ours"] / spent["theirs"], 20)


def beside_businesstimedelta() -> bool:
    """A day without holidays, as with them it needs one in the far future."""
    ours = weekdays("09:00", "17:00", zone=PLACE)
    day = businesstimedelta.WorkDayRule(
        start_time=time(9),
        end_time=time(17),
        working_days=[0, 1, 2, 3, 4],
        tz=pytz.timezone(PLACE),
    )
    rules = businesstimedelta.Rules([day])
    end = OPENED + timedelta(days=1)
    theirs = rules.difference(OPENED, end)
    alike("a day", ours.elapsed(OPENED, end), theirs.timedelta)
    spent = medians(
        {
            "ours": _often(lambda: ours.elapsed(OPENED, end)),
            "theirs": _often(lambda: rules.difference(OPENED, end)),
        },
        rounds=9,
    )
    ratio = spent["theirs"] / spent["ours"]
    return at_least("a day without holidays, businesstimedelta / ours", ratio, 15)


def _often(work: Callable[[], object]) -> Callable[[], None]:
    def doing() -> None:
        for _ in range(TIMES):
            work()

    return doing


def calendar() -> BusinessCalendar:
    """Ours."""
    return BusinessCalendar(
        id=CalendarId("office"),
        zone=PLACE,
        weekly=shifts("09:00", "17:00"),
        exceptions=tuple(DateException(on=day) for day in HOLIDAYS),
    )


def schedule() -> "workclock.Schedule":
    """The same of workclock."""
    hours = workclock.WorkDay(time(9), time(17))
    return workclock.Schedule([hours, workclock.Holidays(HOLIDAYS)], time_zone=ZONE)


def federal(year: int) -> Iterator[date]:
    """The eleven federal holidays of a year, on their own days."""
    for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25)):
        yield date(year, month, day)
    for month, weekday, week in ((1, 0, 3), (2, 0, 3), (9, 0, 1), (10, 0, 2)):
        yield _nth(year, month, weekday, week)
    yield _nth(year, 11, 3, 4)
    yield _nth(year, 6, 0, 1) - timedelta(days=7)


def _nth(year: int, month: int, weekday: int, week: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))


HOLIDAYS = [day for year in range(2020, 2036) for day in federal(year)]

if __name__ == "__main__":
    sys.exit(main())
