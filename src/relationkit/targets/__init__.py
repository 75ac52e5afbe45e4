"""Targets: what support promises, by priority and metric.

A plan says how soon someone is answered and served, when, through which
channel, by whom, and whether we come forward by ourselves.  One promise of it,
by one clock, is a :class:`Goal`.  When it falls due is another question:
:func:`relationkit.sla.deadline`.
"""

from relationkit.targets._goals import (
    Goal,
    NextBusinessDay,
    Within,
    is_longer,
    spelled,
    within,
)
from relationkit.targets._plans import Plan
from relationkit.targets._priorities import (
    AnyPriority,
    Priority,
    priority_of,
    scale,
)
from relationkit.targets._targets import Target
from relationkit.targets._words import Channel, Coverage, Manner, Metric, duration

__all__ = [
    "AnyPriority",
    "Channel",
    "Coverage",
    "Goal",
    "Manner",
    "Metric",
    "NextBusinessDay",
    "Plan",
    "Priority",
    "Target",
    "Within",
    "duration",
    "is_longer",
    "priority_of",
    "scale",
    "spelled",
    "within",
]
