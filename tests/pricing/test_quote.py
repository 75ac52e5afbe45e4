from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit import fees
from relationkit.fees import (
    Boundary,
    Bounded,
    Bundle,
    Direction,
    Discounted,
    Fee,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    Volume,
)
from relationkit.money import MinorUnit, Money, Rounding, Scope, Settlement, minor_units
from relationkit.pricing import Line, Quote, quote
from relationkit.strategies import fees as any_fees
from relationkit.strategies import quotes, usages
from tests.fees.oracle import MODES, by_unit, exact

D = Decimal
CURRENCIES = ("USD", "JPY", "BHD", "CLF")

FINE = Settlement(minor_units=(MinorUnit(code="USD", digits=12),), at=Scope.TOTAL)

settlements = st.builds(
    Settlement, mode=st.sampled_from(Rounding), at=st.sampled_from(Scope)
)
currencies = st.sampled_from(CURRENCIES)
quantities = st.decimals(0, 2000, places=2)
rates = st.decimals(0, 100, places=3)


@st.composite
def asked(draw: st.DrawFn, forms: st.SearchStrategy[Fee] | None = None) -> Any:  # noqa: ANN401
    """A fee, and a usage that it prices."""
    fee = draw(any_fees() if forms is None else forms)
    return fee, draw(usages(fee))


@st.composite
def graduated(
    draw: st.DrawFn, *, falling: bool = False, flats: bool = False
) -> Graduated:
    """Tiers of any rates, or of rates that only fall."""
    bounds = sorted(draw(st.sets(st.integers(1, 500), max_size=3)))
    each = [draw(rates) for _ in (*bounds, None)]
    each = sorted(each, reverse=True) if falling else each
    return Graduated(
        tiers=tuple(
            Tier(
                up_to=None if bound is None else D(bound),
                rate=rate,
                flat=draw(rates) if flats else D(0),
            )
            for bound, rate in zip((*bounds, None), each, strict=True)
        )
    )


def once(fee: Fee, usage: Mapping[str, Decimal | int] | None = None) -> Decimal:
    """What a fee comes to, settled so finely that nothing is lost."""
    return quote(fee, usage or {}, currency="USD", settlement=FINE).total.amount


def total(fee: Fee, **usage: Decimal | int) -> Decimal:
    """What a fee comes to in dollars."""
    return quote(fee, usage, currency="USD").total.amount


def tiers(*told: tuple[int | None, str, str]) -> tuple[Tier, ...]:
    return tuple(
        Tier(up_to=None if up is None else D(up), rate=D(rate), flat=D(flat))
        for up, rate, flat in told
    )


