"""Versions: which edition of a policy decides on which day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from attrs import field, frozen

from relationkit.errors import PolicyError, Problem, pointer
from relationkit.policy._assessment import Assessment
from relationkit.policy._policy import Edition
from relationkit.relationships import Customer

__all__ = ["Versions"]


def _in_turn(
    editions: Iterable[tuple[date | None, Edition]],
) -> tuple[tuple[date | None, Edition], ...]:
    return tuple((first, edition) for first, edition in editions)


@frozen
class Versions:
    """The editions of one policy, each from a day on until the next one begins.

    There is one for every day: the first is open to the past, the last to the
    future.  Nothing is decided anew when a version begins: on a day before it,
    the earlier edition still decides.

    >>> from relationkit import policy
    >>> ours = policy.Versions([(None, policy.edition("2026-11"))])
    >>> ours.at(date(1999, 12, 31)).name
    '2026-11'

    Attributes:
        editions: Each edition after the first day on which it decides; None
            for the first of them, which decides on every day before the next.

    Raises:
        PolicyError: If the first has a day, a later one has none or one that
            is not after those before it, or an edition stands there for no
            reason or under the name of another; with every such problem.
        TypeError: If a day is no date or has a time, or an edition is none.
    """

    editions: tuple[tuple[date | None, Edition], ...] = field(converter=_in_turn)

    @editions.validator
    def _leave_no_day_out(
        self, _: object, editions: Sequence[tuple[date | None, Edition]]
    ) -> None:
        for place, (first, edition) in enumerate(editions):
            _check_types(place, first, edition)
        if problems := [*_problems(editions)]:
            raise PolicyError(problems)

    def at(self, day: date) -> Edition:
        """The edition that decides on *day*."""
        _check_day("day", day)
        return self.editions[bisect_right(self._days, day)][1]

    @property
    def _days(self) -> list[date]:
        """The first days of all but the first edition."""
        return [first for first, _ in self.editions if first is not None]

    def assess(self, relationship: Customer, *, on: date) -> Assessment:
        """Everything the edition of the day *on* decides about *relationship*."""
        return self.at(on).assess(relationship, on=on)


def _check_types(place: int, first: object, edition: object) -> None:
    if first is not None:
        _check_day(f"editions[{place}]", first)
    if not isinstance(edition, Edition):
        got = type(edition).__name__
        raise TypeError(
            f"editions[{place}]: expected an Edition after its day, got {got}"
        )


def _check_day(name: str, day: object) -> None:
    if isinstance(day, datetime):
        raise TypeError(f"{name}: expected a day, got {day!r}; take its date()")
    if not isinstance(day, date):
        raise TypeError(f"{name}: expected a day, got {day!r}; give a date")


def _problems(
    editions: Sequence[tuple[date | None, Edition]],
) -> Iterator[Problem]:
    if not editions:
        yield Problem("", "missing", "there is no edition", "give one at least")
    yield from _of_days([first for first, _ in editions])
    yield from _of_names([edition for _, edition in editions])


def _of_days(days: Sequence[date | None]) -> Iterator[Problem]:
    latest = days[0] if days else None
    if latest is not None:
        told = f"it begins on {latest}, and nothing decides the days before"
        yield Problem(pointer(0), "gap", told, "write None for its first day")
    for place, day in enumerate(days[1:], start=1):
        here = pointer(place)
        if day is None:
            hint = "give its first day; only the first edition is open to the past"
            yield Problem(here, "missing", "it has no first day", hint)
        elif latest is None or day > latest:
            latest = day
        else:
            code, how = ("overlap", "before") if day < latest else ("duplicate", "as")
            told = f"it begins on {day}, {how} an earlier one"
            yield Problem(here, code, told, f"let it begin after {latest}")


def _of_names(editions: Iterable[Edition]) -> Iterator[Problem]:
    said: dict[str, str] = {}
    before: Edition | None = None
    for place, edition in enumerate(editions):
        here, name, digest = pointer(place), edition.name, edition.digest
        if before and (name, digest) == (before.name, before.digest):
            told = f"{name!r} is the edition before it as well"
            yield Problem(here, "duplicate", told, "leave it out")
        elif said.setdefault(name, digest) != digest:
            told = f"another edition is named {name!r} as well"
            hint = "give each its own name, so that decisions say which they are of"
            yield Problem(here, "duplicate", told, hint)
        before = edition
