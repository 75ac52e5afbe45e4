"""Differences of two tables, held against every case that there is."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import combinations, permutations, product
from math import prod

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.decisions import Value
from relationkit.errors import StepsError
from relationkit.strategies._tables import (
    Channel,
    Grade,
    Offer,
    alive,
    built,
    columns,
    documents,
    tables,
)
from relationkit.tables import Axis, Difference, Domain, Table, build, diff, parse
from relationkit.tables._diff import _rising

Facts = Mapping[str, Domain]
Rules = list[dict[str, object]]
Case = Mapping[str, Value]

MANY = 3_000
NINE = range(9)


def cases(*both: Table[StrEnum]) -> Iterator[Case]:
    """A case of every kind that either table tells apart."""
    axes: dict[str, list[Axis]] = {}
    for axis in (axis for table in both for axis in table.axes):
        axes.setdefault(axis.name, []).append(axis)
    values = {name: [*samples(*found)] for name, found in axes.items()}
    for combined in product(*values.values()):
        yield dict(zip(values, combined, strict=True))


def samples(one: Axis, *others: Axis) -> Iterator[Value]:
    """A value from each atom, as all of them together cut it."""
    cuts = {cut for axis in (one, *others) for cut in axis.cuts}
    fine = Axis(one.name, one.domain, one.start, tuple(sorted(cuts)))
    return (fine.sample(1 << at) for at in range(len(fine.starts)))


def is_in(case: Case, found: Difference[StrEnum], facts: Facts) -> bool:
    """Whether *case* is among those of a difference."""
    return all(meets(case[name], cell, facts[name]) for name, cell in found.where)


def meets(value: Value, text: str, domain: Domain) -> bool:
    cell = parse(text, domain)
    axis = Axis.cut("it", domain, cell.spans)
    return bool(axis.atom(value) & axis.mask_of(cell))


def only(case: Case, table: Table[StrEnum]) -> Case:
    return {name: case[name] for name in table.facts}


def check(old: Table[StrEnum], new: Table[StrEnum]) -> int:
    """Hold the differences of two tables against all cases; how many there are."""
    facts = dict(old.declared) | dict(new.declared)
    found = diff(old, new)
    fired: list[tuple[set[str], set[str]]] = [(set(), set()) for _ in found]
    for case in cases(old, new):
        was, is_ = old.decide(only(case, old)), new.decide(only(case, new))
        here = [at for at, one in enumerate(found) if is_in(case, one, facts)]
        assert len(here) == (was.answer is not is_.answer)
        for at in here:
            assert found[at].before is was.answer
            assert found[at].after is is_.answer
            fired[at][0].update(was.rules)
            fired[at][1].update(is_.rules)
    for one, (before, after) in zip(found, fired, strict=True):
        assert one.rules_before == tuple(r.id for r in old.rules if r.id in before)
        assert one.rules_after == tuple(r.id for r in new.rules if r.id in after)
    return len(found)


def few(facts: Facts) -> Facts:
    return dict([*facts.items()][:3])


def with_rules(facts: Facts) -> st.SearchStrategy[tuple[Facts, Rules, Rules]]:
    rules = documents(facts, Offer)
    return st.tuples(st.just(facts), rules, rules)


def table_of(rules: Sequence[Mapping[str, object]], facts: Facts) -> Table[StrEnum]:
    return built(alive(rules, facts, Offer), facts, Offer)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Table[StrEnum], Table[StrEnum]]:
    """A table, and the same after some rules are edited, put in, taken out, moved."""
    facts, old, more = draw(columns().map(few).flatmap(with_rules))
    new = [*old]
    for at, other in enumerate(draw(st.lists(st.sampled_from(more), max_size=2))):
        place = draw(st.integers(0, len(new) - 1))
        fresh = {**other, "id": f"n{at}"}
        how = draw(st.sampled_from(["edit", "insert", "delete", "swap", "answer"]))
        event(how)
        last = place == len(new) - 1
        if how == "insert":
            new.insert(place, fresh)
        elif how == "answer":
            new[place] = {**new[place], "then": other["then"]}
        elif how == "edit" and not last:
            new[place] = {**fresh, "id": new[place]["id"]}
        elif how == "delete" and not last:
            del new[place]
        elif how == "swap" and not last:
            new[: place + 1] = new[: place + 1][::-1]
    return table_of(old, facts), table_of(new, facts)


@st.composite
def unlike(draw: st.DrawFn) -> tuple[Table[StrEnum], Table[StrEnum]]:
    """Two tables that have nothing in common but what they are about."""
    facts, old, new = draw(columns().map(few).flatmap(with_rules))
    return table_of(old, facts), table_of(new, facts)


def are_few(both: tuple[Table[StrEnum], Table[StrEnum]]) -> bool:
    """Whether all cases can be tried in no time."""
    names: dict[str, int] = {}
    for axis in (axis for table in both for axis in table.axes):
        names[axis.name] = names.get(axis.name, 0) + len(axis.cuts) + 1
    return prod(names.values()) <= MANY


def told(*rules: Mapping[str, object]) -> Rules:
    return [{"because": "so", "source": "ours", **rule} for rule in rules]


FACTS = {"member": Domain(bool), "grade": Domain(Grade), "visits": Domain(int, least=0)}
make = partial(build, yields="offer", answers=Offer, facts=FACTS)
REST = {"id": "rest", "then": "plain"}


class TestDiff:
    @given(edited().filter(are_few) | unlike().filter(are_few))
    def test_finds_all_and_nothing_else(
        self, both: tuple[Table[StrEnum], Table[StrEnum]]
    ) -> None:
        """A case is in one difference if it is answered differently, else in none."""
        event(f"{min(check(*both), 9)} differences")

    @given(tables())
    def test_is_nothing_for_one_table(self, table: Table[StrEnum]) -> None:
        """A table does not differ from itself."""
        assert diff(table, table) == ()

    @given(edited())
    def test_says_the_same_each_time_and_both_ways(
        self, both: tuple[Table[StrEnum], Table[StrEnum]]
    ) -> None:
        """It hangs on nothing but the tables; the way back is the same in reverse."""
        old, new = both

        there, back = diff(old, new), diff(new, old)

        assert there == diff(old, new)
        assert {(one.before, one.after) for one in there} == {
            (one.after, one.before) for one in back
        }

    def test_reads_as_a_sentence(self) -> None:
        """It says which cases, and each answer with its rules."""
        full = {
            "id": "vip",
            "when": {"grade": "high", "visits": ">= 5"},
            "then": "full",
        }
        old = make({"rule": told(full, REST)})
        full["when"] = {"grade": "high, middle", "visits": ">= 3", "member": True}
        new = make({"rule": told(full, REST)})

        lost, *won = map(str, diff(old, new))
        assert lost == (
            "member is false, grade is high, visits is >= 5: full (vip) -> plain (rest)"
        )
        assert won == [
            f"member is true, {cells}: plain (rest) -> full (vip)"
            for cells in (
                "grade is middle, visits is >= 3",
                "grade is high, visits is 3 .. 5",
            )
        ]

    def test_names_every_rule_that_answers(self) -> None:
        """Cases that several rules answer alike are one difference."""
        old = make(
            {
                "rule": told(
                    {"id": "a", "when": {"grade": "low"}, "then": "none"},
                    {"id": "b", "when": {"grade": "middle"}, "then": "none"},
                    REST,
                )
            }
        )
        new = make({"rule": told({"id": "all", "then": "plain"})})

        (found,) = diff(old, new)

        assert found.where == (("grade", "not(high)"),)
        assert found.rules_before == ("a", "b")
        assert str(found) == "grade is not(high): none (a or b) -> plain (all)"

    def test_may_be_in_any_case(self) -> None:
        """Where nothing is asked there is nothing to say of the case."""
        old, new = (
            make({"rule": told({"id": "all", "then": then})})
            for then in ("none", "full")
        )

        (found,) = diff(old, new)

        assert str(found) == "whatever the case: none (all) -> full (all)"

    def test_is_none_of_reasons(self) -> None:
        """Another rule, reason, source or order for the same answer is no matter."""
        one = {"id": "a", "when": {"member": True, "grade": "high"}, "then": "full"}
        two = {"id": "b", "when": {"visits": "> 5", "grade": "low"}, "then": "none"}
        old = make({"rule": told(one, two, REST)})
        new = make(
            {
                "rule": [
                    {**two, "because": "other", "source": "A1"},
                    *told({**one, "id": "c"}, REST),
                ]
            }
        )

        assert diff(old, new) == ()

    @pytest.mark.parametrize("hit", ["first", "any"])
    def test_is_of_any_hit_policy(self, hit: str) -> None:
        """Where rules overlap and agree, no case is told twice."""
        rules = told(
            {"id": "a", "when": {"member": True, "visits": "> 5"}, "then": "full"},
            {"id": "b", "when": {"grade": "high", "visits": "> 5"}, "then": "full"},
            {
                "id": "c",
                "when": {"member": False, "grade": "not(high)"},
                "then": "none",
            },
            {"id": "d", "when": {"visits": "<= 5", "member": True}, "then": "none"},
            {"id": "e", "when": {"visits": "<= 5", "grade": "high"}, "then": "none"},
        )
        old = make({"rule": rules, "hit": hit})
        new = make({"rule": told({"id": "all", "then": "plain"}), "hit": "unique"})

        assert check(old, new) >= 2
        assert check(new, old) >= 2

    @given(edited())
    def test_follows_the_rules(
        self, both: tuple[Table[StrEnum], Table[StrEnum]]
    ) -> None:
        """Differences come in the order of the old rules, then of the new ones."""
        old, new = both

        places = [
            (
                [old.place(id_) for id_ in one.rules_before],
                [new.place(id_) for id_ in one.rules_after],
            )
            for one in diff(old, new)
        ]

        assert places == sorted(places)

    @pytest.mark.parametrize("size", range(6))
    def test_compares_as_few_rules_as_there_are(self, size: int) -> None:
        """Of rules in another order, as many as possible count as the same ones."""
        for order in permutations(range(size)):
            pairs = [*enumerate(order)]
            most = max(
                length
                for length in range(size + 1)
                for some in combinations(order, length)
                if [*some] == sorted(some)
            )

            kept = [*_rising(pairs)][::-1]

            assert len(kept) == most
            assert kept == sorted(kept)
            assert {*kept} <= {*pairs}
            assert [now for _, now in kept] == sorted(now for _, now in kept)

    def test_is_of_facts_that_one_table_knows(self) -> None:
        """A fact that only one of two tables may read makes a difference too."""
        asks = {"id": "a", "when": {"visits": ">= 5"}, "then": "full"}
        one = make({"rule": told(asks, REST)})
        other = make({"rule": told(REST)}, facts={"member": Domain(bool)})

        assert check(one, other) == check(other, one) == 1

    def test_looks_at_what_is_not_the_same(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What both tables have takes no steps, however much it is."""
        rules = told(
            *(
                {"id": f"r{n}", "when": {"visits": str(n)}, "then": "full"}
                for n in NINE
            ),
            REST,
        )
        old = make({"rule": rules})
        rules[4] = {**rules[4], "then": "none"}
        new = make({"rule": rules})
        monkeypatch.setattr("relationkit.tables._diff.STEPS", 3)

        (found,) = diff(old, new)

        assert str(found) == "visits is 4: full (r4) -> none (r4)"

    def test_refuses_another_question(self) -> None:
        """Tables of different answers, or of a different name, do not compare."""
        facts = {"member": Domain(bool)}
        rules = {"rule": told({"id": "all", "then": "plain"})}
        one = build(rules, yields="offer", answers=Offer, facts=facts)
        two = build(rules, yields="price", answers=Offer, facts=facts)
        rules = {"rule": told({"id": "all", "then": "shop"})}
        three = build(rules, yields="offer", answers=Channel, facts=facts)

        with pytest.raises(
            ValueError, match="yields: 'offer' in the old table, 'price'"
        ):
            diff(one, two)
        with pytest.raises(TypeError, match="answers: Offer in the old table, Channel"):
            diff(one, three)

    def test_refuses_another_fact_of_that_name(self) -> None:
        """A fact that either reads is of one class to both."""

        def asks(domain: Domain) -> Table[Offer]:
            rules = told({"id": "a", "when": {"spent": ">= 5"}, "then": "full"}, REST)
            facts = {"spent": domain}
            return build({"rule": rules}, yields="offer", answers=Offer, facts=facts)

        one, two = asks(Domain(int)), asks(Domain(Decimal, least=0))
        kinds = "^spent: int in the old table, Decimal of at least 0 in the new one; "
        with pytest.raises(ValueError, match=kinds):
            diff(one, two)

    def test_gives_up_in_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What takes too many steps is an error that says how many."""
        monkeypatch.setattr("relationkit.tables._diff.STEPS", 1)
        old = make({"rule": told({"id": "all", "then": "none"})})
        new = make({"rule": told({"id": "all", "then": "full"})})

        with pytest.raises(StepsError, match="'offer' are not found within 1 steps"):
            diff(old, new)
