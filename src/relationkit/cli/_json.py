"""JSON: an assessment as programs read it; every key is always there."""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from relationkit.books import Book
from relationkit.decisions import Outcome, Reason, Value
from relationkit.parties import Party
from relationkit.policy import Answers, Assessment, Edition
from relationkit.relationships import Client, Customer
from relationkit.sla import Attention
from relationkit.targets import Plan, Priority

__all__ = ["document"]

Json: TypeAlias = (
    "dict[str, Json] | list[Json] | tuple[Json, ...] | str | int | bool | None"
)


def document(book: Book, edition: Edition, on: date) -> Json:
    """What *edition* decides about everyone in *book* on the day *on*."""
    return {
        "edition": {
            "name": edition.name,
            "status": edition.status,
            "digest": edition.digest,
        },
        "on": on.isoformat(),
        "provider": _party(book.provider),
        "plans": {
            attention: _plan(edition.policy.plan(attention)) for attention in Attention
        },
        "relationships": [
            _relationship(one, edition.assess(one, on=on))
            for one in book.relationships()
        ],
    }


def _party(party: Party) -> Json:
    return {"id": party.id, "name": party.name}


def _plan(plan: Plan) -> Json:
    return {
        "coverage": plan.coverage,
        "channel": plan.channel,
        "named_contact": plan.named_contact,
        "manner": plan.manner,
        "targets": {
            priority: {
                "first_response": _duration(plan.target(priority).first_response),
                "resolution": _duration(plan.target(priority).resolution),
            }
            for priority in Priority
        },
    }


def _duration(length: timedelta) -> str:
    """The *length* in ISO 8601; editions know hours and minutes."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


def _relationship(relationship: Customer, assessed: Assessment) -> Json:
    return {
        "party": _party(relationship.party),
        "standing": _outcome(assessed.standing),
        "service": _answers(assessed.service),
        "engagements": _engagements(relationship, assessed),
    }


def _engagements(relationship: Customer, assessed: Assessment) -> Json:
    on_record = relationship.engagements if isinstance(relationship, Client) else ()
    return {
        engagement.id: {
            "title": engagement.title,
            "word": engagement.word,
            **_answers(assessed.engagements[engagement.id]),
        }
        for engagement in on_record
        if engagement.id in assessed.engagements
    }


def _answers(answers: Answers) -> "dict[str, Json]":
    return {question: _outcome(o) for question, o in answers.outcomes().items()}


def _outcome(outcome: Outcome[StrEnum]) -> Json:
    return {
        "answer": outcome.answer,
        "possible": outcome.possible,
        "needs": outcome.needs,
        "rules": outcome.rules,
        "because": outcome.because,
        "source": outcome.source,
        "contested": outcome.contested,
        "reasons": [_reason(reason) for reason in outcome.reasons],
    }


def _reason(reason: Reason) -> Json:
    return {
        "fact": reason.fact,
        "value": _value(reason.value),
        "asked": reason.asked,
        "rule": reason.rule,
        "fired": reason.fired,
    }


def _value(value: Value | tuple[Value, ...] | None) -> Json:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return str(value) if isinstance(value, Decimal | date) else value
