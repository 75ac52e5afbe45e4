"""Draws: what several strategies are made of, in as few choices as may be."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import prod
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st

__all__ = ["Parts", "apart", "few", "made", "texts"]

M = TypeVar("M")
T = TypeVar("T")

Part: TypeAlias = Mapping[str, object]
"""Fields, and what they are."""
Parts: TypeAlias = Sequence[Part]
"""Of which one is chosen."""

# Larger numbers are not drawn evenly.
_MOST = 2**24
# All of them can be shown, and none is a blank: letters, marks, digits and signs.
_PRINTABLE = st.characters(categories=("L", "M", "N", "P", "S"))


def texts(*usual: str) -> st.SearchStrategy[str]:
    """One of the *usual* texts, or any that can be shown; shrinks to the first."""
    any_ = st.text(_PRINTABLE, min_size=1, max_size=6)
    return st.sampled_from(usual) | st.sampled_from(usual) | any_


def apart(records: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Those of *records* that differ in *key*; of several that do not, the last."""
    return tuple({key(record): record for record in records}.values())


def few(one: st.SearchStrategy[T], least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    """*least* of them, or up to two; often none if none will do."""
    some = [st.tuples(one), st.tuples(one, one)]
    return st.one_of(some if least else [st.tuples(), st.just(()), *some])


def made(
    kind: Callable[..., M],
    drawn: Mapping[str, st.SearchStrategy[object] | None],
    /,
    *parts: Parts,
    **options: Sequence[object],
) -> st.SearchStrategy[M]:
    """What *kind* makes of its arguments; shrinks to the first choice of each.

    Arguments are *drawn* by their strategies.  Those that have none, and all
    others, are one of their *options*, or of *parts* where they go together; these
    are chosen by the digits of a number or two, as a draw for each would be slow.
    """
    strategies = {name: some for name, some in drawn.items() if some is not None}
    named = [[{k: v} for v in options[k]] for k in options if k not in strategies]
    batches = list(_batches([*parts, *named]))
    numbers = [st.integers(0, prod(map(len, batch)) - 1) for batch in batches]
    return st.builds(partial(_make, kind, batches), *numbers, **strategies)


def _batches(choices: Iterable[Parts]) -> Iterator[list[Parts]]:
    batch: list[Parts] = []
    for parts in choices:
        if prod(map(len, [*batch, parts])) > _MOST:
            yield batch
            batch = []
        batch.append(parts)
    yield batch


def _make(
    kind: Callable[..., M],
    batches: Sequence[Sequence[Parts]],
    /,
    *numbers: int,
    **drawn: object,
) -> M:
    fields = dict(drawn)
    for batch, number in zip(batches, numbers, strict=True):
        rest = number
        for parts in batch:
            rest, digit = divmod(rest, len(parts))
            fields |= parts[digit]
    return kind(**fields)
