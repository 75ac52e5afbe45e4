"""What a book keeps, and on which shelf."""

from typing import TypeAlias

from attrs import frozen

from relationkit.calendars import BusinessCalendar
from relationkit.contracts import Contract
from relationkit.duties import Writing
from relationkit.engagements import Engagement
from relationkit.fees import RateCard
from relationkit.parties import Organisation, Person
from relationkit.records import PartyId, as_declared, is_of
from relationkit.relationships import History

__all__ = ["SHELVES", "CustomerRecord", "Record", "key_of", "shelf_of"]


@frozen(kw_only=True, field_transformer=as_declared)
class CustomerRecord(History):
    """What a book keeps of a customer: the party by id, and what passed.

    Attributes:
        inquiries: What they asked for.
        purchases: What they bought, or were given.
        consents: What they allowed.
        stances: What they said they want; once a day at most.
        judgements: What was concluded about them.
        party: Who they are, by id.
    """

    party: PartyId


Record: TypeAlias = (
    Person
    | Organisation
    | CustomerRecord
    | Engagement
    | Contract
    | Writing
    | BusinessCalendar
    | RateCard
)
"""Whatever a book keeps under an id."""

SHELVES: dict[type[Record], str] = {
    Person: "parties",
    Organisation: "parties",
    CustomerRecord: "customers",
    Engagement: "engagements",
    Contract: "contracts",
    Writing: "writings",
    BusinessCalendar: "calendars",
    RateCard: "rates",
}


def shelf_of(record: Record) -> str:
    """The shelf on which a book keeps *record*.

    Raises:
        TypeError: If it keeps no such thing.
    """
    is_of("records", Record, record, "give records one by one: with_(*records)")
    return next(SHELVES[kind] for kind in SHELVES if isinstance(record, kind))


def key_of(record: Record) -> str:
    """The id under which a book keeps *record*."""
    return record.party if isinstance(record, CustomerRecord) else record.id
