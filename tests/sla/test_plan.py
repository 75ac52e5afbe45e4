from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit import clienthood, policy, sla
from relationkit.contracts import Contract, ContractForm, Signature
from relationkit.engagements import Engagement, Service
from relationkit.facts import Facts
from relationkit.parties import Person
from relationkit.records import ContractId, EngagementId, PartyId
from relationkit.relationships import Client
from relationkit.sla import PlanOf
from relationkit.strategies import contracts, days, facts

POLICY = policy.edition("2026-11").policy
ADA, US = PartyId("ada"), PartyId("us")
SIGNED = date(2026, 3, 2)
CLOSE = POLICY.plans[-1]
LETTER = Contract(
    id=ContractId("letter"),
    form=ContractForm.ENGAGEMENT_LETTER,
    parties=frozenset({ADA, US}),
    signatures=(Signature(party=ADA, on=SIGNED), Signature(party=US, on=SIGNED)),
    plan=CLOSE,
)
ENGAGED = Client(
    party=Person(id=ADA, name="Ada"),
    contracts=(LETTER,),
    engagements=(
        Engagement(
            id=EngagementId("will"),
            opened=date(2026, 1, 5),
            clients=frozenset({ADA}),
            services=(Service(line="law"),),
            contract=LETTER.id,
        ),
    ),
)


def asked(known: Facts, contract: Contract | None, on: date) -> sla.PlanInForce:
    """Which plan stands."""
    standing = clienthood.standing(known, by=POLICY.clienthood)
    attention = sla.expectations(known, by=POLICY.sla, standing=standing)
    return sla.plan(attention, contract, by=POLICY.plans, on=on)


class TestPlan:
    @given(facts(), st.none() | contracts(), days())
    def test_is_the_clause_in_force_or_that_of_the_edition(
        self, known: Facts, contract: Contract | None, on: date
    ) -> None:
        """A contract's own plan stands while it binds, whatever the facts."""
        found = asked(known, contract, on)

        if contract and contract.plan and contract.is_in_force(on):
            assert (found.of, found.plan) == (PlanOf.CONTRACT, contract.plan)
            assert (repr(contract.id) in found.because, found.needs) == (True, ())
        else:
            assert found.of is PlanOf.EDITION
            assert (found.plan is None) == bool(found.needs)
            assert found.plan is None or found.plan in POLICY.plans

    def test_is_told_by_an_assessment(self) -> None:
        """Of an engagement under such a contract, from the day it binds."""
        plans = [
            policy.edition("2026-11").assess(ENGAGED, on=on).engagements["will"].plan
            for on in (date(2026, 3, 1), SIGNED)
        ]

        assert [plan.of for plan in plans] == [PlanOf.EDITION, PlanOf.CONTRACT]
        assert str(plans[1]) == (
            "the plan of the contract: the clause of 'letter' stands over the edition"
        )

    def test_is_of_the_engagement_alone(self) -> None:
        """What a contract promises for some work is not promised for other."""
        other = evolve(ENGAGED.engagements[0], id=EngagementId("tax"), contract=None)
        both = evolve(ENGAGED, engagements=(*ENGAGED.engagements, other))
        assessed = policy.edition("2026-11").assess(both, on=SIGNED)

        assert assessed.engagements["tax"].plan.of is PlanOf.EDITION
        assert assessed.service.plan.of is PlanOf.EDITION

    def test_counts_only_where_it_has_one(self) -> None:
        """A contract that says nothing of support leaves it to the edition."""
        silent = evolve(LETTER, plan=None)
        known = policy.edition("2026-11").assess(ENGAGED, on=SIGNED).service.facts

        assert asked(known, silent, SIGNED) == asked(known, None, SIGNED)

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"attention": "close"}, "attention: expected .*; ask sla.expectations"),
            ({"by": "close"}, "by: expected several, got 'close', a str"),
            ({"by": ["close"]}, "by: expected each to be a Plan, got 'close', a str"),
            ({"on": "2026-03-02"}, "on: expected a day, got '2026-03-02', a str"),
        ],
    )
    def test_asks_for_what_it_names(self, change: dict[str, Any], told: str) -> None:
        """Anything else is refused by its name, with what to write."""
        known = policy.edition("2026-11").assess(ENGAGED, on=SIGNED).service.facts
        standing = clienthood.standing(known, by=POLICY.clienthood)
        attention = sla.expectations(known, by=POLICY.sla, standing=standing)
        given_ = {"attention": attention, "contract": None, "by": POLICY.plans}

        with pytest.raises(TypeError, match=f"^{told}"):
            sla.plan(**{**given_, "on": SIGNED, **change})
