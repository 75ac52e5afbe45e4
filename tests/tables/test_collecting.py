from collections.abc import Mapping, Sequence
from enum import StrEnum

import pytest
from attrs import frozen
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.decisions import Decision, PolicyRef, Undecided
from relationkit.errors import PolicyError, UndecidedError, UnknownIdError
from relationkit.strategies._tables import Grade, Offer, cases, columns, documents
from relationkit.tables import (
    Act,
    Applies,
    CollectingTable,
    Domain,
    FactRecord,
    Table,
    build,
    build_collecting,
)

Facts = Mapping[str, Domain]
Rules = Sequence[Mapping[str, object]]
FACTS: Facts = {"member": Domain(bool), "grade": Domain(Grade)}


@frozen(kw_only=True)
class Guest(FactRecord):
    """The same facts in a class."""

    member: bool | None
    grade: Grade | None


def collected(
    rules: Rules, facts: Facts = FACTS, prove: object = None, steps: int = 10_000
) -> CollectingTable[Offer]:
    document = {"hit": "collect", "rule": rules, "prove": prove or {}}
    return build_collecting(
        document, yields="offer", answers=Offer, facts=facts, steps=steps
    )


def alone(answer: Offer, rules: Rules, facts: Facts) -> Table[Applies]:
    """Whether *answer* is collected, as a table that gives one answer."""
    own = [{**rule, "then": "yes"} for rule in rules if rule["then"] == answer.value]
    no = {"id": "otherwise", "then": "no", "because": "so", "source": "ours"}
    try:
        return build({"rule": [*own, no]}, yields="offer", answers=Applies, facts=facts)
    except PolicyError:  # it always is
        return build({"rule": own}, yields="offer", answers=Applies, facts=facts)


def told(*rules: Mapping[str, object]) -> Rules:
    return [{"because": f"b{r['id']}", "source": "ours", **r} for r in rules]


def problems(rules: Rules, prove: object = None) -> list[str]:
    with pytest.raises(PolicyError) as refused:
        collected(rules, prove=prove)
    return [f"{p.pointer}: {p.code}: {p.message}" for p in refused.value.problems]


def with_rules(facts: Facts) -> st.SearchStrategy[tuple[Facts, Rules]]:
    return st.tuples(st.just(facts), documents(facts, Offer))


def living(rules: Rules, facts: Facts) -> Rules:
    """Those of *rules* that are not dead."""
    try:
        collected(rules, facts)
    except PolicyError as error:
        dead = {problem.pointer for problem in error.problems}
        return [rule for at, rule in enumerate(rules) if f"/rule/{at}" not in dead]
    return rules


GRANTS = told(
    {"id": "a", "when": {"grade": "high"}, "then": "full"},
    {"id": "b", "when": {"member": True}, "then": "plain"},
    {"id": "c", "when": {"member": True, "grade": ">= middle"}, "then": "full"},
)


