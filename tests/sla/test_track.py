from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.calendars import DateException, Interval, weekdays
from relationkit.errors import InvalidError
from relationkit.sla import (
    Counting,
    Event,
    Pause,
    State,
    Track,
    What,
    deadline,
    track,
)
from relationkit.strategies import tickets
from relationkit.targets import (
    Channel,
    Coverage,
    Goal,
    Manner,
    Metric,
    NextBusinessDay,
    Plan,
    Target,
    scale,
)
from tests.sla.cases import Case, cases, goal
from tests.sla.minutes import MINUTE, Held, consumed

HOUR = timedelta(hours=1)
NEW_YORK = ZoneInfo("America/New_York")
OFFICE = weekdays("09:00", "17:00", zone="America/New_York")
EIGHT = goal(480)
FOUR = goal(240)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 in New York; the 2nd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK)


def what(name: str, when: datetime) -> Event:
    """Something that happens then."""
    return Event(what=What(name), at=when)


START = what("start", at(2, 9))


def tracked(
    *events: Event, now: datetime, by: Goal = EIGHT, strict: bool = False
) -> Track:
    """How it stands in the office."""
    return track(by, events, OFFICE, now, strict=strict)


def of(metric: Metric) -> Goal:
    """Eight hours by that measure."""
    return evolve(EIGHT, metric=metric)


class TestConsumed:
    @given(cases(pauses=1), st.integers(0, 2000))
    def test_is_what_counting_minutes_gives(self, case: Case, minutes: int) -> None:
        """So many minutes count until now, and the rest is left."""
        now = case.opened + minutes * MINUTE
        events = [what("start", case.opened)]
        held = []
        for pause in case.pauses:
            if pause.start >= case.opened:
                assert pause.end is not None
                events += [what("pause", pause.start), what("resume", pause.end)]
                held.append(Held(pause.start, pause.end))
        found = track(case.goal, events, case.calendar, now)
        spent = consumed(case.office, held, case.opened, now) * MINUTE

        event(found.state.value)
        assert (found.consumed, found.remaining) == (
            spent,
            case.minutes * MINUTE - spent,
        )
        assert (found.state is State.BREACHED) == (spent > case.minutes * MINUTE)

    @given(tickets(), st.integers(0, 10_000))
    def test_is_the_time_of_the_intervals_that_count(
        self, events: Sequence[Event], minutes: int
    ) -> None:
        """The intervals are all time until now or the end, each told once."""
        now = events[0].at + minutes * MINUTE
        found = track(EIGHT, events, OFFICE, now)
        spans = found.intervals
        lengths = [
            span.end.astimezone(UTC) - span.start.astimezone(UTC)
            for span in spans
            if span.end and span.counting is Counting.COUNTED
        ]

        assert sum(lengths, timedelta(0)) == found.consumed
        assert not spans or spans[-1].end == (found.stopped_at or now)

    @given(tickets(), st.integers(0, 10_000), st.integers(0, 10_000))
    def test_never_falls(
        self, events: Sequence[Event], minutes: int, more: int
    ) -> None:
        """What has counted stays counted, and a breach stays one."""
        first = events[0].at + minutes * MINUTE
        before = track(EIGHT, events, OFFICE, first)
        after = track(EIGHT, events, OFFICE, first + more * MINUTE)

        assert before.consumed <= after.consumed
        assert before.state is not State.BREACHED or after.state is State.BREACHED


