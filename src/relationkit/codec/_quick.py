"""Quick reading: documents without a fault, into what strict reading makes of them.

Leaves are read by the same hooks; members, lists, unions and records are taken
without looking for more than one problem, and only of the very classes that
parsers give.  At the first problem of any kind reading ends, and is done again by
who can tell all of them.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn

import attrs

from relationkit.codec._hooks import Hook, HookOf
from relationkit.codec._tags import TAG

__all__ = ["distinct", "each", "member", "members_of", "not_quick"]
__all__ += ["record_hook", "tagged"]


def not_quick(*_: object) -> NoReturn:
    """Leave it to who takes the time."""
    raise ValueError


def member(value: object, members: type[StrEnum]) -> StrEnum:
    """The member whose wire form stands here."""
    return members_of(members)[value] if type(value) is str else not_quick()


@cache
def members_of(members: type[StrEnum]) -> dict[str, StrEnum]:
    """The *members*, each by its wire form."""
    return {one.value: one for one in members}


def record_hook(kind: type[attrs.AttrsInstance], hook_of: HookOf) -> Hook:
    """The hook that reads a table of known keys into any *kind* of record."""
    parts = {f.name: (hook_of(f.type), f.type) for f in attrs.fields(kind)}

    def hook(value: object, _: object) -> object:
        read = {}
        for key, part in _table(value).items():
            read_part, declared = parts[key]
            read[key] = read_part(part, declared)
        return kind(**read)

    return hook


def _table(value: object) -> dict[str, Any]:
    return value if type(value) is dict else not_quick()


def each(hook: Hook, kind: object, value: object, _: object) -> list[Any]:
    """What a list holds."""
    if type(value) is not list:
        not_quick()
    return [hook(item, kind) for item in value]


def distinct(hook: Hook, kind: object, value: object, _: object) -> frozenset[Any]:
    """The set that a list holds, if none of its items stands twice."""
    items = each(hook, kind, value, None)
    read = frozenset(items)
    if len(read) < len(items):
        not_quick()
    return read


def tagged(
    tags: Mapping[str, type], hook_of: Mapping[Any, Hook], value: object, _: object
) -> object:
    """The record that stands here, of the class that its ``type`` names."""
    inner = _table(value).copy()
    return hook_of[tags[inner.pop(TAG)]](inner, None)
