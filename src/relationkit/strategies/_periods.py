"""Strategies for periods: days worth a try, and stretches of them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from relationkit.periods import Period

__all__ = ["days", "later", "periods", "stretch"]

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
_LENGTHS = (1, None, 28, 365, 366)
_LONGEST = 3653


def days() -> st.SearchStrategy[date]:
    """Days of the half-century from 2000 on; shrinks to its first.

    The last day of a year and the leap days, with their neighbours, come up
    often.
    """
    return st.integers(0, 2 * _SPAN - 1).map(_day)


def _day(number: int) -> date:
    """Every other day one of a few, and all from a single draw, for speed."""
    if number < _SPAN:
        return _UNLIKE[number % len(_UNLIKE)]
    return _FIRST + timedelta(number - _SPAN)


def periods(
    *,
    starts: st.SearchStrategy[date] | None = None,
    lengths: st.SearchStrategy[int | None] | None = None,
) -> st.SearchStrategy[Period]:
    """Periods of a day to ten years, or without a known end; shrinks to one day.

    *lengths* are in days, at least 1; None leaves the end open.
    """
    return st.builds(
        stretch,
        days() if starts is None else starts,
        _lengths() if lengths is None else lengths,
    )


def _lengths() -> st.SearchStrategy[int | None]:
    return st.integers(0, 2 * _LONGEST - 1).map(_length)


def _length(number: int) -> int | None:
    if number < _LONGEST:
        return _LENGTHS[number % len(_LENGTHS)]
    return number - _LONGEST + 1


def later(day: date, by: int) -> date:
    """The day *by* days after *day*, or else the last one, or the first."""
    ordinal = max(day.toordinal() + by, date.min.toordinal())
    return date.fromordinal(min(ordinal, date.max.toordinal()))


def stretch(start: date, length: int | None) -> Period:
    """The *length* days from *start* on; without an end if there is none so late."""
    if length is None or length > (date.max - start).days:
        return Period(start)
    return Period(start, start + timedelta(length))
