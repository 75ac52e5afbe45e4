from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.calendars import (
    BusinessCalendar,
    DateException,
    Interval,
    OutOfRangeError,
    always,
    weekdays,
)
from relationkit.errors import InvalidError
from relationkit.records import CalendarId
from relationkit.sla import Counting, Pause, deadline
from relationkit.strategies import business_calendars
from relationkit.targets import Coverage, NextBusinessDay, is_longer
from tests.sla.cases import Case, cases, goal
from tests.sla.minutes import MINUTE, consumed, due

MOST = 6_000
HOUR = timedelta(hours=1)
NEW_YORK = ZoneInfo("America/New_York")
OFFICE = weekdays("09:00", "17:00", zone="America/New_York")
MONDAY = datetime(2026, 11, 2, 9, tzinfo=NEW_YORK)
DAY_LONG = goal(480)
PHYSICAL = goal(480, Coverage.ALWAYS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 in New York; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK)


def held(start: datetime, end: datetime | None = None) -> Pause:
    return Pause(start=start, end=end)


class TestDueAt:
    @given(cases())
    def test_is_what_counting_minutes_gives(self, case: Case) -> None:
        """It is the first minute by which so many have counted, and not earlier."""
        found = deadline(case.goal, case.opened, case.calendar, case.pauses)
        counted = due(case.office, case.held, case.opened, case.minutes, MOST)

        event("moved by pauses" if case.pauses else "without pauses")
        assert found.due_at == counted or counted is None
        assert found.due_at is not None
        assert counted or found.due_at > case.opened + MOST * MINUTE

    @given(cases(open_ended=True))
    def test_is_not_known_while_a_pause_before_it_is_open(self, case: Case) -> None:
        """Then what remains is known, and is what has not counted when it began."""
        found = deadline(case.goal, case.opened, case.calendar, case.pauses)
        counted = due(case.office, case.held, case.opened, case.minutes, MOST)
        spent = consumed(
            case.office, case.held, case.opened, case.opened + MOST * MINUTE
        )

        event(f"known: {counted is not None}")
        assert found.due_at == counted
        left = 0 if counted else case.minutes - spent
        assert found.remaining == left * MINUTE
        assert found.due_at is not None or found.breaches_after is None

    @given(cases(pauses=0))
    def test_without_pauses_is_what_the_calendar_adds(self, case: Case) -> None:
        """No pauses, no difference."""
        found = deadline(case.goal, case.opened, case.calendar)

        assert found.due_at == case.calendar.add(case.opened, case.minutes * MINUTE)

    @given(cases(), st.randoms(use_true_random=False), st.data())
    def test_asks_only_what_is_paused(
        self, case: Case, chance: st.DataObject, data: st.DataObject
    ) -> None:
        """Pauses may be split, doubled, put in any order, or be of no length."""
        pieces = []
        for pause in case.pauses:
            assert pause.end is not None
            cut = data.draw(st.integers(0, (pause.end - pause.start) // MINUTE))
            middle = pause.start + cut * MINUTE
            pieces += [held(pause.start, middle), held(middle, pause.end), pause]
        pieces.append(held(case.opened, case.opened))
        chance.shuffle(pieces)  # type: ignore[attr-defined]

        found = deadline(case.goal, case.opened, case.calendar, pieces)
        assert found == deadline(case.goal, case.opened, case.calendar, case.pauses)

    @given(cases(), cases())
    def test_is_never_earlier_for_a_pause(self, case: Case, other: Case) -> None:
        """A pause moves it back or not at all; one after it, or before, not at all."""
        found = deadline(case.goal, case.opened, case.calendar, case.pauses)
        assert found.due_at is not None
        for pauses in (other.pauses, case.pauses[:1]):
            more = deadline(
                case.goal, case.opened, case.calendar, [*case.pauses, *pauses]
            )
            assert more.due_at is not None
            assert more.due_at >= found.due_at
        late = held(found.due_at)
        early = held(case.opened - HOUR, case.opened)
        again = deadline(
            case.goal, case.opened, case.calendar, [*case.pauses, late, early]
        )
        assert again.due_at == found.due_at

    @given(cases(pauses=0), st.data())
    def test_is_what_the_calendar_without_the_pauses_adds(
        self, case: Case, data: st.DataObject
    ) -> None:
        """Law 15: what another calendar opens is paused, and so taken out of it."""
        zone = st.just(case.calendar.zone)
        other = data.draw(business_calendars(zones=zone))
        length, last = case.minutes * MINUTE, case.opened + 9 * timedelta(days=1)
        pauses = [held(*open_) for open_ in other.intervals(case.opened, last)]
        found = deadline(case.goal, case.opened, case.calendar, pauses)
        try:
            less = case.calendar - other
            due_at = less.add(case.opened, length)
        except ValueError:  # nothing is left of it
            assert found.due_at is None or found.due_at >= last
            return

        assert found.due_at is not None
        if due_at <= last:
            assert found.due_at == due_at
        else:
            assert found.due_at >= last

    @given(cases(pauses=1), st.integers(0, 3000))
    def test_is_reached_as_soon_as_so_much_has_counted(
        self, case: Case, minutes: int
    ) -> None:
        """It is no later than an instant exactly if so much has counted by then."""
        found = deadline(case.goal, case.opened, case.calendar, case.pauses)
        then = case.opened + minutes * MINUTE
        spent = consumed(case.office, case.held, case.opened, then)

        assert found.due_at is not None
        assert (found.due_at <= then) == (spent >= case.minutes)

    @given(cases(), st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York"]))
    def test_is_the_same_instant_in_any_zone(self, case: Case, zone: str) -> None:
        """However an instant is told, the answer is the same, told likewise."""
        found = deadline(case.goal, case.opened, case.calendar, case.pauses)
        elsewhere = case.opened.astimezone(ZoneInfo(zone))
        pauses = [held(p.start.astimezone(timezone(HOUR)), p.end) for p in case.pauses]
        again = deadline(case.goal, elsewhere, case.calendar, pauses)

        assert found.due_at is not None
        assert again.due_at is not None
        assert again.due_at.astimezone(UTC) == found.due_at.astimezone(UTC)
        assert again.due_at.tzinfo is elsewhere.tzinfo

    def test_tells_repeated_hours_apart(self) -> None:
        """An hour after half past one is half past one, where it comes twice."""
        once = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
        found = deadline(goal(60, Coverage.ALWAYS), once, None).due_at

        assert found is not None
        assert (found.replace(tzinfo=None), found.fold) == (
            datetime(2026, 11, 1, 1, 30),  # noqa: DTZ001
            1,
        )

    def test_is_physical_where_the_clock_always_runs(self) -> None:
        """No calendar is asked, and none is needed."""
        for calendar in (None, OFFICE):
            assert deadline(PHYSICAL, at(6, 16), calendar).due_at == at(7, 0)


class TestBreachesAfter:
    @given(cases())
    def test_is_the_last_instant_at_which_no_more_has_counted(self, case: Case) -> None:
        """None of the time between counts, and the next minute does."""
        found = deadline(case.goal, case.opened, case.calendar, case.pauses)

        assert found.due_at is not None
        assert found.breaches_after is not None
        assert found.due_at <= found.breaches_after
        if found.breaches_after - found.due_at < MOST * MINUTE:
            first, last = found.due_at, found.breaches_after
            assert consumed(case.office, case.held, first, last) == 0
            assert consumed(case.office, case.held, last, last + MINUTE) == 1

    def test_is_the_next_opening(self) -> None:
        """Due at the close of Friday, it is kept until Monday morning."""
        found = deadline(DAY_LONG, at(6, 9), OFFICE)

        assert (found.due_at, found.breaches_after) == (at(6, 17), at(9, 9))

    def test_is_after_a_pause_that_begins_then(self) -> None:
        """While paused nothing more counts; nobody knows when it does again."""
        paused = deadline(DAY_LONG, at(6, 9), OFFICE, [held(at(6, 17), at(9, 10))])
        for_good = deadline(DAY_LONG, at(6, 9), OFFICE, [held(at(6, 17))])

        assert (paused.due_at, paused.breaches_after) == (at(6, 17), at(9, 10))
        assert (for_good.due_at, for_good.breaches_after) == (at(6, 17), None)

    def test_is_the_opening_after_a_pause_that_ends_at_night(self) -> None:
        """When the pause is over it is closed, and nothing counts yet."""
        paused = deadline(DAY_LONG, at(6, 9), OFFICE, [held(at(6, 17), at(9, 18))])

        assert (paused.due_at, paused.breaches_after) == (at(6, 17), at(10, 9))

    def test_is_not_known_if_it_never_opens_again(self) -> None:
        """After the last hours there are no others, and nothing is breached."""
        once = BusinessCalendar(
            id=CalendarId("fair"),
            zone="America/New_York",
            weekly=(),
            exceptions=(DateException(on=date(2026, 11, 2), hours=NINE_TO_FIVE),),
        )
        found = deadline(DAY_LONG, MONDAY, once)

        assert (found.due_at, found.breaches_after) == (at(2, 17), None)


NINE_TO_FIVE = (Interval(start="09:00", end="17:00"),)


class TestAtRisk:
    @given(cases(), st.lists(st.decimals("0.01", "0.99", places=2), max_size=3))
    def test_comes_in_order_and_not_after_it_is_due(
        self, case: Case, parts: list[Decimal]
    ) -> None:
        """Each point is the first instant by which its part has counted."""
        risky = evolve(case.goal, at_risk=tuple(parts), at_risk_before=(MINUTE, HOUR))
        found = deadline(risky, case.opened, case.calendar, case.pauses)
        instants = [point.at.astimezone(UTC) for point in found.at_risk if point.at]

        assert found.due_at is not None
        assert len(instants) == len(parts) + 2
        assert all(a <= b for a, b in pairwise([*instants, found.due_at]))
        for point in found.at_risk:
            assert point.at is not None
            part = deadline(
                evolve(risky, within=max(point.after, timedelta.resolution)),
                case.opened,
                case.calendar,
                case.pauses,
            )
            assert part.due_at == point.at or not point.after

    def test_has_words(self) -> None:
        """A point is told as it was promised."""
        risky = evolve(DAY_LONG, at_risk=(Decimal("0.75"),), at_risk_before=(HOUR,))
        points = deadline(risky, MONDAY, OFFICE).at_risk

        assert [(p.at, p.told) for p in points] == [
            (at(2, 15), "0.75 of the time"),
            (at(2, 16), "1:00:00 left"),
        ]

    def test_is_not_known_while_paused(self) -> None:
        """A point that lies after an open pause has no instant."""
        risky = evolve(DAY_LONG, at_risk=(Decimal("0.25"), Decimal("0.75")))
        points = deadline(risky, MONDAY, OFFICE, [held(at(2, 12))]).at_risk

        assert [point.at for point in points] == [at(2, 11), None]

    def test_is_a_whole_part(self) -> None:
        """Of a time that cannot be parted, a point is reached, not neared."""
        tiny = evolve(
            PHYSICAL, within=timedelta(microseconds=3), at_risk=(Decimal("0.5"),)
        )

        [point] = deadline(tiny, MONDAY, None).at_risk
        assert point.after == timedelta(microseconds=2)


class TestIntervals:
    @given(cases())
    def test_are_all_time_and_count_what_was_promised(self, case: Case) -> None:
        """They follow one on another, and those that count are the time promised."""
        found = deadline(case.goal, case.opened, case.calendar, case.pauses)
        spans = found.intervals

        assert spans[0].start == case.opened
        assert spans[-1].end == found.due_at
        for one, after in pairwise(spans):
            assert one.end == after.start
            assert one.counting is not after.counting
        lengths = [
            s.end.astimezone(UTC) - s.start.astimezone(UTC)
            for s in spans
            if s.end is not None and s.counting is Counting.COUNTED
        ]
        assert sum(lengths, timedelta(0)) == case.minutes * MINUTE

    def test_say_why_time_does_not_count(self) -> None:
        """In hours and out of them, a pause is a pause."""
        paused = held(at(2, 16), at(2, 18))
        spans = deadline(DAY_LONG, MONDAY, OFFICE, [paused]).intervals

        assert [str(span) for span in spans] == [
            "2026-11-02 09:00 to 2026-11-02 16:00: counted",
            "2026-11-02 16:00 to 2026-11-02 18:00: paused",
            "2026-11-02 18:00 to 2026-11-03 09:00: closed",
            "2026-11-03 09:00 to 2026-11-03 10:00: counted",
        ]

    def test_end_with_an_open_pause(self) -> None:
        """Nobody knows until when, which is said."""
        spans = deadline(DAY_LONG, MONDAY, OFFICE, [held(at(2, 16))]).intervals

        assert [str(span) for span in spans] == [
            "2026-11-02 09:00 to 2026-11-02 16:00: counted",
            "2026-11-02 16:00 to open: paused",
        ]


class TestNextBusinessDay:
    @pytest.mark.parametrize(
        ("opened", "by", "due_at"),
        [
            (at(2, 10), None, at(3, 17)),
            (at(2, 10), time(16), at(3, 16)),
            (at(2, 10), time(18), at(3, 17)),
            (at(2, 10), time(8), at(3, 8)),
            (at(6, 23), None, at(9, 17)),
            (at(7, 12), time(16), at(9, 16)),
        ],
    )
    def test_is_the_day_after(
        self, opened: datetime, by: time | None, due_at: datetime
    ) -> None:
        """Its close, or a time of it if that is earlier; weekends are passed over."""
        promised = evolve(DAY_LONG, within=NextBusinessDay(by=by))
        found = deadline(promised, opened, OFFICE)

        assert found.due_at == due_at
        assert found.breaches_after is not None
        assert found.breaches_after >= due_at

    @pytest.mark.parametrize(
        ("opened", "day_first"), [(at(2, 9), False), (at(2, 23), True)]
    )
    def test_is_longer_or_shorter_than_four_hours(
        self, opened: datetime, *, day_first: bool
    ) -> None:
        """It hangs on the calendar and the hour, which is why no plan says so."""
        short = DateException(
            on=date(2026, 11, 3), hours=(Interval(start="09:00", end="12:00"),)
        )
        office = evolve(OFFICE, exceptions=(short,))
        day = deadline(evolve(DAY_LONG, within=NextBusinessDay()), opened, office)
        four = deadline(goal(240), opened, office)

        assert day.due_at is not None
        assert four.due_at is not None
        assert (day.due_at < four.due_at) is day_first

    @given(cases(pauses=0))
    def test_has_no_more_than_two_dates_have(self, case: Case) -> None:
        """What counts until its end is of the day it was asked on, and of it."""
        found = deadline(
            evolve(DAY_LONG, within=NextBusinessDay()), case.opened, case.calendar
        )
        assert found.due_at is not None
        spent = case.calendar.elapsed(case.opened, found.due_at)

        assert timedelta(0) < spent <= 52 * HOUR
        assert not is_longer(NextBusinessDay(), spent)

    def test_ends_at_midnight_where_it_never_closes(self) -> None:
        """Of a calendar that is always open, a day is a day of its zone."""
        promised = evolve(DAY_LONG, within=NextBusinessDay())

        assert deadline(promised, at(2, 10), always("UTC")).due_at == datetime(
            2026, 11, 4, tzinfo=UTC
        )

    @given(cases(pauses=0))
    def test_is_never_later_by_an_earlier_time(self, case: Case) -> None:
        """Also of times that clocks skip, it is when they first are as far."""
        zone = ZoneInfo(case.office.zone)
        every = always(case.office.zone)
        times = [time(*divmod(minute, 60)) for minute in range(0, 1440, 15)]
        dues = [
            deadline(
                evolve(DAY_LONG, within=NextBusinessDay(by=by)), case.opened, every
            )
            for by in times
        ]
        found = [one.due_at.astimezone(UTC) for one in dues if one.due_at is not None]
        day = max(one.astimezone(zone).date() for one in found)
        minutes = [found[0] + n * MINUTE for n in range(26 * 60)]
        shown = [m.astimezone(zone).replace(tzinfo=None) for m in minutes]

        assert found == sorted(found)
        assert found == [
            next(
                m
                for m, wall in zip(minutes, shown, strict=True)
                if wall >= datetime.combine(day, by)
            )
            for by in times
        ]

    @pytest.mark.parametrize(
        ("zone", "opened", "by", "due_at"),
        [
            ("America/New_York", "2026-03-07T18:00", time(2, 59), "2026-03-08T03:00"),
            ("America/New_York", "2026-03-07T18:00", time(3), "2026-03-08T03:00"),
            ("America/New_York", "2026-10-31T18:00", time(1, 30), "2026-11-01T01:30"),
            (
                "Australia/Lord_Howe",
                "2026-10-03T09:00",
                time(2, 15),
                "2026-10-04T02:30",
            ),
            ("America/Toronto", "1919-03-30T12:00", time(0), "1919-03-31T00:30"),
        ],
    )
    def test_is_as_far_as_clocks_go_that_skip_it(
        self, zone: str, opened: str, by: time, due_at: str
    ) -> None:
        """As an office closes; of a time that comes twice it is the first."""
        place = ZoneInfo(zone)
        asked, due_at_ = (
            datetime.fromisoformat(t).replace(tzinfo=place) for t in (opened, due_at)
        )
        promised = evolve(DAY_LONG, within=NextBusinessDay(by=by))
        found = deadline(promised, asked, always(zone))

        assert str(found.due_at) == str(due_at_)

    @pytest.mark.parametrize("by", [time(8), time(12, 30), time(15), time(18)])
    def test_is_kept_until_its_time_and_no_longer(self, by: time) -> None:
        """Though the office is closed then, and for days; without one it is."""
        lunch = DateException(
            on=date(2026, 11, 3),
            hours=(
                Interval(start="09:00", end="12:00"),
                Interval(start="13:00", end="17:00"),
            ),
        )
        office = evolve(OFFICE, exceptions=(lunch,))
        found = deadline(
            evolve(DAY_LONG, within=NextBusinessDay(by=by)), at(2, 10), office
        )
        day = deadline(evolve(DAY_LONG, within=NextBusinessDay()), at(2, 10), office)

        assert found.due_at == min(at(3, by.hour, by.minute), at(3, 17))
        assert found.breaches_after == at(3, by.hour, by.minute)
        assert (day.due_at, day.breaches_after) == (at(3, 17), at(4, 9))

    def test_cannot_be_paused(self) -> None:
        """A day does not move, and pauses of it are refused."""
        promised = evolve(DAY_LONG, within=NextBusinessDay(by=time(16)))

        with pytest.raises(ValueError, match=r"by 16:00, and cannot be paused; leave"):
            deadline(promised, MONDAY, OFFICE, [held(at(2, 10), at(2, 11))])


class TestNote:
    def test_says_where_the_calendar_ends(self) -> None:
        """What lies after the exceptions that are known is told with that doubt."""
        known = evolve(OFFICE, known_through=date(2026, 11, 2))

        assert deadline(DAY_LONG, at(2, 9, 1), known).note == (
            "hours after 2026-11-02 are not known; an exception there may move this"
        )
        assert "are not known" in str(deadline(DAY_LONG, at(2, 9, 1), known))
        assert deadline(DAY_LONG, at(1, 9), evolve(known, zone="UTC")).note == (
            "hours after 2026-11-02 are not known; an exception there may move until"
            " when it is kept"
        )
        assert not deadline(goal(30), MONDAY, known).note
        assert not deadline(PHYSICAL, MONDAY, known).note
        assert not deadline(DAY_LONG, MONDAY, known, [held(MONDAY)]).note


class TestStr:
    def test_is_a_sentence(self) -> None:
        """What, and when, or what is left."""
        assert str(deadline(DAY_LONG, MONDAY, OFFICE)) == (
            "total resolution: due 2026-11-02 17:00 EST"
        )
        assert str(deadline(DAY_LONG, MONDAY, OFFICE, [held(at(2, 11))])) == (
            "total resolution: not known while paused, 6:00:00 left"
        )

    def test_tells_seconds_where_there_are_some(self) -> None:
        """No instant is told as an earlier one."""
        opened = at(2, 9) + timedelta(seconds=29)
        half = deadline(evolve(DAY_LONG, within=timedelta(seconds=30)), opened, OFFICE)

        assert str(half) == "total resolution: due 2026-11-02 09:00:59 EST"
        assert str(half.intervals[0]) == (
            "2026-11-02 09:00:29 to 2026-11-02 09:00:59: counted"
        )

    def test_writes_years_in_four_digits(self) -> None:
        """A year mistyped is seen to be one."""
        opened = datetime(26, 11, 2, 9, tzinfo=UTC)

        assert str(deadline(PHYSICAL, opened, None)).endswith(
            "due 0026-11-02 17:00 UTC"
        )


class TestRefusals:
    def test_of_one_pause_alone(self) -> None:
        """It is put in brackets."""
        with pytest.raises(TypeError, match=r"^pauses: expected several, got Pause"):
            deadline(DAY_LONG, MONDAY, OFFICE, held(MONDAY))  # type: ignore[arg-type]

    def test_of_what_has_no_date_where_it_was_asked(self) -> None:
        """In UTC the year is not over when it falls due, and there it is."""
        east = timezone(14 * HOUR)
        last = datetime(9999, 12, 31, 23, tzinfo=east)

        with pytest.raises(OutOfRangeError, match="outside the years 1 to 9999"):
            deadline(goal(120, Coverage.ALWAYS), last, None)
        day = evolve(DAY_LONG, within=NextBusinessDay())
        with pytest.raises(OutOfRangeError, match="outside the years 1 to 9999"):
            deadline(day, last.replace(tzinfo=UTC), always("UTC"))

    def test_of_business_hours_without_any(self) -> None:
        """Nothing falls back to counting all time (Chatwoot does, silently)."""
        with pytest.raises(ValueError, match=r"calendar is None; give a BusinessCal"):
            deadline(DAY_LONG, MONDAY, None)

    def test_of_an_instant_in_no_zone(self) -> None:
        """Neither a request nor a pause is told by a clock that hangs nowhere."""
        naive = MONDAY.replace(tzinfo=None)

        with pytest.raises(ValueError, match=r"^opened is 2026-11-02 .*, in no zone"):
            deadline(DAY_LONG, naive, OFFICE)
        with pytest.raises(ValueError, match=r"^start is .*, in no zone; give"):
            held(naive)
        with pytest.raises(ValueError, match=r"^end is .*, in no zone; give"):
            held(MONDAY, naive)

    def test_of_a_pause_that_ends_before_it_starts(self) -> None:
        """Nor is one of no length refused."""
        with pytest.raises(ValueError, match=r"^end is .*, before start, .*; swap"):
            held(at(2, 10), at(2, 9))
        assert held(at(2, 10), at(2, 10)).end == at(2, 10)

    def test_of_what_is_no_pause(self) -> None:
        """The place of each is told."""
        with pytest.raises(InvalidError) as caught:
            deadline(DAY_LONG, MONDAY, OFFICE, [held(MONDAY), (MONDAY, None)])  # type: ignore[list-item]

        assert str(caught.value) == (
            "/pauses/1: expected a Pause, got tuple (use Pause(start=..., end=...))"
        )

    def test_of_what_is_no_goal_or_calendar(self) -> None:
        """Arguments are told apart by name."""
        with pytest.raises(TypeError, match=r"^target: expected a Goal"):
            deadline(HOUR, MONDAY, OFFICE)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"^calendar: expected a BusinessCalendar"):
            deadline(DAY_LONG, MONDAY, "office")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"^opened: expected"):
            deadline(DAY_LONG, date(2026, 11, 2), OFFICE)  # type: ignore[arg-type]

    @pytest.mark.parametrize("calendar", [None, OFFICE])
    def test_of_what_no_year_holds(self, calendar: BusinessCalendar | None) -> None:
        """Beyond the last year there is an error and no loop."""
        clock = Coverage.BUSINESS_HOURS if calendar else Coverage.ALWAYS
        long = evolve(goal(1, clock), within=timedelta(days=3_000_000))

        with pytest.raises(ValueError, match=r"year"):
            deadline(long, MONDAY, calendar)
        first = datetime.min.replace(tzinfo=timezone(HOUR))
        with pytest.raises(ValueError, match=r"within the years 2 to 9998"):
            deadline(PHYSICAL, first, None)


class TestPeers:
    """What others get wrong, and the true answer."""

    def test_a_hold_after_the_breach(self) -> None:
        """Due Monday 17:00 whatever is held on Tuesday (Frappe: Tuesday 10:00)."""
        after = held(at(3, 9), at(3, 10))

        assert deadline(DAY_LONG, MONDAY, OFFICE, [after]).due_at == at(2, 17)

    def test_a_hold_into_the_evening(self) -> None:
        """Held from noon to 20:00, due Tuesday 14:00 (ERPNext: at one in the night)."""
        evening = held(at(2, 12), at(2, 20))

        assert deadline(DAY_LONG, MONDAY, OFFICE, [evening]).due_at == at(3, 14)

    def test_a_hold_at_all(self) -> None:
        """Held for an hour, due an hour later (osTicket: as if it had not been)."""
        hour = held(at(2, 12), at(2, 13))

        assert deadline(DAY_LONG, MONDAY, OFFICE, [hour]).due_at == at(3, 10)

    def test_a_hold_of_seconds(self) -> None:
        """Held for 90 seconds, due 90 seconds later (Zammad: a minute)."""
        start = at(2, 12)
        short = held(start, start + timedelta(seconds=90))

        found = deadline(goal(60), at(2, 11, 30), OFFICE, [short])
        assert found.due_at == at(2, 12, 31) + timedelta(seconds=30)

    def test_holds_that_overlap(self) -> None:
        """Two holds of the same hours are one (ERPNext: counted twice)."""
        holds = [held(at(2, 10), at(2, 12)), held(at(2, 11), at(2, 13))]

        assert deadline(DAY_LONG, MONDAY, OFFICE, holds).due_at == at(3, 12)
