"""Accounts: what can be told of an outcome."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self, TypeAlias

from attrs import evolve, frozen

__all__ = ["Account", "PolicyRef", "Reason", "Value", "said"]

Value: TypeAlias = StrEnum | bool | int | Decimal | date
"""What a fact may be; unknown facts are None beside it."""


@frozen
class PolicyRef:
    """The policy that an outcome comes from.

    Attributes:
        edition: The name of the edition; empty for a table on its own.
        digest: What the edition says, in short: two editions of one name with
            different contents differ here.
        table: Which of its tables decided.
    """

    edition: str
    digest: str
    table: str

    def __str__(self) -> str:
        return f"edition {self.edition}" if self.edition else f"table {self.table}"


@frozen
class Reason:
    """One fact that mattered: it met a cell of a rule, or failed one.

    Attributes:
        fact: Which fact.
        value: What it is; several values if it is known only to be one of
            them; None once redacted.
        asked: The cell it was held against, as the table writes it.
        rule: The rule of that cell.
        fired: Whether that rule is one that gives the answer; otherwise the
            fact is what stops it from giving another.
    """

    fact: str
    value: Value | tuple[Value, ...] | None
    asked: str
    rule: str
    fired: bool

    def __str__(self) -> str:
        if self.value is None:
            return self.fact
        if not self.fired and self.asked.startswith("not("):
            return f"{self.fact} is {said(self.value)}, and asked is {self.asked}"
        verb = "is" if self.fired else f"is not {self.asked} but"
        return f"{self.fact} {verb} {said(self.value)}"

    def redact(self) -> Self:
        """The same reason without what it tells about the case."""
        return evolve(self, value=None, asked="")


def said(value: object) -> str:
    """How a value reads in a sentence: the wire form, and yes or no.

    >>> said(True), said((1, 2)), said(None)
    ('yes', '1 or 2', 'unknown')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " or ".join(map(said, value))
    return "unknown" if value is None else str(value)


@frozen
class Account:
    """All that can be told of an outcome.

    Attributes:
        policy: Where it comes from.
        possible: The answers that the known facts allow, in their order.
        rules: The rules that may give them, in the order of the table.
        because: Why, in the words of those rules.
        source: What those rules rest on, in their words.
        contested: Whether one of those rules is a matter on which good
            sources disagree.
        reasons: The facts that mattered; empty while undecided.
        needs: The facts to ask for; empty once decided.
    """

    policy: PolicyRef
    possible: tuple[StrEnum, ...]
    rules: tuple[str, ...]
    because: str
    source: str
    contested: bool
    reasons: tuple[Reason, ...] = ()
    needs: tuple[str, ...] = ()

    def redact(self) -> Self:
        """The same account without the values of the facts."""
        return evolve(self, reasons=tuple(r.redact() for r in self.reasons))

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        answers = " or ".join(map(str, self.possible))
        yield f"undecided: {answers}" if self.needs else f"{answers}: {self.because}"
        source = f"; source: {self.source}" if self.source else ""
        yield f"by {', '.join(self.rules)} of {self.policy}{source}"
        if self.contested:
            yield "contested: good sources disagree"
        yield from (f"as {reason}" for reason in self.reasons if reason.fired)
        for reason in self.reasons:
            if not reason.fired:
                yield f"not {reason.rule}: {reason}"
        if self.needs:
            yield f"ask for {', '.join(self.needs)}"
