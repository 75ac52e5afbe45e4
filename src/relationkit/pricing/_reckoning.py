"""Reckoning: the lines of a fee for given quantities, exactly.

An amount is a decimal number and the whole number that it is still to be divided
by, so that a third of something stays exact until it is settled.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import lcm
from typing import Final, TypeAlias, assert_never

from relationkit.errors import Problem, pointer
from relationkit.fees import (
    Boundary,
    Bounded,
    Bundle,
    Direction,
    Discounted,
    Fee,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    Volume,
)
from relationkit.figures import EXACT, ONE, ZERO, told
from relationkit.money import Amount, Grid
from relationkit.pricing._usage import UsageError
from relationkit.records import is_of

__all__ = ["Charge", "Reckoning", "total"]

Tiered: TypeAlias = Graduated | Volume
Metered: TypeAlias = PerUnit | Tiered

NOTHING: Final[Amount] = (ZERO, 1)
LESS: Final = Decimal(-1)
INCLUSIVE: Final = Boundary.INCLUSIVE
add, subtract, multiply = EXACT.add, EXACT.subtract, EXACT.multiply


Charge: TypeAlias = tuple[
    str, str, Decimal | None, Decimal | None, int, str, Decimal, int
]
"""What a line says: label, metric, quantity, rate, per, tax code; and its amount,
which is still to be divided by what it is over."""


def plus(one: Amount, other: Amount) -> Amount:
    """One amount and the *other* together."""
    (a, over), (b, under) = one, other
    if over == under:
        return add(a, b), over
    both = lcm(over, under)
    a, b = (
        multiply(a, Decimal(both // over)),
        multiply(b, Decimal(both // under)),
    )
    return add(a, b), both


def total(charges: Sequence[Charge]) -> Amount:
    """All of the *charges* together."""
    result = NOTHING
    for *_, amount, over in charges:
        result = plus(result, (amount, over))
    return result


class Reckoning:
    """The lines of fees for the quantities of one *usage*.

    Each line is rounded on a *grid* when it is made, if there is one, so that minimum,
    cap and discount are reckoned from what stands on the lines before them.  A
    quantity is meant as just above or just below what it says if *nudges* has 1 or
    -1 for its metric.

    Attributes:
        charges: The lines so far.
        used: The metrics that were asked for.
    """

    __slots__ = ("_grid", "_nudges", "_usage", "charges", "used")

    def __init__(
        self,
        usage: Mapping[str, Decimal],
        grid: Grid | None = None,
        nudges: Mapping[str, int] | None = None,
    ) -> None:
        self._usage = usage
        self._grid = grid
        self._nudges = nudges or {}
        self.charges: list[Charge] = []
        self.used: set[str] = set()

    def add(self, fee: Fee) -> None:
        """Add the lines of a *fee*.

        Raises:
            UsageError: If a quantity lies past a last tier that is not open.
            KeyError: If there is no quantity for one of its metrics.
        """
        match fee:
            case Graduated():
                self._graduated(fee)
            case PerUnit():
                self._per_unit(fee)
            case Fixed():
                self._once(fee.label, fee.amount, fee.tax_code)
            case Volume():
                self._volume(fee)
            case Bundle():
                for part in fee.parts:
                    self.add(part)
            case Bounded():
                self._bounded(fee)
            case Discounted():
                self._discounted(fee)
            case _:
                is_of("fee", Fee, fee)
                assert_never(fee)  # pragma: no cover

    def _line(
        self, fee: Metered, units: Decimal, rate: Decimal, amount: Decimal, per: int = 1
    ) -> None:
        grid, over = self._grid, per
        if grid is not None:
            amount, over = grid.rounded(amount, per), 1
        metric = fee.metric
        label = fee.label or metric
        self.charges.append(
            (label, metric, units, rate, per, fee.tax_code, amount, over)
        )

    def _flat(self, fee: Tiered, tier: Tier) -> None:
        self._once(f"{fee.label or fee.metric}, flat", tier.flat, fee.tax_code)

    def _once(self, label: str, amount: Decimal, code: str) -> None:
        self.charges.append(
            (label, "", ONE, amount, 1, code, *self._rounded(amount, 1))
        )

    def _rounded(self, amount: Decimal, over: int = 1) -> Amount:
        grid = self._grid
        return (amount, over) if grid is None else (grid.rounded(amount, over), 1)

    def _per_unit(self, fee: PerUnit) -> None:
        quantity, nudge = self._measured(fee)
        left = subtract(quantity, fee.included)
        units = ZERO
        if left > ZERO or (left == ZERO and nudge > 0):
            units, _ = stepped(left, fee.increment, nudge)
        self._line(fee, units, fee.rate, multiply(units, fee.rate), fee.per)

    def _graduated(self, fee: Graduated) -> None:
        quantity, nudge = self._billed(fee)
        pays_flat = fee.flat_when_unused or quantity != ZERO or nudge > 0
        for units, tier, amount in graduated(fee, quantity, nudge):
            self._line(fee, units, tier.rate, amount)
            if tier.flat and pays_flat:
                self._flat(fee, tier)

    def _volume(self, fee: Volume) -> None:
        quantity, nudge = self._billed(fee)
        *_, (_, tier, _) = graduated(fee, quantity, nudge)
        self._line(fee, quantity, tier.rate, multiply(quantity, tier.rate))
        if tier.flat and (fee.flat_when_unused or quantity or nudge > 0):
            self._flat(fee, tier)

    def _billed(self, fee: Tiered) -> tuple[Decimal, int]:
        """The billed quantity that a *fee* is of, and its nudge."""
        measured, nudge = self._measured(fee)
        return (
            stepped(measured, fee.increment, nudge)
            if fee.increment
            else (measured, nudge)
        )

    def _measured(self, fee: Metered) -> tuple[Decimal, int]:
        """The quantity that a *fee* is of, and its nudge."""
        metric = fee.metric
        self.used.add(metric)
        return self._usage[metric], self._nudges.get(metric, 0)

    def _bounded(self, fee: Bounded) -> None:
        start = len(self.charges)
        self.add(fee.inner)
        inner = minus(total(self.charges[start:]))
        if fee.at_least is not None:
            missing = plus((fee.at_least, 1), inner)
            if missing[0] > ZERO:
                self._adjust("minimum", missing, start)
        if fee.at_most is not None:
            excess = plus((fee.at_most, 1), inner)
            if excess[0] < ZERO:
                self._adjust("cap", excess, start)

    def _discounted(self, fee: Discounted) -> None:
        start = len(self.charges)
        self.add(fee.inner)
        amount, over = minus(total(self.charges[start:]))
        self._adjust(fee.label, (multiply(amount, fee.share), over), start)

    def _adjust(self, label: str, amount: Amount, start: int) -> None:
        """Add a line for what changes those from *start*.

        It is taxed as they are, if all are taxed alike.
        """
        codes = {code for *_, code, _, _ in self.charges[start:]}
        code = codes.pop() if len(codes) == 1 else ""
        self.charges.append((label, "", None, None, 1, code, *self._rounded(*amount)))


def minus(amount: Amount) -> Amount:
    """An amount the other way round; of 0 never -0."""
    return EXACT.minus(amount[0]), amount[1]


def stepped(
    quantity: Decimal, increment: Increment | None, nudge: int
) -> tuple[Decimal, int]:
    """The *quantity* as it is billed, and what is left of its nudge."""
    if increment is None:
        return quantity, nudge
    count = EXACT.divide_int(quantity, increment.size)
    rest = EXACT.remainder(quantity, increment.size)
    return multiply(add(count, further(increment, rest, nudge)), increment.size), 0


def further(increment: Increment, rest: Decimal, nudge: int) -> Decimal:
    """By how many steps the billed quantity is further than the last whole one."""
    match increment.direction:
        case Direction.UP:
            return ONE if rest or nudge > 0 else ZERO
        case Direction.DOWN:
            return LESS if not rest and nudge < 0 else ZERO
        case Direction.NEAREST:
            twice = add(rest, rest)
            is_nearer = twice > increment.size if nudge < 0 else twice >= increment.size
            return ONE if is_nearer else ZERO
        case _:  # pragma: no cover
            assert_never(increment.direction)


def graduated(
    fee: Tiered, quantity: Decimal, nudge: int = 0
) -> list[tuple[Decimal, Tier, Decimal]]:
    """How much of a billed *quantity* lies in each tier that it reaches.

    With the tier, and what so much is at its rate.

    Raises:
        UsageError: If it lies past a last tier that is not open.
    """
    includes = nudge < 0 if nudge else fee.boundary is INCLUSIVE
    reached = []
    lower = ZERO
    for tier in fee.tiers:
        bound = tier.up_to
        if bound is None or (quantity <= bound if includes else quantity < bound):
            units = subtract(quantity, lower)
            reached.append((units, tier, multiply(units, tier.rate)))
            return reached
        units = bound if lower is ZERO else subtract(bound, lower)
        reached.append((units, tier, multiply(units, tier.rate)))
        lower = bound
    raise past_the_last(fee, quantity)


def past_the_last(fee: Tiered, quantity: Decimal) -> UsageError:
    """The error that there is no price for a *quantity*."""
    end = told(fee.tiers[-1].up_to)
    message = f"{fee.metric} is {told(quantity)}, past {end}, where the last tier ends"
    hint = "agree on a fee for that, or add a tier without up_to"
    where = pointer("usage", fee.metric)
    return UsageError([Problem(where, "out_of_range", message, hint)])
