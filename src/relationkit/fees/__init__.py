"""Fees: what a provider charges, in seven forms that compose.

A fee is a rule that turns quantities into an amount.  :class:`Fixed`,
:class:`PerUnit`, :class:`Graduated` and :class:`Volume` are leaves;
:class:`Bundle`, :class:`Bounded` and :class:`Discounted` are made of fees.  A
percentage is a rate on a quantity of money, so that shares of assets, recoveries
and deals need no forms of their own.  The fees that people say, such as
:func:`retainer`, :func:`contingency` or :func:`capped`, are functions that give
one of the seven.

A fee has no currency: its card has one, and the quote that ``pricing`` reckons by
it.  Numbers are exact: at most 18 digits before the point and 20 after it, never
negative, never a float.
"""

from relationkit.fees._cards import Rate, RateCard
from relationkit.fees._forms import (
    Bounded,
    Bundle,
    Discounted,
    Fee,
    metrics,
    walk,
)
from relationkit.fees._kinds import PricingModel
from relationkit.fees._leaves import (
    Boundary,
    Direction,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    Volume,
)
from relationkit.fees._named import (
    SIX_MINUTES,
    blended,
    blended_rate,
    capped,
    collar,
    contingency,
    holdback,
    hourly,
    membership,
    minimum,
    percentage_of_assets,
    pro_bono,
    retainer,
    role_rates,
    subscription,
    success,
    time_and_materials,
    value_based,
)

__all__ = [
    "SIX_MINUTES",
    "Boundary",
    "Bounded",
    "Bundle",
    "Direction",
    "Discounted",
    "Fee",
    "Fixed",
    "Graduated",
    "Increment",
    "PerUnit",
    "PricingModel",
    "Rate",
    "RateCard",
    "Tier",
    "Volume",
    "blended",
    "blended_rate",
    "capped",
    "collar",
    "contingency",
    "holdback",
    "hourly",
    "membership",
    "metrics",
    "minimum",
    "percentage_of_assets",
    "pro_bono",
    "retainer",
    "role_rates",
    "subscription",
    "success",
    "time_and_materials",
    "value_based",
    "walk",
]
