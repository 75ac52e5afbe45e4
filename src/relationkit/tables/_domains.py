"""Domains: what a fact may be, and how a table cuts it into atoms.

An atom is a part of a domain that no cell of the table divides: a member, or
an interval between two neighbouring cuts.  A set of atoms is a bitset, an int
with one bit for each.

Values become keys, exact decimals: a member its place, a day its ordinal.  A
cut ``(key, 0)`` lies just before a key and ``(key, 1)`` just after it, so that
every interval is half-open between two cuts.  Where keys are whole, just after
one is just before the next: ``< 18`` and ``>= 18`` leave no hole.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import Protocol, TypeAlias

from attrs import field, frozen

from relationkit.decisions import Value
from relationkit.records import Ranked

__all__ = ["Axis", "Cut", "Domain", "Span", "first"]

Cut: TypeAlias = tuple[Decimal, int]
Span: TypeAlias = tuple[Cut | None, Cut | None]

EXACT = Context(prec=200)
HALF = Decimal("0.5")
MANY = 12
SHOWN = 60
ONE = Decimal(1)


@frozen
class Domain:
    """What a fact may be.

    >>> Domain(bool).members
    (False, True)

    Attributes:
        kind: The class of its values: an enum of wire strings, bool, int,
            Decimal or date.
        least: The least value there is, where the class has none: 0 for a
            count.  None if there is no such bound.

    Raises:
        TypeError: If no table can hold such facts.
    """

    kind: type[Value] = field()
    least: int | None = None

    @kind.validator
    def _can_be_held(self, _: object, kind: type[Value]) -> None:
        listed = issubclass(kind, StrEnum) and list(kind)
        if not listed and kind not in {bool, int, Decimal, date}:
            raise TypeError(
                f"a table cannot hold facts of {kind.__name__}; "
                f"use a StrEnum with members, bool, int, Decimal or date"
            )

    def __attrs_post_init__(self) -> None:
        if self.least is not None and type(self.least) is not int:
            raise TypeError(f"least is {self.least!r}; it must be a whole number")

    @cached_property
    def members(self) -> tuple[StrEnum | bool, ...]:
        """All values in order where they can be listed; empty for numbers and days."""
        if issubclass(self.kind, StrEnum):
            return tuple(self.kind)
        return (False, True) if self.kind is bool else ()

    @property
    def is_ordered(self) -> bool:
        """Whether ``<`` means anything here."""
        return issubclass(self.kind, Ranked) or not self.members

    @property
    def bounds(self) -> Span:
        """Where the domain begins and ends; None where it does not."""
        if self.kind is date:
            return self.before(date.min), self.after(date.max)
        if self.members:
            return (Decimal(0), 0), (Decimal(len(self.members)), 0)
        return (None if self.least is None else (Decimal(self.least), 0)), None

    def key(self, value: Value) -> Decimal:
        """The key of *value*."""
        if self.members:
            return Decimal(self.members.index(value))
        if isinstance(value, date):
            return Decimal(value.toordinal())
        return Decimal(value)

    def value(self, key: Decimal) -> Value:
        """The value of *key*, a whole one unless values are decimals."""
        if self.members:
            return self.members[int(key)]
        if self.kind is date:
            return date.fromordinal(int(key))
        return int(key) if self.kind is int else key

    def before(self, value: Value) -> Cut:
        """The cut just before *value*."""
        return self.key(value), 0

    def after(self, value: Value) -> Cut:
        """The cut just after *value*."""
        key = self.key(value)
        return (key, 1) if self.kind is Decimal else (EXACT.add(key, ONE), 0)


class Spans(Protocol):
    """What a cell admits.

    Attributes:
        spans: Stretches between cuts.
        negated: Whether it admits all that lies outside of them instead.
    """

    @property
    def spans(self) -> tuple[Span, ...]: ...

    @property
    def negated(self) -> bool: ...


@frozen
class Axis:
    """A domain as one table cuts it.

    Attributes:
        name: The fact.
        domain: What is cut.
        start: Where the first atom begins; None if it has no beginning.
        cuts: Where each later atom begins, in order.
    """

    name: str
    domain: Domain
    start: Cut | None
    cuts: tuple[Cut, ...]

    @classmethod
    def cut(cls, name: str, domain: Domain, spans: Iterable[Span]) -> "Axis":
        """The axis with a cut at either end of each span, and at each member."""
        start, end = domain.bounds
        cuts = {cut for span in spans for cut in span if cut is not None}
        cuts |= {domain.before(member) for member in domain.members}
        inside = {c for c in cuts if lies_in(c, (start, end)) and c != start}
        return cls(name, domain, start, tuple(sorted(inside)))

    @property
    def starts(self) -> tuple[Cut | None, ...]:
        """Where each atom begins, in order."""
        return (self.start, *self.cuts)

    @cached_property
    def full(self) -> int:
        """The set of all atoms."""
        return (1 << len(self.cuts) + 1) - 1

    def atom(self, value: Value) -> int:
        """The set of the one atom that *value* lies in.

        Raises:
            TypeError: If *value* is not exactly of the class of the domain.
            ValueError: If it lies outside the domain.
        """
        return 1 << self.place(value)

    def atoms(self, values: Iterable[Value]) -> int:
        """The set of the atoms that any of *values* lies in."""
        return reduce(or_, map(self.atom, values), 0)

    def place(self, value: Value) -> int:
        """The place among its atoms of the one that *value* lies in.

        Raises:
            TypeError: If *value* is not exactly of the class of the domain.
            ValueError: If it lies outside the domain.
        """
        if type(value) is not self.domain.kind:
            raise TypeError(self._mistyped(value))
        if (members := self._places) is not None:
            return members[value]
        return self._between_cuts(value)

    @cached_property
    def _places(self) -> dict[Value, int] | None:
        """The place of each member; None where there are none."""
        members = self.domain.members
        return {member: at for at, member in enumerate(members)} if members else None

    def _mistyped(self, value: object) -> str:
        wanted, got = self.domain.kind.__name__, type(value).__name__
        listed = ", ".join(str(member).lower() for member in self.domain.members[:MANY])
        among = f" ({listed})" if listed and wanted != "bool" else ""
        return (
            f"{self.name}: expected {wanted}{among}, got {value!r:.{SHOWN}}, a {got}; "
            f"None stands for an unknown fact"
        )

    def _between_cuts(self, value: Value) -> int:
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueError(f"{self.name} is {value}; it must be a finite number")
        self._check_least(value)
        values, before, there = self.ends
        at = bisect_left(values, value)
        return there[at] if values[at : at + 1] == [value] else before[at]

    def _check_least(self, value: Value) -> None:
        least = self.domain.least
        if least is not None and isinstance(value, (int, Decimal)) and value < least:
            raise ValueError(f"{self.name} is {value}; the least is {least}")

    @cached_property
    def ends(self) -> tuple[list[Value], list[int], list[int]]:
        """The values at its cuts; how many cuts lie before each, how many not after.

        A cut just after a value does not lie before it.
        """
        keys = sorted({key for key, _ in self.cuts})
        before = [bisect_left(self.cuts, (key, 0)) for key in keys]
        there = [bisect_right(self.cuts, (key, 0)) for key in keys]
        values = [self.domain.value(key) for key in keys]
        return values, [*before, len(self.cuts)], there

    def mask_of(self, cell: "Spans") -> int:
        """The set of the atoms that *cell* admits; its ends must be cuts.

        :meta private:
        """
        mask = self.mask(cell.spans)
        return self.full & ~mask if cell.negated else mask

    def mask(self, spans: Iterable[Span]) -> int:
        """The set of the atoms that lie in *spans*."""
        mask = 0
        for start, end in spans:
            low = 0 if start is None else self._before(start)
            high = len(self.cuts) + 1 if end is None else self._before(end)
            if low < high:
                mask |= (1 << high) - (1 << low)
        return mask

    def _before(self, cut: Cut) -> int:
        """How many atoms begin before *cut*."""
        is_first = self.start is None or self.start < cut
        return is_first + bisect_left(self.cuts, cut)

    def sample(self, atoms: int) -> Value:
        """A value in the first of *atoms*: the least there, or one near its end."""
        at = first(atoms)
        end = self.cuts[at] if at < len(self.cuts) else None
        return self.domain.value(key_within(self.starts[at], end))


def lies_in(place: Cut, span: Span) -> bool:
    """Whether what begins at *place* lies in *span*, which does not divide it."""
    start, end = span
    return (start is None or start <= place) and (end is None or place < end)


def key_within(start: Cut | None, end: Cut | None) -> Decimal:
    """A key from *start* up to *end*."""
    if start is not None and start[1] == 0:
        return start[0]
    if end is not None and end[1] == 1:
        return end[0]
    if start is None:
        return Decimal(0) if end is None else EXACT.subtract(end[0], ONE)
    if end is None:
        return EXACT.add(start[0], ONE)
    return EXACT.multiply(EXACT.add(start[0], end[0]), HALF)


def first(atoms: int) -> int:
    """The place of the first of *atoms*."""
    return (atoms & -atoms).bit_length() - 1
