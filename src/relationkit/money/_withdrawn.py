"""Withdrawn: codes that old contracts have, and the list of today has no more.

Those that were withdrawn since the euro came, each with the minor unit that it had.
The list of withdrawn codes gives none, so that they are those of the Java platform,
which keeps them; a test compares the two.  New ones are added by hand when the list
of today drops them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["WITHDRAWN"]

_CENTS: Final = (
    "AFA ANG ATS AZM BGL BGN CSD CUC CYP DEM EEK FIM FRF GHC HRK IEP LTL LVL MRO MTL"
    " MZM NLG RUR SDD SIT SKK SLL SRG STD TMM USS VEB VEF YUM ZMK ZWD ZWL ZWR"
)
_NO_CENTS: Final = "ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE ROL TPE TRL"

WITHDRAWN: Final[Mapping[str, int | None]] = MappingProxyType(
    {
        **dict.fromkeys(_CENTS.split(), 2),
        **dict.fromkeys(_NO_CENTS.split(), 0),
    }
)
"""Digits after the point of the minor unit, by a code that was withdrawn."""
