"""Hooks: how each kind of value is read, strictly.

Each hook gives a value or raises a DecodeError whose pointers start where the
value stands.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn, TypeAlias

from relationkit.errors import DecodeError, Problem, pointer, suggestion
from relationkit.reading import got

__all__ = [
    "Hook",
    "HookOf",
    "day",
    "decimal",
    "distinct",
    "each",
    "exactly",
    "expected",
    "member",
    "tagged",
]

DECIMAL = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Hook: TypeAlias = Callable[[Any, Any], Any]
HookOf: TypeAlias = Callable[[Any], Hook]


def refuse(code: str, message: str, hint: str = "") -> NoReturn:
    """Refuse the value that stands here."""
    raise DecodeError([Problem("", code, message, hint)]) from None


def expected(what: str, value: object, hint: str = "") -> NoReturn:
    """Refuse *value* for not being *what* should stand here."""
    refuse("type", f"expected {what}, got {got(value)}", hint)


def exactly(kind: type, what: str) -> Hook:
    """The hook that takes values of exactly one class."""

    def hook(value: object, _: object) -> object:
        return value if type(value) is kind else expected(what, value)

    return hook


def decimal(value: object, _: object) -> Decimal:
    """An exact number, written as a text so that no program rounds it."""
    if not isinstance(value, str):
        expected('a decimal in quotes such as "10.50"', value, "put it in quotes")
    if not DECIMAL.fullmatch(value):
        expected('a decimal such as "10.50"', value, "digits, and at most one point")
    return Decimal(value)


def day(value: object, _: object) -> date:
    """A day, as TOML writes it or as a text."""
    if type(value) is date:
        return value
    if not isinstance(value, str) or not DAY.fullmatch(value):
        hint = "leave the time out" if isinstance(value, datetime) else ""
        expected("a day such as 2026-11-22", value, hint)
    try:
        return date.fromisoformat(value)
    except ValueError:
        refuse("value", f"there is no day {value!r}")


def member(value: object, members: type[StrEnum]) -> StrEnum:
    """The member of an enum whose wire form stands here."""
    for one in members:
        if type(value) is str and one.value == value:
            return one
    known = [one.value for one in members]
    word = value if isinstance(value, str) else ""
    what = f"a member of {members.__name__}"
    refuse("member", f"expected {what}, got {got(value)}", suggestion(word, known))


def each(value: object, hook: Hook, kind: object) -> list[Any]:
    """What a list holds, each item read by *hook* as a *kind*."""
    if not isinstance(value, (list, tuple)):
        expected("a list", value, "put it in brackets, even if it is one")
    problems: list[Problem] = []
    read = []
    for place, item in enumerate(value):
        try:
            read.append(hook(item, kind))
        except DecodeError as error:
            problems += [p.under(pointer(place)) for p in error.problems]
    if problems:
        raise DecodeError(problems)
    return read


def distinct(items: list[Any]) -> frozenset[Any]:
    """The set of *items*, none of which stands twice."""
    for place, item in enumerate(items):
        if item in items[:place]:
            told = f"{str(item)!r} stands here twice"
            raise DecodeError([Problem(pointer(place), "duplicate", told, "keep one")])
    return frozenset(items)


def tagged(value: object, tags: Mapping[str, tuple[type, Hook]]) -> object:
    """The record that stands here, of the class that its ``type`` names."""
    if not isinstance(value, Mapping):
        expected("a table", value)
    known = ", ".join(map(repr, sorted(tags)))
    if "type" not in value:
        refuse("missing", "'type' is missing", f"one of: {known}")
    tag = value["type"]
    if not isinstance(tag, str) or tag not in tags:
        hint = suggestion(tag if isinstance(tag, str) else "", tags)
        problem = Problem("/type", "member", f"unknown type: {got(tag)}", hint)
        raise DecodeError([problem])
    kind, hook = tags[tag]
    return hook({key: part for key, part in value.items() if key != "type"}, kind)
