"""Strategies for policies: editions of every kind, and what they make of people."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, partial

from hypothesis import strategies as st

from relationkit.clienthood import Standing
from relationkit.facts import domains
from relationkit.fees import PricingModel
from relationkit.personalisation import Level
from relationkit.policy import (
    Assessment,
    Edition,
    EditionStatus,
    EngagementPolicy,
    Versions,
    build,
)
from relationkit.relationships import Customer
from relationkit.sla import Attention
from relationkit.strategies._periods import days as _days
from relationkit.strategies._relationships import relationships as _relationships
from relationkit.strategies._tables import alive, built, documents
from relationkit.strategies._targets import plans
from relationkit.tables import Domain
from relationkit.targets import Plan, Target, spelled

__all__ = ["assessments", "editions", "policies", "versions"]

_STANDING = {"standing": Domain(Standing)}
_MOST = 4


def editions() -> st.SearchStrategy[Edition]:
    """Editions whose tables ask of anything; shrinks to one that never asks.

    They are proved as any other, and as a rule make no sense: an application
    that reads editions must not lean on what the shipped ones say.
    """
    return _named(st.sampled_from(("mine", "2026-11", "None")))


def _named(names: st.SearchStrategy[str]) -> st.SearchStrategy[Edition]:
    return st.builds(
        _edition,
        name=names,
        status=st.sampled_from(EditionStatus),
        currency=st.sampled_from(("USD", "EUR", "JPY", "XAU")),
        clienthood=_ruled(Standing),
        personalisation=_ruled(Level),
        sla=_ruled(Attention),
        pricing=_ruled(PricingModel),
        plans=st.tuples(*[plans()] * len(Attention)),
    )


@cache
def _ruled(answers: type[StrEnum]) -> st.SearchStrategy[Mapping[str, object]]:
    """The table of an edition that yields *answers*, as its file says it."""
    facts = domains() if answers is Standing else {**domains(), **_STANDING}
    names = st.lists(st.sampled_from([*facts]), min_size=1, max_size=_MOST, unique=True)
    return names.flatmap(partial(_rules_on, answers, facts))


def _rules_on(
    answers: type[StrEnum], facts: Mapping[str, Domain], names: Sequence[str]
) -> st.SearchStrategy[Mapping[str, object]]:
    read = {name: facts[name] for name in names}
    return documents(read, answers).map(partial(_table, answers, read))


def _table(
    answers: type[StrEnum],
    facts: Mapping[str, Domain],
    rules: Sequence[Mapping[str, object]],
) -> Mapping[str, object]:
    live = alive(rules, facts, answers)
    read = built(live, facts, answers).facts
    return {"rule": live, "given": sorted(_STANDING.keys() & read)}


def _edition(  # noqa: PLR0913, the parts of an edition
    *,
    name: str,
    status: EditionStatus,
    currency: str,
    clienthood: Mapping[str, object],
    sla: Mapping[str, object],
    plans: Sequence[Plan],
    **tables: Mapping[str, object],
) -> Edition:
    written = zip(Attention, map(_plan, plans), strict=True)
    told = {"plans": {attention.value: plan for attention, plan in written}}
    return build(
        {
            "edition": name,
            "status": status.value,
            "currency": currency,
            "sla": {**sla, **told},
            "clienthood": {"rule": clienthood["rule"]},
            **tables,
        }
    )


def _plan(plan: Plan) -> Mapping[str, object]:
    return {
        "priorities": [*map(str, plan.priorities)],
        "coverage": plan.coverage.value,
        "channel": plan.channel.value,
        "named_contact": plan.named_contact,
        "manner": plan.manner.value,
        "targets": {
            str(target.priority): {
                "first_response": spelled(target.first_response),
                "resolution": spelled(target.resolution),
                **_more(target),
            }
            for target in plan.targets
        },
    }


def _more(target: Target) -> Mapping[str, object]:
    """What a *target* says beyond the two times that each has."""
    times = {
        "next_response": target.next_response,
        "periodic_update": target.periodic_update,
        "total_resolution": target.total_resolution,
    }
    told = {name: spelled(time) for name, time in times.items() if time is not None}
    clock = {"coverage": target.coverage.value} if target.coverage else {}
    left = [spelled(time) for time in target.at_risk_before]
    return {
        **told,
        **clock,
        "at_risk": [*map(str, target.at_risk)],
        "at_risk_before": left,
    }


def versions() -> st.SearchStrategy[Versions]:
    """One to three editions, each from a day on; shrinks to one for every day."""
    begun = st.lists(_days(), max_size=2, unique=True).map(sorted)
    return begun.flatmap(_versions_of)


def _versions_of(begun: Sequence[date]) -> st.SearchStrategy[Versions]:
    days: list[date | None] = [None, *begun]
    each = [
        st.tuples(st.just(day), _named(st.just(f"v{at}")))
        for at, day in enumerate(days)
    ]
    return st.tuples(*each).map(Versions)


def policies() -> st.SearchStrategy[EngagementPolicy]:
    """What :func:`editions` decide by."""
    return editions().map(_policy)


def _policy(edition: Edition) -> EngagementPolicy:
    return edition.policy


def assessments(
    *,
    editions: st.SearchStrategy[Edition] | None = None,
    relationships: st.SearchStrategy[Customer] | None = None,
    days: st.SearchStrategy[date] | None = None,
) -> st.SearchStrategy[Assessment]:
    """What *editions* make of *relationships*; much of it undecided."""
    return st.builds(
        _assessment,
        _editions() if editions is None else editions,
        _relationships() if relationships is None else relationships,
        _days() if days is None else days,
    )


_editions = editions


def _assessment(edition: Edition, relationship: Customer, on: date) -> Assessment:
    return edition.assess(relationship, on=on)
