"""Strategies for contracts: signed by all, by some or by nobody."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, product
from typing import Any

from hypothesis import strategies as st

from relationkit.contracts import Contract, ContractForm, FeeClause, Signature
from relationkit.fees import Fee, Fixed, PricingModel, capped, hourly
from relationkit.periods import Period
from relationkit.records import ContractId, PartyId
from relationkit.strategies._draws import made, texts
from relationkit.strategies._fees import fees as any_fee
from relationkit.strategies._money import currencies as any_currency
from relationkit.strategies._parties import party_ids
from relationkit.strategies._periods import DAYS, later, stretch
from relationkit.targets import Channel, Coverage, Manner, Plan, Priority, Target

__all__ = ["CONTRACT_IDS", "contract_ids", "contracts", "fee_clauses", "signatures"]

# Few, so that records meet.
CONTRACT_IDS = tuple(map(ContractId, ("letter", "terms", "master", "None")))
_US, _ADA, _ACME = map(PartyId, ("us", "ada", "acme"))
_PARTIES = tuple(
    map(frozenset, ((_US, _ADA), (_US, _ACME), (_ADA, _ACME), (_US, _ADA, _ACME)))
)
_SIGNATORIES = (None, "Ada Byron", "None")
# After how many days a party signs; None if it does not.
_WAITS = (None, 0, 1, 31)
_SIGNING = (*[(None,) * 3] * 8, *product(_WAITS, repeat=3))
_HOUR = timedelta(hours=1)
# How long after that its period begins, and how long it is, if there is an end.
_LASTING = (*[None] * 10, *product((0, -1, 1, 31), (None, 1, 28, 365, 366)))

# One is enough: what plans can be is for the strategy of plans.
_PLAN = Plan(
    targets=tuple(
        Target(priority=one, first_response=_HOUR, resolution=4 * _HOUR)
        for one in Priority
    ),
    coverage=Coverage.BUSINESS_HOURS,
    channel=Channel.NAMED,
    named_contact=True,
    manner=Manner.PROACTIVE,
)


# As with plans; but of one form and another.
_FEES = (
    FeeClause(
        model=PricingModel.FIXED_FEE,
        fee=Fixed(amount=Decimal(900)),
        currency="USD",
    ),
    FeeClause(
        model=PricingModel.CAPPED,
        fee=capped(hourly(Decimal(250)), Decimal(5000)),
        currency="JPY",
    ),
)


def contract_ids() -> st.SearchStrategy[ContractId]:
    """Ids of contracts; few, so that records meet, and others besides."""
    return texts(ContractId, *CONTRACT_IDS)


def signatures(
    *,
    parties: st.SearchStrategy[PartyId] | None = None,
    days: st.SearchStrategy[date] | None = None,
) -> st.SearchStrategy[Signature]:
    """Signatures, some by somebody for the party."""
    return made(
        Signature,
        {"party": party_ids() if parties is None else parties, "on": days},
        on=DAYS,
        signatory=_SIGNATORIES,
    )


def fee_clauses(
    *,
    fees: st.SearchStrategy[Fee] | None = None,
    currencies: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[FeeClause]:
    """Fees that were agreed, of any form; shrinks to a fixed one of nothing."""
    return made(
        FeeClause,
        {
            "fee": any_fee() if fees is None else fees,
            "currency": any_currency() if currencies is None else currencies,
        },
        model=tuple(PricingModel),
    )


def contracts(
    *,
    ids: st.SearchStrategy[ContractId] | None = None,
    forms: st.SearchStrategy[ContractForm] | None = None,
    parties: st.SearchStrategy[frozenset[PartyId]] | None = None,
    periods: st.SearchStrategy[Period | None] | None = None,
    days: st.SearchStrategy[date] | None = None,
) -> st.SearchStrategy[Contract]:
    """Contracts; shrinks to terms of sale that nobody signed.

    All parties sign, or some, or none, on one day of *days* or soon after.
    Each of *parties* has two at least.
    """
    return made(
        _contract,
        {
            "id": ids,
            "form": forms,
            "parties": parties,
            "first": days,
            "period": periods,
        },
        id=CONTRACT_IDS,
        form=tuple(ContractForm),
        parties=_PARTIES,
        first=DAYS,
        waits=_SIGNING,
        signatory=_SIGNATORIES,
        period=_LASTING,
        title=("", "None"),
        plan=(*[None] * 3, _PLAN),
        fee=(*[None] * 3, *_FEES),
    )


def _contract(
    *,
    parties: frozenset[PartyId],
    first: date,
    waits: Sequence[int | None],
    signatory: str | None,
    period: Period | tuple[int, int | None] | None,
    **others: Any,  # noqa: ANN401, what goes in as it is drawn
) -> Contract:
    signatures = tuple(
        Signature(party=party, on=later(first, wait), signatory=signatory)
        for party, wait in zip(sorted(parties), cycle(waits), strict=False)
        if wait is not None
    )
    if isinstance(period, tuple):
        wait, length = period
        period = stretch(later(first, wait), length)
    return Contract(parties=parties, signatures=signatures, period=period, **others)
