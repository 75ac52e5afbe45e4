"""The laws of business time, about every change of clocks of awkward places."""

import sys
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import TypeAlias
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from relationkit import codec, strategies
from relationkit.calendars import (
    BusinessCalendar,
    DateException,
    Hours,
    Interval,
    NoOpenTimeError,
    Weekday,
    always,
)
from relationkit.calendars._zones import EPOCH, ever, zone_of
from relationkit.records import CalendarId
from tests.calendars import oracle

MICRO = timedelta.resolution
ZERO = timedelta(0)
LENGTHS = st.integers(0, 3 * 10**11).map(lambda us: timedelta(microseconds=us)) | (
    st.sampled_from([MICRO, *(timedelta(minutes=m) for m in (1, 60, 480, 2400, 9999))])
)
Case: TypeAlias = tuple[BusinessCalendar, datetime, datetime, datetime]


@st.composite
def cases(draw: st.DrawFn, *, exact: bool = True) -> Case:
    """A calendar, an instant near a change of its clocks, and two more in order.

    Often that very date, on which clocks are changed, has hours of its own.
    """
    calendar = draw(strategies.business_calendars())
    start = draw(strategies.instants(zones=st.just(calendar.zone), exact=exact))
    day = start.astimezone(zone_of(calendar.zone)).date()
    if some := draw(st.sampled_from([(), (day,), (day + timedelta(1), day)])):
        dates = st.sampled_from(some)
        own = {one.on: one for one in calendar.exceptions}
        more = draw(st.lists(strategies.date_exceptions(dates=dates), max_size=2))
        own |= {one.on: one for one in more}
        calendar = attrs.evolve(calendar, exceptions=tuple(own.values()))
    minutes = st.integers(0, 3 * 1440)
    middle, end = (
        moved(start, timedelta(minutes=m))
        for m in sorted([draw(minutes), draw(minutes)])
    )
    return calendar, start, middle, end


def moved(instant: datetime, length: timedelta) -> datetime:
    """*instant*, and physically as much later as *length*."""
    return (instant.astimezone(UTC) + length).astimezone(instant.tzinfo)


def physical(start: datetime, end: datetime) -> timedelta:
    return end.astimezone(UTC) - start.astimezone(UTC)


def at(instant: datetime) -> int:
    return (instant - EPOCH) // MICRO


