import importlib.util
import inspect
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import iso4217
import pytest
from hypothesis import given

from relationkit.money import CURRENCIES_AS_OF, Listed, _currencies, minor_units
from relationkit.money._currencies import MINOR_UNITS
from relationkit.strategies._money import currencies

GENERATOR = Path(__file__).parents[2] / "tools" / "currencies.py"


@pytest.fixture
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("currencies", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LIST = "code: expected a currency on the ISO 4217 list of 2026-01-01, got"


class TestTable:
    """The table is the ISO 4217 list of its day, no more and no less."""

    def test_is_that_of_iso4217(self) -> None:
        """Every code and every number of digits is that of a well-kept package."""
        listed = {currency.code: currency.exponent for currency in iso4217.Currency}

        assert listed == MINOR_UNITS
        assert iso4217.__published__ == CURRENCIES_AS_OF

    def test_leaves_no_code_of_the_list_out(self) -> None:
        """Also codes that the package's own choice might pass over are there."""
        assert set(MINOR_UNITS) == {code for code in iso4217.raw_table if code}

    def test_is_made_by_its_generator(self, generator: ModuleType) -> None:
        """The module is, to the letter, what the command in its header writes."""
        assert inspect.getsource(_currencies) == generator.source()

    def test_has_every_kind_of_currency(self) -> None:
        """Not every currency has cents: none, no digit, three and four occur."""
        kinds = {2: 139, 0: 17, None: 13, 3: 7, 4: 2}

        assert Counter(MINOR_UNITS.values()) == kinds

    def test_cannot_be_changed(self) -> None:
        """No program can add a currency for all others."""
        with pytest.raises(TypeError):
            MINOR_UNITS["BTC"] = 8  # type: ignore[index]

    def test_needs_no_package(self) -> None:
        """Importing money neither needs the package nor costs its parsing."""
        check = "import sys, relationkit.money; sys.exit('iso4217' in sys.modules)"

        subprocess.run([sys.executable, "-c", check], check=True)


class TestMinorUnits:
    @given(currencies())
    def test_knows_every_currency(self, code: str) -> None:
        """Each code of the list has its digits, or None for no minor unit."""
        assert minor_units(code) == MINOR_UNITS[code]

    @pytest.mark.parametrize(
        ("code", "places"),
        [("USD", 2), ("JPY", 0), ("IQD", 3), ("UYW", 4), ("XAU", None), ("XXX", None)],
    )
    def test_tells_none_from_zero(self, code: str, places: int | None) -> None:
        """No minor unit and a minor unit of no digits are two things."""
        assert minor_units(code) == places

    @pytest.mark.parametrize(
        ("code", "message"),
        [
            ("usd", f"{LIST} 'usd'; did you"),
            ("BTC", f"{LIST} 'BTC'; "),
        ],
    )
    def test_refuses_other_codes(self, code: str, message: str) -> None:
        """A code that is not on the list has no digits to tell."""
        with pytest.raises(ValueError, match=r"^code: expected") as caught:
            minor_units(code)
        assert str(caught.value).startswith(message)

    def test_refuses_what_is_no_code(self) -> None:
        """The number of a currency is not its code."""
        with pytest.raises(TypeError, match=r"code is 840 \(int\); write it as 'USD'"):
            minor_units(840)  # type: ignore[arg-type]


class TestListed:
    @pytest.mark.parametrize("code", ["USD", "XAU", "HRK"])
    def test_holds_what_is_on_the_list(self, code: str) -> None:
        """A code is one in capitals; documents are asked for the same."""
        told = Listed().schema()["enum"]

        assert Listed().holds(code)
        assert not Listed().holds(code.lower())
        assert isinstance(told, list)
        assert code in told
        assert code.lower() not in told

    @pytest.mark.parametrize("value", [None, 840, ["USD"]], ids=repr)
    def test_holds_nothing_else(self, value: object) -> None:
        """What is no text is no code."""
        assert not Listed().holds(value)
