"""Loading: a document, or a file of one, into a model."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import NoReturn, TypeVar, Union, get_args, get_origin

import attrs
from cattrs import Converter
from typing_extensions import TypeForm

from relationkit.codec import _hooks as hooks
from relationkit.codec._parse import Format, parsed
from relationkit.codec._records import record_hook
from relationkit.duties import FiduciaryDuty, OtherDuty
from relationkit.errors import DecodeError, PolicyError, Problem
from relationkit.parties import Organisation, Person
from relationkit.policy import Edition, build
from relationkit.relationships import Client, Customer

__all__ = ["Format", "load", "loads", "read"]

T = TypeVar("T")
TAGS: dict[type, str] = {
    Person: "person",
    Organisation: "organisation",
    FiduciaryDuty: "fiduciary",
    OtherDuty: "other",
    Customer: "customer",
    Client: "client",
}


def load(document: object, kind: TypeForm[T]) -> T:
    """The *kind* of model that a plain *document* describes.

    A document is what a JSON or TOML parser gives: dicts, lists, texts, true
    and false, days.

    >>> from relationkit.parties import Party
    >>> load({"type": "person", "id": "ada", "name": "Ada Byron"}, Party).name
    'Ada Byron'

    Raises:
        DecodeError: If it is not one, with every problem found.  Fields are
            checked together; what must fit between records is checked once
            all of them are good.
    """
    hook: hooks.Hook = converter().get_structure_hook(kind)
    try:
        return hook(document, kind)  # type: ignore[no-any-return]
    except RecursionError:
        problem = Problem("", "limit", "the document is nested too deeply")
        raise DecodeError([problem]) from None


def loads(data: str | bytes, kind: TypeForm[T], *, form: Format = Format.JSON) -> T:
    """The *kind* of model that *data*, written in a *form*, describes.

    Bytes are UTF-8.

    >>> from relationkit.parties import Person
    >>> loads('{"id": "ada", "name": "Ada Byron"}', Person).id
    'ada'

    Raises:
        DecodeError: If it is not of that form, or no such model.
    """
    raw = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    return load(parsed(raw, form), kind)


def read(path: str | PathLike[str], kind: TypeForm[T]) -> T:
    """The *kind* of model in the file at *path*, a ``.toml`` or ``.json`` one.

    >>> from relationkit.books import Book
    >>> read("examples/articles.toml", Book).provider.name
    'The Corner of Main & First'

    Raises:
        DecodeError: If the file cannot be read, or holds no such model.
    """
    file = Path(path)
    if file.is_dir():
        _refuse(f"cannot read {str(file)!r}: it is a directory", "name a file in it")
    try:
        form = Format(file.suffix.removeprefix(".").lower())
    except ValueError:
        _refuse(f"cannot tell the form of {str(file)!r}", "name it .toml or .json")
    try:
        data = file.read_bytes()
    except (OSError, ValueError) as error:
        _refuse(f"cannot read {str(file)!r}: {_fault(error)}")
    return loads(data, kind, form=form)


def _refuse(message: str, hint: str = "") -> NoReturn:
    raise DecodeError([Problem("", "file", message, hint)]) from None


def _fault(error: Exception) -> str:
    told = error.strerror if isinstance(error, OSError) else str(error)
    return (told or str(error)).lower()


@cache
def converter() -> Converter:
    """The converter that reads all of the models; made on first use."""
    made = Converter(detailed_validation=False)
    made.register_structure_hook(str, hooks.exactly(str, "a text"))
    made.register_structure_hook(bool, hooks.exactly(bool, "true or false"))
    made.register_structure_hook(int, hooks.exactly(int, "a whole number"))
    made.register_structure_hook(Decimal, hooks.decimal)
    made.register_structure_hook(date, hooks.day)
    made.register_structure_hook(StrEnum, hooks.member)
    made.register_structure_hook(Edition, _edition)
    of = made.get_structure_hook
    for is_wanted, factory in FACTORIES:
        made.register_structure_hook_factory(is_wanted, partial(factory, of))
    return made


def _edition(value: object, _: object) -> Edition:
    if not isinstance(value, Mapping):
        hooks.expected("a table", value)
    try:
        return build(value)
    except PolicyError as error:
        raise DecodeError(error.problems) from None


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _is_set(kind: object) -> bool:
    return get_origin(kind) is frozenset


def _is_union(kind: object) -> bool:
    return get_origin(kind) in {Union, UnionType}


def _record(of: hooks.HookOf, kind: type[attrs.AttrsInstance]) -> hooks.Hook:
    return record_hook(kind, of)


def _tuple(of: hooks.HookOf, kind: object) -> hooks.Hook:
    item, _ = get_args(kind)
    hook = of(item)
    return lambda value, _: tuple(hooks.each(value, hook, item))


def _set(of: hooks.HookOf, kind: object) -> hooks.Hook:
    (item,) = get_args(kind)
    hook = of(item)
    return lambda value, _: hooks.distinct(hooks.each(value, hook, item))


def _union(of: hooks.HookOf, kind: object) -> hooks.Hook:
    kinds = [one for one in get_args(kind) if one is not NoneType]
    inner = of(kinds[0]) if len(kinds) == 1 else _tagged(of, kinds)
    if len(kinds) == len(get_args(kind)):
        return inner
    return lambda value, _: None if value is None else inner(value, kinds[0])


def _tagged(of: hooks.HookOf, kinds: list[type]) -> hooks.Hook:
    tags = {TAGS[kind]: (kind, of(kind)) for kind in kinds}
    return lambda value, _: hooks.tagged(value, tags)


FACTORIES = (
    (attrs.has, _record),
    (_is_tuple, _tuple),
    (_is_set, _set),
    (_is_union, _union),
)
