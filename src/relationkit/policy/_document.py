"""Documents of editions: all that one says, as plain data that builds it again."""

import hashlib
import json
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from attrs import evolve

from relationkit.policy._plans import MORE, TIMES
from relationkit.policy._policy import Edition
from relationkit.sla import Attention
from relationkit.tables import Table, acts_document
from relationkit.tables import document as table_document
from relationkit.targets import Plan, Priority, Target, spelled

__all__ = ["digest", "document", "sealed"]

T = TypeVar("T", bound=StrEnum)
Document: TypeAlias = dict[str, Any]
EARLIER = {"standing"}
"""The earlier answers that tables may read."""


def document(edition: Edition) -> Document:
    """The plain data from which :func:`build` makes the same *edition*.

    Equal editions give equal documents, in the same order of keys, however
    they were written.

    >>> from relationkit import policy
    >>> shipped = policy.edition("2026-11")
    >>> policy.build(policy.document(shipped)) == shipped
    True
    """
    policy = edition.policy
    said: Document = {
        "edition": edition.name,
        "status": edition.status.value,
        "currency": policy.currency,
    }
    tables = {name: _table(table) for name, table in policy.tables.items()}
    acts = policy.clienthood.acts
    if acts and all(table.acts == acts for table in policy.tables.values()):
        said["changeable"] = acts_document(acts)
        for table in tables.values():
            del table["changeable"]
    tables["sla"]["plans"] = {a.value: _plan(policy.plan(a)) for a in Attention}
    return said | tables


def _table(table: Table[StrEnum]) -> Document:
    read = sorted(EARLIER & {*table.facts})
    return {**({"given": read} if read else {}), **table_document(table)}


def _plan(plan: Plan) -> Document:
    scale = [*map(str, plan.priorities)]
    own = {} if plan.priorities == tuple(Priority) else {"priorities": scale}
    return {
        **own,
        "coverage": plan.coverage.value,
        "channel": plan.channel.value,
        "named_contact": plan.named_contact,
        "manner": plan.manner.value,
        "targets": {str(target.priority): _times(target) for target in plan.targets},
    }


def _times(target: Target) -> Document:
    told = {name: getattr(target, name) for name in (*TIMES, *MORE)}
    said: Document = {n: spelled(time) for n, time in told.items() if time is not None}
    if target.coverage is not None:
        said["coverage"] = target.coverage.value
    if target.at_risk:
        said["at_risk"] = [_share(share) for share in target.at_risk]
    if target.at_risk_before:
        said["at_risk_before"] = [*map(spelled, target.at_risk_before)]
    return said


def _share(share: Decimal) -> str:
    return f"{share:f}".rstrip("0")  # as equal ones are, however they were written


def digest(document: object) -> str:
    """A hash of all that plain data says, whatever the order of its keys.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    canonical = json.dumps(
        document, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def sealed(edition: Edition) -> Edition:
    """The same *edition*, and its tables, under the digest of what it says."""
    seal, policy = digest(document(edition)), edition.policy
    policy = evolve(
        policy,
        clienthood=_sealed(policy.clienthood, seal),
        personalisation=_sealed(policy.personalisation, seal),
        sla=_sealed(policy.sla, seal),
        pricing=_sealed(policy.pricing, seal),
    )
    return evolve(edition, digest=seal, policy=policy)


def _sealed(table: Table[T], seal: str) -> Table[T]:
    return evolve(table, ref=evolve(table.ref, digest=seal))
