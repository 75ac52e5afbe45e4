"""Claims about pricing, and what the edition makes of them.

A claim is a letter and a number of docs/explanation/sources.md.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from attrs import evolve
from hypothesis import given

from relationkit import clienthood, facts, fees, policy, pricing
from relationkit.decisions import Outcome
from relationkit.engagements import Help
from relationkit.facts import Dealings, Engaged, Facts
from relationkit.fees import Fixed, PricingModel
from relationkit.parties import Person
from relationkit.records import PartyId
from relationkit.relationships import Customer
from relationkit.strategies import facts as any_facts

POLICY = policy.edition("2026-11").policy
STRANGER = facts.of(
    Customer(party=Person(id=PartyId("someone"), name="Someone")),
    on=date(2026, 11, 22),
    currency="USD",
)
CUSTOMER = evolve(STRANGER, dealings=Dealings.PROVIDED, service_lines=1)
MEMBER = evolve(CUSTOMER, membership=True)
SUBSCRIBER = evolve(CUSTOMER, recurring=True)
CALLER = evolve(CUSTOMER, metered=True)
UNLIKE = evolve(CALLER, wide_volumes=True)
VISITOR = evolve(CUSTOMER, counted=True)
CLIENT = evolve(
    CUSTOMER,
    engaged=Engaged.NOW,
    help=Help.REPRESENTATION,
    service=True,
    wants_certainty=False,
)
WINNER = evolve(CLIENT, outcome_fee=True, outcome_fee_permitted=True)
CHARGED = evolve(CLIENT, outcome_fee=True, outcome_fee_permitted=False)
INVESTOR = evolve(CLIENT, fee_on_assets=True)
MEASURED = evolve(CLIENT, value_measurable=True, value_agreed=True)
SCOPED = evolve(CLIENT, scope_defined=True)
REPEATED = evolve(CLIENT, repeatable=True)
RENEWING = evolve(CLIENT, recurring=True)
CERTAIN = evolve(CLIENT, wants_certainty=True)


class Claim(NamedTuple):
    """A claim, what it says of whom, and what the edition is to answer."""

    claim: str
    situation: str
    facts: Facts
    answer: PricingModel


CLAIMS = [
    Claim("A5", "a subscription company", SUBSCRIBER, PricingModel.SUBSCRIPTION),
    Claim("D10", "who looks for a price", CUSTOMER, PricingModel.LIST_PRICE),
    Claim("A19 D19", "a need that renews", RENEWING, PricingModel.RETAINER),
    Claim("C31", "a member of a store", MEMBER, PricingModel.MEMBERSHIP),
    Claim("C33", "fees gone through before the start", CLIENT, PricingModel.HOURLY),
    Claim("C33", "a share of the outcome, permitted", WINNER, PricingModel.CONTINGENCY),
    Claim("C33", "a share that is not permitted", CHARGED, PricingModel.HOURLY),
    Claim("C38", "a price in competition", CUSTOMER, PricingModel.LIST_PRICE),
    Claim("A39", "the scope is known", SCOPED, PricingModel.FIXED_FEE),
    Claim("A39", "the worth is agreed", MEASURED, PricingModel.VALUE_BASED),
    Claim("A39 A41", "they want certainty", CERTAIN, PricingModel.CAPPED),
    Claim("A39 A41", "a standard process", REPEATED, PricingModel.FIXED_FEE),
    Claim("ours", "use that is measured", CALLER, PricingModel.PER_UNIT),
    Claim("ours", "use that differs widely", UNLIKE, PricingModel.GRADUATED),
    Claim("ours", "use that is counted", VISITOR, PricingModel.PER_UNIT),
    Claim("ours", "assets looked after", INVESTOR, PricingModel.PERCENTAGE_OF_ASSETS),
]
FOR_CUSTOMERS = {
    PricingModel.LIST_PRICE,
    PricingModel.PER_UNIT,
    PricingModel.GRADUATED,
    PricingModel.SUBSCRIPTION,
    PricingModel.MEMBERSHIP,
}


class Price(NamedTuple):
    """A claim about prices, with what has to hold of fees if it is to be said."""

    claim: str
    says: str
    lesser: Fraction
    greater: Fraction


HOURS = fees.hourly(Decimal(250))
LOW, HIGH = {"hours": 8}, {"hours": 20}
SHARE = fees.value_based(Decimal("0.10"), at_least=Decimal(4000), at_most=Decimal(5000))
PRICES = [
    Price(
        "A38 B38",
        "work for clients costs more than what is listed",
        Fraction(
            pricing.quote(Fixed(amount=Decimal(49)), {}, currency="USD").total.amount
        ),
        Fraction(pricing.quote(HOURS, LOW, currency="USD").total.amount),
    ),
    Price(
        "C38",
        "a price stays reasonable: what it must not exceed is said beforehand",
        pricing.price_range(fees.capped(HOURS, Decimal(2500)), LOW, HIGH)[1],
        pricing.price_range(HOURS, LOW, HIGH)[1],
    ),
    Price(
        "A39",
        "a fixed fee is certain, and hours are not",
        pricing.certainty(HOURS, LOW, HIGH),
        pricing.certainty(Fixed(amount=Decimal(2500)), {}, {}),
    ),
    Price(
        "A39",
        "a price by value, with floor and cap, is more certain than hours",
        pricing.certainty(HOURS, LOW, HIGH),
        pricing.certainty(SHARE, {"value": 20_000}, {"value": 90_000}),
    ),
    Price(
        "A39 A41",
        "a cap makes hours more certain",
        pricing.certainty(HOURS, LOW, HIGH),
        pricing.certainty(fees.capped(HOURS, Decimal(2500)), LOW, HIGH),
    ),
]


def asked(known: Facts) -> Outcome[PricingModel]:
    """Which pricing model fits."""
    standing = clienthood.standing(known, by=POLICY.clienthood)
    return pricing.model(known, by=POLICY.pricing, standing=standing)


class TestClaims:
    @pytest.mark.parametrize(
        "claim", CLAIMS, ids=lambda claim: f"{claim.claim}: {claim.situation}"
    )
    def test_are_answered(self, claim: Claim) -> None:
        """What the articles say of a situation is what the edition answers."""
        assert asked(claim.facts).answer is claim.answer

    def test_are_all_that_the_rules_rest_on(self) -> None:
        """Each claim that a rule names has a row here."""
        named = {tag for rule in POLICY.pricing.rules for tag in rule.source.split()}

        assert named <= {tag for row in CLAIMS for tag in row.claim.split()}

    def test_reach_each_rule(self) -> None:
        """Each rule decides one of the situations."""
        fired = {asked(row.facts).rules for row in CLAIMS}

        assert fired == {(rule.id,) for rule in POLICY.pricing.rules}

    @given(any_facts())
    def test_keep_work_for_clients_apart(self, known: Facts) -> None:
        """Clients pay for service and expertise (A38 B38), and no price of a shelf."""
        standing = clienthood.standing(known, by=POLICY.clienthood)
        model = asked(known)

        if standing.answer is clienthood.Standing.CLIENT:
            assert FOR_CUSTOMERS.isdisjoint(model.possible)
        elif clienthood.Standing.CLIENT not in standing.possible:
            assert FOR_CUSTOMERS.issuperset(model.possible)

    @pytest.mark.parametrize(
        "price", PRICES, ids=lambda price: f"{price.claim}: {price.says}"
    )
    def test_are_numbers(self, price: Price) -> None:
        """What the articles say of prices holds of the fees that we reckon."""
        assert price.lesser < price.greater

    def test_oblige(self) -> None:
        """Fees are gone through with every client beforehand (C33)."""
        for row in CLAIMS:
            done = {one.do for one in pricing.obligations(asked(row.facts))}
            is_client = row.facts.engaged is Engaged.NOW
            assert (pricing.Obliged.FEES_REVIEWED in done) == is_client
