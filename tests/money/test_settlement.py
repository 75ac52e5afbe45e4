import pickle
from collections.abc import Sequence
from decimal import ROUND_DOWN, Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit import codec
from relationkit.money import (
    Amount,
    CashStep,
    MinorUnit,
    Money,
    Rounding,
    Scope,
    Settlement,
    grid_of,
    minor_units,
    settle_lines,
)
from relationkit.strategies import moneys, settlements

PAYABLE = ("USD", "JPY", "BHD", "CLF", "CHF", "HUF", "HRK")
ODD = [mode for mode in Rounding if mode not in {Rounding.CEILING, Rounding.FLOOR}]

codes = st.sampled_from(PAYABLE)
payable = moneys(currencies=codes)
overs = st.sampled_from([1, 2, 3, 7, 100, 10**9])
amounts = st.tuples(moneys().map(lambda money: money.amount), overs)
lines = st.lists(amounts, max_size=6)
narrow = Context(prec=2, rounding=ROUND_DOWN, Emax=3, Emin=-3, traps=[Inexact])


def exact(amount: Amount) -> Fraction:
    return Fraction(amount[0]) / amount[1]


def to_integer(number: Fraction, mode: Rounding) -> int:
    """The rounding of another arithmetic, told by its definition."""
    floor = number.numerator // number.denominator
    rest = number - floor
    away = number > 0
    goes_up = {
        Rounding.FLOOR: False,
        Rounding.CEILING: True,
        Rounding.UP: away,
        Rounding.DOWN: not away,
    }
    in_the_middle = {
        Rounding.HALF_UP: away,
        Rounding.HALF_DOWN: not away,
        Rounding.HALF_EVEN: floor % 2 == 1,
    }
    if mode in in_the_middle:
        half = Fraction(1, 2)
        return floor + (rest > half or (rest == half and in_the_middle[mode]))
    return floor + (rest > 0 and goes_up[mode])


