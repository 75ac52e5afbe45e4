"""Writing: how each kind of value is written, so that equal ones look the same.

Each hook gives the plain data of a value, or raises an error that says why no
document can hold it.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from types import NoneType
from typing import NoReturn, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.fns import identity
from cattrs.gen import make_dict_unstructure_fn

from relationkit import policy, tables
from relationkit.codec._annotations import is_union, kinds_of
from relationkit.codec._hooks import DECIMAL, DIGITS
from relationkit.codec._kept import Kept
from relationkit.codec._parse import Format
from relationkit.codec._records import NULL, may_be_null
from relationkit.codec._tags import TAG, TAGS
from relationkit.codec._write_records import (
    Write,
    Writes,
    can_be_written,
    day,
    member,
    record_hook,
)
from relationkit.decisions import Decision, Undecided
from relationkit.errors import shown
from relationkit.policy import ByEngagement, Edition
from relationkit.tables import Table
from relationkit.targets import NextBusinessDay, spelled

__all__ = ["WRITES"]

TOML = Format.TOML
PLAIN = re.compile(
    rf"-?[1-9]\d{{0,{DIGITS - 1}}}(\.\d{{0,{DIGITS - 1}}}[1-9])?", re.ASCII
)
"""Numbers that Python writes as we do."""
UNSAID = (bytes, bytearray, set)
"""What would be taken for a list."""


@cache
def writer(form: Format) -> Converter:
    """The converter that writes all of the models; made on first use."""
    made = Converter(detailed_validation=False, unstructure_fallback_factory=_plain)
    made.register_unstructure_hook(bool, identity)
    made.register_unstructure_hook(int, _whole)
    made.register_unstructure_hook(StrEnum, member)
    made.register_unstructure_hook(Decimal, _decimal)
    made.register_unstructure_hook(timedelta, spelled)
    made.register_unstructure_hook(NextBusinessDay, spelled)
    made.register_unstructure_hook(time, time.isoformat)
    made.register_unstructure_hook(date, identity if form is TOML else day)
    made.register_unstructure_hook(datetime, _in_utc if form is TOML else _instant)
    made.register_unstructure_hook(Edition, policy.document)
    made.register_unstructure_hook(Table, tables.document)
    made.register_unstructure_hook(Decision, partial(_decision, made))
    made.register_unstructure_hook(Undecided, partial(_undecided, made))
    made.register_unstructure_hook(ByEngagement, partial(_entries, made))
    for kind in UNSAID:
        made.register_unstructure_hook(kind, partial(_refuse, kind))
    for is_wanted, factory in FACTORIES:
        made.register_unstructure_hook_factory(is_wanted, partial(factory, made, form))
    return made


WRITES: Kept[Format, Writes] = Kept(
    lambda form: Kept(writer(form).get_unstructure_hook)
)
"""What writes the kinds of values in a form."""


def _plain(kind: type) -> Write:
    return identity if kind in {str, NoneType} else partial(_refuse, kind)


def _refuse(kind: type, value: object) -> NoReturn:
    raise TypeError(
        f"no document holds {shown(value)}, a {kind.__name__};"
        f" give a model, or a tuple of models"
    )


def _whole(value: int) -> int:
    if abs(value) >= 10**DIGITS:
        raise ValueError(f"{shown(value)} has more than {DIGITS} digits")
    return value


def _decimal(value: Decimal) -> str:
    """The shortest text of a number, of those without an exponent."""
    if PLAIN.fullmatch(text := str(value)):
        return text  # as most are
    if value.is_zero():
        return "0"
    is_bounded = value.is_finite() and abs(value.adjusted()) <= DIGITS
    text = f"{value:f}" if is_bounded else ""
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    if not DECIMAL.fullmatch(text):
        raise ValueError(
            f"no document holds the number {shown(value)}; it must have at most"
            f" {DIGITS} digits before the point, and as many after it"
        )
    return text


def _in_utc(value: datetime) -> datetime:
    """The same instant, as all that equal it are written."""
    if value.utcoffset() is None:
        raise ValueError(f"{value} has no time zone; give it one, such as UTC")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{value} is beyond the years that UTC has") from None


def _instant(value: datetime) -> str:
    return _in_utc(value).isoformat().replace("+00:00", "Z")


def _decision(made: Converter, outcome: Decision[StrEnum]) -> dict[str, object]:
    told = made.unstructure(outcome.account)
    [answer] = told.pop("possible")
    return {TAG: "decision", "answer": answer, **told}


def _undecided(made: Converter, outcome: Undecided[StrEnum]) -> dict[str, object]:
    return {TAG: "undecided", **made.unstructure(outcome.account)}


def _entries(made: Converter, entries: Mapping[str, object]) -> dict[str, object]:
    return {key: made.unstructure(value) for key, value in entries.items()}


def _record(made: Converter, form: Format, kind: type[attrs.AttrsInstance]) -> Write:
    """What writes a *kind* of record, and of another class what stands there."""
    if can_be_written(kind):
        write = record_hook(kind, WRITES[form], made.unstructure)
    else:
        write = make_dict_unstructure_fn(kind, made, _cattrs_omit_if_default=True)
        write = partial(_tagged, write, TAGS[kind]) if kind in TAGS else write
    if form is TOML and (names := may_be_null(kind)):
        write = partial(_without_null, write, names)
    elif can_be_written(kind):
        return write  # that looks at the class by itself
    return lambda value: (
        write(value) if value.__class__ is kind else made.unstructure(value)
    )


def _tagged(write: Write, tag: str, value: object) -> dict[str, object]:
    return {TAG: tag, **write(value)}


def _without_null(
    write: Write, names: tuple[str, ...], value: object
) -> dict[str, object]:
    """What *write* gives, with the names of what is null in place of that."""
    told: dict[str, object] = write(value)
    if null := [name for name in names if told[name] is None]:
        told = {key: one for key, one in told.items() if key not in null}
        told[NULL] = null
    return told


def _is_mapping(kind: object) -> bool:
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _mapping(made: Converter, _: Format, __: object) -> Write:
    return partial(_in_order, made)


def _in_order(made: Converter, entries: Mapping[object, object]) -> dict[str, object]:
    """The entries by the order of their keys, as equal mappings may differ in it."""
    for key in entries:
        if not isinstance(key, str):
            raise TypeError(f"no document has the key {shown(key)}; use a text")
    told = {str(key): value for key, value in entries.items()}
    return {key: made.unstructure(told[key]) for key in sorted(told)}


def _is_tuple(kind: object) -> bool:
    return kind is tuple or get_origin(kind) is tuple


def _tuple(made: Converter, _: Format, kind: object) -> Write:
    write = _each(made, kind)
    return lambda value: [write(item) for item in value]


def _each(made: Converter, kind: object) -> Write:
    """What writes the items of a *kind* of collection."""
    items = {item for item in get_args(kind) if item is not ...}
    return made.get_unstructure_hook(*items) if len(items) == 1 else made.unstructure


def _is_set(kind: object) -> bool:
    return kind is frozenset or get_origin(kind) is frozenset


def _set(made: Converter, _: Format, kind: object) -> Write:
    write = _each(made, kind)
    return lambda value: sorted(map(write, value), key=str)


def _union(made: Converter, _: Format, kind: object) -> Write:
    kinds = kinds_of(kind)
    if len(kinds) > 1:
        return made.unstructure
    write = made.get_unstructure_hook(kinds[0])
    return lambda value: None if value is None else write(value)


FACTORIES = (
    (_is_mapping, _mapping),
    (attrs.has, _record),
    (_is_tuple, _tuple),
    (_is_set, _set),
    (is_union, _union),
)
