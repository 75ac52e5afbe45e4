from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, time, timedelta
from decimal import Decimal
from itertools import combinations, permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit.errors import UnknownIdError
from relationkit.records import PriorityId
from relationkit.strategies import plans
from relationkit.targets import (
    AnyPriority,
    Channel,
    Coverage,
    Goal,
    Manner,
    Metric,
    NextBusinessDay,
    Plan,
    Priority,
    Target,
    Within,
    duration,
    is_longer,
    priority_of,
    scale,
    spelled,
    within,
)

HOUR = timedelta(hours=1)
DAYS = "of days, which have no fixed length; write hours such as '8h' or '24h'"

minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
times = st.integers(1, 99_999).map(lambda minutes: timedelta(minutes=minutes))


LENGTHS: list[Within] = [
    *(HOUR, 2 * HOUR, 73 * HOUR, 74 * HOUR, NextBusinessDay()),
    *(NextBusinessDay(by=time(hour)) for hour in (9, 16)),
]


def target(priority: AnyPriority, first: Within, resolution: Within) -> Target:
    """So soon for requests of that priority."""
    return Target(priority=priority, first_response=first, resolution=resolution)


def plan(*targets: Target) -> Plan:
    """Support with those targets."""
    return Plan(
        targets=targets,
        coverage=Coverage.ALWAYS,
        channel=Channel.GENERAL,
        named_contact=False,
        manner=Manner.REACTIVE,
    )


EVEN = [target(priority, HOUR, 2 * HOUR) for priority in Priority]


class TestDuration:
    @given(st.integers(0, 99_999), st.integers(0, 99_999))
    def test_is_what_is_written(self, hours: int, minutes: int) -> None:
        """Hours and minutes, either way of writing them."""
        if time := timedelta(hours=hours, minutes=minutes):
            assert duration(f"{hours}h{minutes}m") == time
            assert duration(f"PT{hours}H{minutes}M") == time

    @pytest.mark.parametrize(
        ("text", "minutes"), [("4h", 240), ("30m", 30), ("PT4H", 240), ("PT30M", 30)]
    )
    def test_may_leave_out_a_part(self, text: str, minutes: int) -> None:
        """Hours alone and minutes alone will do."""
        assert duration(text) == timedelta(minutes=minutes)

    @pytest.mark.parametrize(
        "text",
        [
            *("", "PT", "4", "h", "4 h", " 4h", "4h\n", "4H", "٤h", ".5s", "PT5s"),
            *("pt4h", "PT4h", "4.5h", "30m4h", "0.0000001s", "4s30m"),
        ],
    )
    def test_says_what_is_no_length_of_time(self, text: str) -> None:
        """Whatever is not one is refused, with how to write one."""
        with pytest.raises(ValueError, match="expected a length of time") as caught:
            duration(text)

        assert repr(text) in str(caught.value)
        assert "'4h', '1h30m' or 'PT4H'" in str(caught.value)

    @pytest.mark.parametrize(
        ("texts", "told"),
        [
            (
                ("0h", "0h0m", "PT0M", "0s", "0.0s"),
                "no time at all; give one longer than none, such as '15m'",
            ),
            (("-4h", "-PT4H"), "less than none; give one longer than none"),
            (
                ("1d", "P1D", "2 days", "1w", "1d4h"),
                DAYS,
            ),
            (
                ("100000000000h", "999999999999h30m", "PT100000000000H"),
                "longer than can be reckoned with; give less",
            ),
        ],
    )
    def test_says_why_it_is_none(self, texts: Sequence[str], told: str) -> None:
        """What is plainly meant is told, with what to write."""
        for text in texts:
            with pytest.raises(ValueError, match="expected a length") as caught:
                duration(text)

            assert str(caught.value) == (
                f"expected a length of time, got {text!r}, {told}"
            )

    def test_is_told_by_texts_and_lengths(self) -> None:
        """Anything else is refused under its name, and never taken for one."""
        for name, ask in (
            ("text", lambda: duration(4)),  # type: ignore[arg-type]
            ("text", lambda: within(4)),  # type: ignore[arg-type]
            ("text", lambda: NextBusinessDay.of(4)),  # type: ignore[arg-type]
            ("text", lambda: priority_of(None)),  # type: ignore[arg-type]
            ("time", lambda: spelled(4)),  # type: ignore[arg-type]
            ("one", lambda: is_longer("4h", HOUR)),  # type: ignore[arg-type]
            ("other", lambda: is_longer(HOUR, "5h")),  # type: ignore[arg-type]
        ):
            with pytest.raises(TypeError, match=f"^{name}: expected a"):
                ask()

    def test_may_be_too_long(self) -> None:
        """What Python cannot reckon with is told as such."""
        assert duration("23999999999h") < timedelta.max
        with pytest.raises(ValueError, match=r"^'99999999999h' is longer than can be"):
            duration("99999999999h")

    @given(st.timedeltas(min_value=timedelta(microseconds=1)))
    def test_is_spelled(self, time: timedelta) -> None:
        """Whatever is longer than nothing can be spelled, and read again."""
        assert duration(spelled(time)) == time
        assert duration(f"PT{spelled(time).upper()}") == time

    @pytest.mark.parametrize(
        ("time", "text"),
        [
            (timedelta(hours=10), "10h"),
            (timedelta(hours=100, seconds=10), "100h10s"),
            (timedelta(minutes=90, milliseconds=100), "1h30m0.1s"),
        ],
    )
    def test_is_spelled_short(self, time: timedelta, text: str) -> None:
        """Parts that are nothing are left out."""
        assert spelled(time) == text

    @pytest.mark.parametrize("time", [timedelta(0), timedelta(seconds=-1)])
    def test_spells_no_length_of_nothing(self, time: timedelta) -> None:
        """What takes no time is not spelled, as it would not be read."""
        with pytest.raises(ValueError, match="must be longer than none"):
            spelled(time)

    def test_does_not_repeat_what_is_long(self) -> None:
        """An error stays short, however long the text."""
        with pytest.raises(ValueError, match="expected a length of time") as caught:
            duration("4" * 10_000)

        assert len(str(caught.value)) < 200