class TestQuote:
    @given(asked(), settlements, currencies)
    def test_adds_up(
        self, case: tuple[Fee, Any], settlement: Settlement, currency: str
    ) -> None:
        """Lines add up to the total, each one payable, however it is settled."""
        made = quote(*case, currency=currency, settlement=settlement)
        digits = minor_units(currency) or 0
        amounts = [line.amount for line in made.lines]

        assert sum(map(Fraction, amounts)) == Fraction(made.total.amount)
        assert made.total.currency == made.currency == currency
        assert all(-int(one.as_tuple().exponent) == digits for one in amounts)
        assert not any(one.is_signed() and not one for one in amounts)

    @given(asked(), st.sampled_from(Rounding), currencies)
    def test_is_rounded_once(
        self, case: tuple[Fee, Any], mode: Rounding, currency: str
    ) -> None:
        """Settled once, the total is the exact one rounded, and no line is far off."""
        settlement = Settlement(mode=mode, at=Scope.TOTAL)
        made = quote(*case, currency=currency, settlement=settlement)
        unit = Fraction(10) ** (minor_units(currency) or 0)
        event(f"off the grid: {exact(*case) * unit % 1 != 0}")

        assert Fraction(made.total.amount) * unit == MODES[mode](exact(*case) * unit)
        for line in made.lines:
            if line.quantity is not None and line.rate is not None:
                ideal = Fraction(line.quantity) * Fraction(line.rate) / line.per
                assert abs(Fraction(line.amount) - ideal) * unit < 1

    @given(asked(), st.sampled_from(Rounding), currencies)
    def test_is_rounded_line_by_line(
        self, case: tuple[Fee, Any], mode: Rounding, currency: str
    ) -> None:
        """Settled at the line, each is its quantity at its rate, rounded."""
        made = quote(*case, currency=currency, settlement=Settlement(mode=mode))
        unit = Fraction(10) ** (minor_units(currency) or 0)

        for line in made.lines:
            if line.quantity is not None and line.rate is not None:
                ideal = Fraction(line.quantity) * Fraction(line.rate) / line.per * unit
                assert Fraction(line.amount) * unit == MODES[mode](ideal)

    @given(asked())
    def test_is_not_negative(self, case: tuple[Fee, Any]) -> None:
        """Nobody is paid for being a customer."""
        assert quote(*case, currency="USD").total.amount >= 0

    @given(asked(), settlements, st.integers(1, 40))
    def test_heeds_no_decimal_context(
        self, case: tuple[Fee, Any], settlement: Settlement, digits: int
    ) -> None:
        """Whatever context or thread it is reckoned in, it is the same."""
        made = quote(*case, currency="BHD", settlement=settlement)

        with localcontext(Context(prec=digits, rounding="ROUND_UP", Emin=0, Emax=9)):
            again = quote(*case, currency="BHD", settlement=settlement)
            assert str(again) == str(made)
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(quote, *case, currency="BHD", settlement=settlement)
            assert work.result() == made == again

    @pytest.mark.parametrize(
        ("hours", "direction", "billed"),
        [
            ("0.49", "nearest", "0"),
            ("0.5", "nearest", "1"),
            ("1.5", "nearest", "2"),
            ("0.01", "up", "1"),
            ("1", "up", "1"),
            ("1.99", "down", "1"),
        ],
    )
    def test_is_of_whole_steps(self, hours: str, direction: str, billed: str) -> None:
        """What lies between two steps is billed as the one or the other."""
        steps = Increment(size=D(1), direction=Direction(direction))
        fee = PerUnit(rate=D(1), metric="hours", increment=steps)

        assert total(fee, hours=D(hours)) == D(billed)

    @given(quotes())
    def test_is_reversed(self, made: Quote) -> None:
        """Reversed it is the credit for all of it, and twice reversed itself."""
        credit = made.reversed()

        assert credit.total == -made.total
        assert credit.reversed() == made
        for one, back in zip(made.lines, credit.lines, strict=True):
            assert (one.quantity is None) == (back.quantity is None)
            assert not (one.quantity or 0) + (back.quantity or 0)
        assert not any(
            line.amount.is_zero() and line.amount.is_signed() for line in credit.lines
        )

    @given(asked(any_fees()), st.lists(st.integers(0, 3000), max_size=4), settlements)
    def test_telescopes(
        self, case: tuple[Fee, Any], snapshots: list[int], settlement: Settlement
    ) -> None:
        """Bills for what has changed since the last add up to the bill for it all."""
        fee, usage = case

        def at(more: int) -> Money:
            used = {metric: q + more for metric, q in usage.items()}
            return quote(fee, used, currency="USD", settlement=settlement).total

        prices = [at(more) for more in (0, *sorted(snapshots))]
        billed = [after - before for before, after in pairwise(prices)]
        assert Money.sum([prices[0], *billed], "USD") == prices[-1]

    def test_says_how_it_came_about(self) -> None:
        """As text it is each line, with what it is made of, and the total."""
        work = Bundle(
            parts=(
                Fixed(amount=D(50), label="opening"),
                PerUnit(rate=D(1), per=3, metric="recovery"),
                Graduated(
                    tiers=tiers((10, "2", "5"), (None, "1", "0")), metric="pages"
                ),
            )
        )
        fee = Discounted(inner=fees.capped(work, D(100)), share=D("0.1"))

        assert str(quote(fee, {"recovery": 100, "pages": 12}, currency="USD")) == (
            "opening: 1 x 50 = 50.00\n"
            "recovery: 100 x 1 per 3 = 33.33\n"
            "pages: 10 x 2 = 20.00\n"
            "pages, flat: 1 x 5 = 5.00\n"
            "pages: 2 x 1 = 2.00\n"
            "cap: -10.33\n"
            "discount: -10.00\n"
            "total: 90.00 USD"
        )

    def test_keeps_to_a_cap_of_rounded_lines(self) -> None:
        """Settled line by line, a cap is not exceeded by what rounding adds."""
        third = PerUnit(rate=D(1), per=3, metric="n", label="third")
        fee = fees.capped(Bundle(parts=(third,) * 5), D(166))
        up = Settlement(mode=Rounding.UP)

        made = quote(fee, {"n": 100}, currency="USD", settlement=up)

        assert [line.amount for line in made.lines] == [D("33.34")] * 5 + [D("-0.70")]
        assert made.total == Money(D("166.00"), "USD")

    def test_carries_tax_codes(self) -> None:
        """A line has its fee's code, and what changes lines theirs if all agree."""
        one, other = (Fixed(amount=D(9), tax_code=code) for code in ("S", "Z"))
        alike = Discounted(inner=Bundle(parts=(one, one)), share=D("0.5"))
        mixed = Discounted(inner=Bundle(parts=(one, other)), share=D("0.5"))

        for fee, codes in ((alike, ["S", "S", "S"]), (mixed, ["S", "Z", ""])):
            made = quote(fee, {}, currency="USD")
            assert [line.tax_code for line in made.lines] == codes

    def test_is_in_a_currency_that_can_be_paid(self) -> None:
        """Gold has no smallest amount, and a misspelt currency is none."""
        fee = Fixed(amount=D(9))

        with pytest.raises(ValueError, match=r"'XAU'.* no minor unit"):
            quote(fee, {}, currency="XAU")
        with pytest.raises(ValueError, match=r"did you mean 'USD'"):
            Quote(currency="usd", lines=())

    def test_is_of_a_fee(self) -> None:
        """What is no fee has no price."""
        no_fee: Any = "hourly"

        with pytest.raises(TypeError, match=r"^fee: expected a Fixed"):
            quote(no_fee, {}, currency="USD")
        with pytest.raises(ValueError, match=r"^currency: .*did you mean 'USD'"):
            quote(Fixed(amount=D(1)), {}, currency="usd")
        with pytest.raises(TypeError, match=r"^settlement: expected a Settlement"):
            quote(Fixed(amount=D(1)), {}, currency="USD", settlement=no_fee)

    def test_is_what_its_lines_say(self) -> None:
        """Made by hand it adds up too, in the order in which its lines stand."""
        lines = (Line(label="work", amount=D(10)), Line(label="cap", amount=D(-3)))

        made = Quote(currency="USD", lines=lines)

        assert made.total == Money(D(7), "USD")
        assert made.lines == lines


