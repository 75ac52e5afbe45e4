"""Strategies for facts: records of them, each fact at its edges or unknown."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from math import prod
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from relationkit.facts import OPEN, Facts, domains
from relationkit.strategies._periods import days

__all__ = ["completions", "facts"]

_DOMAINS = domains()
_COUNTS = (0, 1, 2, 3, 364, 365, 366)
_SALES = tuple(map(Decimal, ("0", "0.01", "9999.99", "10000", "10000.01", "1E+12")))
_TOGETHER = 8


def facts(**overrides: st.SearchStrategy[object]) -> st.SearchStrategy[Facts]:
    """Facts as a book may give them and as it never would, each by itself.

    What can be unknown often is; counts lie about those that policies ask for,
    such as a year.  Shrinks to the least of everything.  Each of *overrides*
    stands in for ours of the fact of its name.
    """
    listed = [n for n, d in _DOMAINS.items() if d.members and n not in overrides]
    chosen = {n: (*_DOMAINS[n].members, *[None] * (n in OPEN)) for n in listed}
    counts = [name for name, domain in _DOMAINS.items() if not domain.members]
    numbers = {name: _number(name, *[None] * (name in OPEN)) for name in counts}
    drawn = {"on": days(), **numbers, **overrides}
    return st.builds(_made, _picked(chosen), **drawn)


def completions(known: Facts) -> st.SearchStrategy[Facts]:
    """What *known* may turn out to be: the same, with nothing unknown any more."""
    open_ = [name for name in _DOMAINS if getattr(known, name) is None]
    listed = {n: _DOMAINS[n].members for n in open_ if _DOMAINS[n].members}
    others = {name: _number(name) for name in open_ if name not in listed}
    return st.builds(partial(_completed, known), _picked(listed), **others)


def _made(found: Mapping[str, Any], **drawn: Any) -> Facts:  # noqa: ANN401, any facts
    return Facts(**found, **drawn)


def _completed(known: Facts, found: Mapping[str, Any], **drawn: Any) -> Facts:  # noqa: ANN401, any facts
    return evolve(known, unknown=(), **found, **drawn)


def _number(name: str, *others: None) -> st.SearchStrategy[object]:
    if _DOMAINS[name].kind is int:
        return st.sampled_from((*_COUNTS, *others)) | st.integers(0, 40_000)
    return st.sampled_from((*_SALES, *others)) | st.decimals(0, 10**6, places=2)


def _picked(
    choices: Mapping[str, Sequence[object]],
) -> st.SearchStrategy[Mapping[str, object]]:
    """One of each of *choices*, by the digits of a few numbers.

    A draw for each would be slow; one number for all of them so large that
    Hypothesis would mostly draw small ones.
    """
    names = list(choices)
    groups = [names[at : at + _TOGETHER] for at in range(0, len(names), _TOGETHER)]
    sizes = [prod(len(choices[name]) for name in group) for group in groups]
    numbers = st.tuples(*(st.integers(0, size - 1) for size in sizes))
    return numbers.map(partial(_read, choices, groups))


def _read(
    choices: Mapping[str, Sequence[object]],
    groups: Iterable[Sequence[str]],
    numbers: Iterable[int],
) -> Mapping[str, object]:
    found = {}
    for group, number in zip(groups, numbers, strict=True):
        left = number
        for name in group:
            left, digit = divmod(left, len(choices[name]))
            found[name] = choices[name][digit]
    return found
