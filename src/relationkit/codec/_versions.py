"""Versions: what stored documents say of their schema, and how old ones are read.

A schema gets a new version when a document of it would no longer be read, or
would be read as saying something else: a key goes or means another thing, a
default changes, something that might be left out must be there.  The step to
it is then added here, and stays.  A new key with a default needs none.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

from attrs import evolve, frozen

from relationkit.books import Book, CustomerRecord
from relationkit.calendars import BusinessCalendar
from relationkit.codec._tags import TAG, TAGS
from relationkit.contracts import Contract
from relationkit.duties import FiduciaryDuty, OtherDuty, Writing
from relationkit.engagements import Engagement
from relationkit.errors import DecodeError, Problem, suggestion
from relationkit.facts import Facts
from relationkit.fees import (
    Bounded,
    Bundle,
    Discounted,
    Fixed,
    Graduated,
    PerUnit,
    RateCard,
    Volume,
)
from relationkit.money import Settlement
from relationkit.parties import Organisation, Person
from relationkit.policy import Edition
from relationkit.pricing import Quote, Retainer
from relationkit.reading import got
from relationkit.relationships import Client, Customer, Purchase
from relationkit.sla import Attainment, CreditTerms, Event, Pause, Settled
from relationkit.targets import Goal, Plan

__all__ = ["DATA", "SCHEMAS", "Opened", "is_versioned", "opened", "resolving"]
__all__ += ["version_of", "versioned"]

Table: TypeAlias = Mapping[str, Any]
Step: TypeAlias = Callable[[Table], Table]
"""From a document of one version to one of the next; it takes any table, changes
none, and leaves to the reader what it does not know."""
Steps: TypeAlias = Mapping[str, Sequence[Step]]

SCHEMA, DATA = "schema", "data"
NAMED = re.compile(r"([a-z_]{1,40})/([1-9]\d{0,5})", re.ASCII)
SCHEMAS: Mapping[type, str] = MappingProxyType(
    {
        Attainment: "attainment",
        Book: "book",
        Bounded: "bounded",
        Bundle: "bundle",
        BusinessCalendar: "business_calendar",
        Client: "client",
        Contract: "contract",
        CreditTerms: "credit_terms",
        Customer: "customer",
        CustomerRecord: "customer_record",
        Discounted: "discounted",
        Edition: "edition",
        Engagement: "engagement",
        Event: "event",
        Facts: "facts",
        FiduciaryDuty: "fiduciary_duty",
        Fixed: "fixed",
        Goal: "goal",
        Graduated: "graduated",
        Organisation: "organisation",
        OtherDuty: "other_duty",
        Pause: "pause",
        PerUnit: "per_unit",
        Person: "person",
        Plan: "plan",
        Purchase: "purchase",
        Quote: "quote",
        RateCard: "rate_card",
        Retainer: "retainer",
        Settled: "settled",
        Settlement: "settlement",
        Volume: "volume",
        Writing: "writing",
    }
)
"""What may be stored on its own, and the name of its schema."""
STEPS: Steps = MappingProxyType({})
"""The steps by schema: the first leads from version 1 to 2, and so on."""


@frozen
class Opened:
    """What a stored document holds, as the newest version would say it.

    Attributes:
        kind: What it is.
        data: The document of it.
        is_old: Whether steps were taken.
    """

    kind: type
    data: object
    is_old: bool


def version_of(name: str, steps: Steps = STEPS) -> int:
    """The newest version of the schema of that *name*."""
    return len(steps.get(name, ())) + 1


def versioned(kind: type, told: object) -> dict[str, object]:
    """What is *told* of a *kind*, with the schema that it is of.

    Raises:
        ValueError: If it has none.
    """
    if (name := SCHEMAS.get(kind)) is None:
        raise ValueError(
            f"{kind.__name__} has no schema to store it by; store one of"
            f" {', '.join(sorted(one.__name__ for one in SCHEMAS))}"
        )
    return {SCHEMA: f"{name}/{version_of(name)}", DATA: told}


def is_versioned(document: object) -> bool:
    """Whether a *document* says of which schema it is; no model has such keys."""
    return isinstance(document, Mapping) and document.keys() == {SCHEMA, DATA}


def opened(document: Table, kinds: Sequence[type], steps: Steps = STEPS) -> Opened:
    """What a stored *document* of one of some *kinds* holds.

    Raises:
        DecodeError: If it is of no such schema, or of a version that is newer
            than the newest known.
    """
    names = {
        name: one for one, name in SCHEMAS.items() if issubclass(one, tuple(kinds))
    }
    name, version = _named(document[SCHEMA], names)
    newest = version_of(name, steps)
    if version > newest:
        told = f"{name}/{version} is newer than {name}/{newest}, the newest known here"
        _refuse("version", told, "upgrade relationkit to read it")
    _check_tag(document[DATA], names[name])
    data = document[DATA]
    for step in steps.get(name, ())[version - 1 :]:
        data = step(data) if isinstance(data, Mapping) else data
    return Opened(names[name], data, is_old=version < newest)


def _named(schema: object, names: Mapping[str, type]) -> tuple[str, int]:
    found = NAMED.fullmatch(schema) if isinstance(schema, str) else None
    if found is None:
        known = next(f"{name}/{version_of(name)}" for name in names)
        _refuse("type", f"expected a schema such as {known!r}, got {got(schema)}")
    if found[1] not in names:
        hint = suggestion(found[1], names)
        _refuse("member", f"no schema that may stand here: {got(schema)}", hint)
    return found[1], int(found[2])


def _check_tag(data: object, kind: type) -> None:
    """What stands in a document of one schema is not of another."""
    tag = TAGS.get(kind)
    if tag and isinstance(data, Mapping) and data.get(TAG, tag) != tag:
        told = f"expected {tag!r}, as the schema says, got {got(data[TAG])}"
        _refuse("member", told, place=f"/{DATA}/{TAG}")


def _refuse(code: str, told: str, hint: str = "", place: str = "") -> NoReturn:
    raise DecodeError([Problem(place or f"/{SCHEMA}", code, told, hint)]) from None


def resolving(problem: Problem, document: object) -> Problem:
    """The same *problem*, at a place that there is in *document*.

    What is wrong with an old document is found once steps have made a newer
    one of it, which may have places that it has not.
    """
    led = ""
    for step in problem.pointer.split("/")[1:]:
        key: object = step.replace("~1", "/").replace("~0", "~")
        if isinstance(document, (list, tuple)):
            document = {str(place): item for place, item in enumerate(document)}
        if not isinstance(document, Mapping) or key not in document:
            break
        document = document[key]
        led += f"/{step}"
    return evolve(problem, pointer=led)
