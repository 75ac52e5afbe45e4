"""Constraints: what all have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TypeVar

from attrs import Attribute

from relationkit.errors import shown

__all__ = ["Constraint", "ConstraintError"]

V = TypeVar("V")


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
    >>> from relationkit.constraints import Said
    >>> @frozen
    ... class Song:
    ...     title: str = field(validator=Said())
    >>> Song(" ")
    Traceback (most recent call last):
    relationkit.constraints...ConstraintError: title: expected a text that is not blank, of characters that can be shown, got ' '; say something
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
