"""Settlement: how exact amounts become such as can be paid."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from attrs import Attribute, field, frozen

from relationkit.constraints import END, Between, asking
from relationkit.figures import check_bounded
from relationkit.money._codes import Listed
from relationkit.records import as_declared

__all__ = ["CashStep", "MinorUnit", "Rounding", "Scope", "Settlement"]


class Rounding(StrEnum):
    """Where an amount goes that lies between two that can be paid.

    All but ``CEILING`` and ``FLOOR`` treat an amount and its reversal alike, so
    that what is charged and taken back leaves nothing.
    """

    HALF_EVEN = "half_even"
    """To the nearer; from the middle to the even one."""
    HALF_UP = "half_up"
    """To the nearer; from the middle away from zero."""
    HALF_DOWN = "half_down"
    """To the nearer; from the middle towards zero."""
    UP = "up"
    """Away from zero."""
    DOWN = "down"
    """Towards zero."""
    CEILING = "ceiling"
    """To the greater."""
    FLOOR = "floor"
    """To the less."""


class Scope(StrEnum):
    """What of several lines is rounded."""

    LINE = "line"
    """Each of them; the total is what they add up to."""
    TOTAL = "total"
    """Their exact total, once; each line then takes its part of it."""


@frozen(kw_only=True, field_transformer=as_declared)
class MinorUnit:
    """How finely one currency is paid, where that is not as the list says.

    Payment channels have units of their own, and gold has none on the list.

    Attributes:
        code: Which currency.
        digits: How many digits after the point, from 0 to 18.
    """

    code: str = field(validator=Listed())
    digits: int = field(validator=Between(0, 18, "settle it less finely"))


@frozen(kw_only=True, field_transformer=as_declared)
class CashStep:
    """The smallest difference between two amounts of one currency paid in coins.

    Attributes:
        code: Which currency.
        step: In major units, above 0: 0.05 for the franc.
    """

    code: str = field(validator=Listed())
    step: Decimal = field()

    @step.validator
    @asking(allOf=[{"pattern": f"^[0-9.]*[1-9][0-9.]*{END}"}])
    def _is_above_zero(self, _: object, step: Decimal) -> None:
        check_bounded("step", step)
        if step.is_signed() or step.is_zero():
            raise ValueError(f"step is {step}; give a number above 0, such as 0.05")


@frozen(kw_only=True, field_transformer=as_declared, cache_hash=True)
class Settlement:
    """How exact amounts become such as can be paid.

    ISO 4217 says how finely a currency divides, and neither how to round nor what:
    law, channel and contract do, so all of it is data.

    >>> from relationkit.money import Money
    >>> swiss = Settlement(cash=(CashStep(code="CHF", step=Decimal("0.05")),))
    >>> print(Money(Decimal("9.98"), "CHF").settle(swiss))
    10.00 CHF

    Attributes:
        minor_units: Of currencies that are paid otherwise than the list says.
        mode: Where an amount goes that lies between two that can be paid.
        at: What of several lines is rounded.
        cash: Of currencies that are paid in coins, the smallest step; what is
            paid otherwise has none.  Both lines and totals are multiples of it.

    Raises:
        ValueError: If a currency has two minor units, or two steps.
    """

    minor_units: tuple[MinorUnit, ...] = field(default=())
    mode: Rounding = Rounding.HALF_EVEN
    at: Scope = Scope.LINE
    cash: tuple[CashStep, ...] = field(default=())

    @minor_units.validator
    def _has_one_of_each(
        self, field: "Attribute[object]", units: Sequence[MinorUnit | CashStep]
    ) -> None:
        codes = [unit.code for unit in units]
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f"{field.name} has {code} twice; keep one of them")

    @cash.validator
    def _has_one_of_each_too(
        self, field: "Attribute[object]", steps: Sequence[CashStep]
    ) -> None:
        self._has_one_of_each(field, steps)
