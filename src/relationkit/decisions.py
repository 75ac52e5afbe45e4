"""Decisions: answers that carry their reasons, and what is still undecided.

A question is answered with an :data:`Outcome`.  It is a :class:`Decision` if
what is known allows one answer only, whatever the unknown facts turn out to
be; otherwise it is :class:`Undecided`, and says which answers are possible and
which facts to ask for.  Nothing falls through to a default.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Never, Protocol, Self, TypeAlias, TypeVar

from attrs import evolve, frozen

from relationkit.errors import UndecidedError

__all__ = [
    "Account",
    "Decision",
    "Outcome",
    "PolicyRef",
    "Reason",
    "Teller",
    "Undecided",
    "Value",
    "said",
]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

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

    def tell(self) -> Self:
        """Itself: there is nothing left to work out."""
        return self

    def redact(self) -> Self:
        """The same account without the values of the facts."""
        return evolve(self, reasons=tuple(r.redact() for r in self.reasons))


class Teller(Protocol):
    """Whatever can give an account of an outcome when asked."""

    def tell(self) -> Account:
        """The account; the same one every time."""


class _Told:
    """What both kinds of outcome share: an account, worked out when asked."""

    __slots__ = ("_teller",)
    _teller: Teller

    @property
    def account(self) -> Account:
        """All that can be told of this outcome."""
        account = self._teller.tell()
        object.__setattr__(self, "_teller", account)
        return account

    @property
    def policy(self) -> PolicyRef:
        """Where it comes from: edition, its digest, table."""
        return self.account.policy

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that may give the answer, in the order of the table."""
        return self.account.rules

    @property
    def because(self) -> str:
        """Why, in the words of those rules."""
        return self.account.because

    @property
    def source(self) -> str:
        """What those rules rest on; ``ours`` for a judgement of our own."""
        return self.account.source

    @property
    def contested(self) -> bool:
        """Whether good sources disagree about one of those rules."""
        return self.account.contested

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The facts that mattered.

        Those facts alone, all others unknown, still give the same answer.
        Empty while undecided.
        """
        return self.account.reasons

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts to ask for: each may still change the answer."""
        return self.account.needs

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"an outcome cannot be changed: {name} = {value!r}")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"an outcome cannot be changed: del {name}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash(self.__reduce__())


class Decision(_Told, Generic[T_co]):
    """An answer, and why.

    Attributes:
        answer: What was decided.
    """

    __slots__ = ("answer",)
    __match_args__ = ("answer",)
    answer: T_co

    def __init__(self, answer: T_co, teller: Teller) -> None:
        object.__setattr__(self, "answer", answer)
        object.__setattr__(self, "_teller", teller)

    @property
    def possible(self) -> tuple[T_co, ...]:
        """The answer, alone."""
        return (self.answer,)

    @property
    def rule(self) -> str | None:
        """The rule that certainly gives the answer.

        None while several rules may, all with this answer; then see *rules*.
        """
        rules = self.rules
        return rules[0] if len(rules) == 1 else None

    def settled(self) -> T_co:
        """The answer."""
        return self.answer

    def redact(self) -> "Decision[T_co]":
        """The same answer without the values of the facts, fit for a log."""
        return Decision(self.answer, self.account.redact())

    def __str__(self) -> str:
        fired = [str(reason) for reason in self.reasons if reason.fired]
        told = ", ".join(fired) or self.because
        flag = "; contested" if self.contested else ""
        return f"{self.answer}: {told} ({', '.join(self.rules)}, {self.policy}{flag})"

    def __repr__(self) -> str:
        return f"<Decision {self}>"

    def __reduce__(self) -> "tuple[Callable[..., object], tuple[object, ...]]":
        return type(self), (self.answer, self.account)


class Undecided(_Told, Generic[T_co]):
    """No answer yet: more than one is possible.

    Attributes:
        possible: The answers that the known facts allow, in their order; at
            least two.
    """

    __slots__ = ("possible",)
    possible: tuple[T_co, ...]

    def __init__(self, possible: tuple[T_co, ...], teller: Teller) -> None:
        object.__setattr__(self, "possible", possible)
        object.__setattr__(self, "_teller", teller)

    @property
    def answer(self) -> None:
        """None: there is no answer yet."""
        return

    def settled(self) -> Never:
        """Raises: there is no answer to settle on.

        Raises:
            UndecidedError: Always, naming the facts to ask for.
        """
        raise UndecidedError(str(self), self.needs)

    def redact(self) -> "Undecided[T_co]":
        """Itself: it tells no values."""
        return self

    def __str__(self) -> str:
        answers = " or ".join(map(str, self.possible))
        return f"undecided, {answers}: ask for {', '.join(self.needs)} ({self.policy})"

    def __repr__(self) -> str:
        return f"<Undecided {self}>"

    def __reduce__(self) -> "tuple[Callable[..., object], tuple[object, ...]]":
        return type(self), (self.possible, self.account)


Outcome: TypeAlias = Decision[T] | Undecided[T]
"""The answer to a question, or what is missing for one."""
