from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations, product

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from relationkit.decisions import Alternative, Decision, Reason, Value, Way
from relationkit.errors import StepsError, UnknownIdError
from relationkit.strategies._tables import Channel, Grade, Offer
from relationkit.strategies._variants import Asked, asked, variants
from relationkit.tables import Domain, HitPolicy, Table, build
from relationkit.tables import _counterfactual as counterfactual
from tests.tables.oracle import KEY, Oracle, admits, known, told

MOST = 600
"""Of how many cases a table is gone through."""
FACTS = {
    "member": Domain(bool),
    "grade": Domain(Grade),
    "channel": Domain(Channel),
    "visits": Domain(int, least=0),
}
RULES = told(
    {"id": "a", "when": {"member": True, "grade": "high"}, "then": "full"},
    {"id": "b", "when": {"channel": "web", "visits": "> 3"}, "then": "none"},
    {"id": "rest", "then": "plain"},
)
CHANGEABLE = {
    "member": {"true": "join", "false": "leave"},
    "grade": "study",
    "visits": True,
}
CASE = {"member": False, "grade": Grade.LOW, "channel": Channel.WEB, "visits": 5}

Combination = Mapping[str, Value]


def built(changeable: object = CHANGEABLE, hit: str = "first") -> Table[Offer]:
    document = {"rule": RULES, "changeable": changeable, "hit": hit}
    return build(document, yields="offer", answers=Offer, facts=FACTS)


def allowed(table: Table[StrEnum], oracle: Oracle) -> Mapping[str, list[Value]]:
    """What each changeable fact can become, one value of each kind."""
    return {
        fact: [
            value
            for value in oracle.open(fact, None)
            if any(admits(act.to.text, value) for act in table.acts if act.fact == fact)
        ]
        for fact in table.facts
        if any(act.fact == fact for act in table.acts)
    }


def smallest(asked: Asked, answer: StrEnum, oracle: Oracle) -> Sequence[Combination]:
    """The smallest changes that surely give *answer*, found by trying them all."""
    can = allowed(asked.table, oracle)
    for size in range(len(can) + 1):
        found = [
            changes
            for facts in combinations(can, size)
            for changes in combined(facts, can)
            if oracle.answers({**asked.case, **changes}) == {answer}
        ]
        if found:
            return found
    return []


def combined(
    facts: tuple[str, ...], can: Mapping[str, list[Value]]
) -> Iterator[dict[str, Value]]:
    for values in product(*(can[fact] for fact in facts)):
        yield dict(zip(facts, values, strict=True))


def takes(way: Way, changes: Combination) -> bool:
    """Whether *changes* are among those of a way."""
    return way.facts == (*changes,) and all(
        admits(step.to, changes[step.fact]) for step in way.steps
    )


