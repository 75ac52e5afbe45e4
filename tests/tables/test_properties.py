import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import combinations

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from relationkit.decisions import Value
from relationkit.errors import PolicyError, Problem
from relationkit.strategies._tables import Channel, Grade, Offer
from relationkit.strategies._variants import variants
from relationkit.tables import Domain, HitPolicy, Promise, Table, Trend, build, parse
from tests.tables.oracle import (
    Facts,
    Oracle,
    admits,
    case_in,
    facts_of,
    read,
    sparse,
    told,
)

TURNED = re.compile(
    r"(\w+) (\S+) gives (\w+) by rule '(\w+)', \1 (\S+) gives (\w+) by rule '(\w+)'"
    r"(?:; (.*))?"
)
GIVEN = re.compile(r"it is (\w+) by rule '(\w+)' in (?:any case|case of (.*))")
FACTS = {"member": Domain(bool), "grade": Domain(Grade), "channel": Domain(Channel)}
RULES = told(
    {"id": "a", "when": {"grade": "high"}, "then": "full"},
    {"id": "b", "when": {"channel": "web", "member": False}, "then": "none"},
    {"id": "rest", "then": "plain"},
)


class Unranked(StrEnum):
    """An answer without an order."""

    FULL = "full"


Declared = tuple[Table[StrEnum], Mapping[str, object]]

MOST = 2_000
"""Of how many cases a table is gone through."""


def with_trends(table: Table[StrEnum]) -> st.SearchStrategy[Declared]:
    """A table, and trends that may or may not be there."""
    return st.tuples(
        st.just(table),
        st.fixed_dictionaries(
            {},
            optional={
                axis.name: st.just(value=True)
                if not axis.domain.members
                else chains(axis.domain)
                for axis in table.axes
            },
        ),
    )


def chains(domain: Domain) -> st.SearchStrategy[object]:
    """The members of a domain in some order, or in their own."""
    names = [str(member).lower() for member in domain.members]
    some = st.lists(st.sampled_from(names), min_size=2, unique=True)
    return some | st.just(value=True) if domain.is_ordered else some


def with_promise(table: Table[StrEnum]) -> st.SearchStrategy[Declared]:
    """A table, and a promise that may or may not be kept."""
    cells = {
        axis.name: st.sampled_from([*cells_about(axis.domain)]) for axis in table.axes
    }
    answer = st.sampled_from(["full", "plain, none", "not(none)", ">= plain", "< full"])
    promise = st.fixed_dictionaries(
        {"answer": answer}, optional={"when": st.fixed_dictionaries({}, optional=cells)}
    )
    return st.tuples(st.just(table), promise)


def cells_about(domain: Domain) -> Iterator[str]:
    """Cells that may cut where no rule does."""
    yield "-"
    for member in domain.members:
        yield str(member).lower()
    if domain.kind is date:
        yield from ("< 2026-02-01", ">= 2026-01-02")
    elif not domain.members:
        yield from ("> 2", "<= 4", "not(-3 .. 1)", "< -7")


def refused(table: Table[StrEnum], prove: Mapping[str, object]) -> list[Problem]:
    """The properties that the table does not keep."""
    document = {"rule": sparse(table), "hit": table.hit.value, "prove": prove}
    try:
        build(document, yields="offer", answers=Offer, facts=facts_of(table))
    except PolicyError as error:
        return [*error.problems]
    return []


def problems(prove: object, facts: Facts = FACTS) -> list[str]:
    """What is wrong with properties of the same rules."""
    try:
        build(
            {"rule": RULES, "prove": prove}, yields="offer", answers=Offer, facts=facts
        )
    except PolicyError as error:
        return [*map(str, error.problems)]
    return []


def order(chain: object, oracle: Oracle, fact: str) -> Sequence[Value]:
    """The values of a fact as they rise."""
    if chain is True:
        values = [*oracle.values(fact)]
        return values if oracle.facts[fact].members else sorted(values)
    assert isinstance(chain, list)
    return [read(text, oracle.facts[fact].kind) for text in chain]


def worth(answer: str | None) -> int:
    return [offer.value for offer in Offer].index(str(answer))


