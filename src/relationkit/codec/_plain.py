"""Plain data: measured before it is read, whoever made it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import takewhile

from relationkit.codec._limits import Limits, refuse_over
from relationkit.errors import pointer

__all__ = ["check", "walk"]

LONG = 64
"""How many bits no position has."""
HEXADECIMAL = 4
"""How many bits a digit says at most."""


def check(document: object, limits: Limits) -> int:
    """Refuse a *document* in which something is over a limit, and say where.

    Gives how many items and entries it has.

    What contains itself has no end, and so is too deep; what several lists
    share is counted in each of them.

    Raises:
        DecodeError: If something is.
    """
    items = 0
    for items, (steps, value) in enumerate(walk(document)):
        if items > limits.items:
            _over(limits, "items", items, steps)
        if isinstance(value, (list, tuple, Mapping)):
            if len(steps) > limits.depth:
                _over(limits, "depth", len(steps), steps)
        elif isinstance(value, int):
            _check_whole(value, limits, steps)
        elif isinstance(value, Decimal) and value.is_finite():
            _check_decimal(value, limits, steps)
    return items


def walk(document: object) -> Iterator[tuple[list[object], object]]:
    """All values of *document*, and the steps to each; the first leads to it.

    There is no recursion, and so no stack that could run out.
    """
    inside: list[Iterator[tuple[object, object]]] = [iter([("", document)])]
    steps: list[object] = [""]
    while inside:
        for steps[-1], value in inside[-1]:
            yield steps, value
            if entries := _entries(value):
                inside.append(entries)
                steps.append("")
                break
        else:
            inside.pop()
            steps.pop()


def _entries(value: object) -> Iterator[tuple[object, object]] | None:
    if isinstance(value, (list, tuple)):
        return enumerate(value)
    return iter(value.items()) if isinstance(value, Mapping) else None


def _check_whole(value: int, limits: Limits, steps: list[object]) -> None:
    least = value.bit_length() // HEXADECIMAL  # no form writes it in fewer
    if least > limits.digits:
        _over(limits, "digits", f"{least} or more", steps)


def _check_decimal(value: Decimal, limits: Limits, steps: list[object]) -> None:
    _, digits, exponent = value.as_tuple()
    if len(digits) > limits.digits:
        _over(limits, "digits", len(digits), steps)
    # As it was written, some of its zeros may have stood before the exponent.
    if abs(int(exponent)) > limits.exponent + limits.digits:
        _over(limits, "exponent", int(exponent), steps)


def _over(limits: Limits, name: str, found: int | str, steps: list[object]) -> None:
    named = takewhile(_is_step, steps[1:])
    refuse_over(limits, name, found, place=pointer(*map(str, named)))


def _is_step(key: object) -> bool:
    """Whether a pointer can name *key*; other forms than ours allow any."""
    return isinstance(key, str) or (isinstance(key, int) and key.bit_length() < LONG)
