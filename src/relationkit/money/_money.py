"""Money: an exact amount in one currency."""

from collections.abc import Iterable
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
)
from typing import Self, final

from attrs import field, frozen

from relationkit.constraints import SCHEMA
from relationkit.errors import RelationkitError, shown
from relationkit.money._codes import check_listed
from relationkit.money._currencies import MINOR_UNITS

__all__ = ["CurrencyMismatchError", "Money"]

DIGITS = 40
"""How many digits an amount may have before the point, and how many after it."""

# A product has at most 4 * DIGITS digits, a sum of n amounts 2 * DIGITS and the
# digits of n; so nothing is ever rounded, and should it be, that is an error.
EXACT = Context(
    prec=999,
    rounding=ROUND_HALF_EVEN,  # by which x - x is 0 and not -0
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[InvalidOperation, DivisionByZero, Overflow, Inexact],
)

# What DIGITS digits before the point and as many after it can hold.
GRID = Context(
    prec=2 * DIGITS,
    rounding=ROUND_DOWN,  # by which no carry makes a number longer
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[InvalidOperation, Rounded],
)
FINEST = Decimal((0, (1,), -DIGITS))
TOO_LONG = 10**DIGITS


class CurrencyMismatchError(RelationkitError, ValueError):
    """Amounts of different currencies were added or compared."""


def _check_bounded(name: str, number: Decimal) -> None:
    """Refuse what is no number, and what is too long to reckon with.

    By its exponents alone: the digits of a hostile number are not written out.
    """
    if not number.is_finite():
        raise ValueError(
            f"{name} is {shown(number)}, not a finite number; "
            "what is unknown or unbounded is None, and not money"
        )
    if not -DIGITS <= number.adjusted() < DIGITS or not _fits(number):
        raise ValueError(
            f"{name} is {shown(number)}, of more than {DIGITS} digits before "
            f"or {DIGITS} after the point; round it first"
        )


def _fits(number: Decimal) -> bool:
    try:
        GRID.quantize(number, FINEST)
    except Rounded:
        return False
    return True


def _factor(factor: int | Decimal) -> Decimal:
    if isinstance(factor, int) and abs(factor) >= TOO_LONG:  # slow to convert
        raise ValueError(
            f"factor is {shown(factor)}, of more than {DIGITS} digits; multiply by less"
        )
    number = Decimal(factor)
    _check_bounded("factor", number)
    return number


@final
@frozen(order=False)
class Money:
    """An exact amount in one currency.

    Amounts of one currency add, subtract, compare and sort; multiplied, they
    take an int or a Decimal, never a float.  No operation rounds: one whose
    result would be longer than an amount may be raises ValueError.

    >>> from decimal import Decimal
    >>> fee = Money(Decimal("10.50"), "USD")
    >>> print(fee * 3 - fee)
    21.00 USD
    >>> fee == Money(Decimal("10.5"), "USD")
    True
    >>> fee < Money(Decimal(11), "USD")
    True
    >>> Money(Decimal(0), "USD") == Money(Decimal(0), "EUR")
    False

    Nothing owed and nothing known are different things, so an amount is
    neither true nor false: ask ``money.amount == 0``, or ``money is None``.

    Attributes:
        amount: How much, in major units (dollars, not cents), and as finely as
            need be; negative if owed the other way round, never negative zero.
            At most 40 digits before the point and 40 after it.
        currency: In which currency: a code of the ISO 4217 list, such as
            ``USD``.

    Raises:
        TypeError: If *amount* is not a Decimal or *currency* not a str, each of
            exactly that class.
        ValueError: If *amount* is not finite, is negative zero, or has too many
            digits, or if *currency* is not on the list.
    """

    amount: Decimal = field(metadata={SCHEMA: {"not": {"pattern": "^-[0.]*$"}}})
    currency: str = field(metadata={SCHEMA: {"enum": sorted(MINOR_UNITS)}})

    @amount.validator
    def _is_exact(self, _: object, amount: Decimal) -> None:
        if type(amount) is not Decimal:
            kind = type(amount).__name__
            raise TypeError(
                f"amount is {shown(amount)} ({kind}); "
                "write it as Decimal('10.50'), made from text"
            )
        _check_bounded("amount", amount)
        if amount.is_signed() and amount.is_zero():
            raise ValueError(f"amount is {amount}, negative zero; write it without -")

    @currency.validator
    def _is_listed(self, _: object, currency: str) -> None:
        check_listed("currency", currency)

    @classmethod
    def sum(cls, amounts: Iterable[Self], currency: str) -> Self:
        """All *amounts* together; zero if there are none.

        The builtin ``sum`` cannot know in which currency nothing is.

        >>> from decimal import Decimal
        >>> print(Money.sum([Money(Decimal("0.10"), "USD")] * 3, "USD"))
        0.30 USD

        Raises:
            CurrencyMismatchError: If one of them is not in *currency*.
        """
        total = cls(Decimal(0), currency)
        added = total.amount
        for money in amounts:
            if not isinstance(money, Money):
                kind = type(money).__name__
                raise TypeError(f"amounts has {shown(money)} ({kind}); give Money")
            added = EXACT.add(added, total._beside(money))
        return cls(added, currency)

    def _beside(self, other: Self) -> Decimal:
        """The amount of *other*, which must be in the same currency."""
        if other.currency != self.currency:
            raise CurrencyMismatchError(
                f"currency is {other.currency} beside {self.currency}; "
                f"convert {other} into {self.currency} first"
            )
        return other.amount

    def __add__(self, other: Self) -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        amount = EXACT.add(self.amount, self._beside(other))
        return type(self)(amount, self.currency)

    def __sub__(self, other: Self) -> Self:
        if not isinstance(other, Money):
            return NotImplemented
        amount = EXACT.subtract(self.amount, self._beside(other))
        return type(self)(amount, self.currency)

    def __neg__(self) -> Self:
        return type(self)(EXACT.minus(self.amount), self.currency)

    def __mul__(self, factor: int | Decimal) -> Self:
        if type(factor) not in (int, Decimal):  # True is an int, but no factor
            return NotImplemented
        product = EXACT.multiply(self.amount, _factor(factor))
        return type(self)(EXACT.plus(product), self.currency)  # plus makes -0 be 0

    __rmul__ = __mul__

    def __lt__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._beside(other)

    def __le__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount <= self._beside(other)

    def __gt__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount > self._beside(other)

    def __ge__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount >= self._beside(other)

    def __bool__(self) -> bool:
        raise TypeError(
            f"money is {self}, neither true nor false; "
            "compare its amount with 0, or the whole with None"
        )

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"
