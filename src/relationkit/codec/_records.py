"""Records: tables into models, with every fault of every field at once."""

from collections.abc import Iterator, Mapping
from itertools import islice
from types import NoneType
from typing import Any, TypeAlias, get_args

import attrs

from relationkit.codec._hooks import Hook, HookOf, expected, refuse
from relationkit.constraints import ConstraintError
from relationkit.errors import DecodeError, InvalidError, Problem, pointer, suggestion
from relationkit.reading import got

__all__ = ["NULL", "may_be_null", "record_hook"]

NULL = "null"
"""The key that names, in a form without null, what is null."""

Fields: TypeAlias = tuple["attrs.Attribute[Any]", ...]


def record_hook(kind: type[attrs.AttrsInstance], hook_of: HookOf, most: int) -> Hook:
    """The hook that reads a table into a *kind* of record.

    Of unknown keys it tells *most* and one, which is too many.
    """
    fields: Fields = attrs.fields(kind)
    hooks = {field.name: hook_of(field.type) for field in fields}
    nullable = may_be_null(kind)

    def hook(value: object, _: object) -> object:
        if not isinstance(value, Mapping):
            expected("a table", value)
        if nullable and NULL in value:
            value = _with_null(value, nullable)
        read, problems = _read(value, fields, hooks)
        problems += [
            *islice(_unknown(value, fields), most + 1),
            *_missing(value, fields),
            *_invalid(kind, fields, _known(value, fields, read), read),
        ]
        if problems:
            raise DecodeError(problems)
        return _made(kind, read)

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


def _unknown(value: Mapping[str, object], fields: Fields) -> Iterator[Problem]:
    names = [field.name for field in fields]
    for key in value:
        if not isinstance(key, str):  # as other forms than ours allow
            yield Problem("", "type", f"expected texts as keys, got {got(key)}")
        elif key not in names:
            told = f"unknown key {key[:60]!r}"
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
    defaults = {k: v for k, v in left.items() if v is not attrs.NOTHING}
    return {"id": "?", **defaults, **read}


def _invalid(
    kind: type[attrs.AttrsInstance],
    fields: Fields,
    known: Mapping[str, Any],
    read: Mapping[str, Any],
) -> Iterator[Problem]:
    """What the validators of the fields say, each of what is known.

    They are asked on an instance that is not finished, so that one bad field
    hides no other; a validator that reads a field which is not there waits for
    the next reading.
    """
    blank = kind.__new__(kind)
    for field in fields:
        if field.name in known:
            object.__setattr__(blank, field.name, _value(field, known[field.name]))
    for field in fields:
        if field.validator is None or field.name not in known:
            continue
        try:
            field.validator(blank, field, getattr(blank, field.name))
        except AttributeError:
            continue
        except (TypeError, ValueError) as error:
            yield _refused(error).under(
                pointer(field.name) if field.name in read else ""
            )


def _refused(error: TypeError | ValueError) -> Problem:
    if isinstance(error, ConstraintError):
        told = f"expected {error.wanted}, got {error.got}"
        return Problem("", "value", told, error.remedy)
    return Problem("", "value", str(error))


def _value(field: "attrs.Attribute[Any]", value: object) -> object:
    convert = field.converter
    if convert is None or isinstance(convert, attrs.Converter):
        return value
    return convert(value)


def _made(kind: type[attrs.AttrsInstance], read: dict[str, Any]) -> object:
    try:
        return kind(**read)
    except InvalidError as error:
        raise DecodeError(error.problems) from None
    except (TypeError, ValueError) as error:
        refuse("value", str(error))
