"""Constraints: what rates, quantities and shares may be."""

from collections.abc import Mapping
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    Context,
    Decimal,
    InvalidOperation,
    Rounded,
)
from typing import Final

from relationkit.constraints import END, Constraint
from relationkit.errors import shown
from relationkit.figures._exact import ONE, ZERO
from relationkit.records import is_of

__all__ = ["AFTER", "AboveNone", "Number", "Share"]
__all__ += ["check_number", "check_share", "told"]

BEFORE: Final = 18
AFTER: Final = 20
"""How many digits a number may have before the point, and how many after it."""
GRID: Final = Context(
    prec=BEFORE + AFTER,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[InvalidOperation, Rounded],
)
FINEST: Final = Decimal((0, (1,), -AFTER))
"""What such a number can hold."""
WRITTEN: Final = 40
"""How many digits documents may have before a point, zeros included, or after it."""
NOTHING: Final = rf"0{{1,{WRITTEN}}}(\.0{{1,{WRITTEN}}})?"
TAKEN_OFF: Final = "take off by a discount, and credit by reversing a quote"
LENGTH: Final = f"of at most {BEFORE} digits before the point and {AFTER} after it"


class Number(Constraint):
    """A number that is not negative, and not too long to reckon with: a Decimal.

    At most 18 digits before the point and 20 after it.  Asked by its exponents alone:
    the digits of a hostile one are not written out.

    >>> Number().holds(Decimal("0.1")), Number().holds(Decimal(-1))
    (True, False)
    """

    __slots__ = ()

    wanted = f"a number from 0 on, {LENGTH}"

    def holds(self, value: object) -> bool:
        """Whether *value* is."""
        if not isinstance(value, Decimal) or not value.is_finite():
            return False
        return not value.is_signed() and _fits(value)

    def got(self, value: object) -> str:
        """A *value* that is not, in short."""
        return told(value)

    def remedy_for(self, value: object) -> str:
        """What to do about one that is not."""
        if isinstance(value, Decimal) and not value.is_finite():
            return "give an exact one"
        if isinstance(value, Decimal) and value.is_signed():
            is_nothing = value.is_zero()
            return "write it without -" if is_nothing else TAKEN_OFF
        return "round it first"

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        before = rf"0{{0,{WRITTEN - BEFORE}}}[0-9]{{1,{BEFORE}}}"
        return {"pattern": rf"^(?:{before}(\.[0-9]{{1,{AFTER}}})?|{NOTHING}){END}"}


class AboveNone(Number):
    """Such a number that is above 0."""

    __slots__ = ()

    wanted = f"a number above 0, {LENGTH}"

    def holds(self, value: object) -> bool:
        """Whether *value* is."""
        return super().holds(value) and value != ZERO

    def remedy_for(self, value: object) -> str:
        """What to do about one that is not."""
        return "give more" if super().holds(value) else super().remedy_for(value)

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {**super().schema(), "not": {"pattern": f"^{NOTHING}{END}"}}


class Share(Number):
    """Such a number that is 1 at most: all of it."""

    __slots__ = ()

    wanted = f"a share from 0 to 1, of at most {AFTER} digits after the point"

    def holds(self, value: object) -> bool:
        """Whether *value* is."""
        return super().holds(value) and isinstance(value, Decimal) and value <= ONE

    def remedy_for(self, value: object) -> str:
        """What to do about one that is not."""
        is_more = super().holds(value)
        return "write a tenth as 0.10" if is_more else super().remedy_for(value)

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        part = rf"0{{1,{WRITTEN}}}(\.[0-9]{{1,{AFTER}}})?"
        whole = rf"0{{0,{WRITTEN - 1}}}1(\.0{{1,{AFTER}}})?"
        return {"pattern": f"^(?:{part}|{whole}|{NOTHING}){END}"}


NUMBER: Final = Number()
SHARE: Final = Share()


def told(number: object) -> str:
    """A *number* as people write it, its middle left out if it is long.

    >>> told(Decimal("12.50"))
    '12.50'
    """
    return shown(number).removeprefix("Decimal('").removesuffix("')")


def check_number(name: str, value: Decimal) -> None:
    """Refuse what is no number to reckon with; *name* is where it stands.

    >>> check_number("markup", Decimal("0.15"))

    Raises:
        TypeError: If it is no Decimal.
        ConstraintError: If it is no :class:`Number`.
    """
    _check(NUMBER, name, value)


def check_share(name: str, value: Decimal) -> None:
    """Refuse what is no share of anything.

    >>> check_share("share", Decimal(10))
    Traceback (most recent call last):
    relationkit.constraints...ConstraintError: share: ... got 10; write a tenth as 0.10

    Raises:
        TypeError: If it is no Decimal.
        ConstraintError: If it is no :class:`Share`.
    """
    _check(SHARE, name, value)


def _check(wanted: Number, name: str, value: Decimal) -> None:
    is_of(name, Decimal, value)
    if not wanted.holds(value):
        wanted.refuse(None, name, value)


def _fits(value: Decimal) -> bool:
    try:
        GRID.quantize(value, FINEST)
    except (InvalidOperation, Rounded):
        return False
    return True
