"""Records: what the book alone decides, nothing recorded meaning none."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypedDict

from relationkit.contracts import Contract, ContractForm, ContractStatus
from relationkit.engagements import Engagement, Fiduciary, Matter, latest
from relationkit.facts._facts import Dealings, Engaged, Unknown
from relationkit.relationships import Customer, Purchase, Stance

__all__ = [
    "PaperFacts",
    "PartyFacts",
    "WorkFacts",
    "of_papers",
    "of_party",
    "of_work",
    "sale",
]

YEAR = timedelta(365)
BINDING = {ContractStatus.SIGNED, ContractStatus.IN_FORCE}


class PartyFacts(TypedDict):
    """The facts that belong to the relationship as a whole."""

    dealings: Dealings
    tenure_days: int
    service_lines: int
    stance: Stance
    wants_certainty: bool | None


def of_party(
    customer: Customer,
    purchases: Sequence[Purchase],
    engagements: Sequence[Engagement],
    on: date,
) -> PartyFacts:
    """What holds of the whole relationship, given what there was by the day *on*."""
    began = [p.on for p in purchases] + [e.opened for e in engagements]
    lines = {p.service.line for p in purchases}
    lines.update(s.line for e in engagements for s in e.services)
    wish = latest(customer.judgements, Matter.WANTS_CERTAINTY, on=on)
    return PartyFacts(
        dealings=_dealings(customer, on, began),
        tenure_days=(on - min(began)).days if began else 0,
        service_lines=len(lines),
        stance=customer.stance(on),
        wants_certainty=None if wish is None else wish.holds,
    )


def _dealings(customer: Customer, on: date, began: Sequence[date]) -> Dealings:
    if began:
        return Dealings.PROVIDED
    asked = any(inquiry.on <= on for inquiry in customer.inquiries)
    return Dealings.ASKED if asked else Dealings.NONE


def sale(
    purchases: Sequence[Purchase], currency: str
) -> tuple[Decimal | None, tuple[Unknown, ...]]:
    """The dearest of *purchases* in *currency*, or why it cannot be known."""
    if fault := next(_unreckoned(purchases, currency), None):
        return None, (Unknown("largest_sale", fault),)
    amounts = [p.amount.amount for p in purchases if p.amount is not None]
    return max(amounts, default=Decimal(0)), ()


def _unreckoned(purchases: Sequence[Purchase], currency: str) -> Iterator[str]:
    for purchase in purchases:
        if purchase.amount is None:
            yield f"the amount of the purchase {purchase.id!r} is not on record"
        elif purchase.amount.currency != currency:
            yield (
                f"the purchase {purchase.id!r} was in {purchase.amount.currency},"
                f" and sales are reckoned in {currency}"
            )


class PaperFacts(TypedDict):
    """The facts that contracts decide."""

    signed_agreement: bool
    membership: bool


def of_papers(contracts: Sequence[Contract], on: date) -> PaperFacts:
    """What *contracts* come to on the day *on*."""
    return PaperFacts(
        signed_agreement=any(c.status(on) in BINDING for c in contracts),
        membership=any(
            c.form is ContractForm.MEMBERSHIP and c.is_in_force(on) for c in contracts
        ),
    )


class WorkFacts(TypedDict):
    """The facts that engagements decide."""

    engaged: Engaged | None
    fiduciary: Fiduciary | None
    ongoing: bool | None


def of_work(
    engagements: Sequence[Engagement], purchases: Sequence[Purchase], on: date
) -> WorkFacts:
    """What *engagements*, opened by the day *on*, come to; purchases may go on too."""
    open_ = [engagement.is_open(on) for engagement in engagements]
    return WorkFacts(
        engaged=_engaged(open_),
        fiduciary=_strongest([e.fiduciary(on) for e in engagements]),
        ongoing=_ongoing(open_, purchases, on),
    )


def _engaged(open_: Sequence[bool | None]) -> Engaged | None:
    if True in open_:
        return Engaged.NOW
    if None in open_:
        return None
    return Engaged.FORMERLY if open_ else Engaged.NEVER


def _ongoing(
    open_: Sequence[bool | None], purchases: Sequence[Purchase], on: date
) -> bool | None:
    lately = {purchase.on for purchase in purchases if on - purchase.on < YEAR}
    if True in open_ or len(lately) > 1:
        return True
    return None if None in open_ else False


def _strongest(owed: Sequence[Fiduciary | None]) -> Fiduciary | None:
    if Fiduciary.YES in owed:
        return Fiduciary.YES
    if None in owed:
        return None
    return max((one for one in owed if one is not None), default=Fiduciary.NO)
