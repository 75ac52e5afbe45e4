import operator
import pickle
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from copy import copy, deepcopy
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_UP,
    Context,
    Decimal,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
    Underflow,
    getcontext,
    localcontext,
)
from enum import StrEnum
from fractions import Fraction
from functools import reduce

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import example, given
from hypothesis import strategies as st

from relationkit.errors import RelationkitError
from relationkit.money import CurrencyMismatchError, Money
from relationkit.strategies._money import currencies, moneys

COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge]
NO_OPERATION = (
    r"not supported|unsupported operand|can't multiply|can only concat|expected"
)
ZERO = Money(Decimal(0), "USD")
MOST = Money(Decimal("9" * 40 + "." + "9" * 40), "USD")

dollars = moneys(currencies=st.just("USD"))
factors = st.integers(-(10**15), 10**15) | dollars.map(lambda money: money.amount)
contexts = st.builds(
    Context,
    prec=st.integers(1, 3),
    rounding=st.sampled_from([ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_UP]),
    Emin=st.integers(-3, 0),
    Emax=st.integers(0, 3),
    capitals=st.sampled_from([0, 1]),
    clamp=st.sampled_from([0, 1]),
    flags=st.just([]),
    traps=st.lists(
        st.sampled_from(
            [
                FloatOperation,
                Inexact,
                InvalidOperation,
                Overflow,
                Rounded,
                Subnormal,
                Underflow,
            ]
        ),
        unique=True,
    ),
)


def exact(money: Money) -> Fraction:
    """The amount in another arithmetic, which has no contexts and no rounding."""
    return Fraction(*money.amount.as_integer_ratio())


def results(one: Money, other: Money, factor: int | Decimal) -> list[Money]:
    """All that an operation can make of two amounts and a factor."""
    return [
        one + other,
        one - other,
        one - one,
        -one,
        one * factor,
        factor * one,
        Money.sum([one, other, -one], one.currency),
        Money(one.amount, one.currency),
        pickle.loads(pickle.dumps(one)),  # noqa: S301
        deepcopy(one),
    ]


def answers(one: Money, other: Money, factor: int | Decimal) -> list[object]:
    """All that can be learnt of two amounts and a factor, to the last digit."""
    return [
        *(money.amount.as_tuple() for money in results(one, other, factor)),
        *(compare(one, other) for compare in COMPARISONS),
        one == other,
        hash(one),
        str(one),
    ]


class TestAddition:
    @given(dollars, dollars)
    def test_is_commutative(self, one: Money, other: Money) -> None:
        """It does not matter which of two amounts comes first."""
        assert one + other == other + one

    @given(dollars, dollars, dollars)
    def test_is_associative(self, one: Money, two: Money, three: Money) -> None:
        """It does not matter which of three amounts are added first."""
        assert (one + two) + three == one + (two + three)

    @given(moneys())
    def test_has_an_inverse(self, money: Money) -> None:
        """Whatever is owed and taken back leaves nothing."""
        nothing = Money(Decimal(0), money.currency)

        assert money + -money == nothing == money - money
        assert money + nothing == money
        assert nothing - -money == money

    @given(dollars, dollars)
    def test_is_undone_by_subtraction(self, one: Money, other: Money) -> None:
        """Taking away what was added gives the first amount back."""
        assert (one + other) - other == one
        assert one - other == one + -other

    @given(moneys(), st.data())
    def test_is_that_of_numbers(self, one: Money, data: st.DataObject) -> None:
        """Sum, difference and negation are exact and keep the currency."""
        other = data.draw(moneys(currencies=st.just(one.currency)))

        assert exact(one + other) == exact(one) + exact(other)
        assert exact(one - other) == exact(one) - exact(other)
        assert exact(-one) == -exact(one)
        assert {(one + other).currency, (one - other).currency, (-one).currency} == {
            one.currency
        }


class TestMultiplication:
    @given(moneys(), factors)
    def test_is_that_of_numbers(self, money: Money, factor: int | Decimal) -> None:
        """A product is exact, keeps the currency, and reads either way round."""
        product = money * factor

        assert exact(product) == exact(money) * Fraction(factor)
        assert product.currency == money.currency
        assert product == factor * money

    @given(dollars, dollars, factors)
    def test_distributes(self, one: Money, other: Money, by: int | Decimal) -> None:
        """A share of a sum is the sum of the shares."""
        assert (one + other) * by == one * by + other * by

    @given(moneys(), st.integers(0, 20))
    def test_is_repeated_addition(self, money: Money, times: int) -> None:
        """So many times an amount is the amount so many times."""
        assert money * times == Money.sum([money] * times, money.currency)

    @given(moneys())
    def test_has_a_unit_and_a_zero(self, money: Money) -> None:
        """Once an amount is the amount; no times it is nothing."""
        assert money * 1 == money
        assert money * -1 == -money
        assert money * 0 == Money(Decimal(0), money.currency)


