"""Strategies for periods: days worth a try, and stretches of them."""

from datetime import date, timedelta
from itertools import cycle, islice

from hypothesis import strategies as st

from relationkit.periods import Period
from relationkit.strategies._draws import made

__all__ = ["DAYS", "LENGTHS", "days", "later", "periods", "stretch"]

_FIRST = date(2000, 1, 1)
_SPAN = (date(2050, 1, 1) - _FIRST).days
# Ends of months and years, leap days, and the days about them.
_UNLIKE = (
    _FIRST,
    date(2000, 2, 29),
    date(2023, 2, 28),
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 12, 30),
    date(2024, 12, 31),
)
_LONGEST = 3653
# Every other one of a few.
DAYS = tuple(islice(cycle(_UNLIKE), _SPAN)) + tuple(
    _FIRST + timedelta(days) for days in range(_SPAN)
)
_INDICES = st.integers(0, len(DAYS) - 1)
LENGTHS = (
    *islice(cycle((1, None, 28, 365, 366)), _LONGEST),
    *range(1, _LONGEST + 1),
)


def days() -> st.SearchStrategy[date]:
    """Days of the half-century from 2000 on; shrinks to its first.

    The last day of a year and the leap days, with their neighbours, come up
    often.
    """
    return _days()


@st.composite
def _days(draw: st.DrawFn) -> date:
    return DAYS[draw(_INDICES)]


def periods(
    *,
    starts: st.SearchStrategy[date] | None = None,
    lengths: st.SearchStrategy[int | None] | None = None,
) -> st.SearchStrategy[Period]:
    """Periods of a day to ten years, or without a known end; shrinks to one day.

    *lengths* are in days, at least 1; None leaves the end open.
    """
    drawn = {"start": starts, "length": lengths}
    return made(stretch, drawn, start=DAYS, length=LENGTHS)


def later(day: date, by: int) -> date:
    """The day *by* days after *day*, or else the last one, or the first."""
    ordinal = max(day.toordinal() + by, date.min.toordinal())
    return date.fromordinal(min(ordinal, date.max.toordinal()))


def stretch(start: date, length: int | None) -> Period:
    """The *length* days from *start* on; without an end if there is none so late."""
    if length is None or length > (date.max - start).days:
        return Period(start)
    return Period(start, start + timedelta(length))
