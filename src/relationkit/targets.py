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

from relationkit.constraints import TakesTime
from relationkit.records import Ranked, as_declared

__all__ = [
    "Channel",
    "Coverage",
    "Manner",
    "Plan",
    "Priority",
    "Target",
    "duration",
    "spelled",
]

SECONDS = r"(\d{1,5})(?:\.(\d{1,6}))?"
DURATION = re.compile(rf"(?:(\d{{1,11}})h)?(?:(\d{{1,5}})m)?(?:{SECONDS}s)?", re.ASCII)
ISO = re.compile(rf"PT(?:(\d{{1,11}})H)?(?:(\d{{1,5}})M)?(?:{SECONDS}S)?", re.ASCII)


def duration(text: str) -> timedelta:
    """The length of time that *text* says, in hours, minutes and seconds.

    >>> duration("4h30m") == duration("PT4H30M") == timedelta(hours=4, minutes=30)
    True

    Raises:
        ValueError: If it says none, or nothing longer than nothing, or more than
            a timedelta holds.
    """
    found = DURATION.fullmatch(text) or ISO.fullmatch(text)
    parts = found.groups(default="0") if found else ("0", "0", "0", "0")
    hours, minutes, seconds = map(int, parts[:3])
    try:
        time = timedelta(
            hours=hours,
            minutes=minutes,
            seconds=seconds,
            microseconds=int(parts[3].ljust(6, "0")),
        )
    except OverflowError:
        raise ValueError(f"{text[:60]!r} is longer than can be reckoned with") from None
    if not time:
        raise ValueError(
            f"expected a length of time, got {text[:60]!r};"
            f" write hours and minutes such as '4h', '1h30m' or 'PT4H'"
        )
    return time


def spelled(time: timedelta) -> str:
    """How *time* is written, so that :func:`duration` reads it back.

    >>> spelled(timedelta(hours=4, minutes=30)), spelled(timedelta(seconds=90.5))
    ('4h30m', '1m30.5s')

    Raises:
        ValueError: If it is not longer than nothing.
    """
    if time <= timedelta(0):
        raise ValueError(f"a length of time is {time}; it must be longer than none")
    minutes, rest = divmod(time, timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    told = f"{rest.seconds}.{rest.microseconds:06}".rstrip("0").removesuffix(".")
    parts = ((hours, f"{hours}h"), (minutes, f"{minutes}m"), (rest, f"{told}s"))
    return "".join(text for count, text in parts if count)


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
    first_response: timedelta = field(validator=TakesTime())
    resolution: timedelta = field()

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
