from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations

import pytest
from attrs import fields
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from relationkit.decisions import Decision, Undecided
from relationkit.strategies._variants import Asked, asked, variants
from relationkit.tables import FactRecord, HitPolicy, Table
from relationkit.tables._boxes import shared

HITS = (HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.ANY)


def features(asked: Asked) -> Iterator[str]:
    """What sets a table and a case apart from simple ones."""
    table = asked.table
    pairs = combinations(table.boxes, 2)
    told = {
        "rules that overlap": any(shared(one, other) for one, other in pairs),
        "many rules": len(table.rules) > 4,
        "acts": bool(table.acts),
        "acts with words": any(act.by for act in table.acts),
        "acts that lead somewhere": any(not act.to.is_any for act in table.acts),
        "facts that its record lacks": len(table.own) < len(table.facts),
        "outcomes": bool(asked.given),
        "an undecided outcome": any(o.answer is None for o in asked.given.values()),
        "everything known": None not in asked.case.values() and not asked.given,
        "undecided": isinstance(table.decide(asked.case), Undecided),
    }
    yield from (f"{table.hit}: {name}" for name, is_so in told.items() if is_so)


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """All that comes up in some hundred draws."""
    found: set[str] = set()

    @settings(max_examples=300, phases=[Phase.generate])
    @given(variants(changeable=True).flatmap(asked))
    def look(asked: Asked) -> None:
        found.update(features(asked))

    look()
    return found


class TestVariants:
    @given(variants())
    def test_keep_their_hit_policy(self, table: Table[StrEnum]) -> None:
        """No two rules of a unique table meet; those of any answer alike."""
        for (one, box), (other, its) in combinations(
            zip(table.rules, table.boxes, strict=True), 2
        ):
            if shared(box, its):
                assert table.hit is not HitPolicy.UNIQUE
                assert table.hit is HitPolicy.FIRST or one.answer is other.answer
        assert table.acts == ()
        assert issubclass(table.record or object, FactRecord)

    @pytest.mark.parametrize("hit", HITS)
    @pytest.mark.parametrize(
        "feature",
        [
            *("many rules", "acts", "acts with words", "acts that lead somewhere"),
            *("facts that its record lacks", "outcomes", "an undecided outcome"),
            *("everything known", "undecided"),
        ],
    )
    def test_are_of_every_kind(
        self, seen: set[str], hit: HitPolicy, feature: str
    ) -> None:
        """Under each hit policy, all that sets a table apart comes up."""
        assert f"{hit}: {feature}" in seen

    def test_overlap_where_they_may(self, seen: set[str]) -> None:
        """Rules overlap where the first wins and where they agree."""
        assert {f"{hit}: rules that overlap" for hit in HITS} & seen == {
            "first: rules that overlap",
            "any: rules that overlap",
        }

    @given(st.data())
    def test_take_hit_policies(self, data: st.DataObject) -> None:
        """Only tables of the chosen policies are made."""
        table = data.draw(variants(hits=[HitPolicy.ANY]))

        assert table.hit is HitPolicy.ANY


class TestAsked:
    @given(variants().flatmap(asked))
    def test_tells_the_same_in_all_forms(self, asked: Asked) -> None:
        """A record and the outcomes beside it have the facts of the case."""
        table, record = asked.table, asked.record
        held = {f.name for f in fields(table.record or object)}  # type: ignore[arg-type]

        assert isinstance(record, table.record or object)
        for name, fact in asked.case.items():
            if name in asked.given:
                assert asked.given[name] is fact
                assert isinstance(fact, (Decision, Undecided))
            else:
                assert getattr(record, name) is fact
        assert {*table.facts} <= held | {*asked.given}
