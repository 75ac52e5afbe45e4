"""Peers: the same rules for other engines, each in its own form.

Rules are made once, and facts are handed over in the form that an engine takes
fastest.  Where an engine can be asked in several ways, all of them are here.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import NamedTuple, TypeAlias

import rule_engine
import zen
from _rules import RULES
from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.operators import BooleanType, NumericType, StringType
from business_rules.variables import BaseVariables, rule_variable
from json_logic import jsonLogic

__all__ = ["EXPRESSION", "Facts", "Way", "by_zen", "ways"]

Facts: TypeAlias = dict[str, object]
Test: TypeAlias = tuple[str, str, object]
EXPRESSION = "an expression of zen, no table"
KINDS = {
    "fiduciary": bool,
    "spend": int,
    "tier": str,
    "tenure": int,
    "complaint": bool,
    "channel": str,
}


class Way(NamedTuple):
    """One way to ask one engine.

    Attributes:
        name: Which engine, and how.
        takes: What makes of facts in words what it takes; not measured.
        ask: What is measured.
        told: What reads the answer out of what it gives; not measured.
    """

    name: str
    takes: Callable[[Facts], object]
    ask: Callable[[object], object]
    told: Callable[[object], object] = str


def ways() -> Iterator[Way]:
    """All of them."""
    yield from by_zen()
    yield by_zen_expression()
    yield from by_rule_engine()
    yield by_json_logic()
    yield by_business_rules()


def tests(when: Mapping[str, str | bool]) -> list[Test]:
    """What a rule asks, as a fact, a comparison and a value each."""
    return [test for fact, cell in when.items() for test in _tests(fact, cell)]


def _tests(fact: str, cell: str | bool) -> Iterator[Test]:  # noqa: FBT001, a cell
    if isinstance(cell, bool):
        yield fact, "==", cell
    elif " .. " in cell:
        low, high = cell.split(" .. ")
        yield fact, ">=", int(low)
        yield fact, "<", int(high)
    elif cell[0] in "<>":
        sign, number = cell.split()
        yield fact, sign, int(number)
    elif ", " in cell:
        yield fact, "in", cell.split(", ")
    else:
        yield fact, "==", cell


def by_zen() -> Iterator[Way]:
    """zen-engine: loaders of three kinds, decisions made before, contexts in JSON."""
    told = _zen_level
    text = json.dumps(zen_graph())
    content = zen.ZenDecisionContent(text)
    loaders = {
        "a loader that gives ZenDecisionContent": lambda _: content,
        "a static loader": {"type": "static", "content": {"level": zen_graph()}},
        "a loader that gives JSON": lambda _: text,
    }
    for name, loader in loaders.items():
        engine = zen.ZenEngine({"loader": loader})
        ask = _with_key(engine.evaluate)
        yield Way(f"zen-engine, {name}", dict, ask, told)
    engine = zen.ZenEngine({"loader": lambda _: content})
    ask = _with_key(engine.evaluate)
    yield Way(
        "zen-engine, a loader that gives it, facts as JSON", json.dumps, ask, told
    )
    made = zen.ZenEngine().create_decision(content)
    yield Way("zen-engine, a decision made before", dict, made.evaluate, told)


def _with_key(evaluate: Callable[[str, object], object]) -> Callable[[object], object]:
    return lambda facts: evaluate("level", facts)


def _zen_level(given: object) -> object:
    return given["result"]["level"] if isinstance(given, dict) else given


def by_zen_expression() -> Way:
    """The rules as one expression of zen-engine: fast, but no table, and no reasons."""
    ask = zen.compile_expression(_nested()).evaluate
    return Way(EXPRESSION, dict, ask)


def _nested() -> str:
    """One condition inside the other."""
    text = json.dumps(RULES[-1][1])
    for when, then in reversed(RULES[:-1]):
        asked = " and ".join(map(_said, tests(when)))
        text = f"({asked}) ? {json.dumps(then)} : ({text})"
    return text


def zen_graph() -> Facts:
    """A decision that is nothing but the table."""
    nodes: list[Facts] = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {
            "id": "table",
            "name": "table",
            "type": "decisionTableNode",
            "content": zen_table(),
        },
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "first", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "second", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": nodes,
        "edges": edges,
    }


def zen_table() -> Facts:
    """The rules in its cells."""
    rules = [
        {"_id": f"r{at}", "level": json.dumps(then)}
        | {fact: _zen_cell(when.get(fact, "")) for fact in KINDS}
        for at, (when, then) in enumerate(RULES)
    ]
    return {
        "hitPolicy": "first",
        "inputs": [{"id": fact, "name": fact, "field": fact} for fact in KINDS],
        "outputs": [{"id": "level", "name": "level", "field": "level"}],
        "rules": rules,
    }


def _zen_cell(cell: str | bool) -> str:  # noqa: FBT001, a cell
    if isinstance(cell, bool):
        return json.dumps(cell)
    if " .. " in cell:
        return "[" + cell.replace(" .. ", "..") + ")"
    if not cell or cell[0] in "<>":
        return cell
    return ", ".join(map(json.dumps, cell.split(", ")))


def by_rule_engine() -> Iterator[Way]:
    """rule-engine: a rule for each row, untyped and typed, and one rule for all."""
    kinds = {bool: "BOOLEAN", int: "FLOAT", str: "STRING"}
    types = {
        fact: getattr(rule_engine.DataType, kinds[kind]) for fact, kind in KINDS.items()
    }
    resolver = rule_engine.type_resolver_from_dict(types)
    typed = rule_engine.Context(type_resolver=resolver)
    said = [" and ".join(map(_said, tests(when))) or "true" for when, _ in RULES]
    for name, context in {"a rule a row": None, "the same, typed": typed}.items():
        rules = [
            (rule_engine.Rule(text, context=context).matches, then)
            for text, (_, then) in zip(said, RULES, strict=True)
        ]
        yield Way(f"rule-engine, {name}", dict, _first(rules))
    yield Way(
        "rule-engine, one rule for all", dict, rule_engine.Rule(_nested()).evaluate
    )


def _said(test: Test) -> str:
    fact, sign, value = test
    return f"{fact} {sign} {json.dumps(value)}"


def _first(
    rules: list[tuple[Callable[[object], bool], str]],
) -> Callable[[object], object]:
    def ask(facts: object) -> str | None:
        for matches, then in rules:
            if matches(facts):
                return then
        return None

    return ask


def by_json_logic() -> Way:
    """json-logic-qubit: one long *if*."""
    branches: list[object] = []
    for when, then in RULES[:-1]:
        asked = [{sign: [{"var": fact}, value]} for fact, sign, value in tests(when)]
        branches += [{"and": asked} if asked[1:] else asked[0], then]
    logic = {"if": [*branches, RULES[-1][1]]}
    return Way("json-logic-qubit", dict, lambda facts: jsonLogic(logic, facts))


def by_business_rules() -> Way:
    """business-rules: variables and actions are classes, rules are JSON."""
    kinds = {bool: BooleanType, int: NumericType, str: StringType}
    variables = {
        fact: rule_variable(kinds[kind])(_reader(fact)) for fact, kind in KINDS.items()
    }
    note = rule_action(params={"level": FIELD_TEXT})(_note)
    facts_of = type("Variables", (BaseVariables,), {"__init__": _keep, **variables})
    actions_of = type("Actions", (BaseActions,), {"note": note})
    rules = [_business_rule(when, then) for when, then in RULES]

    def ask(facts: object) -> object:
        actions = actions_of()
        run_all(rules, facts_of(facts), actions, stop_on_first_trigger=True)
        return actions.level

    return Way("business-rules", dict, ask)


def _reader(fact: str) -> Callable[[SimpleNamespace], object]:
    return lambda self: self.facts[fact]


def _keep(self: SimpleNamespace, facts: Facts) -> None:
    self.facts = facts


def _note(self: SimpleNamespace, level: str) -> None:
    self.level = level


def _business_rule(when: Mapping[str, str | bool], then: str) -> Facts:
    asked = [_business_test(*test) for test in tests(when)]
    anyway = {"name": "spend", "operator": "greater_than_or_equal_to", "value": 0}
    return {
        "conditions": {"all": asked or [anyway]},
        "actions": [{"name": "note", "params": {"level": then}}],
    }


def _business_test(fact: str, sign: str, value: object) -> Facts:
    if isinstance(value, list):
        return {"any": [_business_test(fact, "==", one) for one in value]}
    if isinstance(value, bool):
        return {"name": fact, "operator": f"is_{value}".lower(), "value": ""}
    signs = {">=": "greater_than_or_equal_to", "<": "less_than", "==": "equal_to"}
    return {"name": fact, "operator": signs[sign], "value": value}
