"""Cases to try a law on, aimed at where an edition changes its answers."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from relationkit.decisions import Value
from relationkit.facts import OPEN, Facts, domains
from relationkit.laws._laws import Case
from relationkit.policy import Edition
from relationkit.strategies import facts
from relationkit.tables import Axis

__all__ = ["cases"]

STEPS = {int: Decimal(1), Decimal: Decimal("0.01")}


def cases(edition: Edition) -> st.SearchStrategy[Case]:
    """Cases near the cuts of the tables of *edition*; shrinks to a stranger.

    First the facts are drawn, then which of them nobody knows.
    """
    full = facts(**{name: _values(name, edition) for name in domains()})
    return st.builds(_case, full, st.sets(st.sampled_from(sorted(OPEN))))


def _case(full: Facts, hidden: set[str]) -> Case:
    unknown: dict[str, Any] = dict.fromkeys(hidden)
    return Case(evolve(full, **unknown), full)


def _values(name: str, edition: Edition) -> st.SearchStrategy[Value]:
    domain = domains()[name]
    if domain.members:
        return st.sampled_from(domain.members)
    axes = (axis for table in edition.policy.tables.values() for axis in table.axes)
    near = {value for axis in axes if axis.name == name for value in _near(axis)}
    return st.sampled_from(sorted(near | {domain.value(Decimal(0))}))


def _near(axis: Axis) -> Iterator[Value]:
    """At each cut of *axis* its value, and the ones before and after it."""
    step = STEPS[axis.domain.kind]
    for key, _ in axis.cuts:
        for value in (key - step, key, key + step):
            if value >= 0:
                yield axis.domain.value(value)
