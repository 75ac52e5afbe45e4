"""Holidays: the public holidays of a country, as dates on which it is closed.

Needs the ``relationkit[holidays]`` extra, the library of that name, which knows
the holidays of most countries.  What it gives grows when it is looked at; a
calendar keeps a copy of the years that were asked for, and says how far that
reaches.
"""

from collections.abc import Iterable
from datetime import date

import holidays
from attrs import evolve

from relationkit.calendars import BusinessCalendar, DateException
from relationkit.records import is_of, several

__all__ = ["closed_on", "public"]


def public(
    country: str, years: Iterable[int], *, subdivision: str | None = None
) -> tuple[DateException, ...]:
    """The public holidays of a *country*, by its ISO 3166 code, in some *years*.

    A *subdivision*, such as a state, may have others.

    >>> [one.name for one in public("GB", [2026], subdivision="ENG")][:2]
    ["New Year's Day", 'Good Friday']

    Raises:
        NotImplementedError: If the library knows no such country or subdivision.
        TypeError: If *country* is no text, or *years* no whole numbers.
    """
    is_of("country", str, country)
    wanted = several("years", years, int)
    found = holidays.country_holidays(country, subdiv=subdivision, years=wanted)
    return tuple(
        DateException(on=day, name=name) for day, name in sorted(found.items())
    )


def closed_on(
    calendar: BusinessCalendar,
    country: str,
    years: Iterable[int],
    *,
    subdivision: str | None = None,
) -> BusinessCalendar:
    """The *calendar* closed on the public holidays of a *country*, in some *years*.

    They stand in place of what it said of those dates.  It then knows holidays
    through the last of *years*.

    >>> from relationkit.calendars import weekdays
    >>> office = weekdays("09:00", "17:00", zone="Europe/London")
    >>> closed_on(office, "GB", [2026], subdivision="ENG").known_through
    datetime.date(2026, 12, 31)

    Raises:
        NotImplementedError: If the library knows no such country or subdivision.
        ValueError: If there are no *years*.
        TypeError: If *country* is no text, or *years* no whole numbers.
    """
    is_of("calendar", BusinessCalendar, calendar)
    wanted = sorted({*several("years", years, int)})
    if not wanted:
        raise ValueError("years are none; name those for which holidays are known")
    found = public(country, wanted, subdivision=subdivision)
    dates = {one.on: one for one in (*calendar.exceptions, *found)}
    return evolve(
        calendar,
        exceptions=tuple(dates.values()),
        known_through=date(wanted[-1], 12, 31),
    )
