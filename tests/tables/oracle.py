"""Oracle: what tables mean, said once more and plainly, without any clever means."""

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import product
from math import prod
from typing import TypeAlias

from attrs import field, frozen
from hypothesis import settings
from hypothesis import strategies as st

from relationkit.decisions import Decision, Undecided, Value
from relationkit.errors import PolicyError, Problem
from relationkit.strategies._tables import Offer, cases
from relationkit.tables import Domain, HitPolicy, Table, build
from relationkit.tables._columns import Fact

Asked: TypeAlias = tuple[Table[StrEnum], Mapping[str, Fact]]
Facts: TypeAlias = Mapping[str, Domain]
Rules: TypeAlias = Sequence[Mapping[str, object]]
Case: TypeAlias = Mapping[str, Value]

PROFILE = settings.get_current_profile_name()
KEY = settings(max_examples={"thorough": 3_000, "mutants": 50}.get(PROFILE, 300))
"""For the laws on which everything rests."""
HEAVY = settings(max_examples={"thorough": 3_000, "mutants": 30}.get(PROFILE, 60))
"""For laws that take long to check."""

SIGNS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NUMBER = re.compile(r"-?[\d_]+(?:\.\d+)?")
TINY = Decimal("0.0001")


def shown(text: object) -> str:
    """The id of a test on *text*, without the backslashes that runners write twice."""
    return ascii(text).replace("\\", "/")


def read(text: str, kind: type[Value]) -> Value:
    """What one value of a cell means."""
    if kind is bool:
        return text in {"true", "yes"}
    if kind is date:
        return date.fromisoformat(text.strip())
    return kind(text.strip())  # type: ignore[arg-type,call-arg]


@lru_cache(maxsize=None, typed=True)
def admits(cell: str, value: Value) -> bool:
    """Whether *value* meets *cell*."""
    if cell.strip() == "-":
        return True
    if cell.startswith("not("):
        return not admits(cell[4:-1], value)
    return any(meets(test.strip(), value) for test in cell.split(","))


def meets(test: str, value: Value) -> bool:
    """Whether *value* meets one test of a cell."""
    kind = type(value)
    for sign, compare in SIGNS.items():
        if test.startswith(sign):
            return bool(compare(value, read(test.removeprefix(sign), kind)))
    if ".." not in test:
        return bool(read(test, kind) == value)
    low, high = (read(end.strip("[( )]"), kind) for end in test.split(".."))
    starts = operator.lt if test[0] == "(" else operator.le
    ends = operator.le if test[-1] == "]" else operator.lt
    return bool(starts(low, value) and ends(value, high))


