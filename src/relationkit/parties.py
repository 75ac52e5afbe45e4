"""Parties: the people and organisations that a provider deals with.

A party plays many roles, often at once: client here, payer there, opponent in
a third matter.  What it is to us is never written on the party; see
:mod:`relationkit.relationships`.
"""

from typing import TypeAlias

from attrs import field, frozen

from relationkit.constraints import Said
from relationkit.records import PartyId, as_declared

__all__ = ["Organisation", "Party", "Person"]


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Person:
    """A natural person.

    >>> Person(id=PartyId("ada"), name="Ada Byron").name
    'Ada Byron'

    Attributes:
        id: Under which the person is on record.
        name: What they call themselves.

    Raises:
        ValueError: If the id or the name is blank, or cannot be shown.
    """

    id: PartyId
    name: str = field(validator=Said())


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Organisation:
    """A company, public body, partnership, fund or household.

    Attributes:
        id: Under which the organisation is on record.
        name: What it calls itself.

    Raises:
        ValueError: If the id or the name is blank, or cannot be shown.
    """

    id: PartyId
    name: str = field(validator=Said())


Party: TypeAlias = Person | Organisation
"""Whoever can have rights, owe something, or be asked."""
