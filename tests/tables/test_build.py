from collections.abc import Mapping
from decimal import Decimal

import pytest

from relationkit.decisions import PolicyRef
from relationkit.errors import PolicyError, Problem
from relationkit.strategies._tables import Channel, Offer
from relationkit.tables import Domain, Table, build

FACTS = {
    "member": Domain(bool),
    "channel": Domain(Channel),
    "spent": Domain(Decimal, least=0),
}
COLUMNS = ["id", "member", "spent", "=> offer", "because", "source"]
ROWS: list[list[object]] = [
    ["big", "-", ">= 1_000", "full", "spends much", "A1"],
    ["loyal", True, "-", "plain", "is a member", "ours"],
    ["others", "-", "-", "none", "no reason to", "ours"],
]
RULE = {"id": "all", "then": "plain", "because": "so it is", "source": "ours"}
FORMS = "write 'columns' and 'rows', or a list of 'rule' tables"


def built(document: object, facts: Mapping[str, Domain] = FACTS) -> Table[Offer]:
    return build(document, yields="offer", answers=Offer, facts=facts)  # type: ignore[arg-type]


def problems(document: object) -> list[Problem]:
    """All that is wrong with a document."""
    with pytest.raises(PolicyError) as refused:
        built(document)
    return [*refused.value.problems]


def told(document: object) -> list[str]:
    return [*map(str, problems(document))]


class TestDense:
    def test_reads_rows_by_their_columns(self) -> None:
        """A row has a cell for each column; those of facts are its conditions."""
        table = built({"columns": COLUMNS, "rows": ROWS})

        big, loyal, others = table.rules
        assert (big.id, big.answer, big.because, big.source, big.contested) == (
            "big",
            Offer.FULL,
            "spends much",
            "A1",
            False,
        )
        assert [(name, str(cell)) for name, cell in big.cells] == [
            ("spent", ">= 1_000")
        ]
        assert str(loyal.cell("member")) == "true"
        assert loyal.cell("spent").is_any
        assert others.cells == ()

    def test_may_be_of_tuples(self) -> None:
        """Rows made in Python are as good as rows that were read."""
        rows = tuple(tuple(row) for row in ROWS)

        assert built({"columns": tuple(COLUMNS), "rows": rows}) == built(
            {"columns": COLUMNS, "rows": ROWS}
        )

    def test_may_be_contested(self) -> None:
        """A column says of each rule whether good sources disagree."""
        columns = [*COLUMNS, "contested"]
        rows = [[*row, row[0] == "big"] for row in ROWS]

        table = built({"hit": "first", "columns": columns, "rows": rows})

        assert [rule.contested for rule in table.rules] == [True, False, False]

    def test_lacks_columns(self) -> None:
        """Each column that must be there is named, and rows are not guessed at."""
        assert problems({"columns": ["member"], "rows": [[True]]}) == [
            Problem("/columns", "missing", "the column 'id' is missing"),
            Problem("/columns", "missing", "the column '=> offer' is missing"),
            Problem("/columns", "missing", "the column 'because' is missing"),
            Problem("/columns", "missing", "the column 'source' is missing"),
        ]
        columns = ["id", "member", "spent", "=> offer", "because", "sources"]
        assert problems({"columns": columns, "rows": ROWS})[0] == Problem(
            "/columns",
            "missing",
            "the column 'source' is missing",
            "rename the column 'sources'",
        )

    def test_tells_rules_by_their_rows(self) -> None:
        """What is wrong with a rule stands at its row."""
        dead = ["none", "-", "-", "none", "never reached", "ours"]

        (problem,) = problems({"columns": COLUMNS, "rows": [*ROWS, dead]})

        assert (problem.pointer, problem.code) == ("/rows/3", "dead_rule")

    def test_has_words_where_a_fact_has_that_name(self) -> None:
        """The column of sources is none of a fact that is called like it."""
        facts = {**FACTS, "source": Domain(bool)}

        assert built({"columns": COLUMNS, "rows": ROWS}, facts).facts == (
            "member",
            "spent",
        )

    def test_has_a_column_twice(self) -> None:
        """Two columns of one name would be two conditions in one place."""
        columns = [*COLUMNS, "member"]
        rows = [[*row, "-"] for row in ROWS]

        assert problems({"columns": columns, "rows": rows}) == [
            Problem("/columns/6", "duplicate", "the column 'member' is there before")
        ]

    def test_has_an_unknown_column(self) -> None:
        """A misspelt fact is told once, where its name stands."""
        columns = ["id", "membr", "spent", "=> offer", "because", "source"]

        assert problems({"columns": columns, "rows": ROWS}) == [
            Problem(
                "/columns/1",
                "unknown_fact",
                "unknown fact 'membr'",
                "did you mean 'member'?",
            )
        ]

    def test_has_ragged_rows(self) -> None:
        """A row with a cell too many or too few is told, and the others are read."""
        rows = [ROWS[0][:-1], 5, [*ROWS[1], "x"], ["others", "x", *ROWS[2][2:]]]

        assert told({"columns": COLUMNS, "rows": rows}) == [
            "/rows/0: expected 6 cells, one a column, got 5",
            "/rows/1: expected a list, got 5, a number",
            "/rows/2: expected 6 cells, one a column, got 7",
            "/rows/3/1: member: expected true or false, got 'x' (one of: false, true)",
        ]
        assert [
            problem.code for problem in problems({"columns": COLUMNS, "rows": rows})
        ] == ["length", "type", "length", "cell"]

    def test_has_columns_without_names(self) -> None:
        """A column is a text."""
        assert told({"columns": [*COLUMNS, 5, []], "rows": []}) == [
            "/columns/6: expected a text, got 5, a number",
            "/columns/7: expected a text, got a list",
            "/columns/7: the column '' is there before",
        ]
        assert told({"columns": "id", "rows": []})[0] == (
            "/columns: expected a list, got 'id', a text"
        )

    def test_has_no_words(self) -> None:
        """Every rule has a name, gives its reason, and says what it rests on."""
        rows = [["", "-", "-", "none", " ", 5]]

        assert told({"columns": COLUMNS, "rows": rows}) == [
            "/rows/0/0: '' is blank (say something here)",
            "/rows/0/4: ' ' is blank (say something here)",
            "/rows/0/5: expected a text, got 5, a number",
        ]


