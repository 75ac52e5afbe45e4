"""Strategies for money: any currency of the list, any amount worth a try."""

from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from relationkit.money import (
    CashStep,
    MinorUnit,
    Money,
    Rounding,
    Scope,
    Settlement,
)
from relationkit.money._currencies import MINOR_UNITS
from relationkit.strategies._draws import apart, few

__all__ = [
    "cash_steps",
    "currencies",
    "minor_units",
    "moneys",
    "settlements",
    "weights",
]

S = TypeVar("S", MinorUnit, CashStep)

# Of 2, 0, 3 and 4 digits after the point, and of no minor unit at all.
_UNLIKE = ("USD", "JPY", "BHD", "CLF", "XAU")
_PLACES = (2, 0, 1, 3, 4, 12, -3)


def _codes() -> st.SearchStrategy[str]:
    return st.sampled_from(_UNLIKE) | st.sampled_from(sorted(MINOR_UNITS))


def _amounts() -> st.SearchStrategy[Decimal]:
    units = st.sampled_from([0, 1, -1]) | st.integers(-(10**15), 10**15)
    return st.builds(_scaled, units, st.sampled_from(_PLACES))


def _scaled(units: int, places: int) -> Decimal:
    return Decimal(f"{units}E{-places}")  # whatever the decimal context


def currencies() -> st.SearchStrategy[str]:
    """Codes of the ISO 4217 list; shrinks to USD.

    Every other one is of a kind that code forgets: without a minor unit, or
    with one of no, three or four digits.
    """
    return _codes()


def moneys(
    *,
    currencies: st.SearchStrategy[str] | None = None,
    amounts: st.SearchStrategy[Decimal] | None = None,
) -> st.SearchStrategy[Money]:
    """Money of any currency and sign; shrinks to 0.00 USD.

    Amounts are within 10**18, of up to 12 digits after the point, so that
    sums and products of a few keep within what Money holds; zero, the smallest
    and the finest come up often.  They heed no currency's minor unit, as prices
    do not.
    """
    return st.builds(
        Money,
        _amounts() if amounts is None else amounts,
        _codes() if currencies is None else currencies,
    )


# Finer and coarser than the list says, of what has no minor unit, withdrawn.
_OVERRIDES = tuple(
    MinorUnit(code=code, digits=digits)
    for code, digits in (("XAU", 3), ("USD", 4), ("JPY", 2), ("BHD", 2), ("HRK", 2))
)
_STEPS = tuple(
    CashStep(code=code, step=Decimal(step))
    for code, step in (("CHF", "0.05"), ("HUF", "5"), ("USD", "0.1"), ("JPY", "10"))
)


def minor_units() -> st.SearchStrategy[MinorUnit]:
    """Minor units that are not as the list has them; shrinks to one of gold."""
    return st.sampled_from(_OVERRIDES)


def cash_steps() -> st.SearchStrategy[CashStep]:
    """Steps of coins, which are multiples of the minor unit; shrinks to 0.05 CHF."""
    return st.sampled_from(_STEPS)


def settlements(
    *,
    modes: st.SearchStrategy[Rounding] | None = None,
    scopes: st.SearchStrategy[Scope] | None = None,
    cash: st.SearchStrategy[tuple[CashStep, ...]] | None = None,
) -> st.SearchStrategy[Settlement]:
    """Settlements of any mode and scope; shrinks to half even, line by line.

    Some settle a currency otherwise than the list says, or in coins.
    """
    units = few(minor_units()).map(_one_of_each)
    steps = few(cash_steps()).map(_one_of_each)
    return st.builds(
        Settlement,
        minor_units=units,
        mode=st.sampled_from(Rounding) if modes is None else modes,
        at=st.sampled_from(Scope) if scopes is None else scopes,
        cash=steps if cash is None else cash,
    )


def _one_of_each(settled: tuple[S, ...]) -> tuple[S, ...]:
    return apart(settled, lambda one: one.code)


def weights(*, least: int = 1) -> st.SearchStrategy[list[int | Decimal]]:
    """Weights to allocate by, at least *least* of them, one or more above 0.

    Many are 0, equal, or of very different size; some are Decimals.
    """
    one = st.sampled_from([1, 0, 2]) | st.integers(0, 10**6) | _fractions()
    above = st.sampled_from([1, 3]) | _fractions()
    some = st.lists(one, min_size=least - 1, max_size=7)
    return st.builds(_inserted, some, above, st.integers(0, 7))


def _fractions() -> st.SearchStrategy[Decimal]:
    return st.sampled_from(tuple(map(Decimal, ("0.5", "33.3", "0.0001", "1E+3"))))


def _inserted(
    some: list[int | Decimal], one: int | Decimal, at: int
) -> list[int | Decimal]:
    return [*some[:at], one, *some[at:]]
