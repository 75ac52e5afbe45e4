import operator
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, product
from math import prod
from random import Random
from types import SimpleNamespace

import pytest
from attrs import frozen
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.decisions import Decision, Reason, Undecided, Value
from relationkit.errors import PolicyError, Problem
from relationkit.strategies._tables import (
    Channel,
    Grade,
    Offer,
    cases,
    columns,
    documents,
    tables,
)
from relationkit.tables import Domain, Table, build
from relationkit.tables._table import Fact

Asked = tuple[Table[StrEnum], Mapping[str, Fact]]
Facts = Mapping[str, Domain]
Rules = Sequence[Mapping[str, object]]

SIGNS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
NUMBER = re.compile(r"-?[\d_]+(?:\.\d+)?")
TINY = Decimal("0.0001")


def read(text: str, kind: type[Value]) -> Value:
    """What one value of a cell means, said once more and plainly."""
    if kind is bool:
        return text in {"true", "yes"}
    if kind is date:
        return date.fromisoformat(text.strip())
    return kind(text.strip())  # type: ignore[arg-type,call-arg]


@lru_cache(maxsize=None, typed=True)
def admits(cell: str, value: Value) -> bool:
    """Whether *value* meets *cell*: the language, said once more and plainly."""
    if cell.strip() == "-":
        return True
    if cell.startswith("not("):
        return not admits(cell[4:-1], value)
    return any(meets(test.strip(), value) for test in cell.split(","))


def meets(test: str, value: Value) -> bool:
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
    """Rules that are tried one after the other, case by case, by no clever means."""

    facts: Facts
    rules: Sequence[tuple[str, Mapping[str, str]]]

    @classmethod
    def of(cls, rules: Rules, facts: Facts) -> "Oracle":
        """The oracle that reads these rules."""
        return cls(facts, [*map(plain, rules)])

    def fires(self, case: Mapping[str, Value]) -> int | None:
        """The first rule whose cells are all met."""
        for at, (_, cells) in enumerate(self.rules):
            if all(admits(cell, case[name]) for name, cell in cells.items()):
                return at
        return None

    def fired(self, case: Mapping[str, Fact]) -> set[int | None]:
        """The first rules whose cells are all met, in all that a case may be."""
        return {self.fires(full) for full in self.completions(case)}

    def answers(self, case: Mapping[str, Fact]) -> set[str]:
        """The answers to all that a case may be."""
        return {self.rules[at][0] for at in self.fired(case) if at is not None}

    def completions(self, case: Mapping[str, Fact]) -> Iterator[dict[str, Value]]:
        """All that a case may be, one of each kind."""
        for values in product(
            *(self.open(name, case.get(name)) for name in self.facts)
        ):
            yield dict(zip(self.facts, values, strict=True))

    def open(self, name: str, fact: Fact) -> list[Value]:
        """What a fact may be, one of those values that the same cells admit."""
        cells = [rule[name] for _, rule in self.rules if name in rule]
        values = self.values(name) if fact is None else known(fact)
        kinds = {tuple(admits(cell, v) for cell in cells): v for v in values}
        return [*kinds.values()]

    def values(self, name: str) -> Iterable[Value]:
        """Every member; of what has none, each end of a cell and what is beside it."""
        domain = self.facts[name]
        text = " ".join(rule[name] for _, rule in self.rules if name in rule)
        if domain.members:
            return domain.members
        if domain.kind is date:
            return beside(map(date.fromisoformat, [*DAY.findall(text), "2026-01-01"]))
        step = TINY if domain.kind is Decimal else 1
        ends = map(Decimal, [*NUMBER.findall(text), "0"])
        near = {end + by for end in ends for by in (0, step, -step)}
        least = min(near) if domain.least is None else domain.least
        return [read(str(value), domain.kind) for value in near if value >= least]


def plain(rule: Mapping[str, object]) -> tuple[str, Mapping[str, str]]:
    """The answer of a rule, and its cells."""
    when = rule.get("when", {})
    assert isinstance(when, dict)
    return str(rule["then"]), {name: written(cell) for name, cell in when.items()}


def beside(days: Iterable[date]) -> Iterator[date]:
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


