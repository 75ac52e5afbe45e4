"""Strategies for what is owed for promises that were not kept."""

from decimal import Decimal

from hypothesis import strategies as st

from relationkit.money import Money
from relationkit.periods import Period
from relationkit.sla import Attainment, Band, CreditTerms, Settled
from relationkit.strategies._draws import made
from relationkit.strategies._periods import days, periods

__all__ = ["attainments", "bands", "credit_terms", "settled"]

_SHARES = tuple(map(Decimal, ("1", "0.999", "0.95", "0.5", "0.01")))
_CREDITS = tuple(map(Decimal, ("0.1", "0.05", "1", "0.333")))
_CAPS = (None, *(Money(Decimal(amount), "GBP") for amount in ("0", "100", "999.99")))


def settled() -> st.SearchStrategy[Settled]:
    """That a promise was kept, or was not, on some day."""
    return made(Settled, {"on": days()}, met=(True, False))


def attainments() -> st.SearchStrategy[Attainment]:
    """How many promises were kept in a period; shrinks to none of none."""
    return made(_attainment, {"period": periods()}, met=range(5), more=(0, 1, 2, 1000))


def _attainment(*, period: Period, met: int, more: int) -> Attainment:
    return Attainment(period=period, met=met, total=met + more)


def bands() -> st.SearchStrategy[Band]:
    """What is owed below a share; shrinks to a tenth below all of them."""
    return made(Band, {}, below=_SHARES, credit=_CREDITS)


def credit_terms() -> st.SearchStrategy[CreditTerms]:
    """Terms of up to five bands, with caps or without; shrinks to none of either."""
    return made(
        _terms, {}, bands=range(len(_SHARES) + 1), monthly_cap=_CAPS, yearly_cap=_CAPS
    )


def _terms(
    *, bands: int, monthly_cap: Money | None, yearly_cap: Money | None
) -> CreditTerms:
    owed = [Decimal(step + 1) / 10 for step in range(bands)]
    return CreditTerms(
        bands=tuple(
            Band(below=below, credit=credit)
            for below, credit in zip(_SHARES, owed, strict=False)
        ),
        monthly_cap=monthly_cap,
        yearly_cap=yearly_cap,
    )
