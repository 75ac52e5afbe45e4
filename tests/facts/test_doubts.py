from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import event, given

from relationkit import facts
from relationkit.engagements import Closing, Engagement, Service
from relationkit.parties import Person
from relationkit.records import EngagementId, PartyId, RegimeId
from relationkit.relationships import Client, Customer
from relationkit.strategies import clients, days

TODAY = date(2026, 11, 22)
ADA = Person(id=PartyId("ada"), name="Ada Byron")
WORK = Engagement(
    id=EngagementId("tax"),
    opened=date(2026, 1, 5),
    clients=frozenset({ADA.id}),
    services=(Service(line="tax", recurring=True),),
)


def why(fact: str, *engagements: Engagement) -> str:
    """Why a fact of these engagements is unknown."""
    ada = Client(party=ADA, engagements=engagements)
    return facts.of(ada, on=TODAY, currency="USD").why_unknown(fact)


class TestDoubts:
    @pytest.mark.parametrize("fact", ["engaged", "ongoing", "fiduciary"])
    def test_tell_of_a_closing_without_a_day(self, fact: str) -> None:
        """What hangs on a day that nobody knows says of which engagement."""
        told = why(
            fact, evolve(WORK, regimes=frozenset({RegimeId("code")}), closed=Closing())
        )

        assert told == "on which day the engagement 'tax' was closed is unknown"

    def test_tell_of_the_rules(self) -> None:
        """What hangs on a body of rules says on which, and of which engagement."""
        governed = evolve(WORK, regimes=frozenset(map(RegimeId, ("us.b", "us.a"))))

        assert why("fiduciary", WORK, evolve(governed, id=EngagementId("b"))) == (
            "the engagement 'b' is governed by us.a, us.b, and nobody has put on"
            " record whether that makes a duty"
        )

    @pytest.mark.parametrize(
        ("judged", "told"),
        [
            ((True, False), "it holds of some of the services, and not of others"),
            ((None, False), "nobody has judged it"),
            ((True, None), "nobody has judged it"),
        ],
    )
    def test_tell_of_services_that_differ(
        self, judged: tuple[bool | None, ...], told: str
    ) -> None:
        """What differs is no judgement that somebody still has to make."""
        services = tuple(
            Service(line=str(at), recurring=holds) for at, holds in enumerate(judged)
        )

        assert why("recurring", evolve(WORK, services=services)) == told

    @given(clients(), days())
    def test_are_of_what_is_unknown(self, client: Customer, on: date) -> None:
        """No fact that is known is doubted, and none is doubted twice."""
        told: Any = facts.of(client, on=on, currency="USD")
        doubted = [unknown.fact for unknown in told.unknown]
        event(f"{min(len(doubted), 3)} doubted")

        assert len(set(doubted)) == len(doubted)
        assert {getattr(told, fact) for fact in doubted} <= {None}