class TestState:
    @pytest.mark.parametrize(
        ("now", "state"),
        [
            (at(2, 9), State.RUNNING),
            (at(2, 14, 59), State.RUNNING),
            (at(2, 15), State.AT_RISK),
            (at(2, 17), State.AT_RISK),
            (at(3, 9), State.AT_RISK),
            (at(3, 9, 1), State.BREACHED),
        ],
    )
    def test_follows_the_clock(self, now: datetime, state: State) -> None:
        """At a boundary it is still kept; a minute of business later it is not."""
        risky = evolve(EIGHT, at_risk=(Decimal("0.75"),))

        found = tracked(START, now=now, by=risky)
        assert found.state is state
        assert [point.at for point in found.thresholds] == [at(2, 15)]

    @pytest.mark.parametrize(
        ("stop", "lenient", "strict"),
        [
            (at(2, 17), State.MET, State.MET),
            (at(2, 20), State.MET, State.BREACHED),
            (at(3, 9), State.MET, State.BREACHED),
            (at(3, 9, 1), State.BREACHED, State.BREACHED),
        ],
    )
    def test_is_settled_when_it_is_done(
        self, stop: datetime, lenient: State, strict: State
    ) -> None:
        """Done by the due instant is met; strictly, no later even if closed."""
        events, now = (START, what("stop", stop)), at(9, 12)
        found = tracked(*events, now=now)

        assert (found.state, found.stopped_at) == (lenient, stop)
        assert tracked(*events, now=now, strict=True).state is strict

    def test_is_not_determined_while_paused_before_due(self) -> None:
        """Nobody knows when it falls due; what is left is known."""
        found = tracked(START, what("pause", at(2, 11)), now=at(20, 9))

        assert (found.state, found.due_at) == (State.UNDETERMINED, None)
        assert (found.breaches_after, found.remaining) == (None, 6 * HOUR)
        strict = tracked(START, what("pause", at(2, 11)), now=at(20, 9), strict=True)
        assert strict.state is State.UNDETERMINED

    def test_is_paused_where_the_end_is_known(self) -> None:
        """A pause with an end to it lets the due instant be told."""
        planned = Event(what=What.PAUSE, at=at(2, 11), until=at(2, 13))
        found = tracked(START, planned, now=at(2, 12))

        assert (found.state, found.due_at) == (State.PAUSED, at(3, 11))
        assert tracked(START, planned, now=at(2, 13)).state is State.RUNNING
        resumed = what("resume", at(2, 12))
        assert tracked(START, planned, resumed, now=at(2, 12)).due_at == at(3, 10)
        late = what("resume", at(2, 15))
        assert tracked(START, planned, late, now=at(2, 16)).due_at == at(3, 11)
        again = what("pause", at(2, 14))
        assert tracked(START, planned, again, now=at(2, 15)).remaining == 5 * HOUR

    def test_stays_breached_through_a_pause(self) -> None:
        """A pause after the breach moves nothing."""
        found = tracked(START, what("pause", at(3, 12)), now=at(3, 13))

        assert (found.state, found.due_at) == (State.BREACHED, at(2, 17))

    def test_knows_nothing_of_what_happens_later(self) -> None:
        """An event after now changes nothing yet."""
        stop = what("stop", at(2, 12))

        assert tracked(START, stop, now=at(2, 11)).state is State.RUNNING
        assert tracked(START, stop, now=at(2, 12)).state is State.MET

    def test_reads_as_a_sentence(self) -> None:
        """When it is due, how it stands, and what has counted."""
        assert str(tracked(START, now=at(2, 12))) == (
            "total resolution: due 2026-11-02 17:00 EST; running, 3:00:00 consumed"
        )


class TestStart:
    def test_may_lie_before_it_is_told(self) -> None:
        """A clock started late counts from when the request came in."""
        found = Event(what=What.START, at=at(2, 12), since=at(2, 10))

        assert tracked(found, now=at(2, 12)).started_at == at(2, 10)
        assert tracked(found, now=at(2, 12)).consumed == 2 * HOUR
        moved = tracked(
            START, what("pause", at(2, 11)), evolve(found, at=at(2, 12)), now=at(2, 12)
        )
        assert (moved.started_at, moved.remaining) == (at(2, 10), 7 * HOUR)

    def test_is_needed(self) -> None:
        """Before it there is nothing to track."""
        for events in ([], [START]):
            with pytest.raises(InvalidError, match=r"^/events: nothing has started by"):
                track(EIGHT, events, OFFICE, at(2, 8))


