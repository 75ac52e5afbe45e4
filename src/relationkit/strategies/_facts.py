"""Strategies for facts: records of them, each fact at its edges or unknown."""

from decimal import Decimal
from types import NoneType

from attrs import evolve
from hypothesis import strategies as st

from relationkit.facts import Facts
from relationkit.facts._facts import CLASSES
from relationkit.strategies._periods import days
from relationkit.tables import Domain

__all__ = ["completions", "facts"]

_COUNTS = (0, 1, 2, 3, 364, 365, 366)
_SALES = tuple(map(Decimal, ("0", "0.01", "9999.99", "10000", "10000.01", "1E+12")))


def facts(**overrides: st.SearchStrategy[object]) -> st.SearchStrategy[Facts]:
    """Facts as a book may give them and as it never would, each by itself.

    What can be unknown often is; counts lie about those that policies ask for,
    such as a year.  Shrinks to the least of everything.  Each of *overrides*
    stands in for ours of the fact of its name.
    """
    drawn = {name: _drawn(name) for name in CLASSES}
    return st.builds(Facts, **{"on": days(), **drawn, **overrides})


def completions(known: Facts) -> st.SearchStrategy[Facts]:
    """What *known* may turn out to be: the same, with nothing unknown any more."""
    open_ = [name for name in CLASSES if getattr(known, name) is None]
    found = {name: _known(name) for name in open_}
    return st.builds(evolve, st.just(known), unknown=st.just(()), **found)


def _drawn(name: str) -> st.SearchStrategy[object]:
    known = _known(name)
    return known | st.none() if NoneType in CLASSES[name] else known


def _known(name: str) -> st.SearchStrategy[object]:
    (kind,) = CLASSES[name] - {NoneType}
    if members := Domain(kind).members:
        return st.sampled_from(members)
    if kind is int:
        return st.sampled_from(_COUNTS) | st.integers(0, 40_000)
    return st.sampled_from(_SALES) | st.decimals(0, 10**6, places=2)
