"""Codes: which currencies there are, and how finely each divides."""

from collections.abc import Mapping
from typing import Final

from relationkit.constraints import Constraint
from relationkit.errors import shown
from relationkit.money._currencies import CURRENCIES_AS_OF, MINOR_UNITS
from relationkit.money._withdrawn import WITHDRAWN

__all__ = ["KNOWN", "Listed", "check_listed", "minor_units"]

MOST = 4
"""Of how many letters a word may be to be taken for a misspelt code."""
KNOWN: Final[Mapping[str, int | None]] = {**WITHDRAWN, **MINOR_UNITS}
"""The digits of every currency that money can be in."""


def minor_units(code: str) -> int | None:
    """How many digits after the point the minor unit of a currency has.

    None if the list gives no minor unit, as for gold: then there is no
    smallest amount to round to.  0 is another thing: no unit but the major.
    A currency that was withdrawn since 1999, such as the kuna, has the minor
    unit that it had.

    >>> minor_units("USD"), minor_units("JPY"), minor_units("BHD")
    (2, 0, 3)
    >>> minor_units("XAU") is None
    True
    >>> minor_units("HRK")
    2
    >>> minor_units("usd")
    Traceback (most recent call last):
    relationkit.constraints...ConstraintError: code: expected ...; did you mean 'USD'?

    Raises:
        ValueError: If *code* is neither on the list, of which
            ``CURRENCIES_AS_OF`` is the day, nor withdrawn since 1999.
    """
    check_listed("code", code)
    return KNOWN[code]


class Listed(Constraint):
    """A code of the ISO 4217 list, or of a currency that was withdrawn since."""

    __slots__ = ()

    wanted = f"a currency on the ISO 4217 list of {CURRENCIES_AS_OF}"

    def holds(self, value: object) -> bool:
        """Whether *value* is."""
        return isinstance(value, str) and value in KNOWN

    def remedy_for(self, value: object) -> str:
        """The code that was meant, or another."""
        return _near(str(value).strip().upper()) or "take one such as 'USD'"

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"enum": sorted(KNOWN)}


LISTED: Final = Listed()


def check_listed(name: str, code: str) -> None:
    """Refuse a *code* that is not known; *name* is the field it is in."""
    if type(code) is not str:
        kind = type(code).__name__
        raise TypeError(f"{name} is {shown(code)} ({kind}); write it as 'USD', a str")
    if code not in KNOWN:
        LISTED.refuse(None, name, code)


def _near(word: str) -> str:
    """A hint for a misspelt code; many are alike, so none that is only alike.

    A letter is too many, or they stand in another order.
    """
    if len(word) > MOST:
        return ""
    some = [c for c in MINOR_UNITS if c in word or sorted(c) == sorted(word)]
    return f"did you mean {some[0]!r}?" if some else ""
