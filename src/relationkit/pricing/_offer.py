"""Offer: the fee for an engagement, as its contract or the provider's card has it."""

from datetime import date
from enum import StrEnum

from attrs import frozen

from relationkit.contracts import Contract, FeeClause
from relationkit.decisions import Outcome
from relationkit.errors import UnknownIdError, shown
from relationkit.fees import Fee, PricingModel, RateCard
from relationkit.pricing._obligations import Obligation, check_outcome, obligations_of
from relationkit.records import as_declared, is_of

__all__ = ["FeeOf", "Offer", "agreed", "offer"]

CARDS = "hand in one card by itself, or several as a tuple, (card, ...)"


class FeeOf(StrEnum):
    """Whose fee stands."""

    CONTRACT = "contract"
    CARD = "card"


@frozen(kw_only=True, field_transformer=as_declared)
class Offer:
    """What is charged: a fee, why that one, and what comes with agreeing on it.

    Attributes:
        model: The pricing model that fits, or that was agreed.
        fee: What is charged under it.
        currency: In which currency.
        of: Whose fee it is.
        because: Why it stands.
        obligations: What must be done for it to be agreed well.
    """

    model: PricingModel
    fee: Fee
    currency: str
    of: FeeOf
    because: str
    obligations: tuple[Obligation, ...] = ()

    def __str__(self) -> str:
        return f"the fee of the {self.of.value}: {self.because}"


def agreed(contract: Contract | None, *, on: date) -> FeeClause | None:
    """The fee that a *contract* in force on the day *on* has agreed; None if none is.

    >>> print(agreed(None, on=date(2026, 11, 22)))
    None

    Raises:
        TypeError: If *contract* is none, such as its id, or *on* no day.
    """
    is_of("contract", Contract | None, contract)
    is_of("on", date, on)
    is_in_force = contract is not None and contract.is_in_force(on)
    return contract.fee if contract is not None and is_in_force else None


def offer(
    outcome: Outcome[PricingModel],
    rates: RateCard | tuple[RateCard, ...],
    *,
    on: date,
    contract: Contract | None = None,
) -> Offer:
    """The fee that stands on the day *on*: the contract's own, or that of a card.

    A *contract* in force that day with a fee of its own stands over whatever the
    *outcome* gives.  Without one, the fee is that of the one card of *rates* that
    has any for the model that fits.

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
    >>> card = RateCard(id="ours", currency="USD", rates=(listed,))
    >>> print(offer(outcome, card, on=day))
    the fee of the card: by 'ours', as list_price: standing is none (shelf, ...)

    Raises:
        TypeError: If *outcome* is none, such as a model by itself.
        UndecidedError: If no model is decided; it says which facts to ask for.
        UnknownIdError: If no card has a fee for the model on that day.
        ValueError: If several cards have one.
    """
    check_outcome(outcome)
    clause = agreed(contract, on=on)
    cards = (rates,) if isinstance(rates, RateCard) else rates
    is_of("rates", tuple[RateCard, ...], cards, CARDS)
    if contract is not None and clause is not None:
        return _agreed(contract, clause)
    return _listed(outcome, cards, on)


def _agreed(contract: Contract, clause: FeeClause) -> Offer:
    return Offer(
        model=clause.model,
        fee=clause.fee,
        currency=clause.currency,
        of=FeeOf.CONTRACT,
        because=f"the clause of {shown(contract.id)} stands over every card",
        obligations=obligations_of(clause.model),
    )


def _listed(
    outcome: Outcome[PricingModel], cards: tuple[RateCard, ...], on: date
) -> Offer:
    model = outcome.settled()
    card = _card(cards, model, on)
    return Offer(
        model=model,
        fee=card.fee(model, on=on),
        currency=card.currency,
        of=FeeOf.CARD,
        because=f"by {shown(card.id)}, as {outcome}",
        obligations=obligations_of(model),
    )


def _card(cards: tuple[RateCard, ...], model: PricingModel, on: date) -> RateCard:
    """The one card that has a fee for the *model*."""
    if len(cards) == 1:
        return cards[0]
    found = [card for card in cards if card.has(model, on=on)]
    if len(found) > 1:
        names = ", ".join(shown(card.id) for card in found)
        raise ValueError(
            f"rates has {model.value!r} on several cards on {on} ({names}); hand in one"
        )
    if not found:
        names = ", ".join(shown(card.id) for card in cards) or "there is none"
        raise UnknownIdError(
            f"no card has {model.value!r} on {on} ({names}); add a rate for it"
        )
    return found[0]
