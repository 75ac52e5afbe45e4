"""Claims about support, and what the edition and its plans make of them.

A claim is a letter and a number of docs/explanation/sources.md.
"""

from collections.abc import Callable
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
from relationkit.sla import Attention, Event, PlanOf, State, What
from relationkit.targets import (
    Channel,
    Manner,
    Metric,
    NextBusinessDay,
    Plan,
    Priority,
    is_longer,
)

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


OFFICE = weekdays("09:00", "17:00", zone="Europe/London")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
US, THEM = PartyId("us"), PartyId("someone")


def attention(known: Facts) -> object:
    """How much attention to expect."""
    return asked(known).answer


def answered(known: Facts) -> object:
    """By when a normal request of Monday at ten is answered, in our office hours."""
    return _due(plan(known), Metric.FIRST_RESPONSE)


def resolved(known: Facts) -> object:
    """By when it is resolved."""
    return _due(plan(known), Metric.FIRST_RESOLUTION)


def _due(promised: Plan, metric: Metric) -> str:
    goal = promised.goal(metric, Priority.NORMAL)
    return f"{sla.deadline(goal, MONDAY, OFFICE).due_at:%m-%d %H:%M}"


def turned_to(known: Facts) -> object:
    """Where to turn, and whether there is one person."""
    promised = plan(known)
    return promised.channel, promised.named_contact


def comes_forward(known: Facts) -> object:
    """Whether support comes forward by itself, or waits to be asked."""
    return plan(known).manner


def after_it_was_resolved(known: Facts) -> object:
    """How the first resolution stands, once they come back with it."""
    goal = plan(known).goal(Metric.FIRST_RESOLUTION, Priority.NORMAL)
    happened = [What.START, What.STOP, What.REOPEN]
    events = [Event(what=w, at=MONDAY + n * DAY) for n, w in enumerate(happened)]
    return sla.track(goal, events, OFFICE, MONDAY + 90 * DAY).state


def agreed(known: Facts) -> Plan:
    """The plan that stands once the engagement letter promises word every day."""
    target = evolve(
        plan(known).target(Priority.NORMAL), periodic_update=NextBusinessDay()
    )
    letter = Contract(
        id=ContractId("letter"),
        form=ContractForm.ENGAGEMENT_LETTER,
        parties=frozenset({US, THEM}),
        signatures=tuple(Signature(party=p, on=date(2026, 1, 5)) for p in (US, THEM)),
        plan=evolve(
            POLICY.plan(Attention.ATTENTIVE),
            priorities=(Priority.NORMAL,),
            targets=(target,),
        ),
    )
    stands = sla.plan(asked(known), letter, by=POLICY.plans, on=MONDAY.date())
    assert stands.of is PlanOf.CONTRACT
    assert stands.plan is not None
    return stands.plan


def told_again(known: Facts) -> object:
    """By when they hear how it stands, after word of it on Tuesday at ten."""
    goal = agreed(known).goal(Metric.PERIODIC_UPDATE, Priority.NORMAL)
    events = [
        Event(what=What.START, at=MONDAY),
        Event(what=What.RESET, at=MONDAY + DAY),
    ]
    return f"{sla.track(goal, events, OFFICE, MONDAY + DAY).due_at:%m-%d %H:%M}"


class Promise(NamedTuple):
    """A claim, what is asked about whom, and what our answer is to be."""

    claim: str
    facts: Facts
    question: Callable[[Facts], object]
    answer: object


NAMED, GENERAL = (Channel.NAMED, True), (Channel.GENERAL, False)
PROMISES = {
    "20: clients expect higher service": [
        Promise("A20 D20", CLIENT, answered, "11-24 10:00"),
        Promise("A20 D20", CUSTOMER, answered, "12-01 10:00"),
        Promise("A20 D20", CLIENT, resolved, "12-04 10:00"),
        Promise("A20 D20", CUSTOMER, resolved, "12-14 10:00"),
        Promise("A20 D20", CUSTOMER, after_it_was_resolved, State.MET),
    ],
    "21: clients get a named person, customers a general channel": [
        Promise("D21", CLIENT, turned_to, NAMED),
        Promise("D21", AT_STAKE, turned_to, NAMED),
        Promise("D21", CUSTOMER, turned_to, GENERAL),
    ],
    "22: support of clients is proactive, of customers reactive": [
        Promise("B22 D22", CLIENT, comes_forward, Manner.PROACTIVE),
        Promise("B22 D22", AT_STAKE, comes_forward, Manner.PROACTIVE),
        Promise("B22 D22", CUSTOMER, comes_forward, Manner.REACTIVE),
        Promise("B22 D22", CLIENT, told_again, "11-25 17:00"),
    ],
    "23: events trigger a duty to tell; what is timely is agreed": [
        Promise("C23", ENTRUSTED, attention, Attention.CLOSE),
        Promise("C23", ENTRUSTED, answered, "11-23 14:00"),
        Promise("C23", CURT_CLIENT, attention, Attention.COUNTER),
        Promise("C23", CURT_CLIENT, told_again, "11-25 17:00"),
    ],
    "24: a specialised service calls for more than a retail visit": [
        Promise("C24", SPECIALISED, attention, Attention.ATTENTIVE),
        Promise("C24", CUSTOMER, attention, Attention.COUNTER),
        Promise("C24", SPECIALISED, answered, "11-24 10:00"),
        Promise("C24", CUSTOMER, answered, "12-01 10:00"),
        Promise("C24", SPECIALISED, turned_to, NAMED),
    ],
}


class TestPromises:
    @pytest.mark.parametrize("title", PROMISES)
    def test_are_kept_as_claimed(self, title: str) -> None:
        """Each claim of its own, by what clocks, plans and the table answer."""
        for row in PROMISES[title]:
            found = row.question(row.facts)
            assert found == row.answer, (row.claim, row.question.__doc__)


class TestPlans:
    @pytest.mark.parametrize("priority", Priority)
    def test_fall_due_sooner_for_clients(self, priority: Priority) -> None:
        """The same request, in the same office, falls due earlier (A20 D20)."""
        plans = (plan(AT_STAKE), plan(CLIENT), plan(CUSTOMER))
        for metric in (Metric.FIRST_RESPONSE, Metric.FIRST_RESOLUTION):
            goals = [found.goal(metric, priority) for found in plans]
            dues = [sla.deadline(goal, MONDAY, OFFICE).due_at for goal in goals]
            close, attentive, counter = (due or MONDAY for due in dues)

            assert MONDAY < close < attentive < counter

    @pytest.mark.parametrize("priority", Priority)
    def test_serve_clients_sooner(self, priority: Priority) -> None:
        """Clients expect higher service (A20 D20), the more where much is at stake."""
        plans = (plan(AT_STAKE), plan(CLIENT), plan(CUSTOMER))
        close, attentive, counter = (found.target(priority) for found in plans)

        for less, more in ((close, attentive), (attentive, counter)):
            assert is_longer(more.first_response, less.first_response)
            assert is_longer(more.resolution, less.resolution)
