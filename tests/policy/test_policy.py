import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_UP, Context, FloatOperation, Inexact, Rounded, localcontext
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from relationkit import clienthood, facts, personalisation, policy, pricing, sla
from relationkit.books import Book
from relationkit.engagements import Engagement
from relationkit.parties import Person
from relationkit.policy import Answers, Assessment
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer, History, Stance
from relationkit.sla import Attention
from relationkit.strategies import clients, customers, days, engagements

EDITION = policy.edition("2026-11")
POLICY = EDITION.policy

HARD = settings(max_examples=400, derandomize=True, deadline=None)

relationships = customers() | clients()


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ADA = Customer(party=Person(id=PartyId("ada"), name="Ada Byron"))


def taken_on(customer: Customer, engagement: Engagement) -> Client:
    """The customer with one more engagement, under no contract."""
    others = customer.engagements if isinstance(customer, Client) else ()
    mine = evolve(
        engagement,
        clients=engagement.clients | {customer.party.id},
        adverse=engagement.adverse - {customer.party.id},
        contract=None,
    )
    return Client(
        party=customer.party,
        contracts=customer.contracts,
        engagements=tuple({e.id: e for e in (mine, *others)}.values()),
        **{field.name: getattr(customer, field.name) for field in fields(History)},
    )


def again(relationship: Customer, assessed: Assessment, id_: str | None) -> Answers:
    """The same answers, asked for one by one."""
    known = facts.of(relationship, on=assessed.on, currency="USD", engagement=id_)
    standing = clienthood.standing(known, by=POLICY.clienthood)
    if id_ is None:
        standing = assessed.standing
    attention = sla.expectations(known, by=POLICY.sla, standing=standing)
    contract = None
    if id_ is not None and isinstance(relationship, Client):
        under = relationship.engagement(id_).contract
        contract = next((c for c in relationship.contracts if c.id == under), None)
    return Answers(
        facts=known,
        standing=standing,
        personalisation=personalisation.level(
            known, by=POLICY.personalisation, standing=standing
        ),
        sla=attention,
        pricing=pricing.model(known, by=POLICY.pricing, standing=standing),
        plan=sla.plan(attention, contract, by=POLICY.plans, on=assessed.on),
        fee=pricing.agreed(contract, on=assessed.on),
    )


class TestAssess:
    @given(relationships, days())
    def test_asks_each_question_in_turn(self, customer: Customer, on: date) -> None:
        """The answers are those of the questions, of the whole and of each part."""
        assessed = EDITION.assess(customer, on=on)

        assert (assessed.party, assessed.on) == (customer.party.id, on)
        for id_ in (None, *assessed.engagements):
            assert assessed.about(id_) == again(customer, assessed, id_)

    @given(relationships, days())
    def test_finds_the_standing_in_each_dealing(
        self, customer: Customer, on: date
    ) -> None:
        """What a party is in the whole is the closest of what it is in its dealings."""
        assessed = EDITION.assess(customer, on=on)
        apart = customer.as_customer() if isinstance(customer, Client) else customer
        walk_in = EDITION.assess(apart, on=on).standing
        dealt = [answers.standing for answers in assessed.engagements.values()]

        assert assessed.standing == clienthood.overall([walk_in, *dealt])
        assert assessed.service.standing == assessed.standing

    @given(clients(), days())
    def test_answers_of_each_engagement(self, client: Client, on: date) -> None:
        """Those that were taken on by the day are there, in order, and no others."""
        opened = [e.id for e in client.engagements if e.opened <= on]

        assert [*EDITION.assess(client, on=on).engagements] == opened

    @given(customers(), days())
    def test_needs_no_engagement(self, customer: Customer, on: date) -> None:
        """Of someone who buys, there is an answer, and it is never client."""
        assessed = EDITION.assess(customer, on=on)
        client = {clienthood.Standing.CLIENT, clienthood.Standing.FORMER_CLIENT}

        assert not assessed.engagements
        assert client.isdisjoint(assessed.standing.possible)

    @given(relationships, engagements(), days())
    def test_heeds_nothing_to_come(
        self, customer: Customer, engagement: Engagement, on: date
    ) -> None:
        """Work that is taken on later changes nothing today."""
        later = evolve(engagement, opened=on + timedelta(1), closed=None)
        others = customer.engagements if isinstance(customer, Client) else ()
        if later.id not in {other.id for other in others}:
            more = taken_on(customer, later)

            assert EDITION.assess(more, on=on) == EDITION.assess(customer, on=on)

    @given(relationships)
    def test_takes_a_day(self, customer: Customer) -> None:
        """A time of day is no day."""
        with pytest.raises(TypeError):
            EDITION.assess(customer, on=datetime(2026, 11, 22, tzinfo=UTC))