class TestSum:
    @given(st.lists(dollars))
    def test_equals_the_fold(self, amounts: list[Money]) -> None:
        """A sum is what adding one after the other gives."""
        assert Money.sum(iter(amounts), "USD") == reduce(operator.add, amounts, ZERO)

    @given(currencies())
    def test_of_nothing_is_zero(self, currency: str) -> None:
        """No amounts at all come to zero, in the currency that was asked for."""
        assert Money.sum([], currency) == Money(Decimal(0), currency)

    def test_ignores_how_much_there_was_on_the_way(self) -> None:
        """Only the sum has to fit, in whatever order its parts come."""
        assert Money.sum([MOST, MOST, -MOST, -MOST], "USD") == ZERO

    def test_refuses_another_currency(self) -> None:
        """Amounts of two currencies have no sum; the message says which."""
        with pytest.raises(CurrencyMismatchError, match="currency is USD beside EUR"):
            Money.sum([ZERO], "EUR")

    def test_refuses_what_is_not_money(self) -> None:
        """A bare number among the amounts is refused by name."""
        with pytest.raises(TypeError, match=r"amounts has 5 \(int\); give Money"):
            Money.sum([ZERO, 5], "USD")  # type: ignore[list-item]
        with pytest.raises(TypeError, match=r"^amounts: .*; put it in brackets"):
            Money.sum(ZERO, "USD")  # type: ignore[arg-type]

    def test_is_not_the_builtin(self) -> None:
        """The builtin sum would start from a number without a currency."""
        told = (
            r"^other: expected a Money, got 0, an int; .* Money\.sum\(\.\.\., 'USD'\)$"
        )
        with pytest.raises(TypeError, match=told):
            sum([ZERO])  # type: ignore[list-item]


class TestOrder:
    @given(dollars, dollars)
    def test_is_total_within_a_currency(self, one: Money, other: Money) -> None:
        """Of two amounts one is the less, or they are equal; never two of these."""
        assert [one < other, one == other, one > other].count(True) == 1

    @given(st.lists(dollars))
    def test_is_that_of_numbers(self, amounts: list[Money]) -> None:
        """Amounts sort as their numbers do."""
        assert list(map(exact, sorted(amounts))) == sorted(map(exact, amounts))

    @given(dollars, dollars)
    def test_agrees_with_itself(self, one: Money, other: Money) -> None:
        """The four comparisons tell one and the same order."""
        assert (one < other) == (other > one) == (not one >= other)
        assert (one <= other) == (other >= one) == (one < other or one == other)

    @given(dollars, dollars, dollars)
    def test_survives_addition(self, one: Money, other: Money, more: Money) -> None:
        """Whoever had less still has less when both get the same."""
        assert (one < other) == (one + more < other + more)


class TestEquality:
    @given(moneys(), st.integers(0, 6))
    def test_is_of_value(self, money: Money, zeros: int) -> None:
        """Zeros at the end change neither equality nor hash: 10.5 is 10.50."""
        sign, digits, exponent = money.amount.as_tuple()
        assert isinstance(exponent, int)
        longer = Decimal((sign, digits + (0,) * zeros, exponent - zeros))
        same = Money(longer, money.currency)

        assert same == money
        assert hash(same) == hash(money)

    @given(dollars, dollars)
    def test_is_that_of_numbers(self, one: Money, other: Money) -> None:
        """Amounts of one currency are equal exactly when their numbers are."""
        assert (one == other) == (exact(one) == exact(other))

    @given(moneys(amounts=st.just(Decimal(0))), moneys(amounts=st.just(Decimal(0))))
    def test_needs_one_currency(self, one: Money, other: Money) -> None:
        """Nothing in one currency is not nothing in another."""
        assert (one == other) == (one.currency == other.currency)
        assert len({one, other}) == len({one.currency, other.currency})

    @pytest.mark.parametrize(
        "other", [0, Decimal(0), "0 USD", None, (Decimal(0), "USD")]
    )
    def test_needs_money(self, other: object) -> None:
        """Money equals no bare number, text or pair."""
        assert other != ZERO


