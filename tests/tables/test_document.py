"""Tables as documents: what is built of them again is the same."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import strategies, tables
from relationkit.reading import Reader
from relationkit.strategies._tables import Grade, Offer, columns
from relationkit.tables import Act, Domain, HitPolicy, Table, acts_document, acts_of
from relationkit.tables._cells import parse

FACTS = {"member": Domain(bool), "grade": Domain(Grade), "visits": Domain(int, least=0)}
TOLD = {"because": "so", "source": "ours"}


def again(table: Table[Offer], facts: Mapping[str, Domain]) -> Table[Offer]:
    document = tables.document(table)
    return tables.build(document, yields="offer", answers=Offer, facts=facts)


class TestDocument:
    @given(data=st.data(), facts=columns())
    def test_builds_the_same(
        self, data: st.DataObject, facts: Mapping[str, Domain]
    ) -> None:
        """Whatever its cells, a table is built again from its document."""
        made = data.draw(strategies.tables(facts=st.just(facts)))
        document = tables.document(made)
        read = tables.build(
            document, yields=made.yields, answers=Offer, facts=facts, ref=made.ref
        )

        assert read == made
        assert tables.document(read) == document

    def test_keeps_all_that_is_declared(self) -> None:
        """Hit policy, acts, contested rules and properties of every form are there."""
        table = tables.build(
            {
                "hit": "any",
                "changeable": {"visits": {"-": "call", ">= 3": "come"}, "grade": True},
                "rule": [
                    {"id": "a", "when": {"member": True}, "then": "full", **TOLD},
                    {"id": "b", "then": "none", "contested": True, **TOLD}
                    | {"when": {"member": "not(true)"}},
                ],
                "prove": {
                    "rising": {"member": ["false", "true"], "visits": True},
                    "falling": {"grade": True},
                    "always": [{"answer": "none, full"}],
                    "never": [{"when": {"member": True}, "answer": "plain"}],
                },
            },
            yields="offer",
            answers=Offer,
            facts=FACTS,
        )
        document = tables.document(table)

        assert again(table, FACTS) == table
        assert table.hit is HitPolicy.ANY
        assert document["prove"]["rising"] == {
            "member": ["false", "true"],
            "visits": True,
        }
        assert document["prove"]["always"] == [{"answer": "none, full"}]
        assert [*document] == ["hit", "changeable", "rule", "prove"]


class TestActs:
    @pytest.mark.parametrize(
        "acts",
        [
            (),
            (Act(fact="member"), Act(fact="grade", by="study")),
            (Act(fact="visits", by="a"), Act(fact="visits", by="b")),
            (
                Act(fact="member", to=parse("false", FACTS["member"]), by="leave"),
                Act(fact="member", to=parse("true", FACTS["member"]), by="ask"),
                Act(fact="member", to=parse("true", FACTS["member"]), by="join"),
            ),
        ],
    )
    def test_are_read_again(self, acts: tuple[Act, ...]) -> None:
        """Several of one fact are kept apart, even to the same cell."""
        assert acts_of(Reader(acts_document(acts)), FACTS) == acts