class TestCollecting:
    @given(columns().flatmap(with_rules), st.data())
    def test_adds_each_answer_by_itself(
        self, drawn: tuple[Facts, Rules], data: st.DataObject
    ) -> None:
        """Whether an answer is collected is what its rules alone would decide."""
        facts, rules = drawn[0], living(drawn[1], drawn[0])
        table = collected(rules, facts)
        case = data.draw(cases(table.each[0][1]))

        found = table.decide(case)

        event(f"{len(found.answers)} and {len(found.open)} of {len(table.each)}")
        assert [a for a, _ in found.each] == [a for a, _ in table.each]
        for answer, outcome in found.each:
            single = alone(answer, rules, facts)
            expected = single.decide({name: case[name] for name in single.facts})
            assert outcome.possible == expected.possible
            assert {*outcome.needs} == {*expected.needs}

    def test_gives_all_answers_in_their_order(self) -> None:
        """Every rule that matches adds its answer, once."""
        found = collected(GRANTS).decide({"member": True, "grade": Grade.HIGH})

        assert found.settled() == found.answers == (Offer.PLAIN, Offer.FULL)
        assert [*found] == [*found.answers]
        assert found[Offer.FULL].rules == ("a", "c")
        assert found[Offer.FULL].because == "ba; bc"
        assert str(found) == "plain, full"

    def test_may_give_none(self) -> None:
        """Where no rule matches nothing is collected, and it says why."""
        found = collected(GRANTS).decide({"member": False, "grade": Grade.LOW})

        assert found.settled() == ()
        assert str(found) == "none"
        full = found[Offer.FULL]
        assert isinstance(full, Decision)
        assert full.because == "no rule gives it"
        assert [str(r) for r in full.reasons] == [
            "grade is not high but low",
            "grade is not >= middle but low",
        ]

    def test_says_what_may_be_added(self) -> None:
        """An answer that hangs on unknown facts is told apart, with what to ask."""
        found = collected(GRANTS).decide({"member": None, "grade": Grade.HIGH})

        assert found.answers == (Offer.FULL,)
        assert found.open == (Offer.PLAIN,)
        assert found.needs == ("member",)
        assert isinstance(found[Offer.PLAIN], Undecided)
        assert str(found) == "full; perhaps plain"
        with pytest.raises(UndecidedError, match="perhaps plain: ask for member"):
            found.settled()

    def test_says_all_that_may_be_added(self) -> None:
        """Several open answers, and several facts to ask for, are each named."""
        found = collected(GRANTS).decide({"member": None, "grade": None})

        assert str(found) == "none; perhaps plain, full"
        with pytest.raises(UndecidedError) as refused:
            found.settled()
        assert refused.value.needs == ("member", "grade")
        assert str(refused.value) == (
            "undecided, perhaps plain, full: ask for member, grade"
        )

    def test_takes_outcomes(self) -> None:
        """The answer to an earlier question is a fact here as elsewhere."""
        grade = Decision(Grade.HIGH, collected(GRANTS).each[0][1].telling, {})

        found = collected(GRANTS).decide({"member": False}, grade=grade)

        assert found.answers == (Offer.FULL,)

    def test_is_made_of_tables_about_each_answer(self) -> None:
        """All that is said of the whole table holds of its parts."""
        ref = PolicyRef(edition="e", digest="d", table="offers")
        ask = Act(fact="member", by="ask")
        contested, *others = GRANTS
        table = build_collecting(
            {"hit": "collect", "rule": [{**contested, "contested": True}, *others]},
            yields="offer",
            answers=Offer,
            facts=FACTS,
            ref=ref,
            record=Guest,
            acts=[ask, Act(fact="stance")],
        )

        assert (table.ref, table.yields, table.answers) == (ref, "offer", Offer)
        for answer, part in table.each:
            assert (part.ref, part.yields, part.hit) == (ref, answer.value, "collect")
            assert (part.record, part.acts) == (Guest, (ask,))
        found = table.decide(Guest(member=False, grade=Grade.HIGH))
        assert found[Offer.FULL].contested
        assert found[Offer.FULL].policy == ref
        (way,) = found[Offer.PLAIN].to_reach(Applies.YES)
        assert str(way) == "ask (member from no to true)"

    def test_is_of_no_edition_unless_one_is_given(self) -> None:
        """By itself it is a policy without a name."""
        assert collected(GRANTS).ref == PolicyRef(edition="", digest="", table="offer")

    def test_may_be_written_in_rows(self) -> None:
        """The column of answers is called as what the table yields."""
        head = ["id", "grade", "=> offer", "because", "source"]
        table = build_collecting(
            {
                "hit": "collect",
                "columns": head,
                "rows": [["a", "high", "full", "ba", "ours"]],
            },
            yields="offer",
            answers=Offer,
            facts=FACTS,
        )

        assert table.decide({"grade": Grade.HIGH}).answers == (Offer.FULL,)

    def test_knows_only_answers_that_rules_give(self) -> None:
        """An answer that no rule gives is no part of it."""
        found = collected(GRANTS).decide({"member": True, "grade": Grade.LOW})

        with pytest.raises(UnknownIdError, match="no rule that gives 'none'"):
            found[Offer.NONE]

    def test_reads_what_its_rules_read(self) -> None:
        """Its facts are those of its rules; without rules there are none."""
        assert collected(GRANTS).facts == ("member", "grade")
        assert collected([]).decide({}).settled() == ()
        assert collected([], prove={"never": [{"answer": "full"}]}).each == ()
        assert problems([], {"always": [{"answer": "full"}]}) == [
            (
                "/prove/always/0: property: 'always full when anything at all' does not"
                " hold: none is collected in any case"
            )
        ]

    def test_says_why_a_rule_does_not_add(self) -> None:
        """No rule is kept from adding its answer by another."""
        case = {"member": True, "grade": Grade.HIGH}
        full = collected(GRANTS).decide(case)[Offer.FULL]

        assert full.why_not("c").fires
        assert str(full.why_not("a")) == "a gives the answer, yes"

    def test_refuses_a_rule_that_adds_nothing(self) -> None:
        """A rule is dead if earlier ones of its answer leave it no case."""
        dead = {"id": "d", "when": {"grade": "high", "member": True}, "then": "full"}

        assert problems(told(*GRANTS, dead)) == [
            (
                "/rule/3: dead_rule: the rule 'd' never decides: earlier rules leave it"
                " no case"
            )
        ]
        assert collected(told(*GRANTS, {**dead, "then": "none"})).rules[3].id == "d"

    def test_is_no_table_of_single_answers(self) -> None:
        """Each way of building says which other one to use."""
        facts: Facts = FACTS
        with pytest.raises(PolicyError, match="build it with build_collecting") as no:
            build(
                {"hit": "collect", "rule": GRANTS},
                yields="offer",
                answers=Offer,
                facts=facts,
            )
        assert [problem.code for problem in no.value.problems] == ["value"]
        with pytest.raises(PolicyError) as refused:
            build_collecting(
                {"rule": GRANTS}, yields="offer", answers=Offer, facts=facts
            )
        assert [(p.code, str(p)) for p in refused.value.problems] == [
            (
                "value",
                (
                    "the table does not collect"
                    " (write hit = 'collect', or build it with build)"
                ),
            )
        ]

    def test_gives_up_in_time(self) -> None:
        """A proof with too few steps is refused."""
        with pytest.raises(PolicyError, match=r"not proved .* within 1 steps"):
            collected(GRANTS, steps=1)


