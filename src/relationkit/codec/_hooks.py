"""Hooks: how each kind of value is read, strictly.

Each hook gives a value or raises a DecodeError whose pointers start where the
value stands.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Any, NoReturn, TypeAlias, TypeVar

import attrs

from relationkit.codec._kept import Kept
from relationkit.errors import DecodeError, Problem, pointer, shown, suggestion
from relationkit.reading import got, has_lone_surrogate
from relationkit.targets import (
    AnyPriority,
    NextBusinessDay,
    Within,
    duration,
    priority_of,
    within,
)

__all__ = [
    "DAYS",
    "Hook",
    "HookOf",
    "clock",
    "day",
    "decimal",
    "distinct",
    "each",
    "expected",
    "flag",
    "instant",
    "kept_once",
    "length",
    "member",
    "next_day",
    "priority",
    "promise",
    "refuse_envelope",
    "tagged",
    "text",
    "whole",
]

DIGITS = 40
NEAR = 100
"""Among how many keys one is looked for that may be meant to be another."""
FEW, SHORT = 4, 200
"""How many ids of a set are kept once, and of how many characters together."""
DECIMAL = re.compile(rf"-?\d{{1,{DIGITS}}}(\.\d{{1,{DIGITS}}})?", re.ASCII)
HOURS = r"([01]\d|2[0-3])"
TIME = rf"{HOURS}:[0-5]\d:[0-5]\d"
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
INSTANT = re.compile(
    rf"{DAY.pattern}T{TIME}(\.\d{{1,6}})?(Z|[+-]{HOURS}:[0-5]\d)", re.ASCII
)

T = TypeVar("T")
Hook: TypeAlias = Callable[[Any, Any], Any]
HookOf: TypeAlias = Callable[[Any], Hook]


def refuse(code: str, message: str, hint: str = "") -> NoReturn:
    """Refuse the value that stands here."""
    raise DecodeError([Problem("", code, message, hint)]) from None


def expected(what: str, value: object, hint: str = "") -> NoReturn:
    """Refuse *value* for not being *what* should stand here."""
    refuse("type", f"expected {what}, got {got(value)}", hint)


def text(value: object, _: object) -> str:
    """A text that can be written down again."""
    if type(value) is not str:
        hint = "put it in quotes, as '09:00'" if isinstance(value, time) else ""
        expected("a text", value, hint)
    if has_lone_surrogate(value):
        refuse("value", f"{got(value)}, has a lone surrogate", "remove it")
    return value


def flag(value: object, _: object) -> bool:
    """True or false."""
    return value if type(value) is bool else expected("true or false", value)


def whole(value: object, _: object) -> int:
    """A whole number, of so few digits that it can be written out."""
    if type(value) is not int:
        expected("a whole number", value)
    if abs(value) >= 10**DIGITS:
        refuse("value", f"the number has more than {DIGITS} digits")
    return value


def decimal(value: object, _: object) -> Decimal:
    """An exact number, written as a text so that no program rounds it."""
    if not isinstance(value, str):
        expected('a decimal in quotes such as "10.50"', value, "put it in quotes")
    return DECIMALS[str.__str__(value)]


def _decimal(text: str) -> Decimal:
    if not DECIMAL.fullmatch(text):
        hint = f"at most {DIGITS} digits, and as many after a point"
        expected('a decimal such as "10.50"', text, hint)
    return Decimal(text)


def day(value: object, _: object) -> date:
    """A day, as TOML writes it or as a text."""
    if type(value) is date:
        return value
    if not isinstance(value, str):
        hint = "leave the time out" if isinstance(value, datetime) else ""
        expected("a day such as 2026-11-22", value, hint)
    return DAYS[str.__str__(value)]


def _day(text: str) -> date:
    if not DAY.fullmatch(text):
        expected("a day such as 2026-11-22", text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse("value", f"there is no day {text!r}")


def clock(value: object, _: object) -> time:
    """A time of day, as TOML writes it or as a text."""
    if type(value) is time:
        return value
    if not isinstance(value, str) or not CLOCK.fullmatch(value):
        expected("a time of day such as '16:00'", value)
    return time.fromisoformat(value)


def instant(value: object, _: object) -> datetime:
    """An instant, as TOML writes it or as a text, always with its distance to UTC.

    It is read in UTC, in which equal ones are equal; in a zone whose clocks are
    set back, one that they show twice equals none in any other.
    """
    told = value
    try:
        if isinstance(value, str) and INSTANT.fullmatch(value):
            told = datetime.fromisoformat(value)
        if isinstance(told, datetime) and told.utcoffset() is not None:
            return told.astimezone(UTC)
    except (OverflowError, ValueError):
        refuse("value", f"there is no instant {str(value)!r}")
    what = "an instant such as 2026-11-22T10:00:00Z"
    expected(what, value, "say the time zone as well, as Z or +01:00")


def length(value: object, kind: object) -> timedelta:
    """A length of time."""
    return _said(value, kind, duration)


def next_day(value: object, kind: object) -> NextBusinessDay:
    """The next business day, and by when."""
    return _said(value, kind, NextBusinessDay.of)


def promise(value: object, kind: object) -> Within:
    """A length of time, or the next business day."""
    return _said(value, kind, within)


def priority(value: object, kind: object) -> AnyPriority:
    """A common priority, or one of a plan's own."""
    return priority_of(text(value, kind))


