from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from relationkit import facts, policy
from relationkit.contracts import Contract, ContractForm
from relationkit.engagements import Engagement, Judgement, Matter, Service
from relationkit.errors import UnknownIdError
from relationkit.money import Money
from relationkit.parties import Person
from relationkit.records import ContractId, EngagementId, PartyId, PurchaseId
from relationkit.relationships import (
    Client,
    Consent,
    Customer,
    History,
    Inquiry,
    Purchase,
    Stance,
    StatedStance,
)
from relationkit.strategies import (
    clients,
    consents,
    contracts,
    customers,
    days,
    engagements,
    histories,
    inquiries,
    judgements,
    purchases,
    relationships,
    stated_stances,
)

EDITION = policy.edition("2026-11")
DAY, ONE = date(2026, 1, 1), timedelta(1)
US, ADA, ACME = map(PartyId, ("us", "ada", "acme"))

near = st.dates(DAY, date(2026, 1, 9))


def work(id_: str, *for_: PartyId, contract: str | None = None) -> Engagement:
    """An engagement, under a contract or not."""
    return Engagement(
        id=EngagementId(id_),
        opened=DAY,
        clients=frozenset(for_),
        services=(Service(line="tax"),),
        contract=None if contract is None else ContractId(contract),
    )


def paper(id_: str, *parties: PartyId) -> Contract:
    """A contract that nobody has signed yet."""
    return Contract(
        id=ContractId(id_),
        form=ContractForm.ENGAGEMENT_LETTER,
        parties=frozenset(parties),
    )


ada = Customer(party=Person(id=ADA, name="Ada Byron"))


class TestStance:
    @given(histories(), st.lists(stated_stances(days=near), max_size=3), near)
    def test_is_what_was_said_last(
        self, history: History, made: list[StatedStance], day: date
    ) -> None:
        """It stands from its day until they say otherwise; unstated before that."""
        said = {stated.on: stated for stated in made}
        told = evolve(history, stances=tuple(said.values()))

        while day not in said and day >= DAY:
            assert told.stance(day) is told.stance(day - ONE)
            day -= ONE
        stance = said[day].stance if day in said else Stance.UNSTATED
        assert told.stance(day) is stance

    @given(relationships(), st.sampled_from(Stance), days())
    def test_is_not_changed_by_what_is_said_later(
        self, known: Customer, stance: Stance, day: date
    ) -> None:
        """What they say on a day changes nothing about the days before it."""
        kept = tuple(stated for stated in known.stances if stated.on < day)
        before = evolve(known, stances=kept)
        after = evolve(known, stances=(*kept, StatedStance(stance=stance, on=day)))

        assert after.stance(day - ONE) is before.stance(day - ONE)
        assert after.stance(day) is stance

    @given(histories(), stated_stances(), st.sampled_from(Stance))
    def test_is_said_once_a_day(
        self, history: History, stated: StatedStance, other: Stance
    ) -> None:
        """Two of one day are refused: nobody knows which came last."""
        two = (stated, evolve(stated, stance=other))

        with pytest.raises(
            ValueError, match=f"^stances has two of {stated.on}; keep the one that"
        ):
            evolve(history, stances=two)


