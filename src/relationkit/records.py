"""Records: what every model has in common.

A record is immutable, and equal to any other that says the same: tuples of
records are put in order when it is made, so that reordered inputs are equal
values.  Apply :func:`in_order` to a class with ``field_transformer=in_order``.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import NewType, TypeAlias, TypeVar, get_origin

import attrs
from attrs.validators import and_

__all__ = [
    "ContractId",
    "EngagementId",
    "PartyId",
    "PurchaseId",
    "Ranked",
    "RegimeId",
    "WritingId",
    "in_order",
    "is_collected",
    "is_day",
    "is_id",
    "is_said",
    "sort_key",
]

S = TypeVar("S", bound=str)

Converter: TypeAlias = Callable[[object], object]

PartyId = NewType("PartyId", str)
"""Under which a person or an organisation is on record."""

ContractId = NewType("ContractId", str)
"""Under which a contract is on record."""

EngagementId = NewType("EngagementId", str)
"""Under which an engagement is on record."""

PurchaseId = NewType("PurchaseId", str)
"""Under which a purchase is on record with its customer."""

WritingId = NewType("WritingId", str)
"""Under which a notice, disclosure or warning is on record."""

RegimeId = NewType("RegimeId", str)
"""A body of rules that governs work: a statute, a code, a licence."""


class Ranked(StrEnum):
    """Members that are worth more the later they stand in their class.

    They compare by rank, and never with text or with another class.

    >>> class Level(Ranked):
    ...     GENERIC = "generic"
    ...     BESPOKE = "bespoke"
    >>> Level.GENERIC < Level.BESPOKE, max(Level)
    (True, <Level.BESPOKE: 'bespoke'>)
    """

    @property
    def rank(self) -> int:
        """Place in the class, from 0, the least."""
        return list(type(self)).index(self)

    def _rank_of(self, other: object) -> int:
        if type(other) is type(self):
            return other.rank
        mine, theirs = type(self).__name__, type(other).__name__
        raise TypeError(f"a {mine} has no rank beside {other!r}, a {theirs}")

    def __lt__(self, other: str) -> bool:
        return self.rank < self._rank_of(other)

    def __le__(self, other: str) -> bool:
        return self.rank <= self._rank_of(other)

    def __gt__(self, other: str) -> bool:
        return self.rank > self._rank_of(other)

    def __ge__(self, other: str) -> bool:
        return self.rank >= self._rank_of(other)


def sort_key(value: object) -> tuple[object, ...]:
    """A total order over records, the same in every process.

    By id where there is one, then field by field in the order of the class.
    Equal values have equal keys, and unequal values of one type unequal ones;
    None comes first.

    >>> sorted([None, Decimal("1.5"), Decimal("-2")], key=sort_key)
    [None, Decimal('-2'), Decimal('1.5')]
    """
    kind = type(value)
    if attrs.has(kind):
        names = [field.name for field in attrs.fields(kind) if field.eq]
        names.sort(key=lambda name: name != "id")
        return (kind.__name__, *(sort_key(getattr(value, n)) for n in names))
    if isinstance(value, frozenset):
        return ("", *sorted(map(sort_key, value)))
    if isinstance(value, tuple):
        return ("", *map(sort_key, value))
    return () if value is None else (_plain(value),)


def _plain(value: object) -> str:
    plain = value.value if isinstance(value, Enum) else value
    if isinstance(plain, (int, Decimal)):
        return str(plain.as_integer_ratio())
    return str(plain)


def is_collected(name: str, kind: type[Collection[object]], value: object) -> None:
    """What is to be a tuple or a frozen set is one, and no list or single id.

    >>> is_collected("clients", frozenset, "ada")
    Traceback (most recent call last):
    TypeError: clients: expected a frozenset, got str; use frozenset()
    """
    if not isinstance(value, kind):
        got, wanted = type(value).__name__, kind.__name__
        raise TypeError(f"{name}: expected a {wanted}, got {got}; use {wanted}()")


def _collected(name: str, kind: type[Collection[object]]) -> Converter:
    def put_in_order(value: object) -> object:
        is_collected(name, kind, value)
        if isinstance(value, tuple) and len(value) > 1:
            return tuple(sorted(value, key=sort_key))
        return value

    return put_in_order


def is_day(_: object, field: "attrs.Attribute[date]", value: object) -> None:
    """A day is a date without a time; None passes where the field allows it."""
    if isinstance(value, datetime):
        raise TypeError(f"{field.name}: expected a day, got {value!r}; take its date()")


def is_said(_: object, field: "attrs.Attribute[S]", value: S) -> None:
    """A text says something: it is not blank, and all of it can be shown."""
    if not value.strip():
        raise ValueError(f"{field.name} is {value[:60]!r}; it must not be blank")
    if not value.replace("\n", " ").isprintable():
        raise ValueError(
            f"{field.name} is {value[:60]!r}, with a character that cannot be shown;"
            f" remove it"
        )


def is_id(_: object, field: "attrs.Attribute[S]", value: S) -> None:
    """An id can be shown, and has no blanks around it that nobody sees."""
    if not value or not value.isprintable() or value != value.strip():
        raise ValueError(
            f"{field.name} is {value[:60]!r}; an id must not be empty, begin or end"
            f" with a blank, or have characters that cannot be shown"
        )


def in_order(
    _: type, fields: "list[attrs.Attribute[object]]"
) -> "list[attrs.Attribute[object]]":
    """Put every tuple in order, and let no list or time of day pass for another."""
    return [_in_order(field) for field in fields]


def _in_order(field: "attrs.Attribute[object]") -> "attrs.Attribute[object]":
    kind = get_origin(field.type)
    if kind in (tuple, frozenset) and field.converter is None:
        return field.evolve(converter=_collected(field.name, kind))
    if field.type in (date, date | None):
        own = field.validator
        return field.evolve(validator=and_(is_day, own) if own else is_day)
    return field
