"""Records of facts: classes that check what tables then need not check again."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType, UnionType
from typing import ClassVar, Final, TypeAlias, Union, get_args, get_origin

from attrs import Attribute, fields, frozen, has

from relationkit.tables._domains import Domain

__all__ = ["BESIDE", "COUNT", "FactRecord", "domains_of", "kinds", "open_facts"]

COUNT: Final[Mapping[str, object]] = MappingProxyType({"least": 0})
"""Metadata of a field that counts: nothing is less than zero."""
BESIDE: Final[Mapping[str, object]] = MappingProxyType({"fact": False})
"""Metadata of a field that is no fact: no table reads it."""
NONE = type(None)


@frozen
class _Kind:
    """What a field may hold.

    Attributes:
        domain: Its values.
        classes: Their class, and that of None if it may be unknown.
    """

    domain: Domain
    classes: frozenset[type]


_Check: TypeAlias = tuple[str, frozenset[type], _Kind, bool]
"""A fact, the classes of its values, its kind, and whether they are numbers."""


class FactRecord:
    """The base of a class of facts, which holds exact classes only.

    >>> from attrs import field, frozen
    >>> @frozen(kw_only=True)
    ... class Visitor(FactRecord):
    ...     age: int = field(metadata=COUNT)
    ...     member: bool | None
    >>> Visitor(age=7, member=None).age
    7
    >>> Visitor(age="7", member=None)
    Traceback (most recent call last):
    TypeError: age: expected exactly int, got '7', a str

    Fields are of an enum of wire strings, bool, int, Decimal or date, or of one
    of these and None, which stands for an unknown fact.

    Raises:
        TypeError: If a fact is not exactly of its class: True is no number, and
            the text "gold" no member.
        ValueError: If a number is not finite, or less than the least there is.
    """

    __slots__: ClassVar[tuple[str, ...]] = ()

    def __attrs_post_init__(self) -> None:
        """Check every fact."""
        for name, classes, kind, is_number in _checks(type(self)):
            value = getattr(self, name)
            if value.__class__ not in classes:
                raise TypeError(_mistyped(name, value, kind))
            if is_number and isinstance(value, (int, Decimal)):
                _check_number(name, value, kind.domain.least)


def _checks(record: type[FactRecord]) -> "tuple[_Check, ...]":
    """What to check, in a form that is quick to go through."""
    return _listed(record)  # type: ignore[arg-type]  # a class can be hashed


@cache
def _listed(record: type[FactRecord]) -> "tuple[_Check, ...]":
    return tuple(
        (name, kind.classes, kind, kind.domain.kind in {int, Decimal})
        for name, kind in kinds(record).items()
    )


def kinds(record: type[FactRecord]) -> Mapping[str, _Kind]:
    """What each fact of *record* may be."""
    return _kinds(record)  # type: ignore[arg-type]  # a class can be hashed


@cache
def _kinds(record: type[FactRecord]) -> Mapping[str, _Kind]:
    if not has(record):
        raise TypeError(f"{record.__name__} is no attrs class: add @frozen to it")
    own = [a for a in fields(record) if a.metadata.get("fact", True)]
    return MappingProxyType({attribute.name: _kind(attribute) for attribute in own})


def _kind(attribute: "Attribute[object]") -> _Kind:
    told = attribute.type
    is_union = get_origin(told) in {Union, UnionType}
    classes = frozenset(get_args(told) if is_union else {told})
    values = [*(classes - {NONE})]
    if len(values) != 1 or not isinstance(values[0], type):
        raise TypeError(
            f"{attribute.name}: a fact is of one class, perhaps or None, not {told}"
        )
    least = attribute.metadata.get("least")
    return _Kind(Domain(values[0], least), classes)


def domains_of(record: type[FactRecord]) -> dict[str, Domain]:
    """What each fact of *record* may be: the columns a table of it may have.

    >>> @frozen
    ... class Visitor(FactRecord):
    ...     age: int
    >>> domains_of(Visitor)["age"].kind.__name__
    'int'
    """
    return {name: kind.domain for name, kind in kinds(record).items()}


def open_facts(record: type[FactRecord]) -> frozenset[str]:
    """The facts of *record* that can be unknown.

    >>> @frozen
    ... class Visitor(FactRecord):
    ...     age: int | None
    >>> sorted(open_facts(Visitor))
    ['age']
    """
    named = kinds(record).items()
    return frozenset(name for name, kind in named if NONE in kind.classes)


def _mistyped(name: str, value: object, kind: _Kind) -> str:
    wanted = kind.domain.kind.__name__ + (" or None" if NONE in kind.classes else "")
    return f"{name}: expected exactly {wanted}, got {value!r}, a {type(value).__name__}"


def _check_number(name: str, number: "int | Decimal", least: int | None) -> None:
    if isinstance(number, Decimal) and not number.is_finite():
        raise ValueError(f"{name} is {number}; it must be a finite number")
    if least is not None and number < least:
        raise ValueError(f"{name} is {number}; the least is {least}")
