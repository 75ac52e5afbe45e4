"""Grid: the amounts of a currency that can be paid, and how others get there.

An amount that is still to be divided, such as a third of something, is a decimal
number and the whole number it is over.  It is divided once, while it is settled.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import lcm
from typing import Final, TypeAlias

from relationkit.errors import shown
from relationkit.figures import EXACT, ROUGH
from relationkit.money._codes import KNOWN, check_listed
from relationkit.money._settlement import Scope, Settlement
from relationkit.records import is_of, several

__all__ = ["Amount", "Grid", "grid_of", "settle_lines"]

Amount: TypeAlias = tuple[Decimal, int]
"""A decimal number, and the whole number that it is still to be divided by."""

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)
PAIR: Final = 2
QUARTER: Final = Decimal("0.25")


class Grid:
    """The amounts of a *currency* that can be paid by a *settlement*.

    Attributes:
        unit: How far two of them are apart at least, in major units.
    """

    __slots__ = ("_digit", "_mode", "unit")

    def __init__(self, settlement: Settlement, currency: str) -> None:
        self._digit = Decimal((0, (1,), -_digits(settlement, currency)))
        self._mode = f"ROUND_{settlement.mode.name}"
        self.unit = self._digit
        for cash in settlement.cash:
            if cash.code == currency:
                self.unit = cash.step
                if EXACT.remainder(cash.step, self._digit):
                    raise ValueError(
                        f"cash has a step of {cash.step} {currency}, which is finer"
                        f" than its minor unit; give a multiple of {self._digit}"
                    )

    def rounded(self, amount: Decimal, over: int = 1) -> Decimal:
        """The amount on the grid that *amount* over *over* goes to; never -0."""
        if over == 1 and self.unit is self._digit:
            near = amount.quantize(self._digit, self._mode, ROUGH)
        else:
            units = _near(amount, EXACT.multiply(self.unit, Decimal(over)))
            near = self._on(units.quantize(ONE, self._mode, ROUGH))
        return near or near.copy_abs()

    def spread(self, amounts: Sequence[Amount]) -> list[Decimal]:
        """All *amounts* on the grid, so that they add up to their total rounded once.

        What is left over goes to those that lost the most, of equals to the first.
        """
        over = lcm(*(one for _, one in amounts))
        exact = [EXACT.multiply(a, Decimal(over // one)) for a, one in amounts]
        total = self.rounded(added(exact), over)
        if next(filter(None, exact), ZERO) < ZERO:  # a reversal is spread alike
            exact = list(map(EXACT.minus, exact))
            parted = self._parted(exact, over, EXACT.minus(total))
            return list(map(EXACT.minus, parted))
        return self._parted(exact, over, total)

    def _parted(
        self, exact: Sequence[Decimal], over: int, total: Decimal
    ) -> list[Decimal]:
        by = EXACT.multiply(self.unit, Decimal(over))
        parted = [_floored(amount, by) for amount in exact]
        units = [whole for whole, _ in parted]
        left = int(EXACT.divide_int(total, self.unit)) - int(added(units))
        losers = sorted(range(len(parted)), key=lambda at: parted[at][1], reverse=True)
        for at in losers[:left]:
            units[at] = EXACT.add(units[at], ONE)
        return [self._on(one) for one in units]

    def _on(self, units: Decimal) -> Decimal:
        """So many *units*, with the digits of the minor unit."""
        return EXACT.quantize(EXACT.multiply(units, self.unit), self._digit)


def _digits(settlement: Settlement, currency: str) -> int:
    for unit in settlement.minor_units:
        if unit.code == currency:
            return unit.digits
    check_listed("currency", currency)
    digits = KNOWN[currency]
    if digits is None:
        raise ValueError(
            f"currency is {shown(currency)}, which has no minor unit to round to; "
            f"say how finely it is paid by a MinorUnit of the settlement"
        )
    return digits


@lru_cache(maxsize=256)
def grid_of(settlement: Settlement, currency: str) -> Grid:
    """The grid of a *currency*, as a *settlement* has it.

    >>> grid_of(Settlement(), "JPY").rounded(Decimal("1.5"))
    Decimal('2')

    Raises:
        ValueError: If the currency has no minor unit, or a step of coins finer than
            it.
    """
    return Grid(settlement, currency)


def settle_lines(
    amounts: Sequence[Amount], currency: str, settlement: Settlement
) -> tuple[tuple[Decimal, ...], Decimal]:
    """The *amounts* of lines as they can be paid, and the total they add up to.

    Each is less than one minor unit from what it is exactly, and they always add up
    to the total: settled line by line, that is their sum; settled once, it is the
    exact total rounded, and what is left over of it goes to the lines that lost the
    most.

    >>> third = (Decimal("10.00"), 3)
    >>> settle_lines([third] * 3, "USD", Settlement())[1]
    Decimal('9.99')
    >>> lines, total = settle_lines([third] * 3, "USD", Settlement(at=Scope.TOTAL))
    >>> [str(line) for line in lines], total
    (['3.34', '3.33', '3.33'], Decimal('10.00'))

    Raises:
        TypeError: If *amounts* are not pairs of a Decimal and an int, or *settlement*
            is none.
        ValueError: If *currency* is not on the list, or has no minor unit, or an
            amount is not finite, or over less than 1.
    """
    is_of("settlement", Settlement, settlement)
    amounts = several("amounts", amounts)
    for pair in amounts:
        _check_pair(pair)
    grid = grid_of(settlement, currency)
    if settlement.at is Scope.LINE:
        lines = [grid.rounded(amount, over) for amount, over in amounts]
    else:
        lines = grid.spread(amounts)
    return tuple(lines), added(lines or [grid.rounded(ZERO)])


def _check_pair(pair: object) -> None:
    if not isinstance(pair, tuple) or len(pair) != PAIR:
        raise TypeError(
            f"amounts has {shown(pair)}; give pairs such as (Decimal('10.00'), 3), a"
            f" number and what it is over"
        )
    number, over = pair
    is_of("amounts", Decimal, number)
    is_of("amounts", int, over)
    if not number.is_finite() or over < 1:
        raise ValueError(
            f"amounts has {shown(pair)}; give finite numbers, over 1 or more"
        )


def added(numbers: Sequence[Decimal]) -> Decimal:
    """All *numbers* together."""
    total = ZERO
    for number in numbers:
        total = EXACT.add(total, number)
    return total


def _near(amount: Decimal, by: Decimal) -> Decimal:
    """A number that rounds as *amount* over *by* does, which may have no end."""
    whole, rest = EXACT.divmod(amount, by)
    twice = EXACT.add(rest, rest).copy_abs()
    quarters = (rest != ZERO) + (twice >= by) + (twice > by)
    beyond = EXACT.multiply(QUARTER, Decimal(quarters)).copy_sign(rest)
    return EXACT.add(whole, beyond)


def _floored(amount: Decimal, by: Decimal) -> tuple[Decimal, Decimal]:
    """How often *by* goes into an *amount*, and the rest, which is not negative."""
    whole, rest = EXACT.divmod(amount, by)
    if rest < ZERO:
        return EXACT.subtract(whole, ONE), EXACT.add(rest, by)
    return EXACT.plus(whole), rest
