from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from relationkit.calendars import DateException, Interval, weekdays
from relationkit.holidays import closed_on, public

OFFICE = weekdays("09:00", "17:00", zone="America/New_York")


class TestPublic:
    def test_are_closed_and_named(self) -> None:
        """Of the years that were asked for, and of no others."""
        found = public("US", [2026, 2025])

        assert {one.on.year for one in found} == {2025, 2026}
        assert DateException(on=date(2026, 12, 25), name="Christmas Day") in found

    def test_of_a_subdivision(self) -> None:
        """A part of a country may have its own."""
        days = [
            {one.on for one in public("GB", [2026], subdivision=part)}
            for part in ("SCT", "ENG")
        ]

        assert date(2026, 11, 30) in days[0] - days[1]

    def test_of_nowhere(self) -> None:
        """A country that is not known has no holidays that could be told."""
        with pytest.raises(NotImplementedError):
            public("XX", [2026])


class TestClosedOn:
    def test_closes_and_tells_how_far(self) -> None:
        """It stays as it was when somebody asks of other years."""
        held = closed_on(OFFICE, "US", range(2025, 2028))

        christmas = datetime(2028, 12, 25, 15, tzinfo=UTC)
        assert held.is_open(christmas)
        assert not held.is_open(christmas.replace(year=2026))
        assert held.known_through == date(2027, 12, 31)
        assert len(held.exceptions) == len(public("US", range(2025, 2028)))

    def test_stands_for_what_was(self) -> None:
        """A half-day that is a holiday is closed."""
        half = DateException(
            on=date(2026, 12, 25), hours=(Interval(start="09:00", end="12:00"),)
        )
        own = DateException(on=date(2026, 3, 3))
        calendar = attrs.evolve(OFFICE, exceptions=(half, own))

        held = closed_on(calendar, "US", [2026])

        assert held.hours_on(half.on) == held.hours_on(own.on) == ()

    def test_needs_years_and_a_calendar(self) -> None:
        """Holidays for ever are known of no country."""
        wrong: Any = "office"

        with pytest.raises(ValueError, match="years are none"):
            closed_on(OFFICE, "US", [])
        with pytest.raises(TypeError, match="calendar: expected"):
            closed_on(wrong, "US", [2026])

    def test_needs_several_years_of_a_country(self) -> None:
        """One year is put in brackets; no text is a year, nor a number a country."""
        wrong: list[tuple[Any, Any, str]] = [
            ("US", 2026, r"^years: expected several, got 2026, an int; put it in br"),
            ("US", ["2026"], r"^years: expected each to be an int, got '2026'"),
            (840, [2026], r"^country: expected a str, got 840"),
        ]
        for one, some, told in wrong:
            with pytest.raises(TypeError, match=told):
                public(one, some)
            with pytest.raises(TypeError, match=told):
                closed_on(OFFICE, one, some)
