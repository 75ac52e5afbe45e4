"""Parsing: bytes into plain data, with the words of one library for every fault."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import import_module
from itertools import islice
from types import ModuleType
from typing import NoReturn

from relationkit.codec._limits import Limits
from relationkit.codec._plain import walk
from relationkit.codec._scan import Scan
from relationkit.codec._scan_toml import TomlScan
from relationkit.errors import DecodeError, Problem, pointer, shown

__all__ = ["SCANS", "Format", "orjson_if_there", "parsed", "parsed_quickly"]

SHOWN = 200
TWICE = re.compile("Cannot (overwrite|declare|mutate|redefine) |Duplicate ")
"""How the parser of TOML begins to say that a key or table stands twice."""


class Format(StrEnum):
    """The form in which a document is written."""

    JSON = "json"
    TOML = "toml"


class _FaultError(ValueError):
    """What the parser of a form lets pass, and the form or we do not."""


class _TwiceError(ValueError):
    """A key that stands twice in one table, of which the parser keeps the last."""


class _Twice(dict[str, object]):
    """A table in which some keys stand twice.

    Attributes:
        keys_twice: Which.
    """

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        counted = Counter(key for key, _ in pairs)
        self.keys_twice = [key for key, times in counted.items() if times > 1]


def parsed(data: bytes, form: Format, limits: Limits) -> object:
    """The plain data that *data* says.

    Raises:
        DecodeError: If it says none: it is not UTF-8, or not of that form; or
            if it is over one of the *limits*, which no parser is asked to find.
    """
    text = _text(data)
    if not text or text.isspace():
        _refuse("empty", "the document is empty")
    SCANS[form](text, limits).run()
    try:
        return PARSERS[form](text)
    except _TwiceError:
        raise DecodeError(islice(_twice(text), limits.problems)) from None
    except RecursionError:
        _refuse("limit", "the document is nested too deeply")
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, _FaultError) as error:
        hint = "a key or table stands twice; keep one" * bool(TWICE.match(str(error)))
        _refuse("syntax", f"this is not {form.name}: {str(error)[:SHOWN]}", hint)
    except (ArithmeticError, ValueError):
        _refuse("limit", "the document has a number that is too long to read")


def parsed_quickly(data: bytes) -> object:
    """The plain data that *data*, a JSON text, says, if it is without a fault.

    orjson says nothing of a key that stands twice, and keeps the last.  There is a
    colon for each, and so fewer in what it kept: in all of its texts there are no
    more than in *data*, unless that has escapes.

    Raises:
        ValueError: If it has one, or it is not for us to see that it has none.
    """
    if (orjson := orjson_if_there()) is None or b"\\" in data:
        return _json(data.decode())
    told = orjson.loads(data)
    if orjson.dumps(told).count(b":") < data.count(b":"):
        raise ValueError
    return told


@cache
def orjson_if_there() -> ModuleType | None:
    """The faster reader and writer of JSON, where it is installed."""
    try:
        return import_module("orjson")
    except ModuleNotFoundError:
        return None


def _refuse(code: str, message: str, hint: str = "") -> NoReturn:
    raise DecodeError([Problem("", code, message, hint)]) from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")  # some editors put it
    except UnicodeDecodeError as error:
        place = f"byte {error.start}, 0x{data[error.start]:02x}"
        _refuse("encoding", f"the document is not UTF-8: {place}", "save it as UTF-8")


def _json(text: str) -> object:
    return json.loads(
        text,
        parse_float=Decimal,
        parse_constant=_no_number,
        object_pairs_hook=_table,
    )


def _no_number(word: str) -> NoReturn:
    raise _FaultError(f"{word} is not a number")


def _table(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise _TwiceError
    return table


def _marked(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    return _Twice(pairs) if len(table) < len(pairs) else table


def _twice(text: str) -> Iterator[Problem]:
    """Each key that stands twice in a table, with its place."""
    for steps, value in walk(json.loads(text, object_pairs_hook=_marked)):
        for key in value.keys_twice if isinstance(value, _Twice) else ():
            place = pointer(*map(str, steps[1:]), key)
            told = f"the key {shown(key)} stands twice in one table"
            yield Problem(place, "duplicate", told, "keep one")


def _toml(text: str) -> object:
    return tomllib.loads(text, parse_float=Decimal)


SCANS: dict[Format, type[Scan]] = {Format.JSON: Scan, Format.TOML: TomlScan}
PARSERS: dict[Format, Callable[[str], object]] = {
    Format.JSON: _json,
    Format.TOML: _toml,
}
