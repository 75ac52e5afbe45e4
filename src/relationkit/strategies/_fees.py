"""Strategies for fees: every form, small, with the bounds that code forgets."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import cycle
from typing import TypeAlias

from hypothesis import strategies as st

from relationkit.fees import (
    Boundary,
    Bounded,
    Bundle,
    Direction,
    Discounted,
    Fee,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    PricingModel,
    Rate,
    RateCard,
    Tier,
    Volume,
    metrics,
)
from relationkit.periods import Period
from relationkit.records import RateCardId
from relationkit.strategies._draws import made, texts
from relationkit.strategies._money import currencies as any_currency

__all__ = [
    "bounded_fees",
    "bundles",
    "discounted_fees",
    "fees",
    "fixed_fees",
    "graduated_fees",
    "increments",
    "per_unit_fees",
    "rate_card_ids",
    "rate_cards",
    "rates",
    "tiers",
    "usages",
    "volume_fees",
]

Parts: TypeAlias = st.SearchStrategy[Fee]

# None, some, what no minor unit can pay, what is divided without end.
_RATES = tuple(map(Decimal, ("0", "2", "250", "0.01", "0.333", "1.005", "0.0001")))
_AMOUNTS = tuple(map(Decimal, ("0", "50", "9.99", "1000", "33.335")))
_BOUNDS = tuple(map(Decimal, ("1", "10", "20", "0.5", "99.5", "1000")))
_FLATS = tuple(map(Decimal, ("0", "0", "5", "0", "33.335", "0", "9.99")))
_LADDERS = tuple(
    tuple(map(Decimal, bounds))
    for bounds in ((), ("10",), ("20",), ("1", "10"), ("0.5", "99.5", "1000"))
)
_SHARES = tuple(map(Decimal, ("0", "0.1", "1", "0.5", "0.333")))
_QUANTITIES = (*_BOUNDS, *map(Decimal, ("0", "0.01", "7", "10.1", "12.34", "250000")))
_SIZES = tuple(map(Decimal, ("1", "0.1", "100", "0.25")))
_METRICS = ("hours", "seats")
_CODES = ("", "standard")
_CARD_IDS = tuple(map(RateCardId, ("standard", "members", "None")))
_YEARS = tuple(Period(date(y, 1, 1), date(y + 1, 1, 1)) for y in (2026, 2027, 2025))


_STEPS = (
    None,
    *(Increment(size=size, direction=to) for to in Direction for size in _SIZES),
)


def _ascending() -> Iterator[tuple[Tier, ...]]:
    """Tiers whose bounds ascend, the last one open, at rates that rise and fall."""
    for first in range(len(_RATES)):
        for bounds in _LADDERS:
            told = zip(
                (*bounds, None),
                cycle(_RATES[first:]),
                cycle(_FLATS[first:]),
                strict=False,
            )
            yield tuple(Tier(up_to=u, rate=r, flat=f) for u, r, f in told)


_TIERED: dict[str, Sequence[object]] = {
    "tiers": tuple(_ascending()),
    "boundary": tuple(Boundary),
    "flat_when_unused": (True, False),
    "increment": _STEPS,
    "metric": _METRICS,
    "label": ("", "use"),
    "tax_code": _CODES,
}


def increments() -> st.SearchStrategy[Increment]:
    """Steps of every direction; shrinks to whole units, rounded up."""
    return made(Increment, {}, size=_SIZES, direction=tuple(Direction))


def tiers() -> st.SearchStrategy[Tier]:
    """Single tiers, open or not; shrinks to an open one that is free."""
    return made(Tier, {}, up_to=(None, *_BOUNDS), rate=_RATES, flat=_AMOUNTS)


def fixed_fees() -> st.SearchStrategy[Fixed]:
    """Amounts that are due whatever is used; shrinks to none."""
    return made(Fixed, {}, amount=_AMOUNTS, label=("fee", "base"), tax_code=_CODES)


def per_unit_fees() -> st.SearchStrategy[PerUnit]:
    """Rates for each unit, or for three of them; shrinks to a rate of nothing."""
    return made(
        PerUnit,
        {},
        rate=_RATES,
        per=(1, 3, 7, 1000),
        included=(Decimal(0), *_BOUNDS),
        increment=_STEPS,
        metric=_METRICS,
        label=("", "work"),
        tax_code=_CODES,
    )


def graduated_fees() -> st.SearchStrategy[Graduated]:
    """Fees in tiers, the last one open; shrinks to a single one that is free."""
    return made(Graduated, {}, **_TIERED)


def volume_fees() -> st.SearchStrategy[Volume]:
    """Fees at the rate of one tier, the last one open; shrinks to a free one."""
    return made(Volume, {}, **_TIERED)


@cache
def _leaves() -> Parts:
    return st.one_of(fixed_fees(), per_unit_fees(), graduated_fees(), volume_fees())


def bundles(*, parts: Parts | None = None) -> st.SearchStrategy[Bundle]:
    """One to three fees together; shrinks to a single fixed one."""
    some = st.lists(_leaves() if parts is None else parts, min_size=1, max_size=3)
    return st.builds(Bundle, parts=some.map(tuple))


def bounded_fees(*, inner: Parts | None = None) -> st.SearchStrategy[Bounded]:
    """Fees with a minimum, a cap, both or neither; shrinks to neither."""
    bounds = made(_bounds, {}, least=(None, *_AMOUNTS), more=(None, *_AMOUNTS))
    return st.builds(_bounded, _leaves() if inner is None else inner, bounds)


Bounds: TypeAlias = tuple[Decimal | None, Decimal | None]


def _bounds(*, least: Decimal | None, more: Decimal | None) -> Bounds:
    if least is None or more is None:
        return least, more
    return min(least, more), max(least, more)


def _bounded(inner: Fee, bounds: Bounds) -> Bounded:
    return Bounded(inner=inner, at_least=bounds[0], at_most=bounds[1])


def discounted_fees(*, inner: Parts | None = None) -> st.SearchStrategy[Discounted]:
    """Fees less a share, which may be nothing or all; shrinks to nothing."""
    reduced = _leaves() if inner is None else inner
    return st.builds(Discounted, inner=reduced, share=st.sampled_from(_SHARES))


def fees() -> Parts:
    """Fees of every form, nested a few deep; shrinks to a fixed one of nothing.

    Last tiers are open, so that every usage has a price, and metrics are few, so
    that parts share them.
    """
    return _nested()


@cache  # as to name one of these takes longer than to draw from it
def _nested() -> Parts:
    return st.recursive(_leaves(), _made_of, max_leaves=4)


def _made_of(parts: Parts) -> Parts:
    return st.one_of(
        bundles(parts=parts), bounded_fees(inner=parts), discounted_fees(inner=parts)
    )


def usages(fee: Fee) -> st.SearchStrategy[dict[str, Decimal]]:
    """A quantity for each metric of a *fee*; none, bounds and more come up often."""
    quantity = st.sampled_from(_QUANTITIES)
    return st.fixed_dictionaries(dict.fromkeys(sorted(metrics(fee)), quantity))


def rates(*, fees: Parts | None = None) -> st.SearchStrategy[Rate]:
    """What is charged under one pricing model for a year."""
    return made(
        Rate,
        {"fee": _leaves() if fees is None else fees},
        model=tuple(PricingModel),
        period=_YEARS,
    )


def rate_card_ids() -> st.SearchStrategy[RateCardId]:
    """Ids of rate cards; few, so that records meet, and others besides."""
    return texts(RateCardId, *_CARD_IDS)


def rate_cards(
    *,
    ids: st.SearchStrategy[RateCardId] | None = None,
    currencies: st.SearchStrategy[str] | None = None,
    fees: Parts | None = None,
) -> st.SearchStrategy[RateCard]:
    """Cards with up to three rates, on no day two of one model; shrinks to none."""
    some = st.lists(
        rates(fees=fees),
        max_size=3,
        unique_by=lambda rate: (rate.model, rate.period.start),
    )
    return st.builds(
        RateCard,
        id=st.sampled_from(_CARD_IDS) if ids is None else ids,
        currency=any_currency() if currencies is None else currencies,
        rates=some.map(tuple),
    )
