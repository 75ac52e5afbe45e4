"""The laws themselves: each tells what is wrong with one case, if anything is."""

import pickle
from collections.abc import Callable, Iterator
from decimal import localcontext
from enum import StrEnum

from attrs import frozen

from relationkit.clienthood import Standing
from relationkit.decisions import Account, Decision, Outcome, PolicyRef, said
from relationkit.facts import Facts, domains
from relationkit.policy import Answers, Edition
from relationkit.records import Ranked
from relationkit.relationships import Stance
from relationkit.tables import Table

__all__ = ["LAWS", "Case", "Law"]

TABLES = {
    "standing": "clienthood",
    "personalisation": "personalisation",
    "sla": "sla",
    "pricing": "pricing",
}


@frozen
class Case:
    """Facts some of which are unknown, and what they turn out to be.

    Attributes:
        known: The facts as far as they are known.
        full: The same facts with nothing unknown any more.
    """

    known: Facts
    full: Facts

    def __str__(self) -> str:
        return ", ".join(_told(self)) or "a stranger, of whom everything is known"


def _told(case: Case) -> Iterator[str]:
    """The facts that are more than the least there is, and those unknown."""
    for name, domain in domains().items():
        value = getattr(case.known, name)
        if value is None:
            yield f"{name} unknown (it is {said(getattr(case.full, name))})"
        elif value != (domain.members or (0,))[0]:
            yield f"{name} {said(value)}"


@frozen
class Law:
    """Something that holds of every edition.

    Attributes:
        name: In a word or two, such as ``no_worse``.
        statement: In a sentence.
        faults: What is wrong with a case under an edition; nothing if the law
            holds of it.
    """

    name: str
    statement: str
    faults: Callable[[Edition, Case], Iterator[str]]

    def __str__(self) -> str:
        return self.name


def _total(edition: Edition, case: Case) -> Iterator[str]:
    for known in (case.known, case.full):
        for question, outcome in _asked(edition, known).outcomes().items():
            table = edition.policy.tables[TABLES[question]]
            if not outcome.possible:
                yield f"{question} has no possible answer"
            if strange := [a for a in outcome.possible if type(a) is not table.answers]:
                yield f"{question} answers {strange[0]!r}, no {table.answers.__name__}"
    for question, outcome in _asked(edition, case.full).outcomes().items():
        if outcome.answer is None:
            yield f"{question} is undecided although every fact is known"


def _asked(edition: Edition, known: Facts) -> Answers:
    return edition.policy.answers(known)


def _pure(edition: Edition, case: Case) -> Iterator[str]:
    first = _asked(edition, case.known).outcomes()
    with localcontext(prec=2):
        again = _asked(edition, case.known).outcomes()
    for question, outcome in first.items():
        if again[question] != outcome:
            yield f"{question} is {outcome} at first, then {again[question]}"


def _no_worse(edition: Edition, case: Case) -> Iterator[str]:
    if case.full.stance is Stance.TRANSACTIONAL:
        return
    for name, table in edition.policy.tables.items():
        if issubclass(table.answers, Ranked) and "standing" in table.facts:
            yield from _worse(name, table, case.full)


def _worse(name: str, table: Table[StrEnum], full: Facts) -> Iterator[str]:
    customer = table.decide(full, standing=_given(Standing.CUSTOMER)).settled()
    client = table.decide(full, standing=_given(Standing.CLIENT)).settled()
    if client < customer:
        yield f"{name} gives a client {client}, and a customer {customer}"


def _given(standing: Standing) -> Decision[Standing]:
    ref = PolicyRef("", "", "supposed")
    return Decision(standing, Account(ref, (standing,), (), "", "", contested=False))


def _unknown_sound(edition: Edition, case: Case) -> Iterator[str]:
    before = _asked(edition, case.known).outcomes()
    for question, outcome in _asked(edition, case.full).outcomes().items():
        for answer in outcome.possible:
            if answer not in before[question].possible:
                told = " or ".join(map(str, before[question].possible))
                yield f"{question} can only be {told}, and then is {answer}"


def _reasons_sufficient(edition: Edition, case: Case) -> Iterator[str]:
    answers = _asked(edition, case.known)
    for question, outcome in answers.outcomes().items():
        table = edition.policy.tables[TABLES[question]]
        if isinstance(outcome, Decision):
            yield from _insufficient(question, table, outcome, answers)


def _insufficient(
    question: str, table: Table[StrEnum], decision: Decision[StrEnum], answers: Answers
) -> Iterator[str]:
    named = {reason.fact for reason in decision.reasons}
    given: dict[str, Outcome[StrEnum]] = {}
    if "standing" in named:
        given["standing"] = answers.standing
    alone = {
        name: getattr(answers.facts, name, None) if name in named else None
        for name in table.facts
    }
    again = table.decide(alone, **given)
    if again.answer is not decision.answer:
        facts = ", ".join(sorted(named)) or "no fact"
        yield f"{question} is {decision.answer} by {facts}; on those alone, {again}"


def _replayable(edition: Edition, case: Case) -> Iterator[str]:
    answers = _asked(edition, case.known)
    stored = pickle.loads(pickle.dumps(answers))  # noqa: S301, it was ours
    again = _asked(edition, stored.facts).outcomes()
    for question, outcome in answers.outcomes().items():
        if stored.outcomes()[question] != outcome:
            yield f"{question} is not what was stored"
        if again[question] != outcome:
            yield f"{question} is {again[question]} when asked on the stored facts"


LAWS = (
    Law("total", "Every case has an answer, and a decided one if it is known.", _total),
    Law("pure", "Asked twice, the same.", _pure),
    Law(
        "no_worse",
        "A client gets no less than the same facts as a customer,"
        " unless they want no relationship.",
        _no_worse,
    ),
    Law(
        "unknown_sound",
        "Whatever an unknown fact turns out to be, it was allowed for.",
        _unknown_sound,
    ),
    Law(
        "reasons_sufficient",
        "The facts that the reasons name, all others unknown, give the same answer.",
        _reasons_sufficient,
    ),
    Law(
        "replayable",
        "Stored and asked again, the same.",
        _replayable,
    ),
)
"""The laws, in the order in which they are checked."""
