from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from relationkit.books import Book, CustomerRecord, Record
from relationkit.books._records import SHELVES
from relationkit.calendars import always
from relationkit.contracts import Contract, ContractForm
from relationkit.duties import (
    Basis,
    Character,
    Duty,
    DutyKind,
    FiduciaryDuty,
    OtherDuty,
    Standard,
    Writing,
    WritingKind,
)
from relationkit.engagements import Engagement, Service
from relationkit.errors import BookError, Problem
from relationkit.fees import RateCard
from relationkit.parties import Organisation, Person
from relationkit.periods import Period
from relationkit.records import (
    CalendarId,
    ContractId,
    EngagementId,
    PartyId,
    PurchaseId,
    RateCardId,
    WritingId,
)
from relationkit.relationships import Purchase
from relationkit.strategies import books

DAY = date(2026, 1, 1)
US, ADA, BOB, EVE = map(PartyId, ("us", "ada", "bob", "eve"))
PROVIDER = Organisation(id=US, name="Lovelace & Co")
PARTIES = (Person(id=ADA, name="Ada Byron"), Person(id=BOB, name="Bob"))

CUSTOMER = CustomerRecord(party=ADA)
ENGAGEMENT = Engagement(
    id=EngagementId("tax"),
    opened=DAY,
    clients=frozenset({ADA}),
    services=(Service(line="tax"),),
)
CONTRACT = Contract(
    id=ContractId("letter"),
    form=ContractForm.ENGAGEMENT_LETTER,
    parties=frozenset({ADA, US}),
)
WRITING = Writing(
    id=WritingId("notice"),
    kind=WritingKind.NOTICE,
    about="fees",
    given_to=frozenset({ADA}),
    on=DAY,
)
OFFICE = always(zone="UTC", id=CalendarId("office"))
CARD = RateCard(id=RateCardId("standard"), currency="USD")
CARE = OtherDuty(
    kind=DutyKind.CARE,
    character=Character.CONTRACTUAL,
    standard=Standard.REASONABLE_CARE,
    owed_by=US,
    owed_to=frozenset({ADA}),
    period=Period(DAY),
)
LOYALTY = FiduciaryDuty(
    basis=Basis.CONTRACT, fiduciary=US, principal=ADA, period=Period(DAY)
)
CHAIR = Purchase(id=PurchaseId("1"), on=DAY, service=Service(line="furniture"))


def problems(*parties: Record, **shelves: Any) -> tuple[Problem, ...]:  # noqa: ANN401
    """What is wrong with the book of some records; nothing if it is one."""
    try:
        Book(provider=PROVIDER, parties=(*PARTIES, *parties), **shelves)  # type: ignore[arg-type]
    except BookError as error:
        return error.problems
    return ()


def shelved(record: Record) -> dict[str, tuple[Record, ...]]:
    """One record on its shelf."""
    return {SHELVES[type(record)]: (record,)}


def in_role(role: str, *parties: PartyId) -> Engagement:
    """The engagement with some parties in a role."""
    changes: dict[str, Any] = {role: frozenset(parties)}
    return evolve(ENGAGEMENT, **changes)


SAY = "one of: ada, bob, us"
NAMING: dict[str, tuple[Record, str]] = {
    "customers/0/party": (evolve(CUSTOMER, party=EVE), SAY),
    "customers/0/purchases/0/payer": (
        evolve(CUSTOMER, purchases=(evolve(CHAIR, payer=EVE),)),
        SAY,
    ),
    **{
        f"engagements/0/{role}/1": (
            in_role(role, ADA, EVE),
            SAY,
        )
        for role in ("clients", "payers", "subjects", "staff")
    },
    "engagements/0/adverse/0": (evolve(ENGAGEMENT, adverse=frozenset({EVE})), SAY),
    "contracts/0/parties/0": (evolve(CONTRACT, parties=frozenset({EVE, US})), SAY),
    "writings/0/given_to/0": (evolve(WRITING, given_to=frozenset({EVE})), SAY),
}
"""By pointer, a record that names there somebody who is not on record."""

UNDERTAKEN: dict[str, Duty] = {
    "owed_by": evolve(CARE, owed_by=EVE),
    "owed_to": evolve(CARE, owed_to=frozenset({ADA, EVE})),
    "fiduciary": evolve(LOYALTY, fiduciary=EVE),
    "principal": evolve(LOYALTY, principal=EVE),
    "beneficiaries": evolve(LOYALTY, beneficiaries=frozenset({EVE})),
}


