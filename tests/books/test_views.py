import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given

from relationkit.books import Book, CustomerRecord
from relationkit.contracts import Contract, ContractForm
from relationkit.engagements import Engagement, Service
from relationkit.errors import UnknownIdError
from relationkit.parties import Organisation, Person
from relationkit.records import ContractId, EngagementId, PartyId
from relationkit.relationships import Client, Customer, History, Inquiry
from relationkit.strategies import books

DAY = date(2026, 1, 1)
US, ADA, ACME = map(PartyId, ("us", "ada", "acme"))
ASKED = CustomerRecord(party=ADA, inquiries=(Inquiry(about="a chair", on=DAY),))
BOOK = Book(
    provider=Organisation(id=US, name="Lovelace & Co"),
    parties=(
        Person(id=ADA, name="Ada Byron"),
        Organisation(id=ACME, name="Acme"),
        Person(id=PartyId("eve"), name="Eve"),
    ),
)
LETTER = Contract(
    id=ContractId("letter"),
    form=ContractForm.ENGAGEMENT_LETTER,
    parties=frozenset({ACME, US}),
)
TAX = Engagement(
    id=EngagementId("tax"),
    opened=DAY,
    clients=frozenset({ADA}),
    payers=frozenset({ACME}),
    services=(Service(line="tax"),),
    contract=LETTER.id,
)


class TestRelationship:
    @given(books())
    def test_is_of_a_client_iff_work_is_on_record(self, book: Book) -> None:
        """Someone for whom an engagement is on record is a client, no other is."""
        for known in book.relationships():
            engaged = [e for e in book.engagements if known.party.id in e.clients]

            assert type(known) is (Client if engaged else Customer)
            if isinstance(known, Client):
                assert known.engagements == tuple(engaged)

    @given(books())
    def test_has_what_passed_with_them(self, book: Book) -> None:
        """Party and history are those of the book; nothing if nothing is on record."""
        histories = {record.party: record for record in book.customers}
        for known in book.relationships():
            history = histories.get(known.party.id, History())

            assert known.party in book.parties
            for name in [field.name for field in fields(History)]:
                assert getattr(known, name) == getattr(history, name)

    @given(books())
    def test_has_their_papers_and_those_of_their_work(self, book: Book) -> None:
        """Contracts are theirs, or such as their engagements run under; no others."""
        for known in book.relationships():
            id_ = known.party.id
            under = {e.contract for e in book.engagements if id_ in e.clients}
            papers = (c for c in book.contracts if id_ in c.parties or c.id in under)

            assert known.contracts == tuple(papers)

    @given(books())
    def test_is_of_customers_and_clients_alone(self, book: Book) -> None:
        """Payers, opponents, staff and the provider are no customers by that."""
        served = {record.party for record in book.customers}
        served |= {client for e in book.engagements for client in e.clients}

        assert set(book.customer_ids) == served
        with pytest.raises(UnknownIdError, match=r"^there is no customer "):
            book.relationship(book.provider.id)
        for party in book.parties:
            if party.id not in served:
                with pytest.raises(
                    UnknownIdError, match=r" is on record, and is no cust"
                ):
                    book.relationship(party.id)

    def test_is_under_a_contract_of_others(self) -> None:
        """The payer's letter is the client's paper too, if their work runs under it."""
        book = BOOK.with_(LETTER, TAX)

        known = book.relationship("ada")
        assert isinstance(known, Client)
        assert known.contracts == (LETTER,)
        assert known.engagement("tax") == TAX

    def test_is_what_the_book_says_now(self) -> None:
        """A changed book tells of the change, and the old one of what was."""
        asked = BOOK.with_(ASKED)
        engaged = asked.with_(LETTER, TAX)

        assert type(asked.relationship("ada")) is Customer
        assert type(engaged.relationship("ada")) is Client
        assert type(asked.relationship("ada")) is Customer
        assert engaged.relationship("ada").inquiries == ASKED.inquiries
        assert engaged.without(TAX).relationship("ada") == asked.relationship("ada")

    def test_of_several_is_that_of_each(self) -> None:
        """Work for two is on record with each of them."""
        joint = evolve(TAX, clients=frozenset({ADA, ACME}))
        book = BOOK.with_(LETTER, joint)

        told = [known.party.id for known in book.relationships()]
        assert told == [ACME, ADA]
        assert all(isinstance(known, Client) for known in book.relationships())

    def test_is_not_found_by_another_id(self) -> None:
        """An id that is no customer's is told with the nearest that is."""
        book = BOOK.with_(ASKED, CustomerRecord(party=ACME))

        near = r"^there is no customer 'adda' \(did you mean 'ada'\?\)$"
        with pytest.raises(UnknownIdError, match=near):
            book.relationship("adda")
        far = r"^there is no customer 'zoe' \(one of: acme, ada\)$"
        with pytest.raises(UnknownIdError, match=far):
            book.relationship("zoe")
        with pytest.raises(UnknownIdError, match=r"^there is no customer 'zoe'$"):
            BOOK.relationship("zoe")

    def test_is_made_of_someone_on_record_as_it_says(self) -> None:
        """Someone who is on record and no customer becomes one by what is told."""
        told = (
            "'ada' is on record, and is no customer; add"
            " CustomerRecord(party='ada'), or an engagement that has it among its"
            " clients"
        )

        with pytest.raises(UnknownIdError, match=f"^{re.escape(told)}$"):
            BOOK.relationship("ada")
        with_ = BOOK.with_(CustomerRecord(party=ADA))
        assert type(with_.relationship("ada")) is Customer

    @pytest.mark.parametrize(
        ("id_", "told"),
        [
            (BOOK.parties[0], "an Organisation; use its id, 'acme'"),
            (5, "got 5, an int; use PartyId('5')"),
            (None, "got None; use PartyId('...')"),
            ([], "got [], a list; use PartyId('...')"),
        ],
    )
    def test_is_asked_for_by_id(self, id_: Any, told: str) -> None:  # noqa: ANN401
        """What is no text is no id, and is not looked up."""
        with pytest.raises(TypeError, match=r"^id_: expected a PartyId, ") as caught:
            BOOK.relationship(id_)
        assert str(caught.value).endswith(told)


class TestRelationships:
    @given(books())
    def test_are_in_the_order_of_their_ids(self, book: Book) -> None:
        """Everyone comes once, as alone, in the order of ids."""
        known = list(book.relationships())
        ids = [one.party.id for one in known]

        assert ids == sorted(set(ids)) == list(book.customer_ids)
        assert known == [book.relationship(id_) for id_ in ids]
