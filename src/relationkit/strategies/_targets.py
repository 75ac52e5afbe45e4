"""Strategies for service levels: the shortest promises, and ever longer ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import time, timedelta
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Any

from hypothesis import strategies as st

from relationkit.records import PriorityId
from relationkit.strategies._draws import made, texts
from relationkit.targets import (
    AnyPriority,
    Channel,
    Coverage,
    Goal,
    Manner,
    Metric,
    NextBusinessDay,
    Plan,
    Priority,
    Target,
    is_longer,
    scale,
)

__all__ = ["goals", "next_business_days", "plans", "priority_ids", "targets"]

# In minutes: the least, some hours, about a day, weeks.
_HOUR = timedelta(hours=1)
_TIMES = (1, 30, 240, 1439, 1440, 1441, 20160)

_BY = (None, time(0), time(16), time(23, 59))
_AT_RISK: Sequence[Mapping[str, Any]] = (
    {},
    {"at_risk": (Decimal("0.75"),)},
    {"at_risk": (Decimal("0.5"), Decimal("0.9")), "at_risk_before": (_HOUR,)},
)
_DAYS: Sequence[Mapping[str, Any]] = (
    *[{}] * 5,
    {"resolution": NextBusinessDay()},
    {"first_response": NextBusinessDay(by=time(16)), "resolution": NextBusinessDay()},
    {"next_response": NextBusinessDay(), "periodic_update": NextBusinessDay()},
)
_SCALES: Sequence[Sequence[AnyPriority]] = (
    *[tuple(Priority)] * 5,
    scale("p4", "p3", "p2", "p1"),
    scale(*Priority, "vip"),
    scale("vip"),
)
_OTHERS: Sequence[Mapping[str, Any]] = (
    {},
    {"next_response": _HOUR, "periodic_update": 24 * _HOUR},
    {"coverage": Coverage.ALWAYS, **_AT_RISK[2]},
)


def priority_ids() -> st.SearchStrategy[PriorityId]:
    """Priorities of a plan's own scale; none is called as a common one."""
    return texts(PriorityId, PriorityId("p1"), PriorityId("vip")).map(_no_common)


def _no_common(id_: PriorityId) -> PriorityId:
    return PriorityId(f"{id_}!") if id_ in {*Priority} else id_


def targets(
    *, priorities: st.SearchStrategy[AnyPriority] | None = None
) -> st.SearchStrategy[Target]:
    """What is promised for one priority; shrinks to a minute for everything."""
    return made(
        _target,
        {"priority": priorities},
        priority=(*Priority, PriorityId("vip")),
        first=_TIMES,
        more=(0, *_TIMES),
        others=_OTHERS,
        days=_DAYS,
    )


def _target(  # noqa: PLR0913, what a target says
    *,
    priority: AnyPriority,
    first: int,
    more: int,
    others: Mapping[str, Any],
    days: Mapping[str, Any],
    coverage: Coverage = Coverage.BUSINESS_HOURS,
) -> Target:
    resolution = timedelta(minutes=first + more)
    told: dict[str, Any] = {
        "first_response": timedelta(minutes=first),
        "resolution": resolution,
        "total_resolution": 2 * resolution if others else None,
        **others,
    }
    # A clock that always runs knows no next business day, which is no later than
    # what is longer than any two dates.
    is_none = Coverage.ALWAYS in {coverage, others.get("coverage")}
    by_day = {} if is_none or is_longer(resolution, NextBusinessDay()) else days
    return Target(priority=priority, **{**told, **by_day})


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
        f"{wait}_{place}": (0, *_TIMES)
        for place in range(max(map(len, _SCALES)))
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
        days=_DAYS,
        priorities=_SCALES,
        **waits,
    )


def _plan(  # noqa: PLR0913, what a plan says
    *,
    priorities: tuple[AnyPriority, ...],
    coverage: Coverage,
    channel: Channel,
    named_contact: bool,
    manner: Manner,
    others: Mapping[str, Any],
    days: Mapping[str, Any],
    **waits: int,
) -> Plan:
    said = partial(_target, others=others, days=days, coverage=coverage)
    return Plan(
        priorities=priorities,
        targets=tuple(_served([*waits.values()], priorities, said)),
        coverage=coverage,
        channel=channel,
        named_contact=named_contact,
        manner=manner,
    )


def _served(
    waits: Sequence[int],
    priorities: Sequence[AnyPriority],
    said: Callable[..., Target],
) -> Iterable[Target]:
    """A target for each priority: the most urgent first, each next one no sooner."""
    firsts = accumulate(waits[0::2], initial=1)
    mores = accumulate(waits[1::2], initial=0)
    for one, first, more in zip(reversed(priorities), firsts, mores, strict=False):
        yield said(priority=one, first=first, more=more)