class TestSettle:
    @given(payable, settlements())
    def test_is_rounding_by_its_definition(
        self, money: Money, settlement: Settlement
    ) -> None:
        """An amount goes to the multiple of the unit that its mode says."""
        unit = Fraction(grid_of(settlement, money.currency).unit)
        units = to_integer(Fraction(money.amount) / unit, settlement.mode)

        assert Fraction(money.settle(settlement).amount) == units * unit

    @given(payable, settlements())
    def test_is_done_once(self, money: Money, settlement: Settlement) -> None:
        """What is settled stays as it is."""
        settled = money.settle(settlement)

        assert str(settled.settle(settlement)) == str(settled)

    @given(payable, settlements(modes=st.sampled_from(ODD)))
    def test_is_odd(self, money: Money, settlement: Settlement) -> None:
        """What is charged and taken back leaves nothing, but by ceiling and floor."""
        assert (-money).settle(settlement) == -money.settle(settlement)

    @given(payable, moneys(), settlements())
    def test_is_monotone(
        self, one: Money, other: Money, settlement: Settlement
    ) -> None:
        """Whoever owes less never pays more."""
        less, more = sorted([one, Money(other.amount, one.currency)])

        assert less.settle(settlement) <= more.settle(settlement)

    @given(payable, settlements(cash=st.just(())))
    def test_has_the_digits_of_the_currency(
        self, money: Money, settlement: Settlement
    ) -> None:
        """A settled amount is written to the last digit of the minor unit."""
        own = {unit.code: unit.digits for unit in settlement.minor_units}
        digits = own.get(money.currency, minor_units(money.currency))
        amount = money.settle(settlement).amount

        assert -int(amount.as_tuple().exponent) == digits
        assert not (amount.is_zero() and amount.is_signed())

    @given(payable, settlements())
    def test_heeds_no_ambient_context(
        self, money: Money, settlement: Settlement
    ) -> None:
        """Precision, rounding and traps of the program change no settled amount."""
        expected = money.settle(settlement).amount.as_tuple()

        with localcontext(narrow):
            assert money.settle(settlement).amount.as_tuple() == expected

    @pytest.mark.parametrize(
        ("mode", "cents"),
        [
            ("half_even", "2.12 2.14 -2.12"),
            ("half_up", "2.13 2.14 -2.13"),
            ("half_down", "2.12 2.13 -2.12"),
            ("up", "2.13 2.14 -2.13"),
            ("down", "2.12 2.13 -2.12"),
            ("ceiling", "2.13 2.14 -2.12"),
            ("floor", "2.12 2.13 -2.13"),
        ],
    )
    def test_has_seven_modes(self, mode: str, cents: str) -> None:
        """Each mode has its own way with what lies in the middle."""
        settlement = Settlement(mode=Rounding(mode))
        middles = [Money(Decimal(a), "USD") for a in ("2.125", "2.135", "-2.125")]
        settled = [str(money.settle(settlement).amount) for money in middles]

        assert settled == cents.split()

    @pytest.mark.parametrize(
        ("amount", "settled"),
        [
            ("1234.5 JPY", "1234 JPY"),
            ("5.12449 KWD", "5.124 KWD"),
            ("1 CLF", "1.0000 CLF"),
            ("5.125 HRK", "5.12 HRK"),
            ("5.5 ITL", "6 ITL"),
            ("10.555 MGA", "10.56 MGA"),
        ],
    )
    def test_heeds_the_currency(self, amount: str, settled: str) -> None:
        """No, three and four digits are settled as such, as are old currencies."""
        number, code = amount.split()

        assert str(Money(Decimal(number), code).settle()) == settled

    @pytest.mark.parametrize("code", ["XAU", "XXX"])
    def test_needs_a_minor_unit(self, code: str) -> None:
        """What has no minor unit is refused, and settled once it is given one."""
        money = Money(Decimal("1.2345"), code)

        with pytest.raises(
            ValueError, match=rf"{code}', .*no minor unit.* by a MinorUnit"
        ):
            money.settle()
        own = Settlement(minor_units=(MinorUnit(code=code, digits=3),))
        assert str(money.settle(own)) == f"1.234 {code}"

    def test_goes_by_the_channel(self) -> None:
        """A processor may pay the crown of Iceland in whole, and ariary without."""
        channel = Settlement(minor_units=(MinorUnit(code="MGA", digits=0),))

        assert str(Money(Decimal("10.6"), "MGA").settle(channel)) == "11 MGA"

    @pytest.mark.parametrize(
        ("code", "step", "amount", "settled"),
        [
            ("CHF", "0.05", "9.975", "10.00"),
            ("CHF", "0.05", "9.97", "9.95"),
            ("HUF", "5", "1002.5", "1000.00"),
            ("DKK", "0.50", "-7.30", "-7.50"),
        ],
    )
    def test_may_be_in_coins(
        self, code: str, step: str, amount: str, settled: str
    ) -> None:
        """Where it is asked for, amounts are multiples of the smallest coin."""
        cash = Settlement(cash=(CashStep(code=code, step=Decimal(step)),))
        money = Money(Decimal(amount), code)

        assert str(money.settle(cash).amount) == settled
        assert money.settle().amount != money.settle(cash).amount

    def test_refuses_coins_finer_than_the_minor_unit(self) -> None:
        """A coin that no account can record is a slip."""
        cash = Settlement(cash=(CashStep(code="JPY", step=Decimal("0.5")),))

        with pytest.raises(ValueError, match="finer than its minor unit"):
            Money(Decimal(1), "JPY").settle(cash)

    def test_refuses_what_is_no_settlement(self) -> None:
        """A number of digits is not a settlement."""
        with pytest.raises(TypeError, match="settlement: expected a Settlement"):
            Money(Decimal(1), "JPY").settle(2)  # type: ignore[arg-type]


