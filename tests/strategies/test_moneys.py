from decimal import Decimal

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from relationkit.money import minor_units
from relationkit.money._currencies import MINOR_UNITS
from relationkit.strategies._money import currencies, moneys


class TestMoneys:
    @pytest.mark.parametrize("places", [0, 2, 3, 4, None])
    def test_come_in_every_kind_of_currency(self, places: int | None) -> None:
        """Each number of digits a minor unit has, or lacks, comes up."""
        found = find(moneys(), lambda money: minor_units(money.currency) == places)

        assert minor_units(found.currency) == places

    @pytest.mark.parametrize("amount", ["0", "-1", "0.01", "-0.000000000001", "1000"])
    def test_come_in_awkward_amounts(self, amount: str) -> None:
        """Zero, less than zero, the smallest and the finest amounts come up."""
        find(moneys(), lambda money: money.amount == Decimal(amount))

    @given(moneys(currencies=st.just("CHF"), amounts=st.just(Decimal("0.05"))))
    def test_take_what_they_are_given(self, money: object) -> None:
        """Currencies and amounts of one's own stand in for ours."""
        assert str(money) == "0.05 CHF"

    def test_shrink_to_nothing(self) -> None:
        """The simplest failure is of no dollars."""
        assert str(find(moneys(), lambda _: True)) == "0.00 USD"


class TestCurrencies:
    @pytest.mark.parametrize("code", ["USD", "XAU", "ZWG"])
    def test_are_those_of_the_list(self, code: str) -> None:
        """Any code of the list comes up, and none that is not on it."""
        assert find(currencies(), lambda found: found == code) in MINOR_UNITS
