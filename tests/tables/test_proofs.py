import operator
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.errors import PolicyError, Problem
from relationkit.strategies._tables import Grade, Offer, columns, documents, tables
from relationkit.tables import Domain, HitPolicy, Table, build
from relationkit.tables._boxes import Box, shared, volume
from relationkit.tables._proofs import STEPS, Proofs
from tests.tables.oracle import (
    KEY,
    Facts,
    Oracle,
    Rules,
    admits,
    case_in,
    facts_of,
    problems,
    sparse,
    told,
)

BOTH = re.compile(
    r"the rules '(\w+)' and '(\w+)' both match(?:, and (\d+) more)?: (.*)"
)


def with_rules(facts: Facts) -> st.SearchStrategy[tuple[Rules, Facts]]:
    return st.tuples(documents(facts, Offer), st.just(facts))


unproved = columns().flatmap(with_rules)
FULL = (0b11, 0b1111, 0b111, 0b1)
boxes = st.lists(
    st.tuples(*(st.integers(0, every) | st.just(every) for every in FULL)), max_size=7
)


def cases(box: Box) -> set[tuple[int, ...]]:
    """The cases of a box, one by one."""
    return {*product(*([at for at in range(4) if mask >> at & 1] for mask in box))}


def wider(box: Box) -> Iterator[Box]:
    """The boxes that have one atom more in one column."""
    for column, every in enumerate(FULL):
        for at in range(every.bit_length()):
            if not box[column] >> at & 1:
                yield (*box[:column], box[column] | 1 << at, *box[column + 1 :])


def told_by(gap: Problem, facts: Facts) -> tuple[Mapping[str, str], str]:
    """The cells of a gap, and the words for a case in it."""
    asked, _, words = gap.message.partition("; such as ")
    names = "|".join(facts)
    asked = asked.removeprefix("no rule answers when ")
    parts = re.split(rf"(?:^|, )({names}) is ", asked)
    return dict(zip(parts[1::2], parts[2::2], strict=True)), words


class TestProofs:
    @KEY
    @given(boxes)
    def test_keep_for_each_box_what_is_left(self, boxes: list[Box]) -> None:
        """Each box has as its own what no earlier one has, none of it twice."""
        proofs = Proofs(FULL, boxes, STEPS)

        taken: set[tuple[int, ...]] = set()
        for box, own in zip(boxes, proofs.own, strict=True):
            parts = [cases(part) for part in own]
            assert sum(map(len, parts)) == len({c for part in parts for c in part})
            assert {c for part in parts for c in part} == cases(box) - taken
            taken |= cases(box)
        assert proofs.is_total == (taken == cases(FULL))
        event(f"{len(boxes)} boxes, total: {proofs.is_total}")

    @KEY
    @given(boxes)
    def test_find_all_gaps(self, boxes: list[Box]) -> None:
        """Gaps have all that is in no box, none of it twice, and cannot be wider."""
        gaps = [*Proofs(FULL, boxes, STEPS).gaps()]

        taken = {case for box in boxes for case in cases(box)}
        event(f"{len(gaps)} gaps")
        for gap in gaps:
            assert cases(gap)
            assert not cases(gap) & taken
            assert all(cases(more) & taken for more in wider(gap))
            taken |= cases(gap)
        assert taken == cases(FULL)

    @pytest.mark.parametrize(
        ("boxes", "gap"),
        [
            ([(2, 2, 3), (2, 1, 2)], (1, 3, 3)),
            ([(3, 2, 2), (2, 1, 2)], (3, 3, 1)),
        ],
        ids=["last", "first"],
    )
    def test_find_a_wide_gap(self, boxes: list[Box], gap: Box) -> None:
        """Of the first columns made wide first, and the last ones, the wider is told.

        What is taken is all but (x = 0) or (y = 0 and z = 0), and the other way
        round.
        """
        assert next(Proofs((3, 3, 3), boxes, STEPS).gaps()) == gap

    def test_find_a_gap_among_more_cases_than_fit_a_float(self) -> None:
        """Counting is exact: one case is missing out of three to the 40th."""
        full, last = (0b111,) * 40, 0b100
        boxes = [((last,) * at + (0b011,) + full[at + 1 :]) for at in range(40)]

        assert [*Proofs(full, boxes, STEPS).gaps()] == [(last,) * 40]

    @given(boxes)
    def test_find_what_overlaps(self, boxes: list[Box]) -> None:
        """For each box the earlier ones are known with which it shares a case."""
        proofs = Proofs(FULL, boxes, STEPS)

        for at, earlier in enumerate(proofs.earlier):
            met = [cases(boxes[at]) & cases(box) for box in boxes[:at]]
            assert earlier == sum(1 << where for where, both in enumerate(met) if both)


