"""Dumping: models out, into plain data or a document."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from relationkit.codec._limits import LIMITS, Limits, refuse_over
from relationkit.codec._parse import SCANS, Format, orjson_if_there
from relationkit.codec._plain import check, walk
from relationkit.codec._versions import versioned as in_envelope
from relationkit.codec._write import WRITES
from relationkit.errors import DecodeError, pointer
from relationkit.policy._document import digest as digest_of
from relationkit.reading import got, has_lone_surrogate
from relationkit.records import is_of

__all__ = ["digest", "dump", "dumps", "plain_json"]

SHORT = min(LIMITS.size, LIMITS.items)
"""How many bytes of JSON are within the limits by default, as each item takes one,
and no model is as deep or has numbers as long as these allow."""
BARE = "# all by default\n"
"""A document of TOML that says nothing; an empty file may have lost what it said."""


def dump(
    value: object,
    *,
    form: Format = Format.JSON,
    versioned: bool = False,
    limits: Limits | None = None,
) -> Any:  # noqa: ANN401, as said below
    """The plain data that says *value*: dicts, lists, texts, numbers, true and false.

    Equal values give equal data, in the same order of keys, and :func:`load`
    makes the value of it again.  What has its default is left out.

    >>> from relationkit.parties import Person
    >>> from relationkit.records import PartyId
    >>> dump(Person(id=PartyId("ada"), name="Ada Byron"))
    {'type': 'person', 'id': 'ada', 'name': 'Ada Byron'}

    It is typed as ``json.loads`` is, by Any: a union of all that it may be would
    have to be narrowed, or cast, before any key of it could be looked up.

    Outcomes and assessments can be dumped too, but not loaded: they come
    again of the same facts under the same edition.

    Args:
        value: A model, or a tuple, list or dict of such.
        form: What the data is to be written as.  TOML has days of its own, and
            no null: the key ``null`` then lists what is.
        versioned: Whether to say of which schema it is, as what is stored should.
        limits: What :func:`load` is to read it within; None if nothing is to be
            checked.

    Raises:
        TypeError: If something in it is no model and no part of one, or a key of a
            dict is no text.
        ValueError: If a number, an instant or a length of time is such that it
            would not be read again; if it is over one of the *limits*; or,
            versioned, if *value* has no schema.
    """
    is_of("form", Format, form)
    told = WRITES[form][value.__class__](value)
    told = in_envelope(type(value), told) if versioned else told
    if limits is not None:
        _check_told(told, limits)
    return told


def dumps(
    value: object,
    *,
    form: Format = Format.JSON,
    versioned: bool = False,
    limits: Limits = LIMITS,
) -> bytes:
    """The document, in UTF-8, that says *value*; of equal values the same bytes.

    It can be read within the same *limits*: one that could not is not written.

    >>> from relationkit.parties import Person
    >>> from relationkit.records import PartyId
    >>> ada = Person(id=PartyId("ada"), name="Ada Byron")
    >>> dumps(ada, versioned=True).decode()
    '{"schema":"person/1","data":{"type":"person","id":"ada","name":"Ada Byron"}}'

    Raises:
        ModuleNotFoundError: If *form* is TOML, and the extra ``toml`` is not
            installed.
        TypeError: As :func:`dump`; or if TOML cannot say it, as it is no table.
        ValueError: As :func:`dump`; or if a text has half of a character, or
            in TOML, something is null that is no field of a model.
    """
    told = dump(value, form=form, versioned=versioned)
    try:
        data = WRITERS[form](told)
    except UnicodeEncodeError:
        _refuse_surrogate(told)
    if limits is not LIMITS or len(data) > SHORT or form is not Format.JSON:
        _check_written(data, form, limits)
    return data


def _check_told(told: object, limits: Limits) -> None:
    """Refuse plain data that could not be read within *limits*."""
    is_of("limits", Limits, limits)
    try:
        check(told, limits)
    except DecodeError as error:  # though whoever writes has decoded nothing
        raise ValueError(str(error)) from None


def _check_written(data: bytes, form: Format, limits: Limits) -> None:
    """Refuse a text that could not be read within *limits*."""
    is_of("limits", Limits, limits)
    try:
        if len(data) > limits.size:
            refuse_over(limits, "size", len(data))
        SCANS[form](data.decode(), limits).run()
    except DecodeError as error:
        raise ValueError(str(error)) from None


def digest(value: object) -> str:
    """What *value* says, in short: equal values have equal digests.

    It is SHA-256 over the JSON of the value with sorted keys, so that it is
    the same in every process, on every machine and in either form.  Of an
    edition it is the digest that its outcomes carry.

    >>> from relationkit import policy
    >>> shipped = policy.edition("2026-11")
    >>> digest(shipped) == f"sha256:{shipped.digest}"
    True

    Raises:
        TypeError: As :func:`dumps`.
        ValueError: As :func:`dumps`.
    """
    told = dump(value)
    try:
        return f"sha256:{digest_of(told)}"
    except UnicodeEncodeError:
        _refuse_surrogate(told)


def _json(told: object) -> bytes:
    if (orjson := orjson_if_there()) is None:
        return plain_json(told)
    try:
        written: bytes = orjson.dumps(told)
    except TypeError:  # a number of more than 64 bits, or half a character
        return plain_json(told)
    return written


def plain_json(told: object) -> bytes:
    """The JSON of plain data, written by the standard library."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _toml(told: object) -> bytes:
    try:
        import tomli_w  # noqa: PLC0415, where it is installed
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "to write TOML, install relationkit[toml], or write JSON", name=error.name
        ) from None
    if not isinstance(told, Mapping):
        raise TypeError(
            f"TOML holds tables, and this is {got(told)}; give one model, or write JSON"
        )
    for steps, value in walk(told):
        if value is None:
            place = pointer(*map(str, steps[1:]))
            raise ValueError(f"{place}: TOML has no null; leave it out, or write JSON")
    return (tomli_w.dumps(told) or BARE).encode()


def _refuse_surrogate(told: object) -> NoReturn:
    texts = ((steps, text) for steps, text in walk(told) if isinstance(text, str))
    steps, text = next(found for found in texts if has_lone_surrogate(found[1]))
    place = pointer(*map(str, steps[1:]))
    raise ValueError(f"{place}: {got(text)}, has a lone surrogate; remove it") from None


WRITERS: dict[Format, Callable[[object], bytes]] = {
    Format.JSON: _json,
    Format.TOML: _toml,
}