class TestContext:
    """The decimal context of the program around it changes no answer."""

    @given(dollars, dollars, factors, contexts)
    def test_is_our_own(
        self, one: Money, other: Money, factor: int | Decimal, ambient: Context
    ) -> None:
        """One digit of precision, or any trap, leaves every answer as it is."""
        expected = answers(one, other, factor)

        with localcontext(ambient):
            got = answers(one, other, factor)
        assert got == expected

    @given(dollars, dollars, factors, contexts)
    def test_is_our_own_in_every_thread(
        self, one: Money, other: Money, factor: int | Decimal, ambient: Context
    ) -> None:
        """Threads, each with a context of its own, get the same answers."""

        def elsewhere(_: int) -> list[object]:
            with localcontext(ambient):
                return answers(one, other, factor)

        expected = answers(one, other, factor)
        with ThreadPoolExecutor(2) as threads:
            assert list(threads.map(elsewhere, range(4))) == [expected] * 4

    @given(dollars, dollars, factors, contexts)
    def test_is_left_alone(
        self, one: Money, other: Money, factor: int | Decimal, ambient: Context
    ) -> None:
        """No operation leaves a flag in the ambient context."""
        with localcontext(ambient):
            answers(one, other, factor)
            assert not any(getcontext().flags.values())

    def test_is_our_own_from_the_start(self) -> None:
        """Defaults that were changed before the import change nothing either."""
        program = (
            "from decimal import DefaultContext, Decimal, Inexact, Rounded\n"
            "DefaultContext.prec, DefaultContext.rounding = 1, 'ROUND_FLOOR'\n"
            "DefaultContext.Emin, DefaultContext.Emax = -1, 1\n"
            "DefaultContext.traps[Inexact] = DefaultContext.traps[Rounded] = True\n"
            "from relationkit.money import Money\n"
            "money = Money(Decimal('1234567.89'), 'USD')\n"
            "print(money + money - money * 2)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True
        )

        assert ran.stdout == "0.00 USD\n"


class TestMoney:
    @given(dollars, dollars, factors | st.just(Decimal("-0.0")))
    def test_is_never_negative_zero(
        self, one: Money, other: Money, factor: int | Decimal
    ) -> None:
        """Zero has no sign, whatever it came from."""
        for money in [*results(one, other, factor), -(one * 0), one * 0 * factor]:
            assert not (money.amount.is_zero() and money.amount.is_signed())

    @given(moneys(), st.integers(0, pickle.HIGHEST_PROTOCOL))
    def test_survives_pickling(self, money: Money, protocol: int) -> None:
        """What comes back from another process is equal, digit for digit."""
        again: Money = pickle.loads(pickle.dumps(money, protocol))  # noqa: S301

        assert (again, hash(again), str(again)) == (money, hash(money), str(money))

    @given(moneys(), st.sampled_from([copy, deepcopy]))
    def test_survives_copying(
        self, money: Money, copied: Callable[[Money], Money]
    ) -> None:
        """A copy is equal, digit for digit."""
        again = copied(money)

        assert (again, hash(again), str(again)) == (money, hash(money), str(money))

    @given(moneys())
    def test_reads_in_plain_digits(self, money: Money) -> None:
        """Its text is the whole number and the code, and no exponent."""
        digits, code = str(money).split(" ")

        assert "E" not in digits.upper()
        assert Money(Decimal(digits), code) == money

    @pytest.mark.parametrize(
        ("amount", "text"),
        [
            ("10.50", "10.50 USD"),
            ("1E+1", "10 USD"),
            ("0E+3", "0 USD"),
            ("-0.000000000001", "-0.000000000001 USD"),
        ],
    )
    def test_keeps_its_digits(self, amount: str, text: str) -> None:
        """Zeros that were written are kept, zeros that were not are not made up."""
        assert str(Money(Decimal(amount), "USD")) == text

    def test_cannot_be_changed(self) -> None:
        """Neither field can be set, and no other can be added."""
        with pytest.raises(FrozenInstanceError):
            ZERO.amount = Decimal(1)  # type: ignore[misc]
        assert not hasattr(ZERO, "__dict__")

    def test_comes_apart(self) -> None:
        """It is matched by amount and currency, in this order."""
        match ZERO:
            case Money(amount, currency):
                assert (amount, currency) == (Decimal(0), "USD")

    @given(moneys())
    def test_is_neither_true_nor_false(self, money: Money) -> None:
        """Nothing owed is not taken for nothing known, not even by mistake."""
        with pytest.raises(
            TypeError, match="neither true nor false; compare its amoun"
        ):
            bool(money)


