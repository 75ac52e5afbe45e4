import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings

from relationkit import strategies
from relationkit.calendars import (
    BusinessCalendar,
    CalendarMismatchError,
    DateException,
    Hours,
    Interval,
    NoOpenTimeError,
    OutOfRangeError,
    Weekday,
    always,
    shifts,
    time_of_day,
    weekdays,
)
from relationkit.records import CalendarId

OFFICE = weekdays("09:00", "17:00", zone="Europe/London")
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ONCE = BusinessCalendar(
    id=CalendarId("once"),
    zone="UTC",
    weekly=(),
    exceptions=(
        DateException(
            on=date(2026, 11, 26), hours=(Interval(start="09:00", end="12:00"),)
        ),
    ),
)


class TestTimeOfDay:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [("00:00", 0), ("09:30", 34_200), ("23:59:59.5", 86_399.5), ("24:00", 86_400)],
    )
    def test_is_since_midnight(self, text: str, seconds: float) -> None:
        """Hours and minutes, seconds if need be, up to the end of the day."""
        assert time_of_day(text) == seconds * 1_000_000

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "9:00",
            "09",
            "24:01",
            "09:60",
            "0900",
            "09:00Z",
            "09:00 ",
            "\u0660\u0669:00",
        ],
    )
    def test_is_nothing_else(self, text: str) -> None:
        """What is no time of day is refused, with how to write one."""
        with pytest.raises(ValueError, match="write hours and minutes"):
            time_of_day(text)


class TestInterval:
    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            ("17:00", "09:00", "as shifts"),
            ("09:00", "09:00", "for the whole day say '00:00' to '24:00'"),
            ("9", "17:00", "start: expected a time of day"),
            ("09:00", "25:00", "end: expected a time of day"),
        ],
    )
    def test_ends_after_it_starts(self, start: str, end: str, said: str) -> None:
        """What is reversed, of no length or no time is refused, with the remedy."""
        with pytest.raises(ValueError, match=said):
            Interval(start=start, end=end)


class TestHours:
    def test_do_not_overlap(self) -> None:
        """Every overlap is told, up to five."""
        many = tuple(Interval(start="09:00", end=f"1{n}:00") for n in range(8))

        with pytest.raises(ValueError, match=r"overlaps .*, and 2 more; make one"):
            Hours(weekday=Weekday.MONDAY, intervals=many)

    def test_are_some(self) -> None:
        """A closed day is left out."""
        with pytest.raises(ValueError, match="leave out a day"):
            Hours(weekday=Weekday.MONDAY, intervals=())

    def test_may_touch(self) -> None:
        """Nothing lies between, and nothing twice."""
        halves = (
            Interval(start="12:00", end="24:00"),
            Interval(start="00:00", end="12:00"),
        )

        assert len(DateException(on=date(2026, 1, 1), hours=halves).hours) == 2


class TestShifts:
    def test_are_split_at_midnight(self) -> None:
        """Sunday night ends on Monday morning."""
        found = shifts("22:00", "06:00", days=tuple(Weekday))

        assert [(one.weekday, len(one.intervals)) for one in found] == [
            (day, 2) for day in Weekday
        ]

    def test_may_end_at_midnight(self) -> None:
        """Until 00:00 is until 24:00, and leaves nothing for the next day."""
        assert shifts("18:00", "00:00") == shifts("18:00", "24:00")

    def test_are_of_some_length(self) -> None:
        """What starts when it ends may last a day, or no time."""
        with pytest.raises(ValueError, match="for the whole day"):
            shifts("09:00", "09:00")


