"""Model: which pricing model fits, and why."""

from enum import StrEnum

from relationkit.decisions import Outcome
from relationkit.facts import Facts
from relationkit.fees import PricingModel
from relationkit.tables import Table

__all__ = ["model"]


def model(
    facts: Facts, *, by: Table[PricingModel], standing: Outcome[StrEnum]
) -> Outcome[PricingModel]:
    """Which pricing model fits, given what the party is to us.

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
    >>> model(known, by=rules.pricing, standing=standing).answer.value
    'list_price'
    """
    return by.decide(facts, standing=standing)
