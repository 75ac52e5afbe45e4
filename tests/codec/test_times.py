"""Times of day and instants, in the forms that documents have for them."""

from datetime import datetime, time, timedelta, timezone

import pytest

from relationkit import codec
from relationkit.calendars import BusinessCalendar, Interval
from relationkit.errors import DecodeError
from relationkit.targets import (
    Goal,
    NextBusinessDay,
)

NINE = datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=1)))


class TestInstants:
    @pytest.mark.parametrize(
        ("document", "instant"),
        [
            ("2026-11-22T08:00:00Z", NINE),
            ("2026-11-22T09:00:00.5+01:00", NINE + timedelta(seconds=0.5)),
            (NINE, NINE),
        ],
    )
    def test_say_how_far_they_are_from_utc(
        self, document: object, instant: datetime
    ) -> None:
        """RFC 3339, or an offset date-time of TOML."""
        assert codec.load(document, datetime) == instant

    @pytest.mark.parametrize(
        "document",
        [
            "2026-11-22T09:00:00",
            "2026-11-22T09:00Z",
            "2026-11-22 09:00:00Z",
            "2026-11-22",
            "2026-13-22T09:00:00Z",
            "2026-11-22T09:00:00+25:00",
            "20261122T090000Z",
            "٢٠٢٦-11-22T09:00:00Z",
            datetime(2026, 11, 22, 9),  # noqa: DTZ001, in no zone
            1764,
            None,
        ],
    )
    def test_are_nothing_else(self, document: object) -> None:
        """One in no zone is refused, and so is what is near to one."""
        with pytest.raises(DecodeError, match="instant"):
            codec.load(document, datetime)


class TestTimes:
    @pytest.mark.parametrize("document", ["16:00", "16:00:00", time(16)])
    def test_are_on_the_clock(self, document: object) -> None:
        """Hours and minutes as a text, or a local time of TOML."""
        assert codec.load(document, time) == time(16)

    @pytest.mark.parametrize("document", ["4pm", "24:00", "4", "16:00Z", 16, None])
    def test_are_nothing_else(self, document: object) -> None:
        """What is no time of day is refused."""
        with pytest.raises(DecodeError, match="time of day"):
            codec.load(document, time)

    def test_of_hours_are_texts(self) -> None:
        """Hours reach 24:00, which TOML has no time for: all of them are quoted."""
        with pytest.raises(DecodeError, match="put it in quotes"):
            codec.loads(
                'start = 09:00:00\nend = "17:00"', Interval, form=codec.Format.TOML
            )


class TestEither:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("8h", timedelta(hours=8)),
            ("PT8H", timedelta(hours=8)),
            ("end of next business day", NextBusinessDay()),
            ("next business day by 16:00", NextBusinessDay(by=time(16))),
        ],
    )
    def test_a_length_or_a_day(
        self, text: str, meant: timedelta | NextBusinessDay
    ) -> None:
        """The text says which of the two it is, and each is written as one."""
        goal = {"metric": "first_response", "within": text}
        read = codec.load(goal, Goal)

        assert read.within == meant
        assert codec.load(codec.dump(read), Goal) == read
        if isinstance(meant, NextBusinessDay):
            assert codec.dump(read) == goal
            assert codec.load(codec.dump(meant), NextBusinessDay) == meant

    def test_say_what_is_neither(self) -> None:
        """What begins like the one or the other is told how that is written."""
        for text, told in (
            ("4 hours", "write hours and minutes such as '4h'"),
            ("next business day by 4pm", "or 'next business day by 16:00'"),
        ):
            with pytest.raises(DecodeError, match=f"^/within: expected .*{told}"):
                codec.load({"metric": "first_response", "within": text}, Goal)
        with pytest.raises(DecodeError, match=r"^/within: expected a text, got a tab"):
            codec.load({"metric": "first_response", "within": {}}, Goal)


class TestCalendars:
    def test_tell_every_problem_at_once(self) -> None:
        """Of each interval what is wrong, where it stands."""
        document = """
            id = "desk"
            zone = "Europe/Lodnon"
            [[weekly]]
            weekday = "monday"
            intervals = [{start = "17:00", end = "09:00"}, {start = "9", end = "10:00"}]
            [[weekly]]
            weekday = "tuesday"
            intervals = [
              {start = "09:00", end = "12:00"}, {start = "11:00", end = "17:00"},
            ]
            [[exceptions]]
            on = 2026-12-25
            hours = [{start = "09:00", end = "09:00"}]
        """

        with pytest.raises(DecodeError) as caught:
            codec.loads(document, BusinessCalendar, form=codec.Format.TOML)

        assert [problem.pointer for problem in caught.value.problems] == [
            "/weekly/0/intervals/0/end",
            "/weekly/0/intervals/1/start",
            "/weekly/1/intervals",
            "/exceptions/0/hours/0/end",
            "/zone",
        ]
