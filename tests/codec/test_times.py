"""Times of day and instants, in the forms that documents have for them."""

from contextlib import nullcontext
from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from relationkit import codec, strategies
from relationkit.calendars import BusinessCalendar, Interval
from relationkit.errors import DecodeError
from relationkit.pricing import Span
from relationkit.sla import Event, Pause, What
from relationkit.targets import (
    Goal,
    NextBusinessDay,
)


@frozen(kw_only=True)
class Bell:
    """Something of an application's own."""

    by: time


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

    @given(strategies.instants(), st.sampled_from(codec.Format))
    def test_come_back(self, at: datetime, form: codec.Format) -> None:
        """What is of an instant is the same when read, also in an hour shown twice."""
        kept = [Pause(start=at), Event(what=What.STOP, at=at)]
        span = Span(start=at, end=at.astimezone(UTC) + timedelta(seconds=1))
        for value in (*kept, span):
            told = codec.dumps(value, form=form)
            read: object = codec.loads(told, type(value), form=form)

            assert read == value
            assert hash(read) == hash(value)
            assert codec.dumps(read, form=form) == told

    @pytest.mark.parametrize("fold", [0, 1])
    def test_of_an_hour_shown_twice(self, fold: int) -> None:
        """The two instants that a clock shows alike are two, each as in any zone."""
        at = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"), fold=fold)
        pause = Pause(start=at)

        assert pause == Pause(start=at.astimezone(UTC))
        assert pause != Pause(start=at.replace(fold=1 - fold))
        assert codec.load({"start": at}, Pause).start == at.astimezone(UTC)

    @pytest.mark.parametrize(
        "text", ["0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"]
    )
    def test_beyond_the_years_of_utc(self, text: str) -> None:
        """What UTC has no year for is no instant, read or written."""
        with pytest.raises(DecodeError, match=r"^there is no instant '"):
            codec.load(text, datetime)
        with pytest.raises(ValueError, match=r"is beyond the years that UTC has$"):
            codec.dump(datetime.fromisoformat(text))
        with pytest.raises(ValueError, match=r"beyond what UTC can say"):
            Pause(start=datetime.fromisoformat(text))

    def test_are_told_in_microseconds(self) -> None:
        """Digits beyond these are refused in either form, and never dropped."""
        told = "2026-11-22T10:00:00.1234567Z"
        toml = f'what = "stop"\nat = {told}'

        with pytest.raises(DecodeError, match=r"^/at: expected an instant"):
            codec.load({"what": "stop", "at": told}, Event)
        with pytest.raises(DecodeError) as caught:
            codec.loads(toml, Event, form=codec.Format.TOML)
        assert str(caught.value) == (
            "a time at line 2, column 6 is finer than a microsecond"
            " (leave out what follows the sixth digit)"
        )
        whole = codec.loads(toml.replace("7Z", "Z"), Event, form=codec.Format.TOML)
        assert whole.at.microsecond == 123456

    @pytest.mark.parametrize(
        ("text", "is_read"),
        [
            ("by = 16:00:00.0000000", False),
            ("by = 16:00:00.000000", True),
            ('by = "16:00:00" # 16:00:00.0000000', True),
            ("by = 2026-11-22 16:00:00.0000000", False),
        ],
    )
    def test_of_toml_alone_are_so_scanned(self, text: str, *, is_read: bool) -> None:
        """Texts and comments may say what they will."""
        told = nullcontext() if is_read else pytest.raises(DecodeError, match="finer")
        with told:
            codec.loads(text, Bell, form=codec.Format.TOML)


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