class TestElapsed:
    @given(cases())
    def test_is_part_of_the_time_that_passes(self, case: Case) -> None:
        """Law 1: it is not less than none, nor more than physical time."""
        calendar, start, _, end = case

        assert ZERO <= calendar.elapsed(start, end) <= physical(start, end)

    @given(cases())
    def test_adds_up(self, case: Case) -> None:
        """Laws 5 and 6: over any instant between, and backwards with a minus."""
        calendar, start, middle, end = case

        first, rest = calendar.elapsed(start, middle), calendar.elapsed(middle, end)

        assert first + rest == calendar.elapsed(start, end)
        assert calendar.elapsed(end, start) == -calendar.elapsed(start, end)
        event(f"open: {rest > ZERO}")

    @given(cases(exact=False))
    def test_is_what_the_oracle_counts(self, case: Case) -> None:
        """Law 18: the minutes that are open by the clock, counted in UTC."""
        calendar, start, _, end = case
        bounds = oracle.epoch_minute(start), oracle.epoch_minute(end)

        counted = sum(1 for _ in oracle.open_minutes(calendar, *bounds))

        assert calendar.elapsed(start, end) == timedelta(minutes=counted)

    @given(cases(), LENGTHS)
    def test_is_more_if_more_is_open(self, case: Case, length: timedelta) -> None:
        """Law 13: with more hours there is no less, nor with holidays any more."""
        calendar, start, _, end = case
        more = calendar | always(calendar.zone)
        day = start.astimezone(zone_of(calendar.zone)).date()

        closed = calendar.with_holidays([day]) if calendar.weekly else calendar

        spent = [c.elapsed(start, end) for c in (closed, calendar, more)]
        assert spent == sorted(spent)
        dues = [at(c.add(start, length)) for c in (more, calendar, closed)]
        assert dues == sorted(dues)

    @given(st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]))
    def test_tells_an_hour_from_its_repetition(self, zone: str) -> None:
        """Law 9: one reading of a clock turned back is two instants, in that order."""
        back = next(
            begin
            for (_, before), (begin, after) in pairwise(ever(zone))
            if after < before and begin > at(datetime(2024, 1, 1, tzinfo=UTC))
        )
        start = EPOCH + timedelta(microseconds=back)
        first = (start - MICRO).astimezone(zone_of(zone))
        again = first.replace(fold=1)

        assert (first.fold, again.astimezone(UTC) > first.astimezone(UTC)) == (0, True)
        assert always(zone).elapsed(first, again) == physical(first, again) > ZERO

    @given(cases(), LENGTHS)
    def test_is_that_of_its_document(self, case: Case, length: timedelta) -> None:
        """Law 17: written and read again, it gives the same answers."""
        calendar, start, _, end = case
        for form in codec.Format:
            written = codec.dumps(calendar, form=form)
            again = codec.loads(written, BusinessCalendar, form=form)

            assert again.elapsed(start, end) == calendar.elapsed(start, end)
            assert again.add(start, length) == calendar.add(start, length)

    @settings(max_examples=20)
    @given(strategies.business_calendars())
    def test_takes_no_more_steps_for_ten_years_than_for_a_day(
        self, calendar: BusinessCalendar
    ) -> None:
        """Law 20: as many calls are made, whatever lies between."""
        start = datetime(2025, 3, 5, 10, 17, tzinfo=UTC)
        ends = [start + timedelta(days=days) for days in (1, 3650)]
        calendar.elapsed(start, ends[1])  # its tables are made once

        short, long = (calls(calendar, start, end) for end in ends)

        assert long <= 1.5 * short

    @given(cases())
    def test_of_unions_and_intersections_adds_up(self, case: Case) -> None:
        """Law 14: the union and the intersection have what the two have."""
        calendar, start, _, end = case
        other = BusinessCalendar(
            id=CalendarId("other"),
            zone=calendar.zone,
            weekly=tuple(
                Hours(weekday=day, intervals=(Interval(start="01:00", end="13:07"),))
                for day in Weekday
            ),
        )

        def spent(each: Callable[[], BusinessCalendar]) -> timedelta:
            try:
                made = each()
            except ValueError:  # nothing is open, and no calendar is made
                return ZERO
            return made.elapsed(start, end)

        mine, theirs = calendar.elapsed(start, end), other.elapsed(start, end)
        assert spent(lambda: calendar | other) + spent(lambda: calendar & other) == (
            mine + theirs
        )
        assert spent(lambda: calendar - other) == mine - spent(lambda: calendar & other)
        closed = spent(lambda: always(calendar.zone) - calendar)
        assert mine + closed == physical(start, end)

    @given(cases())
    def test_does_not_see_how_intervals_are_cut(self, case: Case) -> None:
        """Law 15: hours split in two say the same."""
        calendar, start, _, end = case

        cut = attrs.evolve(
            calendar,
            weekly=tuple(
                attrs.evolve(hours, intervals=tuple(halves(hours.intervals)))
                for hours in reversed(calendar.weekly)
            ),
        )

        assert cut.elapsed(start, end) == calendar.elapsed(start, end)
        assert [*cut.intervals(start, end)] == [*calendar.intervals(start, end)]


def calls(calendar: BusinessCalendar, start: datetime, end: datetime) -> int:
    """How many functions are called, of Python and of C, until it has elapsed."""
    made: list[str] = []
    before = sys.getprofile()
    sys.setprofile(lambda _, what, __: made.append(what) if "call" in what else None)
    try:
        calendar.elapsed(start, end)
    finally:
        sys.setprofile(before)
    return len(made)


def halves(intervals: tuple[Interval, ...]) -> list[Interval]:
    found = []
    for one in intervals:
        middle = one.start + ":30"
        found.append(Interval(start=one.start, end=middle))
        found.append(Interval(start=middle, end=one.end))
    return found


