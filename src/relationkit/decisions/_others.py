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
        may_precede: Earlier rules that match in some of the cases in which this
            one does, where the first one wins.
        preceded_by: The first earlier rule that matches in all of them.
    """

    rule: str
    answer: StrEnum
    failed: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()
    may_precede: tuple[str, ...] = ()
    preceded_by: tuple[str, ...] = ()

    @property
    def fires(self) -> bool:
        """Whether nothing keeps it from doing so."""
        return not (self.failed or self.unknown or self.may_precede or self.is_out)

    @property
    def is_out(self) -> bool:
        """Whether it surely does not give the answer, whatever is unknown."""
        return bool(self.failed or self.preceded_by)

    def __str__(self) -> str:
        if self.fires:
            return f"{self.rule} gives the answer, {self.answer}"
        told = [str(reason) for reason in self.failed]
        told += [f"{fact} is unknown" for fact in self.unknown]
        told += [f"{earlier} may come first" for earlier in self.may_precede]
        told += [f"{earlier} comes first" for earlier in self.preceded_by]
        verb = "does not" if self.is_out else "may not"
        return f"{self.rule} {verb} answer {self.answer}: {', '.join(told)}"


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
