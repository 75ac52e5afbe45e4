"""Numbers: whole ones and lengths of time, from something on."""

from collections.abc import Mapping
from datetime import timedelta

from relationkit.constraints._constraint import Constraint

__all__ = ["AtLeast", "Between", "TakesTime"]


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
