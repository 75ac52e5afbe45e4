from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import fees
from relationkit.errors import StepsError
from relationkit.fees import (
    Boundary,
    Bounded,
    Bundle,
    Direction,
    Fee,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    Volume,
)
from relationkit.pricing import UsageError, certainty, price_range
from relationkit.strategies import fees as any_fees
from relationkit.strategies import usages
from tests.fees.oracle import exact

D = Decimal
FALLING = (Tier(up_to=D(20), rate=D(2)), Tier(rate=D(1)))


@st.composite
def ranged(draw: st.DrawFn) -> Any:  # noqa: ANN401
    """A fee, two usages of which none is above the other, and one between."""
    fee = draw(any_fees())
    three = [draw(usages(fee)) for _ in range(3)]
    ordered = {metric: sorted(each[metric] for each in three) for metric in three[0]}
    return fee, *({m: each[at] for m, each in ordered.items()} for at in (0, 2, 1))


class TestCertainty:
    @given(ranged())
    def test_holds_what_may_come(self, case: Any) -> None:  # noqa: ANN401
        """No price between is below the least or above the most."""
        fee, low, high, between = case
        least, most = price_range(fee, low, high)

        for usage in (low, between, high):
            assert least <= exact(fee, usage) <= most
        assert 0 <= certainty(fee, low, high) <= 1

    @given(ranged(), st.integers(0, 900), st.integers(0, 900))
    def test_never_falls_under_bounds(self, case: Any, one: int, other: int) -> None:  # noqa: ANN401
        """A minimum, a cap or both leave no less of the price known."""
        fee, low, high, _ = case
        for least, most in ((one, None), (None, one + 1), sorted((one, other + 1))):
            bounded = Bounded(
                inner=fee,
                at_least=None if least is None else D(least),
                at_most=None if most is None else D(most),
            )
            assert certainty(bounded, low, high) >= certainty(fee, low, high)

    def test_is_whole_of_a_fixed_fee(self) -> None:
        """What depends on nothing is known, as is what costs nothing."""
        assert certainty(Fixed(amount=D(9)), {}, {}) == 1
        assert certainty(PerUnit(rate=D(0)), {"quantity": 0}, {"quantity": 9}) == 1

    def test_rises_with_a_cap(self) -> None:
        """A cap makes a price by the hour twice as certain."""
        hours = fees.hourly(D(250))
        low, high = {"hours": 8}, {"hours": 20}

        assert certainty(hours, low, high) == Fraction(2, 5)
        assert certainty(fees.capped(hours, D(2500)), low, high) == Fraction(4, 5)

    @pytest.mark.parametrize(
        ("fee", "least", "most"),
        [
            (Volume(tiers=FALLING), 20, 40),
            (Volume(tiers=FALLING, boundary=Boundary.EXCLUSIVE), 20, 40),
            (Volume(tiers=FALLING, increment=Increment(size=D(7))), 21, 28),
            (Volume(tiers=FALLING, increment=Increment(size=D(8))), 24, 32),
            (
                Volume(
                    tiers=FALLING,
                    increment=Increment(size=D(7), direction=Direction.DOWN),
                ),
                21,
                28,
            ),
            (
                Volume(
                    tiers=FALLING,
                    increment=Increment(size=D(7), direction=Direction.NEAREST),
                ),
                21,
                28,
            ),
            (Graduated(tiers=FALLING), 30, 45),
        ],
    )
    def test_sees_where_a_price_falls(self, fee: Fee, least: int, most: int) -> None:
        """A price that falls between is least there, or just above a bound."""
        found = price_range(fee, {"quantity": 15}, {"quantity": 25})

        assert found == (Fraction(least), Fraction(most))

    @pytest.mark.parametrize(
        ("low", "high", "told"),
        [
            ({"hours": 9}, {"hours": 8}, "/low/hours: low is 9, above high, 8"),
            ({}, {"hours": 8}, "/low: 'hours' is missing"),
            ({"hours": 1, "days": 2}, {"hours": 8}, "/low/days: nobody prices"),
            ({"hours": 1}, {"days": 8}, "/high/days: nobody prices"),
            ({"hours": 1}, {"hours": -1}, "/high/hours: "),
            ({"hours": -1}, {"hours": 8}, r"/low/hours: .*, got -1 \(take off by"),
        ],
    )
    def test_is_of_a_range(self, low: Any, high: Any, told: str) -> None:  # noqa: ANN401
        """What is no range of usage for the fee is refused, with its place."""
        with pytest.raises(UsageError, match=told):
            certainty(fees.hourly(D(1)), low, high)

    def test_sees_where_a_step_turns(self) -> None:
        """Between two steps the billed quantity turns, where another part goes on."""
        tens = Increment(size=D(10), direction=Direction.NEAREST)
        tiers = (Tier(up_to=D(26), rate=D(2)), Tier())
        stepped = Volume(tiers=tiers, metric="hours", increment=tens)
        fee = Bundle(parts=(PerUnit(rate=D(1), metric="hours"), stepped))

        least, most = price_range(fee, {"hours": 16}, {"hours": 40})

        assert (int(least), int(most)) == (25, 65)

    def test_gives_up_in_time(self) -> None:
        """Too many tiers to be tried against each other are not tried."""
        tiers = tuple(Tier(up_to=D(n), rate=D(n)) for n in range(1, 90))
        parts = tuple(Volume(tiers=tiers, metric=m) for m in ("a", "b"))

        with pytest.raises(StepsError, match="a narrower range"):
            price_range(Bundle(parts=parts), {"a": 1, "b": 1}, {"a": 89, "b": 89})
