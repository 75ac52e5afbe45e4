"""Others: the rules that did not give the answer, and what would make them."""

from collections.abc import Iterable
from enum import StrEnum

from attrs import frozen

from relationkit.decisions._account import Reason, Value, said

__all__ = ["Alternative", "Step", "Way", "WhyNot"]


@frozen(kw_only=True)
class WhyNot:
    """What keeps a rule from giving the answer.

    Attributes:
        rule: Which rule.
        answer: What it would answer.
        failed: The facts that fail its cells.
        unknown: The facts it asks about that are not known well enough.
        preceded_by: Earlier rules that match or may, where the first one wins,
            up to the first that surely does.
    """

    rule: str
    answer: StrEnum
    failed: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    preceded_by: tuple[str, ...] = ()

    @property
    def fires(self) -> bool:
        """Whether nothing keeps it from doing so."""
        return not (self.failed or self.unknown or self.preceded_by)

    def __str__(self) -> str:
        if self.fires:
            return f"{self.rule} gives the answer, {self.answer}"
        told = [str(reason) for reason in self.failed]
        told += [f"{fact} is unknown" for fact in self.unknown]
        told += [f"{earlier} comes first" for earlier in self.preceded_by]
        return f"{self.rule} does not answer {self.answer}: {', '.join(told)}"


@frozen(kw_only=True)
class Alternative:
    """A rule whose cells are met, or may be.

    Attributes:
        rule: Which rule.
        answer: What it answers.
        because: Why, in its words.
        certain: Whether its cells are surely met; otherwise that hangs on
            facts that are unknown.
    """

    rule: str
    answer: StrEnum
    because: str
    certain: bool

    def __str__(self) -> str:
        verb = "matches" if self.certain else "may match"
        return f"{self.rule} {verb}: {self.answer}, {self.because}"


@frozen(kw_only=True)
class Step:
    """One fact to change.

    Attributes:
        fact: Which fact.
        now: What it is; several values if it is one of them, None if unknown.
        to: What it must become, as a cell.
        by: What changes it, in words of the policy; empty if it names nothing.
    """

    fact: str
    now: Value | tuple[Value, ...] | None
    to: str
    by: str = ""

    def __str__(self) -> str:
        told = f"{self.fact} from {said(self.now)} to {self.to}"
        return f"{self.by} ({told})" if self.by else told


@frozen
class Way:
    """Changes that together give another answer; without any, nothing need change.

    Attributes:
        steps: The facts to change, in the order of the table.
    """

    steps: tuple[Step, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts to change."""
        return tuple(step.fact for step in self.steps)

    def __str__(self) -> str:
        return joined(map(str, self.steps)) or "nothing need change"


def joined(words: Iterable[str]) -> str:
    """*words* as one sentence has them."""
    return " and ".join(words)
