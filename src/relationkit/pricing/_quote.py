"""Quote: what a fee comes to, line by line, in money."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Self

from attrs import evolve, field, frozen

from relationkit.fees import Fee
from relationkit.figures import EXACT, ZERO
from relationkit.money import Grid, Listed, Money, Scope, Settlement, grid_of
from relationkit.pricing._reckoning import Charge, Reckoning
from relationkit.pricing._usage import Usage, UsageError, checked, unfit
from relationkit.records import as_declared, is_of

__all__ = ["Line", "Quote", "quote"]

SETTLEMENT = Settlement()


@frozen(kw_only=True, field_transformer=as_declared)
class Line:
    """One thing that is charged or taken off.

    Attributes:
        label: What it is called.
        metric: Which quantity it is of; empty of a fixed or flat amount, a minimum,
            a cap and a discount.
        quantity: How many units are billed; None of a minimum, a cap and a discount.
        rate: For so many units as *per* says; None of these too.
        per: For how many units the rate is.
        tax_code: For whoever reckons tax; empty if none was given, or if it changes
            lines of several.
        amount: How much it comes to, settled, in the currency of the quote;
            negative if it is taken off.
    """

    label: str
    metric: str = ""
    quantity: Decimal | None = None
    rate: Decimal | None = None
    per: int = 1
    tax_code: str = ""
    amount: Decimal

    def __str__(self) -> str:
        if self.quantity is None or self.rate is None:
            return f"{self.label}: {self.amount:f}"
        per = f" per {self.per}" if self.per != 1 else ""
        units = f"{self.quantity:f} x {self.rate:f}{per}"
        return f"{self.label}: {units} = {self.amount:f}"


put = object.__setattr__


def in_order(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines as they stand: what changes others comes after them."""
    return lines


@frozen(kw_only=True, field_transformer=as_declared)
class Quote:
    """What a fee comes to: lines that add up to its total, to the last cent.

    Attributes:
        currency: In which currency, as an ISO 4217 code.
        lines: What is charged and taken off, in order.

    Raises:
        ValueError: If *currency* is not on the list.
    """

    currency: str = field(validator=Listed())
    lines: tuple[Line, ...] = field(converter=in_order)

    @property
    def total(self) -> Money:
        """All lines together."""
        return Money(_sum(self.lines), self.currency)

    def reversed(self) -> Self:
        """The same the other way round: the credit that takes this quote back."""
        return evolve(self, lines=tuple(map(_reversed, self.lines)))

    def __str__(self) -> str:
        return "\n".join([*map(str, self.lines), f"total: {self.total}"])


def quote(
    fee: Fee, usage: Usage, *, currency: str, settlement: Settlement = SETTLEMENT
) -> Quote:
    """What a *fee* comes to for a *usage*.

    Settled line by line, minimum, cap and discount are reckoned from the lines
    before them as they stand; settled once, from what these are exactly.  Either
    way the lines add up to the total.

    >>> from relationkit import fees
    >>> work = fees.minimum(fees.hourly(Decimal(250)), Decimal(3500))
    >>> print(quote(work, {"hours": Decimal("12.5")}, currency="USD"))
    hours: 12.5 x 250 = 3125.00
    minimum: 375.00
    total: 3500.00 USD

    Raises:
        UsageError: If a quantity is missing, negative or no number, if the fee does
            not price one of them, or one is past a last tier that is not open.
        ValueError: If *currency* is not on the list, or has no minor unit.
    """
    if type(settlement) is not Settlement:
        is_of("settlement", Settlement, settlement)
    grid, measured = grid_of(settlement, currency), checked(usage)
    if settlement.at is Scope.LINE:
        charges = _charged(fee, measured, grid)
        lines = [_line(charge, charge[-2]) for charge in charges]
    else:
        charges = _charged(fee, measured)
        amounts = grid.spread([charge[-2:] for charge in charges])
        lines = list(map(_line, charges, amounts))
    return _quote(currency, tuple(lines))


def _quote(currency: str, lines: tuple[Line, ...]) -> Quote:
    """A quote of our own making, which needs none of its checks."""
    made = Quote.__new__(Quote)
    put(made, "currency", currency)
    put(made, "lines", lines)
    return made


def _charged(
    fee: Fee, usage: Mapping[str, Decimal], grid: Grid | None = None
) -> Sequence[Charge]:
    reckoned = Reckoning(usage, grid)
    try:
        reckoned.add(fee)
    except KeyError:
        raise UsageError(unfit(fee, usage)) from None
    if len(reckoned.used) < len(usage):
        raise UsageError(unfit(fee, usage))
    return reckoned.charges


def _line(charge: Charge, amount: Decimal) -> Line:
    """A line of our own making, which needs none of its checks."""
    line = Line.__new__(Line)
    label, metric, quantity, rate, per, tax_code, _, _ = charge
    put(line, "label", label)
    put(line, "metric", metric)
    put(line, "quantity", quantity)
    put(line, "rate", rate)
    put(line, "per", per)
    put(line, "tax_code", tax_code)
    put(line, "amount", amount)
    return line


def _sum(lines: tuple[Line, ...]) -> Decimal:
    total = ZERO
    for line in lines:
        total = EXACT.add(total, line.amount)
    return total


def _reversed(line: Line) -> Line:
    quantity = None if line.quantity is None else EXACT.minus(line.quantity)
    return evolve(line, quantity=quantity, amount=EXACT.minus(line.amount))
