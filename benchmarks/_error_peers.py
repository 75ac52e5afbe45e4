"""Peers: how others read a book, and what they say is wrong with it.

Their models are made out of ours, field by field, with the same types, tags and
rules, each as its documentation has it: strict where it can be, unknown keys
forbidden.  cattrs reads our own models, by a converter as it comes.
"""

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from types import SimpleNamespace, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

import attrs
import mashumaro
import msgspec
import pydantic
from cattrs import transform_error
from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union
from mashumaro.config import BaseConfig
from mashumaro.exceptions import MissingField
from mashumaro.types import Discriminator

from relationkit import codec
from relationkit.books import Book
from relationkit.duties import Duty, FiduciaryDuty, OtherDuty
from relationkit.errors import DecodeError
from relationkit.fees import Fee
from relationkit.parties import Organisation, Party, Person
from relationkit.targets import Plan

__all__ = ["PEERS", "Steps", "Told"]

Steps: TypeAlias = tuple[str | int, ...]
TAGS: dict[type, str] = {
    Person: "person",
    Organisation: "organisation",
    FiduciaryDuty: "fiduciary",
    OtherDuty: "other",
}
APART = {*get_args(Fee), Plan}
"""What is read as anything: it is made of itself, or of two kinds of texts."""
STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


class Told(NamedTuple):
    """What a library says is wrong.

    Attributes:
        at: Where, as far as it says.
        message: What.
    """

    at: Steps
    message: str


def _rules(made: Any, kind: type[Any]) -> None:  # noqa: ANN401, a twin of that
    """Hold *made*, a twin of a *kind*, to the rules of that."""
    for field in attrs.fields(kind):
        if field.validator is not None:
            field.validator(made, field, getattr(made, field.name))


def _mapped(kind: Any, of: Callable[[type], Any], union: Callable[..., Any]) -> Any:  # noqa: ANN401, types
    """The same type with what stands for each model *of* ours."""
    arguments = get_args(kind)
    if meant := Any if {*arguments} & APART else getattr(kind, "__supertype__", None):
        return meant
    if get_origin(kind) in {Union, UnionType}:
        models = [of(one) for one in arguments if attrs.has(one)]
        rest = [one for one in arguments if not attrs.has(one)]
        if len(models) > 1:
            return union(reduce(or_, models))
        return reduce(or_, [*models, *(_mapped(one, of, union) for one in rest)])
    if get_origin(kind) is tuple:
        return tuple[_mapped(arguments[0], of, union), ...]  # type: ignore[misc]
    if get_origin(kind) is frozenset:
        return frozenset[_mapped(arguments[0], of, union)]  # type: ignore[misc]
    return of(kind) if attrs.has(kind) else kind


def _ours(text: str) -> Iterator[Told]:
    try:
        codec.loads(text, Book)
    except DecodeError as error:
        for problem in error.problems:
            steps = problem.pointer.split("/")[1:]
            at = tuple(int(step) if step.isdigit() else step for step in steps)
            yield Told(at, str(problem))


@cache
def _by_pydantic(kind: type) -> Any:  # noqa: ANN401, made here
    def rule(field: Any) -> Any:  # noqa: ANN401, any field
        def check(value: object) -> object:
            with suppress(AttributeError):  # of a rule that reads other fields
                if field.validator is not None:
                    field.validator(SimpleNamespace(id="?"), field, value)
            return value

        return pydantic.AfterValidator(check)

    def whole(made: Any) -> Any:  # noqa: ANN401, of the class made here
        _rules(made, kind)
        return made

    def union(models: Any) -> Any:  # noqa: ANN401, types
        return Annotated[models, pydantic.Discriminator("type")]

    parts: dict[str, Any] = {}
    if kind in TAGS:
        parts["type"] = (Literal[TAGS[kind]], ...)
    for field in attrs.fields(kind):
        told = _mapped(field.type, _by_pydantic, union)
        default = ... if field.default is attrs.NOTHING else field.default
        parts[field.name] = (Annotated[told, rule(field)], default)
    return pydantic.create_model(
        kind.__name__,
        __config__=pydantic.ConfigDict(strict=True, extra="forbid", frozen=True),
        __validators__={"whole": pydantic.model_validator(mode="after")(whole)},
        **parts,
    )


