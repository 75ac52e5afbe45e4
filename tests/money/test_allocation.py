from decimal import ROUND_DOWN, Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.figures import places
from relationkit.money import CurrencyMismatchError, Money, minor_units
from relationkit.strategies import moneys, weights

Weights = list[int | Decimal]
narrow = Context(prec=2, rounding=ROUND_DOWN, Emax=3, Emin=-3, traps=[Inexact])


def unit_of(money: Money) -> Fraction:
    digits = minor_units(money.currency) or 0
    while (Fraction(money.amount) * 10**digits).denominator != 1:
        digits += 1
    return Fraction(1, 10**digits)


class TestAllocate:
    @given(moneys(), weights())
    def test_adds_up(self, money: Money, by: Weights) -> None:
        """The parts of an amount are the amount, whatever the weights."""
        parts = money.allocate(by)

        assert Money.sum(parts, money.currency) == money
        assert len(parts) == len(by)

    @given(moneys(), weights())
    def test_is_fair(self, money: Money, by: Weights) -> None:
        """Each part is less than one unit from its ideal, and nothing for nothing."""
        total = sum(map(Fraction, by))

        for part, weight in zip(money.allocate(by), by, strict=True):
            ideal = Fraction(money.amount) * Fraction(weight) / total
            assert abs(Fraction(part.amount) - ideal) < unit_of(money)
            assert part.amount == 0 or weight > 0

    @given(moneys(), weights())
    def test_is_on_the_grid(self, money: Money, by: Weights) -> None:
        """Parts are whole minor units, or as fine as the amount is."""
        unit = unit_of(money)

        assert all(Fraction(p.amount) % unit == 0 for p in money.allocate(by))

    @given(moneys(), weights())
    def test_mirrors(self, money: Money, by: Weights) -> None:
        """What is owed the other way round is parted alike."""
        assert (-money).allocate(by) == tuple(-part for part in money.allocate(by))

    @given(moneys(), weights(), st.sampled_from([2, 10, 7]))
    def test_heeds_proportions_alone(
        self, money: Money, by: Weights, times: int
    ) -> None:
        """Weights that are so many times as much part the same way."""
        assert money.allocate(by) == money.allocate([w * times for w in by])

    @given(moneys(), weights())
    def test_favours_the_heavier(self, money: Money, by: Weights) -> None:
        """Who has more weight never gets less, of equals the first not."""
        parts = [abs(part.amount) for part in money.allocate(by)]
        ranked = sorted(range(len(by)), key=lambda at: (-by[at], at))

        assert [parts[at] for at in ranked] == sorted(parts, reverse=True)

    @given(moneys(), weights(), st.integers(0, 5))
    def test_ignores_zeros_at_the_end(
        self, money: Money, by: Weights, zeros: int
    ) -> None:
        """Equal amounts are parted alike, however they are written."""
        _, digits, exponent = money.amount.as_tuple()
        longer = Decimal(
            (int(money.amount < 0), digits + (0,) * zeros, int(exponent) - zeros)
        )

        assert Money(longer, money.currency).allocate(by) == money.allocate(by)

    @given(moneys(), weights())
    def test_heeds_no_ambient_context(self, money: Money, by: Weights) -> None:
        """Precision, rounding and traps of the program change no part."""
        expected = str(money.allocate(by))

        with localcontext(narrow):
            assert str(money.allocate(by)) == expected

    @pytest.mark.parametrize(
        ("amount", "by", "parts"),
        [
            ("1.00 USD", [0, 1, 1, 1], "0.00 0.34 0.33 0.33"),
            ("100 JPY", [1, 1, 1], "34 33 33"),
            ("-1.00 USD", [1, 1, 1], "-0.34 -0.33 -0.33"),
            ("0.05 USD", [50, 30, 20], "0.03 0.01 0.01"),
            ("0.05 USD", [Decimal("0.7"), Decimal("0.3")], "0.04 0.01"),
            ("0.0001 USD", [1, 1], "0.0001 0.0000"),
            ("1 XAU", [1, 1], "1 0"),
            ("1.5 XAU", [1, 1, 1], "0.5 0.5 0.5"),
            ("1E+2 XAU", [1, 1, 1], "34 33 33"),
            ("0 USD", [1, 2], "0.00 0.00"),
            ("0.02 USD", [1, 1, 1], "0.01 0.01 0.00"),
        ],
    )
    def test_examples(self, amount: str, by: Weights, parts: str) -> None:
        """What is left over goes by largest remainder, then to the first.

        The first example gives 1, 33, 33 and 33 cents by moneytender: a cent for no
        weight.
        """
        number, code = amount.split()
        got = Money(Decimal(number), code).allocate(by)

        assert " ".join(str(part.amount) for part in got) == parts

    @pytest.mark.parametrize(
        ("by", "message"),
        [
            ([], "none above 0"),
            ([0, Decimal(0)], "none above 0"),
            ([1, -1], "weight is -1, negative"),
            ([1, Decimal("-0.5")], "weight is .*, negative"),
            ([Decimal(1), -1], "weight is -1, negative"),
            ([Decimal("NaN")], "not a finite number"),
            ([Decimal("Infinity")], "not a finite number"),
            ([Decimal("1e9999")], "more than 40 digits"),
            ([10**40], "more than 40 digits"),
            ([Decimal(1), 1 << 10_000_000], "more than 40 digits"),
        ],
        ids=[
            *("nobody", "nothing", "negative", "negative Decimal", "negative beside"),
            *("NaN", "infinite", "1e9999", "long", "three million digits"),
        ],
    )
    def test_refuses_weights(self, by: Weights, message: str) -> None:
        """A weight is a number of bounded length, 0 or more, and one is above."""
        with pytest.raises(ValueError, match=message):
            Money(Decimal(1), "USD").allocate(by)

    @pytest.mark.parametrize("weight", [0.5, True, "1", None])
    def test_refuses_other_classes(self, weight: int) -> None:
        """A weight is an int or a Decimal, never a float or a flag."""
        with pytest.raises(TypeError, match=r"weights has .*; give whole numbers"):
            Money(Decimal(1), "USD").allocate([1, weight])

    @pytest.mark.parametrize("by", [3, {1, 2}, iter([1, 2]), {1: 2}])
    def test_are_in_order(self, by: Any) -> None:  # noqa: ANN401
        """Which part is whose is told by its place, so that a set gives none."""
        with pytest.raises(TypeError, match=r"^weights: .*; use a list, such as"):
            Money(Decimal(1), "USD").allocate(by)

    def test_may_be_of_any_class_in_order(self) -> None:
        """What has an order and a length is as good as a list."""
        one = Money(Decimal(1), "USD")

        assert one.allocate(range(1, 3)) == one.allocate((1, 2)) == one.allocate([1, 2])


