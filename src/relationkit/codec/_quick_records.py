"""Quick records: one function for a class, from a table to a record of it.

Hooks give what fields declare.  So of a record nothing is left to check but its
constraints, and what must fit between its fields: the rest of its constructor is
not gone through again.  No word of a document stands in the text of a function,
and none of a class but the names of its fields.
"""

from collections.abc import Iterator
from itertools import chain
from types import MemberDescriptorType
from typing import Any, TypeAlias, get_args, get_origin

import attrs

from relationkit import constraints
from relationkit.codec import _hooks as hooks
from relationkit.codec import _quick as quick
from relationkit.codec._annotations import meant, unless_none
from relationkit.codec._hooks import Hook, HookOf
from relationkit.codec._records import converted
from relationkit.constraints import Constraint, Each, Id, Several
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
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return False
    kept = converted(field, default)
    return kept is None or all(one.holds(kept) for one in constraints.of(field))


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
        kind = meant(field.type)
        other = unless_none(kind)
        is_several = get_origin(kind) in {tuple, frozenset}
        lines = self.several(kind) if is_several else self.one(other)
        if other is not kind:
            lines = ["if part is not None:", *indented(lines)]
        if left := field.metadata[DONE]:
            lines.append(f"part = {self.bind(left)}(part)")
        held = map(self.hold, constraints.of(field))
        return [*lines, *chain.from_iterable(held)]

    def several(self, kind: object) -> list[str]:
        """Read a list."""
        item, several = get_args(kind)[0], get_origin(kind)
        lines = [
            self.refuse_if("type(part) is not list"),
            "items = []",
            "for part in part:",
            *indented([*self.one(item), "items.append(part)"]),
            f"part = {self.bind(several)}(items)",
        ]
        if several is frozenset:
            lines.append(self.refuse_if("len(part) < len(items)"))
        if several is frozenset and meant(item) is str:
            lines.append(f"part = {self.bind(hooks.kept_once)}(part)")
        return lines

    def hold(self, asked: Constraint) -> list[str]:
        """Ask whether it is what a constraint has it; None passes."""
        if isinstance(asked, Each):
            fault = self.fault(asked.one, "item")
            return ["for item in part:", f"    {self.refuse_if(fault)}"]
        fault = self.fault(asked, "part")
        return [self.refuse_if(f"part is not None and ({fault})")]

    def fault(self, asked: Constraint, name: str) -> str:
        """That what has a *name* is not as a constraint has it.

        The most common ones are asked without a call.
        """
        if type(asked) is Several and asked.most is None:
            return f"len({name}) < {asked.least}"
        if type(asked) is Id:
            return f"not {name}.isprintable() or {name} != {name}.strip() or not {name}"
        return f"not {self.bind(asked.holds)}({name})"

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
        if hook is hooks.day:
            read = f"{self.bind(hooks.DAYS)}[part] if type(part) is str else {read}"
        return [f"part = {read}"]

    def fit(self, field: Field) -> Iterator[str]:
        """Ask whether one field fits the others."""
        for validator in constraints.besides(field):
            asked = f"{self.bind(validator)}(made, {self.bind(field)}"
            yield f"{asked}, made.{field.name})"
