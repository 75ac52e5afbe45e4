"""Plans: what is promised for each priority."""

from datetime import timedelta

from attrs import field, frozen

from relationkit.constraints import asking
from relationkit.errors import AmongError, UnknownIdError, nearest, shown
from relationkit.records import as_declared, is_of
from relationkit.targets._goals import (
    Goal,
    is_longer,
)
from relationkit.targets._priorities import (
    IS_SCALE,
    AnyPriority,
    Priority,
    as_given,
    check_priority,
    priority_of,
)
from relationkit.targets._targets import TIMES, Target, check_clock
from relationkit.targets._words import Channel, Coverage, Manner, Metric

__all__ = ["Plan"]


def _unknown(priority: AnyPriority, known: tuple[AnyPriority, ...]) -> str:
    """That a plan whose priorities are *known* has no such *priority*."""
    hint = nearest(priority, known)
    told = f"no priority {shown(str(priority))} in this plan; it has {', '.join(known)}"
    return f"{told} ({hint})" if hint else told


def _check_no_later(name: str, more: Target, less: Target) -> None:
    """The *more* urgent is served no later than the *less*, as far as can be told."""
    sooner, later = getattr(more, name), getattr(less, name)
    if is_longer(sooner, later):
        raise ValueError(
            f"{name} of {more.priority} is {sooner}, longer than that of"
            f" {less.priority}, {later}; the more urgent must not wait longer"
            f" (the least urgent stands first)"
        )


@frozen(kw_only=True, field_transformer=as_declared)
class Plan:
    """What support someone may expect.

    Most plans know the four common priorities.  One may have others, or more:

    >>> from datetime import timedelta
    >>> from relationkit.records import PriorityId
    >>> from relationkit.targets import NextBusinessDay
    >>> vip = PriorityId("vip")
    >>> hour = timedelta(hours=1)
    >>> plan = Plan(
    ...     priorities=(Priority.NORMAL, vip),
    ...     targets=(
    ...         Target(priority=vip, first_response=hour, resolution=4 * hour),
    ...         Target(
    ...             priority=Priority.NORMAL,
    ...             first_response=4 * hour,
    ...             resolution=NextBusinessDay(),
    ...         ),
    ...     ),
    ...     coverage=Coverage.BUSINESS_HOURS,
    ...     channel=Channel.GENERAL,
    ...     named_contact=False,
    ...     manner=Manner.REACTIVE,
    ... )
    >>> plan.rank(vip), str(plan.target(vip).first_response)
    (1, '1:00:00')

    Attributes:
        priorities: Which priorities there are, the least urgent first.
        targets: How soon, for each priority once.
        coverage: When the clock runs.
        channel: Where to turn.
        named_contact: Whether there is one person to turn to.
        manner: Whether we come forward by ourselves.

    Raises:
        ValueError: If *priorities* are none or more than 100, have one twice, or
            common ones out of their order; if one has no target, or two; if a
            more urgent one is served later than a less urgent one; or if the next
            business day is to be told by a clock that always runs.
        TypeError: If one of *priorities* is the text of a common one.
    """

    priorities: tuple[AnyPriority, ...] = field(
        default=tuple(Priority), converter=as_given, validator=IS_SCALE
    )
    targets: tuple[Target, ...] = field()
    coverage: Coverage = field()
    channel: Channel
    named_contact: bool
    manner: Manner

    @targets.validator
    @asking(minItems=1, uniqueItems=True)
    def _cover_each_priority_once(self, _: object, targets: tuple[Target, ...]) -> None:
        scale, told = self.priorities, [target.priority for target in targets]
        AmongError.check(
            (
                (place, _unknown(priority, scale))
                for place, priority in enumerate(told)
                if priority not in scale
            ),
            at="priority",
        )
        if sorted(told, key=str) != sorted(scale, key=str):
            names = ", ".join(sorted(told, key=scale.index))
            raise ValueError(
                f"targets are for {names or 'nothing'}; give each of"
                f" {', '.join(scale)} one"
            )

    @targets.validator
    def _serve_the_urgent_first(self, _: object, targets: tuple[Target, ...]) -> None:
        by_priority = {target.priority: target for target in targets}
        last: dict[tuple[str, bool], Target] = {}  # which is the soonest of its kind
        for priority in (p for p in self.priorities if p in by_priority):
            more = by_priority[priority]
            for name in TIMES:
                if (time := getattr(more, name)) is None:
                    continue
                for kind in (True, False):
                    if less := last.get((name, kind)):
                        _check_no_later(name, more, less)
                last[name, isinstance(time, timedelta)] = more

    @coverage.validator
    def _knows_business_days(self, _: object, coverage: Coverage) -> None:
        for target in self.targets:
            if target.coverage is None:
                check_clock(target, coverage)

    def priority(self, text: str) -> AnyPriority:
        """The priority of this plan that is called *text*.

        Raises:
            UnknownIdError: If it has none that is.
            TypeError: If *text* is none.
        """
        found = priority_of(text)
        self._rank(found)
        return found

    def rank(self, priority: AnyPriority) -> int:
        """How urgent *priority* is in this plan, from 0, the least.

        Raises:
            UnknownIdError: If the plan does not know it.
            TypeError: If it is none, or the text of a common one.
        """
        is_of("priority", AnyPriority, priority)
        found = self._rank(priority)
        check_priority("priority", priority)
        return found

    def _rank(self, priority: AnyPriority) -> int:
        if priority in self.priorities:
            return self.priorities.index(priority)
        raise UnknownIdError(_unknown(priority, self.priorities))

    def target(self, priority: AnyPriority) -> Target:
        """What is promised for requests of *priority*.

        Raises:
            UnknownIdError: If the plan does not know it.
            TypeError: If it is none, or the text of a common one.
        """
        self.rank(priority)
        return next(t for t in self.targets if t.priority == priority)

    def goals(self, priority: AnyPriority) -> tuple[Goal, ...]:
        """Each promise for requests of *priority*, with the clock that measures it.

        In the order of :class:`~relationkit.targets.Metric`.
        """
        target = self.target(priority)
        return tuple(
            Goal(
                metric=metric,
                within=time,
                clock=target.coverage or self.coverage,
                at_risk=target.at_risk,
                at_risk_before=target.at_risk_before,
            )
            for metric, time in target.times.items()
        )

    def goal(self, metric: Metric, priority: AnyPriority) -> Goal:
        """The promise for requests of *priority* that *metric* measures.

        Raises:
            UnknownIdError: If the plan promises nothing of the kind, or does not
                know *priority*.
            TypeError: If *metric* or *priority* is none.
        """
        is_of("metric", Metric, metric)
        for goal in self.goals(priority):
            if goal.metric is metric:
                return goal
        raise UnknownIdError(
            f"nothing is promised of {metric.value} for {priority} requests;"
            f" give their target a {metric.value}"
        )
