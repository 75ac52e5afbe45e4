"""Shares: an amount in parts that add up to it, by largest remainder."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NoReturn

from relationkit.errors import shown
from relationkit.figures import DIGITS, EXACT, UNITS, check_bounded, places

__all__ = ["shares"]

TOO_LONG: Final = 10**DIGITS
TIMES: Final = tuple(Decimal(10**digits) for digits in range(DIGITS + 1))
multiply: Final = EXACT.multiply


def shares(
    amount: Decimal, digits: int | None, weights: Sequence[int | Decimal]
) -> list[Decimal]:
    """The parts of an *amount* that *weights* give, on its grid.

    Of *digits* after the point, or more if the amount has more.
    """
    whole = _whole(weights)
    total = sum(whole)
    if total == 0:
        raise ValueError(
            f"weights is {shown(weights)}, with none above 0; give a weight to"
            f" whoever takes a part"
        )
    finest = places(amount, digits or 0)
    unit = UNITS[finest]
    units = int(multiply(amount, TIMES[finest]))
    parts = _parted(abs(units), whole, total)
    if units < 0:
        parts = [-part for part in parts]
    return [multiply(part, unit) for part in parts]


def _parted(units: int, weights: Sequence[int], total: int) -> list[int]:
    parts, rests = [], []
    for weight in weights:
        share = units * weight
        parts.append(share // total)
        rests.append(share % total)
    left = units - sum(parts)
    if left == 1:
        parts[rests.index(max(rests))] += 1
    elif left:
        losers = sorted(range(len(rests)), key=rests.__getitem__, reverse=True)
        for at in losers[:left]:
            parts[at] += 1
    return parts


def _whole(weights: Sequence[int | Decimal]) -> Sequence[int]:
    """Whole numbers that are to each other as the *weights* are."""
    for weight in weights:
        if type(weight) is not int:
            return [int(EXACT.scaleb(_number(one), DIGITS)) for one in weights]
        if not 0 <= weight < TOO_LONG:
            _refuse(weight)
    return weights  # type: ignore[return-value]


def _number(weight: int | Decimal) -> Decimal:
    if type(weight) not in (int, Decimal):
        kind = type(weight).__name__
        raise TypeError(
            f"weights has {shown(weight)} ({kind}); give whole numbers, or Decimals"
            f" made from text"
        )
    if isinstance(weight, Decimal):
        check_bounded("weight", weight)
    if not 0 <= weight < TOO_LONG:
        _refuse(weight)
    return Decimal(weight)


def _refuse(weight: int | Decimal) -> NoReturn:
    if weight < 0:
        raise ValueError(f"weight is {shown(weight)}, negative; give 0 or more")
    raise ValueError(
        f"weight is {shown(weight)}, of more than {DIGITS} digits; divide all alike"
    )
