"""Kept: what was reckoned once, for whatever is the same."""

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Kept"]

K = TypeVar("K")
V = TypeVar("V")
MOST = 4096
"""How many are kept: of days some eleven years, and of classes more than there are."""


class Kept(dict[K, V]):
    """What a function gives, by what it was given; all is forgotten when it is much.

    It is a dictionary, as that is found in without a call.

    >>> lengths = Kept(len)
    >>> lengths["ada"], lengths
    (3, {'ada': 3})
    """

    def __init__(self, function: Callable[[K], V], most: int = MOST) -> None:
        super().__init__()
        self.function = function
        self.most = most

    def __missing__(self, key: K) -> V:
        if len(self) >= self.most:
            self.clear()
        value = self[key] = self.function(key)
        return value
