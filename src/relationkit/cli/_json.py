"""JSON: an assessment as programs read it; every key is always there."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from relationkit import codec
from relationkit.books import Book
from relationkit.decisions import Outcome, Reason, Value
from relationkit.parties import Party
from relationkit.policy import Answers, Assessment, Edition
from relationkit.relationships import Client, Customer
from relationkit.sla import Attention, PlanInForce, PlanOf
from relationkit.targets import NextBusinessDay, Plan, Target, Within, spelled

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
        "priorities": plan.priorities,
        "targets": {p: _target(plan.target(p)) for p in plan.priorities},
    }


def _target(target: Target) -> Json:
    return {
        "first_response": _time(target.first_response),
        "resolution": _time(target.resolution),
        "next_response": _time(target.next_response),
        "periodic_update": _time(target.periodic_update),
        "total_resolution": _time(target.total_resolution),
        "coverage": target.coverage,
        "at_risk": [*map(str, target.at_risk)],
        "at_risk_before": [*map(_time, target.at_risk_before)],
    }


def _time(time: Within | None) -> str | None:
    """A length of *time* in ISO 8601, or the next business day in words."""
    if time is None or isinstance(time, NextBusinessDay):
        return None if time is None else spelled(time)
    return f"PT{spelled(time).upper()}"


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
    told = {question: _outcome(o) for question, o in answers.outcomes().items()}
    fee = None if answers.fee is None else codec.dump(answers.fee)
    return {**told, "plan": _in_force(answers.plan), "fee": fee}


def _in_force(stands: PlanInForce) -> Json:
    """Whose plan stands; those of the edition are told once for all."""
    own = stands.plan if stands.of is PlanOf.CONTRACT else None
    return {
        "of": stands.of,
        "because": stands.because,
        "needs": stands.needs,
        "own": None if own is None else _plan(own),
    }


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
