"""Checks: what a value must be by itself, and fields that see to it."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import cache
from inspect import Parameter, Signature
from typing import Any, TypeAlias, TypeVar, get_args, get_origin

from attrs import Attribute
from attrs.converters import pipe
from attrs.validators import and_

from relationkit.constraints import Each, Id
from relationkit.errors import shown
from relationkit.records._kinds import Kind, a, kind_of
from relationkit.records._order import in_order

__all__ = ["DONE", "as_declared", "is_day", "is_of", "several"]

T = TypeVar("T")
Several: TypeAlias = tuple[object, ...] | frozenset[object]
Check: TypeAlias = Callable[[object], object]
"""Gives back what it lets pass."""
Validator: TypeAlias = Callable[[Any, Any, Any], Any]
ID = Id()
IDS = Each(ID)

DONE = "relationkit.records.as_declared"
"""Under which a field that is done, lest a subclass do it again, says in its metadata
what is left to do to a value that is what it declares; None if nothing is."""


def is_of(name: str, annotation: object, value: object, remedy: str = "") -> None:
    """What goes by a *name* is what its *annotation* says, as in a record.

    The error says what to write instead; a *remedy* is said in its place.

    >>> is_of("on", date, "2026-01-01")
    Traceback (most recent call last):
    TypeError: on: expected a day, got '2026-01-01', a str; use date.fromisoformat(...)
    >>> is_of("clients", frozenset[str], "ada")
    Traceback (most recent call last):
    TypeError: clients: expected a frozenset, got 'ada', a str; use frozenset({'ada'})

    Raises:
        TypeError: If it is not, or nothing can be checked by *annotation*.
    """
    if type(value) is not annotation:  # as it nearly always is
        check_of(name, annotation, remedy=remedy)(value)


@cache
def check_of(
    name: str, annotation: object, *, each: bool = False, remedy: str = ""
) -> Check:
    """What refuses a value that is not what its *annotation* says.

    Most values are of the very class, and no more is asked of them.  It may be
    that *each* of several goes by the *name*.
    """
    if collection := collection_of(annotation):
        return _check_of_all(name, collection, get_args(annotation), remedy)
    kind = kind_of(annotation)
    if kind is None:
        raise TypeError(
            f"{name}: nothing can be checked by {annotation!r}; declare classes,"
            f" unions of them, or a tuple[..., ...] or frozenset[...] of such"
        )
    return _check_of_one(name, kind, each=each, remedy=remedy)


def several(name: str, values: Iterable[T], annotation: object = object) -> list[T]:
    """The *values* that go by a *name*, each of which is what the annotation says.

    >>> several("names", ["Ada", 5], str)
    Traceback (most recent call last):
    TypeError: names: expected each to be a str, got 5, an int; use '5'
    >>> several("names", "Ada", str)
    Traceback (most recent call last):
    TypeError: names: expected several, got 'Ada', a str; put it in brackets

    Raises:
        TypeError: If there is but one thing, or a text, or one is another thing.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        got = f"{shown(values)}, {a(type(values).__name__)}"
        raise TypeError(f"{name}: expected several, got {got}; put it in brackets")
    found, check = [*values], check_of(name, annotation, each=True)
    for value in found:
        check(value)
    return found


def _check_of_one(name: str, kind: Kind, *, each: bool, remedy: str) -> Check:
    classes = frozenset(kind.classes)

    def check(value: object) -> object:
        if type(value) in classes:
            return value
        if not kind.has(value):
            raise kind.mistaken(name, value, each=each, remedy=remedy)
        return _plain(kind, value)

    return check