def dense(table: Table[StrEnum], names: Sequence[str]) -> dict[str, object]:
    """The rules of a table as rows, with columns in the order of *names*."""
    rows = []
    for rule in sparse(table):
        _, cells = plain(rule)
        parts = {**cells, **rule, "=> offer": rule["then"]}
        rows.append([parts.get(name, "-") for name in names])
    return {"columns": names, "rows": rows}


def facts_of(table: Table[StrEnum]) -> Facts:
    return {axis.name: axis.domain for axis in table.axes}


def oracle_of(table: Table[StrEnum]) -> Oracle:
    return Oracle.of(sparse(table), facts_of(table))


def built(document: Rules | Mapping[str, object], facts: Facts) -> Table[Offer]:
    rules = document if isinstance(document, Mapping) else {"rule": document}
    return build(rules, yields="offer", answers=Offer, facts=facts)


def small(*rules: Mapping[str, object]) -> Table[Offer]:
    """A table of two facts."""
    return built(told(*rules), {"member": Domain(bool), "grade": Domain(Grade)})


def problems(rules: Rules, facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with a table of these rules."""
    try:
        built(rules, facts)
    except PolicyError as error:
        return error.problems
    return ()


def told_in(gap: Problem, facts: Facts) -> Mapping[str, Value]:
    """The case of which a gap tells."""
    words = gap.message.removeprefix("no rule answers when ")
    pairs = [] if words == "anything at all" else words.split(", ")
    case = dict(pair.split(" is ") for pair in pairs)
    return {name: read(value, facts[name].kind) for name, value in case.items()}


def with_case(table: Table[StrEnum]) -> st.SearchStrategy[Asked]:
    return st.tuples(st.just(table), cases(table))


def with_rules(facts: Facts) -> st.SearchStrategy[tuple[Rules, Facts]]:
    return st.tuples(documents(facts, Offer), st.just(facts))


asked = tables().flatmap(with_case)
unproved = columns().flatmap(with_rules)


class TestDecide:
    @given(asked)
    def test_decides_what_all_completions_agree_on(self, asked: Asked) -> None:
        """It decides exactly when all that a case may be has one answer."""
        table, case = asked

        outcome = table.decide(case)

        answers = oracle_of(table).answers(case)
        event(f"{type(outcome).__name__} of {len(outcome.rules)} rules")
        assert outcome.possible == tuple(a for a in table.answers if a in answers)
        assert isinstance(outcome, Decision) == (len(answers) == 1)
        assert outcome.answer in {None, *answers}

    @given(asked)
    def test_names_exactly_the_rules_that_may_fire(self, asked: Asked) -> None:
        """Rules, their words and their sources are those of all that may fire."""
        table, case = asked

        outcome = table.decide(case)

        fired = oracle_of(table).fired(case)
        rules = [rule for at, rule in enumerate(table.rules) if at in fired]
        assert outcome.rules == tuple(rule.id for rule in rules)
        assert outcome.because == "; ".join(rule.because for rule in rules)
        assert set(outcome.source.split("; ")) == {rule.source for rule in rules}
        assert outcome.contested == any(rule.contested for rule in rules)
        assert outcome.policy == table.ref
        if isinstance(outcome, Decision):
            assert outcome.rule == (rules[0].id if len(rules) == 1 else None)

    @given(asked)
    def test_needs_exactly_what_can_turn_the_answer(self, asked: Asked) -> None:
        """A fact is asked for iff it alone, all others settled, changes the answer."""
        table, case = asked
        oracle = oracle_of(table)

        needed: list[str] = []
        for name in table.facts:
            fact = case[name]
            others = [*oracle.completions({**case, name: oracle.open(name, fact)[0]})]
            if any(len(oracle.answers({**full, name: fact})) > 1 for full in others):
                needed += fact.needs if isinstance(fact, Undecided) else [name]

        event(f"{len(needed)} needs of {sum(v is None for v in case.values())} unknown")
        assert table.decide(case).needs == tuple(needed)

    @given(asked)
    def test_takes_facts_in_any_form(self, asked: Asked) -> None:
        """A mapping, attributes, and outcomes given beside them decide alike."""
        table, case = asked
        upstream = {
            name: fact
            for name, fact in case.items()
            if isinstance(fact, (Decision, Undecided))
        }

        outcome = table.decide(case)

        assert table.decide(SimpleNamespace(**case)) == outcome
        assert table.decide({**case, **dict.fromkeys(upstream)}, **upstream) == outcome
        assert table.decide(case, unread=outcome) == outcome

    def test_is_exact_where_rules_share_an_answer(self) -> None:
        """A fact that only picks one of two rules with one answer is no matter."""
        table = small(
            {"id": "a", "when": {"member": True, "grade": "high"}, "then": "full"},
            {"id": "b", "when": {"member": False, "grade": "high"}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )

        outcome = table.decide({"member": None, "grade": Grade.HIGH})

        assert outcome.answer is Offer.FULL
        assert outcome.rules == ("a", "b")

    def test_asks_whom_an_earlier_question_asked(self) -> None:
        """An undecided fact is settled by asking for what it needs itself."""
        table = small(
            {"id": "a", "when": {"grade": "high", "member": True}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )
        graded = built(
            told(
                {"id": "a", "when": {"visits": ">= 5"}, "then": "full"},
                {"id": "rest", "then": "plain"},
            ),
            {"visits": Domain(int, least=0)},
        )
        upstream = graded.decide({"visits": None})

        after = built(
            told(
                {"id": "a", "when": {"offer": "full", "visits": "> 0"}, "then": "full"},
                {"id": "rest", "then": "plain"},
            ),
            {"offer": Domain(Offer), "visits": Domain(int, least=0)},
        )

        assert table.decide({"grade": None, "member": True}).needs == ("grade",)
        assert after.decide({"visits": None}, offer=upstream).needs == ("visits",)
        assert str(after.decide({"visits": 7, "offer": None})) == (
            "undecided, plain or full: ask for offer (table offer)"
        )

    @pytest.mark.parametrize(
        ("domain", "fact", "said"),
        [
            (Domain(int), True, "expected int, got True, a bool"),
            (Domain(int), 1.0, "expected int, got 1.0, a float"),
            (Domain(bool), 1, "expected bool, got 1, a int"),
            (Domain(Decimal), 1, "expected Decimal, got 1, a int"),
            (Domain(Channel), "web", "expected Channel, got 'web', a str"),
            (Domain(Grade), Channel.WEB, "expected Grade, got <Channel.WEB"),
            (Domain(date), datetime(2026, 1, 1), "got datetime.datetime"),  # noqa: DTZ001
            (Domain(date), "2026-01-01", "expected date, got '2026-01-01', a str"),
        ],
        ids=repr,
    )
    def test_takes_exact_classes_only(
        self, domain: Domain, fact: Fact, said: str
    ) -> None:
        """What merely looks like a fact is refused, and None is named for unknown."""
        cell = str(domain.members[0]).lower() if domain.members else "> 2026-01-01"
        cell = cell if domain.kind in {bool, date} or domain.members else "> 0"
        rules = told(
            {"id": "a", "when": {"fact": cell}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )
        table = built(rules, {"fact": domain})

        with pytest.raises(TypeError, match=f"^fact: .*{re.escape(said)}") as refused:
            table.decide({"fact": fact})
        assert str(refused.value).endswith("None stands for an unknown fact")

    @pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
    def test_takes_finite_numbers_only(self, number: str) -> None:
        """What cannot be compared, or never ends, is refused."""
        rules = told(
            {"id": "a", "when": {"margin": "> 0"}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )
        table = built(rules, {"margin": Domain(Decimal)})

        with pytest.raises(ValueError, match=r"^margin is .*must be a finite number"):
            table.decide({"margin": Decimal(number)})

    def test_takes_nothing_below_the_least(self) -> None:
        """A count below zero is a mistake, not a case."""
        rules = told(
            {"id": "a", "when": {"visits": "> 3"}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )
        table = built(rules, {"visits": Domain(int, least=0)})

        with pytest.raises(ValueError, match=r"^visits is -1; the least is 0$"):
            table.decide({"visits": -1})

    @pytest.mark.parametrize("facts", [{"member": True}, SimpleNamespace(member=True)])
    def test_tells_missing_from_unknown(self, facts: object) -> None:
        """None is unknown; a fact that is not there at all is a mistake."""
        table = small(
            {"id": "a", "when": {"grade": "high"}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )

        with pytest.raises(
            LookupError, match=r"^the fact 'grade' is missing; give None"
        ):
            table.decide(facts)


class TestReasons:
    @given(asked)
    def test_give_the_answer_alone(self, asked: Asked) -> None:
        """The facts named in the reasons, all others unknown, give the same answer."""
        table, case = asked
        outcome = table.decide(case)
        if isinstance(outcome, Undecided):
            assert outcome.reasons == ()
            return
        named = {reason.fact for reason in outcome.reasons}

        less = {name: case[name] if name in named else None for name in case}

        event(f"{len(named)} of {len(case)} named, {len(outcome.rules)} rules")
        assert None not in (case[name] for name in named)
        assert oracle_of(table).answers(less) == {outcome.answer}

    @given(asked)
    def test_are_true(self, asked: Asked) -> None:
        """A value that fired meets the cell of its rule; one that stops fails it."""
        table, case = asked
        outcome = table.decide(case)
        ids = [rule.id for rule in table.rules]

        for reason in outcome.reasons:
            rule = table.rules[ids.index(reason.rule)]
            values = known(case[reason.fact])
            met = [admits(reason.asked, value) for value in values]
            event(f"fired: {reason.fired}, {len(met)} values")
            assert reason.value == (values[0] if len(values) == 1 else values)
            assert reason.asked == rule.cell(reason.fact).text
            if reason.fired:
                assert rule.id in outcome.rules
                assert all(met) if len(outcome.rules) == 1 else any(met)
            else:
                assert not any(met)
                assert ids.index(rule.id) < ids.index(outcome.rules[-1])
                assert rule.answer is not outcome.answer

    @given(asked)
    def test_tell_all_that_the_rule_asks(self, asked: Asked) -> None:
        """Of a rule that certainly fires, each cell is told that asks something."""
        table, case = asked
        oracle, outcome = oracle_of(table), table.decide(case)

        for rule in table.rules:
            fired = [r.fact for r in outcome.reasons if r.fired and r.rule == rule.id]
            if isinstance(outcome, Decision) and outcome.rule == rule.id:
                assert fired == [
                    name
                    for name, cell in rule.cells
                    if not all(
                        admits(cell.text, value) for value in oracle.values(name)
                    )
                ]

    @given(asked)
    def test_name_nothing_in_vain(self, asked: Asked) -> None:
        """A fact that is named only as a stop is the only one named to stop a rule."""
        table, case = asked
        outcome = table.decide(case)
        rules = {rule.id: rule for rule in table.rules}
        named = {r.fact for r in outcome.reasons}
        stops = [r for r in outcome.reasons if not r.fired]

        for fact in named - {r.fact for r in outcome.reasons if r.fired}:
            event("named only as a stop")
            assert any(
                not any(
                    not any(admits(cell.text, value) for value in known(case[name]))
                    for name, cell in rules[stop.rule].cells
                    if name in named - {fact}
                )
                for stop in stops
                if stop.fact == fact
            )

    def test_hold_although_other_rules_are_met_in_part(self) -> None:
        """An earlier rule of the same answer is no reason if it does not fire."""
        table = small(
            {"id": "a", "when": {"grade": "high", "member": True}, "then": "full"},
            {"id": "b", "when": {"grade": "high"}, "then": "plain"},
            {"id": "rest", "then": "full"},
        )

        outcome = table.decide({"member": True, "grade": Grade.LOW})

        assert outcome.reasons == (
            Reason("grade", Grade.LOW, asked="high", rule="b", fired=False),
        )
        assert str(outcome) == "full: so (rest, table offer)"


class TestProofs:
    @given(unproved)
    def test_find_exactly_the_dead_rules(self, unproved: tuple[Rules, Facts]) -> None:
        """A rule is refused, where it stands, iff no case is left to it."""
        rules, facts = unproved
        alive = Oracle.of(rules, facts).fired({})

        dead = [at for at in range(len(rules)) if at not in alive]

        event(f"{len(dead)} dead of {len(rules)}")
        assert [(p.pointer, p.code) for p in problems(rules, facts)] == [
            (f"/rule/{at}", "dead_rule") for at in dead
        ]

    @given(unproved)
    def test_find_a_case_without_an_answer(self, unproved: tuple[Rules, Facts]) -> None:
        """A gap is told iff there is one, in words of a case that no rule answers."""
        (*rules, _), facts = unproved
        oracle = Oracle.of(rules, facts)

        gaps = [p for p in problems(rules, facts) if p.code == "gap"]

        event(f"{len(gaps)} gaps in {len(rules)} rules")
        assert len(gaps) == (None in oracle.fired({}))
        for gap in gaps:
            assert oracle.fired(told_in(gap, facts)) == {None}

    @given(tables())
    def test_need_the_last_rule(self, table: Table[StrEnum]) -> None:
        """Without its last rule a table has a gap, and is refused for that alone."""
        rules = sparse(table)[:-1]

        assert [p.code for p in problems(rules, facts_of(table))] == ["gap"]

    @given(tables())
    def test_split_all_cases_among_the_rules(self, table: Table[StrEnum]) -> None:
        """Pieces are disjoint, cover everything, and lie in what their rule matches."""
        sizes = [prod(map(int.bit_count, piece)) for _, piece in table.pieces]

        assert sum(sizes) == prod(map(int.bit_count, table.full))
        for (_, one), (_, other) in combinations(table.pieces, 2):
            assert not all(map(operator.and_, one, other))
        for rule, piece in table.pieces:
            own = table.boxes[rule]
            assert all(map(operator.eq, map(operator.and_, piece, own), piece))

    def test_refuse_a_rule_that_several_earlier_ones_cover(self) -> None:
        """No one of them takes all its cases, but together they do."""
        rules = told(
            {"id": "low", "when": {"grade": "low"}, "then": "none"},
            {"id": "high", "when": {"grade": "high"}, "then": "full"},
            {"id": "dead", "when": {"grade": "not(middle)"}, "then": "plain"},
            {"id": "rest", "then": "plain"},
        )

        assert problems(rules, {"grade": Domain(Grade)}) == (
            Problem(
                "/rule/2",
                "dead_rule",
                "the rule 'dead' never decides: earlier rules leave it no case",
                "move it up, widen it, narrow the earlier ones, or remove it",
            ),
        )

    @pytest.mark.parametrize("cell", ["< 0", "-5", "not(>= 0)", "[-2 .. -1]"])
    def test_refuse_a_rule_that_matches_nothing(self, cell: str) -> None:
        """A rule that no case can meet is dead, even if it is the first."""
        rules = told(
            {"id": "never", "when": {"visits": cell}, "then": "none"},
            {"id": "rest", "then": "plain"},
        )

        (problem,) = problems(rules, {"visits": Domain(int, least=0)})

        assert (problem.pointer, problem.code) == ("/rule/0", "dead_rule")

    def test_refuse_a_table_without_rules(self) -> None:
        """What has no rule answers nothing."""
        assert problems([], {}) == (
            Problem(
                "",
                "gap",
                "no rule answers when anything at all",
                "add a rule for it, or a last rule that asks nothing",
            ),
        )

    @given(tables())
    def test_say_when_they_give_up(self, table: Table[StrEnum]) -> None:
        """A proof with too few steps is refused; with enough, it is a proof."""
        document, facts = {"rule": sparse(table)}, facts_of(table)

        def proved(steps: int) -> bool:
            try:
                again = build(
                    document, yields="offer", answers=Offer, facts=facts, steps=steps
                )
            except PolicyError as error:
                return [p.code for p in error.problems] != ["not_proved"]
            return again == table

        proofs = [proved(steps) for steps in (0, *(2**by for by in range(14)))]

        assert not proofs[0]
        assert proofs[-1]
        assert proofs == sorted(proofs)

    @pytest.mark.parametrize(
        "cells",
        [
            ["-"] * 5_000,
            [f"{place} .. {place + 1}" for place in range(5_000)],
            [",".join(map(str, range(0, 60_000, 2))), "-"],
            [f"{place}, {place + 2}" for place in range(0, 2_400, 4)],
        ],
        ids=["alike", "apart", "a long list", "many cuts"],
    )
    def test_give_up_before_they_grow(self, cells: list[str]) -> None:
        """What needs too many steps is not even begun, or given up in time."""
        rules = told(
            *(
                {"id": f"r{place}", "when": {"visits": cell}, "then": "none"}
                for place, cell in enumerate(cells)
            )
        )

        (problem,) = problems(rules, {"visits": Domain(int, least=0)}) or ()

        assert problem.code == "not_proved"

    def test_tell_how_many_steps_they_were_given(self) -> None:
        """Whoever is refused for lack of steps learns how many there were."""
        document = {"rule": told({"id": "all", "then": "full"})}

        with pytest.raises(PolicyError) as refused:
            build(document, yields="offer", answers=Offer, facts={}, steps=0)

        assert refused.value.problems == (
            Problem(
                "",
                "not_proved",
                "not proved total and free of dead rules within 0 steps",
                "give it more steps, or fewer columns with many cuts",
            ),
        )


class TestTable:
    @given(tables(), st.randoms(use_true_random=False))
    def test_is_the_same_dense_or_sparse(
        self, table: Table[StrEnum], random: Random
    ) -> None:
        """Dense or sparse, with columns in any order, equal rules are equal tables."""
        facts = {**facts_of(table), "unread": Domain(bool)}
        names = [*sparse(table)[0].keys() - {"when", "then"}, "=> offer", *facts]
        names.sort()
        random.shuffle(names)

        one, other = built(sparse(table), facts), built(dense(table, names), facts)

        assert one == other == table
        assert hash(one) == hash(other) == hash(table)
        assert one.facts == other.facts == table.facts

    @given(asked)
    def test_pickles(self, asked: Asked) -> None:
        """A table that went through a pickle is equal, and decides alike."""
        table, case = asked
        outcome = table.decide(case)

        again = pickle.loads(pickle.dumps(table))  # noqa: S301

        assert again == table
        assert hash(again) == hash(table)
        assert again.decide(case) == outcome

    def test_differs_by_what_it_says(self) -> None:
        """Another name, another answer, another class: another table."""

        class Other(StrEnum):
            PLAIN = "plain"

        all_ = {"rule": told({"id": "all", "then": "plain"})}
        table = build(all_, yields="offer", answers=Offer, facts={})

        assert table == build(all_, yields="offer", answers=Offer, facts={})
        assert table != build(all_, yields="other", answers=Offer, facts={})
        assert table != build(all_, yields="offer", answers=Other, facts={})
        assert table != small({"id": "all", "then": "full"})
        assert table != all_


class TestOutcomes:
    @given(asked)
    def test_pickle_without_their_table(self, asked: Asked) -> None:
        """An outcome that went through a pickle is equal, and light."""
        table, case = asked
        outcome = table.decide(case)

        pickled = pickle.dumps(outcome)
        again = pickle.loads(pickled)  # noqa: S301

        assert b"relationkit.tables" not in pickled
        assert again == outcome
        assert hash(again) == hash(outcome)
        assert type(again) is type(outcome)
        assert (again.answer, again.possible) == (outcome.answer, outcome.possible)
        assert str(again) == str(outcome)

    @given(asked)
    def test_are_equal_if_they_say_the_same(self, asked: Asked) -> None:
        """The same case before an equal table has an equal outcome."""
        table, case = asked
        again = built(sparse(table), facts_of(table))

        assert table.decide(case) == again.decide(case)
        assert hash(table.decide(case)) == hash(again.decide(case))

    @given(asked)
    def test_tell_no_values_once_redacted(self, asked: Asked) -> None:
        """What is fit for a log has the names of facts, and none of their values."""
        table, case = asked
        outcome = table.decide(case)

        redacted = outcome.redact()

        assert redacted.answer == outcome.answer
        assert redacted.rules == outcome.rules
        assert [r.fact for r in redacted.reasons] == [r.fact for r in outcome.reasons]
        assert {(r.value, r.asked) for r in redacted.reasons} <= {(None, "")}