def _said(value: object, kind: object, read: Callable[[str], T]) -> T:
    told = text(value, kind)
    try:
        return read(told)
    except ValueError as error:
        refuse("value", str(error))


def member(value: object, members: type[StrEnum]) -> StrEnum:
    """The member of an enum whose wire form stands here."""
    for one in members:
        if type(value) is str and one.value == value:
            return one
    known = [one.value for one in members]
    word = value if isinstance(value, str) else ""
    what = f"a member of {members.__name__}"
    refuse("member", f"expected {what}, got {got(value)}", suggestion(word, known))


def each(value: object, hook: Hook, kind: object, most: int) -> list[Any]:
    """What a list holds, each item read by *hook* as a *kind*.

    Once there are more problems than *most*, what follows is not read.
    """
    if not isinstance(value, (list, tuple)):
        expected("a list", value, "put it in brackets, even if it is one")
    problems: list[Problem] = []
    read = []
    for place, item in enumerate(value):
        try:
            read.append(hook(item, kind))
        except DecodeError as error:
            problems += [p.under(pointer(place)) for p in error.problems]
            if len(problems) > most:
                break
    if problems:
        raise DecodeError(problems)
    return read


DAYS: Kept[str, date] = Kept(_day)
DECIMALS: Kept[str, Decimal] = Kept(_decimal)
"""What was read, by its text: documents name the same days and amounts often."""
IDS: Kept[frozenset[str], frozenset[str]] = Kept(lambda ids: ids)


def kept_once(ids: frozenset[str]) -> frozenset[str]:
    """The same object for equal *ids*, unless they are many or long.

    A set takes more room than the record it stands in, and the same few people
    are named again and again.
    """
    is_short = len(ids) <= FEW and sum(map(len, ids)) <= SHORT
    return IDS[ids] if is_short else ids


def distinct(value: object, hook: Hook, kind: object, most: int) -> frozenset[Any]:
    """The set that a list holds, none of whose items stands twice."""
    seen: set[object] = set()

    def once(item: object, kind: object) -> object:
        read = hook(item, kind)
        if read in seen:
            refuse("duplicate", f"{str(read)[:60]!r} stands here twice", "keep one")
        seen.add(read)
        return read

    return frozenset(each(value, once, kind, most))


def refuse_envelope(value: Mapping[object, object]) -> None:
    """Refuse what is stored with its version where it is a part, or has none."""
    if value.keys() == {"schema", "data"}:
        told = "what is stored with its schema may not stand here"
        refuse("value", told, "put what is under 'data' in its place")


def _refuse_untagged(value: Mapping[object, object], tags: Mapping[str, type]) -> None:
    """Say that there is no ``type``, and which key may be meant to be."""
    problems = [Problem("", "missing", "'type' is missing", suggestion("", tags))]
    names = {field.name for kind in tags.values() for field in attrs.fields(kind)}
    keys = (key for key in value if isinstance(key, str) and key not in names)
    for key in islice(keys, NEAR):
        if "did you mean" in (hint := suggestion(key, ["type"])):
            told = f"unknown key {shown(key)}"
            problems.append(Problem(pointer(key), "unknown_key", told, hint))
    raise DecodeError(problems)


def tagged(value: object, tags: Mapping[str, type], of: HookOf) -> object:
    """The record that stands here, of the class that its ``type`` names.

    Its hook is made when it is first needed: a fee may be made of fees.
    """
    if not isinstance(value, Mapping):
        expected("a table", value)
    if "type" not in value:
        refuse_envelope(value)
        _refuse_untagged(value, tags)
    tag = value["type"]
    if not isinstance(tag, str) or tag not in tags:
        hint = suggestion(tag if isinstance(tag, str) else "", tags)
        problem = Problem("/type", "member", f"unknown type: {got(tag)}", hint)
        raise DecodeError([problem])
    kind = tags[tag]
    return of(kind)({key: part for key, part in value.items() if key != "type"}, kind)