class TestTrend:
    @given(variants().flatmap(with_trends), st.booleans())
    def test_is_refused_iff_it_is_not_kept(
        self,
        declared: Declared,
        rising: bool,  # noqa: FBT001
    ) -> None:
        """Two cases are told that go against it, alike but for the fact; or none is."""
        table, trends = declared
        oracle, verb = Oracle.about(table), "rising" if rising else "falling"
        assume(oracle.size({}) <= MOST)

        found = {p.pointer: p.message for p in refused(table, {verb: trends})}

        answers = {
            (*(oracle.kind(*fact) for fact in case.items()),): oracle.answer(case)
            for case in oracle.completions({})
        }
        for fact, chain in trends.items():
            values = order(chain, oracle, fact)
            kinds = [oracle.kind(fact, value) for value in values]
            at = [*oracle.facts].index(fact)
            against = any(
                worth(answers[*case[:at], low, *case[at + 1 :]])
                > worth(answers[*case[:at], high, *case[at + 1 :]])
                for case in answers
                if case[at] == kinds[0]
                for low, high in combinations(kinds if rising else kinds[::-1], 2)
            )
            event(f"{verb}, {table.hit}, kept: {not against}")
            message = found.pop(f"/prove/{verb}/{fact}", "")
            assert bool(message) is against
            if message:
                declared_, _, words = message.partition(" does not hold: ")
                assert f"'never {'falls' if rising else 'rises'} as" in declared_
                names = [rule.id for rule in table.rules]
                self.check(words, oracle, names, fact, values, rising=rising)
        assert not found

    def check(  # noqa: PLR0913 - all that a message tells of
        self,
        words: str,
        oracle: Oracle,
        names: Sequence[str],
        fact: str,
        values: Sequence[Value],
        *,
        rising: bool,
    ) -> None:
        """Check that all cases of these *words* go against the trend."""
        met = TURNED.fullmatch(words)
        assert met
        name, one, answer, rule, other, after, last, case = met.groups()
        assert name == fact
        low, high = (read(text, oracle.facts[fact].kind) for text in (one, other))
        if isinstance(values[0], (StrEnum, bool)):
            assert values.index(low) != values.index(high)
            assert (values.index(low) < values.index(high)) is rising
        else:
            assert (low < high) is rising  # type: ignore[operator]
        assert worth(answer) > worth(after)
        such = case_in(case or "", oracle.facts)
        for full in oracle.completions({**such, fact: low}):
            assert names.index(rule) in oracle.fired(full)
            assert oracle.answer(full) == answer
            assert names.index(last) in oracle.fired({**full, fact: high})
            assert oracle.answer({**full, fact: high}) == after

    def test_reads_as_a_sentence(self) -> None:
        """It says what never falls or rises, and along what."""
        chain = (Grade.LOW, Grade.HIGH)

        assert str(Trend(fact="age", rising=True)) == "never falls as age rises"
        assert str(Trend(fact="grade", rising=False, chain=chain)) == (
            "never rises as grade rises from low to high"
        )
        assert str(Trend(fact="member", rising=True, chain=(False, True))) == (
            "never falls as member rises from false to true"
        )

    def test_of_a_fact_that_no_rule_reads_is_kept(self) -> None:
        """What makes no difference neither rises nor falls."""
        assert problems({"rising": {"n": True}}, {**FACTS, "n": Domain(int)}) == []

    def test_is_declared_where_there_is_an_order(self) -> None:
        """Members without an order are to be listed, twice or more and once each."""
        wanted = "expected true, or two members or more in order"

        assert problems(
            {
                "rising": {
                    "channel": True,
                    "grade": ["low"],
                    "member": ["false", "true", "false"],
                    "membr": True,
                },
                "falling": {"grade": ["low", "hihg"], "member": False},
            }
        ) == [
            (
                "/prove/rising/channel: Channel has no order (list its members in the"
                " order in which they rise)"
            ),
            f"/prove/rising/grade: {wanted}, got a list",
            f"/prove/rising/member: {wanted}, got a list",
            "/prove/rising/membr: unknown fact 'membr' (did you mean 'member'?)",
            f"/prove/falling/grade: {wanted}, got a list (did you mean 'high'?)",
            f"/prove/falling/member: {wanted}, got false",
        ]

    def test_is_of_answers_that_have_an_order(self) -> None:
        """What has no order neither rises nor falls."""
        with pytest.raises(PolicyError) as refused:
            build(
                {
                    "rule": told({"id": "all", "then": "web"}),
                    "prove": {"rising": {"grade": True}},
                },
                yields="channel",
                answers=Channel,
                facts=FACTS,
            )

        assert [*map(str, refused.value.problems)] == [
            "/prove/rising: Channel has no order in which to rise or fall"
        ]

    def test_tells_two_cases(self) -> None:
        """The message names both values, answers and rules, and the case."""
        assert problems({"falling": {"grade": True}}) == [
            (
                "/prove/falling/grade: 'never rises as grade rises' does not hold:"
                " grade high gives full by rule 'a', grade low gives none by rule 'b';"
                " member no, channel web"
            )
        ]

    def test_tells_where_it_turns(self) -> None:
        """The second case is one of the rule that it names, not just a later one."""
        rules = told(
            {"id": "a", "when": {"grade": "high"}, "then": "plain"},
            {"id": "b", "when": {"grade": "middle"}, "then": "none"},
            {"id": "rest", "then": "plain"},
        )
        said = (
            "grade low gives plain by rule 'rest', grade middle gives none by rule 'b'"
        )

        for chain in (["low", "middle"], True):
            with pytest.raises(PolicyError) as no:
                build(
                    {"rule": rules, "prove": {"rising": {"grade": chain}}},
                    yields="offer",
                    answers=Offer,
                    facts=FACTS,
                )
            (problem,) = no.value.problems
            assert problem.message.endswith(f"does not hold: {said}")

    def test_has_codes(self) -> None:
        """What is wrong with one is told apart from what is wrong with a cell."""
        prove = {
            "rising": {"channel": True, "grade": ["low"]},
            "never": [{"when": {"n": "< 0"}, "answer": "full"}],
        }
        facts = {**FACTS, "n": Domain(int, least=0)}

        for answers, codes in (
            (Offer, ["value", "value", "cell"]),
            (Unranked, ["value", "cell"]),
        ):
            with pytest.raises(PolicyError) as no:
                build(
                    {"rule": told({"id": "all", "then": "full"}), "prove": prove},
                    yields="offer",
                    answers=answers,
                    facts=facts,
                )
            assert [problem.code for problem in no.value.problems] == codes


