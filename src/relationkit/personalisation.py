"""Personalisation: how closely to tailor service to one party, and why."""

from enum import StrEnum

from relationkit.decisions import Outcome, Ranked
from relationkit.facts import Facts
from relationkit.tables import Table

__all__ = ["Level", "level"]


class Level(Ranked):
    """How closely service is tailored, least first."""

    GENERIC = "generic"
    """Ready-made, the same for all."""
    RECOGNISED = "recognised"
    """Known by name and history; the service is that of all."""
    TAILORED = "tailored"
    """Cut to requirements, within what we do for others too."""
    BESPOKE = "bespoke"
    """Worked out for this one case."""


def level(
    facts: Facts, *, by: Table[Level], standing: Outcome[StrEnum]
) -> Outcome[Level]:
    """How closely to tailor, given what the party is to us.

    While *standing* is undecided, whatever it may turn out to be is allowed for.
    """
    return by.decide(facts, standing=standing)