class TestTarget:
    @given(st.sampled_from(Priority), times, times)
    def test_resolves_after_responding(
        self, priority: Priority, first: timedelta, resolution: timedelta
    ) -> None:
        """Nothing is resolved before someone answers."""
        if resolution >= first:
            assert target(priority, first, resolution).resolution == resolution
        else:
            with pytest.raises(ValueError, match=f"resolution of {priority} is"):
                target(priority, first, resolution)

    @pytest.mark.parametrize("first", [timedelta(0), -HOUR])
    def test_takes_time(self, first: timedelta) -> None:
        """Nobody answers at once, or before they were asked."""
        with pytest.raises(
            ValueError, match=r"^first_response: expected a time longer "
        ):
            target(Priority.LOW, first, HOUR)


class TestPlan:
    @pytest.mark.parametrize("ask", ["target", "goals"])
    def test_is_asked_by_priority(self, ask: str) -> None:
        """A text is no priority, and is told so."""
        told = r"^priority: expected a Priority, got 'low', a str; use Priority.LOW$"
        with pytest.raises(TypeError, match=told):
            getattr(plan(*EVEN), ask)("low")

    def test_is_asked_by_metric(self) -> None:
        """A text is no metric, and is told so."""
        with pytest.raises(TypeError, match=r"^metric: expected a Metric, got 'first_"):
            plan(*EVEN).goal("first_response", Priority.LOW)  # type: ignore[arg-type]

    def test_has_a_target_for_each_priority(self) -> None:
        """Each request has its promise, in whatever order they were named."""
        orders = [plan(*order) for order in permutations(EVEN)]

        assert len(set(orders)) == 1
        assert [orders[0].target(p) for p in Priority] == EVEN

    @pytest.mark.parametrize(
        ("targets", "told"),
        [
            ([], "targets are for nothing"),
            (EVEN[1:], "targets are for normal, high, urgent"),
            ([*EVEN, EVEN[0]], "targets are for low, low, normal, high, urgent"),
            ([EVEN[0], *EVEN[:-1]], "targets are for low, low, normal, high"),
        ],
    )
    def test_has_one_for_each(self, targets: list[Target], told: str) -> None:
        """A priority without a target, or with two, is refused."""
        with pytest.raises(ValueError, match=f"^{told}; give each of low, normal"):
            plan(*targets)

    @given(st.lists(times, min_size=4, max_size=4), times)
    def test_serves_the_urgent_first(
        self, firsts: list[timedelta], more: timedelta
    ) -> None:
        """The more urgent never waits longer for an answer."""
        targets = map(target, Priority, firsts, [max(firsts)] * 4)
        if firsts == sorted(firsts, reverse=True):
            assert plan(*targets).target(Priority.LOW).first_response == firsts[0]
        else:
            with pytest.raises(ValueError, match=r"the more urgent must not wait"):
                plan(*targets)

        slower = evolve(EVEN[-1], resolution=2 * HOUR + more)
        with pytest.raises(ValueError, match=r"^resolution of urgent is .*, longer"):
            plan(*EVEN[:-1], slower)

    @given(st.lists(st.sampled_from(LENGTHS), min_size=2, max_size=8))
    def test_compares_each_with_all_less_urgent(self, firsts: list[Within]) -> None:
        """As far as can be told of lengths of time and of business days."""
        names = scale(*(f"p{i}" for i in range(len(firsts))))
        targets = tuple(map(target, names, firsts, [100 * HOUR] * len(firsts)))
        told = any(is_longer(more, less) for less, more in combinations(firsts, 2))

        hours = evolve(plan(*EVEN), coverage=Coverage.BUSINESS_HOURS)
        with pytest.raises(ValueError, match="wait longer") if told else nullcontext():
            evolve(hours, targets=targets, priorities=names)

    def test_says_who_waits_longer(self) -> None:
        """An error names the priority, the time and the two values."""
        slower = evolve(EVEN[-1], first_response=2 * HOUR)

        with pytest.raises(ValueError, match="first_response of urgent") as caught:
            plan(*EVEN[:-1], slower)
        assert str(caught.value) == (
            "first_response of urgent is 2:00:00, longer than that of high, 1:00:00;"
            " the more urgent must not wait longer (the least urgent stands first)"
        )

    def test_makes_a_goal_of_each_promise(self) -> None:
        """What is not promised has no goal; a target may have a clock of its own."""
        first = evolve(
            EVEN[0],
            next_response=HOUR,
            coverage=Coverage.BUSINESS_HOURS,
            at_risk=(Decimal("0.5"),),
            at_risk_before=(HOUR,),
        )
        promised = plan(first, *EVEN[1:])
        low = promised.goals(Priority.LOW)

        assert [goal.metric for goal in low] == [
            Metric.FIRST_RESPONSE,
            Metric.NEXT_RESPONSE,
            Metric.FIRST_RESOLUTION,
        ]
        assert {goal.clock for goal in low} == {Coverage.BUSINESS_HOURS}
        assert (low[0].at_risk, low[0].at_risk_before) == ((Decimal("0.5"),), (HOUR,))
        assert promised.goal(Metric.FIRST_RESPONSE, Priority.HIGH).clock is (
            Coverage.ALWAYS
        )
        with pytest.raises(UnknownIdError, match="nothing is promised of periodic_"):
            promised.goal(Metric.PERIODIC_UPDATE, Priority.LOW)


