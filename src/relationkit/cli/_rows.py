"""Rows: which dealings of a relationship are shown, and what stands in them."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from attrs import frozen
from rich.text import Text

from relationkit.cli._show import either, line, words
from relationkit.decisions import Outcome
from relationkit.policy import Answers, Assessment
from relationkit.relationships import Client, Customer
from relationkit.sla import PlanOf
from relationkit.targets import (
    Coverage,
    NextBusinessDay,
    Plan,
    Priority,
    Target,
    spelled,
)

__all__ = ["CONTESTED", "LABELS", "Row", "cells", "in_full", "rows"]

LABELS: Mapping[str, str] = {
    "standing": "Standing",
    "personalisation": "Tailoring",
    "sla": "Support",
    "pricing": "Pricing",
}
CONTESTED = "*"
AS_A_WHOLE = "as a whole"


@frozen(kw_only=True)
class Row:
    """What is answered about one dealing.

    Attributes:
        name: With whom; empty if that stands on the row before.
        title: Which engagement; empty if there is none to tell apart.
        word: What the rules that govern the work call them; may be empty.
        answers: The answers.
    """

    name: str
    title: str
    word: str
    answers: Answers


def rows(relationship: Customer, assessed: Assessment) -> Iterator[Row]:
    """A row for each engagement, and one for what is beside or instead of them."""
    name = line(relationship.party.name)
    bought = any(purchase.on <= assessed.on for purchase in relationship.purchases)
    if bought or not assessed.engagements:
        title = AS_A_WHOLE if assessed.engagements else ""
        yield Row(name=name, title=title, word="", answers=assessed.service)
        name = ""
    if isinstance(relationship, Client):
        for id_, answers in assessed.engagements.items():
            engagement = relationship.engagement(id_)
            title, word = line(engagement.title) or id_, line(engagement.word)
            yield Row(name=name, title=title, word=word, answers=answers)
            name = ""


def cells(row: Row) -> list[Text]:
    """What stands in the row, in the order of :data:`LABELS`."""
    told = {question: _answer(o) for question, o in row.answers.outcomes().items()}
    if row.word:
        told["standing"].append(f'\n"{row.word}"', "dim")
    if plan := row.answers.plan.plan:
        told["sla"].append(f"\n{_in_short(plan)}", "dim")
    if row.answers.plan.of is PlanOf.CONTRACT:
        told["sla"].append("\nby contract", "dim")
    if clause := row.answers.fee:
        told["pricing"].append(f"\n{words(clause.model)} by contract", "dim")
    return list(told.values())


def _answer(outcome: Outcome[StrEnum]) -> Text:
    told = Text(words(either(outcome.possible)))
    if outcome.contested:
        told.append(f" {CONTESTED}")
    if outcome.needs:
        told.stylize("yellow")
        told.append(f"\nask: {words(', '.join(outcome.needs))}", "dim")
    return told


def _in_short(plan: Plan) -> str:
    return f"{_wait(plan)}, {'contact' if plan.named_contact else plan.channel}"


def in_full(plan: Plan) -> str:
    """What a *plan* promises for a usual request."""
    whom = "named contact" if plan.named_contact else f"{plan.channel} channel"
    return f"first answer {_when(plan)}, {whom}, {plan.manner}"


def _when(plan: Plan) -> str:
    target = _usual(plan)
    of_ = "" if target.priority is Priority.NORMAL else f"to {target.priority} "
    if isinstance(target.first_response, NextBusinessDay):
        return f"{of_}by {_wait(plan)}"
    is_open = (target.coverage or plan.coverage) is Coverage.BUSINESS_HOURS
    return f"{of_}within {_wait(plan)}{' of business hours' if is_open else ''}"


def _usual(plan: Plan) -> Target:
    """That of normal priority, or of the middle one of a scale without it."""
    known = plan.priorities
    middle = known[(len(known) - 1) // 2]
    return plan.target(Priority.NORMAL if Priority.NORMAL in known else middle)


def _wait(plan: Plan) -> str:
    """Until the first answer to a usual request, as editions write times."""
    return spelled(_usual(plan).first_response)
