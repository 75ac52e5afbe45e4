"""Never run; type checkers must accept every line of it."""

from enum import StrEnum
from typing import assert_type

from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.tables import Cell, Domain, Rule, Table, build, parse


class Fare(StrEnum):
    """Answers."""

    CHILD = "child"
    FULL = "full"


class Seat(StrEnum):
    """Answers to a later question."""

    HIGH = "high"


fares = build(
    {"rule": []}, yields="fare", answers=Fare, facts={"age": Domain(int, least=0)}
)
seats = build({}, yields="seat", answers=Seat, facts={"fare": Domain(Fare)}, steps=9)

assert_type(fares, Table[Fare])
assert_type(fares.answers, type[Fare])
assert_type(fares.rules, tuple[Rule[Fare], ...])
assert_type(fares.rules[0].answer, Fare)
assert_type(fares.decide({"age": 7}), Decision[Fare] | Undecided[Fare])
assert_type(fares.decide({"age": None}).answer, Fare | None)
assert_type(seats.decide({}, fare=fares.decide({"age": 7})).settled(), Seat)
assert_type(parse("< 18", Domain(int)), Cell)

anything: Table[StrEnum] = fares
outcome: Outcome[StrEnum] = fares.decide(object())
wrong: Table[Seat] = fares  # type: ignore[assignment]
build({}, yields="x", answers=str, facts={})  # type: ignore[type-var]
build({}, "x", Fare, {})  # type: ignore[call-arg]
build({}, yields="x", answers=Fare, facts={"age": int})  # type: ignore[dict-item]
fares.decide({}, fare="child")  # type: ignore[arg-type]
fares.decide(facts={})  # type: ignore[call-arg,arg-type]
Domain(str)  # type: ignore[arg-type]
Domain(float)  # type: ignore[arg-type]
fares.yields = "other"  # type: ignore[misc]
