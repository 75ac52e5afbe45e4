"""Loading: a document, or a file of one, into a model."""

from collections.abc import Mapping
from functools import partial
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from typing_extensions import TypeForm

from relationkit.codec import _hooks as hooks
from relationkit.codec._annotations import is_union, kinds_of, meant
from relationkit.codec._converters import converter, quick_converter
from relationkit.codec._files import bytes_of, refuse_file
from relationkit.codec._limits import DEEP, LIMITS, Limits, refuse_over
from relationkit.codec._parse import Format, parsed, parsed_quickly
from relationkit.codec._plain import check
from relationkit.codec._quick import not_quick
from relationkit.codec._versions import (
    DATA,
    SCHEMA,
    SCHEMAS,
    is_versioned,
    opened,
    resolving,
    strays,
)
from relationkit.errors import DecodeError, Problem
from relationkit.records import is_of

__all__ = ["converter", "load", "loads", "read", "storable"]

T = TypeVar("T")
QUICK = 10_000
"""How many items a document may have that is read quickly first; of a larger one
that is refused, the second reading would cost too much."""
SMALL = 50_000
"""How many bytes a text may have that is read quickly first."""
FAULTS: tuple[type[Exception], ...] = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def load(document: object, kind: TypeForm[T], *, limits: Limits = LIMITS) -> T:
    """The *kind* of model that a plain *document* describes.

    A document is what a JSON or TOML parser gives: dicts, lists, texts, true
    and false, days.  It may be one that was stored with its version.

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
    items = check(document, limits)
    if items <= QUICK:
        try:
            return _quickly(document, kind)
        except FAULTS:
            pass  # all of them are told below
    try:
        if is_versioned(document) and (kinds := storable(kind)):
            hook = partial(_stored, kinds, limits.problems)
        return hook(document, kind)  # type: ignore[no-any-return]
    except DecodeError as error:
        raise DecodeError(_first(error.problems, limits.problems)) from None


def _quickly(document: object, kind: TypeForm[T]) -> T:
    """What *document* describes, if it is without a fault.

    Raises:
        Exception: If not, or it is not read quickly; one of FAULTS.
    """
    told: tuple[object, Any] = (document, kind)
    if type(document) is dict and SCHEMA in document:
        told = _unwrapped(document, storable(kind))
    hook: hooks.Hook = quick_converter().get_structure_hook(told[1])
    return hook(*told)  # type: ignore[no-any-return]


def _unwrapped(document: Mapping[str, object], kinds: list[type]) -> tuple[object, Any]:
    """What a stored *document* of one of *kinds* holds, and which of them it is."""
    if not kinds or document.keys() != {SCHEMA, DATA}:
        not_quick()
    found = opened(document, kinds)
    return found.data, found.kind


def _is_small(raw: bytes, limits: Limits) -> bool:
    """Whether a text is so short that no scan is needed to keep within *limits*.

    Each item takes a byte.  What is over the others is no model: those nest less
    than is allowed, their numbers have fewer digits, and none has an exponent.
    """
    is_short = len(raw) <= min(limits.items, SMALL)
    return is_short and limits.depth >= DEEP and limits.digits >= hooks.DIGITS


def storable(kind: object) -> list[type]:
    """What may be stored on its own, of what a *kind* names."""
    named = meant(kind)
    kinds = kinds_of(named) if is_union(named) else [named]
    return [one for one in kinds if isinstance(one, type) and one in SCHEMAS]


def _stored(
    kinds: list[type], most: int, document: Mapping[str, object], _: object
) -> object:
    """What a document that names its schema holds."""
    beside = [*islice(strays(document), most + 1)]
    try:
        read = _opened(kinds, most, document)
    except DecodeError as error:
        raise DecodeError([*error.problems, *beside]) from None
    if beside:
        raise DecodeError(beside)
    return read


def _opened(kinds: list[type], most: int, document: Mapping[str, object]) -> object:
    found = opened(document, kinds)
    try:
        return converter(most).get_structure_hook(found.kind)(found.data, found.kind)
    except DecodeError as error:
        problems = [problem.under(f"/{DATA}") for problem in error.problems]
        if found.is_old:
            problems = [resolving(problem, document) for problem in problems]
        raise DecodeError(problems) from None


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
    if type(data) is not bytes:
        is_of("data", str | bytes, data, "use load(...) for what is parsed already")
    is_of("form", Format, form)
    is_of("limits", Limits, limits)
    if isinstance(data, str) and len(data) > limits.size:  # its bytes are no fewer
        refuse_over(limits, "size", f"{len(data)} or more")
    raw = data.encode(errors="surrogatepass") if isinstance(data, str) else data
    if len(raw) > limits.size:
        refuse_over(limits, "size", len(raw))
    if form is Format.JSON and _is_small(raw, limits):
        try:
            return _quickly(parsed_quickly(raw), kind)
        except FAULTS:
            pass  # all of them are told below
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
