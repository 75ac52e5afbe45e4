"""Plans: what each degree of attention promises, as an edition writes it."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from relationkit.reading import Reader
from relationkit.sla import Attention
from relationkit.targets import (
    Channel,
    Coverage,
    Manner,
    Plan,
    Priority,
    Target,
    duration,
)

__all__ = ["plans_of"]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
PLAN = ("coverage", "channel", "named_contact", "manner", "targets")
TIMES = ("first_response", "resolution")


def plans_of(here: Reader) -> tuple[Plan, ...] | None:
    """The plans at *here*, least attention first; None if one cannot be read."""
    parts = here.table([attention.value for attention in Attention])
    plans = [_plan(parts[a.value]) for a in Attention if a.value in parts]
    read = tuple(plan for plan in plans if plan is not None)
    return read if len(read) == len(Attention) else None


def _plan(here: Reader) -> Plan | None:
    parts = here.table(PLAN)
    coverage = _member(parts.get("coverage"), Coverage)
    channel = _member(parts.get("channel"), Channel)
    manner = _member(parts.get("manner"), Manner)
    named = parts["named_contact"].flag() if "named_contact" in parts else None
    targets = _targets(parts["targets"]) if "targets" in parts else None
    if not (coverage and channel and manner and targets) or named is None:
        return None
    return _tried(
        here,
        lambda: Plan(
            targets=targets,
            coverage=coverage,
            channel=channel,
            named_contact=named,
            manner=manner,
        ),
    )


def _member(here: Reader | None, members: type[E]) -> E | None:
    return here.member(members) if here else None


def _targets(here: Reader) -> tuple[Target, ...] | None:
    parts = here.table([priority.value for priority in Priority])
    targets = [_target(p, parts[p.value]) for p in Priority if p.value in parts]
    read = tuple(target for target in targets if target is not None)
    return read if len(read) == len(Priority) else None


def _target(priority: Priority, here: Reader) -> Target | None:
    parts = here.table(TIMES)
    first, resolution = (_time(parts.get(time)) for time in TIMES)
    if first is None or resolution is None:
        return None
    return _tried(
        here,
        lambda: Target(priority=priority, first_response=first, resolution=resolution),
    )


def _time(here: Reader | None) -> timedelta | None:
    text = here.text() if here else None
    if here is None or text is None:
        return None
    return _tried(here, lambda: duration(text))


def _tried(here: Reader, make: Callable[[], T]) -> T | None:
    """What *make* makes; if that is refused, the reason is noted."""
    try:
        return make()
    except ValueError as error:
        here.note("value", str(error))
        return None
