"""Claims about support, and what the edition and its plans make of them.

A claim is a letter and a number of docs/explanation/sources.md.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from attrs import evolve

from relationkit import clienthood, facts, policy, sla
from relationkit.calendars import weekdays
from relationkit.contracts import Contract, ContractForm, Signature
from relationkit.decisions import Outcome
from relationkit.engagements import Fiduciary, Help, Stakes
from relationkit.facts import Dealings, Engaged, Facts
from relationkit.parties import Person
from relationkit.records import ContractId, PartyId
from relationkit.relationships import Customer, Stance
from relationkit.sla import Attention, Event, State, What
from relationkit.targets import Channel, Manner, Metric, Plan, Priority, is_longer

POLICY = policy.edition("2026-11").policy
STRANGER = facts.of(
    Customer(party=Person(id=PartyId("someone"), name="Someone")),
    on=date(2026, 11, 22),
    currency="USD",
)
CUSTOMER = evolve(STRANGER, dealings=Dealings.PROVIDED, service_lines=1)
SPECIALISED = evolve(CUSTOMER, service=True, professional=True)
COSTLY = evolve(CUSTOMER, largest_sale=Decimal("10000.00"))
CHEAPER = evolve(CUSTOMER, largest_sale=Decimal("9999.99"))
CLIENT = evolve(SPECIALISED, engaged=Engaged.NOW, help=Help.ADVICE, ongoing=True)
AT_STAKE = evolve(CLIENT, stakes=Stakes.HIGH)
CURT = evolve(SPECIALISED, stance=Stance.TRANSACTIONAL)
CURT_CLIENT = evolve(AT_STAKE, stance=Stance.TRANSACTIONAL)
ENTRUSTED = evolve(CURT_CLIENT, fiduciary=Fiduciary.YES)


class Claim(NamedTuple):
    """A claim, what it says of whom, and what the edition is to answer."""

    claim: str
    situation: str
    facts: Facts
    answer: Attention


CLAIMS = [
    Claim("C11", "little hangs on it", CUSTOMER, Attention.COUNTER),
    Claim("C11", "a client with much at stake", AT_STAKE, Attention.CLOSE),
    Claim("A20 D20", "a purchase", CUSTOMER, Attention.COUNTER),
    Claim(
        "A20 D20", "a client, in their affairs as a whole", CLIENT, Attention.ATTENTIVE
    ),
    Claim("D21", "a client has a named person", CLIENT, Attention.ATTENTIVE),
    Claim("D21", "a customer has a general channel", CUSTOMER, Attention.COUNTER),
    Claim("B22 D22", "clients need not ask", CLIENT, Attention.ATTENTIVE),
    Claim("B22 D22", "customers are helped when they ask", CUSTOMER, Attention.COUNTER),
    Claim("C23", "events that trigger a duty to tell", ENTRUSTED, Attention.CLOSE),
    Claim("C24", "a specialised service", SPECIALISED, Attention.ATTENTIVE),
    Claim("D6 C24", "a costly sale", COSTLY, Attention.ATTENTIVE),
    Claim("D6", "a sale not so costly", CHEAPER, Attention.COUNTER),
    Claim(
        "B34 C34", "a fiduciary duty, however curt they are", ENTRUSTED, Attention.CLOSE
    ),
    Claim("A40", "a customer who wants no relationship", CURT, Attention.COUNTER),
    Claim("A40 A41", "a client who wants none", CURT_CLIENT, Attention.COUNTER),
]


def asked(known: Facts) -> Outcome[Attention]:
    """How much attention to expect."""
    standing = clienthood.standing(known, by=POLICY.clienthood)
    return sla.expectations(known, by=POLICY.sla, standing=standing)


def plan(known: Facts) -> Plan:
    """What that much attention promises."""
    return POLICY.plan(asked(known).settled())


class TestClaims:
    @pytest.mark.parametrize(
        "claim", CLAIMS, ids=lambda claim: f"{claim.claim}: {claim.situation}"
    )
    def test_are_answered(self, claim: Claim) -> None:
        """What the articles say of a situation is what the edition answers."""
        assert asked(claim.facts).answer is claim.answer

    def test_are_all_that_the_rules_rest_on(self) -> None:
        """Each claim that a rule names has a row here."""
        named = {tag for rule in POLICY.sla.rules for tag in rule.source.split()}

        assert named - {"ours"} <= {tag for row in CLAIMS for tag in row.claim.split()}

    def test_reach_each_rule(self) -> None:
        """Each rule decides one of the situations."""
        fired = {asked(row.facts).rules for row in CLAIMS}

        assert fired == {(rule.id,) for rule in POLICY.sla.rules}


class TestPlans:
    def test_give_clients_a_named_person(self) -> None:
        """Clients have one person to turn to, customers a general channel (D21)."""
        client, customer = plan(CLIENT), plan(CUSTOMER)

        assert (client.channel, client.named_contact) == (Channel.NAMED, True)
        assert (customer.channel, customer.named_contact) == (Channel.GENERAL, False)

    def test_come_forward_to_clients(self) -> None:
        """Support of clients comes forward, that of customers waits (B22 D22)."""
        assert plan(CLIENT).manner is Manner.PROACTIVE
        assert plan(CUSTOMER).manner is Manner.REACTIVE

    @pytest.mark.parametrize("priority", Priority)
    def test_fall_due_sooner_for_clients(self, priority: Priority) -> None:
        """The same request, in the same office, falls due earlier (A20 D20)."""
        office = weekdays("09:00", "17:00", zone="Europe/London")
        asked_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
        plans = (plan(AT_STAKE), plan(CLIENT), plan(CUSTOMER))
        for metric in (Metric.FIRST_RESPONSE, Metric.FIRST_RESOLUTION):
            goals = [found.goal(metric, priority) for found in plans]
            dues = [sla.deadline(goal, asked_at, office).due_at for goal in goals]
            close, attentive, counter = (due or asked_at for due in dues)

            assert asked_at < close < attentive < counter

    def test_of_a_purchase_end_with_the_issue(self) -> None:
        """Support of a customer is over once the issue is resolved (A20 D20)."""
        goal = plan(CUSTOMER).goal(Metric.FIRST_RESOLUTION, Priority.NORMAL)
        office = weekdays("09:00", "17:00", zone="Europe/London")
        asked_at = datetime(2026, 11, 23, 10, tzinfo=UTC)
        days = [What.START, What.STOP, What.REOPEN]
        events = [
            Event(what=what, at=asked_at + timedelta(days=n))
            for n, what in enumerate(days)
        ]
        found = sla.track(goal, events, office, asked_at + timedelta(days=90))

        assert found.state is State.MET

    def test_are_agreed_with_the_client(self) -> None:
        """What timely means is agreed in the contract, and stands over ours (C23)."""
        us, ada = PartyId("us"), PartyId("someone")
        agreed = Contract(
            id=ContractId("letter"),
            form=ContractForm.ENGAGEMENT_LETTER,
            parties=frozenset({us, ada}),
            signatures=tuple(
                Signature(party=one, on=date(2026, 1, 5)) for one in (us, ada)
            ),
            plan=POLICY.plan(Attention.CLOSE),
        )
        found = sla.plan(asked(CURT), agreed, by=POLICY.plans, on=date(2026, 11, 22))

        assert found.plan == agreed.plan

    @pytest.mark.parametrize("priority", Priority)
    def test_serve_clients_sooner(self, priority: Priority) -> None:
        """Clients expect higher service (A20 D20), the more where much is at stake."""
        plans = (plan(AT_STAKE), plan(CLIENT), plan(CUSTOMER))
        close, attentive, counter = (found.target(priority) for found in plans)

        for less, more in ((close, attentive), (attentive, counter)):
            assert is_longer(more.first_response, less.first_response)
            assert is_longer(more.resolution, less.resolution)
