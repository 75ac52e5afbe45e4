"""Leaves: what a fee is made of in the end: amounts, rates and tiers."""

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from relationkit.constraints import Between, Id, Said, Several
from relationkit.figures import ZERO, AboveNone, Number, told
from relationkit.records import as_declared

__all__ = [
    "SIZE",
    "Boundary",
    "Direction",
    "Fixed",
    "Graduated",
    "Increment",
    "PerUnit",
    "Tier",
    "Tiered",
    "Volume",
]

SIZE: Final = 1_000
"""Of how many parts and tiers a fee may be made."""
WHOLE: Final = Between(1, 10**9, "give how many units the rate is for")


class Direction(StrEnum):
    """Where a quantity goes that lies between two steps."""

    UP = "up"
    """To the next, so that one begun is billed whole."""
    DOWN = "down"
    """To the last, so that only whole steps are billed."""
    NEAREST = "nearest"
    """To whichever is nearer; up from the middle."""


class Boundary(StrEnum):
    """To which tier a quantity belongs that is just where one ends."""

    INCLUSIVE = "inclusive"
    """To the tier that ends there."""
    EXCLUSIVE = "exclusive"
    """To the next one."""


@frozen(kw_only=True, field_transformer=as_declared)
class Increment:
    """The steps in which a quantity is billed: packages, or units of six minutes.

    Attributes:
        size: How much one is, in the unit of the quantity: 0.1 of hours.
        direction: Where what lies between two steps goes.
    """

    size: Decimal = field(validator=AboveNone())
    direction: Direction = Direction.UP


@frozen(kw_only=True, field_transformer=as_declared)
class Tier:
    """What units cost up to a bound.

    Where a tier starts is where the one before it ends, so that there is no gap
    into which a quantity could fall.

    Attributes:
        up_to: Where it ends; None if nowhere.
        rate: For each unit.
        flat: Once, whatever the quantity in it.
    """

    up_to: Decimal | None = field(default=None, validator=AboveNone())
    rate: Decimal = field(default=ZERO, validator=Number())
    flat: Decimal = field(default=ZERO, validator=Number())


@frozen(kw_only=True, field_transformer=as_declared)
class Fixed:
    """One amount, whatever is used: a price, a fixed fee, a period's subscription.

    Attributes:
        amount: How much.
        label: What the line is called.
        tax_code: Carried on the line, for whoever reckons tax.
    """

    amount: Decimal = field(validator=Number())
    label: str = field(default="fee", validator=Said())
    tax_code: str = ""


@frozen(kw_only=True, field_transformer=as_declared)
class PerUnit:
    """A rate for each unit of a quantity.

    The quantity may be an amount of money, of which the rate is then a share:
    a rate of 1 per 3 takes a third.

    Attributes:
        rate: For so many units as *per* says.
        per: For how many units the rate is.
        included: How many units cost nothing; taken off before *increment* rounds.
        increment: In which steps the rest is billed; None for exactly as it is.
        metric: Which quantity it is of.
        label: What the line is called; empty for the name of the metric.
        tax_code: Carried on the line, for whoever reckons tax.
    """

    rate: Decimal = field(validator=Number())
    per: int = field(default=1, validator=WHOLE)
    included: Decimal = field(default=ZERO, validator=Number())
    increment: Increment | None = None
    metric: str = field(default="quantity", validator=Id())
    label: str = ""
    tax_code: str = ""


SOME: Final = Several(1, "give one, such as one with a rate and no up_to", SIZE)


def as_given(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Tiers in the order in which they stand, which is that of their bounds."""
    return tiers


def _ascend(_: object, __: object, tiers: tuple[Tier, ...]) -> None:
    """Tiers follow each other, and only the last may be open."""
    for at, (lower, upper) in enumerate(pairwise(tiers)):
        if lower.up_to is None:
            raise ValueError(
                f"tiers[{at}] is open, and not the last; give its up_to, or leave out"
                f" what follows"
            )
        if upper.up_to is not None and upper.up_to <= lower.up_to:
            raise ValueError(
                f"tiers[{at + 1}].up_to is {told(upper.up_to)}, not above that of"
                f" tiers[{at}], {told(lower.up_to)}; put them in ascending order"
            )


@frozen(kw_only=True, field_transformer=as_declared)
class Tiered:
    """What fees in tiers have in common; their docstrings say what it means."""

    tiers: tuple[Tier, ...] = field(converter=as_given, validator=[SOME, _ascend])
    boundary: Boundary = Boundary.INCLUSIVE
    flat_when_unused: bool = True
    increment: Increment | None = None
    metric: str = field(default="quantity", validator=Id())
    label: str = ""
    tax_code: str = ""


@frozen(kw_only=True, field_transformer=as_declared)
class Graduated(Tiered):
    """A rate for the units in each tier, as tax brackets are.

    Reaching a tier never changes what the units before it cost.

    Attributes:
        tiers: In ascending order.  Past a last tier that is not open there is no
            price, and asking for one is an error.
        boundary: Whether a tier includes its *up_to*; for its flat amount alone
            does that matter here.
        flat_when_unused: Whether a quantity of 0 owes the flat amount of the first
            tier.
        increment: In which steps the quantity is billed; None for exactly as it is.
        metric: Which quantity it is of.
        label: What its lines are called; empty for the name of the metric.
        tax_code: Carried on its lines, for whoever reckons tax.
    """


@frozen(kw_only=True, field_transformer=as_declared)
class Volume(Tiered):
    """One rate for all units: that of the tier in which their number lies.

    Its total may fall where the next tier begins; ``pricing.check`` says where.

    Attributes:
        tiers: In ascending order.  Past a last tier that is not open there is no
            price, and asking for one is an error.
        boundary: Whether a tier includes its *up_to*.
        flat_when_unused: Whether a quantity of 0 owes the flat amount of the first
            tier.
        increment: In which steps the quantity is billed; None for exactly as it is.
        metric: Which quantity it is of.
        label: What its lines are called; empty for the name of the metric.
        tax_code: Carried on its lines, for whoever reckons tax.
    """
