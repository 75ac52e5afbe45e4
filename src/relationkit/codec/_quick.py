"""Quick reading: documents without a fault, into what strict reading makes of them.

The kinds of values are read by the same hooks; only records, lists and unions
are taken without looking for more than one problem.  At the first of any kind
reading ends, and is done again by who can tell all of them.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn

import attrs

from relationkit.codec._hooks import Hook, HookOf
from relationkit.codec._tags import TAG

__all__ = ["distinct", "each", "member", "not_quick", "record_hook", "tagged"]


def not_quick(*_: object) -> NoReturn:
    """Leave it to who takes the time."""
    raise ValueError


def member(value: Any, members: type[StrEnum]) -> StrEnum:  # noqa: ANN401
    """The member whose wire form stands here."""
    return _members(members)[value]


@cache
def _members(members: type[StrEnum]) -> dict[str, StrEnum]:
    return {one.value: one for one in members}


def record_hook(kind: type[attrs.AttrsInstance], hook_of: HookOf) -> Hook:
    """The hook that reads a table of known keys into a *kind* of record."""
    parts = {f.name: (hook_of(f.type), f.type) for f in attrs.fields(kind)}

    def hook(value: Any, _: object) -> object:  # noqa: ANN401, any document
        read = {}
        for key, part in value.items():
            read_part, declared = parts[key]
            read[key] = read_part(part, declared)
        return kind(**read)

    return hook


def each(hook: Hook, kind: object, value: object, _: object) -> list[Any]:
    """What a list holds."""
    if not isinstance(value, (list, tuple)):
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
    tags: Mapping[str, type],
    hook_of: HookOf,
    value: Any,  # noqa: ANN401
    _: object,
) -> object:
    """The record that stands here, of the class that its ``type`` names."""
    inner = dict(value)
    return hook_of(tags[inner.pop(TAG)])(inner, None)
