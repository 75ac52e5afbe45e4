"""Strategies for prices: quotes with what they are for, retainers, parts of periods."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from relationkit.fees import Fee, PricingModel
from relationkit.money import Money, Settlement
from relationkit.periods import Period
from relationkit.pricing import (
    Draw,
    FeeOf,
    Line,
    Obligation,
    Obliged,
    Offer,
    Quote,
    Retainer,
    Span,
    draw,
    quote,
)
from relationkit.strategies._draws import made
from relationkit.strategies._fees import fees as _fees
from relationkit.strategies._fees import usages
from relationkit.strategies._money import settlements as _settlements

__all__ = [
    "draws",
    "lines",
    "obligations",
    "offers",
    "priced",
    "prorations",
    "quotes",
    "retainers",
    "spans",
]

Usage: TypeAlias = dict[str, Decimal]

# Of 2, 0, 3 and 4 digits after the point; each can be settled.
_CURRENCIES = ("USD", "JPY", "BHD", "CLF")
# Nothing, one unit, what no minor unit can pay, and much.
_AMOUNTS = tuple(map(Decimal, ("0", "1000", "0.01", "33.335", "250", "1000000")))
# The first of them is never filled up.
_EVERGREEN = (None, *((low, low + more) for low in _AMOUNTS for more in _AMOUNTS))
_ZONES = (UTC, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu"))
# Before and within both changes of clocks in New York.
_MOMENTS = (
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
)
_WHILES = tuple(map(timedelta, (1, 0, 0, 31, 365), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0)))
_STARTS = tuple(date(2026, month, day) for month in (1, 2, 3, 12) for day in (1, 28))
_DAYS = (31, 2, 28, 30, 90, 365, 366)


def priced(
    *, fees: st.SearchStrategy[Fee] | None = None
) -> st.SearchStrategy[tuple[Fee, Usage]]:
    """Fees, each with a usage that it prices."""
    return _priced(_fees() if fees is None else fees)


@st.composite
def _priced(draw_: st.DrawFn, fees: st.SearchStrategy[Fee]) -> tuple[Fee, Usage]:
    fee = draw_(fees)
    return fee, draw_(usages(fee))


def quotes(
    *,
    fees: st.SearchStrategy[Fee] | None = None,
    currencies: st.SearchStrategy[str] | None = None,
    settlements: st.SearchStrategy[Settlement] | None = None,
) -> st.SearchStrategy[Quote]:
    """Quotes of any fee, and credits that take one back.

    Each of *currencies* can be settled by each of *settlements*.
    """
    return st.builds(
        _quoted,
        priced(fees=fees),
        st.sampled_from(_CURRENCIES) if currencies is None else currencies,
        _settlements() if settlements is None else settlements,
        st.booleans(),
    )


def _quoted(
    what: tuple[Fee, Usage],
    currency: str,
    settlement: Settlement,
    is_credit: bool,  # noqa: FBT001, as it is drawn
) -> Quote:
    fee, usage = what
    made_ = quote(fee, usage, currency=currency, settlement=settlement)
    return made_.reversed() if is_credit else made_


def lines() -> st.SearchStrategy[Line]:
    """Lines of quotes; what is taken off is negative."""
    return st.builds(_line, quotes(), st.integers(0, 99))


def _line(of: Quote, at: int) -> Line:
    return of.lines[at % len(of.lines)]


def obligations() -> st.SearchStrategy[Obligation]:
    """What must be done, some of it by a source that says so."""
    return made(
        Obligation,
        {},
        do=tuple(Obliged),
        because=("they asked", "the rules\nask"),
        source=("", "C33"),
    )


def offers(*, fees: st.SearchStrategy[Fee] | None = None) -> st.SearchStrategy[Offer]:
    """Fees of contracts and of cards, with up to two obligations."""
    return made(
        Offer,
        {
            "fee": _fees() if fees is None else fees,
            "obligations": st.lists(obligations(), max_size=2).map(tuple),
        },
        model=tuple(PricingModel),
        currency=_CURRENCIES,
        of=tuple(FeeOf),
        because=("agreed", "listed"),
    )


def retainers(
    *, currencies: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[Retainer]:
    """Money held on account, filled up again or not; shrinks to nothing held."""
    return made(
        _retainer,
        {"currency": currencies},
        held=_AMOUNTS,
        evergreen=_EVERGREEN,
        currency=_CURRENCIES,
    )


def _retainer(
    *, held: Decimal, evergreen: tuple[Decimal, Decimal] | None, currency: str
) -> Retainer:
    if evergreen is None:
        return Retainer(held=Money(held, currency))
    threshold, target = (Money(amount, currency) for amount in evergreen)
    return Retainer(held=Money(held, currency), threshold=threshold, target=target)


def draws() -> st.SearchStrategy[Draw]:
    """What bills took from retainers: all of it, some, or nothing."""
    return st.builds(_drawn, retainers(), st.sampled_from(_AMOUNTS))


def _drawn(account: Retainer, bill: Decimal) -> Draw:
    return draw(account, Money(bill, account.held.currency))


def spans() -> st.SearchStrategy[Span]:
    """Times from a microsecond to a year, some across a change of clocks."""
    return made(_span, {}, start=_MOMENTS, length=_WHILES, zone=_ZONES, other=_ZONES)


def _span(
    *, start: datetime, length: timedelta, zone: ZoneInfo, other: ZoneInfo
) -> Span:
    end = start + length
    return Span(start=start.astimezone(zone), end=end.astimezone(other))


def prorations() -> st.SearchStrategy[tuple[Period, Period]]:
    """Periods, each with the part of it that was used; all of it comes up often."""
    return made(
        _proration,
        {},
        start=_STARTS,
        length=_DAYS,
        first=(0, 1, 13, 30),
        last=(0, 1, 30),
    )


def _proration(
    *, start: date, length: int, first: int, last: int
) -> tuple[Period, Period]:
    whole = Period(start, start + timedelta(length))
    begun = min(first, length - 1)
    ended = max(length - last, begun + 1)
    return whole, Period(start + timedelta(begun), start + timedelta(ended))