class TestReferences:
    @given(books())
    def test_of_a_book_are_all_there(self, book: Book) -> None:
        """What a book keeps makes a book in any order, and on no other shelf."""
        records = {shelf: getattr(book, shelf) for shelf in SHELVES.values()}
        turned = {shelf: those[::-1] for shelf, those in records.items()}

        assert evolve(book, **turned) == book

    def test_of_work_are_to_a_contract_of_its_own(self) -> None:
        """A contract between strangers to the work promises it nothing."""
        work = evolve(in_role("clients", BOB), contract=CONTRACT.id)
        [problem] = problems(engagements=(work,), contracts=(CONTRACT,))

        assert str(problem) == (
            "/engagements/0/contract: 'letter' is between 'ada', 'us', none of whom is"
            " a client, payer or subject of this work (name another contract, or add"
            " whom it binds to the payers)"
        )

    @pytest.mark.parametrize("role", ["clients", "payers", "subjects"])
    def test_of_work_may_be_to_the_contract_of_a_payer(self, role: str) -> None:
        """A parent pays for a child, and a sponsor for a plan: either may agree."""
        clients = frozenset({BOB})
        changes: dict[str, Any] = {"clients": clients, role: clients | {ADA}}
        work = evolve(ENGAGEMENT, contract=CONTRACT.id, **changes)

        assert not problems(engagements=(work,), contracts=(CONTRACT,))

    @pytest.mark.parametrize("pointer", NAMING)
    def test_are_to_parties_on_record(self, pointer: str) -> None:
        """Wherever a record names a party, it is one of the book or its provider."""
        record, hint = NAMING[pointer]
        told = Problem(
            f"/{pointer}",
            "reference",
            "'eve' is not among the parties of the book",
            hint,
        )
        eve = Person(id=EVE, name="Eve")

        assert problems(**shelved(record)) == (told,)
        assert problems(eve, **shelved(record)) == ()

    @pytest.mark.parametrize("role", UNDERTAKEN)
    def test_of_duties_are_to_parties_on_record(self, role: str) -> None:
        """Whoever owes a duty undertaken, or is owed it, is on record."""
        work = evolve(ENGAGEMENT, undertakings=(UNDERTAKEN[role],))

        (problem,) = problems(engagements=(work,))
        place = {"owed_to": "/1", "beneficiaries": "/0"}.get(role, "")
        assert problem.pointer == f"/engagements/0/undertakings/0/{role}{place}"
        assert problem.message == "'eve' is not among the parties of the book"
        assert problems(Person(id=EVE, name="Eve"), engagements=(work,)) == ()

    def test_are_to_contracts_on_record(self) -> None:
        """An engagement runs under a contract of the book; the nearest is told."""
        work = evolve(ENGAGEMENT, contract=ContractId("leter"))
        told = Problem(
            "/engagements/0/contract",
            "reference",
            "'leter' is not among the contracts of the book",
            "did you mean 'letter'?",
        )
        right = evolve(work, contract=CONTRACT.id)

        assert problems(engagements=(work,), contracts=(CONTRACT,)) == (told,)
        assert problems(engagements=(right,), contracts=(CONTRACT,)) == ()

    def test_are_to_engagements_on_record(self) -> None:
        """A writing belongs to an engagement of the book; if none is there, add it."""
        writing = evolve(WRITING, engagement=ENGAGEMENT.id)
        told = Problem(
            "/writings/0/engagement",
            "reference",
            "'tax' is not among the engagements of the book",
            "add it to engagements, or name another",
        )

        assert problems(writings=(writing,)) == (told,)
        assert problems(writings=(writing,), engagements=(ENGAGEMENT,)) == ()

    def test_may_be_to_the_provider(self) -> None:
        """The provider is on record as itself: it signs, owes and pays."""
        work = evolve(ENGAGEMENT, payers=frozenset({US}), undertakings=(CARE, LOYALTY))
        gift = evolve(CUSTOMER, purchases=(evolve(CHAIR, payer=US),))

        shelves = {"engagements": (work,), "customers": (gift,)}
        assert problems(**shelves, contracts=(CONTRACT,)) == ()

    def test_that_dangle_are_told_wherever_they_stand(self) -> None:
        """Whoever is named twice is told of twice, each time where that is."""
        chairs = tuple(
            evolve(CHAIR, id=PurchaseId(id_), payer=EVE) for id_ in ("1", "2")
        )
        work = evolve(
            ENGAGEMENT,
            payers=frozenset({EVE}),
            undertakings=(UNDERTAKEN["owed_by"], UNDERTAKEN["fiduciary"]),
        )
        bought = evolve(CUSTOMER, purchases=chairs)

        told = problems(customers=(bought,), engagements=(work,))
        assert [problem.pointer for problem in told] == [
            "/customers/0/purchases/0/payer",
            "/customers/0/purchases/1/payer",
            "/engagements/0/payers/0",
            "/engagements/0/undertakings/0/fiduciary",
            "/engagements/0/undertakings/1/owed_by",
        ]


TWICE: dict[str, tuple[Record, Record]] = {
    "customers": (CUSTOMER, evolve(CUSTOMER, purchases=(CHAIR,))),
    "engagements": (ENGAGEMENT, evolve(ENGAGEMENT, word="patient")),
    "contracts": (CONTRACT, evolve(CONTRACT, title="other")),
    "writings": (WRITING, evolve(WRITING, about="other")),
    "calendars": (OFFICE, evolve(OFFICE, known_through=DAY)),
    "rates": (CARD, evolve(CARD, currency="EUR")),
}


def duplicate(pointer: str, id_: str) -> Problem:
    """That an id is on record before."""
    return Problem(
        pointer,
        "duplicate",
        f"the id {id_!r} is on record before this one",
        "give each an id of its own, or merge the two",
    )