class TestPlaces:
    @pytest.mark.parametrize(
        ("amount", "least", "digits"),
        [("1.5", 2, 2), ("1.500", 2, 2), ("1.505", 2, 3), ("1E+3", 0, 0), ("0", 3, 3)],
    )
    def test_are_those_that_matter(self, amount: str, least: int, digits: int) -> None:
        """Zeros at the end are no digits that an amount needs."""
        assert places(Decimal(amount), least) == digits


class TestRatio:
    @given(moneys(), moneys())
    def test_is_exact(self, one: Money, other: Money) -> None:
        """So many times the other is the one, to the last digit."""
        other = Money(other.amount or Decimal(1), one.currency)

        assert one.ratio(other) * Fraction(other.amount) == Fraction(one.amount)

    def test_needs_one_currency_and_something(self) -> None:
        """Nothing is a multiple of nothing, nor of another currency."""
        one, nothing = Money(Decimal(1), "USD"), Money(Decimal(0), "USD")

        with pytest.raises(ZeroDivisionError, match="nothing is a multiple"):
            one.ratio(nothing)
        with pytest.raises(CurrencyMismatchError, match="currency is EUR beside USD"):
            one.ratio(Money(Decimal(1), "EUR"))
        with pytest.raises(TypeError, match="other: expected a Money"):
            one.ratio(2)  # type: ignore[arg-type]
