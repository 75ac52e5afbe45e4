from decimal import Decimal
from typing import Any

import pytest
from hypothesis import event, given

from relationkit.errors import Severity
from relationkit.fees import (
    Boundary,
    Bundle,
    Direction,
    Fixed,
    Graduated,
    Increment,
    Tier,
    Volume,
)
from relationkit.pricing import check, price_range
from relationkit.strategies import volume_fees
from tests.fees.oracle import exact

D = Decimal
FALLING = (Tier(up_to=D(20), rate=D(2)), Tier(rate=D(1)))


class TestCheck:
    def test_warns_of_what_falls(self) -> None:
        """More that costs less is told with its place, and a case that shows it."""
        fee = Bundle(parts=(Fixed(amount=D(9)), Volume(tiers=FALLING)))

        [problem] = check(fee)

        assert problem.severity is Severity.WARNING
        assert str(problem) == (
            "/parts/1/tiers/1: 20 quantity cost 40, and 21 cost 21"
            " (let the tiers be Graduated)"
        )

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"boundary": Boundary.EXCLUSIVE}, "19 quantity cost 38, and 20 cost 20"),
            (
                {"increment": Increment(size=D(7))},
                "14 quantity cost 28, and 21 cost 21",
            ),
            (
                {"increment": Increment(size=D(10), direction=Direction.DOWN)},
                "20 quantity cost 40, and 30 cost 30",
            ),
            (
                {"increment": Increment(size=D(10)), "boundary": Boundary.EXCLUSIVE},
                None,  # 10 cost 20, and so do 20
            ),
        ],
    )
    def test_heeds_what_is_billed(self, changes: Any, told: str | None) -> None:  # noqa: ANN401
        """What falls is judged by the quantities that can be billed."""
        found = [one.message for one in check(Volume(tiers=FALLING, **changes))]

        assert found == ([] if told is None else [told])

    @given(volume_fees())
    def test_warns_of_nothing_else(self, fee: Volume) -> None:
        """It warns iff a price falls at some bound."""
        falls = any(
            price_range(fee, low, high)[0] < exact(fee, low)
            for low, high in _around(fee)
        )
        event(f"falls: {falls}")

        assert bool(check(fee)) == falls

    def test_looks_within_each_tier(self) -> None:
        """A tier narrower than a unit, or without a last one, is looked at closely."""
        narrow = (
            Tier(up_to=D(20), rate=D(2)),
            Tier(up_to=D("20.5"), rate=D(1)),
            Tier(up_to=D(30), rate=D(3)),
        )
        step = Increment(size=D(40))

        [told] = check(Volume(tiers=narrow))
        assert told.message == "20 quantity cost 40, and 20.1 cost 20.1"
        assert check(Volume(tiers=narrow, increment=step)) == ()

    def test_is_content_with_graduated_tiers(self) -> None:
        """Of graduated tiers no price falls, whatever their rates."""
        assert check(Graduated(tiers=FALLING)) == ()


def _around(fee: Volume) -> Any:  # noqa: ANN401
    """Ranges of usage, each starting with what may cost more than what follows."""
    size = fee.increment.size if fee.increment else D("0.0001")
    for tier in fee.tiers[:-1]:
        bound = tier.up_to or D(0)
        whole = bound // size * size
        for start in (whole, whole - size, bound):
            if start >= 0:
                yield {fee.metric: start}, {fee.metric: start + 2 * size}
