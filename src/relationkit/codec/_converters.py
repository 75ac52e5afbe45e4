"""Converters: which hook reads a kind of value, found by its type."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias, get_args, get_origin

import attrs
from cattrs import Converter

from relationkit.codec import _hooks as hooks
from relationkit.codec import _quick as quick
from relationkit.codec import _quick_records as quick_records
from relationkit.codec._annotations import is_union, kinds_of, meant
from relationkit.codec._kept import Kept
from relationkit.codec._records import record_hook
from relationkit.codec._tags import TAG, TAGS, tags_of
from relationkit.errors import DecodeError, PolicyError
from relationkit.policy import Edition, build
from relationkit.records import PriorityId
from relationkit.targets import NextBusinessDay, Priority

__all__ = ["converter", "quick_converter"]

Factories: TypeAlias = tuple[
    tuple[Callable[[Any], bool], Callable[[hooks.HookOf, int, Any], hooks.Hook]], ...
]
LEAVES: tuple[tuple[type, hooks.Hook], ...] = (
    (str, hooks.text),
    (bool, hooks.flag),
    (int, hooks.whole),
    (Decimal, hooks.decimal),
    (date, hooks.day),
    (datetime, hooks.instant),
    (time, hooks.clock),
    (timedelta, hooks.length),
    (NextBusinessDay, hooks.next_day),
)
TEXTS: Mapping[frozenset[object], hooks.Hook] = MappingProxyType(
    {
        frozenset({timedelta, NextBusinessDay}): hooks.promise,
        frozenset({Priority, PriorityId}): hooks.priority,
    }
)
"""What is one of two, and whose text says which."""


@lru_cache(maxsize=8)
def converter(most: int) -> Converter:
    """The converter that reads all of the models; made on first use.

    It may stop once there are more problems than *most*.
    """
    made = Converter(detailed_validation=False)
    for kind, hook in LEAVES:
        made.register_structure_hook(kind, hook)
    made.register_structure_hook(StrEnum, hooks.member)
    made.register_structure_hook(Edition, _edition)
    of = made.get_structure_hook
    for is_wanted, factory in FACTORIES:
        made.register_structure_hook_factory(is_wanted, partial(factory, of, most))
    return made


def _edition(value: object, _: object) -> Edition:
    if not isinstance(value, Mapping):
        hooks.expected("a table", value)
    try:
        return build(value)
    except PolicyError as error:
        raise DecodeError(error.problems) from None


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _is_set(kind: object) -> bool:
    return get_origin(kind) is frozenset


def _is_union(kind: object) -> bool:
    kinds = kinds_of(kind) if is_union(kind) else []
    is_tagged = kinds != [] and TAGS.keys() >= set(kinds)
    return len(kinds) == 1 or is_tagged or frozenset(kinds) in TEXTS


def _record(of: hooks.HookOf, most: int, kind: type[attrs.AttrsInstance]) -> hooks.Hook:
    hook = record_hook(kind, of, most)
    if not (kinds := tags_of(kind)):
        return hook

    def hook_of(one: Any) -> hooks.Hook:  # noqa: ANN401, a type
        return hook if one is kind else of(one)

    return lambda value, _: (
        hooks.tagged(value, kinds, hook_of)
        if isinstance(value, Mapping) and TAG in value
        else hook(value, kind)
    )


def _tuple(of: hooks.HookOf, most: int, kind: object) -> hooks.Hook:
    item, _ = get_args(kind)
    hook = of(item)
    return lambda value, _: tuple(hooks.each(value, hook, item, most))


def _set(of: hooks.HookOf, most: int, kind: object) -> hooks.Hook:
    (item,) = get_args(kind)
    hook = of(item)
    keep = hooks.kept_once if meant(item) is str else frozenset
    return lambda value, _: keep(hooks.distinct(value, hook, item, most))


def _union(of: hooks.HookOf, _: int, kind: object) -> hooks.Hook:
    kinds = kinds_of(kind)
    inner = of(kinds[0]) if len(kinds) == 1 else _one_of(of, kinds)
    if len(kinds) == len(get_args(kind)):
        return inner
    return lambda value, _: None if value is None else inner(value, kinds[0])


def _one_of(of: hooks.HookOf, kinds: list[type]) -> hooks.Hook:
    return TEXTS.get(frozenset(kinds)) or _tagged(of, kinds)


def _tagged(of: hooks.HookOf, kinds: list[type]) -> hooks.Hook:
    tags = {TAGS[kind]: kind for kind in kinds}
    return lambda value, _: hooks.tagged(value, tags, of)


def _is_name(kind: object) -> bool:
    return meant(kind) is not kind


def _named(of: hooks.HookOf, _: int, kind: object) -> hooks.Hook:
    named = meant(kind)
    hook = of(named)
    return lambda value, _: hook(value, named)


def _is_other(_: object) -> bool:
    return True


def _other(_: hooks.HookOf, __: int, kind: object) -> NoReturn:
    raise TypeError(
        f"documents are not read as {kind};"
        f" name a model, a union of parties, duties, customers or fees, or a"
        f" tuple[..., ...]"
    )


FACTORIES: Factories = (
    (_is_other, _other),  # asked last, in place of what cattrs would coerce
    (_is_name, _named),
    (attrs.has, _record),
    (_is_tuple, _tuple),
    (_is_set, _set),
    (_is_union, _union),
)


@lru_cache(maxsize=1)
def quick_converter() -> Converter:
    """The converter that reads what is without a fault; made on first use.

    What it cannot read it refuses with a LookupError, TypeError, ValueError or
    AttributeError, and no word of what is wrong.
    """
    made = Converter(detailed_validation=False)
    for kind, hook in LEAVES:
        made.register_structure_hook(kind, hook)
    made.register_structure_hook(StrEnum, quick.member)
    made.register_structure_hook(Edition, quick.not_quick)
    of = made.get_structure_hook
    for is_wanted, factory in QUICK:
        made.register_structure_hook_factory(is_wanted, partial(factory, of, 0))
    return made


def _quick_record(
    of: hooks.HookOf, _: int, kind: type[attrs.AttrsInstance]
) -> hooks.Hook:
    is_simple = quick_records.can_be_written(kind)
    hook_for = quick_records.record_hook if is_simple else quick.record_hook
    hook = hook_for(kind, of)
    if not (kinds := tags_of(kind)):
        return hook

    hook_of: Kept[Any, hooks.Hook] = Kept(of)
    hook_of[kind] = hook
    return lambda value, _: (
        quick.tagged(kinds, hook_of, value, None) if TAG in value else hook(value, kind)
    )


def _quick_tuple(of: hooks.HookOf, _: int, kind: object) -> hooks.Hook:
    item, _ellipsis = get_args(kind)
    read = partial(quick.each, of(item), item)
    return lambda value, _: tuple(read(value, None))


def _quick_set(of: hooks.HookOf, _: int, kind: object) -> hooks.Hook:
    (item,) = get_args(kind)
    return partial(quick.distinct, of(item), item)


def _quick_union(of: hooks.HookOf, _: int, kind: object) -> hooks.Hook:
    kinds = kinds_of(kind)
    inner = of(kinds[0]) if len(kinds) == 1 else _quick_one_of(of, kinds)
    if len(kinds) == len(get_args(kind)):
        return inner
    return lambda value, _: None if value is None else inner(value, kinds[0])


def _quick_one_of(of: hooks.HookOf, kinds: list[type]) -> hooks.Hook:
    if hook := TEXTS.get(frozenset(kinds)):
        return hook
    return partial(quick.tagged, {TAGS[one]: one for one in kinds}, Kept(of))


QUICK: Factories = (
    (_is_other, _other),
    (_is_name, _named),
    (attrs.has, _quick_record),
    (_is_tuple, _quick_tuple),
    (_is_set, _quick_set),
    (_is_union, _quick_union),
)