class TestConsent:
    @given(consents(days=near), near)
    def test_stands_from_its_day_until_withdrawn(
        self, consent: Consent, day: date
    ) -> None:
        """The day of the withdrawal is the first on which it no longer stands."""
        withdrawn = consent.withdrawn or date.max

        assert consent.is_valid(day) == (consent.given <= day < withdrawn)
        assert consent.is_valid(consent.given) == (withdrawn > consent.given)
        assert not consent.is_valid(consent.given - ONE)

    @given(consents(), near)
    def test_is_not_changed_before_it_is_withdrawn(
        self, consent: Consent, day: date
    ) -> None:
        """Taking it back makes nothing forbidden that was done before."""
        stands = evolve(consent, given=DAY, withdrawn=None)

        assert evolve(stands, withdrawn=day + ONE).is_valid(day)
        assert stands.is_valid(day)

    @given(consents(), st.integers(1, 99))
    def test_is_not_withdrawn_before_it_was_given(
        self, consent: Consent, early: int
    ) -> None:
        """A withdrawal before the first day is refused, with both days."""
        day = consent.given - timedelta(early)
        told = (
            f"^withdrawn is {day}, before the consent was given on"
            f" {consent.given}; correct one of the two days$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(consent, withdrawn=day)

    @given(consents())
    def test_is_for_a_purpose(self, consent: Consent) -> None:
        """Nobody consents to nothing in particular."""
        with pytest.raises(
            ValueError, match=r"^purpose( of '.*')?: expected a text that is not blank"
        ):
            evolve(consent, purpose=" ")


class TestInquiry:
    @given(inquiries())
    def test_is_about_something(self, inquiry: Inquiry) -> None:
        """An inquiry about nothing is refused."""
        with pytest.raises(
            ValueError, match=r"^about( of '.*')?: expected a text that is not blank"
        ):
            evolve(inquiry, about="")


class TestPurchase:
    @given(purchases(), st.decimals("0.01", 9999, places=2))
    def test_costs_zero_or_more(self, purchase: Purchase, cost: Decimal) -> None:
        """It may be free or at an unknown price, and is never paid for by us."""
        told = f"^amount of '{purchase.id}' is -{cost} USD; a purchase costs zero or"

        for free in (None, Money(Decimal(0), "USD")):
            assert evolve(purchase, amount=free).amount == free
        with pytest.raises(ValueError, match=told):
            evolve(purchase, amount=Money(-cost, "USD"))

    @given(purchases())
    def test_has_an_id(self, purchase: Purchase) -> None:
        """An id that is not what it looks like is refused."""
        with pytest.raises(
            ValueError, match=r"^id( of '.*')?: expected an id with no blank"
        ):
            evolve(purchase, id=PurchaseId(" "))


class TestHistory:
    @given(histories(), purchases(), purchases())
    def test_has_each_purchase_once(
        self, history: History, one: Purchase, other: Purchase
    ) -> None:
        """Two purchases of one id are refused, whether they are alike or not."""
        twice = (one, evolve(other, id=one.id))
        told = f"^purchases has '{one.id}' twice; keep one, or give each its own id$"

        with pytest.raises(ValueError, match=told):
            evolve(history, purchases=twice)

    @given(histories(), st.booleans())
    def test_judges_a_matter_once_a_day(
        self,
        history: History,
        holds: bool,  # noqa: FBT001
    ) -> None:
        """Its judgements are such that one of them is the latest."""
        sure = Judgement(matter=Matter.WANTS_CERTAINTY, holds=True, on=DAY)
        two = (sure, evolve(sure, holds=holds, because="they said so"))

        with pytest.raises(ValueError, match=r"^judgements has two on wants_certainty"):
            evolve(history, judgements=two)

    @given(histories() | relationships(), judgements())
    def test_has_judgements_on_the_customer(
        self, history: History, said: Judgement
    ) -> None:
        """A judgement that stands elsewhere, and is never read here, is refused."""
        if said.matter is Matter.WANTS_CERTAINTY:
            assert evolve(history, judgements=(said,)).judgements == (said,)
        else:
            told = f"^judgements has one on {said.matter}, which is about an engagement"
            with pytest.raises(ValueError, match=told):
                evolve(history, judgements=(said,))


class TestCustomer:
    @given(customers())
    def test_need_not_be_a_client(self, known: Customer) -> None:
        """Not every customer is a client."""
        assert not isinstance(known, Client)

    @given(customers(), contracts(parties=st.just(frozenset({US, PartyId("eve")}))))
    def test_is_party_to_its_papers(self, known: Customer, other: Contract) -> None:
        """A contract among others is refused, with what to do about it."""
        told = (
            f"contracts has {other.id!r}, to which {known.party.id!r} is not a party;"
            " leave it out, or correct its parties"
        )

        with pytest.raises(ValueError, match="which") as caught:
            evolve(known, contracts=(other,))
        assert str(caught.value) == told

    def test_has_each_paper_once(self) -> None:
        """Two contracts of one id are refused."""
        two = (paper("letter", ADA, US), paper("letter", ADA, ACME))
        told = r"^contracts has 'letter' twice; keep one, or give each its own id$"

        with pytest.raises(ValueError, match=told):
            evolve(ada, contracts=two)


class TestClient:
    @given(clients())
    def test_is_a_customer(self, client: Client) -> None:
        """Every client is a customer, with all that a customer has."""
        assert isinstance(client, Customer)
        assert {f.name for f in fields(Customer)} < {f.name for f in fields(Client)}

    @given(clients(), days())
    def test_is_taken_wherever_a_customer_is(self, client: Client, day: date) -> None:
        """What takes a customer takes a client: its stance, its facts, a policy."""
        plain = client.as_customer()

        assert client.stance(day) is plain.stance(day)
        assert facts.of(client, on=day, currency="USD").on == day
        assert EDITION.assess(client, on=day).party == client.party.id

    @given(clients())
    def test_is_a_plain_customer_before_its_work(self, client: Client) -> None:
        """Before its first engagement it is to us what any customer would be."""
        eve = min(work.opened for work in client.engagements) - ONE
        theirs = (c for c in client.contracts if client.party.id in c.parties)
        plain = evolve(client.as_customer(), contracts=tuple(theirs))

        told, expected = EDITION.assess(client, on=eve), EDITION.assess(plain, on=eve)
        assert told.service == expected.service
        assert not told.engagements

    @given(clients())
    def test_has_an_engagement(self, client: Client) -> None:
        """A client without one is a customer, and is to be made as one."""
        told = (
            r"^engagements: expected one or more, got none; a client without one is a "
        )

        with pytest.raises(ValueError, match=told):
            evolve(client, engagements=(), contracts=())

    @given(clients(), engagements(clients=st.just(frozenset({PartyId("eve")}))))
    def test_is_client_in_its_engagements(
        self, client: Client, other: Engagement
    ) -> None:
        """Work for somebody else is refused, with what to do about it."""
        told = (
            f"engagements has {other.id!r}, in which {client.party.id!r} is not a"
            " client; leave it out, or correct its clients"
        )

        with pytest.raises(ValueError, match="in which") as caught:
            evolve(client, engagements=(other,), contracts=())
        assert str(caught.value) == told

    @given(clients())
    def test_has_each_engagement_once(self, client: Client) -> None:
        """Two engagements of one id are refused, whether they are alike or not."""
        one = client.engagements[0]
        told = f"engagements has {one.id!r} twice; keep one, or give each its own id"

        with pytest.raises(ValueError, match="twice") as caught:
            evolve(
                client, engagements=(*client.engagements, evolve(one, word="patient"))
            )
        assert str(caught.value) == told

    @given(clients())
    def test_has_the_papers_of_its_engagements(self, client: Client) -> None:
        """The contract under which an engagement runs is not left out."""
        one = evolve(client.engagements[0], contract=ContractId("lost"))
        told = (
            f"engagements has {one.id!r} under the contract 'lost', which is not in"
            " contracts; add it"
        )

        with pytest.raises(ValueError, match="under the contract") as caught:
            evolve(client, engagements=(one,), contracts=())
        assert str(caught.value) == told

    @given(clients())
    def test_is_party_to_its_papers_or_works_under_them(self, client: Client) -> None:
        """A contract is theirs, or one of their engagements runs under it."""
        under = {engagement.contract for engagement in client.engagements}

        for contract in client.contracts:
            assert client.party.id in contract.parties or contract.id in under

    def test_has_no_paper_of_others(self) -> None:
        """A contract among others is refused unless an engagement runs under it."""
        letter = paper("letter", ACME, US)
        tax = work("tax", ADA, contract="letter")
        told = r"^contracts has 'letter', to which 'ada' is not a party; leave it out"

        client = Client(party=ada.party, contracts=(letter,), engagements=(tax,))
        assert client.contracts == (letter,)
        with pytest.raises(ValueError, match=told):
            evolve(client, engagements=(work("tax", ADA),))


class TestEngagement:
    @given(clients())
    def test_is_found_by_its_id(self, client: Client) -> None:
        """Each engagement is the one that its id finds."""
        for engagement in client.engagements:
            assert client.engagement(engagement.id) == engagement

    def test_is_not_found_by_another(self) -> None:
        """An id that is not on record is told with the nearest that is."""
        both = (work("tax-2026", ADA), work("audit", ADA))
        client = Client(party=ada.party, engagements=both)

        near = r"^there is no engagement 'tax-2062' \(did you mean 'tax-2026'\?\)$"
        with pytest.raises(UnknownIdError, match=near):
            client.engagement("tax-2062")
        far = r"^there is no engagement 'x' \(one of: audit, tax-2026\)$"
        with pytest.raises(UnknownIdError, match=far):
            client.engagement("x")


class TestAsCustomer:
    @given(clients())
    def test_says_the_same_but_for_the_work(self, client: Client) -> None:
        """Party and history are the client's; nothing is left of the engagements."""
        plain = client.as_customer()

        assert type(plain) is Customer
        assert plain.party == client.party
        for name in [field.name for field in fields(History)]:
            assert getattr(plain, name) == getattr(client, name)

    @given(clients())
    def test_leaves_out_the_papers_of_the_work_alone(self, client: Client) -> None:
        """Papers under which an engagement runs go with it, and all others stay."""
        under = {engagement.contract for engagement in client.engagements}
        kept = {c for c in client.contracts if c.id not in under}

        assert set(client.as_customer().contracts) == kept

    def test_keeps_a_membership(self) -> None:
        """The letter of the work goes though they signed it; a membership stays."""
        papers = (paper("letter", ADA, US), paper("member", ADA, US))
        tax = work("tax", ADA, contract="letter")
        client = Client(party=ada.party, contracts=papers, engagements=(tax,))

        assert client.as_customer() == evolve(ada, contracts=papers[1:])
