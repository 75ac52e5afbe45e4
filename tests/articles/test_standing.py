"""Claims about who is who, and what the edition makes of them.

A claim is a letter and a number of docs/explanation/sources.md.
"""

from datetime import date
from typing import NamedTuple

import pytest
from attrs import evolve

from relationkit import clienthood, facts, policy
from relationkit.clienthood import Standing
from relationkit.engagements import Fiduciary, Help, Stakes, Tailoring
from relationkit.facts import Dealings, Engaged, Facts
from relationkit.parties import Person
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer, Stance

TABLE = policy.edition("2026-11").policy.clienthood
STRANGER = facts.of(
    Customer(party=Person(id=PartyId("someone"), name="Someone")),
    on=date(2026, 11, 22),
    currency="USD",
)
GOODS = evolve(STRANGER, dealings=Dealings.PROVIDED, service_lines=1)
SERVED = evolve(GOODS, service=True, help=Help.EXECUTION)
ENGAGED = evolve(SERVED, engaged=Engaged.NOW, ongoing=True)
ADAPTED = evolve(ENGAGED, tailoring=Tailoring.ADAPTED)
ADVISED = evolve(ADAPTED, professional=True, help=Help.ADVICE)
REPRESENTED = evolve(ADVISED, help=Help.REPRESENTATION)
RELIED_ON = evolve(ADAPTED, stakes=Stakes.HIGH, signed_agreement=True)
DESIGNED = evolve(ADVISED, tailoring=Tailoring.BESPOKE)
TREATED = evolve(ADVISED, stakes=Stakes.HIGH)
LAY = evolve(ADVISED, professional=False)
MADE = evolve(DESIGNED, engaged=Engaged.NEVER, service=False, stakes=Stakes.HIGH)
COSTLY = evolve(GOODS, stakes=Stakes.HIGH)
ALONE = evolve(SERVED, professional=True, help=Help.NONE, stakes=Stakes.HIGH)
PROTECTED = evolve(ENGAGED, help=Help.REPRESENTATION)
MEMBER = evolve(GOODS, membership=True, signed_agreement=True)
ESTIMATED = evolve(ENGAGED, signed_agreement=True)
AUTHORISED = evolve(REPRESENTED, signed_agreement=True)
ASKED = evolve(STRANGER, dealings=Dealings.ASKED)
ONCE = evolve(GOODS, tenure_days=3_000)
CURT = evolve(ADVISED, stance=Stance.TRANSACTIONAL)
ADVISED_ONCE = evolve(ADVISED, engaged=Engaged.FORMERLY, ongoing=False)
REPRESENTED_ONCE = evolve(REPRESENTED, engaged=Engaged.FORMERLY, ongoing=False)
ENTRUSTED = evolve(SERVED, fiduciary=Fiduciary.YES)


class Claim(NamedTuple):
    """A claim, what it says of whom, and what the edition is to answer."""

    claim: str
    situation: str
    facts: Facts
    answer: Standing
    contested: bool = False


