"""Order: of members by rank, and one for all records in every process."""

from collections.abc import Collection, Hashable, Sequence
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TypeVar

import attrs

__all__ = ["Ranked", "in_order", "repeated", "sort_key"]

H = TypeVar("H", bound=Hashable)


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
    kind: type = type(value)
    if kind is str:
        return (value,)
    if names := NAMES[kind]:
        return (kind.__name__, *(sort_key(getattr(value, n)) for n in names))
    if isinstance(value, frozenset):
        return ("", *sorted(map(sort_key, value)))
    if isinstance(value, tuple):
        return ("", *map(sort_key, value))
    return () if value is None else (_plain(value),)


def in_order(values: Collection[object]) -> tuple[object, ...]:
    """The *values* in the order of their keys, found out by no more than it takes.

    Most differ in their first field, which decides then.
    """
    firsts = {_first(value): value for value in values}
    if len(firsts) == len(values):
        return tuple([firsts[first] for first in sorted(firsts)])
    return tuple(sorted(values, key=sort_key))


def repeated(values: Sequence[H]) -> list[tuple[int, H]]:
    """Each of *values* that stood before, with its place.

    >>> repeated("abcab")
    [(3, 'a'), (4, 'b')]
    """
    if len(values) <= 1 or len({*values}) == len(values):
        return []  # as nearly always, and found out soon
    seen: set[H] = set()
    found: list[tuple[int, H]] = []
    for place, value in enumerate(values):
        if value in seen:
            found.append((place, value))
        seen.add(value)
    return found


def _first(value: object) -> tuple[object, ...]:
    """The beginning of the key of *value*."""
    kind: type = type(value)
    if names := NAMES[kind]:
        return (kind.__name__, sort_key(getattr(value, names[0])))
    return sort_key(value)


class _Names(dict[type, tuple[str, ...]]):
    """The fields of a kind of record, its id first; none if it is no record."""

    def __missing__(self, kind: type) -> tuple[str, ...]:
        fields = attrs.fields(kind) if attrs.has(kind) else ()
        names = [field.name for field in fields if field.eq]
        self[kind] = tuple(sorted(names, key=lambda name: name != "id"))
        return self[kind]


NAMES = _Names()


def _plain(value: object) -> str:
    plain = value._value_ if isinstance(value, Enum) else value
    if isinstance(plain, (int, Decimal)):
        return str(plain.as_integer_ratio())
    return str(plain)
