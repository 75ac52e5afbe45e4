"""Kinds: what an annotation lets a value be, and what to say of any other."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Final, NewType, Union, get_args, get_origin

from relationkit.errors import shown

__all__ = ["Kind", "a", "kind_of"]

NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,19}")
STRANGERS: Final[Mapping[type, type]] = MappingProxyType({int: bool, date: datetime})
"""What Python counts in with a class, and a record does not."""
WORDS: Final[Mapping[type, tuple[str, ...]]] = MappingProxyType(
    {bool: ("True", "False"), date: ("a day",), NoneType: ("None",)}
)


class Kind:
    """What one value may be.

    Attributes:
        classes: Of which classes, in the order in which they were declared.
        id: The name of the type of id that it is; empty if it is none.
    """

    __slots__ = ("classes", "id")

    def __init__(self, classes: tuple[type, ...], id_: str = "") -> None:
        self.classes = classes
        self.id = id_

    def has(self, value: object) -> bool:
        """Whether *value* is of this kind; what is of a subclass is too."""
        return any(
            isinstance(value, one) and not isinstance(value, STRANGERS.get(one, ()))
            for one in self.classes
        )

    def mistaken(
        self, name: str, value: object, *, each: bool = False, remedy: str = ""
    ) -> TypeError:
        """What to say of a *value* that is of another, where a *name* leads to it.

        It may be that *each* of several values has to be of this kind.  The remedy
        is what to write in place of *value*, unless another is told.
        """
        wanted = f"each to be {self.wanted}" if each else self.wanted
        got = "None" if value is None else f"{shown(value)}, {a(type(value).__name__)}"
        remedy = remedy or self._remedy(value)
        told = f"{name}: expected {wanted}, got {got}"
        return TypeError(f"{told}; {remedy}" if remedy else told)

    @property
    def wanted(self) -> str:
        """What has to stand there, in words."""
        words = [word for one in self.classes for word in self._words(one)]
        return _either(words)

    def _words(self, one: type) -> Sequence[str]:
        return WORDS.get(one) or (a(self.id or one.__name__),)

    def _remedy(self, value: object) -> str:
        """What to write in place of *value*; empty if only the reader can say."""
        named = [one for one in self.classes if one is not NoneType]
        if self.id:
            return _as_id(self.id, value)
        if issubclass(named[0], Enum):
            return _as_member(named[0], value)
        if named[0] in REMEDIES:
            return REMEDIES[named[0]](value)
        return f"use {_either([f'{one.__name__}(...)' for one in named])}"


@cache  # as many fields are declared alike
def kind_of(annotation: object) -> Kind | None:
    """The kind that an *annotation* stands for; None if nothing is checked by it."""
    kinds = {part: _class(part) for part in _parts(annotation)}
    classes = tuple(kind for kind in kinds.values() if kind is not None)
    ids = [p.__name__ for p in kinds if isinstance(p, NewType) and kinds[p] is str]
    is_id = 0 < len(ids) == len({*kinds} - {NoneType})
    is_whole = len(classes) == len(kinds)
    return Kind(classes, ids[0] if is_id else "") if is_whole else None


def _parts(annotation: object) -> Iterator[object]:
    """The members of a union, or what else it is, by whatever name it goes."""
    if get_origin(annotation) in {Union, UnionType}:
        for part in get_args(annotation):
            yield from _parts(part)
    elif hasattr(annotation, "__value__"):  # of an alias that is an object
        yield from _parts(annotation.__value__)
    else:
        yield annotation


def _class(part: object) -> type | None:
    """The class that *part* of an annotation is; None if it is none to check by."""
    if isinstance(part, NewType):
        return _class(part.__supertype__)
    if part in {Any, tuple, frozenset} or not isinstance(part, type):
        return None
    return part


def a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"


def _either(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _as_id(name: str, value: object) -> str:
    if isinstance(id_ := getattr(value, "id", None), str):
        return f"use its id, {shown(id_)}"
    return f"use {name}('{shown(value) if type(value) is int else '...'}')"


def _as_text(value: object) -> str:
    return f"use '{shown(value)}'" if type(value) is int else "use a text in quotes"


def _as_member(members: type[Enum], value: object) -> str:
    meant = [m for m in members if isinstance(value, str) and m.value == value]
    names = [f"{members.__name__}.{member.name}" for member in meant or members]
    return f"use {_either(names)}"


def _as_day(value: object) -> str:
    if isinstance(value, datetime):
        return "take its date()"
    try:
        return f"use date.fromisoformat('{date.fromisoformat(str(value))}')"
    except ValueError:
        return "use date(2026, 1, 31)"


def _as_whole(value: object) -> str:
    is_told = isinstance(value, str) and WHOLE.fullmatch(value)
    return f"use {value}" if is_told else "use a whole number such as 3"


def _as_decimal(value: object) -> str:
    text = value if isinstance(value, str) else shown(value)
    return f"use Decimal('{text if NUMBER.fullmatch(text) else '...'}')"


REMEDIES: Final[Mapping[type, Callable[[object], str]]] = MappingProxyType(
    {
        bool: lambda _: "",
        str: _as_text,
        int: _as_whole,
        date: _as_day,
        datetime: lambda _: "use datetime(2026, 1, 31, 12, tzinfo=UTC)",
        timedelta: lambda _: "use timedelta(hours=4)",
        Decimal: _as_decimal,
    }
)
