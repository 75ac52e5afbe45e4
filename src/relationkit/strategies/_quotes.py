"""Strategies for what fees come to, and for money on account."""

from decimal import Decimal

from hypothesis import strategies as st

from relationkit.fees import Fee
from relationkit.money import Money
from relationkit.pricing import Quote, Retainer, quote
from relationkit.strategies._draws import made
from relationkit.strategies._fees import fees as any_fee
from relationkit.strategies._fees import usages

__all__ = ["quotes", "retainers"]

_HELD = tuple(map(Decimal, ("0", "2000", "0.01", "999.99")))
_WANTED = (None, *((Decimal(low), Decimal(high)) for low, high in ((0, 0), (500, 900))))


def quotes(*, fees: st.SearchStrategy[Fee] | None = None) -> st.SearchStrategy[Quote]:
    """What *fees* come to for some usage, or the credit that takes that back."""
    return _quotes(any_fee() if fees is None else fees)


@st.composite
def _quotes(draw: st.DrawFn, fees: st.SearchStrategy[Fee]) -> Quote:
    fee = draw(fees)
    made = quote(fee, draw(usages(fee)), currency=draw(st.sampled_from(["USD", "JPY"])))
    return made.reversed() if draw(st.booleans()) else made


def retainers() -> st.SearchStrategy[Retainer]:
    """Money on account, evergreen or not; shrinks to none, and not."""
    return made(_retainer, {}, held=_HELD, wanted=_WANTED)


def _retainer(*, held: Decimal, wanted: tuple[Decimal, Decimal] | None) -> Retainer:
    money = Money(held, "GBP")
    if wanted is None:
        return Retainer(held=money)
    threshold, target = (Money(amount, "GBP") for amount in wanted)
    return Retainer(held=money, threshold=threshold, target=target)
