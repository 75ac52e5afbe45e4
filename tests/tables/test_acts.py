from collections.abc import Sequence

import pytest

from relationkit.errors import PolicyError
from relationkit.strategies._tables import Grade, Offer
from relationkit.tables import Act, Domain, Table, build, parse
from tests.tables.oracle import told

FACTS = {
    "member": Domain(bool),
    "grade": Domain(Grade),
    "visits": Domain(int, least=0),
    "unread": Domain(bool),
}
RULES = told(
    {"id": "a", "when": {"member": True, "visits": "> 3"}, "then": "full"},
    {"id": "b", "when": {"grade": "low"}, "then": "none"},
    {"id": "rest", "then": "plain"},
)


def built(changeable: object, acts: Sequence[Act] = ()) -> Table[Offer]:
    document = {"rule": RULES, "changeable": changeable}
    return build(document, yields="offer", answers=Offer, facts=FACTS, acts=acts)


def problems(changeable: object) -> list[str]:
    with pytest.raises(PolicyError) as refused:
        built(changeable)
    return [*map(str, refused.value.problems)]


class TestActs:
    def test_are_declared_in_three_ways(self) -> None:
        """A fact can be changed, or by something to something, in whatever order."""
        table = built(
            {"grade": True, "visits": "come", "member": {"true": "join", " - ": "ask"}}
        )

        assert table.acts == (
            Act(fact="member", by="ask"),
            Act(fact="member", to=parse("true", FACTS["member"]), by="join"),
            Act(fact="grade"),
            Act(fact="visits", by="come"),
        )

    def test_may_come_from_elsewhere(self) -> None:
        """Acts given beside the document follow its own, unless no fact is theirs."""
        more = [Act(fact="grade", by="study"), Act(fact="stance", by="talk")]

        assert built({"visits": True}, more).acts == (Act(fact="visits"), more[0])

    def test_may_cut_where_no_rule_does(self) -> None:
        """What a fact can become is kept apart from the rest of it, exactly."""
        table = built({"visits": {"[7 .. 9]": "come"}})
        case = {"member": True, "visits": 1, "grade": Grade.HIGH}

        (way,) = table.decide(case).to_reach(Offer.FULL)

        assert str(way) == "come (visits from 1 to 7 .. 10)"

    def test_of_facts_that_no_rule_reads_are_no_way(self) -> None:
        """They may be declared, and change nothing."""
        table = built({"unread": True})
        case = {"member": True, "visits": 1, "grade": Grade.HIGH}

        assert table.acts == (Act(fact="unread"),)
        assert table.facts == ("member", "grade", "visits")
        assert table.decide(case).to_reach(Offer.FULL) == ()

    def test_make_another_table(self) -> None:
        """What can be changed is a part of what a table says."""
        assert built({"grade": True}) != built({})
        assert built({"grade": True}) == built({}, [Act(fact="grade")])

    def test_are_told_where_they_do_not_read_well(self) -> None:
        """Whatever is wrong stands beside its place."""
        assert problems(
            {"membr": True, "member": False, "grade": {"top": "study", "low": " "}}
        ) == [
            "/changeable/membr: unknown fact 'membr' (did you mean 'member'?)",
            (
                "/changeable/member: expected true, a text, or a table, got false"
                " (write true if it can be changed, or leave it out)"
            ),
            (
                "/changeable/grade/top: grade: expected a member of Grade, got 'top'"
                " (one of: high, low, middle)"
            ),
            "/changeable/grade/low: ' ' is blank (say something here)",
        ]
        assert problems({"grade": " "}) == [
            "/changeable/grade: ' ' is blank (say something here)"
        ]
        assert problems(["grade"]) == ["/changeable: expected a table, got a list"]
        with pytest.raises(PolicyError) as refused:
            built({"member": False})
        assert [problem.code for problem in refused.value.problems] == ["type"]
