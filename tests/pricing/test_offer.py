from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from relationkit import clienthood, facts, policy, pricing
from relationkit.decisions import Outcome
from relationkit.engagements import Help
from relationkit.errors import UndecidedError, UnknownIdError
from relationkit.facts import Dealings, Engaged, Facts
from relationkit.fees import Fee, PricingModel, Rate, RateCard, contingency
from relationkit.parties import Person
from relationkit.periods import Period
from relationkit.pricing import Obliged, obligations, offer
from relationkit.records import PartyId
from relationkit.relationships import Customer

DAY = date(2026, 11, 22)
POLICY = policy.edition("2026-11").policy
STRANGER = facts.of(
    Customer(party=Person(id=PartyId("someone"), name="Someone")),
    on=DAY,
    currency="USD",
)
CLIENT = evolve(
    STRANGER,
    dealings=Dealings.PROVIDED,
    service_lines=1,
    engaged=Engaged.NOW,
    help=Help.REPRESENTATION,
    service=True,
    wants_certainty=False,
)
WINNER = evolve(CLIENT, outcome_fee=True, outcome_fee_permitted=True)
SHARE = contingency(Decimal(1), per=3)


def model(known: Facts) -> Outcome[PricingModel]:
    """Which pricing model fits."""
    standing = clienthood.standing(known, by=POLICY.clienthood)
    return pricing.model(known, by=POLICY.pricing, standing=standing)


def card(fee: Fee) -> RateCard:
    """A card that has this fee on a share of the outcome, and no other."""
    period = Period(date(2026, 1, 1))
    rate = Rate(model=PricingModel.CONTINGENCY, fee=fee, period=period)
    return RateCard(currency="CAD", rates=(rate,))


class TestOffer:
    def test_is_what_the_card_has(self) -> None:
        """The fee for the model that fits, with what agreeing on it takes."""
        made = offer(model(WINNER), card(SHARE), on=DAY)

        assert (made.model, made.fee) == (PricingModel.CONTINGENCY, SHARE)
        assert made.currency == "CAD"
        assert made.obligations == obligations(model(WINNER))

    def test_asks_for_what_would_decide(self) -> None:
        """Nobody is offered a fee while it is open which one fits."""
        unknown = evolve(CLIENT, outcome_fee=True, outcome_fee_permitted=None)

        with pytest.raises(UndecidedError) as caught:
            offer(model(unknown), card(SHARE), on=DAY)

        assert caught.value.needs == ("outcome_fee_permitted",)

    def test_is_on_the_card(self) -> None:
        """A fee that the provider does not charge is not made up."""
        with pytest.raises(UnknownIdError, match="no 'hourly' on 2026-11-22"):
            offer(model(CLIENT), card(SHARE), on=DAY)
        with pytest.raises(UnknownIdError, match="no 'contingency' on 2025-11-22"):
            offer(model(WINNER), card(SHARE), on=date(2025, 11, 22))


class TestObligations:
    def test_are_to_review_fees_with_clients(self) -> None:
        """Clients go through the fees before work starts (C33), customers need not."""
        [review] = obligations(model(CLIENT))

        assert review.do is Obliged.FEES_REVIEWED
        assert str(review) == (
            "fees reviewed: a client goes through the fees before the work starts (C33)"
        )
        assert obligations(model(STRANGER)) == ()

    def test_are_to_write_a_share_of_the_outcome_down(self) -> None:
        """A contingency fee is owed on written terms alone."""
        done = [one.do for one in obligations(model(WINNER))]

        assert done == [Obliged.FEES_REVIEWED, Obliged.TERMS_IN_WRITING]

    def test_are_those_of_every_answer(self) -> None:
        """Undecided, what must be done in any case must be done already."""
        unknown = evolve(CLIENT, outcome_fee=True, outcome_fee_permitted=None)

        assert len(model(unknown).possible) > 1
        assert obligations(model(unknown)) == obligations(model(CLIENT))

    def test_are_said_of_every_model(self) -> None:
        """No model is forgotten, and each reason is its own."""
        assert set(pricing._obligations.OWED) == set(PricingModel)  # noqa: SLF001
