"""Loading: a document, or a file of one, into a model."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache, partial
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import NoReturn, TypeVar, Union, get_args, get_origin

import attrs
from cattrs import Converter
from typing_extensions import TypeForm

from relationkit.codec import _hooks as hooks
from relationkit.codec._files import bytes_of, refuse_file
from relationkit.codec._limits import Limits, refuse_over
from relationkit.codec._parse import Format, parsed
from relationkit.codec._plain import check
from relationkit.codec._records import record_hook
from relationkit.duties import FiduciaryDuty, OtherDuty
from relationkit.errors import DecodeError, PolicyError, Problem
from relationkit.parties import Organisation, Person
from relationkit.policy import Edition, build
from relationkit.records import is_of
from relationkit.relationships import Client, Customer

__all__ = ["load", "loads", "read"]

T = TypeVar("T")
LIMITS = Limits()
TAGS: dict[type, str] = {
    Person: "person",
    Organisation: "organisation",
    FiduciaryDuty: "fiduciary",
    OtherDuty: "other",
    Customer: "customer",
    Client: "client",
}


def load(document: object, kind: TypeForm[T], *, limits: Limits = LIMITS) -> T:
    """The *kind* of model that a plain *document* describes.

    A document is what a JSON or TOML parser gives: dicts, lists, texts, true
    and false, days.

    >>> from relationkit.parties import Party
    >>> load({"type": "person", "id": "ada", "name": "Ada Byron"}, Party).name
    'Ada Byron'

    Raises:
        DecodeError: If it is not one, with every problem found, or as many as
            *limits* allow.  Fields are checked together; what must fit between
            records is checked once all of them are good.  Or if it is over one
            of the *limits*.
        TypeError: If documents are not read as a *kind*.
    """
    is_of("limits", Limits, limits)
    hook: hooks.Hook = converter(limits.problems).get_structure_hook(kind)
    check(document, limits)
    try:
        return hook(document, kind)  # type: ignore[no-any-return]
    except RecursionError:
        problem = Problem("", "limit", "the document is nested too deeply")
        raise DecodeError([problem]) from None
    except DecodeError as error:
        raise DecodeError(_first(error.problems, limits.problems)) from None


def _first(problems: tuple[Problem, ...], most: int) -> tuple[Problem, ...]:
    if len(problems) <= most:
        return problems
    told = f"there are more problems than these {most}"
    hint = "mend these first, or raise limits.problems"
    return (*problems[:most], Problem("", "limit", told, hint))


def loads(
    data: str | bytes,
    kind: TypeForm[T],
    *,
    form: Format = Format.JSON,
    limits: Limits = LIMITS,
) -> T:
    """The *kind* of model that *data*, written in a *form*, describes.

    Bytes are UTF-8.

    >>> from relationkit.parties import Person
    >>> loads('{"id": "ada", "name": "Ada Byron"}', Person).id
    'ada'

    Raises:
        DecodeError: If it is not of that form, or no such model, or over one
            of the *limits*.
        TypeError: If documents are not read as a *kind*, or *data* is neither text
            nor bytes.
    """
    is_of("data", str | bytes, data, "use load(...) for what is parsed already")
    is_of("form", Format, form)
    is_of("limits", Limits, limits)
    if isinstance(data, str) and len(data) > limits.size:  # its bytes are no fewer
        refuse_over(limits, "size", f"{len(data)} or more")
    raw = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    if len(raw) > limits.size:
        refuse_over(limits, "size", len(raw))
    return load(parsed(raw, form, limits), kind, limits=limits)


def read(path: str | PathLike[str], kind: TypeForm[T], *, limits: Limits = LIMITS) -> T:
    """The *kind* of model in the file at *path*, a ``.toml`` or ``.json`` one.

    A pipe, a device or a directory is refused, and never waited for.

    >>> from relationkit.books import Book
    >>> read("examples/articles.toml", Book).provider.name
    'The Corner of Main & First'

    Raises:
        DecodeError: If the file cannot be read, or holds no such model, or is
            over one of the *limits*.
        TypeError: If documents are not read as a *kind*, or *path* is no path.
    """
    is_of("path", str | PathLike, path, "use read('book.toml', Book)")
    is_of("limits", Limits, limits)
    file = Path(path)
    form = _form(file)
    return loads(bytes_of(file, limits), kind, form=form, limits=limits)


def _form(file: Path) -> Format:
    try:
        return Format(file.suffix.removeprefix(".").lower())
    except ValueError:
        refuse_file(
            f"cannot tell the form of {str(file)!r}",
            "name a file that ends in .toml or .json",
        )


@lru_cache(maxsize=8)
def converter(most: int) -> Converter:
    """The converter that reads all of the models; made on first use.

    It may stop once there are more problems than *most*.
    """
    made = Converter(detailed_validation=False)
    made.register_structure_hook(str, hooks.text)
    made.register_structure_hook(bool, hooks.flag)
    made.register_structure_hook(int, hooks.whole)
    made.register_structure_hook(Decimal, hooks.decimal)
    made.register_structure_hook(date, hooks.day)
    made.register_structure_hook(datetime, hooks.instant)
    made.register_structure_hook(time, hooks.clock)
    made.register_structure_hook(timedelta, hooks.length)
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
    kinds = _kinds(kind) if get_origin(kind) in {Union, UnionType} else []
    is_length_or_record = (
        len(kinds) == 2  # noqa: PLR2004, a pair
        and [kind for kind in kinds if not attrs.has(kind)] == [timedelta]
    )
    is_tagged = kinds != [] and TAGS.keys() >= set(kinds)
    return len(kinds) == 1 or is_tagged or is_length_or_record


def _kinds(union: object) -> list[type]:
    return [kind for kind in get_args(union) if kind is not NoneType]


def _record(of: hooks.HookOf, most: int, kind: type[attrs.AttrsInstance]) -> hooks.Hook:
    return record_hook(kind, of, most)


def _tuple(of: hooks.HookOf, most: int, kind: object) -> hooks.Hook:
    item, _ = get_args(kind)
    hook = of(item)
    return lambda value, _: tuple(hooks.each(value, hook, item, most))


def _set(of: hooks.HookOf, most: int, kind: object) -> hooks.Hook:
    (item,) = get_args(kind)
    hook = of(item)
    return lambda value, _: hooks.distinct(value, hook, item, most)


def _union(of: hooks.HookOf, _: int, kind: object) -> hooks.Hook:
    kinds = _kinds(kind)
    inner = of(kinds[0]) if len(kinds) == 1 else _one_of(of, kinds)
    if len(kinds) == len(get_args(kind)):
        return inner
    return lambda value, _: None if value is None else inner(value, kinds[0])


def _one_of(of: hooks.HookOf, kinds: list[type]) -> hooks.Hook:
    if TAGS.keys() >= set(kinds):
        return _tagged(of, kinds)
    record, leaf = sorted(kinds, key=attrs.has, reverse=True)
    read, table = of(leaf), of(record)

    def hook(value: object, _: object) -> object:
        """A table is the record, and all else what is no table."""
        if isinstance(value, Mapping):
            return table(value, record)
        return read(value, leaf)

    return hook


def _tagged(of: hooks.HookOf, kinds: list[type]) -> hooks.Hook:
    tags = {TAGS[kind]: (kind, of(kind)) for kind in kinds}
    return lambda value, _: hooks.tagged(value, tags)


def _is_name(kind: object) -> bool:
    return _meant(kind) is not None


def _meant(kind: object) -> object:
    """What a NewType or an alias that is an object stands for."""
    return getattr(kind, "__supertype__", getattr(kind, "__value__", None))


def _named(of: hooks.HookOf, _: int, kind: object) -> hooks.Hook:
    meant = _meant(kind)
    hook = of(meant)
    return lambda value, _: hook(value, meant)


def _is_other(_: object) -> bool:
    return True


def _other(_: hooks.HookOf, __: int, kind: object) -> NoReturn:
    raise TypeError(
        f"documents are not read as {kind};"
        f" name a model, a union of parties, duties or customers, or a tuple[..., ...]"
    )


FACTORIES = (
    (_is_other, _other),  # asked last, in place of what cattrs would coerce
    (_is_name, _named),
    (attrs.has, _record),
    (_is_tuple, _tuple),
    (_is_set, _set),
    (_is_union, _union),
)
