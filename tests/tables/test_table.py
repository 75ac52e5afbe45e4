import pickle
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, product
from random import Random
from types import SimpleNamespace

import pytest
from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.decisions import Decision, Reason, Undecided
from relationkit.errors import UnknownIdError
from relationkit.strategies._tables import Channel, Grade, Offer, tables
from relationkit.tables import Domain, Table, build
from relationkit.tables._columns import Fact
from tests.tables.oracle import (
    Asked,
    Oracle,
    admits,
    built,
    facts_of,
    known,
    plain,
    sparse,
    told,
    with_case,
)


def dense(table: Table[StrEnum], names: Sequence[str]) -> dict[str, object]:
    """The rules of a table as rows, with columns in the order of *names*."""
    rows = []
    for rule in sparse(table):
        _, cells = plain(rule)
        parts = {**cells, **rule, "=> offer": rule["then"]}
        rows.append([parts.get(name, "-") for name in names])
    return {"columns": names, "rows": rows}


def small(*rules: Mapping[str, object]) -> Table[Offer]:
    """A table of two facts."""
    return built(told(*rules), {"member": Domain(bool), "grade": Domain(Grade)})


def turning(table: Table[StrEnum], case: Mapping[str, Fact]) -> tuple[str, ...]:
    """The facts of which each alone, all others settled, can change the answer."""
    oracle = Oracle.about(table)
    needed: list[str] = []
    for name in table.facts:
        fact = case[name]
        others = [*oracle.completions({**case, name: oracle.open(name, fact)[0]})]
        if any(len(oracle.answers({**full, name: fact})) > 1 for full in others):
            needed += fact.needs if isinstance(fact, Undecided) else [name]
    return tuple(needed)


def vain(table: Table[StrEnum], case: Mapping[str, Fact]) -> list[str]:
    """The facts named as reasons that neither the answer nor a stop hangs on.

    The cells of a rule that certainly fires are always named.
    """
    oracle, outcome = Oracle.about(table), table.decide(case)
    named = {reason.fact for reason in outcome.reasons}
    is_one = len(outcome.rules) == 1
    asked_ = {r.fact for r in outcome.reasons if r.fired and is_one}
    stopped = {r.rule for r in outcome.reasons if not r.fired}
    found = []
    for fact in named - asked_:
        fewer = {name: case[name] if name in named - {fact} else None for name in case}
        if oracle.answers(fewer) == {outcome.answer} and all(
            any(
                not any(admits(cell.text, value) for value in known(case[name]))
                for name, cell in table.rule(rule).cells
                if name in named - {fact} and known(case[name])
            )
            for rule in stopped
        ):
            found.append(fact)
    return found


def partly(*members: StrEnum) -> Undecided[StrEnum]:
    """An earlier outcome that may be one of *members*, for want of its own fact."""
    telling = small({"id": "all", "then": "plain"}).telling
    account = evolve(telling.tell(telling.table.looked(())), needs=("upstream",))
    return Undecided(members, account)


SMALL = [
    (
        {"id": "a", "when": {"member": True, "grade": "high"}, "then": "full"},
        {"id": "b", "when": {"member": False, "channel": "web"}, "then": "plain"},
        {"id": "rest", "then": "plain"},
    ),
    (
        {"id": "a", "when": {"grade": "<= middle", "member": True}, "then": "full"},
        {"id": "b", "when": {"grade": ">= middle", "channel": "web"}, "then": "none"},
        {"id": "c", "when": {"channel": "shop, phone"}, "then": "full"},
        {"id": "rest", "then": "plain"},
    ),
    (
        {"id": "a", "when": {"grade": "high"}, "then": "full"},
        {"id": "b", "when": {"member": True, "channel": "web"}, "then": "plain"},
        {"id": "c", "when": {"grade": "low", "channel": "phone"}, "then": "full"},
        {"id": "rest", "then": "plain"},
    ),
    (
        {"id": "a", "when": {"channel": "web", "member": True}, "then": "full"},
        {"id": "b", "when": {"channel": "phone", "grade": "low"}, "then": "full"},
        {"id": "c", "when": {"channel": "shop", "grade": "low"}, "then": "none"},
        {"id": "rest", "then": "plain"},
    ),
    (
        {"id": "a", "when": {"grade": "<= middle", "member": True}, "then": "full"},
        {"id": "b", "when": {"grade": ">= middle", "member": False}, "then": "plain"},
        {"id": "c", "when": {"grade": "low", "channel": "not(web)"}, "then": "full"},
        {"id": "d", "when": {"grade": "low"}, "then": "full"},
        {"id": "rest", "then": "plain"},
    ),
]
"""Tables of which every case can be gone through."""


def each_case() -> Iterator[dict[str, Fact]]:
    """Every case of three facts, known, unknown, or known in part."""
    some = [partly(*two) for two in combinations(Grade, 2)]
    for values in product([None, *Grade, *some], [None, *Channel], [None, False, True]):
        yield dict(zip(("grade", "channel", "member"), values, strict=True))