class TestPriority:
    def test_keeps_start_and_pauses(self) -> None:
        """Another goal counts from the start, less the pauses (GLPI forgets them)."""
        higher = Event(what=What.PRIORITY, at=at(2, 13), target=FOUR)
        found = tracked(
            START,
            what("pause", at(2, 10)),
            what("resume", at(2, 12)),
            higher,
            now=at(2, 13),
        )

        assert (found.goal, found.started_at, found.consumed) == (
            FOUR,
            at(2, 9),
            2 * HOUR,
        )
        assert found.due_at == at(2, 15)

    def test_may_be_of_a_scale_of_its_own(self) -> None:
        """What a plan calls p1 stands as what is urgent does."""
        low, top = scale("p2", "p1")
        targets = (
            Target(priority=low, first_response=8 * HOUR, resolution=8 * HOUR),
            Target(priority=top, first_response=HOUR, resolution=4 * HOUR),
        )
        plan = Plan(
            priorities=(low, top),
            targets=targets,
            coverage=Coverage.BUSINESS_HOURS,
            channel=Channel.GENERAL,
            named_contact=False,
            manner=Manner.REACTIVE,
        )
        before, after = (plan.goal(Metric.FIRST_RESOLUTION, p) for p in (low, top))
        higher = Event(what=What.PRIORITY, at=at(2, 11), target=after)
        found = tracked(START, higher, now=at(2, 11), by=before)

        assert (found.goal, found.due_at) == (after, at(2, 13))

    def test_moves_nothing_that_is_done(self) -> None:
        """What was met stays met; reopened, it is by the new goal."""
        shorter = Event(what=What.PRIORITY, at=at(2, 16), target=goal(60))
        events = (START, what("stop", at(2, 15)), shorter)

        assert tracked(*events, now=at(2, 16)).state is State.MET
        reopened = tracked(*events, what("reopen", at(2, 16)), now=at(2, 16))
        assert (reopened.state, reopened.goal) == (State.BREACHED, goal(60))


class TestReopen:
    def test_counts_on_where_all_of_it_counts(self) -> None:
        """Until resolved for good, less the time in which it was resolved."""
        events = (START, what("stop", at(2, 12)), what("reopen", at(3, 9)))
        found = tracked(*events, now=at(3, 10))

        assert (found.state, found.consumed) == (State.RUNNING, 4 * HOUR)
        assert (found.stopped_at, found.due_at) == (None, at(3, 14))

    @pytest.mark.parametrize("metric", [Metric.FIRST_RESPONSE, Metric.FIRST_RESOLUTION])
    def test_changes_nothing_of_what_is_done_once(self, metric: Metric) -> None:
        """The first answer and resolution were the first, whatever comes after."""
        events = [
            *(START, what("stop", at(2, 12)), what("reopen", at(3, 9))),
            *(what("pause", at(3, 10)), what("stop", at(5, 10))),
        ]
        found = tracked(*events, now=at(9, 9), by=of(metric))

        assert (found.state, found.stopped_at) == (State.MET, at(2, 12))

    def test_begins_anew_what_does(self) -> None:
        """The next answer has the whole time again."""
        events = (START, what("stop", at(2, 12)), what("reopen", at(3, 9)))
        found = tracked(*events, now=at(3, 10), by=of(Metric.NEXT_RESPONSE))

        assert (found.started_at, found.consumed, found.cycles) == (at(3, 9), HOUR, 1)


class TestReset:
    @pytest.mark.parametrize("metric", [Metric.NEXT_RESPONSE, Metric.PERIODIC_UPDATE])
    def test_forgets_what_has_counted(self, metric: Metric) -> None:
        """A reset gives the whole time again; a pause keeps what has counted."""
        reset = tracked(
            START,
            what("pause", at(2, 10)),
            what("reset", at(2, 12)),
            now=at(2, 13),
            by=of(metric),
        )
        paused = tracked(
            START,
            what("pause", at(2, 10)),
            what("resume", at(2, 12)),
            now=at(2, 13),
            by=of(metric),
        )

        assert (reset.consumed, reset.due_at, reset.cycles) == (HOUR, at(3, 12), 1)
        assert (paused.consumed, paused.due_at, paused.cycles) == (
            2 * HOUR,
            at(3, 11),
            0,
        )

    def test_is_refused_where_time_is_given_once(self) -> None:
        """A resolution is paused, and does not begin anew."""
        with pytest.raises(InvalidError) as caught:
            tracked(START, what("reset", at(2, 12)), now=at(2, 13))

        assert str(caught.value) == (
            "/events/1: reset at 2026-11-02 12:00:00-05:00 cannot be:"
            " total_resolution does not begin anew (use pause and resume, or a goal of"
            " next_response or periodic_update)"
        )