class TestSparse:
    def test_asks_only_what_it_names(self) -> None:
        """A rule names its conditions; a fact that no rule names is not read."""
        rules = [
            {**RULE, "id": "big", "when": {"spent": Decimal(1000)}},
            {**RULE, "contested": True},
        ]

        table = built({"rule": rules})

        assert table.facts == ("spent",)
        assert [rule.contested for rule in table.rules] == [False, True]
        assert str(table.decide({"spent": Decimal(1)})) == (
            "plain: so it is (all, table offer; contested)"
        )

    def test_lacks_keys(self) -> None:
        """Each key that must be there is named."""
        assert told({"rule": [{"when": {}}, "all"]}) == [
            "/rule/0: 'id' is missing",
            "/rule/0: 'then' is missing",
            "/rule/0: 'because' is missing",
            "/rule/0: 'source' is missing",
            "/rule/1: expected a table, got 'all', a text",
        ]

    def test_has_unknown_keys(self) -> None:
        """A misspelt key is told, with the one that was meant."""
        assert told({"rule": [{**RULE, "wehn": {}}]}) == [
            "/rule/0/wehn: unknown key 'wehn' (did you mean 'when'?)"
        ]

    def test_has_unknown_facts(self) -> None:
        """A misspelt fact is told in each rule that names it, if it is a name."""
        rules = [{**RULE, "when": {"spend": "> 5", 5: "-"}}]

        assert told({"rule": rules}) == [
            "/rule/0/when: expected texts as keys, got 5, a number",
            "/rule/0/when/spend: unknown fact 'spend' (did you mean 'spent'?)",
        ]

    def test_has_conditions_in_no_table(self) -> None:
        """Conditions are facts with cells."""
        assert told({"rule": [{**RULE, "when": ["member"]}]}) == [
            "/rule/0/when: expected a table, got a list"
        ]