def worse(customer: Customer, engagement: Engagement, on: date) -> bool:
    """Whether engaging someone who is not curt lowers what was decided for them."""
    before = EDITION.assess(customer, on=on).service
    after = EDITION.assess(taken_on(customer, engagement), on=on).service
    level, levels = before.personalisation.answer, after.personalisation.possible
    attention, attentions = before.sla.answer, after.sla.possible
    lower = (level is not None and max(levels) < level) or (
        attention is not None and max(attentions) < attention
    )
    return lower and customer.stance(on) is not Stance.TRANSACTIONAL


class TestArguments:
    def test_attention_is_a_member(self) -> None:
        """A text is no attention, and is told so."""
        with pytest.raises(TypeError, match=r"^attention: expected an Attention, got "):
            POLICY.plan("close")  # type: ignore[arg-type]

    @pytest.mark.parametrize("on", ["2026-01-01", None, 5, NOON], ids=repr)
    @pytest.mark.parametrize(
        "assess", [POLICY.assess, EDITION.assess], ids=["policy", "edition"]
    )
    def test_on_is_a_day(
        self,
        assess: Callable[..., Assessment],
        on: Any,  # noqa: ANN401
    ) -> None:
        """What is no day is refused by its name, a time of day too."""
        with pytest.raises(
            TypeError, match=r"^on: expected a day, got .*; (use|take) "
        ):
            assess(ADA, on=on)

    @pytest.mark.parametrize(
        ("given_", "id_"),
        [
            (Book(provider=ADA.party), "ada"),
            (Person(id=PartyId("bo"), name="Bo"), "bo"),
            ("bo", "bo"),
            (None, "ada"),
            ({}, "ada"),
        ],
        ids=repr,
    )
    @pytest.mark.parametrize(
        "assess", [POLICY.assess, EDITION.assess], ids=["policy", "edition"]
    )
    def test_relationship_is_a_customer(
        self,
        assess: Callable[..., Assessment],
        given_: Any,  # noqa: ANN401
        id_: str,
    ) -> None:
        """From a book, a party or an id it is told how to get to the customer."""
        told = rf"^relationship: expected a Customer, got .*\.relationship\('{id_}'\)$"

        with pytest.raises(TypeError, match=told):
            assess(given_, on=date(2026, 1, 1))


class TestEngaging:
    """Whom we take on as a client is treated no worse than before."""

    @given(relationships, engagements(), days())
    def test_never_lowers_an_answer(
        self, customer: Customer, engagement: Engagement, on: date
    ) -> None:
        """What was decided stays so or rises, unless it is open for a while."""
        known = customer.engagements if isinstance(customer, Client) else ()
        if engagement.id not in {other.id for other in known}:
            assert not worse(customer, engagement, on)

    def test_never_does_however_hard_one_looks(self) -> None:
        """A search for a customer who loses by being engaged finds none."""
        anyone = st.tuples(customers(), engagements(), days())

        with pytest.raises(NoSuchExample):
            find(anyone, lambda found: worse(*found), settings=HARD)


CONTEXTS = [
    Context(prec=1, rounding=ROUND_UP, Emin=0, Emax=0, traps=[]),
    Context(prec=1, traps=[Inexact, Rounded, FloatOperation]),
]


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Another time zone for the whole process, for a while."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


class TestPurity:
    @given(relationships, days(), st.sampled_from(CONTEXTS))
    def test_is_deaf_to_arithmetic(
        self, customer: Customer, on: date, context: Context
    ) -> None:
        """No rounding, precision or trap of the caller's makes a difference."""
        with localcontext(context):
            told = str(EDITION.assess(customer, on=on))

        assert told == str(EDITION.assess(customer, on=on))

    @pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs tzset")
    @given(relationships, days())
    def test_is_deaf_to_the_place(self, customer: Customer, on: date) -> None:
        """It does not matter where, or when, it is asked."""
        with zone("Pacific/Kiritimati"):
            east = EDITION.assess(customer, on=on)
        with zone("Pacific/Pago_Pago"):
            west = EDITION.assess(customer, on=on)

        assert east == west

    @given(relationships, days())
    def test_leaves_what_it_is_given_alone(self, customer: Customer, on: date) -> None:
        """Assessing changes neither the relationship nor the edition."""
        before, digest = pickle.dumps(customer), EDITION.digest
        first = EDITION.assess(customer, on=on)

        assert pickle.dumps(customer) == before
        assert EDITION.digest == digest
        assert EDITION.assess(customer, on=on) == first


class TestPolicy:
    @pytest.mark.parametrize("attention", Attention)
    def test_has_a_plan_for_each_attention(self, attention: Attention) -> None:
        """An answer is looked up by what it is, not by where it stands."""
        assert POLICY.plan(attention) == POLICY.plans[[*Attention].index(attention)]

    def test_names_its_tables(self) -> None:
        """The tables come in the order in which they are asked."""
        assert [*POLICY.tables] == ["clienthood", "personalisation", "sla", "pricing"]
        assert [t.yields for t in POLICY.tables.values()] == [
            *("standing", "level", "attention", "model")
        ]