class TestRefusals:
    @pytest.mark.parametrize(
        ("names", "told"),
        [
            ("pause", "/events/0: pause .* nothing has started .let a start come"),
            ("start start", "/events/1: start .* it has started .keep one start"),
            ("start resume", "/events/1: resume .* it is not paused .remove it"),
            ("start pause pause", "/events/2: pause .* it is paused .let a resume"),
            ("start stop stop", "/events/2: stop .* it is stopped .let a reopen"),
            ("start stop pause", "/events/2: pause .* it is stopped .let a reopen"),
            ("start reopen", "/events/1: reopen .* it is not stopped .remove it"),
        ],
    )
    def test_of_what_cannot_be(self, names: str, told: str) -> None:
        """An event that cannot happen is named by its place, with a remedy."""
        events = [what(name, at(2, 9 + n)) for n, name in enumerate(names.split())]

        with pytest.raises(InvalidError, match=told):
            tracked(*events, now=at(2, 16))

    def test_of_what_is_out_of_order(self) -> None:
        """Nothing is put in order that may have been meant."""
        with pytest.raises(InvalidError, match=r"/events/1: pause at .* is before the"):
            tracked(START, what("pause", at(2, 8)), now=at(2, 16))

    def test_of_what_comes_last_first(self) -> None:
        """It is the order that is told, not what could not happen by it."""
        events = (what("stop", at(2, 12)), what("pause", at(2, 10)), START)

        with pytest.raises(
            InvalidError,
            match=r"^/events/1: pause at .* is before the event ahead of it \(put"
            r" events in the order in which they happened, the first first\)$",
        ):
            tracked(*events, now=at(2, 16))

    def test_of_another_metric(self) -> None:
        """A priority changes how long, not what is measured."""
        other = Event(
            what=What.PRIORITY, at=at(2, 10), target=of(Metric.FIRST_RESPONSE)
        )

        with pytest.raises(
            InvalidError, match=r"not of total_resolution \(give a goal"
        ):
            tracked(START, other, now=at(2, 16))

    def test_of_what_is_no_event(self) -> None:
        """Its place is told."""
        with pytest.raises(
            InvalidError, match=r"/events/1: expected an Event, got Pause"
        ):
            track(EIGHT, [START, Pause(start=at(2, 9))], OFFICE, at(2, 16))  # type: ignore[list-item]

    def test_of_one_alone(self) -> None:
        """One event is put in brackets, and only a goal can be tracked."""
        with pytest.raises(TypeError, match=r"^events: expected several, got Event"):
            track(EIGHT, START, OFFICE, at(2, 16))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"^target: expected a Goal, got 'urgent'"):
            track("urgent", [START], OFFICE, at(2, 16))  # type: ignore[arg-type]

    def test_of_instants_in_no_zone(self) -> None:
        """Nothing happens, and nothing is asked, by a clock that hangs nowhere."""
        naive = at(2, 9).replace(tzinfo=None)

        with pytest.raises(ValueError, match=r"^now is .* in no zone"):
            tracked(START, now=naive)
        with pytest.raises(ValueError, match=r"^at is .* in no zone"):
            what("start", naive)

    @pytest.mark.parametrize(
        ("parts", "told"),
        [
            ({"what": What.START, "since": at(2, 10)}, "since is .*, later than at"),
            ({"what": What.STOP, "since": at(2, 8)}, "since is .*, of a stop; leave"),
            ({"what": What.PAUSE, "until": at(2, 8)}, "until is .*, before at"),
            ({"what": What.STOP, "until": at(2, 10)}, "until is .*, of a stop; leave"),
            ({"what": What.STOP, "target": FOUR}, "target of a stop is given; leave"),
            ({"what": What.PRIORITY}, "target of a priority is missing; give the goal"),
        ],
    )
    def test_of_parts_that_do_not_fit(
        self, parts: dict[str, What | datetime | Goal], told: str
    ) -> None:
        """Each part belongs to one kind of event."""
        with pytest.raises(ValueError, match=told):
            Event(at=at(2, 9), **parts)  # type: ignore[arg-type]


