import pickle
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given

from relationkit import policy
from relationkit.clienthood import Standing
from relationkit.engagements import (
    Closing,
    Engagement,
    Help,
    Judgement,
    Matter,
    Service,
    Stakes,
    Tailoring,
)
from relationkit.parties import Person
from relationkit.policy import Answers, Assessment, ByEngagement
from relationkit.records import EngagementId, PartyId, RegimeId
from relationkit.relationships import Client, Customer
from relationkit.strategies import clients, customers, days

EDITION = policy.edition("2026-11")
TODAY = date(2026, 11, 22)
ADA = PartyId("ada")
ADVICE = Service(
    line="tax",
    help=Help.ADVICE,
    professional=True,
    tailoring=Tailoring.ADAPTED,
    stakes=Stakes.HIGH,
    scope_defined=False,
    repeatable=False,
    recurring=False,
    metered=False,
)
WORK = Engagement(
    id=EngagementId("tax"),
    opened=date(2026, 1, 5),
    clients=frozenset({ADA}),
    services=(ADVICE,),
)
CLIENT = Client(party=Person(id=ADA, name="Ada Byron"), engagements=(WORK,))

relationships = customers() | clients()


def assessed(customer: Customer, on: date = TODAY) -> Assessment:
    """What the edition makes of the customer."""
    return EDITION.assess(customer, on=on)


def with_(*engagements: Engagement) -> Client:
    """Ada, with those engagements instead."""
    return evolve(CLIENT, engagements=engagements)


class TestAssessment:
    @given(relationships, days())
    def test_is_the_same_once_stored(self, customer: Customer, on: date) -> None:
        """Pickled or copied it is equal, to the last reason."""
        before = assessed(customer, on)
        after: Assessment = pickle.loads(pickle.dumps(before))  # noqa: S301

        assert after == before == deepcopy(before)
        assert hash(after) == hash(before)
        for id_ in (None, *before.engagements):
            kept, known = after.about(id_), before.about(id_)
            assert isinstance(kept, Answers)
            assert isinstance(known, Answers)
            assert kept.outcomes() == known.outcomes()
            assert str(kept) == str(known)

    @given(relationships, days())
    def test_leaves_its_tables_behind(self, customer: Customer, on: date) -> None:
        """Storing one does not store the edition with it."""
        assert b"Table" not in pickle.dumps(assessed(customer, on))

    def test_tells_of_an_engagement_or_of_the_whole(self) -> None:
        """It knows its engagements by id, and nothing of others."""
        ada = assessed(CLIENT)

        assert ada.about(None) is ada.service
        assert ada.about("tax") is ada.engagements["tax"]
        assert ada.about("audit") is None


class TestAnswers:
    @given(relationships, days())
    def test_ask_for_what_any_question_needs(
        self, customer: Customer, on: date
    ) -> None:
        """Each need of a question is named, once, and nothing else is."""
        answers = assessed(customer, on).service
        needs = [need for o in answers.outcomes().values() for need in o.needs]

        assert len(answers.needs) == len({*answers.needs})
        assert {*answers.needs} == {*needs}
        assert not answers.needs or needs[0] == answers.needs[0]

    def test_come_in_the_order_of_asking(self) -> None:
        """Each outcome stands under the name of its question."""
        answers = assessed(CLIENT).service

        assert answers.outcomes() == {
            "standing": answers.standing,
            "personalisation": answers.personalisation,
            "sla": answers.sla,
            "pricing": answers.pricing,
        }
        assert [*answers.outcomes()] == [
            "standing",
            "personalisation",
            "sla",
            "pricing",
        ]


