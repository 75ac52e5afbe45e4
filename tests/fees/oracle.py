"""The oracle: what a fee comes to, in rationals and the plainest words there are."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from relationkit.fees import (
    Boundary,
    Bundle,
    Direction,
    Discounted,
    Fee,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    Volume,
)
from relationkit.money import Rounding

__all__ = ["MODES", "by_unit", "exact"]


def exact(fee: Fee, usage: Mapping[str, Decimal | int]) -> Fraction:
    """What a fee comes to before anything is settled."""
    if isinstance(fee, Fixed):
        return Fraction(fee.amount)
    if isinstance(fee, PerUnit):
        left = Fraction(usage[fee.metric]) - Fraction(fee.included)
        return (
            Fraction(fee.rate)
            * stepped(max(left, Fraction(0)), fee.increment)
            / fee.per
        )
    if isinstance(fee, Graduated | Volume):
        return tiered(fee, stepped(Fraction(usage[fee.metric]), fee.increment))
    if isinstance(fee, Bundle):
        return sum((exact(part, usage) for part in fee.parts), Fraction(0))
    inner = exact(fee.inner, usage)
    if isinstance(fee, Discounted):
        return inner * (1 - Fraction(fee.share))
    floored = inner if fee.at_least is None else max(inner, Fraction(fee.at_least))
    return floored if fee.at_most is None else min(floored, Fraction(fee.at_most))


def stepped(quantity: Fraction, increment: Increment | None) -> Fraction:
    if increment is None:
        return quantity
    size = Fraction(increment.size)
    steps = {
        Direction.UP: ceil(quantity / size),
        Direction.DOWN: floor(quantity / size),
        Direction.NEAREST: floor(quantity / size + Fraction(1, 2)),
    }
    return steps[increment.direction] * size


def tiered(fee: Graduated | Volume, quantity: Fraction) -> Fraction:
    reached = [
        tier
        for tier, lower in zip(fee.tiers, [None, *fee.tiers], strict=False)
        if lower is None or is_past(fee, lower, quantity)
    ]
    flat = quantity > 0 or fee.flat_when_unused
    if isinstance(fee, Volume):
        last = reached[-1]
        return quantity * Fraction(last.rate) + flat * Fraction(last.flat)
    total, start = Fraction(0), Fraction(0)
    for tier in reached:
        end = quantity if tier.up_to is None else min(quantity, Fraction(tier.up_to))
        total += (end - start) * Fraction(tier.rate) + flat * Fraction(tier.flat)
        start = end
    return total


def is_past(fee: Graduated | Volume, tier: Tier, quantity: Fraction) -> bool:
    bound = Fraction(tier.up_to or 0)
    return quantity > bound or (
        fee.boundary is Boundary.EXCLUSIVE and quantity == bound
    )


def by_unit(fee: Graduated, units: int) -> Fraction:
    """What so many whole units come to, asked of each one by itself."""
    total = Fraction(0)
    for unit in range(1, units + 1):
        tier = next(t for t in fee.tiers if t.up_to is None or unit <= t.up_to)
        total += Fraction(tier.rate)
    return total


def half(number: Fraction, *, away: bool) -> int:
    near = floor(abs(number) * 2)
    whole, is_up = divmod(near, 2)
    is_tie = abs(number) * 2 == near and is_up
    grown = whole + (is_up if away or not is_tie else 0)
    return grown if number >= 0 else -grown


MODES: Mapping[Rounding, Callable[[Fraction], int]] = {
    Rounding.HALF_EVEN: round,
    Rounding.HALF_UP: lambda number: half(number, away=True),
    Rounding.HALF_DOWN: lambda number: half(number, away=False),
    Rounding.FLOOR: floor,
    Rounding.CEILING: ceil,
    Rounding.DOWN: int,
    Rounding.UP: lambda number: floor(number) if number < 0 else ceil(number),
}
"""How a number of minor units is rounded, by mode."""
