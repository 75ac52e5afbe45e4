from enum import StrEnum

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.decisions import Decision, Undecided
from relationkit.errors import PolicyError
from relationkit.strategies._tables import Grade, Offer, columns, documents
from relationkit.strategies._variants import Asked, asked, variants
from relationkit.tables import Domain, HitPolicy, Table, build
from tests.tables.oracle import Facts, Oracle, Rules, facts_of, sparse, told

OTHERS = (HitPolicy.UNIQUE, HitPolicy.ANY)


def of_hit(table: Table[StrEnum], hit: HitPolicy) -> Table[Offer]:
    """The same rules under another hit policy."""
    return build(
        {"rule": sparse(table), "hit": hit.value},
        yields="offer",
        answers=Offer,
        facts=facts_of(table),
    )


def with_rules(facts: Facts) -> st.SearchStrategy[tuple[Rules, Facts]]:
    return st.tuples(documents(facts, Offer), st.just(facts))


class TestHitPolicy:
    @given(variants(hits=OTHERS).flatmap(asked))
    def test_decides_as_the_first_that_matches(self, asked: Asked) -> None:
        """Without conflicts the first rule's answer is the only one, known or not."""
        table, case = asked.table, asked.case
        first = of_hit(table, HitPolicy.FIRST)

        outcome = table.decide(case)

        event(f"{table.hit}, {type(outcome).__name__} of {len(outcome.rules)} rules")
        assert outcome.possible == first.decide(case).possible
        assert outcome.answer is first.decide(case).answer
        assert outcome.needs == first.decide(case).needs

    @given(variants(hits=OTHERS).flatmap(asked))
    def test_tells_all_rules_that_may_match(self, asked: Asked) -> None:
        """Where order is nothing, each rule that may match is told, none stopped."""
        table, case = asked.table, asked.case
        oracle, outcome = Oracle.about(table), table.decide(case)
        fired = oracle.fired(case)

        assert outcome.rules == tuple(
            rule.id for at, rule in enumerate(table.rules) if at in fired
        )
        assert all(reason.fired for reason in outcome.reasons)
        if isinstance(outcome, Decision):
            named = {reason.fact for reason in outcome.reasons}
            less = {name: case[name] if name in named else None for name in case}
            assert oracle.answers(less) == {outcome.answer}

    @given(columns().flatmap(with_rules))
    def test_of_first_never_refuses_overlaps(self, drawn: tuple[Rules, Facts]) -> None:
        """Where the first one wins, rules may overlap as they like."""
        rules, facts = drawn
        try:
            build({"rule": rules}, yields="offer", answers=Offer, facts=facts)
        except PolicyError as error:
            codes = {problem.code for problem in error.problems}
        else:
            codes = set()

        assert codes <= {"dead_rule"}

    def test_of_any_tells_all_rules_that_match(self) -> None:
        """Rules that agree may overlap; all that match are told."""
        rules = told(
            {"id": "a", "when": {"grade": "low, middle"}, "then": "plain"},
            {"id": "b", "when": {"grade": "middle, high"}, "then": "plain"},
        )
        facts = {"grade": Domain(Grade)}
        table = build(
            {"hit": "any", "rule": rules}, yields="offer", answers=Offer, facts=facts
        )

        assert table.hit is HitPolicy.ANY
        assert table.decide({"grade": Grade.MIDDLE}).rules == ("a", "b")
        assert table.decide({"grade": Grade.LOW}).rules == ("a",)
        assert table.decide({"grade": None}).answer is Offer.PLAIN
        assert table.decide({"grade": None}).reasons == ()

    def test_makes_another_table(self) -> None:
        """What happens where several rules match is a part of what a table says."""
        rules = told(
            {"id": "a", "when": {"grade": "low"}, "then": "plain"},
            {"id": "b", "when": {"grade": "not(low)"}, "then": "full"},
        )
        tables = [
            build(
                {"hit": hit, "rule": rules},
                yields="offer",
                answers=Offer,
                facts={"grade": Domain(Grade)},
            )
            for hit in ("first", "unique", "any")
        ]

        assert len({*tables}) == 3
        for table in tables:
            assert isinstance(table.decide({"grade": None}), Undecided)
            assert table.answer({"grade": Grade.HIGH}) is Offer.FULL

    def test_of_collecting_is_another_kind(self) -> None:
        """A table that collects has no single answer, and is built elsewhere."""
        document = {"hit": "collect", "rule": told({"id": "a", "then": "plain"})}

        with pytest.raises(PolicyError) as refused:
            build(document, yields="offer", answers=Offer, facts={})

        assert [*map(str, refused.value.problems)] == [
            (
                "a table that collects gives no single answer"
                " (build it with build_collecting)"
            )
        ]
