"""Strategies for service levels: the shortest promises, and ever longer ones."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import accumulate

from hypothesis import strategies as st

from relationkit.strategies._draws import made
from relationkit.targets import Channel, Coverage, Manner, Plan, Priority, Target

__all__ = ["plans", "targets"]

# In minutes: the least, some hours, about a day, weeks.
_TIMES = (1, 30, 240, 1439, 1440, 1441, 20160)


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
    )


def _target(*, priority: Priority, first: int, more: int) -> Target:
    return Target(
        priority=priority,
        first_response=timedelta(minutes=first),
        resolution=timedelta(minutes=first + more),
    )


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
        **waits,
    )


def _plan(
    *,
    coverage: Coverage,
    channel: Channel,
    named_contact: bool,
    manner: Manner,
    **waits: int,
) -> Plan:
    return Plan(
        targets=tuple(_served([*waits.values()])),
        coverage=coverage,
        channel=channel,
        named_contact=named_contact,
        manner=manner,
    )


def _served(waits: Sequence[int]) -> Iterable[Target]:
    """A target for each priority: the most urgent first, each next one no sooner."""
    firsts = accumulate(waits[0::2], initial=1)
    mores = accumulate(waits[1::2], initial=0)
    for priority, first, more in zip(reversed(Priority), firsts, mores, strict=False):
        yield _target(priority=priority, first=first, more=more)
