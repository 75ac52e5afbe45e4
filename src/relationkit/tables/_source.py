"""Source: the text of a function, with all it speaks of bound to made-up names."""

from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["OWN", "Source", "indented"]

T = TypeVar("T")
OWN = "__"
"""How names begin that no fact may have here."""


class Source:
    """Names for a function that is being written.

    Attributes:
        names: What each name is bound to.
    """

    def __init__(self) -> None:
        self.names: dict[str, object] = {}
        self._known: dict[int, str] = {}

    def bind(self, value: object) -> str:
        """A name for *value*, the same for the same object."""
        if (name := self._known.get(id(value))) is None:
            name = self._known[id(value)] = f"{OWN}k{len(self.names)}"
            self.names[name] = value
        return name

    def function(
        self, lines: Iterable[str], *, like: Callable[..., T], name: str = "decide"
    ) -> Callable[..., T]:
        """The function called *name* that *lines* define; it gives what *like* does."""
        scope: dict[str, Callable[..., T]] = {name: like}
        exec("\n".join(lines), dict(self.names), scope)  # noqa: S102, no text of others
        return scope[name]


def indented(lines: Iterable[str]) -> list[str]:
    """The same lines, one level in."""
    return [f"    {line}" for line in lines]
