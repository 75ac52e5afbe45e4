"""Pauses: stretches in which a clock does not count, put together."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias

from attrs import field, frozen

from relationkit.errors import InvalidError, Problem, pointer
from relationkit.records import as_declared, in_utc, is_of, several

__all__ = ["Pause", "Stretch", "instant", "merged", "stretches"]

Stretch: TypeAlias = tuple[datetime, datetime | None]
"""From an instant to another, both in UTC; None if nobody knows the end."""


def instant(name: str, value: datetime) -> datetime:
    """The instant *value* in UTC, in which instants can be compared.

    Raises:
        ValueError: If it does not say in which zone it is, or lies where UTC
            has no year.
        TypeError: If it is no time.
    """
    is_of(name, datetime, value)
    if value.utcoffset() is None:
        raise ValueError(
            f"{name} is {value}, in no zone; give an aware one, such as"
            f" datetime(2026, 1, 31, 12, tzinfo=UTC)"
        )
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(
            f"{name} is {value}, beyond what UTC can say; give an instant within the"
            f" years 2 to 9998"
        ) from None


@frozen(kw_only=True, field_transformer=as_declared)
class Pause:
    """A stretch in which the clock does not count, such as while they are asked.

    Half-open, and of no length if it ends as it starts.  Pauses are
    equal if they are of the same instants, in whatever zones told.

    Attributes:
        start: From which instant on.
        end: Up to which instant; None if nobody knows yet.

    Raises:
        ValueError: If an instant is in no zone, or *end* is before *start*.
    """

    start: datetime = field(eq=in_utc)
    end: datetime | None = field(default=None, eq=in_utc)

    @start.validator
    def _is_in_a_zone(self, _: object, start: datetime) -> None:
        instant("start", start)

    @end.validator
    def _is_not_before_start(self, _: object, end: datetime | None) -> None:
        if end is not None and instant("end", end) < instant("start", self.start):
            raise ValueError(
                f"end is {end}, before start, {self.start}; swap them, or leave the"
                f" end out if nobody knows it"
            )


def stretches(pauses: Iterable[Pause]) -> list[Stretch]:
    """The *pauses* in UTC.

    Raises:
        InvalidError: If one is no pause; with every such problem.
        TypeError: If it is one alone.
    """
    problems: list[Problem] = []
    found: list[Stretch] = []
    for place, pause in enumerate(several("pauses", pauses)):
        if isinstance(pause, Pause):
            end = None if pause.end is None else pause.end.astimezone(UTC)
            found.append((pause.start.astimezone(UTC), end))
        else:
            told = f"expected a Pause, got {type(pause).__name__}"
            hint = "use Pause(start=..., end=...)"
            problems.append(Problem(pointer("pauses", place), "type", told, hint))
    if problems:
        raise InvalidError(problems)
    return found


def merged(pauses: Iterable[Stretch], since: datetime) -> tuple[Stretch, ...]:
    """What is paused after *since*, in order, with no two that meet."""
    kept: list[Stretch] = []
    for start, end in sorted(pauses, key=_start):
        if end is not None and end <= max(start, since):
            continue
        last = kept[-1][1] if kept else since
        if kept and (last is None or max(start, since) <= last):
            longer = None if last is None or end is None else max(last, end)
            kept[-1] = (kept[-1][0], longer)
        else:
            kept.append((max(start, since), end))
    return tuple(kept)


def _start(stretch: Stretch) -> datetime:
    return stretch[0]
