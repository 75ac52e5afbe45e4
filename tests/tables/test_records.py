from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from attrs import field, frozen, make_class

from relationkit.tables import BESIDE, COUNT, Domain, FactRecord, domains_of, open_facts


class Tier(StrEnum):
    """Members."""

    GOLD = "gold"


@frozen(kw_only=True)
class Visitor(FactRecord):
    """Facts of every class."""

    tier: Tier
    member: bool | None
    visits: int = field(metadata=COUNT)
    spent: Decimal | None = field(default=None, metadata=COUNT)
    margin: Decimal = Decimal(0)
    since: date | None = None
    note: str = field(default="", metadata=BESIDE)


def visitor(**changes: object) -> Visitor:
    known = {"tier": Tier.GOLD, "member": True, "visits": 3, **changes}
    return Visitor(**known)  # type: ignore[arg-type]


class TestRecord:
    def test_takes_what_is_exactly_of_its_class(self) -> None:
        """Values of the class, and None where a fact may be unknown."""
        assert visitor(member=None, since=date(2026, 1, 1)).visits == 3
        assert visitor(note="no fact").note == "no fact"

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("tier", "gold", "tier: expected exactly Tier, got 'gold', a str"),
            ("tier", None, "tier: expected exactly Tier, got None, a NoneType"),
            ("member", 1, "member: expected exactly bool or None, got 1, a int"),
            ("visits", True, "visits: expected exactly int, got True, a bool"),
            ("spent", 1, "spent: expected exactly Decimal or None, got 1, a int"),
            (
                "since",
                datetime(2026, 1, 1),  # noqa: DTZ001
                "since: expected exactly date or None, got datetime",
            ),
        ],
    )
    def test_refuses_what_only_looks_like_it(
        self, name: str, value: object, said: str
    ) -> None:
        """The message names the fact, what it must be, and what came."""
        with pytest.raises(TypeError) as refused:
            visitor(**{name: value})

        assert str(refused.value).startswith(said)

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("visits", -1, "visits is -1; the least is 0"),
            ("spent", Decimal("-0.01"), "spent is -0.01; the least is 0"),
            ("margin", Decimal("NaN"), "margin is NaN; it must be a finite number"),
            ("margin", Decimal("-Infinity"), "margin is -Infinity; it must be"),
        ],
    )
    def test_refuses_numbers_that_cannot_be(
        self, name: str, value: object, said: str
    ) -> None:
        """A count below zero, or no finite number, is no fact."""
        with pytest.raises(ValueError, match=f"^{said}"):
            visitor(**{name: value})

    def test_takes_the_least_there_is(self) -> None:
        """Zero is a count, and a margin may be below it."""
        assert visitor(visits=0, margin=Decimal(-1)).visits == 0

    def test_is_of_an_attrs_class(self) -> None:
        """A class that attrs does not know has no facts to check."""

        class Plain(FactRecord):
            """Not decorated."""

        with pytest.raises(TypeError, match=r"^Plain is no attrs class: add @frozen"):
            domains_of(Plain)

    @pytest.mark.parametrize("kind", [int | str, str, list[int], "int"])
    def test_holds_facts_of_one_class(self, kind: type) -> None:
        """A field that no table could read is refused when the class is used."""
        odd = make_class("Odd", {"fact": field(type=kind)}, bases=(FactRecord,))

        with pytest.raises(TypeError, match=r"fact: a fact is of one|cannot hold"):
            odd(1)


class TestDomains:
    def test_are_what_each_fact_may_be(self) -> None:
        """By name, in the order of the class; what is no fact is not among them."""
        assert domains_of(Visitor) == {
            "tier": Domain(Tier),
            "member": Domain(bool),
            "visits": Domain(int, least=0),
            "spent": Domain(Decimal, least=0),
            "margin": Domain(Decimal),
            "since": Domain(date),
        }

    def test_are_read_from_the_fields(self) -> None:
        """A class that nobody has used yet is read as it is written."""
        visits, tier = field(type=int | None, metadata=COUNT), field(type=Tier)  # type: ignore[arg-type]
        new = make_class("New", {"visits": visits, "tier": tier}, bases=(FactRecord,))

        assert domains_of(new) == {"visits": Domain(int, least=0), "tier": Domain(Tier)}
        assert open_facts(new) == {"visits"}
        with pytest.raises(ValueError, match=r"^visits is -1; the least is 0$"):
            new(-1, Tier.GOLD)

    def test_tell_which_may_be_unknown(self) -> None:
        """Those that may be None."""
        assert open_facts(Visitor) == {"member", "spent", "since"}
