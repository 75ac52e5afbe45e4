"""Money: exact amounts in the currencies of ISO 4217.

An amount is a decimal number with its currency, and stays exact: nothing here
rounds, guesses, or converts one currency into another, and the decimal context
of the program around it changes no answer.  Amounts of different currencies
are never equal, and cannot be added or compared.
"""

from relationkit.money._codes import minor_units
from relationkit.money._currencies import CURRENCIES_AS_OF
from relationkit.money._money import CurrencyMismatchError, Money

__all__ = ["CURRENCIES_AS_OF", "CurrencyMismatchError", "Money", "minor_units"]