SCALE = scale("p4", "p3", "p2", "p1")
P4, P3, P2, P1 = SCALE
OWN = [target(priority, HOUR, 2 * HOUR) for priority in SCALE]
END, BY_FOUR = NextBusinessDay(), NextBusinessDay(by=time(16))


def own(*targets: Target, priorities: tuple[AnyPriority, ...] = SCALE) -> Plan:
    """Support with a scale of its own, and those targets."""
    return evolve(plan(*EVEN), priorities=priorities, targets=targets)


class TestPriorities:
    def test_are_asked_of_their_plan(self) -> None:
        """A plan of its own scale knows its targets, goals and ranks."""
        promised = own(*OWN)

        assert [promised.target(one) for one in SCALE] == OWN
        assert [promised.rank(one) for one in SCALE] == [0, 1, 2, 3]
        assert promised.goal(Metric.FIRST_RESPONSE, P1).within == HOUR
        assert promised.priority("p1") == P1
        assert plan(*EVEN).priority("low") is Priority.LOW

    @pytest.mark.parametrize("ask", ["target", "goals", "rank", "priority"])
    def test_are_told_if_unknown(self, ask: str) -> None:
        """What a plan does not know is told beside what it has."""
        for unknown, told in (
            ("p5", "no priority 'p5' in this plan; it has p4, p3, p2, p1"),
            (Priority.LOW, "no priority 'low' in this plan; it has p4, p3, p2, p1"),
        ):
            with pytest.raises(UnknownIdError, match=f"^{told}$"):
                getattr(own(*OWN), ask)(unknown)
        with pytest.raises(
            UnknownIdError,
            match=r"^no priority 'ugrent' in this plan; it has low, normal, high,"
            r" urgent \(did you mean 'urgent'\?\)$",
        ):
            getattr(plan(*EVEN), ask)("ugrent")

    def test_extend_the_common_ones(self) -> None:
        """A scale may hold some of the common ones, and others among them."""
        vip = PriorityId("vip")
        more = own(*EVEN, target(vip, HOUR, HOUR), priorities=(*Priority, vip))

        assert more.rank(vip) > more.rank(Priority.URGENT)
        assert more.target(Priority.LOW) == EVEN[0]

    @given(plans())
    def test_rank_as_they_stand(self, promised: Plan) -> None:
        """Whatever the order of targets, the scale alone says what is urgent."""
        ranks = [promised.rank(one) for one in promised.priorities]
        shuffled = evolve(promised, targets=promised.targets[::-1])

        assert ranks == [*range(len(promised.targets))]
        assert (shuffled, hash(shuffled)) == (promised, hash(promised))

    def test_make_other_plans(self) -> None:
        """Plans that rank the same names otherwise are not equal."""
        back = own(*OWN, priorities=SCALE[::-1])

        assert (back == own(*OWN)) is False
        assert (back.rank(P4), own(*OWN).rank(P4)) == (3, 0)

    @pytest.mark.parametrize(
        ("names", "told"),
        [
            ((), "^priorities: expected one or more.*none; name them, the least"),
            (tuple(f"p{i}" for i in range(101)), "100 at most, got 101; leave some"),
            (("p1", "p2", "p1"), "^priorities are p1, p2, p1; name each once$"),
            (("high", "low"), "and high is more urgent than low; put it after low"),
            (("p1 ",), "^priorities: expected each to be an id"),
        ],
    )
    def test_are_a_scale(self, names: tuple[str, ...], told: str) -> None:
        """One of nothing, of the same twice, or against the common order is none."""
        with pytest.raises(ValueError, match=told):
            scale(*names)
        with pytest.raises(ValueError, match=told):
            own(priorities=tuple(map(priority_of, names)))

    def test_are_no_texts_of_common_ones(self) -> None:
        """What a common priority is called is that priority, and nothing else."""
        told = "expected a Priority, got 'low', a str; use Priority.LOW$"
        with pytest.raises(TypeError, match=f"^priority: {told}"):
            target(PriorityId("low"), HOUR, HOUR)
        with pytest.raises(TypeError, match=f"^priorities: {told}"):
            own(priorities=(PriorityId("low"),))

    def test_are_seen(self) -> None:
        """A priority is an id, and none that is blank or cannot be shown."""
        with pytest.raises(ValueError, match=r"^priority: expected an id"):
            target(PriorityId(" "), HOUR, HOUR)

    @pytest.mark.parametrize(
        ("targets", "told"),
        [
            (OWN[1:], "targets are for p3, p2, p1; give each of p4, p3, p2, p1 one"),
            (EVEN, "no priority 'high' in this plan; it has p4, p3, p2, p1\n"),
        ],
    )
    def test_have_a_target_each(self, targets: list[Target], told: str) -> None:
        """Neither fewer targets than the scale has, nor others."""
        with pytest.raises(ValueError, match=f"^{told}"):
            own(*targets)

    def test_are_what_to_choose_from(self) -> None:
        """A common one that the plan has not is refused as any other is."""
        for strange in ("urgent", Priority.URGENT, PriorityId("p9")):
            with pytest.raises(UnknownIdError, match=r"it has p4, p3, p2, p1$"):
                own(*OWN).goal(Metric.FIRST_RESPONSE, strange)  # type: ignore[arg-type]

    def test_are_given_one_by_one(self) -> None:
        """A list of them is refused, with how to give it."""
        with pytest.raises(TypeError, match=r"^priorities: .* scale\(\*names\)$"):
            scale(["p3", "p2"])  # type: ignore[arg-type]

    @given(st.permutations(SCALE), st.lists(times, min_size=4, max_size=4))
    def test_serve_the_urgent_first(
        self, ranked: list[AnyPriority], firsts: list[timedelta]
    ) -> None:
        """By the rank of the scale, whatever the names are."""
        targets = [
            target(*one, max(firsts)) for one in zip(ranked, firsts, strict=True)
        ]
        if firsts == sorted(firsts, reverse=True):
            made = own(*targets, priorities=tuple(ranked))
            assert made.target(ranked[0]).first_response == firsts[0]
        else:
            with pytest.raises(ValueError, match="the more urgent must not wait"):
                own(*targets, priorities=tuple(ranked))

    def test_serve_the_urgent_first_over_a_gap(self) -> None:
        """One that promises nothing, or a day, hides no two that do not fit."""
        less = evolve(OWN[0], next_response=HOUR)
        more = evolve(OWN[2], next_response=2 * HOUR)
        for between in (OWN[1], evolve(OWN[1], next_response=END)):
            with pytest.raises(ValueError, match=r"^next_response of p2 is 2:00:00"):
                evolve(own(*OWN), targets=(less, between, more, OWN[3]))


