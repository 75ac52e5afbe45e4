"""Check: what of a fee deserves a look before anyone is quoted it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from relationkit.errors import Problem, Severity, pointer
from relationkit.fees import Boundary, Fee, Tier, Volume, walk
from relationkit.figures import AFTER, EXACT, ONE, ZERO
from relationkit.pricing._reckoning import graduated
from relationkit.pricing._usage import UsageError
from relationkit.records import is_of

__all__ = ["check"]

Pair: TypeAlias = tuple[Decimal, Decimal, Decimal, Decimal]
"""A quantity with what it costs, and a greater one with what that costs."""


def check(fee: Fee) -> tuple[Problem, ...]:
    """What of a *fee* is allowed, and may surprise those who pay it.

    >>> from relationkit.fees import Tier
    >>> tiers = (Tier(up_to=Decimal(20), rate=Decimal(2)), Tier(rate=Decimal(1)))
    >>> print(*check(Volume(tiers=tiers, metric="seats")))
    /tiers/1: 20 seats cost 40, and 21 cost 21 (let the tiers be Graduated)
    """
    is_of("fee", Fee, fee)
    return tuple(
        problem.under(place)
        for one, place in walk(fee)
        if isinstance(one, Volume)
        for problem in _falls(one)
    )


def _falls(fee: Volume) -> Iterator[Problem]:
    """Where more of a quantity costs less."""
    for at, tier in enumerate(fee.tiers[:-1]):
        pairs = _stepped(fee, tier) if fee.increment else _apart(fee, at)
        for fewer, before, more, after in pairs:
            if after < before:
                told = f"{fewer:f} {fee.metric} cost {before:f}, and {more:f} cost"
                place, hint = pointer("tiers", at + 1), "let the tiers be Graduated"
                message = f"{told} {after:f}"
                yield Problem(place, "falls", message, hint, Severity.WARNING)
                break


def _apart(fee: Volume, at: int) -> Iterator[Pair]:
    """Quantities just apart at the end of a tier, the roundest first."""
    lower, upper = fee.tiers[at : at + 2]
    start = fee.tiers[at - 1].up_to if at else None
    bound = lower.up_to or ZERO
    for places in range(AFTER + 1):
        apart = Decimal(f"1E-{places}")
        is_in = fee.boundary is Boundary.INCLUSIVE
        fewer = bound if is_in else EXACT.subtract(bound, apart)
        more = EXACT.add(fewer, apart)
        if fewer > (start or ZERO) and (upper.up_to is None or more < upper.up_to):
            yield fewer, _price(lower, fewer), more, _price(upper, more)


def _stepped(fee: Volume, tier: Tier) -> Iterator[Pair]:
    """The last quantity billed in a tier, or before it, and the next one."""
    bound, size = tier.up_to or ZERO, fee.increment.size if fee.increment else ONE
    fewer = EXACT.multiply(EXACT.divide_int(bound, size), size)
    if fewer == bound and fee.boundary is Boundary.EXCLUSIVE:
        fewer = EXACT.subtract(fewer, size)
    more = EXACT.add(fewer, size)
    try:
        yield fewer, _billed(fee, fewer), more, _billed(fee, more)
    except UsageError:
        return


def _billed(fee: Volume, quantity: Decimal) -> Decimal:
    *_, (_, tier, _) = graduated(fee, quantity)
    return _price(tier, quantity) if quantity or fee.flat_when_unused else ZERO


def _price(tier: Tier, quantity: Decimal) -> Decimal:
    return EXACT.add(EXACT.multiply(quantity, tier.rate), tier.flat)
