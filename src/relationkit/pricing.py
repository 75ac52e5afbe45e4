"""Pricing: which pricing model fits, and why."""

from enum import StrEnum

from relationkit.decisions import Outcome
from relationkit.facts import Facts
from relationkit.tables import Table

__all__ = ["PricingModel", "model"]


class PricingModel(StrEnum):
    """How a fee is reckoned, in the words of the trade."""

    LIST_PRICE = "list_price"
    """One price, the same for all."""
    PER_UNIT = "per_unit"
    """By the piece, visit or minute."""
    GRADUATED = "graduated"
    """By the piece, at rates that change with the quantity."""
    SUBSCRIPTION = "subscription"
    """A fixed fee for each period of access."""
    MEMBERSHIP = "membership"
    """A fee for belonging, and prices for members."""
    HOURLY = "hourly"
    """By time, at rates that both have gone through beforehand."""
    CAPPED = "capped"
    """By time, up to an amount that is not exceeded."""
    RETAINER = "retainer"
    """A fixed fee for each period, with a share of work included."""
    FIXED_FEE = "fixed_fee"
    """One fee for a scope known beforehand."""
    VALUE_BASED = "value_based"
    """A share of what the work is worth to them, with a floor and a cap."""
    PERCENTAGE_OF_ASSETS = "percentage_of_assets"
    """A share of the assets looked after."""
    CONTINGENCY = "contingency"
    """A share of the outcome, on terms in writing."""


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
