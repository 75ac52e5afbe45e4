"""Progress: bills on the way, for what was used since the one before."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, starmap

from relationkit.errors import Problem, pointer
from relationkit.fees import Fee
from relationkit.figures import EXACT, told
from relationkit.money import Settlement
from relationkit.pricing._quote import SETTLEMENT, Line, Quote, quote
from relationkit.pricing._usage import Usage, UsageError, checked
from relationkit.records import is_of, several

__all__ = ["billed_since", "progress"]


def billed_since(before: Quote, now: Quote) -> Quote:
    """The bill for what came to be due between two quotes.

    It has the lines of *now*, less what was billed *before*; of that one line for
    each tax code.  So bills on the way add up to the last quote, whatever minimum,
    cap or tier was passed between.

    >>> from decimal import Decimal
    >>> from relationkit.fees import PerUnit
    >>> from relationkit.pricing import quote
    >>> hourly = PerUnit(rate=Decimal(250), metric="hours")
    >>> june, july = (
    ...     quote(hourly, {"hours": Decimal(hours)}, currency="GBP") for hours in (4, 7)
    ... )
    >>> print(billed_since(june, july).total)
    750.00 GBP

    Raises:
        TypeError: If one is no quote, as before the first there is none.
        ValueError: If the quotes are in two currencies.
    """
    is_of("before", Quote, before)
    is_of("now", Quote, now)
    if before.currency != now.currency:
        raise ValueError(
            f"before is in {before.currency}, now in {now.currency}; quote both in one"
        )
    return Quote(currency=now.currency, lines=(*now.lines, *_less(before)))


def progress(
    fee: Fee,
    usages: Sequence[Usage],
    *,
    currency: str,
    settlement: Settlement = SETTLEMENT,
) -> tuple[Quote, ...]:
    """One bill for each of *usages*, which add up to the quote for the last.

    Each usage says how much was used in all since the start, and not since the one
    before: tiers and steps start once, and not with every bill.

    >>> from relationkit import fees
    >>> work = fees.PerUnit(rate=Decimal(10), metric="hours")
    >>> bills = progress(work, [{"hours": 3}, {"hours": 5}], currency="USD")
    >>> print(bills[1])
    hours: 5 x 10 = 50.00
    billed before: -30.00
    total: 20.00 USD

    Raises:
        TypeError: If *usages* are not several.
        UsageError: If one is not to be priced, or less than the one before it.
    """
    measured = [checked(usage) for usage in several("usages", usages)]
    _refuse_falling(measured)
    quotes = [
        quote(fee, usage, currency=currency, settlement=settlement)
        for usage in measured
    ]
    return (*quotes[:1], *starmap(billed_since, pairwise(quotes)))


def _less(before: Quote) -> list[Line]:
    billed: dict[str, Decimal] = {}
    for line in before.lines:
        so_far = billed.get(line.tax_code, Decimal(0))
        billed[line.tax_code] = EXACT.add(so_far, line.amount)
    return [
        Line(label="billed before", tax_code=code, amount=EXACT.minus(amount))
        for code, amount in billed.items()
        if amount
    ]


def _refuse_falling(usages: Sequence[dict[str, Decimal]]) -> None:
    for at, (before, now) in enumerate(pairwise(usages), 1):
        for metric in before.keys() & now.keys():
            if now[metric] < before[metric]:
                message = f"{metric} is {told(now[metric])}, less than before"
                hint = "give all that was used since the start, not since the last bill"
                where = pointer("usages", at, metric)
                raise UsageError([Problem(where, "falling", message, hint)])
