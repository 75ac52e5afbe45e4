"""Claims about how closely to tailor, and what the edition makes of them.

A claim is a letter and a number of docs/explanation/sources.md.
"""

from datetime import date
from typing import NamedTuple

import pytest
from attrs import evolve

from relationkit import clienthood, facts, personalisation, policy
from relationkit.decisions import Outcome
from relationkit.engagements import Fiduciary, Help, Tailoring
from relationkit.facts import Dealings, Engaged, Facts
from relationkit.parties import Person
from relationkit.personalisation import Level
from relationkit.records import PartyId
from relationkit.relationships import Customer, Stance

POLICY = policy.edition("2026-11").policy
STRANGER = facts.of(
    Customer(party=Person(id=PartyId("someone"), name="Someone")),
    on=date(2026, 11, 22),
    currency="USD",
)
CUSTOMER = evolve(STRANGER, dealings=Dealings.PROVIDED, service_lines=1)
RETURNING = evolve(CUSTOMER, ongoing=True)
REMEMBERED = evolve(CUSTOMER, tailoring=Tailoring.ADAPTED)
LOYAL = evolve(CUSTOMER, tenure_days=365, service_lines=2)
MADE_FOR = evolve(CUSTOMER, tailoring=Tailoring.BESPOKE)
CLIENT = evolve(
    RETURNING, engaged=Engaged.NOW, professional=True, help=Help.ADVICE, service=True
)
OWN_PLAN = evolve(CLIENT, tailoring=Tailoring.BESPOKE)
FORMER = evolve(CLIENT, engaged=Engaged.FORMERLY, ongoing=False)
CURT = evolve(LOYAL, ongoing=True, stance=Stance.TRANSACTIONAL)
CURT_CLIENT = evolve(OWN_PLAN, stance=Stance.TRANSACTIONAL)
ENTRUSTED = evolve(CLIENT, fiduciary=Fiduciary.YES)
ENTRUSTED_IN_PART = evolve(CLIENT, fiduciary=Fiduciary.LIMITED)


class Claim(NamedTuple):
    """A claim, what it says of whom, and what the edition is to answer."""

    claim: str
    situation: str
    facts: Facts
    answer: Level


CLAIMS = [
    Claim("A13", "a purchase, as ready-made as any", CUSTOMER, Level.GENERIC),
    Claim("B13", "known by what they bought", RETURNING, Level.RECOGNISED),
    Claim("B13", "known by what they like", REMEMBERED, Level.RECOGNISED),
    Claim("B14", "known, and wanting to be left alone", CURT, Level.GENERIC),
    Claim("A15 B15 D15", "a client", CLIENT, Level.TAILORED),
    Claim(
        "A15 B15 D15", "a client with a strategy of their own", OWN_PLAN, Level.BESPOKE
    ),
    Claim(
        "A16 B7", "one provider for long, for several needs", LOYAL, Level.RECOGNISED
    ),
    Claim("A19", "a client once: relationships last", FORMER, Level.RECOGNISED),
    Claim("B19", "one transaction", CUSTOMER, Level.GENERIC),
    Claim("D6", "a thing made for them", MADE_FOR, Level.TAILORED),
    Claim("B34 C34", "a client owed a fiduciary duty", ENTRUSTED, Level.BESPOKE),
    Claim("C34", "the same in part of the work", ENTRUSTED_IN_PART, Level.BESPOKE),
    Claim("A40", "a customer who wants no relationship", CURT, Level.GENERIC),
    Claim("A40 A41", "a client who wants none", CURT_CLIENT, Level.GENERIC),
]


def asked(known: Facts) -> Outcome[Level]:
    """How closely to tailor."""
    standing = clienthood.standing(known, by=POLICY.clienthood)
    return personalisation.level(known, by=POLICY.personalisation, standing=standing)


class TestClaims:
    @pytest.mark.parametrize(
        "claim", CLAIMS, ids=lambda claim: f"{claim.claim}: {claim.situation}"
    )
    def test_are_answered(self, claim: Claim) -> None:
        """What the articles say of a situation is what the edition answers."""
        assert asked(claim.facts).answer is claim.answer

    def test_are_all_that_the_rules_rest_on(self) -> None:
        """Each claim that a rule names has a row here."""
        rules = POLICY.personalisation.rules
        named = {tag for rule in rules for tag in rule.source.split()}

        assert named - {"ours"} <= {tag for row in CLAIMS for tag in row.claim.split()}

    def test_reach_each_rule(self) -> None:
        """Each rule decides one of the situations."""
        fired = {asked(row.facts).rules for row in CLAIMS}

        assert fired == {(rule.id,) for rule in POLICY.personalisation.rules}