class TestPeers:
    """What others get wrong, and the true answer."""

    def test_at_the_boundary(self) -> None:
        """Done at the due instant is met (Chatwoot: its two paths differ)."""
        now = at(2, 17)

        assert tracked(START, what("stop", now), now=now).state is State.MET
        assert tracked(START, now=now).state is State.RUNNING

    def test_after_the_breach(self) -> None:
        """Held on Tuesday, what was due on Monday stays so (Frappe: Tuesday 10:00)."""
        events = (START, what("pause", at(3, 9)), what("resume", at(3, 10)))
        found = tracked(*events, now=at(3, 11))

        assert (found.due_at, found.state) == (at(2, 17), State.BREACHED)

    def test_over_a_night_on_hold(self) -> None:
        """Held from four until nine it has an hour left (ERPNext adds 17 to it)."""
        events = (START, what("pause", at(2, 16)), what("resume", at(3, 9)))
        found = tracked(*events, now=at(3, 9))

        assert (found.due_at, found.remaining) == (at(3, 10), HOUR)

    def test_over_the_end_of_a_month(self) -> None:
        """Due on the 2nd, it is not late on the 30th before (OCA compares days)."""
        opened = datetime(2026, 10, 30, 16, tzinfo=NEW_YORK)
        found = tracked(
            what("start", opened), now=datetime(2026, 10, 31, 12, tzinfo=NEW_YORK)
        )

        assert (found.state, found.due_at) == (State.RUNNING, at(2, 16))

    def test_over_a_weekend(self) -> None:
        """Due at the close of Friday it is kept until Monday, but not strictly."""
        friday = what("start", at(6, 9))

        assert tracked(friday, now=at(7, 12)).state is State.RUNNING
        assert tracked(friday, now=at(7, 12), strict=True).state is State.BREACHED
        assert tracked(friday, now=at(9, 9, 1)).state is State.BREACHED


class TestDeadline:
    @given(tickets())
    def test_is_that_of_the_pauses(self, events: Sequence[Event]) -> None:
        """A track says of the due instant what a deadline with its pauses says."""
        now = events[-1].at
        found = track(EIGHT, events, OFFICE, now)
        pauses: list[Pause] = []
        for one in events:
            if one.what in {What.PAUSE, What.STOP}:
                pauses.append(Pause(start=one.at))
            if one.what in {What.RESUME, What.STOP, What.REOPEN} and pauses:
                pauses[:] = [p if p.end else evolve(p, end=one.at) for p in pauses]
                if one.what is What.STOP:
                    pauses.append(Pause(start=one.at))
        if found.stopped_at:
            pauses = [p for p in pauses if p.end]

        due = deadline(EIGHT, events[0].at, OFFICE, pauses)
        assert (found.due_at, found.breaches_after) == (due.due_at, due.breaches_after)


class TestNextBusinessDay:
    DAY = evolve(EIGHT, within=NextBusinessDay(by=time(16)))

    @pytest.mark.parametrize(
        ("stop", "state"),
        [(at(3, 16), State.MET), (at(3, 16, 1), State.BREACHED)],
    )
    def test_is_kept_until_its_time(self, stop: datetime, state: State) -> None:
        """Though the office closed before, and nothing counts until it opens."""
        short = DateException(
            on=date(2026, 11, 3), hours=(Interval(start="09:00", end="12:00"),)
        )
        office = evolve(OFFICE, exceptions=(short,))
        found = track(self.DAY, [START, what("stop", stop)], office, stop)

        assert (found.state, found.due_at) == (state, at(3, 12))

    def test_does_not_move_by_a_pause(self) -> None:
        """One that is open holds nothing, and none is refused."""
        events = [START, what("pause", at(2, 11))]

        assert tracked(*events, now=at(2, 12), by=self.DAY) == tracked(
            START, now=at(2, 12), by=self.DAY
        )
        assert tracked(*events, now=at(3, 17), by=self.DAY).state is State.BREACHED


def test_strict_is_true_or_false() -> None:
    """A text that says no is not taken for yes."""
    with pytest.raises(TypeError, match=r"^strict: expected .*, got 'no', a str"):
        track(EIGHT, [START], OFFICE, at(2, 9), strict="no")  # type: ignore[arg-type]
