"""Numbers: what rates, amounts, quantities and shares may be."""

from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    Context,
    Decimal,
    InvalidOperation,
    Rounded,
)
from typing import Final, TypeVar

from attrs import Attribute

from relationkit.constraints import END, asking
from relationkit.errors import shown

__all__ = [
    "ONE",
    "ZERO",
    "check_number",
    "check_share",
    "check_whole",
    "is_above_none",
    "is_none_or_more",
    "is_share",
    "is_whole",
]

N = TypeVar("N", bound=Decimal | None)
BEFORE: Final = 18
AFTER: Final = 20
"""How many digits a number may have before the point, and how many after it."""
GRID: Final = Context(
    prec=BEFORE + AFTER,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[InvalidOperation, Rounded],
)
FINEST: Final = Decimal((0, (1,), -AFTER))
"""What such a number can hold."""
MOST_PER: Final = 10**9
NUMBER: Final = {"pattern": rf"^0*[0-9]{{1,{BEFORE}}}([.][0-9]{{1,{AFTER}}})?{END}"}
PART: Final = {"pattern": rf"^0*(0([.][0-9]{{1,{AFTER}}})?|1([.]0{{1,{AFTER}}})?){END}"}
ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)


def check_number(name: str, value: Decimal) -> None:
    """Refuse what is no number, what is negative, and what is too long to reckon with.

    By its exponents alone: the digits of a hostile number are not written out.
    """
    if not value.is_finite():
        raise ValueError(
            f"{name} is {shown(value)}, not a finite number; give an exact one"
        )
    if value.is_signed():
        raise ValueError(
            f"{name} is {shown(value)}, negative; give 0 or more, as a reduction is"
            f" Discounted and a credit is a quote reversed"
        )
    try:
        GRID.quantize(value, FINEST)
    except (InvalidOperation, Rounded):
        raise ValueError(
            f"{name} is {shown(value)}, of more than {BEFORE} digits before"
            f" or {AFTER} after the point; round it first"
        ) from None


def check_share(name: str, value: Decimal) -> None:
    """Refuse what is no share of anything."""
    check_number(name, value)
    if value > ONE:
        raise ValueError(
            f"{name} is {shown(value)}, more than all of it; give a share from 0 to 1,"
            f" such as 0.10 for a tenth"
        )


def check_whole(name: str, value: int) -> None:
    """Refuse a divisor that divides by nothing, or by too much to reckon with."""
    if not 0 < value <= MOST_PER:
        raise ValueError(
            f"{name} is {shown(value)}; give a whole number from 1 to {MOST_PER}"
        )


@asking(allOf=[NUMBER])
def is_none_or_more(_: object, field: "Attribute[N]", value: N) -> None:
    """A number is one to reckon with, and not negative; None passes."""
    if value is not None:
        check_number(field.name, value)


@asking(allOf=[NUMBER, {"pattern": "[1-9]"}])
def is_above_none(_: object, field: "Attribute[N]", value: N) -> None:
    """A number is one to reckon with, and above 0; None passes."""
    if value is not None:
        check_number(field.name, value)
        if value == ZERO:
            raise ValueError(f"{field.name} is 0; give a number above it")


@asking(allOf=[PART])
def is_share(_: object, field: "Attribute[Decimal]", value: Decimal) -> None:
    """A share is from 0, none of it, to 1, all of it."""
    check_share(field.name, value)


@asking(minimum=1, maximum=MOST_PER)
def is_whole(_: object, field: "Attribute[int]", value: int) -> None:
    """A divisor is a whole number above 0."""
    check_whole(field.name, value)