class TestBusinessCalendar:
    @settings(max_examples=20)
    @given(strategies.business_calendars())
    def test_is_its_data(self, calendar: BusinessCalendar) -> None:
        """Copies, also pickled, are equal and hash alike, whatever was asked before."""
        same = attrs.evolve(calendar)
        same.is_open(NOW)
        same.business_days(NOW.date(), NOW.date())

        read = pickle.loads(pickle.dumps(same))  # noqa: S301, our own

        assert calendar == same == read
        assert hash(calendar) == hash(same) == hash(read)
        assert len(pickle.dumps(same)) == len(pickle.dumps(calendar))
        assert read.is_open(NOW) == calendar.is_open(NOW)

    def test_has_no_order_but_that_of_days(self) -> None:
        """However they are written, weekdays and dates come in order."""
        days = shifts("09:00", "17:00")
        dates = tuple(DateException(on=date(2026, 1, day)) for day in (9, 10, 8))

        found = BusinessCalendar(
            id=CalendarId("x"), zone="UTC", weekly=days[::-1], exceptions=dates
        )

        assert found.weekly == days
        assert [one.on.day for one in found.exceptions] == [8, 9, 10]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            (
                {"zone": "Europe/Lodnon"},
                r"'Europe/Lodnon' \(did you mean 'Europe/London'\?\); name an IANA",
            ),
            (
                {"zone": "CEST"},
                "^zone is 'CEST', .*; name a place .*, such as 'Europe/Berlin'$",
            ),
            ({"zone": "UTC+1"}, "name a place whose clocks show it, as IANA does$"),
            ({"zone": "../../etc/passwd"}, "name an IANA time zone"),
            ({"zone": ""}, "name an IANA time zone"),
            ({"zone": "America"}, "name an IANA time zone"),
            ({"weekly": ()}, "never opens; add some, or use always"),
            ({"weekly": OFFICE.weekly[:1] * 2}, "monday more than once"),
            (
                {"exceptions": (DateException(on=date(2026, 1, 1)),) * 2},
                "2026-01-01 twice",
            ),
        ],
    )
    def test_refuses_what_makes_no_calendar(
        self, changes: dict[str, Any], said: str
    ) -> None:
        """It says what is wrong and what to do."""
        with pytest.raises(ValueError, match=said):
            attrs.evolve(OFFICE, **changes)

    @pytest.mark.parametrize("days", [["monday"], "friday", Weekday.MONDAY, 1])
    @pytest.mark.parametrize("end", ["17:00", "06:00"])
    def test_takes_weekdays_only(self, days: Any, end: str) -> None:  # noqa: ANN401
        """Texts are no weekdays, and one is not several, by day or by night."""
        with pytest.raises(
            TypeError, match=r"^days: expected (each to be a W|several)"
        ):
            shifts("09:00" if end == "17:00" else "22:00", end, days=days)

    @pytest.mark.parametrize("days", [["2026-12-25"], date(2026, 12, 25)])
    def test_takes_days_for_holidays(self, days: Any) -> None:  # noqa: ANN401
        """A text is no day, and one day is put in brackets."""
        with pytest.raises(
            TypeError, match=r"^days: expected (each to be a d|several)"
        ):
            OFFICE.with_holidays(days)

    @pytest.mark.parametrize("field", ["weekly", "exceptions"])
    @pytest.mark.parametrize("value", [[], ("09:00",), None])
    def test_refuses_other_types(self, field: str, value: object) -> None:
        """Lists, texts and None are no tuples of hours."""
        changed: Any = {field: value}

        with pytest.raises(TypeError, match=f"{field}: expected"):
            attrs.evolve(OFFICE, **changed)


class Nowhere(tzinfo):
    def utcoffset(self, _: datetime | None) -> None:
        """Not known."""

    dst = utcoffset

    def tzname(self, _: datetime | None) -> str:
        """Not that it mattered."""
        return "nowhere"


