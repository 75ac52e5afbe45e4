"""SLA: what support a party may expect, when it falls due, and whether it was kept.

:func:`expectations` answers by the table of an edition: how much attention a
party may expect, and why.  Each degree of attention has a plan,
:class:`relationkit.targets.Plan`, unless a contract has one of its own, which
:func:`plan` finds.  :func:`deadline` says when a goal of that plan falls due on
a calendar, :func:`track` how it stands after what happened, and
:func:`attainment` how many were kept.

A clock that counts business hours needs a calendar, and never falls back to
counting all time.
"""

from relationkit.sla._attainment import Attainment, Settled, attainment, uncounted
from relationkit.sla._credits import Band, Credit, CreditTerms, service_credits
from relationkit.sla._deadline import AtRisk, Deadline, deadline
from relationkit.sla._events import Event, What
from relationkit.sla._expectations import Attention, expectations
from relationkit.sla._pauses import Pause
from relationkit.sla._plan import PlanInForce, PlanOf, plan
from relationkit.sla._running import Counting, Spell
from relationkit.sla._track import State, Track, track

__all__ = [
    "AtRisk",
    "Attainment",
    "Attention",
    "Band",
    "Counting",
    "Credit",
    "CreditTerms",
    "Deadline",
    "Event",
    "Pause",
    "PlanInForce",
    "PlanOf",
    "Settled",
    "Spell",
    "State",
    "Track",
    "What",
    "attainment",
    "deadline",
    "expectations",
    "plan",
    "service_credits",
    "track",
    "uncounted",
]
