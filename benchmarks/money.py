"""What money costs, as ratios; ``nox -s bench -- benchmarks/money.py``.

Alternatives take turns, so that a busy machine slows all of them alike.
A peer that is not installed is left out, and said so: pycents needs Python 3.12.
Exits 1 if a ratio is beyond its bar.
"""

import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib.util import find_spec

from _turns import alike, at_most, medians, over

from relationkit.money import Money

ROUNDS = 101
EACH = 200
MOST_TO_ADD = 1.5
MOST_TO_MAKE = 2.5
MOST_TO_FILL = 3.0  # by an object, nothing is looked up or checked but here
MOST_TO_ALLOCATE = 1.2

AMOUNTS = [Decimal(a) for a in ("1234.56", "0.07", "-19.99", "250", "0.0001")] * EACH
WEIGHTS = [(1, 2, 3, 4), (1, 1, 1), (50, 30, 20), (0, 7, 3, 1, 1)] * EACH
SHARED = Decimal("1234.56")
PRICE = Decimal("0.07")


def main() -> int:
    """Print every ratio beside its bar; 1 if one is beyond it."""
    within = [*beside("moneyed", moneyed), *beside("pycents", pycents)]
    return 0 if all(within) else 1


def beside(peer: str, compared: Callable[[], list[bool]]) -> list[bool]:
    """Whether ratios to a *peer* are within their bars; none if it is not there."""
    if find_spec(peer) is None:
        print(f"{peer}: not installed, left out")
        return []
    return compared()


def moneyed() -> list[bool]:
    """Making and adding amounts, beside py-moneyed."""
    from moneyed import USD  # noqa: PLC0415, may not be there
    from moneyed import Money as Peer  # noqa: PLC0415

    one, price = Money(SHARED, "USD"), Money(PRICE, "USD")
    peers_one, peers_price = Peer(SHARED, "USD"), Peer(PRICE, "USD")
    alike("sum", (one + price).amount, (peers_one + peers_price).amount)
    made = ratios(
        {
            "ours": over(AMOUNTS, lambda amount: Money(amount, "USD")),
            "by code": over(AMOUNTS, lambda amount: Peer(amount, "USD")),
            "by object": over(AMOUNTS, lambda amount: Peer(amount, USD)),
        }
    )
    added = ratios(
        {
            "ours": over(AMOUNTS, lambda _: one + price),
            "theirs": over(AMOUNTS, lambda _: peers_one + peers_price),
        }
    )
    return [
        at_most("make, to py-moneyed, by code", made["by code"], MOST_TO_MAKE),
        at_most("make, to py-moneyed, by object", made["by object"], MOST_TO_FILL),
        at_most("add, to py-moneyed", added["theirs"], MOST_TO_ADD),
    ]


def pycents() -> list[bool]:
    """Allocating by weights, beside pycents."""
    from pycents import Money as Peer  # noqa: PLC0415, may not be there
    from pycents.allocation import allocate  # noqa: PLC0415

    one, peers = Money(SHARED, "USD"), Peer.from_major(str(SHARED), "USD")
    for weights in WEIGHTS:
        found = [part.amount for part in one.allocate(weights)]
        alike("parts", found, [part.as_majors for part in allocate(peers, weights)])
    spent = ratios(
        {
            "ours": over(WEIGHTS, one.allocate),
            "theirs": over(WEIGHTS, lambda weights: allocate(peers, weights)),
        }
    )
    return [at_most("allocate, to pycents", spent["theirs"], MOST_TO_ALLOCATE)]


def ratios(work: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """How many times as long as each other ours takes."""
    spent = medians(work, ROUNDS)
    ours = spent.pop("ours")
    return {name: ours / theirs for name, theirs in spent.items()}


if __name__ == "__main__":
    sys.exit(main())
