"""Annotations: what stands for a kind of value, taken apart."""

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

__all__ = ["is_union", "kinds_of", "meant", "unless_none"]


def is_union(kind: object) -> bool:
    """Whether one of several kinds may stand there."""
    return get_origin(kind) in {Union, UnionType}


def kinds_of(union: object) -> list[type]:
    """What may stand there, of a *union*, beside None."""
    return [kind for kind in get_args(union) if kind is not NoneType]


def meant(kind: object) -> Any:  # noqa: ANN401, a type
    """What a NewType or an alias that is an object stands for; any other itself."""
    named = getattr(kind, "__supertype__", getattr(kind, "__value__", None))
    return kind if named is None else meant(named)


def unless_none(kind: object) -> object:
    """The one *kind* that may stand there beside None; itself if it is no such one."""
    kinds = kinds_of(kind)
    is_optional = len(kinds) == 1 and NoneType in get_args(kind)
    return kinds[0] if is_optional else kind
