"""Strategies for periods: days worth a try, and stretches of them."""

from datetime import date, timedelta

from hypothesis import strategies as st

from relationkit.periods import Period

__all__ = ["days", "periods"]

# Ends of months and years, leap days, and the days about them.
_UNLIKE = (
    date(2000, 1, 1),
    date(2000, 2, 29),
    date(2023, 2, 28),
    date(2023, 12, 31),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 12, 31),
)


def days() -> st.SearchStrategy[date]:
    """Days of the half-century from 2000 on; shrinks to its first.

    The last day of a year and the leap days, with their neighbours, come up
    often.
    """
    return st.sampled_from(_UNLIKE) | st.dates(date(2000, 1, 1), date(2049, 12, 31))


def periods(
    *,
    starts: st.SearchStrategy[date] | None = None,
    lengths: st.SearchStrategy[int | None] | None = None,
) -> st.SearchStrategy[Period]:
    """Periods of a day to ten years, or without a known end; shrinks to one day.

    *lengths* are in days, at least 1; None leaves the end open.
    """
    return st.builds(
        _period,
        days() if starts is None else starts,
        _lengths() if lengths is None else lengths,
    )


def _lengths() -> st.SearchStrategy[int | None]:
    return st.sampled_from([1, None, 28, 365, 366]) | st.integers(1, 3653)


def _period(start: date, length: int | None) -> Period:
    return Period(start, None if length is None else start + timedelta(length))
