"""Certainty: how much of a price is known before the work is done."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod
from typing import TypeAlias

from relationkit.errors import Problem, StepsError, pointer
from relationkit.fees import Fee, Volume, walk
from relationkit.figures import EXACT
from relationkit.pricing._reckoning import Reckoning, total
from relationkit.pricing._usage import Usage, UsageError, checked, unfit

__all__ = ["certainty", "price_range"]

STEPS = 20_000
"""Of how many corners of the range the price is reckoned at most."""

Corner: TypeAlias = tuple[Decimal, int]
"""A quantity; or, with 1 or -1, what is just above or below it."""


def certainty(fee: Fee, low: Usage, high: Usage) -> Fraction:
    """The least that a *fee* may come to, as a share of the most.

    Usage may be anything from *low* to *high*.  1 is a price that is known
    beforehand, as is nothing at all; 0 is one of which nothing is known.  Under a
    cap or a minimum it never falls.

    >>> from decimal import Decimal
    >>> from relationkit import fees
    >>> hours = fees.hourly(Decimal(250))
    >>> certainty(hours, {"hours": 8}, {"hours": 20})
    Fraction(2, 5)
    >>> certainty(fees.capped(hours, Decimal(2500)), {"hours": 8}, {"hours": 20})
    Fraction(4, 5)

    Raises:
        UsageError: If *low* and *high* do not say quantities for the *fee*, or
            one of *low* is above that of *high*.
        StepsError: If the tiers of too many quantities would have to be tried
            against each other.
    """
    least, most = price_range(fee, low, high)
    return least / most if most else Fraction(1)


def price_range(fee: Fee, low: Usage, high: Usage) -> tuple[Fraction, Fraction]:
    """The least and the most that a *fee* comes to from *low* to *high*, exactly.

    A price that is only approached, as just above the bound of a tier, counts.

    >>> from relationkit.fees import Tier
    >>> tiers = (Tier(up_to=Decimal(20), rate=Decimal(2)), Tier(rate=Decimal(1)))
    >>> some = Volume(tiers=tiers, metric="seats")
    >>> price_range(some, {"seats": 19}, {"seats": 25})
    (Fraction(20, 1), Fraction(40, 1))

    Raises:
        UsageError: As :func:`certainty` does.
        StepsError: As :func:`certainty` does.
    """
    lows, highs = checked(low, "low"), checked(high, "high")
    for name, usage in {"low": lows, "high": highs}.items():
        if misfits := unfit(fee, usage, name):
            raise UsageError(misfits)
    corners = _corners(fee, lows, highs)
    if prod(map(len, corners.values())) > STEPS:
        raise StepsError(
            f"the price at more than {STEPS} corners would have to be tried; ask of a"
            f" narrower range, or of fewer quantities at once"
        )
    prices = [
        _price(fee, dict(zip(corners, at, strict=True)))
        for at in product(*corners.values())
    ]
    return min(prices), max(prices)


def _price(fee: Fee, at: Mapping[str, Corner]) -> Fraction:
    usage = {metric: quantity for metric, (quantity, _) in at.items()}
    nudges = {metric: nudge for metric, (_, nudge) in at.items()}
    reckoned = Reckoning(usage, nudges=nudges)
    reckoned.add(fee)
    amount, over = total(reckoned.charges)
    return Fraction(amount) / over


def _corners(
    fee: Fee, low: Mapping[str, Decimal], high: Mapping[str, Decimal]
) -> dict[str, list[Corner]]:
    """By metric, where the price may be least or most.

    Between the bounds of volume tiers no price falls as a quantity grows.
    """
    bounds: dict[str, set[Decimal]] = {metric: set() for metric in low}
    for one, _ in walk(fee):
        if isinstance(one, Volume):
            bounds[one.metric].update(_turns(one))
    corners = {}
    for metric, start in low.items():
        end = high[metric]
        if end < start:
            told = f"low is {start}, above high, {end}"
            where = pointer("low", metric)
            raise UsageError([Problem(where, "value", told, "exchange them")])
        within = sorted(bound for bound in bounds[metric] if start <= bound <= end)
        corners[metric] = [
            (at, nudge)
            for at in dict.fromkeys([start, *within, end])
            for nudge in (-1, 0, 1)
            if (nudge >= 0 or at > start) and (nudge <= 0 or at < end)
        ]
    return corners


def _turns(fee: Volume) -> Iterator[Decimal]:
    """Quantities at which the billed quantity may pass from tier to tier."""
    for tier in fee.tiers:
        if tier.up_to is None:
            return
        yield tier.up_to
        if fee.increment is not None:
            size = fee.increment.size
            count = EXACT.divide_int(tier.up_to, size)
            half = EXACT.multiply(size, Decimal("0.5"))
            for more in (-1, 0, 1):
                whole = EXACT.multiply(EXACT.add(count, Decimal(more)), size)
                if more >= 0 or count:
                    yield whole
                    yield EXACT.add(whole, half)
