"""Facts: what the tables read about a relationship, on a day.

One flat record of scalars, derived from what is stored and from nothing else.
Nothing dated after the day counts.
"""

from relationkit.facts._facts import (
    OPEN,
    RISING,
    Dealings,
    Engaged,
    Facts,
    Unknown,
    domains,
)
from relationkit.facts._of import of

__all__ = ["OPEN", "RISING", "Dealings", "Engaged", "Facts", "Unknown", "domains", "of"]