asked = tables().flatmap(with_case)


@pytest.mark.parametrize("rules", SMALL, ids=range(len(SMALL)))
class TestEveryCase:
    """What is told of small tables, whatever is known."""

    @pytest.fixture
    def table(self, rules: tuple[Mapping[str, object], ...]) -> Table[Offer]:
        """The table of some rules."""
        facts = {
            "grade": Domain(Grade),
            "channel": Domain(Channel),
            "member": Domain(bool),
        }
        return built(told(*rules), facts)

    def test_needs_what_can_turn_the_answer(self, table: Table[Offer]) -> None:
        """No fact is asked for in vain, and none is forgotten."""
        for case in each_case():
            assert table.decide(case).needs == turning(table, case)

    def test_gives_reasons_that_are_enough(self, table: Table[Offer]) -> None:
        """The facts that are named decide alone, and none of them is idle."""
        for case in each_case():
            outcome = table.decide(case)
            named = {reason.fact for reason in outcome.reasons}
            less = {name: case[name] if name in named else None for name in case}
            assert outcome.account.possible == outcome.possible
            for reason in outcome.reasons:
                values = known(case[reason.fact])
                assert reason.value == (values[0] if len(values) == 1 else values)
            if isinstance(outcome, Decision):
                assert Oracle.about(table).answers(less) == {outcome.answer}
                assert vain(table, case) == []


class TestDecide:
    @given(asked)
    def test_decides_what_all_completions_agree_on(self, asked: Asked) -> None:
        """It decides exactly when all that a case may be has one answer."""
        table, case = asked

        outcome = table.decide(case)

        answers = Oracle.about(table).answers(case)
        event(f"{type(outcome).__name__} of {len(outcome.rules)} rules")
        assert outcome.possible == tuple(a for a in table.answers if a in answers)
        assert isinstance(outcome, Decision) == (len(answers) == 1)
        assert outcome.answer in {None, *answers}

    @given(asked)
    def test_names_exactly_the_rules_that_may_fire(self, asked: Asked) -> None:
        """Rules, their words and their sources are those of all that may fire."""
        table, case = asked

        outcome = table.decide(case)

        fired = Oracle.about(table).fired(case)
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
        needed = turning(table, case)

        event(f"{len(needed)} needs of {sum(v is None for v in case.values())} unknown")
        assert table.decide(case).needs == needed

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
            (
                Domain(Channel),
                "web",
                "expected Channel (shop, phone, web), got 'web', a str",
            ),
            (Domain(Grade), Channel.WEB, "(low, middle, high), got <Channel.WEB"),
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

    @pytest.mark.parametrize(
        ("unread", "error"),
        [(True, TypeError), ("3", TypeError), (-1, ValueError), (1.0, TypeError)],
    )
    def test_takes_no_wrong_fact_that_no_rule_reads(
        self, unread: Fact, error: type[Exception]
    ) -> None:
        """What is declared is to be right, whether a rule asks for it or not."""
        facts = {"member": Domain(bool), "visits": Domain(int, least=0)}
        rules = told({"id": "a", "when": {"member": True}, "then": "full"})
        table = built([*rules, *told({"id": "r", "then": "plain"})], facts)

        assert table.decide({"member": True, "visits": 3}).answer is Offer.FULL
        assert table.decide({"member": True, "visits": None}).answer is Offer.FULL
        with pytest.raises(error, match=r"^visits"):
            table.decide({"member": True, "visits": unread})

    def test_takes_outcomes_that_no_rule_reads(self) -> None:
        """An outcome beside the facts may be of no use, and not of another class."""
        facts = {"member": Domain(bool), "grade": Domain(Grade)}
        rules = told({"id": "a", "when": {"member": True}, "then": "full"})
        table = built([*rules, *told({"id": "r", "then": "plain"})], facts)
        plain = table.decide({"member": False})

        assert table.decide({"member": True, "grade": None}).answer is Offer.FULL
        with pytest.raises(TypeError, match=r"^grade: expected Grade"):
            table.decide({"member": True, "grade": plain})


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
        assert Oracle.about(table).answers(less) == {outcome.answer}

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
        oracle, outcome = Oracle.about(table), table.decide(case)

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

    def test_are_of_rules_that_fire_where_they_can_be(self) -> None:
        """Of two facts that stop a rule, the one is told that a firing rule asks."""
        table = built(
            told(*SMALL[0]),
            {
                "member": Domain(bool),
                "grade": Domain(Grade),
                "channel": Domain(Channel),
            },
        )

        outcome = table.decide({"member": False, "grade": Grade.LOW, "channel": None})

        assert {reason.fact for reason in outcome.reasons} == {"member"}

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

    def test_knows_its_rules_by_name(self) -> None:
        """A rule is found by its name; a misspelt one is told, with what was meant."""
        table = small({"id": "all", "then": "plain"})

        assert table.rule("all") is table.rules[table.place("all")]
        with pytest.raises(UnknownIdError, match=r"no rule 'al' \(did you mean 'all'"):
            table.rule("al")

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
