"""Never run; type checkers must accept every line of it."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never, assert_type

from relationkit import clienthood, facts, personalisation, policy, pricing, sla
from relationkit.clienthood import Standing
from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.facts import Facts
from relationkit.fees import PricingModel
from relationkit.parties import Person
from relationkit.personalisation import Level
from relationkit.policy import Answers, Assessment, Change, Edition
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer
from relationkit.sla import Attention
from relationkit.tables import Table
from relationkit.targets import Plan

ada = Customer(party=Person(id=PartyId("ada"), name="Ada Byron"))
edition = policy.edition("2026-11")
assert_type(edition, Edition)
assessed = edition.assess(ada, on=date(2026, 11, 22))
assert_type(assessed, Assessment)
assert_type(assessed.standing, Outcome[Standing])
assert_type(assessed.service, Answers)
assert_type(assessed.service.facts, Facts)
assert_type(assessed.service.standing, Outcome[Standing])
assert_type(assessed.service.personalisation, Outcome[Level])
assert_type(assessed.service.sla, Outcome[Attention])
assert_type(assessed.service.pricing, Outcome[PricingModel])
assert_type(assessed.service.sla.settled(), Attention)
assert_type(assessed.service.sla.possible, tuple[Attention, ...])
assert_type(assessed.about("tax"), Answers | None)
assert_type(assessed.changes(assessed), tuple[Change, ...])
assert_type(edition.policy.plan(Attention.CLOSE), Plan)
assert_type(edition.policy.sla, Table[Attention])

by_id: Mapping[str, Answers] = assessed.engagements
assert_type(assessed.engagements["tax"].personalisation, Outcome[Level])

known = facts.of(ada, on=date(2026, 11, 22), currency="USD")
table = edition.policy.personalisation
standing = clienthood.standing(known, by=edition.policy.clienthood)
assert_type(standing, Outcome[Standing])
level = personalisation.level(known, by=table, standing=standing)
assert_type(level, Outcome[Level])
assert_type(
    sla.expectations(known, by=edition.policy.sla, standing=standing),
    Outcome[Attention],
)
assert_type(
    pricing.model(known, by=edition.policy.pricing, standing=standing),
    Outcome[PricingModel],
)
assert_type(clienthood.overall([standing, standing]), Outcome[Standing])


def greeting(answers: Answers) -> str:
    """A match over the answer is complete with one case more: no answer yet."""
    match answers.personalisation.answer:
        case Level.GENERIC | Level.RECOGNISED:
            return "Hello"
        case Level.TAILORED | Level.BESPOKE:
            return "Dear client"
        case None:
            return "Ask for " + ", ".join(answers.personalisation.needs)
        case never:
            assert_never(never)


def asked(outcome: Outcome[Standing]) -> tuple[str, ...]:
    """A match over the outcome is complete with its two classes."""
    match outcome:
        case Decision(answer=answer):
            assert_type(answer, Standing)
            return ()
        case Undecided(needs=needs):
            assert_type(outcome.answer, None)
            return needs
        case never:
            assert_never(never)


def narrowed(outcome: Outcome[Level]) -> Level:
    """An answer that is there is one."""
    answer = outcome.answer
    assert_type(answer, Level | None)
    return Level.GENERIC if answer is None else answer


def incomplete(answers: Answers) -> str:
    """A match that forgets a member, or that it may be open, is refused."""
    match answers.sla.answer:
        case Attention.COUNTER | Attention.ATTENTIVE:
            return "wait"
        case Attention.CLOSE:
            return "now"
        case never:
            assert_never(never)  # type: ignore[arg-type]


def whoever(client: Client) -> Assessment:
    """What takes a customer takes a client."""
    return edition.assess(client, on=date(2026, 11, 22))


# A relationship and a day, by name, and nothing else.
edition.assess(ada, date(2026, 11, 22))  # type: ignore[call-arg]
edition.assess(ada)  # type: ignore[call-arg]
edition.assess("ada", on=date(2026, 11, 22))  # type: ignore[arg-type]
edition.assess(ada, on="2026-11-22")  # type: ignore[arg-type]
facts.of(ada, on=date(2026, 11, 22))  # type: ignore[call-arg]

# A question takes its own table, the outcome of another, and no mere answer.
personalisation.level(known, by=edition.policy.sla, standing=standing)  # type: ignore[arg-type]
personalisation.level(known, by=table, standing=Standing.CLIENT)  # type: ignore[arg-type]
personalisation.level(known, by=table)  # type: ignore[call-arg]
sla.expectations(ada, by=edition.policy.sla, standing=standing)  # type: ignore[arg-type]
edition.policy.plan("close")  # type: ignore[arg-type]
edition.policy.plan(Level.BESPOKE)  # type: ignore[arg-type]

# Nothing of it changes.
assessed.on = date(2026, 11, 23)  # type: ignore[misc]
assessed.service.facts.service = True  # type: ignore[misc]
assessed.engagements["tax"] = assessed.service  # type: ignore[index]
edition.policy.currency = "GBP"  # type: ignore[misc]

# Answers to different questions are never the same.
level.answer is Attention.CLOSE  # type: ignore[comparison-overlap]  # noqa: B015
