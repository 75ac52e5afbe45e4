"""Docs: what the docstring of a class says of it and of its fields, for schemas."""

import re
from collections.abc import Iterator, Mapping
from inspect import cleandoc

__all__ = ["attributes_of", "prose_of"]

ROLE = re.compile(r":\w+:`~?([^`]+)`")
NONE = re.compile(r"\bNone\b")
ENTRY = re.compile(r"(\w+): (.+)")
INDENT = "    "


def prose_of(kind: type) -> str:
    """What *kind* is: the first paragraph of its docstring.

    >>> from relationkit.periods import Period
    >>> prose_of(Period)
    'The days from start up to but not including end; never empty.'
    """
    return _plain(cleandoc(kind.__doc__ or "").partition("\n\n")[0])


def attributes_of(kind: type) -> Mapping[str, str]:
    """What each field of *kind* is, by its name.

    >>> from relationkit.periods import Period
    >>> attributes_of(Period)["start"]
    'First day.'
    """
    entries: dict[str, list[str]] = {}
    last: list[str] = []
    for line in _block(kind):
        if entry := ENTRY.fullmatch(line):
            last = entries[entry[1]] = [entry[2]]
        else:
            last.append(line.strip())
    return {name: _plain(" ".join(said)) for name, said in entries.items()}


def _block(kind: type) -> Iterator[str]:
    """The lines below ``Attributes:``, without their common indent."""
    _, _, after = cleandoc(kind.__doc__ or "").partition("Attributes:\n")
    for line in after.split("\n"):
        if not line.startswith(INDENT):
            return
        yield line.removeprefix(INDENT)


def _plain(text: str) -> str:
    """The *text* without marks of the site, and in the words of documents."""
    named = ROLE.sub(lambda role: role[1].rpartition(".")[2], " ".join(text.split()))
    return NONE.sub("null", named.replace("``", "`").replace("*", ""))