class TestAdd:
    @given(cases(), LENGTHS)
    def test_is_undone_by_elapsed(self, case: Case, length: timedelta) -> None:
        """Laws 2 and 3: exactly so much has passed, and of none nothing moves."""
        calendar, start, _, _ = case

        assert calendar.elapsed(start, calendar.add(start, length)) == length
        assert calendar.elapsed(calendar.add(start, -length), start) == length
        assert calendar.add(start, ZERO) == start

    @given(cases(), LENGTHS, LENGTHS)
    def test_can_be_done_in_parts(
        self, case: Case, first: timedelta, second: timedelta
    ) -> None:
        """Law 4: one length after the other is both at once."""
        calendar, start, _, _ = case

        parts = calendar.add(calendar.add(start, first), second)

        assert at(parts) == at(calendar.add(start, first + second))

    @given(cases(), LENGTHS, LENGTHS)
    def test_keeps_the_order(
        self, case: Case, one: timedelta, other: timedelta
    ) -> None:
        """Law 7: of later instants and longer lengths, what comes out is no earlier."""
        calendar, start, _, end = case
        shorter, longer = sorted([one, other])

        assert at(calendar.add(start, one)) <= at(calendar.add(end, one))
        assert at(calendar.add(start, shorter)) <= at(calendar.add(start, longer))

    @given(cases(), LENGTHS)
    def test_is_the_first_or_the_last(self, case: Case, length: timedelta) -> None:
        """Law 8: a microsecond before, less has passed; backwards, after."""
        calendar, start, _, _ = case
        length = length or MICRO

        due = moved(calendar.add(start, length), -MICRO)
        begun = moved(calendar.latest_start(start, length), MICRO)

        assert calendar.elapsed(start, due) < length
        assert calendar.elapsed(begun, start) < length

    @given(cases(), LENGTHS)
    def test_agrees_with_elapsed_about_deadlines(
        self, case: Case, length: timedelta
    ) -> None:
        """Law 11: due by then if and only if as much has passed by then."""
        calendar, start, _, end = case
        length = length or MICRO

        is_due = at(calendar.add(start, length)) <= at(end)
        could_start = at(calendar.latest_start(end, length)) >= at(start)

        assert is_due == (calendar.elapsed(start, end) >= length) == could_start
        event(f"due: {is_due}")

    @settings(max_examples=60)
    @given(cases(exact=False), st.integers(1, 600))
    def test_is_what_the_oracle_counts(self, case: Case, minutes: int) -> None:
        """Law 18: the minute at which so many open ones have been counted."""
        calendar, start, _, _ = case
        if len(calendar.weekly) < 4:  # which would be weeks of minutes
            minutes = minutes % 30 + 1
        length, minute = timedelta(minutes=minutes), oracle.epoch_minute(start)

        due, begun = calendar.add(start, length), calendar.latest_start(start, length)

        first = oracle.first_minute(calendar, minute, minutes)
        assert at(due) == first * 60_000_000
        # The oracle counts whole minutes: the latest is at the start of an open one.
        assert at(begun) == oracle.last_minute(calendar, minute, minutes) * 60_000_000

    @given(cases(), LENGTHS)
    def test_answers_in_the_zone_it_was_asked_in(
        self, case: Case, length: timedelta
    ) -> None:
        """Law 9: the same instant, however it is written."""
        calendar, start, _, end = case
        zones = [UTC, zone_of(calendar.zone), timezone(timedelta(hours=-7))]

        starts = [start.astimezone(zone) for zone in zones]

        found = [calendar.add(one, length) for one in starts]
        assert len({at(one) for one in found}) == 1
        assert [one.tzinfo for one in found] == zones
        assert len({calendar.elapsed(one, end) for one in starts}) == 1

    @given(strategies.instants(), LENGTHS)
    def test_is_plus_day_and_night(self, start: datetime, length: timedelta) -> None:
        """Law 10: what is always open counts as the clock in UTC does."""
        calendar = always("Australia/Lord_Howe")

        due = calendar.add(start, length)

        assert at(due) - at(start) == length // MICRO
        assert calendar.elapsed(start, due) == length

    @given(strategies.business_calendars(zones=st.just("Asia/Kathmandu")), LENGTHS)
    def test_repeats_every_week_where_clocks_do_not_change(
        self, calendar: BusinessCalendar, length: timedelta
    ) -> None:
        """Law 12: a week later it is all a week later, but for exceptions."""
        plain = attrs.evolve(calendar, exceptions=()) if calendar.weekly else always()
        start, week = datetime(2025, 3, 5, 4, 32, tzinfo=UTC), timedelta(weeks=1)

        assert plain.add(start + week, length) == plain.add(start, length) + week


class TestOpening:
    @given(cases())
    def test_is_open_where_time_counts(self, case: Case) -> None:
        """Law 16: open is where the next microsecond is open time."""
        calendar, start, _, _ = case

        counts = calendar.elapsed(start, moved(start, MICRO)) == MICRO

        assert calendar.is_open(start) == counts
        event(f"open: {counts}")

    @given(cases())
    def test_next_and_previous_lie_over_no_open_time(self, case: Case) -> None:
        """Law 16: until the next opening none passes, nor since the last closing."""
        calendar, start, _, _ = case

        opens, closed = calendar.next_open(start), calendar.previous_close(start)

        assert calendar.is_open(opens)
        assert calendar.is_open(moved(closed, -MICRO))
        assert at(closed) <= at(start) <= at(opens)
        assert calendar.elapsed(closed, opens) == ZERO
        assert calendar.next_open(opens) == opens
        assert calendar.previous_close(closed) == closed


