"""What other libraries answer wrongly, each with the true answer.

Found in November 2025 in the versions that were then the newest; each docstring
says what the library answers.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from relationkit.calendars import (
    BusinessCalendar,
    DateException,
    Hours,
    Interval,
    Weekday,
    always,
    shifts,
    weekdays,
)
from relationkit.records import CalendarId

NEW_YORK = "America/New_York"
HOUR = timedelta(hours=1)
FORWARD = date(2025, 3, 9)
"""On which clocks in New York went from 02:00 to 03:00."""


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[arg-type, misc]


def local(*when: int, fold: int = 0) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(NEW_YORK), fold=fold)  # type: ignore[arg-type, misc]


def daily(*times: tuple[str, str], zone: str = NEW_YORK) -> BusinessCalendar:
    intervals = tuple(Interval(start=start, end=end) for start, end in times)
    return BusinessCalendar(
        id=CalendarId("daily"),
        zone=zone,
        weekly=tuple(Hours(weekday=day, intervals=intervals) for day in Weekday),
    )


class TestWorkclock:
    def test_add_over_a_day_that_was_skipped(self) -> None:
        """workclock: 2011-12-30T20:00Z, a Saturday in Apia."""
        calendar = weekdays("09:00", "17:00", zone="Pacific/Apia")
        thursday = utc(2011, 12, 29, 20)

        assert calendar.add(thursday, 8 * HOUR) == utc(2012, 1, 1, 20)

    def test_elapsed_over_a_day_that_was_skipped(self) -> None:
        """workclock: 8 hours, as if that Friday had been."""
        calendar = weekdays("09:00", "17:00", zone="Pacific/Apia")

        spent = calendar.elapsed(utc(2011, 12, 29, 20), utc(2011, 12, 30, 20))

        assert spent == 7 * HOUR

    @pytest.mark.parametrize(
        ("hours", "true"),
        [
            ([("01:00", "02:30")], 1.0),
            ([("02:00", "02:30")], 0.0),
            ([("00:00", "02:30"), ("03:00", "05:00")], 4.0),
        ],
        ids=["end", "whole", "two"],
    )
    def test_hours_that_end_where_clocks_skip(
        self, hours: list[tuple[str, str]], true: float
    ) -> None:
        """workclock: 1:30 h, 0:30 h and 4:30 h."""
        day = daily(*hours)

        spent = day.elapsed(local(2025, 3, 9), local(2025, 3, 10))

        assert spent == true * HOUR

    def test_far_ahead(self) -> None:
        """workclock: refuses to look further than 366 days and 7 for each holiday."""
        rare = BusinessCalendar(
            id=CalendarId("rare"),
            zone="UTC",
            weekly=(),
            exceptions=(
                DateException(
                    on=date(2035, 1, 1), hours=(Interval(start="09:00", end="10:00"),)
                ),
            ),
        )

        assert rare.next_open(utc(2025, 1, 1)) == utc(2035, 1, 1, 9)


class TestBizcal:
    def test_elapsed_over_an_hour_that_comes_twice(self) -> None:
        """django-bizcal: 0:00, or in UTC "start must be earlier than end"."""
        calendar = always(NEW_YORK)
        first, second = local(2025, 11, 2, 1, 30), local(2025, 11, 2, 1, 30, fold=1)

        assert calendar.elapsed(first, second) == HOUR
        assert calendar.elapsed(first.astimezone(UTC), second.astimezone(UTC)) == HOUR

    @pytest.mark.parametrize("zone", [UTC, ZoneInfo(NEW_YORK)])
    def test_elapsed_of_office_hours_within_that_hour(self, zone: tzinfo) -> None:
        """django-bizcal: "start must be earlier than end", though it is closed."""
        first, second = local(2025, 11, 2, 1, 30), local(2025, 11, 2, 1, 30, fold=1)
        office = weekdays("09:00", "17:00", zone=NEW_YORK)
        nights = daily(("00:00", "08:00"))

        bounds = first.astimezone(zone), second.astimezone(zone)

        assert office.elapsed(*bounds) == timedelta(0)
        assert nights.elapsed(*bounds) == HOUR

    def test_add_and_elapsed_agree_on_a_holiday_after_a_night(self) -> None:
        """django-bizcal: add says Saturday 00:00, and elapsed back to it 9 hours."""
        nights = BusinessCalendar(
            id=CalendarId("nights"),
            zone=NEW_YORK,
            weekly=shifts("22:00", "06:00", days=tuple(Weekday)),
            exceptions=(DateException(on=date(2025, 11, 27)),),
        )
        start = local(2025, 11, 26, 23)

        due = nights.add(start, 3 * HOUR)

        assert due == local(2025, 11, 28, 2)
        assert nights.elapsed(start, due) == 3 * HOUR

    def test_add_beyond_ten_years(self) -> None:
        """django-bizcal: CalendarRangeError."""
        calendar = weekdays("09:00", "17:00", zone="UTC")

        due = calendar.add(utc(2025, 11, 24, 9), 30_000 * HOUR)

        assert due == utc(2040, 4, 6, 17)


class TestBusinesstimedelta:
    def test_add_within_a_night_shift(self) -> None:
        """businesstimedelta: Monday 23:00."""
        nights = BusinessCalendar(
            id=CalendarId("nights"), zone="UTC", weekly=shifts("22:00", "06:00")
        )

        assert nights.add(utc(2025, 11, 22, 3, 20), HOUR) == utc(2025, 11, 22, 4, 20)

    def test_after_the_last_holiday(self) -> None:
        """businesstimedelta: TypeError."""
        calendar = weekdays("09:00", "17:00", zone="UTC")
        held = calendar.with_holidays([date(2025, 1, 1)])

        assert held.add(utc(2025, 6, 2, 9), HOUR) == utc(2025, 6, 2, 10)

    def test_no_working_days(self) -> None:
        """businesstimedelta: searches for ever."""
        with pytest.raises(ValueError, match="it never opens"):
            BusinessCalendar(id=CalendarId("x"), zone="UTC", weekly=())

    def test_microseconds_and_sign(self) -> None:
        """businesstimedelta: drops both."""
        calendar = weekdays("09:00", "17:00", zone="UTC")
        start, end = utc(2025, 6, 2, 9, 0, 0, 1), utc(2025, 6, 2, 9, 0, 1)

        assert calendar.elapsed(end, start) == -timedelta(microseconds=999_999)


class TestPandas:
    def test_add_over_skipped_clocks(self) -> None:
        """pandas: 08:00Z; elsewhere "nonexistent time"."""
        early = daily(("00:00", "08:00"))

        assert early.add(utc(2025, 3, 9, 5), 4 * HOUR) == utc(2025, 3, 9, 9)
        assert early.add(utc(2025, 3, 9, 4), 4 * HOUR) == utc(2025, 3, 9, 9)

    def test_add_over_clocks_turned_back(self) -> None:
        """pandas: "Cannot infer dst time"."""
        early = daily(("00:00", "08:00"))

        assert early.add(utc(2025, 11, 2, 4), 3 * HOUR) == utc(2025, 11, 2, 7)

    def test_part_of_an_hour(self) -> None:
        """pandas: refuses it."""
        calendar = weekdays("09:00", "17:00", zone="UTC")

        assert calendar.add(utc(2025, 6, 2, 9), HOUR / 8).minute == 7


class TestOthers:
    def test_friday_holiday(self) -> None:
        """simpleslacalc: Saturday 2025-07-05, 16:00."""
        calendar = weekdays("09:00", "17:00", zone=NEW_YORK)
        held = calendar.with_holidays([date(2025, 7, 4)])

        due = held.add(local(2025, 7, 3, 16), 8 * HOUR)

        assert due == local(2025, 7, 7, 16)

    def test_from_evening_to_evening(self) -> None:
        """businesstime: none."""
        calendar = weekdays("09:00", "17:00", zone="UTC")

        spent = calendar.elapsed(utc(2025, 11, 12, 18, 30), utc(2025, 11, 13, 18, 30))

        assert spent == 8 * HOUR

    def test_saturday(self) -> None:
        """biztime: 1 hour."""
        calendar = weekdays("09:00", "17:00", zone="UTC")

        spent = calendar.elapsed(utc(2025, 11, 22, 12, 5), utc(2025, 11, 22, 13, 5))

        assert spent == timedelta(0)

    def test_elapsed_over_skipped_clocks(self) -> None:
        """bizdurr: 4 hours."""
        early = daily(("00:00", "08:00"))

        assert early.elapsed(utc(2025, 3, 9, 4), utc(2025, 3, 9, 8)) == 3 * HOUR

    def test_a_whole_window_over_skipped_clocks(self) -> None:
        """Frappe Helpdesk: 8 hours."""
        early = daily(("00:00", "08:00"))

        assert early.elapsed(local(2025, 3, 9), local(2025, 3, 10)) == 7 * HOUR

    def test_a_day_of_twenty_five_hours(self) -> None:
        """working_hours, a Ruby gem: 24 hours."""
        spent = always(NEW_YORK).elapsed(local(2025, 11, 2), local(2025, 11, 3))

        assert spent == 25 * HOUR
