"""Plans: what each degree of attention promises, as an edition writes it."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from relationkit.reading import Reader, got
from relationkit.sla import Attention
from relationkit.targets import (
    AnyPriority,
    Channel,
    Coverage,
    Manner,
    Plan,
    Priority,
    Target,
    Within,
    duration,
    scale,
    within,
)

__all__ = ["MORE", "TIMES", "plans_of"]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
PLAN = ("coverage", "channel", "named_contact", "manner", "targets")
TIMES = ("first_response", "resolution")
MORE = ("next_response", "periodic_update", "total_resolution")
SHARE = re.compile(r"0\.\d{1,40}", re.ASCII)
CLOCK = ("coverage", "at_risk", "at_risk_before")


def plans_of(here: Reader) -> tuple[Plan, ...] | None:
    """The plans at *here*, least attention first; None if one cannot be read."""
    parts = here.table([attention.value for attention in Attention])
    plans = [_plan(parts[a.value]) for a in Attention if a.value in parts]
    read = tuple(plan for plan in plans if plan is not None)
    return read if len(read) == len(Attention) else None


def _plan(here: Reader) -> Plan | None:
    parts = here.table(PLAN, ["priorities"])
    coverage = _member(parts.get("coverage"), Coverage)
    channel = _member(parts.get("channel"), Channel)
    manner = _member(parts.get("manner"), Manner)
    named = parts["named_contact"].flag() if "named_contact" in parts else None
    priorities = _scale(parts.get("priorities"))
    told = parts.get("targets")
    targets = _targets(told, priorities) if told and priorities else None
    if priorities is None or targets is None or named is None:
        return None
    if not (coverage and channel and manner):
        return None
    return _tried(
        here,
        lambda: Plan(
            priorities=priorities,
            targets=targets,
            coverage=coverage,
            channel=channel,
            named_contact=named,
            manner=manner,
        ),
    )


def _member(here: Reader | None, members: type[E]) -> E | None:
    return here.member(members) if here else None


def _scale(here: Reader | None) -> tuple[AnyPriority, ...] | None:
    """The priorities here, or the common ones if none are told; None if unreadable."""
    if here is None:
        return tuple(Priority)
    texts = [item.text() for item in here.items()]
    told = [text for text in texts if text is not None]
    is_read = isinstance(here.value, (list, tuple)) and len(told) == len(texts)
    return _tried(here, lambda: scale(*told)) if is_read else None


def _targets(
    here: Reader, priorities: tuple[AnyPriority, ...]
) -> tuple[Target, ...] | None:
    parts = here.table([str(priority) for priority in priorities])
    targets = [_target(p, parts[p]) for p in priorities if p in parts]
    read = tuple(target for target in targets if target is not None)
    return read if len(read) == len(priorities) else None


def _target(priority: AnyPriority, here: Reader) -> Target | None:
    parts = here.table(TIMES, (*MORE, *CLOCK))
    first, resolution = (_time(parts.get(time)) for time in TIMES)
    more = {time: _time(parts[time]) for time in MORE if time in parts}
    coverage = _member(parts.get("coverage"), Coverage)
    shares = [_share(one) for one in _items(parts.get("at_risk"))]
    left = [_length(one) for one in _items(parts.get("at_risk_before"))]
    known = (*more.values(), *shares, *left)
    if first is None or resolution is None or None in known:
        return None
    return _tried(
        here,
        lambda: Target(
            priority=priority,
            first_response=first,
            resolution=resolution,
            **more,
            coverage=coverage,
            at_risk=tuple(share for share in shares if share is not None),
            at_risk_before=tuple(time for time in left if time is not None),
        ),
    )


def _items(here: Reader | None) -> list[Reader]:
    return here.items() if here else []


def _share(here: Reader) -> Decimal | None:
    """A part of a time, written as decimals are in all documents."""
    value = here.value
    if isinstance(value, str) and SHARE.fullmatch(value):
        return Decimal(value)
    here.note("type", f'expected a part such as "0.75", got {got(value)}')
    return None


def _time(here: Reader | None) -> Within | None:
    return _read(here, within)


def _length(here: Reader) -> timedelta | None:
    return _read(here, duration)


def _read(here: Reader | None, read: Callable[[str], T]) -> T | None:
    text = here.text() if here else None
    if here is None or text is None:
        return None
    return _tried(here, lambda: read(text))


def _tried(here: Reader, make: Callable[[], T]) -> T | None:
    """What *make* makes; if that is refused, the reason is noted."""
    try:
        return make()
    except ValueError as error:
        here.note("value", str(error))
        return None
