"""Writing records: one function for a class, from a record to a table.

What is needed comes first, then what has not its default, as in the functions
that cattrs writes.  These know the common kinds of values too, so that most are
written without a call, and only what is another object is compared with a default.
"""

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias, get_args, get_origin

import attrs
from cattrs.fns import identity

from relationkit.codec._annotations import is_union, unless_none
from relationkit.codec._kept import Kept
from relationkit.codec._records import converted
from relationkit.codec._tags import TAG, TAGS
from relationkit.records._checks import DONE
from relationkit.tables._source import Source, indented

__all__ = ["Write", "Writes", "can_be_written", "day", "member", "record_hook"]

Write: TypeAlias = Callable[[Any], Any]
Writes: TypeAlias = Kept[Any, Write]
"""What writes the kinds of values, by class or annotation."""
Field: TypeAlias = "attrs.Attribute[Any]"
DAYS: Kept[date, str] = Kept(date.isoformat)
"""The texts of days that were written."""


def day(value: date) -> str:
    """The wire form of a day."""
    return DAYS[value]


def member(value: StrEnum) -> str:
    """The wire form of a member."""
    return value.value


def can_be_written(kind: type[attrs.AttrsInstance]) -> bool:
    """Whether the fields of a *kind* of record are all as ours are."""
    return all(map(_is_plain, attrs.fields(kind)))


def _is_plain(field: Field) -> bool:
    return (
        DONE in field.metadata
        and field.init
        and not isinstance(field.converter, attrs.Converter)
        and not isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]
    )


def record_hook(kind: type[attrs.AttrsInstance], writes: Writes, other: Write) -> Write:
    """What writes a *kind* of record; what is of another class it leaves to *other*."""
    return _Function(kind, writes).written(other)


class _Function:
    """The function that writes one kind of record, while it is written itself.

    In its text ``value`` is the record, ``told`` the table, and ``part`` what is
    being written.
    """

    def __init__(self, kind: type[attrs.AttrsInstance], writes: Writes) -> None:
        self.kind = kind
        self.writes = writes
        self.source = Source()
        self.bind = self.source.bind

    def written(self, other: Write) -> Write:
        """All of it."""
        fields: tuple[Field, ...] = attrs.fields(self.kind)
        needed = [one for one in fields if one.default is attrs.NOTHING]
        tag = [f"{TAG!r}: {TAGS[self.kind]!r}"] if self.kind in TAGS else []
        told = [f"{f.name!r}: {self.part(f'value.{f.name}', f.type)}" for f in needed]
        lines = [
            f"if value.__class__ is not {self.bind(self.kind)}:",
            f"    return {self.bind(other)}(value)",
            f"told = {{{', '.join([*tag, *told])}}}",
            *(line for f in fields if f not in needed for line in self.unless_same(f)),
            "return told",
        ]
        head = "def write(value):"
        return self.source.function([head, *indented(lines)], like=other, name="write")

    def unless_same(self, field: Field) -> Iterator[str]:
        """Tell what is not the default."""
        default = converted(field, field.default)
        part, told = f"(part := value.{field.name})", f"    told[{field.name!r}] = "
        if default is None:
            yield f"if {part} is not None:"
            yield told + self.one("part", unless_none(field.type))
        else:
            name = self.bind(default)
            yield f"if {part} is not {name} and part != {name}:"
            yield told + self.part("part", field.type)

    def part(self, place: str, kind: object) -> str:
        """What writes the *kind* of value, or None, that is at a *place*."""
        if (other := unless_none(kind)) is kind:
            return self.one(place, kind)
        return f"None if {place} is None else {self.one(place, other)}"

    def one(self, place: str, kind: object) -> str:
        """What writes the *kind* of value that is at a *place*."""
        if get_origin(kind) is tuple:
            return self.each(place, get_args(kind)[0])
        if get_origin(kind) is frozenset:
            each = self.each(place, get_args(kind)[0])
            return f"{each} if len({place}) < 2 else sorted({each}, key=str)"
        if is_union(kind):
            return f"{self.bind(self.writes)}[{place}.__class__]({place})"
        write = self.writes[kind]
        if write is day:
            return f"{self.bind(DAYS)}[{place}]"
        if write is member:
            return f"{place}._value_"
        return place if write is identity else f"{self.bind(write)}({place})"

    def each(self, place: str, kind: object) -> str:
        """What writes each of a *kind* of values."""
        told = self.one("one", kind)
        return f"[*{place}]" if told == "one" else f"[{told} for one in {place}]"
