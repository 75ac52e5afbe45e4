"""Documents of tables: what a table says, as plain data that builds it again."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from relationkit.tables._acts import Act
from relationkit.tables._hits import HitPolicy
from relationkit.tables._properties import Promise, Property, Trend
from relationkit.tables._table import Rule, Table

__all__ = ["acts_document", "document"]

Document: TypeAlias = dict[str, Any]


def document(table: Table[StrEnum]) -> Document:
    """The plain data from which :func:`build` makes the same *table*.

    Rules stand one by one and say what they ask; equal tables give equal
    documents, in the same order of keys.

    >>> from relationkit import policy, tables
    >>> support = policy.edition("2026-11").policy.sla
    >>> tables.document(support)["rule"][-1]["id"]
    'anyone'
    """
    said: Document = {}
    if table.hit is not HitPolicy.FIRST:
        said["hit"] = table.hit.value
    if table.acts:
        said["changeable"] = acts_document(table.acts)
    said["rule"] = [_rule(rule) for rule in table.rules]
    if table.properties:
        said["prove"] = _declared(table.properties)
    return said


def _rule(rule: Rule[StrEnum]) -> Document:
    said: Document = {"id": rule.id}
    if rule.cells:
        said["when"] = {fact: cell.text for fact, cell in rule.cells}
    said |= {"then": rule.answer.value, "because": rule.because, "source": rule.source}
    return said | {"contested": True} if rule.contested else said


def _declared(properties: Iterable[Property]) -> Document:
    said: Document = {}
    for declared in properties:
        if isinstance(declared, Trend):
            along = [str(member).lower() for member in declared.chain] or True
            key = "rising" if declared.rising else "falling"
            said.setdefault(key, {})[declared.fact] = along
        else:
            key = "never" if declared.never else "always"
            said.setdefault(key, []).append(_promise(declared))
    return said


def _promise(promise: Promise) -> Document:
    when = {fact: cell.text for fact, cell in promise.when}
    return {**({"when": when} if when else {}), "answer": promise.answer.text}


def acts_document(acts: Iterable[Act]) -> Document:
    """The plain data that *acts* are read from.

    >>> acts_document([Act(fact="stance"), Act(fact="membership", by="join")])
    {'stance': True, 'membership': 'join'}
    """
    by_fact: dict[str, list[Act]] = {}
    for act in acts:
        by_fact.setdefault(act.fact, []).append(act)
    return {fact: _changes(those) for fact, those in by_fact.items()}


def _changes(acts: Sequence[Act]) -> str | bool | Document:
    """How one fact can be changed."""
    if len(acts) == 1 and acts[0].to.is_any:
        return acts[0].by or True
    said: Document = {}
    for act in acts:
        cell = act.to.text
        while cell in said:  # blanks around a cell say nothing
            cell = f" {cell}"
        said[cell] = act.by
    return said
