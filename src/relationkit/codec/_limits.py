"""Limits: how much a document may ask of whoever reads it."""

from typing import NoReturn

from attrs import Attribute, field, frozen

from relationkit.errors import DecodeError, Problem

__all__ = ["DEEP", "LIMITS", "Limits", "refuse_over"]


def _is_a_limit(_: object, field: "Attribute[int]", value: object) -> None:
    """A limit is a whole number, and lets something through."""
    if type(value) is not int:
        raise TypeError(f"{field.name}: expected a whole number, got {value!r}")
    if value < 1:
        raise ValueError(f"{field.name} is {value}; a limit is 1 or more")


def _limit(default: int) -> int:
    made: int = field(default=default, validator=_is_a_limit)
    return made


@frozen(kw_only=True)
class Limits:
    """How much a document may ask of whoever reads it.

    What is over a limit is refused before a parser, or anything that reckons
    with numbers, sees it.  Within the defaults the worst document that we know
    of is read or refused in two seconds and 300 MB; a practice of a thousand
    customers is well within.

    >>> wide = Limits(size=64 << 20, items=2_000_000)
    >>> wide.depth
    48

    Attributes:
        size: How many bytes the document may have; 4 MiB by default.  Texts
            count as UTF-8; plain data that no parser made have none.
        depth: How many tables and lists may stand in each other, the whole
            document included; 48 by default, which the deepest fee in a book needs.
        key_parts: Of how many parts, joined by dots, one key or header of TOML
            may be; 16 by default.  Keys of JSON have one.
        digits: How many digits may be written in one number, those of its
            exponent included; 4,300 by default, as many as Python writes out.
        exponent: How far from zero the exponent of a number may be, either
            way; 400 by default, more than a float has.
        items: How many items all lists and entries all tables may have
            together, and so any one of them; 100,000 by default.  In TOML
            every part of a key or header counts, as often as it is written,
            and so does each item that a header begins.
        problems: How many problems are listed; 100 by default.  If there are
            more, the last one says so.

    Raises:
        TypeError: If one is no whole number.
        ValueError: If one is less than 1.
    """

    size: int = _limit(4 << 20)
    depth: int = _limit(48)
    key_parts: int = _limit(16)
    digits: int = _limit(4_300)
    exponent: int = _limit(400)
    items: int = _limit(100_000)
    problems: int = _limit(100)


LIMITS = Limits()
DEEP = 40
"""Deeper than any model: fees nest, and a card of them stands in a book."""
TOLD = {
    "size": ("the document has {} bytes", "split it"),
    "depth": ("the document is nested {} deep", "flatten it"),
    "key_parts": ("a key has {} parts", "shorten it"),
    "digits": ("a number has {} digits", "shorten it"),
    "exponent": ("a number has the exponent {}", "shorten it"),
    "items": ("the document has {} items and entries or more", "split it"),
}


def refuse_over(
    limits: Limits, name: str, found: int | str, *, where: str = "", place: str = ""
) -> NoReturn:
    """Refuse what is over the limit of that *name*.

    Args:
        limits: The limits.
        name: Which of them.
        found: What is over it.
        where: Where in the text, in words; empty if it is no text.
        place: Where in plain data, as a pointer.
    """
    told, remedy = TOLD[name]
    message = told.format(found) + (f" {where}" if where else "")
    most = getattr(limits, name)
    hint = f"{remedy}, or raise limits.{name}"
    problem = Problem(place, "limit", f"{message}; the limit is {most}", hint)
    raise DecodeError([problem]) from None