CLIENT, CUSTOMER = Standing.CLIENT, Standing.CUSTOMER
FLAGGED = True
CLAIMS = [
    Claim("A1 B1 C1", "goods off a shelf", GOODS, CUSTOMER),
    Claim("A1 B1 C1", "a service", SERVED, CUSTOMER),
    Claim("A1 B1 C1", "professional advice", ADVISED, CLIENT),
    Claim("C1", "asked for advice, and not yet given any", ASKED, Standing.PROSPECT),
    Claim("A2 D2", "work taken on, no advice in it", ENGAGED, CUSTOMER),
    Claim("C3", "under the protection of another", PROTECTED, CLIENT),
    Claim("D4", "no purchase", STRANGER, Standing.NONE),
    Claim("D4", "one purchase", GOODS, CUSTOMER),
    Claim("B4", "one purchase, years ago, and no other", ONCE, CUSTOMER),
    Claim("A5", "law", REPRESENTED, CLIENT),
    Claim("A5", "estate agency", REPRESENTED, CLIENT),
    Claim("A5", "accounting", ADVISED, CLIENT),
    Claim("A5", "marketing", ADVISED, CLIENT),
    Claim("A5", "advertising", ADVISED, CLIENT),
    Claim("A5", "design", DESIGNED, CLIENT),
    Claim("A5", "insurance, on a broker's advice", ADVISED, CLIENT),
    Claim("A5", "insurance, from the insurer's agent", RELIED_ON, CUSTOMER, FLAGGED),
    Claim("B5 C5", "consulting", ADVISED, CLIENT),
    Claim("B5 C5", "financial advice", TREATED, CLIENT),
    Claim("A5 B5", "advice that is of no profession", LAY, CUSTOMER, FLAGGED),
    Claim("D5", "health care", TREATED, CLIENT),
    Claim("A5", "retail", GOODS, CUSTOMER),
    Claim("A5", "supermarket", GOODS, CUSTOMER),
    Claim("A5", "food and drink", GOODS, CUSTOMER),
    Claim("A5", "subscription", ENGAGED, CUSTOMER),
    Claim("A5", "bank", ENGAGED, CUSTOMER),
    Claim("A5", "hotel", SERVED, CUSTOMER),
    Claim("A5", "hairdresser", evolve(SERVED, tailoring=Tailoring.ADAPTED), CUSTOMER),
    Claim("D5", "petrol", GOODS, CUSTOMER),
    Claim("D5", "coffee", GOODS, CUSTOMER),
    Claim("D5", "food delivery", GOODS, CUSTOMER),
    Claim("D5", "locksmith", SERVED, CUSTOMER),
    Claim("D5", "amusement park", SERVED, CUSTOMER),
    Claim("D6", "property, through an agent of one's own", REPRESENTED, CLIENT),
    Claim("D6", "a car off the lot", COSTLY, CUSTOMER),
    Claim("D6", "furniture made after consultations", MADE, CUSTOMER, FLAGGED),
    Claim("D6", "software, with professional advice", ADVISED, CLIENT),
    Claim("B7", "a bank, one service", ESTIMATED, CUSTOMER),
    Claim("B7", "a bank, for long and several services", RELIED_ON, CUSTOMER, FLAGGED),
    Claim("B7", "a home buyer with an agent", REPRESENTED, CLIENT),
    Claim("B7", "a home buyer without an agent", ALONE, CUSTOMER),
    Claim("C31", "a membership of a store", MEMBER, CUSTOMER),
    Claim("C31", "an estimate for a service", ESTIMATED, CUSTOMER),
    Claim("C33", "authority to act, in writing", AUTHORISED, CLIENT),
    Claim("C34", "work we advised in, closed", ADVISED_ONCE, Standing.FORMER_CLIENT),
    Claim("C34", "work we acted in, closed", REPRESENTED_ONCE, Standing.FORMER_CLIENT),
    Claim("B34 C34", "owed a fiduciary duty, and no client", ENTRUSTED, CUSTOMER),
    Claim("A40", "a client who wants no relationship", CURT, CLIENT),
]


class TestClaims:
    @pytest.mark.parametrize(
        "claim", CLAIMS, ids=lambda claim: f"{claim.claim}: {claim.situation}"
    )
    def test_are_answered(self, claim: Claim) -> None:
        """What the articles say of a situation is what the edition answers."""
        standing = clienthood.standing(claim.facts, by=TABLE)

        assert (standing.answer, standing.contested) == (claim.answer, claim.contested)

    def test_are_all_that_the_rules_rest_on(self) -> None:
        """Each claim that a rule names has a row here."""
        named = {tag for rule in TABLE.rules for tag in rule.source.split()}

        assert named - {"ours"} <= {tag for row in CLAIMS for tag in row.claim.split()}

    def test_reach_each_rule(self) -> None:
        """Each rule decides one of the situations."""
        fired = [clienthood.standing(row.facts, by=TABLE).rules for row in CLAIMS]

        assert set(fired) == {(rule.id,) for rule in TABLE.rules}

    def test_make_every_client_a_customer(self) -> None:
        """Whatever takes a customer takes a client (A2 D2), not the reverse."""
        assert issubclass(Client, Customer)
        assert not issubclass(Customer, Client)
