"""Proration: which part of an amount falls on part of a period."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from attrs import field, frozen

from relationkit.figures import EXACT
from relationkit.money import Money, Settlement, grid_of
from relationkit.periods import Period
from relationkit.records import as_declared, in_utc, is_of

__all__ = ["DayCount", "Span", "prorate"]

MICROSECOND: Final = timedelta(microseconds=1)
SETTLEMENT: Final = Settlement()
LONGEST: Final = 30


class DayCount(StrEnum):
    """How much of a period part of it is."""

    ACTUAL = "actual"
    """As long as it is, in days, or in microseconds between moments."""
    FIXED_30 = "fixed_30"
    """As if every month had 30 days, so that the 31st counts for nothing, and the
    last day of February for what that month lacks."""


@frozen(kw_only=True, field_transformer=as_declared)
class Span:
    """The time from one moment up to another, which is not part of it.

    Attributes:
        start: First moment, with its time zone.
        end: First moment after, with its time zone, which may be another.

    Raises:
        ValueError: If a moment has no time zone, or *end* is not after *start*.
    """

    start: datetime = field(eq=in_utc)
    end: datetime = field(eq=in_utc)

    @end.validator
    def _is_after_start(self, _: object, end: datetime) -> None:
        for moment in (self.start, end):
            if moment.utcoffset() is None:
                raise ValueError(
                    f"{moment} has no time zone, so it is no moment; give tzinfo=UTC"
                    f" or another"
                )
        if between(self.start, end) <= 0:
            raise ValueError(
                f"the span {self.start} to {end} is empty or reversed; its end must be"
                f" after its start"
            )


Stretch: TypeAlias = Period | Span


def prorate(
    money: Money,
    whole: Stretch,
    used: Stretch,
    *,
    by: DayCount = DayCount.ACTUAL,
    settlement: Settlement = SETTLEMENT,
) -> Money:
    """The part of *money*, which is for a *whole* period, for the *used* part of it.

    What was due up to a day is settled, and a part is the difference of two such;
    so parts that follow one another add up to the whole, settled, however often it
    was cut.  Each is less than one minor unit from what it is exactly, or one at
    most.  Of the days only the first of the two ends counts: a month is from its
    first day to the first of the next.

    >>> march = Period(date(2026, 3, 1), date(2026, 4, 1))
    >>> rest = Period(date(2026, 3, 15), date(2026, 4, 1))
    >>> print(prorate(Money(Decimal(100), "USD"), march, rest))
    54.84 USD
    >>> print(prorate(Money(Decimal(100), "USD"), march, rest, by=DayCount.FIXED_30))
    53.33 USD

    Raises:
        TypeError: If one is a period of days, and the other between moments.
        ValueError: If *whole* or *used* has no end, *used* is not all within
            *whole*, *by* counts nothing in *whole* or cannot count moments, or the
            currency has no minor unit.
    """
    is_of("money", Money, money)
    is_of("by", DayCount, by)
    is_of("settlement", Settlement, settlement)
    before, until, length = _counted(whole, used, by)
    grid = grid_of(settlement, money.currency)
    due = [
        grid.rounded(EXACT.multiply(money.amount, Decimal(count)), length)
        for count in (before, until)
    ]
    return Money(EXACT.subtract(due[1], due[0]), money.currency)


def _counted(whole: Stretch, used: Stretch, by: DayCount) -> tuple[int, int, int]:
    """How far *used* begins and ends after the start of *whole*, and its length."""
    start, end = _ends("whole", whole)
    first, last = _ends("used", used)
    if type(whole) is not type(used):
        raise TypeError(
            "whole and used are of two classes; give two periods or two spans"
        )
    if by is not DayCount.ACTUAL and isinstance(whole, Span):
        raise ValueError(f"by is {by.value}, which counts days; give periods of days")
    length = _count(start, end, by)
    if between(start, first) < 0 or between(last, end) < 0:
        raise ValueError(
            f"used is {first} to {last}, not all within {start} to {end}; give the"
            f" part that lies within"
        )
    if length == 0:
        raise ValueError(
            f"whole is {start} to {end}, of no days by {by.value}; count it by actual"
        )
    return _count(start, first, by), _count(start, last, by), length


def _ends(name: str, stretch: Stretch) -> tuple[date, date]:
    is_of(name, Period | Span, stretch)
    if stretch.end is None:
        raise ValueError(f"{name} is {stretch}, without an end; give the day it ends")
    return stretch.start, stretch.end


def _count(start: date, end: date, by: DayCount) -> int:
    if by is DayCount.ACTUAL:
        return between(start, end)
    return _day(end) - _day(start)


def _day(day: date) -> int:
    """How many days are before it where all months have 30."""
    return (day.year * 12 + day.month) * LONGEST + min(day.day - 1, LONGEST)


def between(start: date, end: date) -> int:
    """How many days, or between moments microseconds, *end* is after *start*.

    Two moments of one zone may be an hour further apart than its clocks show.
    """
    if isinstance(start, datetime) and isinstance(end, datetime):
        on_clocks = end.replace(tzinfo=None) - start.replace(tzinfo=None)
        return (on_clocks - (_offset(end) - _offset(start))) // MICROSECOND
    return (end - start).days


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()
