"""Strategies for service levels: the shortest promises, and ever longer ones."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time, timedelta
from decimal import Decimal
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from relationkit.strategies._draws import made
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
)

__all__ = ["goals", "next_business_days", "plans", "targets"]

# In minutes: the least, some hours, about a day, weeks.
_HOUR = timedelta(hours=1)
_TIMES = (1, 30, 240, 1439, 1440, 1441, 20160)

_BY = (None, time(0), time(16), time(23, 59))
_AT_RISK: Sequence[Mapping[str, Any]] = (
    {},
    {"at_risk": (Decimal("0.75"),)},
    {"at_risk": (Decimal("0.5"), Decimal("0.9")), "at_risk_before": (_HOUR,)},
)
_OTHERS: Sequence[Mapping[str, Any]] = (
    {},
    {"next_response": _HOUR, "periodic_update": 24 * _HOUR},
    {"coverage": Coverage.ALWAYS, **_AT_RISK[2]},
)


def targets(
    *, priorities: st.SearchStrategy[Priority] | None = None
) -> st.SearchStrategy[Target]:
    """What is promised for one priority; shrinks to a minute for everything."""
    return made(
        _target,
        {"priority": priorities},
        priority=tuple(Priority),
        first=_TIMES,
        more=(0, *_TIMES),
        others=_OTHERS,
    )


def _target(
    *,
    priority: Priority,
    first: int,
    more: int,
    others: Mapping[str, Any] = MappingProxyType({}),
) -> Target:
    resolution = timedelta(minutes=first + more)
    return Target(
        priority=priority,
        first_response=timedelta(minutes=first),
        resolution=resolution,
        total_resolution=2 * resolution if others else None,
        **others,
    )


def goals(
    *,
    metrics: st.SearchStrategy[Metric] | None = None,
    clocks: st.SearchStrategy[Coverage] | None = None,
) -> st.SearchStrategy[Goal]:
    """One promise; shrinks to a minute of business hours until a first response.

    A clock that always runs knows no next business day.
    """
    return made(
        _goal,
        {"metric": metrics, "clock": clocks},
        metric=tuple(Metric),
        clock=tuple(Coverage),
        minutes=(*_TIMES, None),
        by=_BY,
        others=_AT_RISK,
    )


def _goal(
    *,
    metric: Metric,
    clock: Coverage,
    minutes: int | None,
    by: time | None,
    others: Mapping[str, Any],
) -> Goal:
    within: timedelta | NextBusinessDay = timedelta(minutes=minutes or 1)
    if minutes is None and clock is Coverage.BUSINESS_HOURS:
        within = NextBusinessDay(by=by)
    return Goal(metric=metric, within=within, clock=clock, **others)


def next_business_days() -> st.SearchStrategy[NextBusinessDay]:
    """Promises of the next business day; shrinks to its end."""
    return made(NextBusinessDay, {}, by=_BY)


def plans() -> st.SearchStrategy[Plan]:
    """Plans that promise more to the more urgent, or to all the same."""
    waits: dict[str, Sequence[object]] = {
        f"{priority.value}_{wait}": (0, *_TIMES)
        for priority in Priority
        for wait in ("first", "more")
    }
    return made(
        _plan,
        {},
        coverage=tuple(Coverage),
        channel=tuple(Channel),
        named_contact=(False, True),
        manner=tuple(Manner),
        others=_OTHERS,
        **waits,
    )


def _plan(
    *,
    coverage: Coverage,
    channel: Channel,
    named_contact: bool,
    manner: Manner,
    others: Mapping[str, Any],
    **waits: int,
) -> Plan:
    return Plan(
        targets=tuple(_served([*waits.values()], others)),
        coverage=coverage,
        channel=channel,
        named_contact=named_contact,
        manner=manner,
    )


def _served(waits: Sequence[int], others: Mapping[str, Any]) -> Iterable[Target]:
    """A target for each priority: the most urgent first, each next one no sooner."""
    firsts = accumulate(waits[0::2], initial=1)
    mores = accumulate(waits[1::2], initial=0)
    for priority, first, more in zip(reversed(Priority), firsts, mores, strict=False):
        yield _target(priority=priority, first=first, more=more, others=others)
