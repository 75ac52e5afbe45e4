"""Draws: what several strategies are made of, in as few choices as may be."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from struct import Struct
from typing import Any, TypeVar

from attrs import AttrsInstance, fields_dict
from hypothesis import strategies as st

from relationkit.constraints import keywords

__all__ = ["apart", "few", "least", "made", "texts"]

M = TypeVar("M")
T = TypeVar("T")

# All of them can be shown, and none is a blank: letters, marks, digits and signs.
_PRINTABLE = st.characters(categories=("L", "M", "N", "P", "S"))
_ANY = st.text(_PRINTABLE, min_size=1, max_size=6)
_BYTE = 2**8


def texts(kind: Callable[[str], T], *usual: T) -> st.SearchStrategy[T]:
    """One of the *usual* texts, or any that can be shown; shrinks to the first."""
    return _texts(kind, usual, st.integers(0, 3 * len(usual) - 1))


# Composites all, as reports of failures show what these make as what it is, and
# of builds and maps the calls, with all their options.
@st.composite
def _texts(
    draw: st.DrawFn,
    kind: Callable[[str], T],
    usual: Sequence[T],
    number: st.SearchStrategy[int],
) -> T:
    times, at = divmod(draw(number), len(usual))
    return usual[at] if times < 2 else kind(draw(_ANY))  # noqa: PLR2004, of three


def apart(records: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Those of *records* that differ in *key*; of several that do not, the last."""
    return tuple({key(record): record for record in records}.values())


def few(one: st.SearchStrategy[T], least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    """*least* of them, or up to two; often none if none will do."""
    some = [st.tuples(one), st.tuples(one, one)]
    return st.one_of(some if least else [st.tuples(), st.just(()), *some])


def least(kind: type[AttrsInstance], name: str) -> int:
    """How many, or how much, the constraints on a field ask for; 0 if for nothing.

    >>> from relationkit.contracts import Contract
    >>> least(Contract, "parties"), least(Contract, "signatures")
    (2, 0)
    """
    asked = keywords(fields_dict(kind)[name])
    found = asked.get("minItems", asked.get("minimum", 0))
    return found if isinstance(found, int) else 0


def made(
    kind: Callable[..., M],
    drawn: Mapping[str, st.SearchStrategy[object] | None],
    /,
    **options: Sequence[object],
) -> st.SearchStrategy[M]:
    """What *kind* makes of its arguments; shrinks to the first choice of each.

    Arguments are *drawn* by their strategies.  Those that have none, and all
    others, are one of their *options*, of which there are at most 2**16; a draw
    for each of these would be slow, so that a few bytes say all of them at once.
    """
    strategies = {name: some for name, some in drawn.items() if some is not None}
    chosen = {name: some for name, some in options.items() if name not in strategies}
    sizes = ["B" if len(some) <= _BYTE else "H" for some in chosen.values()]
    like = " ".join([*chosen, *strategies])
    return _maker(like)(kind, Struct(">" + "".join(sizes)), chosen, strategies)


@cache
def _maker(like: str) -> Callable[..., st.SearchStrategy[Any]]:
    """A composite for what has the fields *like* these.

    Hypothesis now and then puts a copy of one draw in the place of another of the
    same function with the same defaults; where they differ, it gets zeros.
    """

    @st.composite
    def make(
        draw: st.DrawFn,
        kind: Callable[..., M],
        form: Struct,
        options: Mapping[str, Sequence[object]],
        strategies: Mapping[str, st.SearchStrategy[object]],
        _like: str = like,
    ) -> M:
        number = draw(_bytes(form.size)) if form.size else b""
        digits = zip(options.items(), form.unpack(number), strict=True)
        fields = {name: _picked(some, digit) for (name, some), digit in digits}
        return kind(**fields, **{k: draw(some) for k, some in strategies.items()})

    return make


@cache
def _bytes(size: int) -> st.SearchStrategy[bytes]:
    return st.binary(min_size=size, max_size=size)


def _picked(options: Sequence[object], digit: int) -> object:
    """The larger *digit*, the later: shrinking one shrinks the other."""
    most = len(options)
    return options[digit * most // (_BYTE if most <= _BYTE else _BYTE**2)]
