from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from attrs import field, frozen

from relationkit.decisions import PolicyRef, Value
from relationkit.errors import PolicyError
from relationkit.tables import (
    ANYTHING,
    COUNT,
    Domain,
    FactRecord,
    HitPolicy,
    Row,
    Test,
    at_least,
    at_most,
    between,
    build,
    less_than,
    more_than,
    none_of,
    one_of,
    parse,
    typed,
)


class Tier(StrEnum):
    """Members of a fact."""

    GOLD = "gold"
    IRON = "iron"


class Size(StrEnum):
    """A member in capitals."""

    XL = "XL"


class Fare(StrEnum):
    """Answers."""

    LOW = "low"
    FULL = "full"


@frozen(kw_only=True)
class Visitor(FactRecord):
    """What is known."""

    tier: Tier
    visits: int = field(metadata=COUNT)
    spent: Decimal | None


@frozen(kw_only=True)
class FareRow(Row[Visitor, Fare]):
    """A row about visitors."""

    tier: Test[Tier] = ANYTHING
    visits: Test[int] = ANYTHING
    spent: Test[Decimal] = ANYTHING


REST = FareRow(id="rest", then=Fare.FULL, because="b", source="s")
GOLD = FareRow(
    id="gold",
    tier=one_of(Tier.GOLD),
    visits=at_least(3),
    then=Fare.LOW,
    because="often here",
    source="ours",
    contested=True,
)


class TestTests:
    @pytest.mark.parametrize(
        ("test", "admitted", "refused"),
        [
            (one_of(1), [1], [0, 2]),
            (one_of(1, 3), [1, 3], [2]),
            (none_of(1, 3), [2], [1, 3]),
            (at_least(2), [2, 3], [1]),
            (more_than(2), [3], [2]),
            (at_most(2), [2], [3]),
            (less_than(2), [1], [2]),
            (between(1, 3), [1, 2], [0, 3]),
            (one_of(Decimal("1E+3")), [Decimal(1000)], [Decimal(1)]),
            (one_of(True), [True], [False]),  # noqa: FBT003
            (one_of(Tier.GOLD), [Tier.GOLD], [Tier.IRON]),
            (at_most(date(2026, 1, 1)), [date(2026, 1, 1)], [date(2026, 1, 2)]),
        ],
    )
    def test_mean_what_they_say(
        self, test: Test[Value], admitted: list[Value], refused: list[Value]
    ) -> None:
        """Each is the cell of its name."""
        domain = Domain(type(admitted[0]))
        table = build(
            {
                "columns": ["id", "fact", "=> fare", "because", "source"],
                "rows": [
                    ["in", test.text, "low", "b", "s"],
                    ["out", "-", "full", "b", "s"],
                ],
            },
            yields="fare",
            answers=Fare,
            facts={"fact": domain},
        )

        assert parse(test.text, domain).text == test.text
        assert {table.answer({"fact": value}) for value in admitted} == {Fare.LOW}
        assert {table.answer({"fact": value}) for value in refused} == {Fare.FULL}

    def test_are_written_as_cells(self) -> None:
        """Each is the text that an author would write, letter by letter."""
        assert one_of(1, 2).text == "1, 2"
        assert none_of(1, 2).text == "not(1, 2)"
        assert none_of(Size.XL).text == "not(XL)"
        assert one_of(False).text == "false"  # noqa: FBT003
        assert at_least(1).text == ">= 1"
        assert more_than(1).text == "> 1"
        assert at_most(1).text == "<= 1"
        assert less_than(1).text == "< 1"
        assert between(1, 3).text == "1 .. 3"


class TestTyped:
    def test_is_the_table_of_its_rows(self) -> None:
        """Rows in Python and the same rules as data are one table."""
        table = typed(GOLD, REST, yields="fare").table

        assert table == build(
            {
                "rule": [
                    {
                        "id": "gold",
                        "when": {"tier": "gold", "visits": ">= 3"},
                        "then": "low",
                        "because": "often here",
                        "source": "ours",
                        "contested": True,
                    },
                    {"id": "rest", "then": "full", "because": "b", "source": "s"},
                ]
            },
            yields="fare",
            answers=Fare,
            facts={"tier": Domain(Tier), "visits": Domain(int, least=0)},
        )
        assert table.record is Visitor

    def test_decides_records(self) -> None:
        """Facts of its class are decided, known or not."""
        table = typed(GOLD, REST, yields="fare")
        known = Visitor(tier=Tier.GOLD, visits=3, spent=None)

        assert table.decide(known).answer is Fare.LOW
        assert table.decide(known).reasons == table.table.decide(known).reasons

    def test_takes_all_that_a_table_does(self) -> None:
        """Hit policy, properties, reference and steps are handed on."""
        ref = PolicyRef(edition="mine", digest="d", table="fares")
        iron = FareRow(
            id="iron", tier=one_of(Tier.IRON), then=Fare.FULL, because="b", source="s"
        )
        gold = FareRow(
            id="gold", tier=one_of(Tier.GOLD), then=Fare.LOW, because="b", source="s"
        )
        prove = {"always": [{"when": {"tier": "gold"}, "answer": "low"}]}

        table = typed(
            gold, iron, yields="fare", hit=HitPolicy.UNIQUE, prove=prove, ref=ref
        ).table

        assert (table.hit, table.ref) == (HitPolicy.UNIQUE, ref)
        assert len(table.properties) == 1
        assert typed(gold, iron, yields="fare", hit="unique").table.hit == "unique"  # type: ignore[arg-type]
        with pytest.raises(PolicyError, match="within 1 steps"):
            typed(gold, iron, yields="fare", steps=1)
        with pytest.raises(PolicyError, match="no rule answers when tier is iron"):
            typed(gold, yields="fare")

    def test_needs_rows_of_one_class(self) -> None:
        """Without rows, or with rows about different columns, there is no table."""

        @frozen(kw_only=True)
        class Other(Row[Visitor, Fare]):
            """Another class."""

        other = Other(id="o", then=Fare.LOW, because="b", source="s")
        with pytest.raises(
            TypeError, match=r"^rows are of one class, not FareRow, Other"
        ):
            typed(REST, other, yields="fare")
        with pytest.raises(TypeError, match=r"^rows are of one class, not none$"):
            typed(yields="fare")

    def test_needs_rows_that_say_their_facts(self) -> None:
        """A row class that names no record is refused."""

        @frozen(kw_only=True)
        class Bare(Row):  # type: ignore[type-arg]
            """Says nothing."""

        with pytest.raises(TypeError, match=r"^Bare does not say its facts: derive"):
            typed(Bare(id="r", then=Fare.LOW, because="b", source="s"), yields="fare")

    def test_needs_columns_that_are_facts(self) -> None:
        """A column that the record lacks, or of another class, is named."""

        @frozen(kw_only=True)
        class Misspelt(Row[Visitor, Fare]):
            """A slip."""

            teir: Test[Tier] = ANYTHING

        @frozen(kw_only=True)
        class Mistyped(Row[Visitor, Fare]):
            """Another slip."""

            visits: Test[Decimal] = ANYTHING

        parts = {"id": "r", "then": Fare.LOW, "because": "b", "source": "s"}
        with pytest.raises(TypeError, match=r"^Misspelt\.teir is no fact of Visitor"):
            typed(Misspelt(**parts), yields="fare")  # type: ignore[arg-type]
        with pytest.raises(
            TypeError, match=r"^Mistyped\.visits: expected Test\[int\], got .*Decimal"
        ):
            typed(Mistyped(**parts), yields="fare")  # type: ignore[arg-type]
