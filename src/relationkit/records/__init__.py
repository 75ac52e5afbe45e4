"""Records: what every model has in common.

A record is immutable, and equal to any other that says the same: tuples of
records are put in order when it is made, so that reordered inputs are equal
values.  Its fields hold what they are declared to hold, and nothing is coerced:
a text is no member of an enum, True is no number, a list is no tuple.  Apply
:func:`as_declared` to a class with ``field_transformer=as_declared``.

An id is a text of a type of its own, such as ``PartyId("ada")``, so that a type
checker tells the id of a party from that of a contract; when a program runs it
is a plain text, and nothing else need be done with it.
"""

from typing import NewType

from relationkit.records._checks import as_declared, is_day, is_of, several
from relationkit.records._instants import in_utc
from relationkit.records._order import Ranked, repeated, sort_key

__all__ = [
    "CalendarId",
    "ContractId",
    "EngagementId",
    "PartyId",
    "PriorityId",
    "PurchaseId",
    "Ranked",
    "RateCardId",
    "RegimeId",
    "WritingId",
    "as_declared",
    "in_utc",
    "is_day",
    "is_of",
    "repeated",
    "several",
    "sort_key",
]

PartyId = NewType("PartyId", str)
"""Under which a person or an organisation is on record."""

CalendarId = NewType("CalendarId", str)
"""Under which a calendar of business hours is on record."""

ContractId = NewType("ContractId", str)
"""Under which a contract is on record."""

EngagementId = NewType("EngagementId", str)
"""Under which an engagement is on record."""

PriorityId = NewType("PriorityId", str)
"""A priority of a plan's own scale, such as ``p1`` or ``vip``.

It compares as a text does: how urgent it is, only its plan can say.
"""

PurchaseId = NewType("PurchaseId", str)
"""Under which a purchase is on record with its customer."""

RateCardId = NewType("RateCardId", str)
"""Under which a rate card is on record."""

WritingId = NewType("WritingId", str)
"""Under which a notice, disclosure or warning is on record."""

RegimeId = NewType("RegimeId", str)
"""A body of rules that governs work: a statute, a code, a licence."""