class TestDays:
    def test_stand_where_a_time_does(self) -> None:
        """Responses, updates and resolutions may be due on the next business day."""
        day = evolve(
            EVEN[0],
            first_response=BY_FOUR,
            next_response=BY_FOUR,
            periodic_update=END,
            resolution=END,
            total_resolution=END,
        )
        hours = [evolve(one, coverage=Coverage.ALWAYS) for one in EVEN[1:]]
        promised = evolve(
            plan(*EVEN), coverage=Coverage.BUSINESS_HOURS, targets=(day, *hours)
        )

        assert [goal.within for goal in promised.goals(Priority.LOW)] == [
            BY_FOUR,
            BY_FOUR,
            END,
            END,
            END,
        ]

    @given(st.none() | minutes, st.none() | minutes)
    def test_are_compared_by_the_clock(
        self, response: time | None, resolution: time | None
    ) -> None:
        """Of two days the later time is later, and the end latest."""
        first, last = NextBusinessDay(by=response), NextBusinessDay(by=resolution)
        is_late = resolution is not None and (response is None or response > resolution)

        assert is_longer(first, last) is is_late
        if is_late:
            with pytest.raises(ValueError, match=r"^resolution of low is next busine"):
                evolve(EVEN[0], first_response=first, resolution=last)
        else:
            made = evolve(EVEN[0], first_response=first, resolution=last)
            assert made.resolution == last

    def test_are_shorter_than_what_no_two_dates_have(self) -> None:
        """That much is known of any calendar, and no more."""
        more = 72 * HOUR + timedelta.resolution

        assert is_longer(more, END)
        assert not is_longer(END, more)
        with pytest.raises(
            ValueError, match=r"^resolution of low is end of next busin"
        ):
            evolve(EVEN[0], first_response=more, resolution=END)

    @pytest.mark.parametrize("length", [timedelta(minutes=1), HOUR, 72 * HOUR])
    def test_are_not_compared_with_lengths(self, length: timedelta) -> None:
        """Which of the two is longer, a calendar and an hour say, and no plan."""
        assert not is_longer(length, END)
        assert not is_longer(END, length)
        made = evolve(EVEN[0], first_response=length, resolution=END)
        assert made.first_response == length
        assert (
            evolve(EVEN[0], first_response=END, resolution=length).resolution == length
        )

    def test_hide_no_lengths_that_do_not_fit(self) -> None:
        """A resolution for good is held against the response too."""
        with pytest.raises(
            ValueError,
            match=r"^total_resolution of low is 1:00:00, shorter than first_response",
        ):
            evolve(
                EVEN[0], first_response=2 * HOUR, resolution=END, total_resolution=HOUR
            )

    def test_are_of_business_hours(self) -> None:
        """A clock that always runs has none, be it that of the target or the plan."""
        day = evolve(EVEN[0], resolution=END)

        with pytest.raises(ValueError, match=r"^coverage is always, and resolution of"):
            evolve(day, coverage=Coverage.ALWAYS)
        with pytest.raises(
            ValueError,
            match=r"^coverage is always, and resolution of low 'end of next business"
            r" day'; let it run in business_hours, or promise a length of time$",
        ):
            plan(day, *EVEN[1:])
        apart = evolve(day, coverage=Coverage.BUSINESS_HOURS)
        assert plan(apart, *EVEN[1:]).target(Priority.LOW).resolution == END

    @given(st.none() | minutes)
    def test_are_spelled(self, by: time | None) -> None:
        """As lengths are, and read again where either may stand."""
        assert within(spelled(NextBusinessDay(by=by))) == NextBusinessDay(by=by)
        with pytest.raises(
            ValueError, match=r"^expected a length of time, got '2 days'"
        ):
            within("2 days")


