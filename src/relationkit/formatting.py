"""Formatting: money as people of a place write it.

Needs babel: ``pip install relationkit[babel]``.
"""

from copy import copy
from decimal import localcontext

from babel.core import Locale, UnknownLocaleError

from relationkit.errors import shown
from relationkit.figures import EXACT, places
from relationkit.money import Money, minor_units
from relationkit.records import is_of

__all__ = ["formatted"]


def formatted(money: Money, locale: str) -> str:
    """*Money* as it is written in a *locale*, such as ``de-CH``.

    All its digits are shown, and at least those of the currency's minor unit by ISO
    4217, which the data of locales has otherwise for some; nothing is rounded.

    >>> from decimal import Decimal
    >>> formatted(Money(Decimal("1234.5"), "USD"), "en-US")
    '$1,234.50'
    >>> formatted(Money(Decimal(5), "IQD"), "en")
    'IQD5.000'

    Raises:
        ValueError: If nothing is known of the *locale*.
    """
    is_of("money", Money, money)
    place = _locale(locale)
    pattern = copy(place.currency_formats["standard"])
    digits = places(money.amount, minor_units(money.currency) or 0)
    pattern.frac_prec = (digits, digits)
    with localcontext(EXACT):
        return str(
            pattern.apply(
                money.amount, place, currency=money.currency, currency_digits=False
            )
        )


def _locale(name: str) -> Locale:
    is_of("locale", str, name, "use 'en-GB'")
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise ValueError(
            f"locale is {shown(name)}, of which nothing is known; give one such as"
            f" 'en-GB'"
        ) from None