class TestInstants:
    @pytest.mark.parametrize(
        "instant", [NOW.replace(tzinfo=None), NOW.replace(tzinfo=Nowhere())]
    )
    def test_are_aware(self, instant: datetime) -> None:
        """A datetime in no zone is refused, by whichever question."""
        for ask in (OFFICE.is_open, OFFICE.next_open, OFFICE.previous_close):
            with pytest.raises(ValueError, match=r"instant is 2026.*in no zone"):
                ask(instant)
        with pytest.raises(ValueError, match=r"end is .*in no zone"):
            OFFICE.elapsed(NOW, instant)
        with pytest.raises(ValueError, match=r"start is .*in no zone"):
            OFFICE.intervals(instant, NOW)
        with pytest.raises(ValueError, match="in no zone"):
            OFFICE.add(instant, timedelta(0))

    @pytest.mark.parametrize("value", [NOW.date(), "2026-11-25T12:00Z", 5, time(9)])
    def test_are_datetimes(self, value: object) -> None:
        """A day, a text or a number is no instant."""
        wrong: Any = value

        with pytest.raises(TypeError, match="instant: expected a datetime"):
            OFFICE.is_open(wrong)

    @pytest.mark.parametrize("value", [8, "8h", None])
    def test_move_by_lengths(self, value: object) -> None:
        """A number is no length of time."""
        wrong: Any = value

        with pytest.raises(TypeError, match="length: expected a timedelta"):
            OFFICE.add(NOW, wrong)
        with pytest.raises(TypeError, match="length: expected a timedelta"):
            OFFICE.latest_start(NOW, wrong)

    def test_start_before_they_are_due(self) -> None:
        """There is no latest start of less than nothing."""
        with pytest.raises(ValueError, match="less than none; use add"):
            OFFICE.latest_start(NOW, -HOUR)

    def test_come_in_order(self) -> None:
        """Intervals between reversed instants are refused, at once."""
        with pytest.raises(ValueError, match="exchange the two"):
            OFFICE.intervals(NOW, NOW - HOUR)

    def test_keep_their_fold(self) -> None:
        """The second of two equal readings is told from the first."""
        zone = ZoneInfo("Europe/London")
        before = datetime(2026, 10, 25, 0, 30, tzinfo=zone)

        due = always("Europe/London").add(before, 2 * HOUR)

        assert (due.hour, due.minute, due.fold) == (1, 30, 1)


class TestRange:
    def test_ends_with_the_years(self) -> None:
        """What leads out of the years 1 to 9999 is refused, at either end."""
        last = datetime(9999, 12, 31, 16, tzinfo=UTC)
        first = datetime(1, 1, 1, 9, tzinfo=UTC)
        with pytest.raises(OutOfRangeError, match="outside the years"):
            OFFICE.add(last, 100 * HOUR * 24)
        with pytest.raises(OutOfRangeError, match="outside the years"):
            OFFICE.add(NOW, timedelta.max)
        with pytest.raises(OutOfRangeError, match="outside the years"):
            OFFICE.add(NOW, timedelta.min)
        with pytest.raises(OutOfRangeError, match="outside the years"):
            OFFICE.previous_close(first)
        with pytest.raises(OutOfRangeError, match="outside the years"):
            always().add(last, 9 * HOUR)

    def test_ends_where_the_answer_has_no_date(self) -> None:
        """An instant of another zone may have a date where the answer has none."""
        late = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=14)))

        assert always().elapsed(late, late) == timedelta(0)
        assert always().is_open(late)
        with pytest.raises(OutOfRangeError, match="outside the years"):
            always().add(late, HOUR)

    def test_reaches_both_ends(self) -> None:
        """All the open time there is can be asked for."""
        first = datetime.min.replace(tzinfo=UTC)
        last = datetime.max.replace(tzinfo=UTC)

        spent = OFFICE.elapsed(first, last)

        assert OFFICE.elapsed(first, OFFICE.add(first, spent)) == spent
        assert spent // (8 * HOUR) == OFFICE.business_days(date.min, date.max) + 1


class TestNoOpenTime:
    def test_is_said_with_what_there_is(self) -> None:
        """A calendar of a single date has no more than its hours."""
        with pytest.raises(NoOpenTimeError) as found:
            ONCE.add(NOW, 4 * HOUR)

        assert found.value.available == 3 * HOUR
        assert found.value.needed == 4 * HOUR
        assert "there is 3:00:00 of open time after 2026-11-25" in str(found.value)
        assert ONCE.add(NOW, 3 * HOUR) == datetime(2026, 11, 26, 12, tzinfo=UTC)

    def test_is_said_backwards(self) -> None:
        """Before its date it was not open."""
        later = datetime(2026, 11, 26, 10, tzinfo=UTC)
        with pytest.raises(NoOpenTimeError) as found:
            ONCE.latest_start(later, 2 * HOUR)

        assert found.value.available == HOUR
        assert "of open time before" in str(found.value)

    def test_is_said_of_opening_and_closing(self) -> None:
        """After the last hours it does not open, before the first it did not close."""
        with pytest.raises(NoOpenTimeError, match="no open time after"):
            ONCE.next_open(datetime(2026, 11, 26, 12, tzinfo=UTC))
        with pytest.raises(NoOpenTimeError, match="no open time before"):
            ONCE.previous_close(NOW)

    def test_is_no_interval(self) -> None:
        """Nothing is listed after the last."""
        assert len([*ONCE.intervals(NOW, NOW + 999 * HOUR)]) == 1
        assert [*ONCE.intervals(NOW + 24 * HOUR, NOW + 999 * HOUR)] == []


