from datetime import date

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from relationkit.periods import Period
from relationkit.strategies._periods import days, periods


class TestDays:
    @given(days())
    def test_are_of_one_half_century(self, day: date) -> None:
        """They are few enough to be read, and many enough to differ."""
        assert date(2000, 1, 1) <= day <= date(2049, 12, 31)

    @pytest.mark.parametrize("end", [(2, 29), (2, 28), (12, 31), (1, 1), (3, 1)])
    def test_come_at_awkward_times(self, end: tuple[int, int]) -> None:
        """Leap days, the last of the year, and the days beside them come up."""
        find(days(), lambda day: (day.month, day.day) == end)

    def test_shrink_to_the_first(self) -> None:
        """The simplest failure is of the first day of the century's list."""
        assert find(days(), lambda _: True) == date(2000, 1, 1)


class TestPeriods:
    @pytest.mark.parametrize("length", [None, 1, 28, 366])
    def test_come_in_awkward_lengths(self, length: int | None) -> None:
        """Without an end, of a day, of February and of a leap year come up."""
        find(periods(), lambda period: period.days == length)

    @given(periods(starts=st.just(date(2026, 1, 1)), lengths=st.just(31)))
    def test_take_what_they_are_given(self, period: Period) -> None:
        """Starts and lengths of one's own stand in for ours."""
        assert period == Period(date(2026, 1, 1), date(2026, 2, 1))

    def test_shrink_to_a_day(self) -> None:
        """The simplest failure is of one day."""
        assert find(periods(), lambda _: True).days == 1
