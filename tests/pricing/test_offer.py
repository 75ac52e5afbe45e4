from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit import clienthood, facts, policy, pricing
from relationkit.contracts import Contract, ContractForm, FeeClause, Signature
from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.engagements import Help
from relationkit.errors import UndecidedError, UnknownIdError
from relationkit.facts import Dealings, Engaged, Facts
from relationkit.fees import Fee, Fixed, PricingModel, Rate, RateCard, contingency
from relationkit.parties import Person
from relationkit.periods import Period
from relationkit.pricing import FeeOf, Obliged, obligations, offer
from relationkit.records import ContractId, PartyId, RateCardId
from relationkit.relationships import Customer
from relationkit.strategies import contracts

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


def card(fee: Fee, id_: str = "ours") -> RateCard:
    """A card that has this fee on a share of the outcome, and no other."""
    period = Period(date(2026, 1, 1))
    rate = Rate(model=PricingModel.CONTINGENCY, fee=fee, period=period)
    return RateCard(id=RateCardId(id_), currency="CAD", rates=(rate,))


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

    def test_says_why(self) -> None:
        """By which card, and why under that model."""
        made = offer(model(WINNER), card(SHARE), on=DAY)

        assert made.of is FeeOf.CARD
        assert str(made) == f"the fee of the card: by 'ours', as {model(WINNER)}"

    def test_is_on_one_of_several_cards(self) -> None:
        """The one that has a fee for the model; two that have are not chosen from."""
        empty = evolve(card(SHARE, "empty"), rates=())
        both = card(SHARE, "a"), card(SHARE, "b")

        assert offer(model(WINNER), (empty, both[0]), on=DAY).fee == SHARE
        with pytest.raises(ValueError, match=r"several cards on .*\('a', 'b'\); hand"):
            offer(model(WINNER), both, on=DAY)
        with pytest.raises(UnknownIdError, match=r"on 2026-11-22 \('a', 'b'\); add"):
            offer(model(CLIENT), both, on=DAY)
        with pytest.raises(UnknownIdError, match=r"\(there is none\)"):
            offer(model(CLIENT), (), on=DAY)

    @pytest.mark.parametrize("outcome", ["hourly", PricingModel.CAPPED, None])
    def test_is_of_an_outcome(self, outcome: Any) -> None:  # noqa: ANN401
        """A model by itself says neither why nor by which policy."""
        with pytest.raises(TypeError, match=r"^outcome: expected .*; ask for one, as"):
            offer(outcome, card(SHARE), on=DAY)
        with pytest.raises(TypeError, match=r"^outcome: expected .*; ask for one, as"):
            obligations(outcome)

    @pytest.mark.parametrize(
        ("rates", "told"),
        [
            (
                [card(SHARE)],
                "rates: expected a tuple, got list; hand in one card by it",
            ),
            (None, "rates: expected a tuple"),
            ((SHARE,), "rates: expected each to be a RateCard"),
        ],
    )
    def test_is_by_cards(self, rates: Any, told: str) -> None:  # noqa: ANN401
        """What is no card is told as such."""
        with pytest.raises(TypeError, match=told):
            offer(model(WINNER), rates, on=DAY)


AGREED = FeeClause(
    model=PricingModel.FIXED_FEE, fee=Fixed(amount=Decimal(900)), currency="GBP"
)
LETTER = Contract(
    id=ContractId("letter"),
    form=ContractForm.ENGAGEMENT_LETTER,
    parties=frozenset({PartyId("us"), PartyId("ada")}),
    signatures=tuple(Signature(party=PartyId(p), on=DAY) for p in ("us", "ada")),
    fee=AGREED,
)


class TestClause:
    @pytest.mark.parametrize("known", [WINNER, CLIENT, STRANGER])
    def test_stands_over_every_card(self, known: Facts) -> None:
        """What was agreed is charged, whatever would fit, and it says so."""
        made = offer(model(known), card(SHARE), on=DAY, contract=LETTER)

        assert (made.model, made.fee) == (AGREED.model, AGREED.fee)
        assert (made.currency, made.of) == ("GBP", FeeOf.CONTRACT)
        assert str(made) == (
            "the fee of the contract: the clause of 'letter' stands over every card"
        )

    def test_needs_no_card_and_no_decision(self) -> None:
        """While nothing is decided, what was agreed is charged all the same."""
        unknown = evolve(CLIENT, outcome_fee=True, outcome_fee_permitted=None)

        assert offer(model(unknown), (), on=DAY, contract=LETTER).fee == AGREED.fee

    def test_comes_with_what_its_model_does(self) -> None:
        """Fees are reviewed with clients also where a contract has them."""
        made = offer(model(STRANGER), (), on=DAY, contract=LETTER)

        assert [one.do for one in made.obligations] == [Obliged.FEES_REVIEWED]

    @given(contracts(), st.dates(date(2023, 1, 1), date(2028, 1, 1)))
    def test_stands_while_it_is_in_force(self, contract: Contract, on: date) -> None:
        """Before it is, after it, or if it says nothing of fees, the card has it."""
        rates = (evolve(card(SHARE).rates[0], period=Period(date(2020, 1, 1))),)
        always = evolve(card(SHARE), rates=rates)
        made = offer(model(WINNER), always, on=on, contract=contract)
        stands = contract.fee is not None and contract.is_in_force(on)

        assert (made.of is FeeOf.CONTRACT) == stands
        assert (made.fee == SHARE) != stands

    def test_is_in_a_currency(self) -> None:
        """A misspelt currency is refused."""
        with pytest.raises(ValueError, match="did you mean 'GBP'"):
            evolve(AGREED, currency="gbp")


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

    def test_are_no_more_than_every_answer_asks(self) -> None:
        """What one answer alone comes with waits until it is decided."""
        account = model(STRANGER).account
        either = Undecided((PricingModel.HOURLY, PricingModel.LIST_PRICE), account)

        assert obligations(either) == ()

    @pytest.mark.parametrize("kind", PricingModel)
    def test_are_those_of_the_model(self, kind: PricingModel) -> None:
        """Fees of clients are reviewed; shares of outcomes and memberships written."""
        of_customers = {"list_price", "per_unit", "graduated", "subscription"}
        written = {"membership", "contingency"}
        decided = Decision(kind, model(STRANGER).account)
        done = {one.do for one in obligations(decided)}

        is_reviewed = kind.value not in of_customers | {"membership"}
        assert (Obliged.FEES_REVIEWED in done) == is_reviewed
        assert (Obliged.TERMS_IN_WRITING in done) == (kind.value in written)

    def test_are_said_of_every_model(self) -> None:
        """No model is forgotten, and each reason is its own."""
        assert set(pricing._obligations.OWED) == set(PricingModel)  # noqa: SLF001