class TestOracle:
    @given(asked())
    def test_agrees(self, case: tuple[Fee, Any]) -> None:
        """What others reckon in rationals is what a quote comes to."""
        made = quote(*case, currency="USD", settlement=FINE)
        event(type(case[0]).__name__)

        assert Fraction(made.total.amount) == Fraction(
            round(exact(*case) * 10**12), 10**12
        )

    @given(graduated(), st.integers(0, 700))
    def test_agrees_unit_by_unit(self, fee: Graduated, units: int) -> None:
        """Each unit costs the rate of the tier in which it lies."""
        assert Fraction(once(fee, {"quantity": units})) == by_unit(fee, units)


class TestTiers:
    @given(graduated(flats=True), quantities, quantities)
    def test_graduated_never_falls(self, fee: Graduated, one: D, other: D) -> None:
        """More never costs less."""
        least, most = sorted((one, other))

        assert once(fee, {"quantity": least}) <= once(fee, {"quantity": most})

    def test_volume_falls(self) -> None:
        """At the rate of one tier for all, 25 may cost less than 20."""
        fee = Volume(tiers=tiers((20, "2", "0"), (None, "1", "0")))

        assert total(fee, quantity=20) == 40
        assert total(fee, quantity=25) == 25

    @given(rates, quantities)
    def test_are_alike_if_there_is_one(self, rate: D, quantity: D) -> None:
        """One open tier is a rate for each unit, however it is called."""
        one = (Tier(rate=rate),)
        all_ = (Graduated(tiers=one), Volume(tiers=one), PerUnit(rate=rate))

        assert len({once(fee, {"quantity": quantity}) for fee in all_}) == 1

    @given(graduated(flats=True), quantities)
    def test_are_alike_in_the_first(self, fee: Graduated, quantity: D) -> None:
        """Up to the first bound, graduated and volume cost the same."""
        bound = fee.tiers[0].up_to
        usage = {"quantity": quantity if bound is None else min(quantity, bound)}

        assert once(fee, usage) == once(Volume(tiers=fee.tiers), usage)

    @given(graduated(falling=True), quantities, quantities)
    def test_fall_for_the_larger(self, fee: Graduated, one: D, other: D) -> None:
        """At falling rates volume is no dearer, and two orders no cheaper than one."""
        apart = once(fee, {"quantity": one}) + once(fee, {"quantity": other})

        assert once(Volume(tiers=fee.tiers), {"quantity": one}) <= once(
            fee, {"quantity": one}
        )
        assert once(fee, {"quantity": one + other}) <= apart

    @given(graduated(flats=True), quantities, st.integers(1, 999), st.data())
    def test_may_be_split(
        self, fee: Graduated, quantity: D, at: int, data: st.DataObject
    ) -> None:
        """A tier cut in two of the same rate costs what it did."""
        place = data.draw(st.integers(0, len(fee.tiers) - 1))
        tier, start = fee.tiers[place], (place and fee.tiers[place - 1].up_to) or D(0)
        end = start + 1000 if tier.up_to is None else tier.up_to
        middle = start + (end - start) * at / 1000
        parts = evolve(tier, up_to=middle), evolve(tier, flat=D(0))
        split = evolve(fee, tiers=(*fee.tiers[:place], *parts, *fee.tiers[place + 1 :]))

        assert once(split, {"quantity": quantity}) == once(fee, {"quantity": quantity})

    @given(graduated(flats=True), quantities, st.sampled_from([D(100), D("0.1"), D(8)]))
    def test_know_no_unit(self, fee: Graduated, quantity: D, by: D) -> None:
        """In cents for dollars, or minutes for hours, it costs the same."""
        other = evolve(
            fee,
            tiers=tuple(
                evolve(t, up_to=t.up_to and t.up_to * by, rate=t.rate / by)
                for t in fee.tiers
            ),
        )

        assert once(other, {"quantity": quantity * by}) == once(
            fee, {"quantity": quantity}
        )

    @pytest.mark.parametrize(
        ("boundary", "quantity", "volume", "graduated_"),
        [
            (Boundary.INCLUSIVE, "10", 25, 25),
            (Boundary.INCLUSIVE, "10.01", D("17.01"), D("32.01")),
            (Boundary.EXCLUSIVE, "9.99", D("24.98"), D("24.98")),
            (Boundary.EXCLUSIVE, "10", 17, 32),
        ],
    )
    def test_end_where_they_say(
        self, boundary: Boundary, quantity: str, volume: D, graduated_: D
    ) -> None:
        """Whether a bound belongs to its tier is said, as billers disagree."""
        told = tiers((10, "2", "5"), (None, "1", "7"))
        both = (kind(tiers=told, boundary=boundary) for kind in (Volume, Graduated))

        assert [total(fee, quantity=D(quantity)) for fee in both] == [
            volume,
            graduated_,
        ]

    @pytest.mark.parametrize("kind", [Graduated, Volume])
    @pytest.mark.parametrize("owed", [True, False])
    def test_owe_the_first_flat_amount_or_not(
        self, kind: type[Graduated | Volume], *, owed: bool
    ) -> None:
        """Whether no use owes a flat amount is said, as billers disagree."""
        told = tiers((10, "2", "5"), (None, "1", "7"))
        fee: Any = kind(tiers=told, flat_when_unused=owed)

        assert total(fee, quantity=0) == (5 if owed else 0)
        assert total(fee, quantity=D("0.5")) == 6


