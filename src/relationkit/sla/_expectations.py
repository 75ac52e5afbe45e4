"""Expectations: what support a party may expect, and why.

The answer names a plan of the edition; the plan itself, with its times,
coverage and channel, is a :class:`relationkit.targets.Plan`.
"""

from enum import StrEnum

from relationkit.decisions import Outcome
from relationkit.facts import Facts
from relationkit.records import Ranked
from relationkit.tables import Table

__all__ = ["Attention", "expectations"]


class Attention(Ranked):
    """How much attention support gives, least first; each has a plan."""

    COUNTER = "counter"
    """On request, for the purchase, until the issue is resolved."""
    ATTENTIVE = "attentive"
    """A named person who checks in."""
    CLOSE = "close"
    """Events trigger a duty to tell, and much hangs on the answer."""


def expectations(
    facts: Facts, *, by: Table[Attention], standing: Outcome[StrEnum]
) -> Outcome[Attention]:
    """How much attention a party may expect, given what it is to us.

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
    >>> expectations(known, by=rules.sla, standing=standing).answer.value
    'counter'
    """
    return by.decide(facts, standing=standing)