def written(cell: object) -> str:
    """A cell as a text, also where it is written as a value."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


@frozen
class Oracle:
    """Rules that are tried one after the other, case by case.

    Attributes:
        facts: What each fact may be.
        rules: The answer and the cells of each.
        hit: What happens where several match.
        beside: Cells that are no part of a rule, and are to cut cases as well.
    """

    facts: Facts
    rules: Sequence[tuple[str, Mapping[str, str]]]
    hit: HitPolicy = HitPolicy.FIRST
    beside: Sequence[tuple[str, str]] = field(default=())

    @classmethod
    def of(
        cls,
        rules: Rules,
        facts: Facts,
        hit: HitPolicy = HitPolicy.FIRST,
        beside: Sequence[tuple[str, str]] = (),
    ) -> "Oracle":
        """The oracle that reads these rules."""
        return cls(facts, [*map(plain, rules)], hit, beside)

    @classmethod
    def about(cls, table: Table[StrEnum]) -> "Oracle":
        """The oracle that reads the rules of *table*, and what can be changed."""
        beside = [
            (act.fact, act.to.text) for act in table.acts if act.fact in table.facts
        ]
        return cls.of(sparse(table), facts_of(table), table.hit, beside)

    def matches(self, at: int, case: Case) -> bool:
        """Whether all cells of a rule are met."""
        cells = self.rules[at][1].items()
        return all(admits(cell, case[name]) for name, cell in cells)

    def matching(self, case: Case) -> list[int]:
        """All rules whose cells are all met."""
        return [at for at in range(len(self.rules)) if self.matches(at, case)]

    def fires(self, case: Case) -> int | None:
        """The first rule whose cells are all met."""
        return next(
            (at for at in range(len(self.rules)) if self.matches(at, case)), None
        )

    def answer(self, case: Case) -> str | None:
        """The answer of that rule."""
        return None if (at := self.fires(case)) is None else self.rules[at][0]

    def fired(self, case: Mapping[str, Fact]) -> set[int | None]:
        """The rules that give the answer, in all that a case may be."""
        fired: set[int | None] = set()
        for full in self.completions(case):
            if self.hit is HitPolicy.FIRST:
                fired.add(self.fires(full))
            else:
                fired.update(self.matching(full) or [None])
        return fired

    def answers(self, case: Mapping[str, Fact]) -> set[str]:
        """The answers to all that a case may be."""
        return {self.rules[at][0] for at in self.fired(case) if at is not None}

    def completions(self, case: Mapping[str, Fact]) -> Iterator[dict[str, Value]]:
        """All that a case may be, one of each kind."""
        for values in product(
            *(self.open(name, case.get(name)) for name in self.facts)
        ):
            yield dict(zip(self.facts, values, strict=True))

    def size(self, case: Mapping[str, Fact]) -> int:
        """How many completions a case has."""
        return prod(len(self.open(name, case.get(name))) for name in self.facts)

    def open(self, name: str, fact: Fact) -> list[Value]:
        """What a fact may be, one of those values that the same cells admit."""
        values = self.values(name) if fact is None else known(fact)
        return [*{self.kind(name, value): value for value in values}.values()]

    def kind(self, name: str, value: Value) -> tuple[bool, ...]:
        """Which cells a value meets: no cell tells values of one kind apart."""
        return tuple(admits(cell, value) for cell in self.cells(name))

    def cells(self, name: str) -> list[str]:
        """All that is asked of a fact."""
        asked = [rule[name] for _, rule in self.rules if name in rule]
        return [*asked, *(cell for fact, cell in self.beside if fact == name)]

    def values(self, name: str) -> Iterable[Value]:
        """Every member; of what has none, each end of a cell and what is beside it."""
        return values_of(self.facts[name], tuple(self.cells(name)))


@lru_cache(maxsize=4096)
def values_of(domain: Domain, cells: tuple[str, ...]) -> Sequence[Value]:
    """The values at the ends of *cells*, and those beside them."""
    text = " ".join(cells)
    if domain.members:
        return domain.members
    if domain.kind is date:
        days = map(date.fromisoformat, [*DAY.findall(text), "2026-01-01"])
        return sorted({*beside(days)})
    step = TINY if domain.kind is Decimal else 1
    ends = map(Decimal, [*NUMBER.findall(text), "0"])
    near = {end + by for end in ends for by in (0, step, -step)}
    least = min(near) if domain.least is None else domain.least
    return [read(str(value), domain.kind) for value in sorted(near) if value >= least]


def plain(rule: Mapping[str, object]) -> tuple[str, Mapping[str, str]]:
    """The answer of a rule, and its cells."""
    when = rule.get("when", {})
    assert isinstance(when, dict)
    return str(rule["then"]), {name: written(cell) for name, cell in when.items()}


def beside(days: Iterable[date]) -> Iterator[date]:
    """Days, with those before and after them."""
    for day in days:
        yield day
        if day > date.min:
            yield day - timedelta(1)
        if day < date.max:
            yield day + timedelta(1)


def known(fact: Fact) -> tuple[Value, ...]:
    """What a fact is known to be, or to be one of."""
    if isinstance(fact, (Decision, Undecided)):
        return fact.possible
    return () if fact is None else (fact,)


def told(*rules: Mapping[str, object]) -> Rules:
    """Rules with the words that every rule must have."""
    return [{"because": "so", "source": "ours", **rule} for rule in rules]


def sparse(table: Table[StrEnum]) -> list[dict[str, object]]:
    """The rules of a table as an author writes them, each by itself."""
    return [
        {
            "id": rule.id,
            "when": {name: cell.text for name, cell in rule.cells},
            "then": rule.answer.value,
            "because": rule.because,
            "source": rule.source,
            "contested": rule.contested,
        }
        for rule in table.rules
    ]


def facts_of(table: Table[StrEnum]) -> Facts:
    """What each fact may be that its rules read."""
    return {axis.name: axis.domain for axis in table.axes}


def built(document: Rules | Mapping[str, object], facts: Facts) -> Table[Offer]:
    """The table of a document, or of rules."""
    rules = document if isinstance(document, Mapping) else {"rule": document}
    return build(rules, yields="offer", answers=Offer, facts=facts)


def problems(
    document: Rules | Mapping[str, object], facts: Facts
) -> tuple[Problem, ...]:
    """What is wrong with a table."""
    try:
        built(document, facts)
    except PolicyError as error:
        return error.problems
    return ()


def case_in(words: str, facts: Facts) -> Case:
    """The case that a message tells: facts with their values."""
    case = dict(pair.split(" ", 1) for pair in words.split(", ") if words)
    return {name: read(value, facts[name].kind) for name, value in case.items()}


def with_case(table: Table[StrEnum]) -> st.SearchStrategy[Asked]:
    """A table and a case of it."""
    return st.tuples(st.just(table), cases(table))
