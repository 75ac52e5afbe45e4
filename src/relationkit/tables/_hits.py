"""Hit policies: what happens where several rules match."""

from enum import StrEnum

__all__ = ["HitPolicy"]


class HitPolicy(StrEnum):
    """What happens where the cells of several rules are met."""

    FIRST = "first"
    """The first of them gives the answer."""
    UNIQUE = "unique"
    """That cannot be, as no two rules match the same case."""
    ANY = "any"
    """They all have the same answer."""
    COLLECT = "collect"
    """Each adds its answer; where none matches, there is none."""
