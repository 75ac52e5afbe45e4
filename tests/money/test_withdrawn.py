from decimal import Decimal

import pytest
from babel.core import get_global

from relationkit import codec
from relationkit.money import Money, minor_units
from relationkit.money._currencies import MINOR_UNITS
from relationkit.money._withdrawn import WITHDRAWN


class TestWithdrawn:
    def test_are_no_longer_listed(self) -> None:
        """A code that is on the list of today is not withdrawn."""
        assert WITHDRAWN.keys().isdisjoint(MINOR_UNITS)

    def test_were_currencies(self) -> None:
        """Every code is of a currency that a well-kept package knows."""
        assert WITHDRAWN.keys() <= get_global("all_currencies").keys()

    @pytest.mark.parametrize(
        ("code", "digits"), [("HRK", 2), ("BGN", 2), ("ANG", 2), ("ITL", 0)]
    )
    def test_are_read_in_old_contracts(self, code: str, digits: int) -> None:
        """What was agreed in kuna is read, reckoned and settled in kuna."""
        money = codec.load({"amount": "10.50", "currency": code}, Money)

        assert minor_units(code) == digits
        assert (money + money).settle() == Money(Decimal(21), code)

    def test_cannot_be_changed(self) -> None:
        """No program can add a currency for all others."""
        with pytest.raises(TypeError):
            WITHDRAWN["DDM"] = 2  # type: ignore[index]
