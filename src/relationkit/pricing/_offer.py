"""Offer: the fee of a provider for the pricing model that fits."""

from datetime import date

from attrs import frozen

from relationkit.decisions import Outcome
from relationkit.fees import Fee, PricingModel, RateCard
from relationkit.pricing._obligations import Obligation, obligations
from relationkit.records import as_declared, is_of

__all__ = ["Offer", "offer"]


@frozen(kw_only=True, field_transformer=as_declared)
class Offer:
    """What a provider offers: a fee, and what comes with agreeing on it.

    Attributes:
        model: The pricing model that fits.
        fee: What the provider charges under it.
        currency: In which currency.
        obligations: What must be done for it to be agreed well.
    """

    model: PricingModel
    fee: Fee
    currency: str
    obligations: tuple[Obligation, ...] = ()


def offer(outcome: Outcome[PricingModel], rates: RateCard, *, on: date) -> Offer:
    """The fee on the provider's card for the model that an *outcome* gives.

    >>> from decimal import Decimal
    >>> from relationkit import policy
    >>> from relationkit.fees import Fixed, Rate
    >>> from relationkit.parties import Person
    >>> from relationkit.periods import Period
    >>> from relationkit.relationships import Customer
    >>> day = date(2026, 11, 22)
    >>> ada = Customer(party=Person(id="ada", name="Ada"))
    >>> outcome = policy.edition("2026-11").assess(ada, on=day).service.pricing
    >>> listed = Rate(
    ...     model=PricingModel.LIST_PRICE,
    ...     fee=Fixed(amount=Decimal(49), label="forms"),
    ...     period=Period(date(2026, 1, 1)),
    ... )
    >>> offer(outcome, RateCard(currency="USD", rates=(listed,)), on=day).fee.label
    'forms'

    Raises:
        UndecidedError: If no model is decided; it says which facts to ask for.
        UnknownIdError: If the card has no fee for the model on that day.
    """
    is_of("rates", RateCard, rates)
    model = outcome.settled()
    return Offer(
        model=model,
        fee=rates.fee(model, on=on),
        currency=rates.currency,
        obligations=obligations(outcome),
    )
