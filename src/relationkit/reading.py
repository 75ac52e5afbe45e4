"""Reading: plain data, checked as it is taken and never coerced.

A :class:`Reader` stands at one place of a document.  What it is asked for it
either gives, or it notes what is wrong there and gives None; the notes of all
readers of one document are one list.  Of a document in which a thousand things
are wrong it reads no more.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeGuard, TypeVar

from relationkit.errors import PolicyError, Problem, pointer, suggestion

__all__ = ["Reader", "got", "has_lone_surrogate"]

E = TypeVar("E", bound=StrEnum)
SHOWN = 60
MOST = 1_000
"""How many problems are noted before reading ends: finding hints takes time."""
SURROGATE = re.compile("[\ud800-\udfff]")
KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (str, "a text"),
    ((int, Decimal), "a number"),
    (float, "a float"),
    (datetime, "a time of day with its date"),
    (date, "a day"),
    (time, "a time of day"),
    (Mapping, "a table"),
    ((list, tuple), "a list"),
)


def got(value: object) -> str:
    """What a document has at some place, in short and in its own terms.

    >>> got("5"), got(5), got([1])
    ("'5', a text", '5, a number', 'a list')
    """
    if value is None:
        return "nothing"
    kind = next((said for type_, said in KINDS if isinstance(value, type_)), "")
    if kind in {"", "a table", "a list"}:
        return kind or f"a Python {type(value).__name__}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**SHOWN:
        return "a huge number"  # which Python may refuse to write out
    shown = repr(value) if isinstance(value, str) else str(value)
    return f"{shown if len(shown) <= SHOWN else shown[:SHOWN] + '...'}, {kind}"


def has_lone_surrogate(text: str) -> bool:
    r"""Whether *text* has half of a character: JSON escapes it, no file holds it.

    >>> has_lone_surrogate("\ud83d"), has_lone_surrogate("\U0001f600")
    (True, False)
    """
    return SURROGATE.search(text) is not None


class Reader:
    """One place in a document.

    Attributes:
        value: What is there.
        place: Where that is, as a JSON Pointer.
        problems: What is wrong so far, anywhere in the document.
    """

    def __init__(
        self, value: object, place: str = "", problems: list[Problem] | None = None
    ) -> None:
        self.value = value
        self.place = place
        self.problems = [] if problems is None else problems

    def note(self, code: str, message: str, hint: str = "") -> None:
        """Note that something is wrong here.

        Raises:
            PolicyError: If so much is wrong that it is no use to read on.
        """
        self.problems.append(Problem(self.place, code, message, hint))
        if len(self.problems) >= MOST:
            told = f"reading ended after {MOST} problems"
            raise PolicyError([*self.problems, Problem("", "limit", told)])

    def at(self, step: str | int, value: object) -> "Reader":
        """The reader of *value*, one *step* further in."""
        return Reader(value, self.place + pointer(step), self.problems)

    def _expected(self, what: str, hint: str = "") -> None:
        self.note("type", f"expected {what}, got {got(self.value)}", hint)

    def table(
        self, required: Iterable[str] = (), optional: Iterable[str] = ()
    ) -> dict[str, "Reader"]:
        """The entries of the table here, of which *required* ones must be there.

        Keys that are neither *required* nor *optional* are noted, and left out.
        """
        if not isinstance(self.value, Mapping):
            self._expected("a table")
            return {}
        needed = tuple(required)
        known = {*needed, *optional}
        for key in needed:
            if key not in self.value:
                self.note("missing", f"{key!r} is missing")
        return {
            key: self.at(key, value)
            for key, value in self.value.items()
            if self._is_known(key, known)
        }

    def _is_known(self, key: object, known: set[str]) -> bool:
        if key in known or not self._is_key(key):
            return key in known
        self.at(key, None).note(
            "unknown_key", f"unknown key {key[:SHOWN]!r}", suggestion(key, known)
        )
        return False

    def _is_key(self, key: object) -> TypeGuard[str]:
        if isinstance(key, str):
            return True
        self.note("type", f"expected texts as keys, got {got(key)}")
        return False

    def entries(self) -> dict[str, "Reader"]:
        """The entries of the table here, whatever their keys."""
        if not isinstance(self.value, Mapping):
            self._expected("a table")
            return {}
        items = self.value.items()
        return {k: self.at(k, value) for k, value in items if self._is_key(k)}

    def items(self) -> list["Reader"]:
        """The items of the list here, in order."""
        if not isinstance(self.value, (list, tuple)):
            self._expected("a list")
            return []
        return [self.at(place, value) for place, value in enumerate(self.value)]

    def text(self) -> str | None:
        """The text here, which must not be blank."""
        if not isinstance(self.value, str):
            self._expected("a text")
            return None
        if not self.value.strip():
            self.note("value", f"{self.value[:SHOWN]!r} is blank", "say something here")
            return None
        if has_lone_surrogate(self.value):
            self.note("value", f"{got(self.value)}, has a lone surrogate", "remove it")
            return None
        return self.value

    def flag(self) -> bool | None:
        """The true or false here."""
        if isinstance(self.value, bool):
            return self.value
        self._expected("true or false")
        return None

    def member(self, members: type[E]) -> E | None:
        """The member of an enum whose wire form is here."""
        if isinstance(self.value, str):
            for member in members:
                if member.value == self.value:
                    return member
        known = [member.value for member in members]
        word = self.value if isinstance(self.value, str) else ""
        self.note(
            "member",
            f"expected a member of {members.__name__}, got {got(self.value)}",
            suggestion(word, known),
        )
        return None
