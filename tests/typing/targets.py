"""Never run; type checkers must accept every line of it."""

from datetime import timedelta
from typing import assert_type

from relationkit.records import PartyId, PriorityId
from relationkit.targets import (
    AnyPriority,
    NextBusinessDay,
    Plan,
    Priority,
    Target,
    Within,
    scale,
    within,
)

HOUR = timedelta(hours=1)
VIP = PriorityId("vip")
assert_type(scale("p2", "p1"), tuple[AnyPriority, ...])
assert_type(within("4h"), Within)


def asked(plan: Plan) -> None:
    """A plan takes common priorities and one's own, and no text or other id."""
    assert_type(plan.priority("vip"), AnyPriority)
    assert_type(plan.target(Priority.HIGH), Target)
    assert_type(plan.target(VIP), Target)
    plan.target("vip")  # type: ignore[arg-type]
    plan.target(PartyId("vip"))  # type: ignore[arg-type]


def promised(target: Target) -> timedelta | None:
    """What is promised is a length of time or a day, and must be told apart."""
    assert_type(target.priority, AnyPriority)
    if isinstance(target.resolution, NextBusinessDay):
        return None
    assert_type(target.resolution, timedelta)
    return target.resolution + HOUR


def forgotten(target: Target) -> timedelta:
    """What forgets that it may be a day is told."""
    return target.resolution + HOUR  # type: ignore[operator]


Target(priority=VIP, first_response=HOUR, resolution=NextBusinessDay())
Target(priority="vip", first_response=HOUR, resolution=HOUR)  # type: ignore[arg-type]
