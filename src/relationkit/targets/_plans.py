"""Plans: what is promised for each priority."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from attrs import field, frozen

from relationkit.constraints import TakesTime, asking
from relationkit.errors import UnknownIdError
from relationkit.records import as_declared, is_of
from relationkit.targets._goals import Goal, are_fractions, are_times
from relationkit.targets._words import (
    Channel,
    Coverage,
    Manner,
    Metric,
    Priority,
)

__all__ = ["Plan", "Target"]

TIMES = (
    "first_response",
    "resolution",
    "next_response",
    "periodic_update",
    "total_resolution",
)


@frozen(kw_only=True, field_transformer=as_declared)
class Target:
    """What is promised for requests of one priority.

    Attributes:
        priority: Of which requests.
        first_response: Within which time someone answers.
        resolution: Within which time it is first resolved; not shorter.
        next_response: Within which time each further message is answered; None
            if nothing is promised.
        periodic_update: How often someone says how it stands; None if nothing
            is promised.
        total_resolution: Within which time it is resolved for good, not shorter
            than *resolution*; None if nothing is promised.
        coverage: When the clock runs for these requests; None if as the plan
            says.
        at_risk: After which parts of the time a promise is at risk.
        at_risk_before: A promise is at risk once no more than that is left.

    Raises:
        ValueError: If a time is not longer than none, *resolution* is shorter
            than *first_response*, or *total_resolution* than that; or if a part
            is not between 0 and 1.
    """

    priority: Priority
    first_response: timedelta = field(validator=TakesTime())
    resolution: timedelta = field()
    next_response: timedelta | None = field(default=None, validator=TakesTime())
    periodic_update: timedelta | None = field(default=None, validator=TakesTime())
    total_resolution: timedelta | None = field(default=None)
    coverage: Coverage | None = None
    at_risk: tuple[Decimal, ...] = field(default=(), validator=are_fractions)
    at_risk_before: tuple[timedelta, ...] = field(default=(), validator=are_times)

    @resolution.validator
    def _is_not_before_the_response(self, _: object, value: timedelta) -> None:
        if value < self.first_response:
            raise ValueError(
                f"resolution of {self.priority} is {value}, shorter than"
                f" first_response, {self.first_response}; lengthen the one or"
                f" shorten the other"
            )

    @total_resolution.validator
    def _is_not_before_the_first(self, _: object, value: timedelta | None) -> None:
        if value is not None and value < self.resolution:
            raise ValueError(
                f"total_resolution of {self.priority} is {value}, shorter than"
                f" resolution, {self.resolution}; lengthen the one or shorten the other"
            )

    @property
    def times(self) -> Mapping[Metric, timedelta]:
        """How long each promise may take, of those that are made."""
        told = {
            Metric.FIRST_RESPONSE: self.first_response,
            Metric.NEXT_RESPONSE: self.next_response,
            Metric.PERIODIC_UPDATE: self.periodic_update,
            Metric.FIRST_RESOLUTION: self.resolution,
            Metric.TOTAL_RESOLUTION: self.total_resolution,
        }
        return {metric: time for metric, time in told.items() if time is not None}


@frozen(kw_only=True, field_transformer=as_declared)
class Plan:
    """What support someone may expect.

    Attributes:
        targets: How soon, for each priority once.
        coverage: When the clock runs.
        channel: Where to turn.
        named_contact: Whether there is one person to turn to.
        manner: Whether we come forward by ourselves.

    Raises:
        ValueError: If a priority is missing or stands twice, or a more urgent
            one is served later than a less urgent one.
    """

    targets: tuple[Target, ...] = field()
    coverage: Coverage
    channel: Channel
    named_contact: bool
    manner: Manner

    @targets.validator
    @asking(minItems=len(Priority), maxItems=len(Priority), uniqueItems=True)
    def _cover_each_priority_once(self, _: object, targets: tuple[Target, ...]) -> None:
        told = sorted(target.priority for target in targets)
        if told != list(Priority):
            names = ", ".join(told) or "nothing"
            raise ValueError(
                f"targets are for {names}; give each of {', '.join(Priority)} one"
            )

    @targets.validator
    def _serve_the_urgent_first(self, _: object, targets: tuple[Target, ...]) -> None:
        ordered = sorted(targets, key=lambda target: target.priority)
        for less, more in pairwise(ordered):
            for name in TIMES:
                sooner, later = getattr(more, name), getattr(less, name)
                if None not in {sooner, later} and sooner > later:
                    raise ValueError(
                        f"{name} of {more.priority} is {sooner}, longer than that of"
                        f" {less.priority}, {later}; the more urgent must not wait"
                        f" longer"
                    )

    def target(self, priority: Priority) -> Target:
        """What is promised for requests of *priority*.

        Raises:
            TypeError: If *priority* is none.
        """
        is_of("priority", Priority, priority)
        return next(t for t in self.targets if t.priority is priority)

    def goals(self, priority: Priority) -> tuple[Goal, ...]:
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

    def goal(self, metric: Metric, priority: Priority) -> Goal:
        """The promise for requests of *priority* that *metric* measures.

        Raises:
            UnknownIdError: If the plan promises nothing of the kind.
            TypeError: If *metric* or *priority* is none.
        """
        is_of("metric", Metric, metric)
        for goal in self.goals(priority):
            if goal.metric is metric:
                return goal
        raise UnknownIdError(
            f"nothing is promised of {metric.value} for {priority.value} requests;"
            f" give their target a {metric.value}"
        )