class TestGaps:
    @given(unproved, st.sampled_from(["first", "unique", "any"]))
    def test_are_told_iff_there_are_any(
        self, unproved: tuple[Rules, Facts], hit: str
    ) -> None:
        """What is told has no answer, none of it twice, and it is all, up to five."""
        (*rules, _), facts = unproved
        oracle = Oracle.of(rules, facts)

        gaps = [
            problem
            for problem in problems({"rule": rules, "hit": hit}, facts)
            if problem.code == "gap"
        ]

        event(f"{len(gaps)} gaps in {len(rules)} rules")
        left = [c for c in oracle.completions({}) if oracle.fires(c) is None]
        for gap in gaps:
            cells, words = told_by(gap, facts)
            inside = [
                case
                for case in left
                if all(admits(cell, case[name]) for name, cell in cells.items())
            ]
            such = case_in(words, facts)
            assert oracle.fired(such) == {None}
            assert all(admits(cell, such[name]) for name, cell in cells.items())
            assert len(inside) == sum(
                all(admits(cell, case[name]) for name, cell in cells.items())
                for case in oracle.completions({})
            )
            left = [case for case in left if case not in inside]
        assert len(gaps) == any(oracle.fires(c) is None for c in oracle.completions({}))

    @given(tables())
    def test_are_together_all_that_is_left(self, table: Table[StrEnum]) -> None:
        """Gaps have no case twice and none of a rule, and lack no case."""
        proofs = Proofs(table.full, table.boxes[:-1], STEPS)

        gaps = [*proofs.gaps()]

        parts = [*gaps, *(box for own in proofs.own for box in own)]
        event(f"{len(gaps)} gaps")
        assert sum(map(volume, parts)) == volume(table.full)
        assert not any(shared(one, other) for one, other in combinations(parts, 2))

    @given(tables())
    def test_are_left_by_the_last_rule(self, table: Table[StrEnum]) -> None:
        """Without its last rule a table has a gap, and is refused for that alone."""
        rules = sparse(table)[:-1]

        assert {p.code for p in problems(rules, facts_of(table))} == {"gap"}

    def test_are_all_there_is_without_rules(self) -> None:
        """What has no rule answers nothing."""
        assert problems([], {}) == (
            Problem(
                "",
                "gap",
                "no rule answers when anything at all",
                "add a rule for it, or a last rule that asks nothing",
            ),
        )

    def test_read_as_cells(self) -> None:
        """A gap is told as a rule for it would ask, with a case in it."""
        rules = told(
            {"id": "a", "when": {"grade": "low", "visits": ">= 5"}, "then": "none"},
            {"id": "b", "when": {"grade": "high"}, "then": "full"},
        )
        facts = {"grade": Domain(Grade), "visits": Domain(int, least=0)}

        (problem,) = problems(rules, facts)
        assert problem.message == (
            "no rule answers when grade is not(high), visits is < 5; such as grade low,"
            " visits 0"
        )


class TestCellsOfNothing:
    @pytest.mark.parametrize("cell", ["-5", "< 0", "not(>= 0)", "[-2 .. -1]"])
    def test_are_told_as_such(self, cell: str) -> None:
        """A rule that no fact can meet is told apart from one that comes too late."""
        rules = told(
            {"id": "never", "when": {"visits": cell}, "then": "none"},
            {"id": "rest", "then": "plain"},
        )

        assert problems(rules, {"visits": Domain(int, least=0)}) == (
            Problem(
                "/rule/0",
                "dead_rule",
                "the rule 'never' never matches: a cell asks for what no fact can be",
                "correct the cell, or remove the rule",
            ),
        )