class TestSettleLines:
    @pytest.mark.parametrize(
        ("amounts", "told"),
        [
            (Decimal(1), "amounts: expected several, got Decimal"),
            ([Decimal(1)], "amounts has Decimal('1'); give pairs such as (Decimal("),
            ([(Decimal(1),)], "amounts has (Decimal('1'),); give pairs"),
            ([(1.5, 1)], "amounts: expected a Decimal, got 1.5, a float"),
            ([(Decimal(1), 1.5)], "amounts: expected an int, got 1.5, a float"),
            ([(Decimal(1), 0)], "amounts has (Decimal('1'), 0); give finite numbers,"),
            ([(Decimal("NaN"), 1)], "amounts has (Decimal('NaN'), 1); give finite"),
        ],
    )
    @pytest.mark.parametrize("scope", Scope)
    def test_refuses_what_are_no_amounts(
        self,
        amounts: Any,  # noqa: ANN401
        told: str,
        scope: Scope,
    ) -> None:
        """Each is a number and what it is over, whatever is rounded."""
        with pytest.raises((TypeError, ValueError)) as caught:
            settle_lines(amounts, "USD", Settlement(at=scope))

        assert str(caught.value).startswith(told)

    def test_is_by_a_settlement(self) -> None:
        """What is none is refused by name, as is a currency that is none."""
        with pytest.raises(TypeError, match=r"^settlement: expected a Settlement"):
            settle_lines([], "USD", "x")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match=r"^currency: expected a currency on the"):
            settle_lines([], "usd", Settlement())

    @given(lines, codes, settlements())
    def test_adds_up(
        self, amounts: Sequence[Amount], code: str, settlement: Settlement
    ) -> None:
        """Lines always add up to the total, all of them amounts that can be paid."""
        settled, total = settle_lines(amounts, code, settlement)
        unit = Fraction(grid_of(settlement, code).unit)

        assert sum(map(Fraction, settled)) == Fraction(total)
        assert all(Fraction(line) % unit == 0 for line in [*settled, total])

    @given(lines, codes, settlements())
    def test_is_near_the_truth(
        self, amounts: Sequence[Amount], code: str, settlement: Settlement
    ) -> None:
        """Each line is less than one unit from what it is exactly."""
        settled, _ = settle_lines(amounts, code, settlement)
        unit = Fraction(grid_of(settlement, code).unit)

        for line, amount in zip(settled, amounts, strict=True):
            assert abs(Fraction(line) - exact(amount)) < unit

    @given(lines, codes, settlements(scopes=st.just(Scope.TOTAL)))
    def test_rounds_once(
        self, amounts: Sequence[Amount], code: str, settlement: Settlement
    ) -> None:
        """Settled once, the total is the exact total rounded, and nothing else."""
        _, total = settle_lines(amounts, code, settlement)
        unit = Fraction(grid_of(settlement, code).unit)
        units = sum(map(exact, amounts), Fraction(0)) / unit

        assert Fraction(total) == unit * to_integer(units, settlement.mode)

    @given(lines, codes, settlements(scopes=st.just(Scope.LINE)))
    def test_rounds_each(
        self, amounts: Sequence[Amount], code: str, settlement: Settlement
    ) -> None:
        """Settled by line, each line is rounded alone."""
        settled, _ = settle_lines(amounts, code, settlement)
        unit = Fraction(grid_of(settlement, code).unit)

        for line, amount in zip(settled, amounts, strict=True):
            units = to_integer(exact(amount) / unit, settlement.mode)
            assert Fraction(line) == unit * units

    @given(lines, codes, settlements(modes=st.sampled_from(ODD)))
    def test_is_odd(
        self, amounts: Sequence[Amount], code: str, settlement: Settlement
    ) -> None:
        """Lines taken back are settled as they were charged, one by one."""
        back = [(-amount, over) for amount, over in amounts]
        settled, total = settle_lines(amounts, code, settlement)
        taken, less = settle_lines(back, code, settlement)

        assert [-line for line in settled] == list(taken)
        assert total == -less

    @given(lines, codes, settlements())
    def test_heeds_no_ambient_context(
        self, amounts: Sequence[Amount], code: str, settlement: Settlement
    ) -> None:
        """Under any precision, rounding and traps lines and total are the same."""
        expected = settle_lines(amounts, code, settlement)

        with localcontext(narrow):
            got = settle_lines(amounts, code, settlement)
        assert str(got) == str(expected)

    def test_gives_to_the_first_of_equals(self) -> None:
        """What cannot be parted evenly goes to the earlier lines."""
        third = (Decimal(100), 3)
        settled, total = settle_lines([third] * 3, "JPY", Settlement(at=Scope.TOTAL))

        assert list(map(int, settled)) == [34, 33, 33]
        assert total == Decimal(100)

    def test_adds_up_where_a_peer_does_not(self) -> None:
        """A total of unrounded lines beside lines rounded apart is 0.01 off.

        Meteroid rounds the total and its sublines separately.
        """
        shares = [(Decimal("0.005"), 1)] * 3

        assert settle_lines(shares, "USD", Settlement())[1] == 0
        once, total = settle_lines(shares, "USD", Settlement(at=Scope.TOTAL))
        assert (sum(once), total) == (Decimal("0.02"), Decimal("0.02"))

    def test_nets_before_it_rounds(self) -> None:
        """17 and 31sts of 10 less what was paid are 5.48, and not 5.49.

        Flexprice nets lines that it has rounded before.
        """
        charged, credit = (Decimal(1700), 310), (Decimal(0), 1)
        _, total = settle_lines([charged, credit], "USD", Settlement(at=Scope.TOTAL))

        assert total == Decimal("5.48")

    def test_of_nothing_is_zero(self) -> None:
        """No lines come to zero, to the last digit of the minor unit."""
        lines, total = settle_lines([], "BHD", Settlement())

        assert (lines, str(total)) == ((), "0.000")


