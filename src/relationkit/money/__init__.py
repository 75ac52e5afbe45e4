"""Money: exact amounts in the currencies of ISO 4217.

An amount is a decimal number with its currency, and stays exact until it is settled
or parted among several: nothing else here rounds, nothing guesses, or converts one
currency into another, and the decimal context of the program around it changes no
answer.
Amounts of different currencies are never equal, and cannot be added or compared.
"""

from relationkit.money._codes import Listed, minor_units
from relationkit.money._currencies import CURRENCIES_AS_OF
from relationkit.money._grid import Amount, Grid, grid_of, settle_lines
from relationkit.money._money import CurrencyMismatchError, Money
from relationkit.money._settlement import (
    CashStep,
    MinorUnit,
    Rounding,
    Scope,
    Settlement,
)

__all__ = [
    "CURRENCIES_AS_OF",
    "Amount",
    "CashStep",
    "CurrencyMismatchError",
    "Grid",
    "Listed",
    "MinorUnit",
    "Money",
    "Rounding",
    "Scope",
    "Settlement",
    "grid_of",
    "minor_units",
    "settle_lines",
]
