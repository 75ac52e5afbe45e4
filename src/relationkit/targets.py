"""Targets: what support promises, by priority and metric.

A plan says how soon someone is answered and served, when, through which
channel, by whom, and whether we come forward by ourselves.  When a promise
falls due is another question.
"""

import re
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from attrs import field, frozen

from relationkit.records import Ranked, as_declared

__all__ = [
    "Channel",
    "Coverage",
    "Manner",
    "Plan",
    "Priority",
    "Target",
    "duration",
]

DURATION = re.compile(r"(?:(\d{1,5})h)?(?:(\d{1,5})m)?", re.ASCII)
ISO = re.compile(r"PT(?:(\d{1,5})H)?(?:(\d{1,5})M)?", re.ASCII)


def duration(text: str) -> timedelta:
    """The length of time that *text* says, in hours and minutes.

    >>> duration("4h30m") == duration("PT4H30M") == timedelta(hours=4, minutes=30)
    True

    Raises:
        ValueError: If it says none, or nothing longer than nothing.
    """
    found = DURATION.fullmatch(text) or ISO.fullmatch(text)
    hours, minutes = (int(part or 0) for part in found.groups()) if found else (0, 0)
    if not hours and not minutes:
        raise ValueError(
            f"expected a length of time, got {text[:60]!r};"
            f" write hours and minutes such as '4h', '1h30m' or 'PT4H'"
        )
    return timedelta(hours=hours, minutes=minutes)


class Priority(Ranked):
    """How urgent a request is, least first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Coverage(Ranked):
    """When the clock of a promise runs, shorter hours first."""

    BUSINESS_HOURS = "business_hours"
    ALWAYS = "always"


class Channel(StrEnum):
    """Where to turn."""

    GENERAL = "general"
    """A counter, hotline or chat for everyone."""
    NAMED = "named"
    """The account manager, or whoever acts for them."""


class Manner(Ranked):
    """Whether support waits to be asked, the lesser first."""

    REACTIVE = "reactive"
    PROACTIVE = "proactive"


@frozen(kw_only=True, field_transformer=as_declared)
class Target:
    """What is promised for requests of one priority.

    Attributes:
        priority: Of which requests.
        first_response: Within which time someone answers.
        resolution: Within which time it is resolved; not shorter.

    Raises:
        ValueError: If a time is not longer than nothing, or *resolution* is
            shorter than *first_response*.
    """

    priority: Priority
    first_response: timedelta = field()
    resolution: timedelta = field()

    @first_response.validator
    def _takes_time(self, _: object, value: timedelta) -> None:
        if value <= timedelta(0):
            raise ValueError(f"first_response is {value}; it must be longer than none")

    @resolution.validator
    def _is_not_before_the_response(self, _: object, value: timedelta) -> None:
        if value < self.first_response:
            raise ValueError(
                f"resolution of {self.priority} is {value}, shorter than"
                f" first_response, {self.first_response}; lengthen the one or"
                f" shorten the other"
            )


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
            for time in ("first_response", "resolution"):
                if getattr(more, time) > getattr(less, time):
                    raise ValueError(
                        f"{time} of {more.priority} is {getattr(more, time)}, longer"
                        f" than that of {less.priority}, {getattr(less, time)};"
                        f" the more urgent must not wait longer"
                    )

    def target(self, priority: Priority) -> Target:
        """What is promised for requests of *priority*."""
        return next(t for t in self.targets if t.priority is priority)
