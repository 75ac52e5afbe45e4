"""Never run; type checkers must accept every line of it."""

from decimal import Decimal
from enum import StrEnum
from typing import assert_type

from attrs import frozen

from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.tables import (
    ANYTHING,
    Cell,
    Collected,
    Domain,
    FactRecord,
    Row,
    Rule,
    Table,
    Test,
    TypedTable,
    at_least,
    between,
    build,
    build_collecting,
    less_than,
    one_of,
    parse,
    typed,
)


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
assert_type(fares.answer({"age": 7}), Fare | None)
collecting = build_collecting({}, yields="fare", answers=Fare, facts={})
assert_type(collecting.decide({}), Collected[Fare])
assert_type(collecting.decide({}).settled(), tuple[Fare, ...])


class Tier(StrEnum):
    """Members of a fact."""

    GOLD = "gold"


@frozen(kw_only=True)
class Facts(FactRecord):
    """What is known."""

    tier: Tier
    spent: Decimal
    member: bool | None


@frozen(kw_only=True)
class Other(FactRecord):
    """What is known of something else."""

    age: int


@frozen(kw_only=True)
class FareRow(Row[Facts, Fare]):
    """A row about those facts."""

    tier: Test[Tier] = ANYTHING
    spent: Test[Decimal] = ANYTHING
    member: Test[bool] = ANYTHING


gold = FareRow(
    id="gold",
    tier=one_of(Tier.GOLD),
    spent=between(Decimal(1), Decimal(2)),
    then=Fare.CHILD,
    because="",
    source="",
)
rest = FareRow(id="rest", then=Fare.FULL, because="", source="")
table = typed(gold, rest, yields="fare")

assert_type(table, TypedTable[Facts, Fare])
assert_type(table.table, Table[Fare])
known = Facts(tier=Tier.GOLD, spent=Decimal(1), member=None)
assert_type(table.decide(known), Decision[Fare] | Undecided[Fare])

# The six mistakes of those who write tables:
FareRow(id="", teir=one_of(Tier.GOLD), then=Fare.FULL, because="", source="")  # type: ignore[call-arg]
FareRow(id="", tier=one_of(Fare.FULL), then=Fare.FULL, because="", source="")  # type: ignore[arg-type]
FareRow(id="", spent=at_least(5), then=Fare.FULL, because="", source="")  # type: ignore[arg-type]
FareRow(id="", spent=between(1, Decimal(2)), then=Fare.FULL, because="", source="")  # type: ignore[arg-type]
FareRow(id="", then=Tier.GOLD, because="", source="")  # type: ignore[arg-type]
table.decide(Other(age=7))  # type: ignore[arg-type]
FareRow(id="", member=less_than("x"), then=Fare.FULL, because="", source="")  # type: ignore[arg-type]