class TestProperties:
    def test_hold_of_what_is_collected(self) -> None:
        """Nothing is lost as a fact rises, and promises are kept."""
        prove = {
            "rising": {"grade": True, "member": ["false", "true"]},
            "always": [{"when": {"grade": "high"}, "answer": "full"}],
            "never": [{"when": {"member": False}, "answer": "plain"}],
        }

        assert len(collected(GRANTS, prove=prove).properties) == 4

    def test_may_be_kept_by_several_rules_together(self) -> None:
        """What no single rule promises, two may."""
        middle = {"id": "d", "when": {"grade": "middle"}, "then": "full"}
        full = [GRANTS[0], *told(middle)]
        promise = {"when": {"grade": ">= middle"}, "answer": "full"}

        assert len(collected(full, prove={"always": [promise]}).properties) == 1

    def test_are_broken_by_any_rule(self) -> None:
        """Each rule of a forbidden answer counts, and one case is told."""
        found = problems(
            GRANTS,
            {
                "never": [{"when": {"grade": "middle"}, "answer": "full"}],
                "always": [{"answer": "none, full"}],
            },
        )

        assert [problem.split(":")[0] for problem in found] == [
            "/prove/always/0",
            "/prove/never/0",
        ]
        assert found[1].endswith(
            "full is collected in case of member yes, grade middle"
        )

    def test_are_refused_with_a_case(self) -> None:
        """What is lost, missing or forbidden is told with a case."""
        assert problems(GRANTS, {"falling": {"grade": True}}) == [
            (
                "/prove/falling/grade: property: 'never rises as grade rises' does not"
                " hold: grade high gives yes by rule 'a', grade low gives no by rule"
                " 'otherwise'; member no"
            )
        ]
        assert problems(
            GRANTS,
            {
                "always": [{"when": {"member": True}, "answer": "full"}],
                "never": [{"when": {"grade": "low"}, "answer": "plain"}],
            },
        ) == [
            (
                "/prove/always/0: property: 'always full when member is true' does not"
                " hold: none is collected in case of member yes, grade low"
            ),
            (
                "/prove/never/0: property: 'never plain when grade is low' does not"
                " hold: plain is collected in case of member yes, grade low"
            ),
        ]


class Extra(StrEnum):
    """Answers without an order."""

    LETTER = "letter"
    CALL = "call"


def test_what_is_collected_may_rise_without_an_order() -> None:
    """Nothing may be lost as visits grow, whichever extra is worth more."""
    told_ = {"because": "so", "source": "ours"}
    document = {
        "hit": "collect",
        "rule": [{"id": "x", "when": {"visits": ">= 3"}, "then": "call", **told_}],
        "prove": {"rising": {"visits": True}},
    }

    table = build_collecting(
        document,
        yields="extras",
        answers=Extra,
        facts={"visits": Domain(int, least=0)},
    )

    assert table.decide({"visits": 3}).answers == (Extra.CALL,)
