"""Exact: the decimal context of our own, and how long a number may be in it."""

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
from typing import Final

from relationkit.errors import shown

__all__ = [
    "DIGITS",
    "EXACT",
    "FINEST",
    "GRID",
    "ONE",
    "ROUGH",
    "UNITS",
    "ZERO",
    "check_bounded",
    "fits",
    "places",
]

DIGITS: Final = 40
"""How many digits an amount may have before the point, and how many after it."""

# EXACT: a product has at most 4 * DIGITS digits, a sum of n amounts 2 * DIGITS and the
# digits of n, and what is to be settled may have been multiplied often; so nothing
# is ever rounded, and should it be, that is an error.
EXACT: Final = Context(
    prec=20_000,
    rounding=ROUND_HALF_EVEN,  # by which x - x is 0 and not -0
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[InvalidOperation, DivisionByZero, Overflow, Inexact],
)
"""The decimal context in which nothing is rounded, or else it is an error."""
ROUGH: Final = Context(
    prec=EXACT.prec, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[InvalidOperation]
)
"""The same where rounding is what is asked for."""

# What DIGITS digits before the point and as many after it can hold.
GRID: Final = Context(
    prec=2 * DIGITS,
    rounding=ROUND_DOWN,  # by which no carry makes a number longer
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[InvalidOperation, Rounded],
)
UNITS: Final = tuple(Decimal((0, (1,), -digits)) for digits in range(DIGITS + 1))
"""The least amounts above 0 of so many digits after the point."""
FINEST: Final = UNITS[DIGITS]
ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)


def check_bounded(name: str, number: Decimal) -> None:
    """Refuse what is no number, and what is too long to reckon with.

    *name* is where it stands.

    >>> check_bounded("factor", Decimal("NaN"))
    Traceback (most recent call last):
    ValueError: factor is Decimal('NaN'), not a finite number; ...

    Raises:
        ValueError: If it is not finite, or has more than 40 digits before or after
            the point.
    """
    if not number.is_finite():
        raise ValueError(
            f"{name} is {shown(number)}, not a finite number; "
            "what is unknown or unbounded is None, and not money"
        )
    if not fits(number):
        raise ValueError(
            f"{name} is {shown(number)}, of more than {DIGITS} digits before "
            f"or {DIGITS} after the point; round it first"
        )


def fits(number: Decimal) -> bool:
    """Whether a *number* is finite and not too long.

    By its exponents alone: the digits of a hostile number are not written out.

    >>> fits(Decimal("1e39")), fits(Decimal("1e40"))
    (True, False)
    """
    try:
        GRID.quantize(number, FINEST)
    except (InvalidOperation, Rounded):
        return False
    return not number.is_nan() and -DIGITS <= number.adjusted() < DIGITS


def places(amount: Decimal, digits: int) -> int:
    """How many digits after the point are needed for an *amount*, at least *digits*.

    Zeros at its end are not, as they change no value.

    >>> places(Decimal("1.250"), 0), places(Decimal("1.250"), 4)
    (2, 4)
    """
    try:
        EXACT.quantize(amount, UNITS[digits])
    except Inexact:
        exponent = EXACT.normalize(amount).as_tuple().exponent
        return -exponent if isinstance(exponent, int) else digits
    return digits