class TestGoal:
    @pytest.mark.parametrize("part", ["0", "1", "-0.5", "NaN"])
    def test_is_at_risk_after_a_part(self, part: str) -> None:
        """Neither before it begins nor when it is over."""
        with pytest.raises(ValueError, match=r"^at_risk has .* between 0 and 1"):
            Goal(metric=Metric.FIRST_RESPONSE, within=HOUR, at_risk=(Decimal(part),))

    def test_takes_time(self) -> None:
        """Nothing is promised at once, and no warning is of no time."""
        none = timedelta(0)

        with pytest.raises(ValueError, match=r"^within: expected a time longer"):
            Goal(metric=Metric.FIRST_RESPONSE, within=none)
        for kind in (
            lambda: Goal(
                metric=Metric.FIRST_RESPONSE, within=HOUR, at_risk_before=(none,)
            ),
            lambda: evolve(EVEN[0], at_risk_before=(none,)),
        ):
            with pytest.raises(ValueError, match=r"^at_risk_before has 0:00:00; it"):
                kind()
        with pytest.raises(ValueError, match=r"^total_resolution of low is 1:00:00"):
            evolve(EVEN[0], total_resolution=HOUR)

    def test_knows_business_days_by_business_hours(self) -> None:
        """A clock that always runs has no business day."""
        with pytest.raises(ValueError, match=r"^clock is always, and within is 'end"):
            Goal(
                metric=Metric.FIRST_RESPONSE,
                within=NextBusinessDay(),
                clock=Coverage.ALWAYS,
            )


class TestNextBusinessDay:
    @given(st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)))
    def test_is_what_is_written(self, by: time | None) -> None:
        """What it says of itself reads back."""
        promised = NextBusinessDay(by=by)

        assert NextBusinessDay.of(str(promised)) == promised

    @pytest.mark.parametrize(
        "text", ["", "next business day", "next business day by 4pm", "end of day"]
    )
    def test_says_what_is_no_promise(self, text: str) -> None:
        """Whatever is not one is refused, with how to write one."""
        with pytest.raises(ValueError, match="write 'end of next business day', or"):
            NextBusinessDay.of(text)

    def test_is_by_a_whole_minute(self) -> None:
        """A time of day has no seconds, and no zone of its own."""
        for by in (time(16, 0, 1), time(16, tzinfo=UTC)):
            with pytest.raises(ValueError, match=r"^by is 16.*give a whole minute"):
                NextBusinessDay(by=by)