class TestOverlaps:
    @given(unproved, st.sampled_from([HitPolicy.UNIQUE, HitPolicy.ANY]))
    def test_are_told_iff_there_are_any(
        self, unproved: tuple[Rules, Facts], hit: HitPolicy
    ) -> None:
        """Each rule is told that meets an earlier one which it must not meet."""
        rules, facts = unproved
        oracle = Oracle.of(rules, facts)
        pairs = {
            (one, other)
            for case in oracle.completions({})
            for one, other in combinations(oracle.matching(case), 2)
            if hit is HitPolicy.UNIQUE or rules[one]["then"] != rules[other]["then"]
        }

        overlaps = {
            problem.pointer: problem.message
            for problem in problems({"rule": rules, "hit": hit.value}, facts)
            if problem.code == "overlap"
        }

        event(f"{hit}, {len(overlaps)} overlaps")
        assert {*overlaps} == {f"/rule/{at}" for _, at in pairs}
        for at in range(len(rules)):
            if said := overlaps.get(f"/rule/{at}"):
                met = BOTH.fullmatch(said)
                assert met
                others = sorted(one for one, other in pairs if other == at)
                assert (met[1], met[2]) == (f"r{others[0]}", f"r{at}")
                assert int(met[3] or 0) == len(others) - 1
                such = {} if met[4] == "in any case" else case_in(met[4], facts)
                for case in oracle.completions(such):
                    assert {others[0], at} <= {*oracle.matching(case)}

    def test_are_told_with_a_case(self) -> None:
        """Where two rules meet, a case is told in which they do."""
        rules = told(
            {"id": "a", "when": {"grade": "low, middle"}, "then": "none"},
            {"id": "b", "when": {"grade": "middle, high"}, "then": "full"},
            {"id": "c", "when": {"grade": "not(low)"}, "then": "full"},
        )
        facts = {"grade": Domain(Grade)}

        def overlaps(hit: str) -> list[str]:
            found = problems({"rule": rules, "hit": hit}, facts)
            return [p.message for p in found if p.code == "overlap"]

        assert overlaps("first") == []
        assert overlaps("any") == [
            "the rules 'a' and 'b' both match: grade middle",
            "the rules 'a' and 'c' both match: grade middle",
        ]
        assert overlaps("unique") == [
            "the rules 'a' and 'b' both match: grade middle",
            "the rules 'a' and 'c' both match, and 1 more: grade middle",
        ]
        found = problems({"rule": rules, "hit": "any"}, facts)
        hints = {problem.hint for problem in found if problem.code == "overlap"}
        assert hints == {"narrow one"}

    def test_of_rules_that_ask_nothing(self) -> None:
        """Where every case is one, that is said."""
        rules = told({"id": "a", "then": "none"}, {"id": "b", "then": "full"})

        found = problems({"rule": rules, "hit": "any"}, {})

        assert [(p.code, p.message) for p in found] == [
            ("dead_rule", "the rule 'b' never decides: earlier rules leave it no case"),
            ("overlap", "the rules 'a' and 'b' both match: in any case"),
        ]


class TestDeadRules:
    @KEY
    @given(unproved)
    def test_are_told_iff_there_are_any(self, unproved: tuple[Rules, Facts]) -> None:
        """A rule is refused, where it stands, iff no case is left to it."""
        rules, facts = unproved
        alive = Oracle.of(rules, facts).fired({})

        dead = [at for at in range(len(rules)) if at not in alive]

        event(f"{len(dead)} dead of {len(rules)}")
        assert [(p.pointer, p.code) for p in problems(rules, facts)] == [
            (f"/rule/{at}", "dead_rule") for at in dead
        ]

    def test_may_be_covered_by_several_earlier_ones_together(self) -> None:
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
    def test_may_match_nothing(self, cell: str) -> None:
        """A rule that no case can meet is dead, even if it is the first."""
        rules = told(
            {"id": "never", "when": {"visits": cell}, "then": "none"},
            {"id": "rest", "then": "plain"},
        )

        (problem,) = problems(rules, {"visits": Domain(int, least=0)})

        assert (problem.pointer, problem.code) == ("/rule/0", "dead_rule")


class TestPieces:
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


class TestSteps:
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
        [["-"] * 5_000, [",".join(map(str, range(0, 200_000, 2))), "-"]],
        ids=["alike", "a long list"],
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

    @pytest.mark.parametrize("form", ["rows", "rule"])
    def test_are_not_begun_on_too_many_rules(self, form: str) -> None:
        """A table of more rules than one may have is not even read."""
        with pytest.raises(PolicyError) as refused:
            build(
                {"columns": [], form: [None] * 5_001},
                yields="offer",
                answers=Offer,
                facts={},
            )

        (problem,) = refused.value.problems
        assert problem == Problem(
            f"/{form}",
            "limit",
            "the table has 5001 rules, more than 5000",
            "split it into several tables",
        )

    @pytest.mark.parametrize("columns", [40, 200])
    def test_give_up_on_pieces_that_double(self, columns: int) -> None:
        """Each pair of facts doubles what is left for the last rule."""
        facts = {f"f{at}": Domain(bool) for at in range(columns)}
        pairs = [
            {
                "id": f"r{at}",
                "when": {f"f{at}": True, f"f{at + 1}": True},
                "then": "full",
            }
            for at in range(0, columns, 2)
        ]

        (problem,) = problems(told(*pairs, {"id": "rest", "then": "plain"}), facts)

        assert problem.code == "not_proved"
        assert re.search(r"within \d+ steps$", problem.message)

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
