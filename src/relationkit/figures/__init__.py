"""Figures: exact numbers, how long they may be, and how they are reckoned with.

Nothing is rounded on the way: ``EXACT`` is a decimal context of our own, so that
the one of the program around it changes no answer, and what would not be exact in it
is an error.  The constraints say what a rate, a quantity or a share may be.
"""

from relationkit.figures._constraints import (
    AFTER,
    AboveNone,
    Number,
    Share,
    check_number,
    check_share,
    told,
)
from relationkit.figures._exact import (
    DIGITS,
    EXACT,
    ONE,
    ROUGH,
    UNITS,
    ZERO,
    check_bounded,
    fits,
    places,
)

__all__ = [
    "AFTER",
    "DIGITS",
    "EXACT",
    "ONE",
    "ROUGH",
    "UNITS",
    "ZERO",
    "AboveNone",
    "Number",
    "Share",
    "check_bounded",
    "check_number",
    "check_share",
    "fits",
    "places",
    "told",
]
