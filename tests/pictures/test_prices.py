from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.fees import Fixed, Graduated, PerUnit, Tier, Volume
from relationkit.pictures import prices
from relationkit.pricing import UsageError
from relationkit.strategies import graduated_fees

D = Decimal
SPACE = "{http://www.w3.org/2000/svg}"
TIERS = (Tier(up_to=D(20), rate=D(2)), Tier(rate=D(1)))


def drawn(svg: str) -> list[list[tuple[float, float]]]:
    """The points of each line of a picture."""
    lines = ET.fromstring(svg).findall(f"{SPACE}polyline")  # noqa: S314
    return [
        [tuple(map(float, one.split(","))) for one in line.attrib["points"].split()]  # type: ignore[misc]
        for line in lines
    ]


class TestPrices:
    @given(graduated_fees(), st.integers(1, 10**6))
    def test_stay_within_the_picture(self, fee: Graduated, up_to: int) -> None:
        """Each line is drawn from left to right, within its axes."""
        [points] = drawn(prices({"fee": fee}, fee.metric, D(up_to)))

        assert all(64 <= x <= 464 and 16 <= y <= 200 for x, y in points)
        assert [x for x, _ in points] == sorted(x for x, _ in points)

    def test_show_what_falls(self) -> None:
        """A price that falls is drawn falling, beside one that does not."""
        some: Any = {"g": Graduated(tiers=TIERS), "v": Volume(tiers=TIERS)}
        rising, falling = drawn(prices(some, "quantity", D(40), unit="USD"))

        assert all(one[1] >= other[1] for one, other in zip(rising, rising[1:]))  # noqa: B905, RUF007
        assert min(y for _, y in falling[:81]) < falling[90][1]

    def test_name_what_they_show(self) -> None:
        """Names are texts, whatever is in them, and the largest amount is told."""
        svg = prices({"<a & b>": PerUnit(rate=D(50))}, "quantity", D(30), unit="USD")
        texts = [t.text for t in ET.fromstring(svg).iter(f"{SPACE}text")]  # noqa: S314

        assert texts == ["1,500 USD", "0", "30 quantity", "<a & b>"]

    def test_draw_nothing_of_nothing(self) -> None:
        """Without fees there are axes, and what costs nothing lies on one."""
        assert drawn(prices({}, "quantity", D(1))) == []
        [points] = drawn(prices({"free": PerUnit(rate=D(0))}, "quantity", D(1)))
        assert {y for _, y in points} == {200}

    def test_are_of_one_quantity(self) -> None:
        """What depends on another quantity, or on none, has no such picture."""
        with pytest.raises(UsageError, match="nobody prices 'hours'"):
            prices({"fixed": Fixed(amount=D(1))}, "hours", D(1))
        with pytest.raises(ValueError, match="up_to is 0; give a quantity above 0"):
            prices({}, "hours", D(0))
