"""Assessments: the answers to all questions about one relationship on a day."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import frozen

from relationkit.clienthood import Standing
from relationkit.contracts import FeeClause
from relationkit.decisions import Outcome
from relationkit.facts import Facts
from relationkit.fees import PricingModel
from relationkit.personalisation import Level
from relationkit.records import PartyId
from relationkit.sla import Attention, PlanInForce

__all__ = ["QUESTIONS", "Answers", "Assessment", "ByEngagement", "Change"]

QUESTIONS = ("standing", "personalisation", "sla", "pricing")


@frozen(kw_only=True)
class Answers:
    """The answers about one engagement, or about the relationship as such.

    Attributes:
        facts: What they were decided on.
        standing: What the party is to us.
        personalisation: How closely to tailor.
        sla: How much attention to expect.
        pricing: Which pricing model fits.
        plan: Which plan of support stands, that of the edition or a contract's own.
        fee: The fee that a contract in force has agreed, which stands over the model
            that fits; None if none has.
    """

    facts: Facts
    standing: Outcome[Standing]
    personalisation: Outcome[Level]
    sla: Outcome[Attention]
    pricing: Outcome[PricingModel]
    plan: PlanInForce
    fee: FeeClause | None = None

    def outcomes(self) -> dict[str, Outcome[StrEnum]]:
        """The answers by question, in the order in which they are asked."""
        return {
            "standing": self.standing,
            "personalisation": self.personalisation,
            "sla": self.sla,
            "pricing": self.pricing,
        }

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts to ask for, for any of the questions."""
        outcomes = self.outcomes().values()
        return tuple(dict.fromkeys(n for outcome in outcomes for n in outcome.needs))


class ByEngagement(Mapping[str, Answers]):
    """The answers about each engagement, by its id; it cannot be changed."""

    __slots__ = ("_answers",)

    def __init__(self, answers: Mapping[str, Answers]) -> None:
        self._answers = dict(answers)

    def __getitem__(self, id_: str) -> Answers:
        return self._answers[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def __hash__(self) -> int:
        return hash(frozenset(self._answers.items()))

    def __repr__(self) -> str:
        return f"ByEngagement({self._answers!r})"


@frozen(kw_only=True)
class Change:
    """That a question is answered differently.

    Attributes:
        question: Which question.
        engagement: About which engagement; None if about the relationship.
        before: The outcome before; None if there was none.
        after: The outcome now; None if there is none.
    """

    question: str
    engagement: str | None
    before: Outcome[StrEnum] | None
    after: Outcome[StrEnum] | None

    def __str__(self) -> str:
        about = f"{self.question} of {self.engagement}" if self.engagement else ""
        told = " -> ".join(_in_short(outcome) for outcome in (self.before, self.after))
        return f"{about or self.question}: {told}"


def _in_short(outcome: Outcome[StrEnum] | None) -> str:
    return "-" if outcome is None else " or ".join(map(str, outcome.possible))


@frozen(kw_only=True)
class Assessment:
    """Everything decided about one relationship, on a day, under an edition.

    Attributes:
        party: Whom it is about.
        on: The day.
        standing: What the party is to us in the whole.
        service: The answers about the relationship as such, all its services
            taken together.
        engagements: The answers about each engagement opened by that day; one
            person may be client in one and customer in another.
    """

    party: PartyId
    on: date
    standing: Outcome[Standing]
    service: Answers
    engagements: ByEngagement

    def changes(self, new: "Assessment") -> tuple[Change, ...]:
        """What *new* answers differently: another answer, or more or fewer.

        A different reason for the same answer is no change.
        """
        ids = dict.fromkeys([None, *self.engagements, *new.engagements])
        return tuple(change for id_ in ids for change in _changes(id_, self, new))

    def about(self, engagement: str | None) -> Answers | None:
        """The answers about *engagement*, or about the relationship if None."""
        return self.service if engagement is None else self.engagements.get(engagement)


def _changes(id_: str | None, old: Assessment, new: Assessment) -> Iterator[Change]:
    before, after = (
        answers.outcomes() if (answers := assessment.about(id_)) else {}
        for assessment in (old, new)
    )
    for question in QUESTIONS:
        was, is_ = before.get(question), after.get(question)
        if (was and was.possible) != (is_ and is_.possible):
            yield Change(question=question, engagement=id_, before=was, after=is_)
