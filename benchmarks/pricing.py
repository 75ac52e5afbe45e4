"""What prices cost, as ratios; ``nox -s bench -- benchmarks/pricing.py``.

Beside a bare loop over three tiers, which knows no lines, no currency and no bad
input.  Alternatives take turns, so that a busy machine slows all of them alike.
Exits 1 if a ratio is beyond its bar.
"""

import sys
from decimal import Decimal

from _turns import alike, at_most, medians, noted, over

from relationkit.fees import Graduated, Tier
from relationkit.figures import EXACT
from relationkit.money import Scope, Settlement
from relationkit.pricing import quote
from relationkit.pricing._reckoning import graduated

ROUNDS = 101
EACH = 100
MOST_FOR_AN_AMOUNT = 1.5
MOST_FOR_A_QUOTE = 8.0

TIERS = (
    (Decimal(10_000), Decimal("0.10"), Decimal(0)),
    (Decimal(50_000), Decimal("0.05"), Decimal(0)),
    (None, Decimal("0.02"), Decimal(0)),
)
FEE = Graduated(tiers=tuple(Tier(up_to=u, rate=r, flat=f) for u, r, f in TIERS))
QUANTITIES = [Decimal(q) for q in ("123456.78", "50000.01", "99999", "250000")] * EACH
USAGES = [{"quantity": quantity} for quantity in QUANTITIES]
ONCE = Settlement(at=Scope.TOTAL)
add = EXACT.add


def main() -> int:
    """Print every ratio beside its bar; 1 if one is beyond it."""
    for quantity, usage in zip(QUANTITIES, USAGES, strict=True):
        alike("amount", amount(quantity), bare(quantity))
        made = quote(FEE, usage, currency="CLF")  # of four digits after the point
        alike("total", made.total.amount, bare(quantity))
    spent = medians(
        {
            "bare": over(QUANTITIES, bare),
            "amount": over(QUANTITIES, amount),
            "quote": over(USAGES, lambda usage: quote(FEE, usage, currency="USD")),
            "once": over(
                USAGES,
                lambda usage: quote(FEE, usage, currency="USD", settlement=ONCE),
            ),
        },
        ROUNDS,
    )
    ratios = {name: seconds / spent["bare"] for name, seconds in spent.items()}
    noted("a quote rounded once, to a bare loop", ratios["once"])
    within = [
        at_most(
            "graduated amount, to a bare loop", ratios["amount"], MOST_FOR_AN_AMOUNT
        ),
        at_most("quote, to a bare loop", ratios["quote"], MOST_FOR_A_QUOTE),
    ]
    return 0 if all(within) else 1


def bare(quantity: Decimal) -> Decimal:
    """The least that has to be done, in whatever decimal context there is."""
    total, lower = Decimal(0), Decimal(0)
    for bound, rate, flat in TIERS:
        upper = quantity if bound is None or quantity <= bound else bound
        total += (upper - lower) * rate + flat
        if upper == quantity:
            break
        lower = upper
    return total


def amount(quantity: Decimal) -> Decimal:
    """The same as a quote reckons it: exactly, from what lies in each tier."""
    total = Decimal(0)
    for _, tier, part in graduated(FEE, quantity):
        total = add(total, part)
        if tier.flat:
            total = add(total, tier.flat)
    return total


if __name__ == "__main__":
    sys.exit(main())