class TestIds:
    @pytest.mark.parametrize("shelf", TWICE)
    def test_stand_on_one_record_of_a_kind(self, shelf: str) -> None:
        """The second record of an id is told, whether it says the same or not."""
        one, other = TWICE[shelf]
        id_ = "ada" if shelf == "customers" else one.id  # type: ignore[union-attr]

        told = duplicate(f"/{shelf}/1", id_)
        assert problems(**{shelf: (one, other)}) == (told,)
        assert problems(**{shelf: (one, one)}) == (told,)

    def test_stand_on_one_party(self) -> None:
        """No two parties share an id, be it a person and an organisation."""
        firm = Organisation(id=ADA, name="Ada & Co")

        assert problems(firm) == (duplicate("/parties/2", "ada"),)

    def test_of_the_provider_are_its_own(self) -> None:
        """The provider is no party beside itself."""
        assert problems(PROVIDER) == (duplicate("/parties/2", "us"),)

    def test_of_one_kind_may_be_those_of_another(self) -> None:
        """A contract may be called as an engagement is, and as a party is."""
        work = evolve(ENGAGEMENT, id=EngagementId("ada"))
        letter = evolve(CONTRACT, id=ContractId("ada"))

        assert problems(engagements=(work,), contracts=(letter,)) == ()

    def test_of_purchases_are_their_customer_s(self) -> None:
        """Two customers may each have a purchase of one id."""
        both = tuple(
            CustomerRecord(party=party, purchases=(CHAIR,)) for party in (ADA, BOB)
        )

        assert problems(customers=both) == ()


class TestProvider:
    @pytest.mark.parametrize(
        "record",
        [CustomerRecord(party=US), evolve(ENGAGEMENT, clients=frozenset({ADA, US}))],
        ids=["customer", "client"],
    )
    def test_serves_others(self, record: Record) -> None:
        """It is neither a customer nor a client of its own."""
        told = Problem(
            f"/{SHELVES[type(record)]}/0",
            "value",
            "'us' is the provider, and cannot be its own customer",
            "name whom the provider serves",
        )

        assert problems(**shelved(record)) == (told,)

    @pytest.mark.parametrize("role", ["payers", "subjects", "adverse", "staff"])
    def test_may_have_any_other_role(self, role: str) -> None:
        """It may pay, work, be looked into, and even be the opponent."""
        work = in_role(role, US)

        assert problems(engagements=(work,)) == ()


class TestProblems:
    def test_are_told_all_at_once(self) -> None:
        """Whatever is wrong is told together, shelf by shelf, in the order given."""
        work = evolve(
            ENGAGEMENT,
            clients=frozenset({US, EVE}),
            contract=ContractId("lost"),
        )
        told = problems(
            PARTIES[0],
            customers=(CUSTOMER, CustomerRecord(party=EVE), CUSTOMER),
            engagements=(work,),
            writings=(evolve(WRITING, engagement=EngagementId("tx")),),
        )

        assert [(problem.pointer, problem.code) for problem in told] == [
            ("/parties/2", "duplicate"),
            ("/customers/1/party", "reference"),
            ("/customers/2", "duplicate"),
            ("/engagements/0/clients/0", "reference"),
            ("/engagements/0/contract", "reference"),
            ("/engagements/0", "value"),
            ("/writings/0/engagement", "reference"),
        ]

    def test_have_the_places_of_the_reader(self) -> None:
        """A place is that in the input, before anything is put in order."""
        first = evolve(WRITING, id=WritingId("z"), given_to=frozenset({EVE}))
        (problem,) = problems(writings=(first, WRITING))

        assert problem.pointer == "/writings/0/given_to/0"

    def test_guess_what_was_meant_of_the_first_few(self) -> None:
        """All dangling ids are told, and only some are looked up for what is near."""
        lost = tuple(CustomerRecord(party=PartyId(f"ada{n}")) for n in range(30))
        told = problems(customers=lost)

        assert len(told) == 30
        assert told[0].hint == "did you mean 'ada'?"
        assert told[-1].hint == "add it to parties, or name another"

    def test_cut_long_ids_short(self) -> None:
        """An id is told as far as anyone would read it."""
        long = PartyId("eve" * 1000)
        lost = CustomerRecord(party=long)
        told = problems(customers=(lost, lost))

        assert [problem.code for problem in told] == [
            "reference",
            "duplicate",
            "reference",
        ]
        assert all(long[:60] in problem.message for problem in told)
        assert all(long[:61] not in problem.message for problem in told)

    def test_are_told_in_lines(self) -> None:
        """The error reads as a list: place, fault and remedy."""
        lost = CustomerRecord(party=PartyId("adda"))

        with pytest.raises(BookError) as caught:
            Book(provider=PROVIDER, parties=PARTIES, customers=(CUSTOMER, lost, lost))
        dangling = "'adda' is not among the parties of the book (did you mean 'ada'?)"
        assert str(caught.value).splitlines() == [
            f"/customers/1/party: {dangling}",
            f"/customers/2: {duplicate('', 'adda')}",
            f"/customers/2/party: {dangling}",
        ]
