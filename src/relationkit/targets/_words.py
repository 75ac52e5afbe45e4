"""Words: of service levels, and how a length of time is written."""

import re
from datetime import timedelta
from enum import StrEnum

from relationkit.records import Ranked

__all__ = ["Channel", "Coverage", "Manner", "Metric", "Priority", "duration"]

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
