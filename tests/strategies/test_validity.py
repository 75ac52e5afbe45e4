"""That nothing drawn is thrown away: what is thrown away is time, and cases unseen."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.statistics import collector

from relationkit import strategies

MADE = {
    name: getattr(strategies, name)()
    for name in strategies.__all__
    if name not in {"cases", "completions", "usages"}
}
MADE["cases"] = strategies.tables().flatmap(strategies.cases)
MADE["usages"] = strategies.fees().flatmap(strategies.usages)
MADE["completions"] = strategies.facts().flatmap(strategies.completions)


def drawn(strategy: st.SearchStrategy[object], times: int) -> Counter[str]:
    """How many draws of *strategy* were valid, invalid and too large."""

    @settings(max_examples=times, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(_: object) -> None:
        pass

    found: list[Any] = []
    keep: Any = found.append
    with collector.with_value(keep):
        draw()
    return Counter(case["status"] for case in found[0]["generate-phase"]["test-cases"])


@pytest.mark.parametrize("name", sorted(MADE))
def test_at_most_two_of_a_hundred_are_invalid(name: str) -> None:
    """What a strategy draws is valid by construction.

    An overrun is no invalid draw: Hypothesis tried a mutation of its own that
    had too few choices, as it does with ``lists(integers())``.
    """
    told = drawn(MADE[name], times=200)

    assert told["invalid"] <= 0.02 * told["valid"]


def test_what_is_invalid_is_seen() -> None:
    """The count above is not blind."""
    odd = st.integers(0, 10**6).filter(lambda number: number % 2)

    told = drawn(odd, times=200)

    assert told["invalid"] > 0.02 * told["valid"]
