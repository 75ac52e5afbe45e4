"""Periods: the days on which something holds."""

from datetime import date
from typing import Self

from attrs import field, frozen

from relationkit.records import as_declared, is_of

__all__ = ["Period"]


@frozen(weakref_slot=False, field_transformer=as_declared)
class Period:
    """The days from *start* up to but not including *end*; never empty.

    >>> year = Period(date(2026, 1, 1), date(2027, 1, 1))
    >>> year.days, date(2026, 12, 31) in year, date(2027, 1, 1) in year
    (365, True, False)

    Attributes:
        start: First day.
        end: First day after; None if no end is known, so that it goes on.

    Raises:
        ValueError: If *end* is not after *start*.
    """

    start: date
    end: date | None = field(default=None)

    @end.validator
    def _is_after_start(self, _: object, end: date | None) -> None:
        if end is None or end > self.start:
            return
        fault = "is empty" if end == self.start else "is reversed"
        raise ValueError(
            f"the period {self.start} to {end} {fault}; "
            f"its end, the first day after it, must be after its start"
        )

    def __contains__(self, day: date) -> bool:
        if type(day) is not date:
            is_of("day", date, day)
        return self.start <= day and (self.end is None or day < self.end)

    def __str__(self) -> str:
        return f"{self.start} to {self.end or 'further notice'}"

    @property
    def days(self) -> int | None:
        """Length in days, at least 1; None while no end is known."""
        return None if self.end is None else (self.end - self.start).days

    def has_ended(self, day: date) -> bool:
        """Whether *day* lies after this period.

        >>> Period(date(2026, 1, 1), date(2026, 2, 1)).has_ended(date(2026, 2, 1))
        True

        Raises:
            TypeError: If *day* is no day.
        """
        is_of("day", date, day)
        return self._ends_by(day)

    def covers(self, other: Self) -> bool:
        """Whether every day of *other* is also a day of this period.

        >>> Period(date(2026, 1, 1)).covers(Period(date(2026, 2, 1)))
        True

        Raises:
            TypeError: If *other* is no period, such as a day.
        """
        is_of("other", Period, other)
        if self.end is None:
            return self.start <= other.start
        return other.start >= self.start and other._ends_by(self.end)

    def overlaps(self, other: Self) -> bool:
        """Whether any day belongs to both.

        >>> january = Period(date(2026, 1, 1), date(2026, 2, 1))
        >>> january.overlaps(Period(date(2026, 2, 1)))
        False

        Raises:
            TypeError: If *other* is no period, such as a day.
        """
        is_of("other", Period, other)
        return not (self._ends_by(other.start) or other._ends_by(self.start))

    def _ends_by(self, day: date) -> bool:
        return self.end is not None and self.end <= day