def _plain(kind: Kind, value: object) -> object:
    """A text or day without what its class adds, as no document would tell of it."""
    if str in kind.classes and isinstance(value, str):
        return str.__str__(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        return value
    return date(value.year, value.month, value.day) if date in kind.classes else value


def _check_of_all(
    name: str,
    collection: type[Several],
    arguments: tuple[object, ...],
    remedy: str,
) -> Check:
    if collection is tuple and arguments[1:] != (...,):
        raise TypeError(
            f"{name}: nothing can be checked by a tuple of a fixed length; declare"
            f" a tuple[..., ...], or a record"
        )
    item = arguments[0]
    check_one = check_of(name, item, each=True)
    kind = None if collection_of(item) else kind_of(item)
    classes = frozenset(kind.classes if kind else ())

    def check(value: object) -> object:
        if not isinstance(value, collection):
            raise _uncollected(name, collection, value, remedy)
        if value and not classes.issuperset(map(type, value)):
            return collection(map(check_one, value))
        return value

    return check


def collection_of(annotation: object) -> type[Several] | None:
    """The class of tuples or frozen sets that an *annotation* names, if it does."""
    origin = get_origin(annotation)
    return origin if origin in {tuple, frozenset} else None


def _uncollected(
    name: str, collection: type[Collection[object]], value: object, remedy: str
) -> TypeError:
    wanted, got = collection.__name__, type(value).__name__
    told = f"{name}: expected {a(wanted)}, got"
    one = shown(value)
    item = "..." if "..." in one else one
    if value is None:
        return TypeError(f"{told} None; {remedy or f'use {wanted}()'}")
    if isinstance(value, Iterable) and not isinstance(value, str):
        item = item if isinstance(value, Collection) else "..."
        return TypeError(f"{told} {got}; {remedy or f'use {wanted}({item})'}")
    usual = f"({item},)" if collection is tuple else f"frozenset({{{item}}})"
    return TypeError(f"{told} {one}, {a(got)}; {remedy or f'use {usual}'}")


def is_day(_: object, field: "Attribute[date]", value: object) -> None:
    """A day is a date without a time; None passes where the field allows it."""
    if value is not None:
        is_of(field.name, date, value)


def as_declared(
    _: type, fields: "list[Attribute[object]]"
) -> "list[Attribute[object]]":
    """Let each field hold what its annotation says, and put every tuple in order.

    What is of another class is refused: a text for a day or a member, True for a
    number, a list for a tuple, a time of day for a day.  So is an id that is
    blank or cannot be shown.  A text or a day of a subclass becomes a plain one.
    A field with a converter of its own keeps its order,
    and is checked when that has done its work.

    Raises:
        TypeError: If nothing can be checked by an annotation.
    """
    return [field if DONE in field.metadata else _declared(field) for field in fields]


def _declared(field: "Attribute[object]") -> "Attribute[object]":
    annotation: object = field.type
    check = check_of(field.name, annotation)
    own, validator = field.converter, field.validator
    converter = pipe(own, check) if own else _in_order(check, annotation)
    plain = put_in_order if collection_of(annotation) is tuple else None
    if _has_ids(annotation):
        is_seen: Validator = IDS if collection_of(annotation) else ID
        validator = and_(is_seen, validator) if validator else is_seen
    metadata = {**field.metadata, DONE: converter if own else plain}
    return field.evolve(converter=converter, validator=validator, metadata=metadata)


def _in_order(check: Check, annotation: object) -> Check:
    converter = _sorting(check) if collection_of(annotation) is tuple else check
    # A class says of a field what its converter takes, and would find out slowly.
    vars(converter)["__signature__"] = _taking(annotation)
    return converter


@cache
def _taking(annotation: object) -> Signature:
    value = Parameter("value", Parameter.POSITIONAL_ONLY, annotation=annotation)
    return Signature([value], return_annotation=annotation)


def _sorting(check: Check) -> Check:
    def check_and_sort(value: object) -> object:
        if type(value) is tuple and not value:
            return value  # most are empty
        return put_in_order(check(value))

    return check_and_sort


def put_in_order(value: object) -> object:
    return in_order(value) if isinstance(value, tuple) and len(value) > 1 else value


def _has_ids(annotation: object) -> bool:
    item = get_args(annotation)[0] if collection_of(annotation) else annotation
    kind = kind_of(item)
    return kind is not None and kind.id != ""
