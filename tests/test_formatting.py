from decimal import ROUND_DOWN, Context, Decimal, Inexact, localcontext

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given

from relationkit.formatting import formatted
from relationkit.money import Money, minor_units
from relationkit.money._currencies import MINOR_UNITS
from relationkit.strategies import moneys

UNLIKE = [  # which these are changes with what is known of locales
    code
    for code, digits in MINOR_UNITS.items()
    if digits is not None and get_currency_precision(code) != digits
]
narrow = Context(prec=2, rounding=ROUND_DOWN, Emax=3, Emin=-3, traps=[Inexact])


class TestFormatted:
    @pytest.mark.parametrize(
        ("amount", "locale", "text"),
        [
            ("1234.5 USD", "en-US", "$1,234.50"),
            ("-1234.5 EUR", "de_DE", "-1.234,50\xa0€"),
            ("1234 JPY", "ja", "\uffe51,234"),
            ("5.125 USD", "en-US", "$5.125"),
            ("5 HRK", "en-US", "HRK5.00"),
            ("1.25 XAU", "en-US", "XAU1.25"),
            ("1234567.5 INR", "en-IN", "₹12,34,567.50"),
        ],
    )
    def test_is_as_people_write(self, amount: str, locale: str, text: str) -> None:
        """Signs, points and groups are those of the place."""
        number, code = amount.split()

        assert formatted(Money(Decimal(number), code), locale) == text

    @pytest.mark.parametrize("code", UNLIKE)
    def test_has_the_digits_of_iso(self, code: str) -> None:
        """Where locales have other digits than ISO 4217, those of ISO are shown."""
        digits = minor_units(code)
        text = formatted(Money(Decimal(5), code), "en-US")

        assert text.endswith(f"5.{'0' * (digits or 0)}")

    def test_knows_some_that_differ(self) -> None:
        """There are currencies of which locales have had other digits for long."""
        assert {"AFN", "IQD", "MGA", "YER"} <= set(UNLIKE)

    @given(moneys())
    def test_shows_every_digit(self, money: Money) -> None:
        """Nothing is rounded: what is read back is what was meant."""
        text = formatted(money, "en-US")
        digits = "".join(c for c in text if c.isdigit() or c in "-.")

        assert Decimal(digits) == money.amount

    @given(moneys())
    def test_heeds_no_ambient_context(self, money: Money) -> None:
        """Precision, rounding and traps of the program change no digit."""
        expected = formatted(money, "de-CH")

        with localcontext(narrow):
            assert formatted(money, "de-CH") == expected

    @pytest.mark.parametrize("locale", ["xx-YY", "", "en/../US", "english please"])
    def test_refuses_unknown_places(self, locale: str) -> None:
        """A locale that nobody has described is refused by name."""
        with pytest.raises(ValueError, match=r"locale is '.*', of which nothing is"):
            formatted(Money(Decimal(5), "USD"), locale)

    def test_refuses_other_classes(self) -> None:
        """A bare number has no currency, None is no place."""
        with pytest.raises(TypeError, match="money: expected a Money"):
            formatted(Decimal(5), "en")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="locale: expected"):
            formatted(Money(Decimal(5), "USD"), None)  # type: ignore[arg-type]
