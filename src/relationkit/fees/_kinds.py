"""Kinds: how a fee is reckoned, in the words of the trade."""

from enum import StrEnum

__all__ = ["PricingModel"]


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
