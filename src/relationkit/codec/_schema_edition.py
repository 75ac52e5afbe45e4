"""Schema of editions: as far as the structure of tables, columns and plans goes.

What cells say, and whether rules decide every case, only reading finds out.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from attrs import fields

from relationkit import constraints, facts
from relationkit.clienthood import Standing
from relationkit.codec._schema_plain import PLAIN
from relationkit.fees import PricingModel
from relationkit.money import Money
from relationkit.personalisation import Level
from relationkit.policy import Edition, EditionStatus
from relationkit.records import Ranked
from relationkit.sla import Attention
from relationkit.tables import Domain, HitPolicy
from relationkit.targets import (
    Channel,
    Coverage,
    Manner,
    NextBusinessDay,
    Priority,
)

__all__ = ["edition_schema"]

Schema: TypeAlias = dict[str, object]

QUESTIONS: Mapping[str, tuple[str, type[StrEnum]]] = MappingProxyType(
    {
        "clienthood": ("standing", Standing),
        "personalisation": ("level", Level),
        "sla": ("attention", Attention),
        "pricing": ("model", PricingModel),
    }
)
"""What each table is called, what it gives, and of which class that is."""
GIVEN = "standing"
"""The earlier answer that tables but the first may read."""
TEXT: Schema = {"type": "string", "pattern": r"[^\s\u001c-\u001f\u0085]"}
CELL: Schema = {"type": ["string", "boolean", "number"]}
FLAG: Schema = {"type": "boolean"}
SHARE = f"^0[.](?=.*[1-9])[0-9]{{1,40}}{constraints.END}"
ROWS = 5_000
"""How many rules a table may have."""


def edition_schema() -> Schema:
    """The schema of an edition."""
    parts: Schema = {
        "edition": {**TEXT, "description": "What it is called."},
        "status": {
            **_enum(EditionStatus),
            "description": "Whether it may still change.",
        },
        "currency": {
            **constraints.keywords(fields(Money).currency),
            "description": "The currency in which sales are reckoned.",
        },
        "changeable": _ref("Changeable"),
        **{name: _table(name) for name in QUESTIONS},
    }
    needed = ["edition", "status", "currency", *QUESTIONS]
    return {
        "title": Edition.__name__,
        "description": "A policy: a table for each question, a plan for each answer.",
        **_object(parts, needed),
        "$defs": {
            **_defs(""),
            **_defs(GIVEN),
            "Plan": _plan(),
            "PriorityId": {**TEXT, **constraints.Id().schema()},
        },
    }


def _read(given: str) -> Mapping[str, Domain]:
    """What rules may read: all facts, and an answer *given* by an earlier table."""
    return facts.domains() | ({given: Domain(Standing)} if given else {})


def _defs(given: str) -> Schema:
    """What is told of all facts at once, and so of the answer *given*, if any is."""
    read = _read(given)
    words = {"type": "object", "additionalProperties": TEXT}
    act: Schema = {"anyOf": [{"const": True}, TEXT, words]}
    chain = _array(TEXT, minItems=2, uniqueItems=True)
    trend: Schema = {"anyOf": [{"const": True}, chain]}
    changeable, trends = (_object(_alike(read, one)) for one in (act, trend))
    when = _object({name: _cell(domain) for name, domain in read.items()})
    answer = {"type": "string", "description": "A cell: which answers."}
    promises = _array(
        _object({"when": _ref("When", given), "answer": answer}, ["answer"])
    )
    said = {
        "Changeable": "Which facts can be changed, and what changes them.",
        "Trends": "Facts along which the answer rises, or falls.",
        "When": "What is asked of facts: cells such as 'high', '>= 2' or 'not(a, b)'.",
        "Promises": "Cases, and what is always or never the answer in them.",
    }
    made = dict(zip(said, (changeable, trends, when, promises), strict=True))
    return {
        f"{name}{given.title()}": {"description": said[name], **made[name]}
        for name in said
        if given or name != "Trends"  # standings have no order
    }


def _alike(names: Iterable[str], one: Schema) -> Schema:
    return dict.fromkeys(names, one)


def _ref(name: str, given: str = "") -> Schema:
    return {"$ref": f"#/$defs/{name}{given.title()}"}


def _object(parts: Mapping[str, object], needed: Iterable[str] = ()) -> Schema:
    return {
        "type": "object",
        "properties": dict(parts),
        "required": [*needed],
        "additionalProperties": False,
    }


def _array(items: object, **asked: object) -> Schema:
    return {"type": "array", "items": items, **asked}


def _enum(members: Iterable[StrEnum]) -> Schema:
    return {"enum": [member.value for member in members]}


def _table(name: str) -> Schema:
    yields, answers = QUESTIONS[name]
    given = "" if name == next(iter(QUESTIONS)) else GIVEN
    hits = [hit for hit in HitPolicy if hit is not HitPolicy.COLLECT]
    parts: Schema = {
        "hit": {**_enum(hits), "default": HitPolicy.FIRST.value},
        "columns": _columns(f"=> {yields}", _read(given)),
        "rows": _array(_array(CELL), maxItems=ROWS),
        "rule": _array(_rule(answers, given), maxItems=ROWS),
        "prove": _prove(answers, given),
        "changeable": _ref("Changeable", given),
    }
    if given:
        parts["given"] = _array({"const": given})
    if name == "sla":
        names = [attention.value for attention in Attention]
        parts["plans"] = _object(dict.fromkeys(names, _ref("Plan")), names)
    dense = {"required": ["columns", "rows"], "properties": {"rule": False}}
    sparse = {"required": ["rule"], "properties": {"columns": False, "rows": False}}
    needed = ["plans"] if name == "sla" else []
    return {**_object(parts, needed), "oneOf": [dense, sparse]}


def _columns(answer: str, read: Iterable[str]) -> Schema:
    needed = ["id", answer, "because", "source"]
    listed = {"enum": ["id", *read, *needed[1:], "contested"]}
    contained = [{"contains": {"const": name}} for name in needed]
    return _array(listed, uniqueItems=True, allOf=contained)


def _rule(answers: type[StrEnum], given: str) -> Schema:
    parts = {
        "id": TEXT,
        "when": _ref("When", given),
        "then": _enum(answers),
        "because": TEXT,
        "source": TEXT,
        "contested": {**FLAG, "default": False},
    }
    return _object(parts, ["id", "then", "because", "source"])


def _cell(domain: Domain) -> Schema:
    """What may be asked of a fact: a cell in words, or one value as it is."""
    if domain.kind is bool:
        return {"type": ["boolean", "string"]}
    is_text = issubclass(domain.kind, StrEnum)
    return {"type": "string" if is_text else ["number", "string"]}


def _prove(answers: type[StrEnum], given: str) -> Schema:
    trends = ("rising", "falling") if issubclass(answers, Ranked) else ()
    promised = _alike(("always", "never"), _ref("Promises", given))
    return _object(_alike(trends, _ref("Trends", given)) | promised)


def _plan() -> Schema:
    target = _target()
    common = dict.fromkeys([priority.value for priority in Priority], target)
    parts = {
        "priorities": {
            "description": "Which priorities there are, the least urgent first.",
            **_array(_ref("PriorityId"), minItems=1, uniqueItems=True),
            "default": [*common],
        },
        "coverage": _enum(Coverage),
        "channel": _enum(Channel),
        "named_contact": FLAG,
        "manner": _enum(Manner),
        "targets": {"type": "object", "additionalProperties": target},
    }
    needed = [name for name in parts if name != "priorities"]
    told = {"targets": _object(common, common)}
    unless_own = {"if": {"required": ["priorities"]}, "else": {"properties": told}}
    return {**_object(parts, needed), **unless_own}


def _target() -> Schema:
    time = {"anyOf": [PLAIN[timedelta], PLAIN[NextBusinessDay]]}
    needed = dict.fromkeys(("first_response", "resolution"), time)
    more = ("next_response", "periodic_update", "total_resolution")
    clock = {
        "coverage": _enum(Coverage),
        "at_risk": {
            "type": "array",
            "items": {"type": "string", "pattern": SHARE},
        },
        "at_risk_before": {"type": "array", "items": PLAIN[timedelta]},
    }
    return _object(needed | dict.fromkeys(more, time) | clock, needed)
