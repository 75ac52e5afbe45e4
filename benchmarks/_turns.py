"""Turns: alternatives measured one after the other, again and again."""

from collections.abc import Callable, Iterable, Mapping
from statistics import median
from time import process_time
from typing import TypeVar

__all__ = ["alike", "at_least", "at_most", "medians", "noted", "over", "seconds"]

T = TypeVar("T")


def over(cases: Iterable[T], work: Callable[[T], object]) -> Callable[[], None]:
    """Do *work* with each of *cases*, so many times that it can be measured."""
    kept = [*cases]

    def each() -> None:
        for case in kept:
            work(case)

    return each


def medians(work: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of CPU for each, in turns."""
    spent: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, doing in work.items():
            spent[name].append(seconds(doing))
    return {name: median(each) for name, each in spent.items()}


def seconds(work: Callable[[], object]) -> float:
    """Seconds of CPU for doing *work* once."""
    start = process_time()
    work()
    return process_time() - start


def alike(name: str, found: object, wanted: object) -> None:
    """Refuse to compare what is not the same work.

    Raises:
        AssertionError: If *found* is not *wanted*.
    """
    if found != wanted:
        raise AssertionError(f"{name}: found {found!r}, not {wanted!r}")


def at_most(name: str, ratio: float, bar: float) -> bool:
    """Print a *ratio*; whether it is within its *bar*."""
    print(f"{name}: {ratio:.2f} (at most {bar})")
    return ratio <= bar


def at_least(name: str, ratio: float, bar: float) -> bool:
    """Print a *ratio*; whether it reaches its *bar*."""
    print(f"{name}: {ratio:.1f} (at least {bar:g})")
    return ratio >= bar


def noted(name: str, ratio: float) -> None:
    """Print a *ratio* that has no bar."""
    print(f"    {name}: {ratio:.1f}")
