"""What strategies cost, as ratios; ``nox -s bench -- benchmarks/strategies.py``.

Alternatives take turns, so that a busy machine slows all of them alike.
Exits 1 if a ratio is beyond its bar.
"""

import os
import subprocess
import sys
from statistics import median
from time import process_time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relationkit import strategies

CHILD = """
import time
start = time.process_time()
import hypothesis
print(time.process_time() - start)
"""
DRAWS = 200
MOST_ADDED = 0.15
LEAST_DRAWN = 0.2


def main() -> int:
    """Print every ratio beside its bar; 1 if one is beyond it."""
    within = [registering(rounds=25), drawing(rounds=9)]
    return 0 if all(within) else 1


def registering(rounds: int) -> bool:
    """What our entry point adds to importing Hypothesis."""
    without: list[float] = []
    with_ours: list[float] = []
    for _ in range(rounds):
        without.append(child(HYPOTHESIS_NO_PLUGINS="1"))
        with_ours.append(child())
    added = median(with_ours) / median(without) - 1
    print(f"entry points : import hypothesis: {added:.3f} (at most {MOST_ADDED})")
    return added <= MOST_ADDED


def child(**variables: str) -> float:
    """Seconds of CPU for importing Hypothesis."""
    command = [sys.executable, "-c", CHILD]
    env = {**os.environ, **variables}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return float(done.stdout)


def drawing(rounds: int) -> bool:
    """How many clients are drawn while lists of numbers are."""
    ours, theirs = strategies.clients(), st.lists(st.integers())
    clients: list[float] = []
    lists: list[float] = []
    for _ in range(rounds):
        clients.append(seconds(ours))
        lists.append(seconds(theirs))
    ratio = median(lists) / median(clients)
    print(
        f"clients() : lists(integers()), a second: {ratio:.3f} (at least {LEAST_DRAWN})"
    )
    return ratio >= LEAST_DRAWN


def seconds(strategy: st.SearchStrategy[object]) -> float:
    """Seconds of CPU for a property of so many draws of *strategy*."""

    @settings(
        max_examples=DRAWS,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(_: object) -> None:
        pass

    start = process_time()
    draw()
    return process_time() - start


if __name__ == "__main__":
    sys.exit(main())
