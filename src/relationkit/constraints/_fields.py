"""Fields: what is asked of them, by constraints and by validators of their own."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from attrs import Attribute

from relationkit.constraints._constraint import Constraint

__all__ = ["SCHEMA", "asking", "besides", "keywords", "of"]

V = TypeVar("V")
Validator: TypeAlias = Callable[[Any, Any, Any], Any]
"""Takes a record, one of its fields, and the value of that; refuses it or not."""
SCHEMA = "relationkit.constraints.schema"
"""Under which a field says in its metadata, in the keywords of JSON Schema, what
a validator of its own asks that is no constraint."""


class _Asking:
    """A validator that says what it asks."""

    __slots__ = ("check", "told")

    def __init__(
        self, check: Callable[[Any, Any, Any], None], told: Mapping[str, object]
    ) -> None:
        self.check = check
        self.told = told

    def __call__(self, instance: object, field: "Attribute[V]", value: V) -> None:
        self.check(instance, field, value)


def asking(**told: object) -> Callable[[Callable[[Any, Any, Any], None]], _Asking]:
    """Let a validator with words of its own say what it asks in JSON Schema.

    >>> from attrs import field, fields, frozen
    >>> @asking(minimum=0, maximum=10)
    ... def is_a_mark(_: object, field: object, value: int) -> None:
    ...     if not 0 <= value <= 10:
    ...         raise ValueError(f"{value} is no mark; give 0 to 10")
    >>> @frozen
    ... class Song:
    ...     mark: int = field(validator=is_a_mark)
    >>> keywords(fields(Song).mark)
    {'minimum': 0, 'maximum': 10}
    """
    return lambda check: _Asking(check, told)


def of(field: "Attribute[Any]") -> tuple[Constraint, ...]:
    """The constraints on a *field*, in the order in which they are asked.

    >>> from attrs import field, fields, frozen
    >>> from relationkit.constraints import Said
    >>> @frozen
    ... class Song:
    ...     title: str = field(validator=Said())
    >>> of(fields(Song).title)
    (Said(),)
    """
    return tuple(one for one in _asked(field.validator) if isinstance(one, Constraint))


def besides(field: "Attribute[Any]") -> tuple[Validator, ...]:
    """The validators of a *field* that are no constraints, in their order.

    >>> from attrs import field, fields, frozen, validators
    >>> from relationkit.constraints import Said
    >>> @frozen
    ... class Song:
    ...     title: str = field(validator=[Said(), validators.max_len(60)])
    >>> besides(fields(Song).title)
    (<max_len validator for 60>,)
    """
    return tuple(v for v in _asked(field.validator) if not isinstance(v, Constraint))


def keywords(field: "Attribute[Any]") -> dict[str, object]:
    """All that a *field* asks of a value by itself, in keywords of JSON Schema.

    >>> from attrs import field, fields, frozen
    >>> from relationkit.constraints import AtLeast
    >>> @frozen
    ... class Song:
    ...     minutes: int = field(validator=AtLeast(1, "round it up"))
    >>> keywords(fields(Song).minutes)
    {'minimum': 1}
    """
    told = [*map(_told, _asked(field.validator)), field.metadata.get(SCHEMA, {})]
    return {key: one for asked in told for key, one in asked.items()}


def _told(validator: object) -> Mapping[str, object]:
    if isinstance(validator, Constraint):
        return validator.schema()
    return validator.told if isinstance(validator, _Asking) else {}


def _asked(validator: Validator | None) -> tuple[Validator, ...]:
    """A *validator*, or those of which attrs has made it; none if there is none."""
    if validator is None:
        return ()
    several: tuple[Validator, ...] = getattr(validator, "_validators", (validator,))
    return several