class TestSettlement:
    @given(settlements())
    def test_survives_pickling(self, settlement: Settlement) -> None:
        """What comes back from another process is equal, and has an equal hash."""
        again = pickle.loads(pickle.dumps(settlement))  # noqa: S301

        assert (again, hash(again)) == (settlement, hash(settlement))

    def test_ignores_order(self) -> None:
        """Reordered overrides are the same settlement."""
        units = (MinorUnit(code="XAU", digits=3), MinorUnit(code="JPY", digits=2))

        one, other = (Settlement(minor_units=u) for u in (units, units[::-1]))
        assert (one, hash(one)) == (other, hash(other))

    def test_reads_from_documents(self) -> None:
        """A settlement is data: a contract may bring its own."""
        document = {
            "minor_units": [{"code": "XAU", "digits": 3}],
            "mode": "half_up",
            "at": "total",
            "cash": [{"code": "CHF", "step": "0.05"}],
        }

        assert codec.load(document, Settlement) == Settlement(
            minor_units=(MinorUnit(code="XAU", digits=3),),
            mode=Rounding.HALF_UP,
            at=Scope.TOTAL,
            cash=(CashStep(code="CHF", step=Decimal("0.05")),),
        )

    def test_has_one_of_each(self) -> None:
        """Two minor units or steps of one currency contradict each other."""
        unit = MinorUnit(code="XAU", digits=3)
        step = CashStep(code="CHF", step=Decimal("0.05"))

        with pytest.raises(ValueError, match="minor_units has XAU twice"):
            Settlement(minor_units=(unit, evolve(unit, digits=2)))
        with pytest.raises(ValueError, match="cash has CHF twice"):
            Settlement(cash=(step, evolve(step, step=Decimal(1))))

    @pytest.mark.parametrize("digits", [-1, 19, 10**30])
    def test_has_few_digits(self, digits: int) -> None:
        """A minor unit is neither coarser than the major nor finer than useful."""
        with pytest.raises(ValueError, match=r"^digits: expected .* from 0 to 18, got"):
            MinorUnit(code="XAU", digits=digits)

    @pytest.mark.parametrize(
        "step", ["0", "-0.05", "-0", "NaN", "sNaN", "Infinity", "1e9999", "1e-41"]
    )
    def test_has_steps_above_zero(self, step: str) -> None:
        """A step is a number above 0 that can be reckoned with."""
        with pytest.raises(ValueError, match="step is"):
            CashStep(code="CHF", step=Decimal(step))

    def test_knows_its_currencies(self) -> None:
        """A slip in a code is refused, with what was meant."""
        with pytest.raises(ValueError, match="did you mean 'XAU'"):
            MinorUnit(code="xau", digits=3)
        with pytest.raises(ValueError, match=r"^code: expected .*, got 'EURO'"):
            CashStep(code="EURO", step=Decimal(1))

    @pytest.mark.parametrize("digits", [True, 2.0, "2", Decimal(2)])
    def test_refuses_other_classes(self, digits: int) -> None:
        """A digit is a whole number, and True is none."""
        with pytest.raises(TypeError, match="digits: expected"):
            MinorUnit(code="XAU", digits=digits)