def _pydantic(text: str) -> Iterator[Told]:
    try:
        _by_pydantic(Book).model_validate_json(text)
    except pydantic.ValidationError as error:
        for one in error.errors():  # tags of unions stand in its paths, and no place
            at = tuple(step for step in one["loc"] if step not in TAGS.values())
            yield Told(at, one["msg"])


@cache
def _converter() -> Any:  # noqa: ANN401, it is generic
    made = make_converter(forbid_extra_keys=True)
    made.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    for union in (Party, Duty):
        configure_tagged_union(
            union, made, tag_generator=TAGS.__getitem__, tag_name="type"
        )
    return made


def _cattrs(text: str) -> Iterator[Told]:
    try:
        _converter().structure(json.loads(text), Book)
    except Exception as error:  # noqa: BLE001, whatever it lets through
        for line in transform_error(error):
            yield Told(_steps(line.rpartition(" @ $")[2]), line)


def _steps(path: str) -> Steps:
    return tuple(name or int(number) for name, number in STEP.findall(path))


@cache
def _by_msgspec(kind: type) -> Any:  # noqa: ANN401, made here
    parts: list[Any] = []
    for field in attrs.fields(kind):
        told = _mapped(field.type, _by_msgspec, lambda models: models)
        default = [] if field.default is attrs.NOTHING else [field.default]
        parts.append((field.name, told, *default))
    return msgspec.defstruct(
        kind.__name__,
        parts,
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
        tag=TAGS.get(kind),
        tag_field="type" if kind in TAGS else None,
        namespace={"__post_init__": lambda made: _rules(made, kind)},
    )


def _msgspec(text: str) -> Iterator[Told]:
    try:
        msgspec.json.decode(text, type=_by_msgspec(Book))
    except msgspec.ValidationError as error:
        yield Told(_steps(str(error).rpartition("`$")[2].rstrip("`")), str(error))


@cache
def _by_mashumaro(kind: type) -> Any:  # noqa: ANN401, made here
    def union(models: Any) -> Any:  # noqa: ANN401, types
        return Annotated[models, Discriminator(field="type", include_supertypes=True)]

    parts: list[Any] = []
    if kind in TAGS:
        parts.append(("type", Literal[TAGS[kind]], TAGS[kind]))
    for field in attrs.fields(kind):
        told = _mapped(field.type, _by_mashumaro, union)
        has_default = field.default is not attrs.NOTHING
        default = [dataclasses.field(default=field.default)] if has_default else []
        parts.append((field.name, told, *default))
    name = f"{kind.__name__}Twin"  # which it looks up in the module
    globals()[name] = made = dataclasses.make_dataclass(
        name,
        parts,
        bases=(mashumaro.DataClassDictMixin,),
        kw_only=True,
        frozen=True,
        namespace={
            "__module__": __name__,
            "Config": type("Config", (BaseConfig,), {"forbid_extra_keys": True}),
            "__post_init__": lambda made: _rules(made, kind),
        },
    )
    return made


def _mashumaro(text: str) -> Iterator[Told]:
    try:
        _by_mashumaro(Book).from_dict(json.loads(text))
    except Exception as error:  # noqa: BLE001, whatever it lets through
        names: list[str] = []
        found: BaseException | None = error
        while found is not None:  # it names fields, and no place in a list
            if name := getattr(found, "field_name", None):
                names.append(name)
            last, found = found, found.__cause__ or found.__context__
        if isinstance(last, MissingField) or names:
            yield Told(tuple(names), str(error))
        else:
            yield Told((), str(error))


PEERS: dict[str, Callable[[str], Iterator[Told]]] = {
    "relationkit": _ours,
    "pydantic": _pydantic,
    "cattrs": _cattrs,
    "msgspec": _msgspec,
    "mashumaro": _mashumaro,
}