class TestPromise:
    @given(variants().flatmap(with_promise), st.sampled_from(["always", "never"]))
    def test_is_refused_iff_it_is_not_kept(self, declared: Declared, verb: str) -> None:
        """A case is told in which another answer is given, or a forbidden one."""
        table, promise = declared
        when = promise.get("when", {})
        assert isinstance(when, dict)
        asked = [*when.items()]
        oracle = Oracle.of(sparse(table), facts_of(table), table.hit, asked)
        assume(oracle.size({}) <= MOST)
        named = [a for a in Offer if admits(str(promise["answer"]), a)]

        found = refused(table, {verb: [promise]})

        against = [
            case
            for case in oracle.completions({})
            if all(admits(cell, case[name]) for name, cell in asked)
            and (oracle.answer(case) in named) is (verb == "never")
        ]
        event(f"{verb}, {table.hit}, kept: {not against}, asks: {bool(asked)}")
        assert len(found) == bool(against)
        for problem in found:
            assert problem.pointer == f"/prove/{verb}/0"
            declared_, _, words = problem.message.partition(" does not hold: ")
            assert declared_.startswith(f"'{verb} {promise['answer']} when ")
            met = GIVEN.fullmatch(words)
            assert met
            such = case_in(met[3] or "", oracle.facts)
            for case in oracle.completions(such):
                assert table.place(met[2]) in oracle.fired(case)
                assert oracle.answer(case) == met[1]
                assert (met[1] in named) is (verb == "never")
                assert all(admits(cell, case[name]) for name, cell in asked)

    def test_reads_as_a_sentence(self) -> None:
        """It says what is always or never the answer, and when."""
        answer = parse(">= plain", Domain(Offer))
        when = (("grade", parse("high", Domain(Grade))),)
        member = ("member", parse("true", Domain(bool)))

        assert str(Promise(when=(*when, member), answer=answer)) == (
            "always >= plain when grade is high, member is true"
        )
        assert str(Promise(when=when, answer=answer)) == (
            "always >= plain when grade is high"
        )
        assert str(Promise(when=(), answer=answer, never=True)) == (
            "never >= plain when anything at all"
        )

    def test_may_ask_of_a_fact_that_no_rule_reads(self) -> None:
        """That makes no difference: whatever the fact, it is all cases."""
        facts = {**FACTS, "n": Domain(int, least=0)}
        promise = {"when": {"n": "> 5"}, "answer": "full"}

        assert problems({"always": [promise]}, facts) == [
            (
                "/prove/always/0: 'always full when n is > 5' does not hold: it is none"
                " by rule 'b' in case of member no, grade low, channel web"
            )
        ]

    def test_lacks_or_mistakes(self) -> None:
        """What is promised reads as a rule does, and is told where it does not."""
        assert problems(
            {
                "always": [
                    {"when": {"grade": "top"}, "answer": "ful"},
                    {"answr": "full"},
                ],
                "never": {"answer": "full"},
                "seldom": [],
            }
        ) == [
            (
                "/prove/seldom: unknown key 'seldom'"
                " (one of: always, falling, never, rising)"
            ),
            (
                "/prove/always/0/when/grade: grade: expected a member of Grade, got"
                " 'top' (one of: high, low, middle)"
            ),
            (
                "/prove/always/0/answer: answer: expected a member of Offer, got 'ful'"
                " (did you mean 'full'?)"
            ),
            "/prove/always/1: 'answer' is missing",
            "/prove/always/1/answr: unknown key 'answr' (did you mean 'answer'?)",
            "/prove/never: expected a list, got a table",
        ]

    def test_tells_a_case(self) -> None:
        """The message names the answer, the rule and the case."""
        assert problems(
            {
                "always": [{"when": {"channel": "web"}, "answer": ">= plain"}],
                "never": [{"answer": "full"}],
            }
        ) == [
            (
                "/prove/always/0: 'always >= plain when channel is web' does not hold:"
                " it is none by rule 'b' in case of member no, grade low, channel web"
            ),
            (
                "/prove/never/0: 'never full when anything at all' does not hold: it is"
                " full by rule 'a' in case of grade high"
            ),
        ]


