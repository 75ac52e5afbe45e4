"""The book itself."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from typing import Any, Self

from attrs import evolve, field, fields, frozen

from relationkit.books._records import CustomerRecord, Record, key_of, shelf_of
from relationkit.books._references import Shelves, misfits
from relationkit.books._views import Views
from relationkit.calendars import BusinessCalendar
from relationkit.calendars._zones import NAMES, zone_of
from relationkit.constraints import asking
from relationkit.contracts import Contract
from relationkit.duties import Writing
from relationkit.engagements import Engagement
from relationkit.errors import BookError, UnknownIdError
from relationkit.fees import RateCard
from relationkit.parties import Party
from relationkit.records import PartyId, as_declared, is_of
from relationkit.relationships import Client, Customer

__all__ = ["Book"]


@frozen(kw_only=True, field_transformer=as_declared)
class Book:
    """All that one provider has on record.

    >>> from relationkit.parties import Organisation, Person
    >>> us = Organisation(id=PartyId("us"), name="Lovelace & Co")
    >>> ada = Person(id=PartyId("ada"), name="Ada Byron")
    >>> asked = CustomerRecord(party=ada.id)
    >>> book = Book(provider=us).with_(ada, asked)
    >>> book.relationship("ada").party.name
    'Ada Byron'
    >>> book.without(ada, asked) == Book(provider=us)
    True

    Attributes:
        provider: Whose book it is.
        zone: The provider's time zone, by its IANA name; it says which day an
            instant falls on.
        parties: Everyone else on record, in whatever role.
        customers: What passed with those who are customers.
        engagements: The work undertaken.
        contracts: The papers.
        writings: The notices, disclosures and warnings given.
        calendars: When business is open.
        rates: The cards by which the provider charges.

    Raises:
        BookError: If an id stands on two records of a kind, or a record names
            one that is not in the book; with every such problem.
        ValueError: If there is no such time zone.
    """

    provider: Party
    zone: str = field(default="UTC")
    parties: tuple[Party, ...] = ()
    customers: tuple[CustomerRecord, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    contracts: tuple[Contract, ...] = ()
    writings: tuple[Writing, ...] = ()
    calendars: tuple[BusinessCalendar, ...] = ()
    rates: tuple[RateCard, ...] = ()

    def __attrs_pre_init__(  # noqa: PLR0913, the fields, as they were handed in
        self,
        *,
        provider: Party,
        zone: str = "UTC",
        parties: tuple[Party, ...] = (),
        customers: tuple[CustomerRecord, ...] = (),
        engagements: tuple[Engagement, ...] = (),
        contracts: tuple[Contract, ...] = (),
        writings: tuple[Writing, ...] = (),
        calendars: tuple[BusinessCalendar, ...] = (),
        rates: tuple[RateCard, ...] = (),
    ) -> None:
        """Check before anything is put in order, so that places are the reader's."""
        shelves: Shelves = {
            "parties": parties,
            "customers": customers,
            "engagements": engagements,
            "contracts": contracts,
            "writings": writings,
            "calendars": calendars,
            "rates": rates,
        }
        kinds = {field.name: field.type for field in fields(Book)}
        is_of("provider", kinds["provider"], provider)
        for name, records in shelves.items():
            is_of(name, kinds[name], records)
        if problems := [*misfits(provider, shelves)]:
            raise BookError(problems)

    @zone.validator
    @asking(**NAMES)
    def _is_on_the_map(self, _: object, zone: str) -> None:
        _zone(zone)

    def day(self, instant: datetime) -> date:
        """Which day it is where the provider is, at *instant*.

        Raises:
            ValueError: If *instant* does not say in which zone it is, or is so
                near to the first or last there is that there it has no day.
            TypeError: If *instant* is a day.
        """
        is_of("instant", datetime, instant)
        if instant.utcoffset() is None:
            raise ValueError(f"instant is {instant}, in no zone; give an aware one")
        try:
            return instant.astimezone(_zone(self.zone)).date()
        except OverflowError:
            raise ValueError(
                f"instant is {instant}, which no day in {self.zone} has; give one"
                f" within the years 2 to 9998"
            ) from None

    def rates_on(self, day: date) -> tuple[RateCard, ...]:
        """The cards by which anything is charged on a *day*, in order of their ids.

        Raises:
            TypeError: If *day* is no day.
        """
        is_of("day", date, day)
        return tuple(card for card in self.rates if card.rates_on(day))

    def relationship(self, id_: str) -> Customer | Client:
        """What is on record about the customer of an id, in one piece.

        Someone for whom an engagement is on record is a
        :class:`~relationkit.relationships.Client`, all others are a plain
        :class:`~relationkit.relationships.Customer`.

        Raises:
            UnknownIdError: If nobody of that id is a customer or client.
            TypeError: If *id_* is no text.
        """
        is_of("id_", PartyId, id_)
        return self._views.of(id_)

    @property
    def customer_ids(self) -> tuple[PartyId, ...]:
        """The ids of all customers and clients, in order."""
        return self._views.ids

    @cached_property
    def _views(self) -> Views:
        return Views(self.parties, self.customers, self.engagements, self.contracts)

    def relationships(self) -> Iterator[Customer | Client]:
        """Every customer and client, in the order of their ids."""
        return map(self.relationship, self.customer_ids)

    def with_(self, *records: Record) -> Self:
        """The book with *records* in it, each in place of one of the same id.

        Raises:
            BookError: If they do not fit in; its places are those of the book
                as it would be, the new records last.
            TypeError: If one is no record, such as a list of them.
        """
        return self._changed(records, keep=True)

    def without(self, *records: Record) -> Self:
        """The book without *records*.

        Raises:
            BookError: If a record that stays names one that goes.
            UnknownIdError: If one is not in the book.
            TypeError: If one is no record, such as a list of them.
        """
        for record in records:
            if record not in getattr(self, shelf_of(record)):
                kind = type(record).__name__
                raise UnknownIdError(f"there is no such {kind}: {key_of(record)!r}")
        return self._changed(records, keep=False)

    def _changed(self, records: Iterable[Record], *, keep: bool) -> Self:
        changed: dict[str, dict[str, Record]] = {}
        for record in records:
            shelf = shelf_of(record)
            if shelf not in changed:
                changed[shelf] = {key_of(kept): kept for kept in getattr(self, shelf)}
            changed[shelf].pop(key_of(record), None)
            if keep:
                changed[shelf][key_of(record)] = record
        changes: dict[str, Any] = {s: tuple(k.values()) for s, k in changed.items()}
        return evolve(self, **changes)


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else zone_of(name)
