"""Attainment: how many promises were kept in a period."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from relationkit.errors import shown
from relationkit.periods import Period
from relationkit.records import as_declared, several

__all__ = ["Attainment", "Settled", "attainment", "uncounted"]


@frozen(kw_only=True, field_transformer=as_declared)
class Settled:
    """That a promise was kept, or was not.

    Attributes:
        on: The day on which that was settled.
        met: Whether it was kept.
    """

    on: date
    met: bool


@frozen(kw_only=True, field_transformer=as_declared)
class Attainment:
    """How many promises were kept of those settled in a period.

    Attributes:
        period: When they were settled, by day.
        met: How many were kept.
        total: Of how many.

    Raises:
        ValueError: If *met* is less than none, or more than *total*.
    """

    period: Period
    met: int = field()
    total: int = field()

    @total.validator
    def _has_those_met(self, _: object, total: int) -> None:
        if not 0 <= self.met <= total:
            raise ValueError(
                f"met is {shown(self.met)} of {shown(total)}; give no less than 0 and"
                f" no more than total"
            )

    @property
    def share(self) -> Fraction | None:
        """Which part was kept, exactly; None if there were none to keep.

        >>> month = Period(date(2026, 1, 1), date(2026, 2, 1))
        >>> Attainment(period=month, met=2, total=3).share
        Fraction(2, 3)
        """
        return Fraction(self.met, self.total) if self.total else None


def attainment(
    settled: Iterable[Settled], periods: Iterable[Period]
) -> tuple[Attainment, ...]:
    """How many promises were kept in each of *periods*, in their order.

    A period is half-open: what is settled on the day on which it ends is not in it.
    What is settled on a day of no period is not counted; :func:`uncounted` finds it.

    >>> january = Period(date(2026, 1, 1), date(2026, 2, 1))
    >>> settled = [
    ...     Settled(on=date(2026, 1, 9), met=True),
    ...     Settled(on=date(2026, 1, 12), met=False),
    ...     Settled(on=date(2026, 2, 1), met=True),
    ... ]
    >>> [month] = attainment(settled, [january])
    >>> month.met, month.total
    (1, 2)

    Raises:
        ValueError: If two periods overlap, so that one promise would count twice.
        TypeError: If one is no promise settled, or no period.
    """
    days = [(one.on, one.met) for one in several("settled", settled, Settled)]
    found = several("periods", periods, Period)
    for one, other in pairwise(sorted(found, key=lambda period: period.start)):
        if one.overlaps(other):
            raise ValueError(
                f"{one} and {other} overlap, and what is settled in both would count"
                f" twice; leave one out, or reckon them apart"
            )
    return tuple(
        Attainment(
            period=period,
            met=sum(met for on, met in days if on in period),
            total=sum(on in period for on, _ in days),
        )
        for period in found
    )


def uncounted(
    settled: Iterable[Settled], periods: Iterable[Period]
) -> tuple[Settled, ...]:
    """What was settled in none of *periods*, and so is in no attainment of theirs.

    >>> january = Period(date(2026, 1, 1), date(2026, 2, 1))
    >>> late = Settled(on=date(2026, 2, 1), met=True)
    >>> uncounted([late], [january]) == (late,)
    True

    Raises:
        TypeError: If one is no promise settled, or no period.
    """
    found = several("periods", periods, Period)
    return tuple(
        one
        for one in several("settled", settled, Settled)
        if not any(one.on in period for period in found)
    )
