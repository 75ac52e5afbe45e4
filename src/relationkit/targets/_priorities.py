"""Priorities: how urgent a request is, on the common scale or on one of a plan."""

from itertools import pairwise
from typing import TypeAlias

from attrs import Attribute
from attrs.validators import and_

from relationkit.constraints import Each, Id, Several
from relationkit.records import PriorityId, Ranked, is_of

__all__ = [
    "IDS",
    "IS_PRIORITY",
    "IS_SCALE",
    "AnyPriority",
    "Priority",
    "as_given",
    "check_priority",
    "priority_of",
    "scale",
]


class Priority(Ranked):
    """How urgent a request is, least first, where a plan has no scale of its own."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


AnyPriority: TypeAlias = Priority | PriorityId
"""One of the common priorities, or one of a plan's own."""


def priority_of(text: str) -> AnyPriority:
    """The priority that is called *text*: a common one, if one is called so.

    >>> priority_of("urgent"), priority_of("p1")
    (<Priority.URGENT: 'urgent'>, 'p1')

    Raises:
        TypeError: If *text* is none.
    """
    is_of("text", str, text)
    found = next((one for one in Priority if one.value == text), None)
    return PriorityId(text) if found is None else found


def as_given(priorities: tuple[AnyPriority, ...]) -> tuple[AnyPriority, ...]:
    """Priorities in the order in which they stand, which is that of their rank."""
    return priorities


def check_priority(name: str, value: AnyPriority) -> None:
    """What goes by a *name* is a priority, and no text of a common one.

    Raises:
        TypeError: If it is not.
    """
    is_of(name, AnyPriority, value)
    if isinstance(priority_of(value), Priority):
        is_of(name, Priority, value)


def _is_no_text_of_a_common(
    _: object, field: "Attribute[AnyPriority]", value: AnyPriority
) -> None:
    check_priority(field.name, value)


def _rank_each_once(
    _: object,
    field: "Attribute[tuple[AnyPriority, ...]]",
    values: tuple[AnyPriority, ...],
) -> None:
    for value in values:
        check_priority(field.name, value)
    _check_scale(field.name, values)


def _check_scale(name: str, values: tuple[AnyPriority, ...]) -> None:
    """A scale has nothing twice, and the common ones in order."""
    told = ", ".join(values)
    if len({*values}) < len(values):
        raise ValueError(f"{name} are {told}; name each once")
    common = [one for one in values if isinstance(one, Priority)]
    for less, more in pairwise(common):
        if more < less:
            raise ValueError(
                f"{name} are {told}, and {less} is more urgent than {more}; put it"
                f" after {more}, or give the two names of your own"
            )


def scale(*texts: str) -> tuple[AnyPriority, ...]:
    """The priorities that are called *texts*, the least urgent first.

    >>> scale("p3", "p2", "p1")
    ('p3', 'p2', 'p1')
    >>> scale("low", "vip")
    (<Priority.LOW: 'low'>, 'vip')

    Raises:
        ValueError: If there are none or more than 100, one is told twice or is no
            id, or common ones are out of their order.
        TypeError: If one is no text.
    """
    for text in texts:
        is_of("priorities", str, text, "give each as a text, as by scale(*names)")
    found = tuple(map(priority_of, texts))
    for asked in (SOME, IDS):
        if not asked.holds(found):
            asked.refuse(None, "priorities", found)
    _check_scale("priorities", found)
    return found


SOME = Several(1, "name them, the least urgent first", 100)
IDS = Each(Id())
IS_PRIORITY = and_(Id(), _is_no_text_of_a_common)
IS_SCALE = and_(SOME, IDS, _rank_each_once)
