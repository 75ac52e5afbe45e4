"""Several: values of which there must be so many, or each of which is such a one."""

from collections.abc import Mapping

from relationkit.constraints._constraint import Constraint, ConstraintError
from relationkit.errors import shown

__all__ = ["Each", "Several"]

NUMBERS = {1: "one", 2: "two"}


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
        count = _count(value)
        return self.least <= count and (self.most is None or count <= self.most)

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