class TestIntervals:
    @given(cases())
    def test_are_what_is_open(self, case: Case) -> None:
        """They are in order, apart, within bounds, open, and all that is."""
        calendar, start, _, end = case

        found = [*calendar.intervals(start, end)]

        spent = sum((physical(*one) for one in found), ZERO)
        assert spent == calendar.elapsed(start, end)
        bounds = [at(bound) for one in found for bound in one]
        assert bounds == sorted({*bounds})
        assert all(at(start) <= bound <= at(end) for bound in bounds)
        assert all(bound.tzinfo is start.tzinfo for one in found for bound in one)


class TestZones:
    @given(strategies.business_calendars(), st.integers(1, 9998), st.integers(0, 364))
    def test_are_right_in_any_year(
        self, calendar: BusinessCalendar, year: int, day: int
    ) -> None:
        """Clocks are where the standard library says, from the first to the last."""
        start = datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        stretches = ever(calendar.zone)

        ahead = [offset for begin, offset in stretches if begin <= at(start)][-1]

        local = start.astimezone(ZoneInfo(calendar.zone)).replace(tzinfo=UTC)
        assert at(local) - at(start) == ahead

    @pytest.mark.parametrize(
        "zone",
        ["America/New_York", "Africa/Freetown", "Africa/Casablanca", "Europe/Dublin"],
    )
    def test_know_every_change(self, zone: str) -> None:
        """Asked every ten hours for years, the standard library tells no other."""
        known = ever(zone)
        for first, last in ((1938, 1945), (2084, 2088), (2400, 2402), (9990, 9999)):
            now = datetime(first, 1, 1, tzinfo=UTC)
            while now.year < last:
                local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=UTC)
                place = _before(known, at(now))
                assert at(local) - at(now) == known[place][1], now
                now += timedelta(hours=10)

    @settings(max_examples=20)  # as each needs a table of all years
    @given(strategies.business_calendars(), st.integers(1, 9998), LENGTHS)
    def test_hold_the_laws_in_any_year(
        self, calendar: BusinessCalendar, year: int, length: timedelta
    ) -> None:
        """What is far is as exact as what is near."""
        start = datetime(year, 3, 1, 12, tzinfo=UTC)
        try:
            due = calendar.add(start, length)
        except (NoOpenTimeError, ValueError):
            event("out of range")
            return

        assert calendar.elapsed(start, due) == length
        assert calendar.elapsed(start, start + timedelta(days=1)) <= timedelta(days=1)


def _before(known: tuple[tuple[int, int], ...], instant: int) -> int:
    return bisect_right(known, instant, key=lambda one: one[0]) - 1


class TestDays:
    @given(cases())
    def test_are_the_dates_with_hours(self, case: Case) -> None:
        """They are counted as by looking at each date."""
        calendar, start, _, end = case
        first, last = start.date(), end.date() + timedelta(days=9)

        days = [first + timedelta(days=n) for n in range((last - first).days)]

        wanted = sum(bool(calendar.hours_on(d)) and _is(calendar, d) for d in days)
        assert calendar.business_days(first, last) == wanted
        assert calendar.business_days(last, first) == -wanted


def _is(calendar: BusinessCalendar, day: date) -> bool:
    return (calendar.zone, day) != ("Pacific/Apia", date(2011, 12, 30))


def test_a_holiday_on_a_closed_day_changes_nothing() -> None:
    """Law 13: it closes what was closed."""
    plain = BusinessCalendar(
        id=CalendarId("x"),
        zone="UTC",
        weekly=(Hours(weekday=Weekday.MONDAY, intervals=(NINE_TO_FIVE,)),),
    )
    sunday = date(2026, 11, 22)
    start = datetime(2026, 11, 20, tzinfo=UTC)

    held = plain.with_holidays([sunday])

    assert held.exceptions == (DateException(on=sunday),)
    assert held.add(start, timedelta(hours=30)) == plain.add(start, timedelta(hours=30))


NINE_TO_FIVE = Interval(start="09:00", end="17:00")
