"""Usage: the quantities that a quote is for."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from relationkit.errors import InvalidError, Problem, pointer, shown, suggestion
from relationkit.fees import Fee, metrics
from relationkit.figures import Number
from relationkit.records import is_of, several

__all__ = ["Usage", "UsageError", "checked", "unfit"]

Usage: TypeAlias = Mapping[str, Decimal | int]
"""How much was used, or may be, of each metric."""

NUMBER = Number()
TOO_LONG = 10**18


class UsageError(InvalidError):
    """Quantities for which a fee says no price, with all that is wrong with them."""


def checked(usage: Usage, name: str = "usage") -> dict[str, Decimal]:
    """The quantities of a *usage*, each an exact number and not negative.

    It goes by a *name*.

    Raises:
        TypeError: If one is neither a Decimal nor an int.
        UsageError: If one is negative, no number, or too long to reckon with.
    """
    if type(usage) is not dict and not isinstance(usage, Mapping):
        is_of(name, Mapping, usage, "use a dict such as {'hours': Decimal('12.5')}")
    numbers: dict[str, Decimal] = {}
    problems: list[Problem] = []
    for metric, quantity in usage.items():
        number = (
            quantity if type(quantity) is Decimal else _exact(name, metric, quantity)
        )
        if not NUMBER.holds(number):
            problems.append(_refused(name, metric, quantity, number))
        numbers[metric] = number
    if problems:
        raise UsageError(problems)
    return numbers


def _exact(name: str, metric: str, quantity: Decimal | int) -> Decimal:
    is_of(f"{name}[{shown(metric)}]", Decimal | int, quantity)
    if isinstance(quantity, int):
        quantity = min(max(quantity, -1), TOO_LONG)  # long ones are slow
    return Decimal(quantity)


def _refused(name: str, metric: str, told: Decimal | int, number: Decimal) -> Problem:
    message = f"expected {NUMBER.wanted}, got {NUMBER.got(told)}"
    where = pointer(name, metric)
    return Problem(where, "value", message, NUMBER.remedy_for(number))


def unfit(fee: Fee, usage: Mapping[str, Decimal], name: str = "usage") -> list[Problem]:
    """Which metrics a *usage* lacks, and which it has that the *fee* does not price."""
    several(name, usage, str)
    known = metrics(fee)
    return [*_unpriced(known, usage, name), *_missing(known, usage, name)]


def _unpriced(
    known: frozenset[str], usage: Mapping[str, Decimal], name: str
) -> Iterator[Problem]:
    for metric in usage:
        if metric not in known:
            told = f"nobody prices {shown(metric)}"
            hint = suggestion(metric, known) or "leave it out"
            yield Problem(pointer(name, metric), "unknown_metric", told, hint)


def _missing(
    known: frozenset[str], usage: Mapping[str, Decimal], name: str
) -> Iterator[Problem]:
    for metric in sorted(known - usage.keys()):
        told = f"{shown(metric)} is missing"
        yield Problem(pointer(name), "missing", told, "give 0 if there was none")
