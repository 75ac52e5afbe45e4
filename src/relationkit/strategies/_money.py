"""Strategies for money: any currency of the list, any amount worth a try."""

from decimal import Decimal

from hypothesis import strategies as st

from relationkit.money import Money
from relationkit.money._currencies import MINOR_UNITS

__all__ = ["currencies", "moneys"]

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
