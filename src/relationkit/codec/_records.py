"""Records: tables into models, with every fault of every field at once."""

from collections.abc import Iterator, Mapping
from itertools import islice
from types import NoneType
from typing import Any, TypeAlias, get_args

import attrs

from relationkit.codec._hooks import Hook, HookOf, expected, refuse, refuse_envelope
from relationkit.codec._places import among, as_written
from relationkit.codec._tags import TAG, TAGS
from relationkit.constraints import ConstraintError
from relationkit.errors import (
    AmongError,
    DecodeError,
    InvalidError,
    Problem,
    pointer,
    shown,
    suggestion,
)
from relationkit.reading import got

__all__ = ["NULL", "converted", "may_be_null", "record_hook"]

NULL = "null"
"""The key that names, in a form without null, what is null."""

UNKNOWN = (type(attrs.NOTHING), attrs.Factory)
"""The classes of defaults that are none, or are made anew for each record."""
Fields: TypeAlias = tuple["attrs.Attribute[Any]", ...]


def record_hook(kind: type[attrs.AttrsInstance], hook_of: HookOf, most: int) -> Hook:
    """The hook that reads a table into a *kind* of record.

    Of unknown keys it tells *most* and one, which is too many.
    """
    fields: Fields = attrs.fields(kind)
    hooks = {field.name: hook_of(field.type) for field in fields}
    nullable = may_be_null(kind)
    names = [*(field.name for field in fields), *([TAG] if kind in TAGS else [])]

    def hook(value: object, _: object) -> object:
        if not isinstance(value, Mapping):
            expected("a table", value)
        refuse_envelope(value)
        if nullable and NULL in value:
            value = _with_null(value, nullable)
        read, problems = _read(value, fields, hooks)
        problems += [
            *islice(_unknown(value, fields, names), most + 1),
            *_missing(value, fields),
            *_invalid(kind, fields, _known(value, fields, read), read, value),
        ]
        if problems:
            raise DecodeError(problems)
        try:
            return _made(kind, read)
        except InvalidError as error:
            told = as_written(error.problems, value, read, hook_of, most)
            raise DecodeError(told) from None

    return hook


def may_be_null(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """The fields that must be said, even where they are None."""
    fields: Fields = attrs.fields(kind)
    needed = [field for field in fields if field.default is attrs.NOTHING]
    return tuple(f.name for f in needed if NoneType in get_args(f.type))


def _with_null(
    value: Mapping[str, object], names: tuple[str, ...]
) -> Mapping[str, object]:
    """The table *value*, with null where its list of what is null says so."""
    null = value[NULL]
    if not isinstance(null, (list, tuple)):
        problem = Problem(pointer(NULL), "type", f"expected a list, got {got(null)}")
        raise DecodeError([problem])
    told = {key: one for key, one in value.items() if key != NULL}
    problems: list[Problem] = []
    for place, name in enumerate(null):
        where = pointer(NULL, place)
        if not isinstance(name, str) or name not in names:
            hint = suggestion(name if isinstance(name, str) else "", names)
            message = f"expected a field that may be null, got {got(name)}"
            problems.append(Problem(where, "member", message, hint))
        elif name in told:
            problems.append(Problem(where, "duplicate", f"{name!r} is said before"))
        else:
            told[name] = None
    if problems:
        raise DecodeError(problems)
    return told


def _read(
    value: Mapping[str, object], fields: Fields, hooks: Mapping[str, Hook]
) -> tuple[dict[str, Any], list[Problem]]:
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in fields:
        if field.name in value:
            try:
                read[field.name] = hooks[field.name](value[field.name], field.type)
            except DecodeError as error:
                problems += [p.under(pointer(field.name)) for p in error.problems]
    return read, problems


def _unknown(
    value: Mapping[str, object], fields: Fields, names: list[str]
) -> Iterator[Problem]:
    for key in value:
        if not isinstance(key, str):  # as other forms than ours allow
            yield Problem("", "type", f"expected texts as keys, got {got(key)}")
        elif key not in names:
            told = f"unknown key {shown(key)}"
            hint = suggestion(key, names)
            if hint.startswith("one of") and (lacking := _lacking(value, fields)):
                hint = f"did you mean {lacking!r}?"
            yield Problem(pointer(key), "unknown_key", told, hint)


def _lacking(value: Mapping[str, object], fields: Fields) -> str:
    """The one field that a table lacks, if it has one key that nobody knows."""
    needed = [f.name for f in fields if f.default is attrs.NOTHING]
    lacking = [name for name in needed if name not in value]
    known = sum(field.name in value for field in fields)
    return lacking[0] if len(lacking) == 1 == len(value) - known else ""


def _missing(value: Mapping[str, object], fields: Fields) -> Iterator[Problem]:
    for field in fields:
        if field.default is attrs.NOTHING and field.name not in value:
            yield Problem("", "missing", f"{field.name!r} is missing")


def _known(
    value: Mapping[str, object], fields: Fields, read: Mapping[str, Any]
) -> dict[str, Any]:
    """What was read well, and the defaults of what was left out.

    What is there and bad has no default, or validators would judge by it.  An
    id that is not known is "?": they ask nothing of it, and name it in what
    they say.
    """
    left = {field.name: field.default for field in fields if field.name not in value}
    defaults = {k: v for k, v in left.items() if type(v) not in UNKNOWN}
    return {"id": "?", **defaults, **read}


def _invalid(
    kind: type[attrs.AttrsInstance],
    fields: Fields,
    known: Mapping[str, Any],
    read: Mapping[str, Any],
    written: Mapping[str, object],
) -> Iterator[Problem]:
    """What the validators of the fields say, each of what is known.

    They are asked on an instance that is not finished, so that one bad field
    hides no other; a validator that reads a field which is not there, or was
    refused, waits for the next reading.
    """
    blank = kind.__new__(kind)
    for field in fields:
        if field.name in known:
            object.__setattr__(blank, field.name, converted(field, known[field.name]))
    for field in fields:
        if field.validator is None or field.name not in known:
            continue
        kept = getattr(blank, field.name)
        try:
            field.validator(blank, field, kept)
        except AttributeError:
            continue
        except AmongError as error:
            told = among(error, kept, read[field.name], written[field.name])
            yield from (problem.under(pointer(field.name)) for problem in told)
        except (TypeError, ValueError) as error:
            place = pointer(field.name) if field.name in read else ""
            told = _refused(error, written.get(field.name))
            yield from (problem.under(place) for problem in told)
        else:
            continue
        if field.name != "id":  # of which nothing is asked
            object.__delattr__(blank, field.name)


def _refused(error: TypeError | ValueError, written: Any) -> Iterator[Problem]:  # noqa: ANN401
    if not isinstance(error, ConstraintError):
        yield Problem("", "value", str(error))
    elif error.each is None:
        told = f"expected {error.wanted}, got {error.got}"
        yield Problem("", "value", told, error.remedy)
    else:
        for place, one in enumerate(written):
            if not error.each.holds(one):
                told = f"expected {error.each.wanted}, got {error.each.got(one)}"
                remedy = error.each.remedy_for(one)
                yield Problem(pointer(place), "value", told, remedy)


def converted(field: "attrs.Attribute[Any]", value: object) -> object:
    """What a record keeps of a *value* for a *field*."""
    convert = field.converter
    if convert is None or isinstance(convert, attrs.Converter):
        return value
    return convert(value)


def _made(kind: type[attrs.AttrsInstance], read: dict[str, Any]) -> object:
    try:
        return kind(**read)
    except InvalidError:
        raise
    except (TypeError, ValueError) as error:
        refuse("value", str(error))
