import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from babel.core import get_global

from relationkit import codec
from relationkit.money import Money, minor_units
from relationkit.money._currencies import MINOR_UNITS
from relationkit.money._withdrawn import WITHDRAWN

JAVA = shutil.which("java")
ASK = """
public class Digits {
    public static void main(String[] none) {
        for (var one : java.util.Currency.getAvailableCurrencies()) {
            System.out.println(one + " " + one.getDefaultFractionDigits());
        }
    }
}
"""
BEFORE = {"AYM", "GWP", "XFO", "XFU", "ZWN"}
"""Never used, gone before 1999, units of account, and one of two years."""
EURO = (
    "ATS BEF BGN CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT"
    " SKK"
)
CASH = {"MRO", "SLL", "STD", "TMM", "ZMK", "ZWD"}
"""Of which locales have the digits of what was in circulation at the end."""
UNSAID = {"BEF", "BYB", "GRD", "PTE", "ROL", "TPE"}
"""Of which locales say nothing, and so have the two digits of most."""


class TestWithdrawn:
    def test_are_no_longer_listed(self) -> None:
        """A code that is on the list of today is not withdrawn."""
        assert WITHDRAWN.keys().isdisjoint(MINOR_UNITS)

    def test_were_currencies(self) -> None:
        """Every code is of a currency that a well-kept package knows."""
        assert WITHDRAWN.keys() <= get_global("all_currencies").keys()

    @pytest.mark.skipif(JAVA is None, reason="no Java platform to compare with")
    def test_have_the_digits_that_java_has(self, tmp_path: Path) -> None:
        """The minor units are those of the platform that has kept them longest."""
        (tmp_path / "Digits.java").write_text(ASK)
        command = [str(JAVA), "Digits.java"]
        told = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
        words = told.stdout.decode().split()
        known = dict(zip(words[::2], map(int, words[1::2]), strict=True))

        assert {code: known[code] for code in WITHDRAWN} == WITHDRAWN
        assert known.keys() - BEFORE <= WITHDRAWN.keys() | MINOR_UNITS.keys()

    def test_are_those_that_the_euro_came_for(self) -> None:
        """The currency of every country that has the euro is among them."""
        assert set(EURO.split()) <= WITHDRAWN.keys()

    def test_have_the_digits_that_locales_have(self) -> None:
        """So have locales, but where these have something else in mind."""
        known = get_global("currency_fractions")
        unlike = {
            code
            for code, digits in WITHDRAWN.items()
            if known.get(code, known["DEFAULT"])[0] != digits
        }

        assert unlike <= CASH | UNSAID
        assert UNSAID.isdisjoint(known)

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
