"""Constraints: what a value must be by itself, declared once.

A constraint stands on a field as its validator, and has four uses: it refuses a
value, words the error, says the same in the keywords of JSON Schema, and tells
strategies what to draw.  What must fit *between* fields is no constraint: it
stays a validator of the model, named as the sentence that it enforces.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

from attrs import Attribute

from relationkit.errors import shown

__all__ = [
    "END",
    "SCHEMA",
    "AtLeast",
    "Between",
    "Constraint",
    "ConstraintError",
    "Each",
    "Id",
    "Said",
    "Several",
    "TakesTime",
    "asking",
    "besides",
    "keywords",
    "of",
]

END = r"(?![\s\S])"
"""The end of a text, in the words that all dialects of patterns share: in that of
Python a line end may follow ``$``."""
# Of what Python cannot show, what stands in one block or occurs in texts: neither
# a list of each such character nor \p{C} is known to all who read a schema.
_UNSEEN = (
    r"\u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
)
_HIDDEN = rf"\u0000-\u001f{_UNSEEN}"
_HIDDEN_IN_LINES = rf"\u0000-\u0009\u000b-\u001f{_UNSEEN}"
_ID = rf"^[^ {_HIDDEN}]([^{_HIDDEN}]*[^ {_HIDDEN}])?{END}"
_SAID = rf"^[^{_HIDDEN_IN_LINES}]*[^ {_HIDDEN}][^{_HIDDEN_IN_LINES}]*{END}"
V = TypeVar("V")
Validator: TypeAlias = Callable[[Any, Any, Any], Any]
"""Takes a record, one of its fields, and the value of that; refuses it or not."""
SCHEMA = "relationkit.constraints.schema"
"""Under which a field says in its metadata, in the keywords of JSON Schema, what
a validator of its own asks that is no constraint."""
NUMBERS = {1: "one", 2: "two"}


class ConstraintError(ValueError):
    """A value that a field does not take.

    Attributes:
        name: Of which field, and of which record if that has an id.
        wanted: What was expected.
        got: What there is, in short.
        remedy: What would mend it.
        each: What each of several has to be, if one of them is not; else None.
    """

    each: "Constraint | None" = None

    def __init__(self, name: str, wanted: str, got: str, remedy: str) -> None:
        self.name, self.wanted, self.got, self.remedy = name, wanted, got, remedy
        super().__init__(name, wanted, got, remedy)

    def __str__(self) -> str:
        return f"{self.name}: expected {self.wanted}, got {self.got}; {self.remedy}"


class Constraint(ABC):
    """What a value must be by itself; None passes where the field allows it.

    Its ``wanted`` is what is expected, in words.

    >>> from attrs import frozen, field
    >>> @frozen
    ... class Song:
    ...     title: str = field(validator=Said())
    >>> Song(" ")
    Traceback (most recent call last):
    relationkit.constraints.ConstraintError: title: expected a text that is not blank, of characters that can be shown, got ' '; say something
    """  # noqa: E501, an error is one line

    # No class of attrs: making one takes longer than importing all of these.
    __slots__ = ()

    wanted = ""

    @abstractmethod
    def holds(self, value: object) -> bool:
        """Whether *value* is such a one."""

    @abstractmethod
    def remedy_for(self, value: object) -> str:
        """What to do about a *value* that is not."""

    @abstractmethod
    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""

    def got(self, value: object) -> str:
        """A *value* that is not, in short."""
        return shown(value)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        names: tuple[str, ...] = self.__slots__
        told = ", ".join(repr(getattr(self, name)) for name in names)
        return f"{type(self).__name__}({told})"

    def __call__(self, instance: object, field: "Attribute[V]", value: V) -> None:
        """Refuse a *value* that is not, as attrs asks its validators to."""
        if value is not None and not self.holds(value):
            self.refuse(instance, field.name, value)

    def refuse(self, instance: object, name: str, value: object) -> None:
        """Say what is wrong with the *value* of a field of that *name*.

        Raises:
            ConstraintError: Always.
        """
        id_ = getattr(instance, "id", None)
        whole = name if id_ is None or name == "id" else f"{name} of {shown(id_)}"
        got, remedy = self.got(value), self.remedy_for(value)
        raise ConstraintError(whole, self.wanted, got, remedy)


class Said(Constraint):
    """A text that says something, all of which can be shown; it may have lines."""

    __slots__ = ()

    wanted = "a text that is not blank, of characters that can be shown"

    def holds(self, value: object) -> bool:
        """Whether *value* says something."""
        if not isinstance(value, str) or not value.strip():
            return False
        return value.isprintable() or value.replace("\n", " ").isprintable()

    def remedy_for(self, value: object) -> str:
        """What to do about a *value* that does not."""
        hidden = _hidden(str(value).replace("\n", " "))
        return f"remove {hidden}" if hidden and str(value).strip() else "say something"

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"pattern": _SAID}


class Id(Constraint):
    """A text that tells records apart: what it looks like is all there is to it."""

    __slots__ = ()

    wanted = "an id with no blank around it, of characters that can be shown"

    def holds(self, value: object) -> bool:
        """Whether *value* is one line with nothing unseen in or around it."""
        if not isinstance(value, str) or not value.isprintable():
            return False
        return value != "" and value == value.strip()

    def remedy_for(self, value: object) -> str:
        """What to do about a *value* that is not."""
        text = str(value)
        if hidden := _hidden(text.strip()):
            return f"remove {hidden}"
        return f"use {shown(text.strip())}" if text.strip() else "make one up"

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"pattern": _ID}


def _hidden(text: str) -> str:
    """The first character of *text* that cannot be shown, as Python escapes it."""
    return next((repr(c) for c in text if not c.isprintable()), "")


class Each(Constraint):
    """Of several values, each is as *one* has it.

    Attributes:
        one: What each is.
    """

    __slots__ = ("one",)

    def __init__(self, one: Constraint) -> None:
        self.one = one

    @property
    def wanted(self) -> str:  # type: ignore[override]  # reckoned, and never set
        """What is expected of each, in words."""
        return f"each to be {self.one.wanted}"

    def holds(self, value: object) -> bool:
        """Whether each is."""
        return isinstance(value, (tuple, frozenset)) and all(map(self.one.holds, value))

    def _other(self, value: object) -> object:
        """The first that is not."""
        several = value if isinstance(value, (tuple, frozenset)) else ()
        return next(one for one in several if not self.one.holds(one))

    def got(self, value: object) -> str:
        """One that is not, in short."""
        return self.one.got(self._other(value))

    def remedy_for(self, value: object) -> str:
        """What to do about one that is not."""
        return self.one.remedy_for(self._other(value))

    def refuse(self, instance: object, name: str, value: object) -> None:
        """Say what is wrong with one of the values of a field of that *name*.

        Raises:
            ConstraintError: Always.
        """
        try:
            super().refuse(instance, name, value)
        except ConstraintError as error:
            error.each = self.one
            raise

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"items": self.one.schema()}


class Several(Constraint):
    """So many values at least, and perhaps at most.

    >>> Several(2, "name both").holds(("ada", "us"))
    True

    Attributes:
        least: How many.
        remedy: What to do if there are fewer.
        most: How many at most; None if as many as one likes.
    """

    __slots__ = ("least", "most", "remedy")

    def __init__(self, least: int, remedy: str, most: int | None = None) -> None:
        self.least, self.remedy, self.most = least, remedy, most

    @property
    def wanted(self) -> str:  # type: ignore[override]  # reckoned, and never set
        """What is expected, in words."""
        several = f"{NUMBERS.get(self.least, self.least)} or more"
        return several if self.most is None else f"{several}, {self.most} at most"

    def holds(self, value: object) -> bool:
        """Whether there are so many."""
        return self.least <= _count(value) and not self._has_more(value)

    def got(self, value: object) -> str:
        """What there is, in short."""
        if self._has_more(value):
            return str(_count(value))
        listed = sorted(map(shown, value)) if isinstance(value, frozenset) else []
        return ", ".join(listed) or "none"

    def remedy_for(self, value: object) -> str:
        """What to do if there are fewer, or more."""
        return "leave some out" if self._has_more(value) else self.remedy

    def _has_more(self, value: object) -> bool:
        return self.most is not None and _count(value) > self.most

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        most = {} if self.most is None else {"maxItems": self.most}
        return {"minItems": self.least, **most}


def _count(value: object) -> int:
    return len(value) if isinstance(value, (tuple, frozenset)) else 0


class AtLeast(Constraint):
    """A whole number that is not less.

    >>> AtLeast(1, "give a day").schema()
    {'minimum': 1}

    Attributes:
        least: Than what.
        remedy: What to do if it is less.
    """

    __slots__ = ("least", "remedy")

    def __init__(self, least: int, remedy: str) -> None:
        self.least, self.remedy = least, remedy

    @property
    def wanted(self) -> str:  # type: ignore[override]  # reckoned, and never set
        """What is expected, in words."""
        return f"{self.least} or more"

    def holds(self, value: object) -> bool:
        """Whether *value* is so much."""
        return isinstance(value, int) and value >= self.least

    def remedy_for(self, _: object) -> str:
        """What to do if it is less."""
        return self.remedy

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"minimum": self.least}


class Between(Constraint):
    """A whole number from one to another, both included.

    >>> Between(1, 9, "give a digit").schema()
    {'minimum': 1, 'maximum': 9}

    Attributes:
        least: From what.
        most: To what.
        remedy: What to do if it is less, or more.
    """

    __slots__ = ("least", "most", "remedy")

    def __init__(self, least: int, most: int, remedy: str) -> None:
        self.least, self.most, self.remedy = least, most, remedy

    @property
    def wanted(self) -> str:  # type: ignore[override]  # reckoned, and never set
        """What is expected, in words."""
        return f"a whole number from {self.least} to {self.most}"

    def holds(self, value: object) -> bool:
        """Whether *value* is."""
        return isinstance(value, int) and self.least <= value <= self.most

    def remedy_for(self, _: object) -> str:
        """What to do if it is not."""
        return self.remedy

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"minimum": self.least, "maximum": self.most}


class TakesTime(Constraint):
    """A length of time that is longer than nothing; what is no length passes."""

    __slots__ = ()

    wanted = "a time longer than none"

    def holds(self, value: object) -> bool:
        """Whether *value* is."""
        return not isinstance(value, timedelta) or value > timedelta(0)

    def got(self, value: object) -> str:
        """A *value* that is not, in short."""
        return str(value)

    def remedy_for(self, _: object) -> str:
        """What to do about one that is not."""
        return "lengthen it"

    def schema(self) -> Mapping[str, object]:
        """No keywords, as documents have no way to write another."""
        return {}


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