class TestWhyNot:
    @given(variants().flatmap(asked))
    def test_is_true_of_each_rule(self, asked: Asked) -> None:
        """What failed fails, what is unknown may fail, what precedes may come first.

        If nothing keeps a rule, it gives the answer in all that a case may be.
        """
        table, case = asked.table, asked.case
        oracle, outcome = Oracle.about(table), table.decide(case)
        full = [*oracle.completions(case)]

        for at, rule in enumerate(table.rules):
            told = outcome.why_not(rule.id)

            met = {
                name: {
                    admits(cell.text, value) for value in oracle.open(name, case[name])
                }
                for name, cell in rule.cells
            }
            failed = [name for name in table.facts if met.get(name) == {False}]
            unsure = [name for name in table.facts if met.get(name) == {True, False}]
            assert (told.rule, told.answer) == (rule.id, rule.answer)
            assert told.failed == tuple(
                Reason(
                    name,
                    values[0] if len(values := known(case[name])) == 1 else values,
                    asked=rule.cell(name).text,
                    rule=rule.id,
                    fired=False,
                )
                for name in failed
            )
            assert told.unknown == (() if failed else tuple(unsure))
            inside = [] if failed else [c for c in full if oracle.matches(at, c)]
            may, all_ = self.before(at, oracle, inside, table.hit)
            assert told.may_precede == tuple(table.rules[one].id for one in may)
            assert told.preceded_by == tuple(table.rules[one].id for one in all_)
            never = not any(oracle.fires(c) == at for c in full)
            assert never or not told.is_out
            gives = oracle.fires if table.hit is HitPolicy.FIRST else None
            assert told.fires is all(
                gives(c) == at if gives else oracle.matches(at, c) for c in full
            )
            event(
                f"{table.hit}, fires: {told.fires}, failed: {bool(failed)},"
                f" unknown: {bool(unsure)}, preceded: {len(may)}, {bool(all_)}"
            )

    def before(
        self, at: int, oracle: Oracle, inside: list[dict[str, Value]], hit: HitPolicy
    ) -> tuple[list[int], list[int]]:
        """The earlier rules of some cases *inside*, and the first one of all."""
        may: list[int] = []
        for one in range(at) if hit is HitPolicy.FIRST and inside else ():
            matching = [oracle.matches(one, case) for case in inside]
            if all(matching):
                return may, [one]
            if any(matching):
                may.append(one)
        return may, []

    def test_is_about_a_rule_there_is(self) -> None:
        """A misspelt rule is told, with the one that was meant."""
        outcome = built().decide(CASE)

        with pytest.raises(
            UnknownIdError, match=r"no rule 'rst' \(did you mean 'rest'"
        ):
            outcome.why_not("rst")

    def test_reads_as_a_sentence(self) -> None:
        """It says what failed, what is unknown and what comes first."""
        decide = built().decide

        assert str(decide(CASE).why_not("a")) == (
            "a does not answer full: member is not true but no, grade is not high but"
            " low"
        )
        assert str(decide(CASE).why_not("b")) == "b gives the answer, none"
        assert str(decide({**CASE, "visits": None}).why_not("rest")) == (
            "rest may not answer plain: b may come first"
        )
        assert str(decide(CASE).why_not("rest")) == (
            "rest does not answer plain: b comes first"
        )
        assert str(decide({**CASE, "visits": None}).why_not("b")) == (
            "b may not answer none: visits is unknown"
        )


class TestAlternatives:
    @given(variants().flatmap(asked))
    def test_are_all_that_match_or_may(self, asked: Asked) -> None:
        """Just those rules are told that match in some case, certain if in all."""
        table, case = asked.table, asked.case
        oracle = Oracle.about(table)
        full = [*oracle.completions(case)]

        met = [{oracle.matches(at, c) for c in full} for at in range(len(table.rules))]

        event(f"{table.hit}, {sum(True in some for some in met)} alternatives")
        assert table.decide(case).alternatives() == tuple(
            Alternative(
                rule=rule.id,
                answer=rule.answer,
                because=rule.because,
                certain=some == {True},
            )
            for rule, some in zip(table.rules, met, strict=True)
            if True in some
        )

    def test_read_as_sentences(self) -> None:
        """Each says whether it matches, what it answers and why."""
        outcome = built().decide({**CASE, "visits": None})

        assert [*map(str, outcome.alternatives())] == [
            "b may match: none, so",
            "rest matches: plain, so",
        ]


