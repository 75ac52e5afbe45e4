"""Never run; type checkers must accept every line of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import assert_never, assert_type

from relationkit.books import Book, CustomerRecord, Record
from relationkit.calendars import BusinessCalendar
from relationkit.contracts import Contract, ContractForm, ContractStatus, Signature
from relationkit.duties import Basis, Duty, FiduciaryDuty, OtherDuty
from relationkit.engagements import (
    Closing,
    EndReason,
    Engagement,
    Fiduciary,
    Judgement,
    Matter,
    Service,
    Stakes,
    Tailoring,
    latest,
)
from relationkit.money import Money
from relationkit.parties import Organisation, Party, Person
from relationkit.periods import Period
from relationkit.records import CalendarId, ContractId, EngagementId, PartyId
from relationkit.relationships import Client, Customer, Purchase, Stance

day = date(2026, 11, 22)
ada = Person(id=PartyId("ada"), name="Ada Byron")
us = Organisation(id=PartyId("us"), name="Lovelace & Co")
tax = Engagement(
    id=EngagementId("tax"),
    opened=day,
    clients=frozenset({ada.id}),
    services=(Service(line="tax"),),
)

# A book gives customers, some of which are clients.
book = Book(provider=us, parties=(ada,))
assert_type(book, Book)
assert_type(book.with_(ada, tax), Book)
assert_type(book.without(ada), Book)
assert_type(book.provider, Person | Organisation)
assert_type(book.parties, tuple[Person | Organisation, ...])
assert_type(book.relationship("ada"), Customer | Client)
assert_type(book.relationships(), Iterator[Customer | Client])
assert_type(book.customer_ids, tuple[PartyId, ...])
assert_type(book.day(datetime(2026, 11, 22, tzinfo=UTC)), date)
customer = Customer(party=ada)
client = Client(party=ada, engagements=(tax,))
assert_type(client.engagement("tax"), Engagement)
assert_type(client.as_customer(), Customer)
assert_type(client.stance(day), Stance)


def narrowed(known: Customer | Client) -> tuple[Engagement, ...]:
    """A client has engagements, and a customer that is none has no such field."""
    known.engagements  # type: ignore[union-attr]  # noqa: B018
    if isinstance(known, Client):
        assert_type(known, Client)
        return known.engagements
    assert_type(known, Customer)
    return ()


def matched(known: Customer | Client) -> str:
    """A match over a relationship is complete with its two classes."""
    match known:
        case Client(engagements=engagements):
            assert_type(engagements, tuple[Engagement, ...])
            return engagements[0].title
        case Customer(party=party):
            assert_type(party, Person | Organisation)
            return party.name
        case never:
            assert_never(never)


def forgotten(known: Customer | Client) -> str:
    """A match for clients alone leaves out the customers."""
    match known:
        case Client():
            return known.engagements[0].title
        case never:
            assert_never(never)  # type: ignore[arg-type]


def served(known: Customer) -> PartyId:
    """What takes a customer takes a client."""
    return known.party.id


def engaged(known: Client) -> Engagement:
    """What takes a client takes no mere customer."""
    return known.engagements[0]


served(customer)
served(client)
served(book.relationship("ada"))
engaged(client)
engaged(customer)  # type: ignore[arg-type]
engaged(book.relationship("ada"))  # type: ignore[arg-type]
known_customers: tuple[Customer, ...] = (customer, client)
known_clients: tuple[Client, ...] = (client, customer)  # type: ignore[assignment]


def owed(duty: Duty) -> frozenset[PartyId]:
    """A match over a duty is complete with its two kinds."""
    assert_type(duty.owed_by, PartyId)
    match duty:
        case FiduciaryDuty(principal=principal, basis=basis):
            assert_type(basis, Basis)
            return frozenset({principal})
        case OtherDuty(owed_to=others):
            assert_type(others, frozenset[PartyId])
            return others
        case never:
            assert_never(never)


def owed_by_fiduciaries(duty: Duty) -> frozenset[PartyId]:
    """A match that forgets the duties that are not fiduciary is refused."""
    duty.fiduciary  # type: ignore[union-attr]  # noqa: B018
    match duty:
        case FiduciaryDuty():
            return duty.owed_to
        case never:
            assert_never(never)  # type: ignore[arg-type]


def greeting(party: Party) -> str:
    """A match over a party is complete with its two kinds."""
    match party:
        case Person(name=name):
            return name
        case Organisation(name=name):
            return name
        case never:
            assert_never(never)


def kept(record: Record) -> str:
    """A match over records is complete with all that a book keeps, and no less."""
    match record:
        case Person() | Organisation() | Engagement() | Contract():
            return record.id
        case CustomerRecord():
            return record.party
        case never:
            assert_never(never)  # type: ignore[arg-type]


def bound(contract: Contract) -> str:
    """A match over a status is complete with its members."""
    assert_type(contract.status(day), ContractStatus)
    assert_type(contract.is_in_force(day), bool)
    assert_type(contract.executed_on, date | None)
    match contract.status(day):
        case ContractStatus.DRAFTED | ContractStatus.SIGNED:
            return "not yet"
        case ContractStatus.IN_FORCE:
            return "yes"
        case ContractStatus.ENDED:
            return "no longer"


def half_bound(contract: Contract) -> str:
    """A match that forgets a status is refused."""
    match contract.status(day):  # type: ignore[exhaustive-match]
        case ContractStatus.IN_FORCE:
            return "yes"
    return "no"


# What an engagement is on a day may be unknown, and is not taken for no.
assert_type(tax.is_open(day), bool | None)
assert_type(tax.fiduciary(day), Fiduciary | None)
assert_type(tax.close(on=day, why=EndReason.COMPLETED), Engagement)
assert_type(latest(tax.judgements, Matter.FIDUCIARY, on=day), Judgement | None)
assert_type(tax.closed, Closing | None)
assert_type(tax.services[0].tailoring, Tailoring | None)
tax.fiduciary(day).rank  # type: ignore[union-attr]  # noqa: B018
tax.closed.on  # type: ignore[union-attr]  # noqa: B018

# Fields go by name, for none to be mistaken for another.
Person(PartyId("ada"), "Ada Byron")  # type: ignore[call-arg]
Customer(ada)  # type: ignore[call-arg, arg-type]
Signature(ada.id, day)  # type: ignore[call-arg]
Book(us)  # type: ignore[call-arg]
tax.close(day)  # type: ignore[call-arg]
Client(party=ada)  # type: ignore[call-arg]
Person(id=PartyId("ada"), called="Ada Byron")  # type: ignore[call-arg]

# An id is one of its kind; a word is none.
Person(id="ada", name="Ada Byron")  # type: ignore[arg-type]
Person(id=EngagementId("ada"), name="Ada Byron")  # type: ignore[arg-type]
Signature(party="ada", on=day)  # type: ignore[arg-type]
CustomerRecord(party=ada)  # type: ignore[arg-type]
tax.contract == ContractId("letter")  # noqa: B015
tax.contract == ada  # type: ignore[comparison-overlap]  # noqa: B015

# What is to be a tuple, a frozen set or a day is one.
Book(provider=us, parties=[ada])  # type: ignore[arg-type]
Client(party=ada, engagements=[tax])  # type: ignore[arg-type]
Client(party=ada, engagements=(tax.id,))  # type: ignore[arg-type]
Contract(
    id=ContractId("letter"),
    form=ContractForm.ENGAGEMENT_LETTER,
    parties={ada.id, us.id},  # type: ignore[arg-type]
)
Period("2026-11-22")  # type: ignore[arg-type]
Period(day, 365)  # type: ignore[arg-type]

# A member is one of its own enum, and no word.
Contract(
    id=ContractId("letter"),
    form="engagement_letter",  # type: ignore[arg-type]
    parties=frozenset({ada.id, us.id}),
)
Service(line="tax", tailoring=Stakes.HIGH)  # type: ignore[arg-type]
Service(line="tax", stakes="high")  # type: ignore[arg-type]
Judgement(matter=Fiduciary.YES, holds=True, on=day)  # type: ignore[arg-type]
tax.close(on=day, why="done")  # type: ignore[arg-type]
client.stance(day) is Stakes.HIGH  # type: ignore[comparison-overlap]  # noqa: B015

# Records are what a book keeps; a client is put together from them.
book.with_(customer)  # type: ignore[arg-type]
book.without("ada")  # type: ignore[arg-type]

# A calendar has hours and dates, and no text for them.
BusinessCalendar(id=CalendarId("ours"), zone="UTC", weekly="nonsense")  # type: ignore[arg-type]
BusinessCalendar(id=CalendarId("ours"), zone="UTC", weekly=(), exceptions=[day])  # type: ignore[arg-type]

# Nothing of it changes.
ada.name = "Ada Lovelace"  # type: ignore[misc]
client.engagements = ()  # type: ignore[misc]
tax.clients.add(us.id)  # type: ignore[attr-defined]
book.parties.append(us)  # type: ignore[attr-defined]


def cost(purchase: Purchase) -> Money:
    """A price may be unknown, and is not taken for zero."""
    return purchase.amount  # type: ignore[return-value]
