"""Outcomes: an answer, or what is missing for one."""

from collections.abc import Callable
from enum import StrEnum
from typing import Generic, Never, Protocol, Self, TypeAlias, TypeVar

from relationkit.decisions._account import Account, PolicyRef, Reason
from relationkit.decisions._others import Alternative, Way, WhyNot
from relationkit.errors import StoredOutcomeError, UndecidedError

__all__ = ["Decision", "Outcome", "Teller", "Undecided"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Teller(Protocol):
    """Whatever can tell of a case when asked, the same every time."""

    def tell(self, case: object, /) -> Account:
        """The account of the outcome of *case*."""

    def ask(self, case: object, /) -> tuple[str, ...]:
        """The facts to ask for, without the rest of the account."""

    def why_not(self, case: object, rule: str, /) -> WhyNot:
        """What keeps *rule* from giving the answer."""

    def alternatives(self, case: object, /) -> tuple[Alternative, ...]:
        """Every rule that matches or may match."""

    def to_reach(self, case: object, answer: StrEnum, /) -> tuple[Way, ...]:
        """The fewest changes that give *answer*."""


class _Told:
    """What both kinds of outcome share: an account, worked out when asked."""

    __slots__ = ("_account", "_case", "_teller")
    _teller: Teller | Account
    _case: object
    _account: Account

    @property
    def account(self) -> Account:
        """All that can be told of this outcome."""
        try:
            return self._account
        except AttributeError:
            pass  # nobody has asked before
        teller = self._teller
        told = teller if isinstance(teller, Account) else teller.tell(self._case)
        self._account = told
        return told

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

    def why(self) -> str:
        """The account in lines to read: the answer, what fired, what stopped others."""
        return str(self.account)

    def why_not(self, rule: str) -> WhyNot:
        """What keeps *rule* from giving the answer.

        Raises:
            UnknownIdError: If the table has no rule of that name.
            StoredOutcomeError: If the outcome was stored, or made of several.
        """
        return self._live().why_not(self._case, rule)

    def alternatives(self) -> tuple[Alternative, ...]:
        """Every rule whose cells are met, or may be, in the order of the table.

        The first that is certain gives the answer, where the first one wins.

        Raises:
            StoredOutcomeError: If the outcome was stored, or made of several.
        """
        return self._live().alternatives(self._case)

    def _live(self) -> Teller:
        if isinstance(self._teller, Account):
            raise StoredOutcomeError
        return self._teller

    def __copy__(self) -> Self:
        return self  # it cannot be changed

    def __deepcopy__(self, memo: object) -> Self:
        del memo
        return self

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash(self.__reduce__())


class Decision(_Told, Generic[T_co]):
    """An answer, and why."""

    __slots__ = ("_answer",)
    __match_args__ = ("answer",)
    _answer: T_co

    def __init__(
        self, answer: T_co, teller: Teller | Account, case: object = None
    ) -> None:
        self._answer = answer
        self._teller = teller
        self._case = case

    @property
    def answer(self) -> T_co:
        """What was decided."""
        return self._answer

    @property
    def possible(self) -> tuple[T_co, ...]:
        """The answer, alone."""
        return (self._answer,)

    @property
    def needs(self) -> tuple[str, ...]:
        """Empty, as no fact is missing."""
        return ()

    @property
    def rule(self) -> str | None:
        """The rule that certainly gives the answer.

        None while several rules may, all with this answer; then see *rules*.
        """
        rules = self.rules
        return rules[0] if len(rules) == 1 else None

    def settled(self) -> T_co:
        """The answer."""
        return self._answer

    def to_reach(self, answer: StrEnum) -> tuple[Way, ...]:
        """Every smallest set of changes after which the answer would be *answer*.

        Only facts are changed that the policy declares changeable.  Empty if no
        change of those can give it; a way without a step if it is the answer.

        Raises:
            TypeError: If *answer* is none of the table's answers.
            StoredOutcomeError: If the outcome was stored, or made of several.
        """
        return self._live().to_reach(self._case, answer)

    def redact(self) -> "Decision[T_co]":
        """The same answer without the values of the facts, fit for a log."""
        return Decision(self._answer, self.account.redact())

    def __str__(self) -> str:
        fired = [str(reason) for reason in self.reasons if reason.fired]
        told = ", ".join(fired) or self.because
        flag = "; contested" if self.contested else ""
        return f"{self._answer}: {told} ({', '.join(self.rules)}, {self.policy}{flag})"

    def __repr__(self) -> str:
        return f"<Decision {self}>"

    def __reduce__(self) -> "tuple[Callable[..., object], tuple[object, ...]]":
        return type(self), (self._answer, self.account)


class Undecided(_Told, Generic[T_co]):
    """No answer yet: more than one is possible."""

    __slots__ = ("_possible",)
    _possible: tuple[T_co, ...]

    def __init__(
        self,
        possible: tuple[T_co, ...],
        teller: Teller | Account,
        case: object = None,
    ) -> None:
        self._possible = possible
        self._teller = teller
        self._case = case

    @property
    def answer(self) -> None:
        """None: there is no answer yet."""
        return

    @property
    def possible(self) -> tuple[T_co, ...]:
        """The answers that the known facts allow, in their order; at least two."""
        return self._possible

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts to ask for, each of which may still change the answer."""
        teller = self._teller
        if isinstance(teller, Account):
            return teller.needs
        return teller.ask(self._case)

    def settled(self) -> Never:
        """Raises: there is no answer to settle on.

        Raises:
            UndecidedError: Always, naming the facts to ask for.
        """
        raise UndecidedError(str(self), self.needs)

    def to_reach(self, answer: StrEnum) -> tuple[Way, ...]:
        """Every smallest set of changes after which the answer would be *answer*.

        Whatever else is unknown stays so, and must not matter any longer.

        Raises:
            TypeError: If *answer* is none of the table's answers.
            StoredOutcomeError: If the outcome was stored, or made of several.
        """
        return self._live().to_reach(self._case, answer)

    def redact(self) -> "Undecided[T_co]":
        """Itself: it tells no values."""
        return self

    def __str__(self) -> str:
        answers = " or ".join(map(str, self._possible))
        return f"undecided, {answers}: ask for {', '.join(self.needs)} ({self.policy})"

    def __repr__(self) -> str:
        return f"<Undecided {self}>"

    def __reduce__(self) -> "tuple[Callable[..., object], tuple[object, ...]]":
        return type(self), (self._possible, self.account)


Outcome: TypeAlias = Decision[T] | Undecided[T]
"""The answer to a question, or what is missing for one."""