class TestProperties:
    def test_are_part_of_the_table(self) -> None:
        """What is declared is kept with the table, and makes it another one."""
        document = {
            "rule": RULES,
            "prove": {"rising": {"grade": ["low", "high"]}, "never": []},
        }
        table = build(document, yields="offer", answers=Offer, facts=FACTS)

        assert table.properties == (
            Trend(fact="grade", rising=True, chain=(Grade.LOW, Grade.HIGH)),
        )
        assert table != build(
            {"rule": RULES}, yields="offer", answers=Offer, facts=FACTS
        )
        assert HitPolicy.FIRST is table.hit


class TestCasesThatCannotBe:
    @pytest.mark.parametrize("cell", ["< 0", "not(>= 0)"])
    def test_promise_nothing(self, cell: str) -> None:
        """A promise about what cannot be would be kept by any table."""
        with pytest.raises(PolicyError) as refused:
            build(
                {
                    "rule": told({"id": "all", "then": "full"}),
                    "prove": {"never": [{"when": {"visits": cell}, "answer": "none"}]},
                },
                yields="offer",
                answers=Offer,
                facts={"visits": Domain(int, least=0)},
            )

        assert [str(problem) for problem in refused.value.problems] == [
            f"/prove/never/0/when/visits: visits: no value is {cell}"
        ]


class TestCuts:
    def test_come_from_each_promise(self) -> None:
        """A promise is kept where no rule cuts, whatever others promise besides."""
        rules = told(
            {"id": "many", "when": {"visits": ">= 3"}, "then": "full"},
            {"id": "rest", "then": "plain"},
        )
        promised = [
            {"when": {"visits": ">= 7"}, "answer": "none"},
            {"when": {"visits": ">= 5"}, "answer": "full"},
        ]

        with pytest.raises(PolicyError, match="it is full by rule 'many'") as caught:
            build(
                {"rule": rules, "prove": {"always": promised}},
                yields="offer",
                answers=Offer,
                facts={"visits": Domain(int, least=0)},
            )
        [problem] = caught.value.problems
        assert problem.pointer == "/prove/always/0"
