"""What other billers were found to get wrong, with the right answer.

Each is a defect of a public repository, at the commit named in its test.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from relationkit.fees import (
    Bounded,
    Bundle,
    Discounted,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    Volume,
)
from relationkit.money import Money, Rounding, Scope, Settlement
from relationkit.pricing import quote

D = Decimal
TIERS = (Tier(up_to=D(99), rate=D(2)), Tier(rate=D(1)))


def total(fee: object, **usage: Decimal | int) -> Decimal:
    made = quote(fee, usage, currency="USD")  # type: ignore[arg-type]
    return made.total.amount


class TestMeteroid:
    """6a27ef61."""

    def test_leaves_no_gap_between_tiers(self) -> None:
        """99.5 units between tiers that end at 99 and start at 100 are not free."""
        assert total(Volume(tiers=TIERS), quantity=D("99.5")) == D("99.50")
        assert total(Graduated(tiers=TIERS), quantity=D("99.5")) == D("198.50")

    @pytest.mark.parametrize("at", Scope)
    def test_has_one_total(self, at: Scope) -> None:
        """The total is that of the lines, and not that of what was not rounded."""
        part = PerUnit(rate=D("0.335"))
        made = quote(
            Bundle(parts=(part,) * 3),
            {"quantity": 1},
            currency="USD",
            settlement=Settlement(at=at, mode=Rounding.HALF_UP),
        )
        amounts = [line.amount for line in made.lines]

        assert made.total == Money.sum([Money(a, "USD") for a in amounts], "USD")
        assert made.total.amount == (D("1.02") if at is Scope.LINE else D("1.01"))


class TestOpenMeter:
    """7e57a394a."""

    def test_rounds_what_was_used_in_all(self) -> None:
        """Packages of 2700 for 1400 and then 1300 are one, billed once."""
        fee = PerUnit(rate=D(5), per=2700, increment=Increment(size=D(2700)))
        before, after = (total(fee, quantity=n) for n in (1400, 2700))

        assert [before, after - before] == [5, 0]


class TestLago:
    """1b1c24a6a."""

    @pytest.mark.parametrize("owed", [True, False])
    def test_projects_what_it_bills(self, *, owed: bool) -> None:
        """Unused, the first flat amount is owed or not wherever one asks."""
        tiers = (Tier(up_to=D(10), flat=D(50)), Tier(flat=D(9)))
        fees = [
            kind(tiers=tiers, flat_when_unused=owed) for kind in (Graduated, Volume)
        ]

        assert {total(fee, quantity=0) for fee in fees} == {50 if owed else 0}

    def test_divides_packages_exactly(self) -> None:
        """A package of a third is a third, and three of them are one."""
        fee = PerUnit(rate=D(1), per=3, increment=Increment(size=D(1)))

        assert total(fee, quantity=D("2.1")) == 1

    def test_trues_up_to_a_minimum(self) -> None:
        """50 and three at 10 are 80, and 20 more make the minimum of 100."""
        use = PerUnit(rate=D(10))
        fee = Bounded(inner=Bundle(parts=(Fixed(amount=D(50)), use)), at_least=D(100))
        made = quote(fee, {"quantity": 3}, currency="USD")

        assert [line.amount for line in made.lines] == [50, 30, 20]


class TestFlexprice:
    """e4b5303fd."""

    def test_owes_the_flat_amount_of_nothing(self) -> None:
        """No use owes the flat amount of the first tier, unless said otherwise."""
        fee = Graduated(tiers=(Tier(flat=D(7), rate=D(1)),))

        assert total(fee, quantity=0) == 7

    def test_rounds_once_if_told(self) -> None:
        """Parts that come to 5.4839 are 5.48 when rounded once, and not 5.49."""
        parts = tuple(Fixed(amount=D(a)) for a in ("1.8271", "1.8271", "1.8297"))
        once = Settlement(at=Scope.TOTAL)
        made = quote(Bundle(parts=parts), {}, currency="USD", settlement=once)

        assert made.total == Money(D("5.48"), "USD")
        assert sum(line.amount for line in made.lines) == D("5.48")


class TestUniBee:
    """eb6f7f26."""

    def test_has_volume_tiers_and_parts_of_a_unit(self) -> None:
        """Half a unit has a price, in whichever tiers, and each part counts once."""
        assert total(Volume(tiers=TIERS), quantity=D("0.5")) == 1
        assert total(Graduated(tiers=TIERS), quantity=D("0.5")) == 1

    def test_spreads_what_is_left_exactly(self) -> None:
        """A discount of 10 % on three thirds is spread so that nothing is lost."""
        third = PerUnit(rate=D(1), per=3)
        fee = Discounted(inner=Bundle(parts=(third,) * 3), share=D("0.1"))
        once = Settlement(at=Scope.TOTAL)
        made = quote(fee, {"quantity": 100}, currency="USD", settlement=once)

        assert made.total == Money(D("90.00"), "USD")


class TestErpNext:
    """Issues 18006, 19545 and 43048."""

    def test_has_graduated_beside_volume(self) -> None:
        """Who expects 550 of rates that fall past 50 has graduated tiers for it."""
        tiers = (Tier(up_to=D(5), rate=D(80)), Tier(rate=D(30)))

        assert total(Graduated(tiers=tiers), quantity=10) == 550
        assert total(Volume(tiers=tiers), quantity=10) == 300

    def test_has_no_discount_of_what_is_gone(self) -> None:
        """A discount is of the parts that there are, and goes when they do."""
        parts = (Fixed(amount=D(100)), Fixed(amount=D(50)))
        both, one = (
            Discounted(inner=Bundle(parts=some), share=D("0.1"))
            for some in (parts, parts[:1])
        )

        assert [total(both), total(one)] == [135, 90]

    def test_applies_each_change_in_its_turn(self) -> None:
        """2 % off and then 1 % is 1 % of what is left, and neither is lost."""
        off = Discounted(inner=Fixed(amount=D(1000)), share=D("0.02"))

        assert total(Discounted(inner=off, share=D("0.01"))) == D("970.20")


class TestOthers:
    def test_keep_a_floor_and_a_cap(self) -> None:
        """A share with a floor of 9 and a cap of 99 is never outside (confinia)."""
        fee = Bounded(
            inner=PerUnit(rate=D("0.02"), metric="value"), at_least=D(9), at_most=D(99)
        )

        assert [total(fee, value=v) for v in (0, 1000, 9000)] == [9, 20, 99]

    def test_have_no_minor_unit_where_there_is_none(self) -> None:
        """A peso of Chile has no cents, and a dinar has thousandths."""
        fee = PerUnit(rate=D("0.3333"))
        amounts = [
            quote(fee, {"quantity": 10}, currency=code).total for code in ("CLP", "BHD")
        ]

        assert list(map(str, amounts)) == ["3 CLP", "3.333 BHD"]

    def test_have_rates_below_a_cent(self) -> None:
        """A rate keeps its digits; only what is due is settled."""
        fee = PerUnit(rate=D("0.000000000012"))
        made = quote(fee, {"quantity": 10**12}, currency="USD")

        assert made.total == Money(D("12.00"), "USD")
        assert Fraction(made.lines[0].rate or 0) == Fraction("0.000000000012")
