"""Targets: what is promised for requests of one priority."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from attrs import field, frozen

from relationkit.constraints import TakesTime
from relationkit.records import as_declared
from relationkit.targets._goals import (
    NextBusinessDay,
    Within,
    are_fractions,
    are_times,
    is_longer,
)
from relationkit.targets._priorities import IS_PRIORITY, AnyPriority
from relationkit.targets._words import Coverage, Metric

__all__ = ["TIMES", "Target", "check_clock"]

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

    A promise is a length of time, or the next business day.  Of two lengths it
    is plain which is longer, and so of two times of the next business day.  Of a
    length and a day it is not: asked for at nine, four hours are over before the
    next business day is; asked for at night, after it, if that has but three
    hours.  So neither is refused beside the other, unless the length is more than
    any two dates have (:func:`relationkit.targets.is_longer`).

    Attributes:
        priority: Of which requests: a common one, or one of the plan's own.
        first_response: Within which time someone answers.
        resolution: Within which time it is first resolved; not shorter.
        next_response: Within which time each further message is answered; None
            if nothing is promised.
        periodic_update: How often someone says how it stands; None if nothing
            is promised.
        total_resolution: Within which time it is resolved for good, not shorter
            than *resolution* or *first_response*; None if nothing is promised.
        coverage: When the clock runs for these requests; None if as the plan
            says.
        at_risk: After which parts of the time a promise is at risk.
        at_risk_before: A promise is at risk once no more than that is left.

    Raises:
        ValueError: If a time is not longer than none, *resolution* is shorter
            than *first_response*, or *total_resolution* than one of them; if
            a part is not between 0 and 1; if the next business day is to be told
            by a clock that always runs; or if *priority* is no id.
        TypeError: If *priority* is the text of a common one.
    """

    priority: AnyPriority = field(validator=IS_PRIORITY)
    first_response: Within = field(validator=TakesTime())
    resolution: Within = field(validator=TakesTime())
    next_response: Within | None = field(default=None, validator=TakesTime())
    periodic_update: Within | None = field(default=None, validator=TakesTime())
    total_resolution: Within | None = field(default=None, validator=TakesTime())
    coverage: Coverage | None = field(default=None)
    at_risk: tuple[Decimal, ...] = field(default=(), validator=are_fractions)
    at_risk_before: tuple[timedelta, ...] = field(default=(), validator=are_times)

    @resolution.validator
    def _is_not_before_the_response(self, _: object, value: Within) -> None:
        self._check_not_before("resolution", value, "first_response")

    @total_resolution.validator
    def _is_not_before_the_first(self, _: object, value: Within | None) -> None:
        if value is not None:
            self._check_not_before("total_resolution", value, "resolution")
            self._check_not_before("total_resolution", value, "first_response")

    @coverage.validator
    def _knows_business_days(self, _: object, coverage: Coverage | None) -> None:
        if coverage is not None:
            check_clock(self, coverage)

    def _check_not_before(self, name: str, value: Within, other: str) -> None:
        earlier: Within = getattr(self, other)
        if is_longer(earlier, value):
            raise ValueError(
                f"{name} of {self.priority} is {value}, shorter than {other},"
                f" {earlier}; lengthen the one or shorten the other"
            )

    @property
    def times(self) -> Mapping[Metric, Within]:
        """How long each promise may take, or by when, of those that are made."""
        told = {
            Metric.FIRST_RESPONSE: self.first_response,
            Metric.NEXT_RESPONSE: self.next_response,
            Metric.PERIODIC_UPDATE: self.periodic_update,
            Metric.FIRST_RESOLUTION: self.resolution,
            Metric.TOTAL_RESOLUTION: self.total_resolution,
        }
        return {metric: time for metric, time in told.items() if time is not None}


def check_clock(target: Target, coverage: Coverage) -> None:
    """A clock that always runs knows no next business day.

    Raises:
        ValueError: If it is to tell one that *target* promises.
    """
    days = [n for n in TIMES if isinstance(getattr(target, n), NextBusinessDay)]
    if coverage is Coverage.ALWAYS and days:
        raise ValueError(
            f"coverage is always, and {days[0]} of {target.priority}"
            f" {str(getattr(target, days[0]))!r}; let it run in business_hours, or"
            f" promise a length of time"
        )