class TestCombinators:
    @given(asked(), st.none() | rates, st.none() | rates)
    def test_bounds_clamp(
        self, case: tuple[Fee, Any], one: D | None, other: D | None
    ) -> None:
        """What is bounded is clamped, once and for all; without bounds it is itself."""
        fee, usage = case
        least, most = (one, other) if None in {one, other} else sorted((one, other))  # type: ignore[type-var]
        bounded = Bounded(inner=fee, at_least=least, at_most=most)
        inner = once(fee, usage)
        floored = inner if least is None else max(inner, least)

        assert once(bounded, usage) == (floored if most is None else min(floored, most))
        assert once(evolve(bounded, inner=bounded), usage) == once(bounded, usage)
        assert once(Bounded(inner=fee), usage) == inner

    @given(asked(), asked())
    def test_bundles_add(self, one: tuple[Fee, Any], other: tuple[Fee, Any]) -> None:
        """A bundle comes to what its parts do, whatever they are called for."""
        usage = other[1] | one[1]
        parts = (one[0], other[0])
        ideal = sum(exact(part, usage) for part in parts)

        assert Fraction(once(Bundle(parts=parts), usage)) == Fraction(
            round(ideal * 10**12), 10**12
        )

    @given(asked())
    def test_discounts_take_a_share(self, case: tuple[Fee, Any]) -> None:
        """Nothing off is the fee itself, all of it off is nothing."""
        fee, usage = case

        assert once(Discounted(inner=fee, share=D(0)), usage) == once(fee, usage)
        assert once(Discounted(inner=fee, share=D(1)), usage) == 0

    def test_apply_in_the_order_of_their_nesting(self) -> None:
        """Two off a hundred and then a tenth is not a tenth and then a cap."""
        fee = Fixed(amount=D(100))
        first = fees.capped(Discounted(inner=fee, share=D("0.1")), D(95))
        last = Discounted(inner=fees.capped(fee, D(95)), share=D("0.1"))

        assert [total(first), total(last)] == [90, D("85.50")]
