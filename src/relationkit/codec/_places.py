"""Places: where a document has what a model, which puts things in order, tells of."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, get_args

import attrs

from relationkit.codec._hooks import HookOf
from relationkit.errors import AmongError, Problem, pointer
from relationkit.records import sort_key

__all__ = ["among", "as_written"]


def among(
    error: AmongError,
    kept: Iterable[Any],
    read: Iterable[Any],
    written: Any,  # noqa: ANN401
) -> Iterator[Problem]:
    """What is wrong with several values, each at its place in the document.

    Args:
        error: What is wrong, by the order in which they are *kept*.
        kept: They, as the model keeps them.
        read: They, as they were read.
        written: What stands in the document.
    """
    if isinstance(kept, frozenset):
        at = _first(sorted(kept), written)
    else:
        at = _first(map(id, kept), map(id, read))
    for place, told in error.faults:
        field = [error.at] if error.at else []
        yield Problem(pointer(at[place], *field), "value", told)


def _first(sought: Iterable[Any], among: Iterable[Any]) -> list[int]:
    """The first place of each that is *sought*."""
    places: dict[object, int] = {}
    for place, one in enumerate(among):
        places.setdefault(one, place)
    return [places[one] for one in sought]


def as_written(
    problems: Iterable[Problem],
    written: Mapping[str, Any],
    read: Mapping[str, Any],
    hook_of: HookOf,
    most: int,
) -> Iterator[Problem]:
    """The *problems* of a whole record, at places of the document.

    What a record is made of is as it was *written*, and what that is made of in
    its own order.  Of more than *most* no places are sought.
    """
    known: dict[str, list[int]] = {}
    told = iter(problems)
    for problem in islice(told, most):
        steps = problem.pointer.split("/")[1:]
        led = _led(steps, written, read, hook_of, known) if steps[2:] else steps
        yield attrs.evolve(problem, pointer=pointer(*led))
    yield from told


def _led(
    steps: list[str],
    written: Any,  # noqa: ANN401, any document
    read: Mapping[str, Any],
    hook_of: HookOf,
    known: dict[str, list[int]],
) -> Iterator[str | int]:
    shelf, place, *rest = steps
    yield from (shelf, place)
    model, there = read[shelf][int(place)], written[shelf][int(place)]
    kind: Any = None
    for done, step in enumerate(rest):
        if isinstance(model, (tuple, frozenset)):
            before = pointer(*steps[: done + 2])
            if before not in known:
                known[before] = _order(there, hook_of, kind)
            at = known[before][int(step)]
            kept = sorted(model) if isinstance(model, frozenset) else model
            model, there = kept[int(step)], there[at]
            yield at
        else:
            kind = attrs.fields_dict(type(model))[step].type
            model, there = getattr(model, step), there[step]
            yield step


def _order(written: Any, hook_of: HookOf, kind: Any) -> list[int]:  # noqa: ANN401
    """Which place in the document each value of the model has."""
    item = get_args(kind)[0]
    hook = hook_of(item)
    keys = [sort_key(hook(one, item)) for one in written]
    return sorted(range(len(keys)), key=keys.__getitem__)
