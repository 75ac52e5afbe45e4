"""Words: of service levels, and how a length of time is written."""

import re
from datetime import timedelta
from enum import StrEnum

from relationkit.records import Ranked, is_of

__all__ = [
    "DURATION",
    "ISO",
    "Channel",
    "Coverage",
    "Manner",
    "Metric",
    "duration",
    "length_of",
]

SECONDS = r"(\d{1,5})(?:\.(\d{1,6}))?"
DURATION = re.compile(rf"(?:(\d{{1,11}})h)?(?:(\d{{1,5}})m)?(?:{SECONDS}s)?", re.ASCII)
ISO = re.compile(rf"PT(?:(\d{{1,11}})H)?(?:(\d{{1,5}})M)?(?:{SECONDS}S)?", re.ASCII)

WRONG = (
    (re.compile("-.*", re.DOTALL), ", less than none; give one longer than none"),
    (
        re.compile(r"(PT)?([0.]+[HMS])+", re.ASCII | re.IGNORECASE),
        ", no time at all; give one longer than none, such as '15m'",
    ),
    (
        re.compile(r"P?\d+ ?[DW].*", re.ASCII | re.IGNORECASE | re.DOTALL),
        ", of days, which have no fixed length; write hours such as '8h' or '24h'",
    ),
    (
        re.compile(r"(PT)?\d{12,}H.*", re.ASCII | re.IGNORECASE | re.DOTALL),
        ", longer than can be reckoned with; give less",
    ),
)
"""What is no length of time, and why."""


def duration(text: str) -> timedelta:
    """The length of time that *text* says, in hours, minutes and seconds.

    >>> duration("4h30m") == duration("PT4H30M") == timedelta(hours=4, minutes=30)
    True

    Days are not taken, as of business hours or by clocks that change they have no
    fixed length.

    Raises:
        ValueError: If it says none, or nothing longer than nothing, or more than
            a timedelta holds.
        TypeError: If *text* is none.
    """
    is_of("text", str, text)
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
        raise ValueError(
            f"{text[:60]!r} is longer than can be reckoned with; give less"
        ) from None
    if not time:
        told = f"expected a length of time, got {text[:60]!r}"
        raise ValueError(f"{told}{_why(text)}")
    return time


def _why(text: str) -> str:
    """What is wrong with a *text* that says no length of time, and what to write."""
    return next(
        (why for wrong, why in WRONG if wrong.fullmatch(text)),
        "; write hours and minutes such as '4h', '1h30m' or 'PT4H'",
    )


def length_of(time: timedelta) -> str:
    """How a length of time is written, so that :func:`duration` reads it back."""
    if time <= timedelta(0):
        raise ValueError(f"a length of time is {time}; it must be longer than none")
    minutes, rest = divmod(time, timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    told = f"{rest.seconds}.{rest.microseconds:06}".rstrip("0").removesuffix(".")
    parts = ((hours, f"{hours}h"), (minutes, f"{minutes}m"), (rest, f"{told}s"))
    return "".join(text for count, text in parts if count)


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


class Metric(StrEnum):
    """What a clock measures, from when to when."""

    FIRST_RESPONSE = "first_response"
    """From the request to the first answer."""
    NEXT_RESPONSE = "next_response"
    """From each further message of theirs to our answer; begins anew each time."""
    PERIODIC_UPDATE = "periodic_update"
    """From one word of how it stands to the next; begins anew each time."""
    FIRST_RESOLUTION = "first_resolution"
    """From the request until it is first resolved, whatever comes after."""
    TOTAL_RESOLUTION = "total_resolution"
    """From the request until it stays resolved, less what lay in between."""

    @property
    def begins_anew(self) -> bool:
        """Whether each cycle has the whole time again."""
        return self in {Metric.NEXT_RESPONSE, Metric.PERIODIC_UPDATE}
