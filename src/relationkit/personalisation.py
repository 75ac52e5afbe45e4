"""Personalisation: how closely to tailor service to one party, and why."""

from enum import StrEnum

from relationkit.decisions import Outcome
from relationkit.facts import Facts
from relationkit.records import Ranked
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

    >>> from datetime import date
    >>> from relationkit import clienthood, facts, policy
    >>> from relationkit.relationships import Customer, Inquiry
    >>> from relationkit.parties import Person
    >>> rules = policy.edition("2026-11").policy
    >>> asked = Inquiry(about="a will", on=date(2026, 11, 2))
    >>> ada = Customer(party=Person(id="ada", name="Ada"), inquiries=(asked,))
    >>> known = facts.of(ada, on=date(2026, 11, 22), currency="USD")
    >>> standing = clienthood.standing(known, by=rules.clienthood)
    >>> level(known, by=rules.personalisation, standing=standing).answer.value
    'generic'
    """
    return by.decide(facts, standing=standing)
