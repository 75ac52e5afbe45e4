"""Registering: our models within documents that somebody else's converter reads."""

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs
from cattrs import BaseConverter

from relationkit.codec._dump import dump
from relationkit.codec._load import load
from relationkit.codec._tags import TAGS
from relationkit.decisions import Decision, Undecided
from relationkit.policy import ByEngagement

__all__ = ["register"]

BESIDE = (Decision, Undecided, ByEngagement)


def register(converter: BaseConverter) -> None:
    """Let a *converter* of your own read and write our models as we do.

    It learns our models and their unions, and no more: how it reads texts,
    numbers and days elsewhere stays as it is.  What is wrong with one of ours
    is a :class:`~relationkit.errors.DecodeError` within its own errors, with
    places that start where the model stands.

    >>> from cattrs import Converter
    >>> from relationkit.parties import Party
    >>> yours = Converter()
    >>> register(yours)
    >>> ada = {"type": "person", "id": "ada", "name": "Ada Byron"}
    >>> yours.structure({"5": ada}, dict[int, Party])[5].name
    'Ada Byron'
    """
    converter.register_structure_hook_func(_is_read, _load)
    converter.register_unstructure_hook_func(_is_written, dump)


def _load(value: object, kind: Any) -> object:  # noqa: ANN401, a model or a union
    return load(value, kind)


def _is_read(kind: object) -> bool:
    if get_origin(kind) in {Union, UnionType}:
        return TAGS.keys() >= {one for one in get_args(kind) if one is not NoneType}
    return _is_model(kind)


def _is_written(kind: object) -> bool:
    return _is_model(kind) or kind in BESIDE


def _is_model(kind: object) -> bool:
    return (
        isinstance(kind, type)
        and attrs.has(kind)
        and kind.__module__.partition(".")[0] == __name__.partition(".")[0]
    )