class Currency(StrEnum):
    USD = "USD"


class Exactly(Decimal):
    """A Decimal, but not of that very class."""


LIST = "expected a currency on the ISO 4217 list of 2026-01-01, got"


class TestRefusals:
    """What cannot be money is refused, with its name, its value and a remedy."""

    @pytest.mark.parametrize(
        ("amount", "message"),
        [
            (
                10.5,
                "amount: expected a Decimal, got 10.5, a float; use Decimal('10.5')",
            ),
            (10, "amount: expected a Decimal, got 10, an int; use Decimal('10')"),
            (0.1, "amount: expected a Decimal, got 0.1, a float; use Decimal('0.1')"),
            (
                1e99,
                "amount: expected a Decimal, got 1e+99, a float; use Decimal('...')",
            ),
            (
                "10.50",
                "amount: expected a Decimal, got '10.50', a str; use Decimal('10",
            ),
            (True, "amount: expected a Decimal, got True, a bool; use Decimal('...')"),
            (None, "amount: expected a Decimal, got None; use Decimal('...')"),
            (Exactly("1"), "amount is Decimal('1'), of the class Exactly; use Decimal"),
            pytest.param(
                10**5000,
                "amount: expected a Decimal, got a number too long to show, an int",
                id="long int",
            ),
        ],
    )
    def test_amount_of_another_class(self, amount: Decimal, message: str) -> None:
        """An amount is a Decimal and nothing that looks like one."""
        with pytest.raises(TypeError) as caught:
            Money(amount, "USD")
        assert str(caught.value).startswith(message)

    @pytest.mark.parametrize(
        ("amount", "message"),
        [
            ("NaN", "amount is Decimal('NaN'), not a finite number; what is unk"),
            ("sNaN", "amount is Decimal('sNaN'), not a finite number; what is"),
            ("-Infinity", "amount is Decimal('-Infinity'), not a finite number; "),
            ("-0.00", "amount is -0.00, negative zero; write it without -"),
            ("1e40", "amount is Decimal('1E+40'), of more than 40 digits before"),
            ("-1e-41", "amount is Decimal('-1E-41'), of more than 40 digits befo"),
        ],
    )
    def test_amount_without_a_value(self, amount: str, message: str) -> None:
        """An amount is a finite number of bounded length, and zero has no sign."""
        with pytest.raises(ValueError) as caught:  # noqa: PT011
            Money(Decimal(amount), "USD")
        assert str(caught.value).startswith(message)

    @given(st.integers(1, 90), st.sampled_from("190"), st.integers(-60, 60))
    @example(90, "9", -50)
    def test_amount_of_too_many_digits(
        self, length: int, digit: str, exponent: int
    ) -> None:
        """Forty digits before the point and forty after it are the most there are."""
        amount = Decimal(f"{digit * length}E{exponent}")
        before, after = (1 if digit == "0" else length) + exponent, -exponent

        if before <= 40 and after <= 40:
            assert Money(amount, "USD").amount is amount
        else:
            with pytest.raises(ValueError, match="more than 40 digits"):
                Money(amount, "USD")

    @pytest.mark.parametrize(
        ("currency", "message"),
        [
            ("UDS", f"currency: {LIST} 'UDS'; did you mean 'USD'?"),
            ("usd", "did you mean 'USD'?"),
            ("USDD", "did you mean 'USD'?"),
            ("UKP", "; take one such as 'USD'"),
            ("EUT", "; take one such as 'USD'"),
            ("euros", "; take one such as 'USD'"),
            (" eur\n", "did you mean 'EUR'?"),
            ("$", f"currency: {LIST} '$'; take one such as 'USD'"),
            ("", f"currency: {LIST} ''; take one"),
            ("U" * 58, f"currency: {LIST} '{'U' * 58}'; take"),
            ("U" * 59, f"currency: {LIST} '{'U' * 39}...{'U' * 14}'; take"),
            pytest.param(
                "U" * 10**6, f"{LIST} '{'U' * 39}...{'U' * 14}'; take", id="long"
            ),
        ],
    )
    def test_currency_that_is_not_listed(self, currency: str, message: str) -> None:
        """A code is one of the list; a slip of the pen is met with the right code."""
        with pytest.raises(ValueError, match=r"^currency: expected") as caught:
            Money(Decimal(1), currency)
        assert message in str(caught.value)

    @pytest.mark.parametrize("currency", [Currency.USD, None, 840, ["USD"]])
    def test_currency_of_another_class(self, currency: str) -> None:
        """A currency is a str and nothing that looks like one."""
        with pytest.raises(TypeError, match=r"currency is .*; write it as 'USD'"):
            Money(Decimal(1), currency)

    @pytest.mark.parametrize("operate", [operator.add, operator.sub, *COMPARISONS])
    def test_two_currencies(self, operate: Callable[[Money, Money], object]) -> None:
        """Amounts of two currencies are not added or compared, not even zeros."""
        with pytest.raises(CurrencyMismatchError) as caught:
            operate(ZERO, Money(Decimal(0), "EUR"))
        assert str(caught.value) == (
            "currency is EUR beside USD; convert 0 EUR into USD first"
        )
        assert isinstance(caught.value, RelationkitError)

    @pytest.mark.parametrize("operate", [operator.add, operator.sub, *COMPARISONS])
    @pytest.mark.parametrize("other", [0, 1.5, Decimal(1), "1 USD", None])
    def test_bare_numbers(
        self, operate: Callable[[object, object], object], other: object
    ) -> None:
        """Money and what is not money are not added or compared, either way round."""
        with pytest.raises(TypeError, match=NO_OPERATION):
            operate(ZERO, other)
        with pytest.raises(TypeError, match=NO_OPERATION):
            operate(other, ZERO)

    def test_numbers_are_told_what_to_be(self) -> None:
        """A bare number lacks a currency, and a float is not exact."""
        told = r"^other: expected a Money, got 1, an int; give it a currency"
        for operate in (operator.add, operator.sub):
            with pytest.raises(TypeError, match=told):
                operate(ZERO, 1)
        exact_one = (
            r"^factor: expected a Decimal or an int, got 1\.5, .*Decimal\('1\.5'\)$"
        )
        with pytest.raises(TypeError, match=exact_one):
            ZERO * 1.5  # type: ignore[operator]
        with pytest.raises(TypeError, match=exact_one):
            1.5 * ZERO  # type: ignore[operator]

    @pytest.mark.parametrize("factor", [1.5, True, Exactly(2), "2", None, ZERO])
    def test_factors_of_another_class(self, factor: int) -> None:
        """Money is multiplied by an int or a Decimal, never by a float or by money."""
        with pytest.raises(TypeError, match=NO_OPERATION):
            ZERO * factor
        with pytest.raises(TypeError, match=NO_OPERATION):
            factor * ZERO

    @pytest.mark.parametrize("factor", ["NaN", "Infinity", "1e40", "1e-41"])
    def test_factors_without_a_value(self, factor: str) -> None:
        """A factor is a finite number of bounded length, as an amount is."""
        with pytest.raises(ValueError, match=r"factor is .*(finite|than 40 digits)"):
            ZERO * Decimal(factor)

    @pytest.mark.parametrize(
        "factor",
        [10**40, -(10**40), 1 << 10_000_000],
        ids=["1e40", "-1e40", "three million digits"],
    )
    def test_factors_of_too_many_digits(self, factor: int) -> None:
        """An int of more than forty digits is refused before it is converted."""
        with pytest.raises(ValueError, match="than 40 digits; multiply by less"):
            ZERO * factor
        assert ZERO * (10**40 - 1) == ZERO

    def test_results_of_too_many_digits(self) -> None:
        """What would be too long for an amount is refused, and never rounded."""
        with pytest.raises(ValueError, match=r"amount is .* more than 40 digits"):
            MOST + MOST
        with pytest.raises(ValueError, match=r"amount is .* more than 40 digits"):
            MOST * MOST.amount

    @pytest.mark.parametrize(
        "hostile",
        [
            Decimal((0, (1,), MAX_EMAX)),
            Decimal((1, (1,), MAX_EMAX)),
            Decimal((0, (1,), MIN_EMIN)),
            Decimal((0, (0,), MAX_EMAX)),
            Decimal((0, (0,), MIN_EMIN)),
            Decimal("1e999999999"),
            Decimal("1e-999999999"),
            Decimal("NaN" + "1" * 20),
        ],
        ids=str,
    )
    @pytest.mark.parametrize(
        "use",
        [lambda number: Money(number, "USD"), lambda number: MOST * number],
        ids=["amount", "factor"],
    )
    def test_hostile_numbers(
        self, hostile: Decimal, use: Callable[[Decimal], Money]
    ) -> None:
        """A number of a billion digits is refused before one of them is written."""
        tracemalloc.start()
        try:
            with pytest.raises(ValueError, match=r"finite|more than 40 digits"):
                use(hostile)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 1_000_000
