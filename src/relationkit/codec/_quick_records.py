"""Quick records: one function for a class, from a table to a record of it.

Hooks give what fields declare.  So of a record nothing is left to check but its
constraints, and what must fit between its fields: the rest of its constructor is
not gone through again.  No word of a document stands in the text of a function,
and none of a class but the names of its fields.
"""

from collections.abc import Iterable, Iterator
from types import MemberDescriptorType
from typing import Any, TypeAlias, get_args, get_origin

import attrs

from relationkit import constraints
from relationkit.codec import _hooks as hooks
from relationkit.codec import _quick as quick
from relationkit.codec._annotations import meant, unless_none
from relationkit.codec._hooks import Hook, HookOf
from relationkit.codec._records import converted
from relationkit.constraints import Constraint, Each
from relationkit.reading import has_lone_surrogate
from relationkit.records._checks import DONE
from relationkit.tables._source import Source, indented

__all__ = ["can_be_written", "record_hook"]

Field: TypeAlias = "attrs.Attribute[Any]"
MORE = (
    *("__attrs_init__", "__attrs_pre_init__", "__attrs_post_init__"),
    "_attrs_cached_hash",
)
"""What a class has whose constructor does more than its fields say."""


def can_be_written(kind: type[attrs.AttrsInstance]) -> bool:
    """Whether the fields of a *kind* of record say all that its constructor does."""
    return (
        not any(hasattr(kind, name) for name in MORE)
        and kind.__new__ is object.__new__
        and all(_says_all(kind, field) for field in attrs.fields(kind))
    )


def _says_all(kind: type, field: Field) -> bool:
    return (
        DONE in field.metadata
        and isinstance(getattr(kind, field.name, None), MemberDescriptorType)
        and field.init
        and field.alias == field.name
        and not isinstance(field.converter, attrs.Converter)
        and (_is_needed(field) or _is_good(field, field.default))
    )


def _is_needed(field: Field) -> bool:
    return field.default is attrs.NOTHING


def _is_good(field: Field, default: object) -> bool:
    """Whether a *default* is the same each time, and holds what the field asks."""
    asked = constraints.of(field)
    is_made = isinstance(default, attrs.Factory)  # type: ignore[arg-type]
    return not is_made and (default is None or all(a.holds(default) for a in asked))


def record_hook(kind: type[attrs.AttrsInstance], hook_of: HookOf) -> Hook:
    """The hook that reads a table of known keys into such a *kind* of record."""
    return _Function(kind, hook_of).written()


class _Function:
    """The function that reads one kind of record, while it is written.

    In its text ``value`` is the table, ``made`` the record, and ``part`` what is
    being read.
    """

    def __init__(self, kind: type[attrs.AttrsInstance], hook_of: HookOf) -> None:
        self.kind = kind
        self.hook_of = hook_of
        self.source = Source()
        self.bind = self.source.bind

    def written(self) -> Hook:
        """All of it."""
        fields: tuple[Field, ...] = attrs.fields(self.kind)
        lines = [
            self.refuse_if("type(value) is not dict"),
            f"made = {self.bind(object.__new__)}({self.bind(self.kind)})",
            f"known = {sum(map(_is_needed, fields))}",
            *(line for field in fields for line in self.put(field)),
            self.refuse_if("known != len(value)"),
            *(line for field in fields for line in self.fit(field)),
            "return made",
        ]
        like: Hook = quick.not_quick
        head = "def read(value, _):"
        return self.source.function([head, *indented(lines)], like=like, name="read")

    def refuse_if(self, fault: str) -> str:
        """Leave what has a *fault* to who takes the time."""
        return f"if {fault}: {self.bind(quick.not_quick)}()"

    def put(self, field: Field) -> Iterator[str]:
        """Put what is told of one field, or its default, in its place."""
        read = [f"part = value[{field.name!r}]", *self.read(field)]
        if _is_needed(field):
            yield from read
        else:
            yield f"if {field.name!r} in value:"
            yield from indented(["known += 1", *read])
            yield "else:"
            yield f"    part = {self.bind(converted(field, field.default))}"
        yield f"{self.bind(getattr(self.kind, field.name).__set__)}(made, part)"

    def read(self, field: Field) -> list[str]:
        """Read what is told of one field, and do with it what that would."""
        kind, asked = meant(field.type), constraints.of(field)
        other = unless_none(kind)
        if get_origin(kind) in {tuple, frozenset}:
            lines = self.several(kind, asked)
        else:
            lines = [*self.one(other), *self.hold(asked)]
        if other is not kind:
            lines = ["if part is not None:", *indented(lines)]
        if left := field.metadata[DONE]:
            lines.append(f"part = {self.bind(left)}(part)")
        return lines

    def several(self, kind: object, asked: Iterable[Constraint]) -> list[str]:
        """Read a list, and ask of each item what is asked of each."""
        of_each = [one.one for one in asked if isinstance(one, Each)]
        of_all = [one for one in asked if not isinstance(one, Each)]
        lines = [
            self.refuse_if("type(part) is not list"),
            "items = []",
            "for part in part:",
            *indented([*self.one(get_args(kind)[0]), *self.hold(of_each)]),
            "    items.append(part)",
            f"part = {self.bind(get_origin(kind))}(items)",
            *self.hold(of_all),
        ]
        if get_origin(kind) is frozenset:
            lines.append(self.refuse_if("len(part) < len(items)"))
        return lines

    def hold(self, asked: Iterable[Constraint]) -> list[str]:
        """Ask whether it is what each constraint has it."""
        return [self.refuse_if(f"not {self.bind(one.holds)}(part)") for one in asked]

    def one(self, kind: object) -> list[str]:
        """Read one value, without a call if it is of a common kind."""
        kind = meant(kind)
        hook = self.hook_of(kind)
        if hook is hooks.text:
            has_half = f"not part.isascii() and {self.bind(has_lone_surrogate)}(part)"
            return [self.refuse_if(f"type(part) is not str or {has_half}")]
        if hook is quick.member:
            members = self.bind(quick.members_of(kind))
            return [self.refuse_if("type(part) is not str"), f"part = {members}[part]"]
        read = f"{self.bind(hook)}(part, {self.bind(kind)})"
        if hook is quick.day:
            read = f"{self.bind(quick.DAYS)}[part] if type(part) is str else {read}"
        return [f"part = {read}"]

    def fit(self, field: Field) -> Iterator[str]:
        """Ask whether one field fits the others."""
        for validator in constraints.besides(field):
            asked = f"{self.bind(validator)}(made, {self.bind(field)}"
            yield f"{asked}, made.{field.name})"
