"""Errors: what is wrong with an input, where, and what to do about it.

Whoever hands us a document, a policy or a book is told everything that is
wrong with it at once: one :class:`Problem` each, with a place that can be
looked up in the input, and a remedy where there is one.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import islice
from typing import Self

from attrs import evolve, frozen

__all__ = [
    "AmongError",
    "BookError",
    "DecodeError",
    "InvalidError",
    "PolicyError",
    "Problem",
    "RelationkitError",
    "Severity",
    "StepsError",
    "StoredOutcomeError",
    "UndecidedError",
    "UnknownIdError",
    "nearest",
    "pointer",
    "shown",
    "suggestion",
]

SHOWN = 60
LONG = 1_000
LISTED = 240
"""How long a list of what is known may be: that of any enum of ours is shorter."""
MANY = 1_000
"""Among how many names none is looked for that is near to a misspelt one."""


class Severity(StrEnum):
    """Whether a problem refuses the input or only deserves a look."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Problem:
    """One thing that is wrong with an input.

    >>> print(Problem("/parties/0/naem", "unknown_key", "unknown key 'naem'"))
    /parties/0/naem: unknown key 'naem'

    As a text it is one line, with what is very long cut short.

    Attributes:
        pointer: Where, as an RFC 6901 JSON Pointer into the input; empty for
            the input as a whole.  It names what is there; of a missing key it
            names the table that lacks it.
        code: What kind of problem; stable, so that programs may compare it.
        message: What is wrong, in words that name the value.
        hint: What would mend it; empty if that is for the reader to say.
        severity: Whether the input is refused for it.
    """

    pointer: str
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = _middle_out(self.pointer)
        told, hint = map(_in_short, (self.message, self.hint))
        if hint:
            told = f"{told} ({hint})"
        return _in_line(f"{place}: {told}" if place else told)

    def as_json(self) -> dict[str, str]:
        """The same, as JSON has it; every key is always there.

        >>> Problem("/a", "type", "expected a text, got 5, a number").as_json()["code"]
        'type'
        """
        return {
            "pointer": self.pointer,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "severity": self.severity.value,
        }

    def under(self, place: str) -> Self:
        """The same problem, seen from outside: *place* leads to its input."""
        return evolve(self, pointer=place + self.pointer)


class RelationkitError(Exception):
    """Whatever this library raises of its own, but for plain misuse."""