class TestProblems:
    def test_are_told_all_at_once(self) -> None:
        """Whatever is wrong in one rule does not hide what is wrong in another."""
        rules = [
            {**RULE, "when": {"channel": "wbe", "spent": "5 .. 1"}},
            {**RULE, "id": "b", "then": "plian"},
            {**RULE, "id": "c", "then": 5, "contested": "no"},
            {**RULE, "id": "all"},
        ]

        assert sorted(told({"rule": rules})) == [
            (
                "/rule/0/when/channel: channel: expected a member of Channel, got 'wbe'"
                " (did you mean 'web'?)"
            ),
            (
                "/rule/0/when/spent: spent: the range '5 .. 1' is empty or reversed"
                " (write 'lo .. hi' or '[lo .. hi]', the lower end first)"
            ),
            (
                "/rule/1/then: expected a member of Offer, got 'plian', a text"
                " (did you mean 'plain'?)"
            ),
            "/rule/2/contested: expected true or false, got 'no', a text",
            (
                "/rule/2/then: expected a member of Offer, got 5, a number"
                " (one of: full, none, plain)"
            ),
            "/rule/3: there is a rule 'all' before this one",
        ]

    def test_leave_proofs_for_later(self) -> None:
        """A table that does not read well is not said to have gaps as well."""
        rules = [{**RULE, "when": {"member": "yes"}}]

        assert [p.code for p in problems({"rule": rules})] == ["cell"]

    @pytest.mark.parametrize(
        "document",
        [
            {},
            {"columns": COLUMNS},
            {"rows": ROWS},
            {"columns": COLUMNS, "rows": ROWS, "rule": [RULE]},
            {"rows": ROWS, "rule": [RULE]},
        ],
        ids=lambda document: " ".join(document) or "nothing",
    )
    def test_tell_forms_apart(self, document: object) -> None:
        """Rules stand in rows or each by itself, and never in both ways."""
        message = "the rules of the table must stand in one form"

        assert problems(document) == [Problem("", "missing", message, FORMS)]

    @pytest.mark.parametrize("rules", ["all", {"all": RULE}, 5, None])
    def test_refuse_rules_in_no_list(self, rules: object) -> None:
        """Rules have an order, so they are a list."""
        told_ = problems({"rule": rules})

        assert [(p.pointer, p.code) for p in told_] == [("/rule", "type")]

    def test_refuse_other_hit_policies(self) -> None:
        """The first rule that matches decides; there is no other way yet."""
        document = {"columns": COLUMNS, "rows": ROWS}

        assert told({"hit": "last", **document}) == [
            (
                "/hit: expected a member of HitPolicy, got 'last', a text"
                " (one of: any, collect, first, unique)"
            )
        ]
        assert told({"hit": 1, **document}) == [
            (
                "/hit: expected a member of HitPolicy, got 1, a number"
                " (one of: any, collect, first, unique)"
            )
        ]

    def test_refuse_what_is_no_table(self) -> None:
        """A document is a table of names."""
        assert told([RULE])[0] == "expected a table, got a list"
        assert told({"rules": [RULE], "rule": [RULE]}) == [
            "/rules: unknown key 'rules' (did you mean 'rule'?)"
        ]


class TestTable:
    def test_says_where_it_comes_from(self) -> None:
        """A table of an edition names it; one on its own names itself."""
        ref = PolicyRef(edition="2026-11", digest="abc", table="offer")

        table = build(
            {"rule": [RULE]}, yields="offer", answers=Offer, facts=FACTS, ref=ref
        )

        assert table.decide({}).policy == ref
        assert str(table.decide({})) == "plain: so it is (all, edition 2026-11)"
        assert built({"rule": [RULE]}).ref == PolicyRef("", "", "offer")

    def test_keeps_the_order_of_facts(self) -> None:
        """Columns stand as the facts were given, however rules name them."""
        rule = {**RULE, "id": "a", "when": {"spent": "> 5", "member": True}}
        table = built({"rule": [rule, RULE]})

        assert table.facts == ("member", "spent")
        assert [name for name, _ in table.rules[0].cells] == ["member", "spent"]

    def test_asks_nothing_where_every_cell_is_a_dash(self) -> None:
        """A column of dashes is no condition, so its fact may be missing."""
        table = built({"columns": COLUMNS, "rows": ROWS[2:]})

        assert table.facts == ()
        assert table.decide({}).answer is Offer.NONE


def test_facts_are_domains() -> None:
    """A class where a domain belongs is named, with what to write."""
    with pytest.raises(TypeError, match=r"^facts: grade is <enum .*; give a Domain\("):
        build({}, yields="offer", answers=Offer, facts={"grade": Channel})  # type: ignore[dict-item]


def test_rules_stand_in_one_form() -> None:
    """Columns without rows, beside rules, are half of another form."""
    rule = {"id": "all", "then": "full", "because": "so", "source": "ours"}

    [problem] = problems({"rule": [rule], "columns": ["id"]})

    assert problem.message == "the rules of the table must stand in one form"


def test_rules_with_one_name_are_duplicates() -> None:
    """Programs tell by the code that a rule is there twice."""
    rule = {"id": "all", "then": "full", "because": "so", "source": "ours"}

    found = problems({"rule": [rule, rule]})

    assert ("/rule/1", "duplicate") in {(one.pointer, one.code) for one in found}
