import copy
import pickle
from datetime import date, datetime, timedelta

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from relationkit.periods import Period
from relationkit.strategies._periods import days, periods

near = st.dates(date(2026, 1, 1), date(2026, 1, 20))
short = periods(starts=near, lengths=st.none() | st.integers(1, 9))
LAST = date(2026, 3, 1)


def within(period: Period) -> set[date]:
    """The days of a period up to a day that is later than all others here."""
    span = [date(2025, 12, 1) + timedelta(by) for by in range(120)]
    return {day for day in span if day in period}


class TestPeriod:
    @given(periods())
    def test_begins_and_ends_at_its_ends(self, period: Period) -> None:
        """Its start is its first day, and its end the first that is not."""
        one = timedelta(1)

        assert period.start in period
        assert period.start - one not in period
        if period.end is not None:
            assert period.end - one in period
            assert period.end not in period

    @given(short)
    def test_has_a_length(self, period: Period) -> None:
        """It is as long as it has days, at least one, or has no known length."""
        if period.end is None:
            assert period.days is None
            assert LAST in period
        else:
            assert period.days == len(within(period)) >= 1

    @given(short, near)
    def test_has_ended_once_no_day_is_left(self, period: Period, day: date) -> None:
        """It has ended on a day iff neither that day nor a later one is in it."""
        assert period.has_ended(day) == all(there < day for there in within(period))

    @given(short, short)
    def test_covers_what_has_no_other_day(self, one: Period, other: Period) -> None:
        """One covers another iff it has all its days, to the end if there is none."""
        lasts = one.end is None or other.end is not None

        assert one.covers(other) == (within(one) >= within(other) and lasts)

    @given(short, short)
    def test_overlaps_what_has_a_day_in_common(
        self, one: Period, other: Period
    ) -> None:
        """Two overlap iff a day is in both, whichever is asked."""
        assert one.overlaps(other) == bool(within(one) & within(other))
        assert one.overlaps(other) == other.overlaps(one)

    @given(periods())
    def test_is_a_value(self, period: Period) -> None:
        """It cannot change, and a copy is equal."""
        for again in (
            copy.deepcopy(period),
            pickle.loads(pickle.dumps(period)),  # noqa: S301
            Period(period.start, period.end),
        ):
            assert again == period
            assert hash(again) == hash(period)
        with pytest.raises(FrozenInstanceError):
            period.end = None  # type: ignore[misc]

    @given(days(), st.integers(0, 800))
    def test_is_never_empty(self, start: date, length: int) -> None:
        """A period of no days, or of fewer than none, is refused by name."""
        end = start - timedelta(length)
        fault = "is reversed" if length else "is empty"

        with pytest.raises(ValueError, match=f"^the period {start} to {end} {fault};"):
            Period(start, end)

    def test_is_of_days(self) -> None:
        """An end with a time of day is refused, as is such a start."""
        noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001

        with pytest.raises(TypeError, match=r"^start: expected a day"):
            Period(noon)
        with pytest.raises(TypeError, match=r"^end: expected a day"):
            Period(date(2026, 1, 1), noon)
        with pytest.raises(TypeError, match=r"^day: expected a day"):
            assert noon in Period(date(2026, 1, 1))

    @pytest.mark.parametrize("end", [None, date(2027, 1, 1)])
    def test_is_asked_for_days_and_periods(self, end: date | None) -> None:
        """What is of another class is refused by name."""
        period, day = Period(date(2026, 1, 1), end), date(2026, 6, 1)

        with pytest.raises(TypeError, match=r"^day: expected a day, got '2026-01-01'"):
            assert "2026-01-01" in period  # type: ignore[operator]
        with pytest.raises(TypeError, match=r"^day: expected a day, got 'x'"):
            period.has_ended("x")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"^other: expected a Period, got datetime"):
            period.covers(day)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"^other: expected a Period, got 'x'"):
            period.overlaps("x")  # type: ignore[arg-type]

    def test_reads_as_in_a_sentence(self) -> None:
        """It says from when and until when."""
        new_year = date(2027, 1, 1)

        assert str(Period(date(2026, 1, 1), new_year)) == "2026-01-01 to 2027-01-01"
        assert str(Period(new_year)) == "2027-01-01 to further notice"