class TestToReach:
    @KEY
    @given(variants(changeable=True).flatmap(asked), st.sampled_from(Offer))
    def test_finds_all_smallest_changes(self, asked: Asked, answer: Offer) -> None:
        """Each change told works, is of the fewest facts, and none is missed."""
        oracle = Oracle.about(asked.table)
        assume(oracle.size({}) <= MOST)
        changes = smallest(asked, answer, oracle)

        ways = asked.table.decide(asked.case).to_reach(answer)

        size = len(changes[0]) if changes else -1
        event(f"{asked.table.hit}, {size} changes, {len(ways)} ways")
        assert bool(ways) is bool(changes)
        assert {len(way.steps) for way in ways} == {len(one) for one in changes}
        can = allowed(asked.table, oracle)
        for way in ways:
            for one in combined(way.facts, can):
                if takes(way, one):
                    assert oracle.answers({**asked.case, **one}) == {answer}
                    assert asked.table.answer({**asked.case, **one}) is answer
        for change in changes:
            assert sum(takes(way, change) for way in ways) == 1

    @given(variants(changeable=True).flatmap(asked), st.sampled_from(Offer))
    def test_tells_what_is_and_what_changes_it(
        self, asked: Asked, answer: Offer
    ) -> None:
        """Each step has the fact as it is, and the words of all acts that change it."""
        table, case = asked.table, asked.case
        oracle = Oracle.about(table)

        for way in table.decide(asked.case).to_reach(answer):
            assert way.facts == tuple(f for f in table.facts if f in way.facts)
            for step in way.steps:
                values = known(case[step.fact])
                becomes = [
                    v for v in oracle.open(step.fact, None) if admits(step.to, v)
                ]
                acts = [act for act in table.acts if act.fact == step.fact]
                can = {
                    act.by: None
                    for act in acts
                    if any(admits(act.to.text, value) for value in becomes)
                }
                event(f"{len(can)} acts, {len(values)} values now")
                assert step.now == (values[0] if len(values) == 1 else values or None)
                assert step.by == " or ".join(by for by in can if by)
                assert becomes
                for value in becomes:
                    assert any(admits(act.to.text, value) for act in acts)

    def test_reads_as_a_sentence(self) -> None:
        """Each way says what to do, from what to what."""
        decide = built().decide

        assert [*map(str, decide(CASE).to_reach(Offer.PLAIN))] == [
            "visits from 5 to < 4"
        ]
        assert [*map(str, decide(CASE).to_reach(Offer.FULL))] == [
            "join (member from no to true) and study (grade from low to high)"
        ]
        assert [*map(str, decide(CASE).to_reach(Offer.NONE))] == ["nothing need change"]
        assert [*map(str, decide({**CASE, "visits": None}).to_reach(Offer.NONE))] == [
            "visits from unknown to >= 4"
        ]

    def test_needs_facts_that_can_be_changed(self) -> None:
        """Where nothing can be changed, nothing is told but that nothing need be."""
        outcome = built(changeable={}).decide(CASE)

        assert outcome.to_reach(Offer.FULL) == ()
        assert outcome.to_reach(Offer.NONE) == (Way(()),)
        assert built({"channel": True}).decide(CASE).to_reach(Offer.FULL) == ()

    def test_says_the_same_words_once(self) -> None:
        """Two acts of the same words are one."""
        table = built({"visits": {"< 2": "wait", "2": "wait", "[3 .. 3]": "come"}})

        (way,) = table.decide(CASE).to_reach(Offer.PLAIN)

        assert str(way) == "wait or come (visits from 5 to < 4)"

    def test_becomes_what_its_acts_make_of_it(self) -> None:
        """A fact is changed to what some act makes of it, and to nothing else."""
        rules = told(
            {"id": "a", "when": {"grade": "low"}, "then": "none"},
            {"id": "b", "when": {"grade": "high"}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )
        table = build(
            {"rule": rules, "changeable": {"grade": {"high": "study"}}},
            yields="offer",
            answers=Offer,
            facts=FACTS,
        )
        outcome = table.decide({"grade": Grade.MIDDLE})

        assert [*map(str, outcome.to_reach(Offer.FULL))] == [
            "study (grade from middle to high)"
        ]
        assert outcome.to_reach(Offer.NONE) == ()

    @pytest.mark.parametrize(
        ("answer", "got"),
        [
            ("full", "'full', a str"),
            (Grade.HIGH, "<Grade.HIGH: 'high'>, a Grade"),
            (None, "None, a NoneType"),
        ],
        ids=["text", "member", "none"],
    )
    def test_is_about_answers_of_the_table(self, answer: StrEnum, got: str) -> None:
        """An answer of another class is refused."""
        for outcome in (built().decide(CASE), built().decide(dict.fromkeys(CASE))):
            with pytest.raises(TypeError, match=f"answer: expected a Offer, got {got}"):
                outcome.to_reach(answer)

    def test_gives_up_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A search of too many steps is refused, and says how many there were."""
        monkeypatch.setattr(counterfactual, "STEPS", 3)
        outcome = built().decide(CASE)

        assert isinstance(outcome, Decision)
        with pytest.raises(StepsError, match="no way to full is found within 3 steps"):
            outcome.to_reach(Offer.FULL)