class TestIntervals:
    def test_touch_no_other(self) -> None:
        """Day and night is one interval, over midnights, weeks, years and eras."""
        end = NOW + timedelta(days=3650 * 3)

        assert [*always("Europe/London").intervals(NOW, end)] == [(NOW, end)]


class TestDays:
    def test_are_where_the_calendar_is(self) -> None:
        """Dates with hours count, those with none do not, nor one that never was."""
        apia = weekdays("09:00", "17:00", zone="Pacific/Apia")
        held = OFFICE.with_holidays([date(2026, 12, 25), date(2026, 12, 26)])

        assert apia.business_days(date(2011, 12, 26), date(2012, 1, 1)) == 4
        assert held.business_days(date(2026, 12, 21), date(2026, 12, 28)) == 4
        assert held.hours_on(date(2026, 12, 25)) == ()
        assert held.hours_on(date(2026, 12, 24)) == OFFICE.weekly[0].intervals

    def test_are_no_instants(self) -> None:
        """A datetime is refused, as it has no one date."""
        with pytest.raises(TypeError, match="start: expected a day"):
            OFFICE.business_days(NOW, NOW)


class TestHolidays:
    def test_stand_for_what_was(self) -> None:
        """They close the date, and say how far they are known."""
        half = DateException(
            on=date(2026, 12, 24), hours=(Interval(start="09:00", end="12:00"),)
        )
        calendar = attrs.evolve(OFFICE, exceptions=(half,))

        held = calendar.with_holidays([half.on], known_through=date(2026, 12, 31))

        assert held.exceptions == (DateException(on=half.on),)
        assert held.known_through == date(2026, 12, 31)
        assert held.with_holidays([]).known_through == date(2026, 12, 31)


class TestAlgebra:
    def test_knows_how_far_both_are_known(self) -> None:
        """The nearer horizon holds, and the id says what was done."""
        near = OFFICE.with_holidays([], known_through=date(2026, 12, 31))
        far = near.with_holidays([], known_through=date(2027, 12, 31))

        assert (near | far).known_through == date(2026, 12, 31)
        assert (OFFICE & far).known_through == date(2027, 12, 31)
        assert (OFFICE | OFFICE).id == "weekdays | weekdays"

    def test_needs_one_zone(self) -> None:
        """Hours of two zones have no clock in common."""
        with pytest.raises(CalendarMismatchError, match="add up their elapsed"):
            OFFICE | always("Asia/Tokyo")

    def test_needs_a_calendar(self) -> None:
        """What is none is refused by name."""
        wrong: Any = "office"

        with pytest.raises(TypeError, match="the calendar after -: expected"):
            OFFICE - wrong

    def test_is_exact_to_the_microsecond(self) -> None:
        """Times come out as they went in, as shortly as they can be written."""
        one, other = (
            BusinessCalendar(
                id=CalendarId("x"),
                zone="UTC",
                weekly=shifts(start, "17:00:30"),
            )
            for start in ("09:00:00.000001", "09:00:00.5")
        )

        found = [(one - other).hours_on(NOW.date()), (one & other).hours_on(NOW.date())]

        assert found == [
            (Interval(start="09:00:00.000001", end="09:00:00.5"),),
            (Interval(start="09:00:00.5", end="17:00:30"),),
        ]

    def test_of_what_has_exceptions(self) -> None:
        """A date on which one is closed has the hours of the other."""
        held = OFFICE.with_holidays([date(2026, 11, 25)])

        assert (held | OFFICE).is_open(NOW)
        assert not (held & OFFICE).is_open(NOW)
        assert (OFFICE - held).exceptions[0].hours == OFFICE.weekly[0].intervals
        assert not (OFFICE - held).weekly
