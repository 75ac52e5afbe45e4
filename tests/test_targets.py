from datetime import UTC, time, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit.errors import UnknownIdError
from relationkit.targets import (
    Channel,
    Coverage,
    Goal,
    Manner,
    Metric,
    NextBusinessDay,
    Plan,
    Priority,
    Target,
    duration,
    spelled,
)

HOUR = timedelta(hours=1)

times = st.integers(1, 99_999).map(lambda minutes: timedelta(minutes=minutes))


def target(priority: Priority, first: timedelta, resolution: timedelta) -> Target:
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
            *("", "PT", "0h", "0h0m", "PT0M", "4", "h", "4 h", " 4h", "4h\n", "4H"),
            *("pt4h", "PT4h", "-4h", "4.5h", "30m4h", "P1D", "1d", "٤h", ".5s", "0s"),
            *("100000000000h", "0.0000001s", "4s30m", "PT5s"),
        ],
    )
    def test_says_what_is_no_length_of_time(self, text: str) -> None:
        """Whatever is not one is refused, with how to write one."""
        with pytest.raises(ValueError, match="expected a length of time") as caught:
            duration(text)

        assert repr(text) in str(caught.value)
        assert "'4h', '1h30m' or 'PT4H'" in str(caught.value)

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

    def test_says_who_waits_longer(self) -> None:
        """An error names the priority, the time and the two values."""
        slower = evolve(EVEN[-1], first_response=2 * HOUR)

        with pytest.raises(ValueError, match="first_response of urgent") as caught:
            plan(*EVEN[:-1], slower)
        assert str(caught.value) == (
            "first_response of urgent is 2:00:00, longer than that of high, 1:00:00;"
            " the more urgent must not wait longer"
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


class TestGoal:
    @pytest.mark.parametrize("part", ["0", "1", "-0.5", "NaN"])
    def test_is_at_risk_after_a_part(self, part: str) -> None:
        """Neither before it begins nor when it is over."""
        with pytest.raises(ValueError, match=r"^at_risk has .* between 0 and 1"):
            Goal(metric=Metric.FIRST_RESPONSE, within=HOUR, at_risk=(Decimal(part),))

    def test_takes_time(self) -> None:
        """Nothing is promised at once, and no warning is of no time."""
        none = timedelta(0)

        with pytest.raises(ValueError, match=r"^within is 0:00:00; it must be longer"):
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