class TestByEngagement:
    def test_is_a_mapping(self) -> None:
        """The answers are found by the id of the engagement."""
        by_id = assessed(
            with_(WORK, evolve(WORK, id=EngagementId("audit")))
        ).engagements

        assert isinstance(by_id, Mapping)
        assert ([*by_id], len(by_id)) == (["audit", "tax"], 2)
        assert by_id == dict(by_id.items())
        assert hash(by_id) == hash(ByEngagement(dict(by_id)))
        assert repr(by_id) == f"ByEngagement({dict(by_id)!r})"
        with pytest.raises(KeyError):
            by_id["no such"]

    def test_cannot_be_changed(self) -> None:
        """Neither in place, nor through what it was made of."""
        answers = dict(assessed(CLIENT).engagements)
        by_id = ByEngagement(answers)
        answers.clear()

        assert len(by_id) == 1
        with pytest.raises(TypeError):
            by_id["tax"] = by_id["tax"]  # type: ignore[index]


class TestChanges:
    @given(relationships, days())
    def test_are_none_from_itself(self, customer: Customer, on: date) -> None:
        """What did not change is not told."""
        assert assessed(customer, on).changes(assessed(customer, on)) == ()

    @given(relationships, relationships, days())
    def test_are_told_in_both_directions(
        self, one: Customer, other: Customer, on: date
    ) -> None:
        """Going back undoes each change."""
        forth = assessed(one, on).changes(assessed(other, on))
        back = assessed(other, on).changes(assessed(one, on))

        assert {(c.question, c.engagement, c.before, c.after) for c in forth} == {
            (c.question, c.engagement, c.after, c.before) for c in back
        }

    @given(relationships, relationships, days())
    def test_are_of_answers(self, one: Customer, other: Customer, on: date) -> None:
        """Each is another answer, and each other answer is one."""
        old, new = assessed(one, on), assessed(other, on)
        changed = {(c.engagement, c.question) for c in old.changes(new)}

        for id_ in {None, *old.engagements, *new.engagements}:
            before, after = old.about(id_), new.about(id_)
            was = before.outcomes() if before else {}
            is_ = after.outcomes() if after else {}
            for question in {*was, *is_}:
                possible = [
                    o.possible for o in (was.get(question), is_.get(question)) if o
                ]
                differ = len(possible) == 1 or possible[0] != possible[1]
                assert ((id_, question) in changed) == differ

    def test_tell_of_a_closing(self) -> None:
        """Who was a client is a former one, served as such."""
        closed = with_(evolve(WORK, closed=Closing(on=TODAY)))
        changes = assessed(CLIENT).changes(assessed(closed))
        hourly, listed = "hourly or capped", "list_price or per_unit"

        assert [str(change) for change in changes] == [
            f"{question}{about}: {before} -> {after}"
            for about in ("", " of tax")
            for question, before, after in (
                ("standing", "client", "former_client"),
                ("personalisation", "tailored", "recognised"),
                ("sla", "close", "attentive"),
                ("pricing", hourly, listed),
            )
        ]

    def test_tell_of_engagements_that_come_and_go(self) -> None:
        """Of an engagement that is new, or no more, there is one side only."""
        audit = evolve(WORK, id=EngagementId("audit"))
        changes = assessed(CLIENT).changes(assessed(with_(audit)))

        assert {change.engagement for change in changes} == {"tax", "audit"}
        assert [str(c) for c in changes if c.question == "standing"] == [
            "standing of tax: client -> -",
            "standing of audit: - -> client",
        ]

    def test_heed_no_reasons(self) -> None:
        """Another reason for the same answer is no change."""
        regulated = evolve(
            WORK,
            regimes=frozenset({RegimeId("code")}),
            judgements=(
                Judgement(matter=Matter.FIDUCIARY, holds=False, on=date(2026, 1, 5)),
            ),
        )
        elder = with_(evolve(regulated, opened=TODAY - timedelta(4_000)))

        assert assessed(elder).service != assessed(CLIENT).service
        assert assessed(CLIENT).changes(assessed(elder)) == ()

    def test_tell_what_is_still_open(self) -> None:
        """An answer that is open names all that is possible."""
        unsure = with_(evolve(WORK, closed=Closing(on=None)))
        (change, *_) = assessed(CLIENT).changes(assessed(unsure))

        assert change.after is not None
        assert {Standing.FORMER_CLIENT, Standing.CLIENT} <= {*change.after.possible}
        assert (
            str(change) == f"standing: client -> {' or '.join(change.after.possible)}"
        )
