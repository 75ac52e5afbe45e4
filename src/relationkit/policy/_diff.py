"""Differences: what two editions decide or promise differently, and for whom."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from attrs import fields, frozen

from relationkit.books import Book
from relationkit.decisions import said
from relationkit.policy._assessment import QUESTIONS, Change
from relationkit.policy._policy import Edition, EngagementPolicy
from relationkit.records import PartyId
from relationkit.sla import Attention
from relationkit.tables import Difference
from relationkit.tables import diff as diff_tables
from relationkit.targets import Coverage, Plan, Target, spelled

__all__ = ["EditionDifference", "PlanDifference", "changed", "diff"]

CLOCK = ("coverage", "at_risk", "at_risk_before")
TIMES = tuple(
    field.name for field in fields(Target) if field.name not in {"priority", *CLOCK}
)


@frozen(kw_only=True)
class PlanDifference:
    """That a degree of attention promises something else.

    Attributes:
        attention: Which degree.
        before: What it promised.
        after: What it promises now.
    """

    attention: Attention
    before: Plan
    after: Plan

    def __str__(self) -> str:
        before, after = dict(_promises(self.before)), dict(_promises(self.after))
        both = ((n, before.get(n, "-"), after.get(n, "-")) for n in {**before, **after})
        told = [f"{name} {was} -> {now}" for name, was, now in both if was != now]
        return f"{self.attention}: {', '.join(told)}"


def _promises(plan: Plan) -> Iterator[tuple[str, str]]:
    """What a *plan* promises, each promise by its name."""
    yield "priorities", " ".join(plan.priorities)
    for field in fields(Plan):
        if field.name not in {"priorities", "targets"}:
            yield field.name, said(getattr(plan, field.name))
    for priority in plan.priorities:
        target = plan.target(priority)
        for time in TIMES:
            length = getattr(target, time)
            yield f"{time} of {priority}", "-" if length is None else spelled(length)
        for name in CLOCK:
            yield f"{name} of {priority}", _clock(getattr(target, name))


def _clock(value: Coverage | tuple[Decimal | timedelta, ...] | None) -> str:
    if isinstance(value, tuple):
        told = [spelled(v) if isinstance(v, timedelta) else f"{v}" for v in value]
        return " ".join(told) or "-"
    return "-" if value is None else value.value


@frozen(kw_only=True)
class EditionDifference:
    """What two editions decide or promise differently; false if nothing.

    Attributes:
        currency: The currency before and after; None if it is the same.
        answers: Each question that is answered differently, with the cases in
            which it is.
        plans: What support promises differently, least attention first.
    """

    currency: tuple[str, str] | None
    answers: tuple[tuple[str, tuple[Difference[StrEnum], ...]], ...]
    plans: tuple[PlanDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.currency or self.answers or self.plans)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.currency:
            yield f"currency: {' -> '.join(self.currency)}"
        for question, differences in self.answers:
            yield from (f"{question}: {one}" for one in differences)
        yield from (f"plan of {one}" for one in self.plans)


def diff(old: Edition, new: Edition) -> EditionDifference:
    """What *old* and *new* decide or promise differently: all of it, exactly.

    Each question is compared by itself: where an earlier answer counts, its
    cases name that answer.  Amounts are compared as numbers, each in the
    currency of its edition.

    >>> from relationkit import policy
    >>> bool(policy.diff(policy.latest(), policy.latest()))
    False

    Raises:
        StepsError: If two tables differ so much that it takes too many steps.
    """
    before, after = old.policy, new.policy
    codes = before.currency, after.currency
    return EditionDifference(
        currency=None if before.currency == after.currency else codes,
        answers=tuple(_answers(before, after)),
        plans=tuple(_plans(before, after)),
    )


def _answers(
    old: EngagementPolicy, new: EngagementPolicy
) -> Iterator[tuple[str, tuple[Difference[StrEnum], ...]]]:
    both = zip(old.tables.values(), new.tables.values(), strict=True)
    for question, (before, after) in zip(QUESTIONS, both, strict=True):
        if found := diff_tables(before, after):
            yield question, found


def _plans(old: EngagementPolicy, new: EngagementPolicy) -> Iterator[PlanDifference]:
    for attention in Attention:
        before, after = old.plan(attention), new.plan(attention)
        if before != after:
            yield PlanDifference(attention=attention, before=before, after=after)


def changed(
    old: Edition, new: Edition, book: Book, *, on: date
) -> Mapping[PartyId, tuple[Change, ...]]:
    """What is decided differently about each in *book* on the day *on*.

    Those about whom nothing is are left out; the others come by their ids, in
    order.

    >>> from relationkit import policy
    >>> from relationkit.parties import Organisation
    >>> book = Book(provider=Organisation(id=PartyId("us"), name="Lovelace & Co"))
    >>> policy.changed(policy.latest(), policy.latest(), book, on=date(2026, 11, 25))
    {}
    """
    found = {
        each.party.id: old.assess(each, on=on).changes(new.assess(each, on=on))
        for each in book.relationships()
    }
    return {party: changes for party, changes in found.items() if changes}