class InvalidError(RelationkitError, ValueError):
    """An input that cannot be used, with all its problems.

    Attributes:
        problems: Everything that is wrong, in the order of the input.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    def as_json(self) -> list[dict[str, str]]:
        """All problems, as JSON has them."""
        return [problem.as_json() for problem in self.problems]

    def as_problem_details(self) -> dict[str, object]:
        """The members of a problem document, such as a web service answers with.

        They are those of RFC 9457, media type ``application/problem+json``.
        Each of its ``errors`` has a ``pointer``, written as the RFC does, as the
        fragment of a URI; a ``code``; a ``detail``, what is wrong; and a
        ``hint``, empty if there is none.  Members of your own may replace
        these: ``{**error.as_problem_details(), "type": "https://..."}``.

        >>> error = DecodeError([Problem("/a b", "type", "expected a text, got 5")])
        >>> told = error.as_problem_details()
        >>> told["status"], told["title"], told["detail"]
        (422, 'Unprocessable Content', '1 problem was found')
        >>> told["errors"][0]["pointer"]
        '#/a%20b'
        """
        found = len(self.problems)
        are = "1 problem was" if found == 1 else f"{found} problems were"
        return {
            "type": "about:blank",
            "title": "Unprocessable Content",
            "status": 422,
            "detail": f"{are} found",
            "errors": [_error(problem) for problem in self.problems],
        }


class AmongError(RelationkitError, ValueError):
    """Some of several values do not go with the others, or with their record.

    Attributes:
        faults: Of each its place among them, in the order in which they are kept,
            sets sorted; and what is wrong with it.
        at: Of which field of each; empty if of the whole.
    """

    def __init__(self, faults: Iterable[tuple[int, str]], at: str = "") -> None:
        self.faults = tuple(faults)
        self.at = at
        super().__init__(self.faults, at)

    def __str__(self) -> str:
        return "\n".join(told for _, told in self.faults)

    @classmethod
    def check(cls, faults: Iterable[tuple[int, str]], at: str = "") -> None:
        """Refuse the values if there are any *faults*, of a field of them or whole.

        >>> AmongError.check([])
        >>> AmongError.check([(1, "'b' stands twice; keep one")])
        Traceback (most recent call last):
        relationkit.errors.AmongError: 'b' stands twice; keep one

        Raises:
            AmongError: If so.
        """
        if found := tuple(faults):
            raise cls(found, at)


class DecodeError(InvalidError):
    """A document that does not say what its reader was promised."""


class BookError(InvalidError):
    """Records that do not fit together."""


class PolicyError(InvalidError):
    """A policy that would not decide every case, or not as it says."""


class UnknownIdError(RelationkitError, LookupError):
    """An id that is not on record."""

    @classmethod
    def of(cls, kind: str, id_: str, known: Iterable[str]) -> Self:
        """The error that says so of a *kind* of record, beside what is *known*."""
        hint = suggestion(id_, known)
        told = f"there is no {kind} {id_[:SHOWN]!r}"
        return cls(f"{told} ({hint})" if hint else told)


class UndecidedError(RelationkitError):
    """An answer was demanded which the known facts do not give.

    Attributes:
        needs: The facts to ask for.
    """

    def __init__(self, message: str, needs: tuple[str, ...]) -> None:
        self.needs = needs
        super().__init__(message, needs)

    def __str__(self) -> str:
        return str(self.args[0])


class StepsError(RelationkitError):
    """A search was given up after as many steps as it may take."""


class StoredOutcomeError(RelationkitError, LookupError):
    """Something was asked of an outcome that only its table can tell."""

    def __init__(self) -> None:
        super().__init__(
            "this outcome has no table to ask: it was stored, or made of several;"
            " decide its facts again by one table, and ask what that gives"
        )


def _error(problem: Problem) -> dict[str, str]:
    from urllib.parse import quote  # noqa: PLC0415, for errors alone

    fragment = quote(problem.pointer, errors="surrogatepass")
    return {
        "pointer": f"#{fragment}",
        "code": problem.code,
        "detail": problem.message,
        "hint": problem.hint,
    }


def _middle_out(place: str) -> str:
    """A place whose ends tell most: keys may be of any length."""
    return place if len(place) <= LISTED else f"{place[:LISTED]}...{place[-SHOWN:]}"


def _in_short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}..."


def _in_line(text: str) -> str:
    """The *text* on one line, of nothing that cannot be shown or encoded."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def shown(value: object) -> str:
    """The repr of *value*, its middle left out if it is long.

    >>> shown("a" * 100)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...aaaaaaaaaaaaaa'"
    """
    try:
        text = repr(value)
    except ValueError:  # an int of more digits than Python turns into text
        return "a number too long to show"
    return text if len(text) <= SHOWN else f"{text[:40]}...{text[-15:]}"


def pointer(*steps: str | int) -> str:
    """The JSON Pointer that takes *steps*, keys and positions, from the top.

    >>> pointer("customers", 0, "a/b")
    '/customers/0/a~1b'
    """
    return "".join(
        "/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps
    )


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint for a misspelt *word*: the nearest of what is *known*, or all of it.

    Empty if nothing is near and there is too much to list, or if there is too
    much to search.

    >>> suggestion("naem", ["name", "id"])
    "did you mean 'name'?"
    >>> suggestion("colour", ["name", "id"])
    'one of: id, name'
    """
    names = sorted(islice(known, MANY + 1))
    if len(names) > MANY:
        return ""
    if near := nearest(word, names):
        return near
    listed = ", ".join(names)
    return f"one of: {listed}" if names and len(listed) <= LISTED else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for a misspelt *word*: the nearest of what is *known*, if any is near.

    >>> nearest("naem", ["name", "id"]), nearest("colour", ["name", "id"])
    ("did you mean 'name'?", '')

    Of names that differ in nothing but small and capital letters it is that one.

    >>> nearest("P1", ["p2", "p1"])
    "did you mean 'p1'?"
    """
    from difflib import get_close_matches  # noqa: PLC0415, for errors alone

    names, short = [*known], word[:SHOWN]
    near = [name for name in names if name.casefold() == short.casefold()]
    near = near or get_close_matches(short, names, n=1)
    return f"did you mean {str(near[0])!r}?" if near else ""
