"""Tables: ordered rules over facts, and what they decide."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property, partial
from typing import Generic, Protocol, TypeVar

from attrs import field, fields, frozen, has

from relationkit.decisions import Decision, Outcome, PolicyRef, Undecided
from relationkit.errors import UnknownIdError, suggestion
from relationkit.reading import SHOWN
from relationkit.tables._acts import Act
from relationkit.tables._boxes import Box
from relationkit.tables._cells import ANY, Cell
from relationkit.tables._columns import Case, Fact, Look, lookup
from relationkit.tables._compiled import compiled
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._hits import HitPolicy
from relationkit.tables._index import Index
from relationkit.tables._opening import opening
from relationkit.tables._properties import Property
from relationkit.tables._tell import Telling

__all__ = ["Answer", "Decide", "Rule", "Table"]

T_co = TypeVar("T_co", bound=StrEnum, covariant=True)


@frozen(kw_only=True)
class Rule(Generic[T_co]):
    """One row of a table: where all its cells are met, its answer is possible.

    Attributes:
        id: Its name, once in the table.
        cells: What it asks, by fact; a fact that is not here may be anything.
        answer: What it answers.
        because: Why, in words for the person concerned.
        source: What it rests on; ``ours`` for a judgement of our own.
        contested: Whether good sources disagree about it.
    """

    id: str
    cells: tuple[tuple[str, Cell], ...]
    answer: T_co
    because: str
    source: str
    contested: bool = False

    def cell(self, fact: str) -> Cell:
        """What it asks of *fact*."""
        return dict(self.cells).get(fact, ANY)


class Decide(Protocol[T_co]):
    """A function from facts to an outcome."""

    def __call__(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[T_co]:
        """What follows from *facts*, and from the outcomes *given* beside them."""


class Answer(Protocol[T_co]):
    """A function from facts to an answer, None while undecided."""

    def __call__(self, facts: object, /, **given: Outcome[StrEnum]) -> T_co | None:
        """The answer to *facts*, and to the outcomes *given* beside them."""


@frozen(kw_only=True, eq=False, slots=False)
class Table(Generic[T_co]):
    """Rules over facts, of which one gives the answer.

    Make one with :func:`build`, which proves that it answers every case and
    that every rule can give its answer.

    Attributes:
        ref: Which policy it belongs to.
        yields: What its answer is called, where a later table reads it.
        answers: The class of its answers.
        hit: What happens where several rules match.
        axes: The facts that its rules read, as its cells cut them.
        rules: Its rules, in order.
        boxes: What each rule matches.
        pieces: What each rule decides, as boxes: where the first rule wins,
            what it matches without what earlier rules do; otherwise all of it.
        declared: The facts that may be given, whether its rules read them or
            not, and what each may be.
        record: The class whose instances are taken at their word: they were
            checked when they were made; None if there is none.
        acts: The facts that can be changed, and what changes them.
        properties: What is declared of it, and proved.
    """

    ref: PolicyRef
    yields: str
    answers: type[T_co]
    hit: HitPolicy = HitPolicy.FIRST
    axes: tuple[Axis, ...] = field(repr=False)
    rules: tuple[Rule[T_co], ...] = field(repr=False)
    boxes: tuple[Box, ...] = field(repr=False)
    pieces: tuple[tuple[int, Box], ...] = field(repr=False)
    declared: tuple[tuple[str, Domain], ...] = field(repr=False)
    record: type[object] | None = field(default=None, repr=False)
    acts: tuple[Act, ...] = field(default=(), repr=False)
    properties: tuple[Property, ...] = field(default=(), repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self._said == other._said

    def __hash__(self) -> int:
        return hash((self.ref, self.rules))

    def __getstate__(self) -> dict[str, object]:
        """What it is made of, without what was worked out from that."""
        return {f.name: getattr(self, f.name) for f in fields(Table)}

    @property
    def _said(self) -> tuple[object, ...]:
        named = (self.ref, self.yields, self.answers, self.hit)
        return *named, self.axes, self.rules, self.acts, self.properties

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that its rules read, in the order in which it was given them."""
        return tuple(axis.name for axis in self.axes)

    @cached_property
    def full(self) -> Box:
        """Every case there is."""
        return tuple(axis.full for axis in self.axes)

    def rule(self, id_: str) -> Rule[T_co]:
        """The rule of that name.

        Raises:
            UnknownIdError: If there is none.
        """
        return self.rules[self.place(id_)]

    def place(self, id_: str) -> int:
        """Where the rule of that name stands, from 0.

        Raises:
            UnknownIdError: If there is none.
        """
        if id_ not in self._places:
            raise UnknownIdError.of("rule", id_, self._places)
        return self._places[id_]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {rule.id: at for at, rule in enumerate(self.rules)}

    @cached_property
    def decide(self) -> Decide[T_co]:
        """What follows from facts, and from outcomes given beside them.

        ``decide(facts, /, **given)``: facts are a mapping or have attributes,
        with a value of exactly the class of the domain for each fact that the
        rules read, or None where it is unknown.  An outcome that is undecided
        counts as any of its possible answers.  It is one function, compiled for
        this table; keep it in a variable where it is called often.

        Raises:
            LookupError: If a fact is missing, as unknown must be said; or a
                mapping holds one that is no fact of the table.
            TypeError: If a fact is of another class, or an outcome is given
                beside them under a name that no fact of an enum has.
            ValueError: If it is not finite, or below the least there is.
        """
        return compiled(self, self.consider, self.checked, Decision)

    @cached_property
    def answer(self) -> Answer[T_co]:
        """The answer alone, and None while it is undecided.

        ``answer(facts, /, **given)`` is the same as
        ``decide(facts, **given).answer``, and faster; it raises the same.
        """
        return compiled(self, self._answer, self._checked_answer, None)

    def _answer(
        self, facts: object, given: Mapping[str, Outcome[StrEnum]]
    ) -> T_co | None:
        return self.consider(facts, given).answer

    def _checked_answer(self, facts: object) -> T_co | None:
        return self.checked(facts).answer

    def consider(
        self, facts: object, given: Mapping[str, Outcome[StrEnum]]
    ) -> Outcome[T_co]:
        """As :attr:`decide`, one fact after the other, and saying what is wrong.

        :meta private:
        """
        return self._outcome(self.looked(self.values(facts, given)))

    def checked(self, facts: object) -> Outcome[T_co]:
        """The same for *facts* of the record class that holds all that rules read.

        :meta private:
        """
        return self._outcome(self._opened(facts))

    @cached_property
    def _opened(self) -> Callable[[object], Case]:
        return opening(self, lambda facts: self.looked(self.values(facts, {})))

    def _outcome(self, case: Case) -> Outcome[T_co]:
        possible = self.possible(case.alive)
        if len(possible) == 1:
            return Decision(possible[0], self.telling, case)
        return Undecided(possible, self.telling, case)

    def values(
        self, facts: object, given: Mapping[str, Outcome[StrEnum]]
    ) -> tuple[Fact, ...]:
        """The facts that its rules read, taken from what is given.

        Raises:
            LookupError: If one is missing, or is no fact of the table.

        :meta private:
        """
        fetch: Callable[[str], Fact] = partial(getattr, facts)
        if isinstance(facts, Mapping):
            fetch = facts.__getitem__
            self._refuse_others(facts)
            self._check_unread(facts)
        self._refuse_others(given)
        return tuple(
            given[name] if name in given else _fetched(fetch, name)
            for name in self.facts
        )

    def _check_unread(self, facts: Mapping[str, Fact]) -> None:
        """What no rule reads is to be right as well."""
        for name, axis in self._unread.items():
            value = facts.get(name)
            if isinstance(value, (Decision, Undecided)):
                axis.atoms(value.possible)
            elif value is not None:
                axis.place(value)

    @cached_property
    def _unread(self) -> dict[str, Axis]:
        unread = {n: d for n, d in self.declared if n not in self.facts}
        return {name: Axis.cut(name, domain, ()) for name, domain in unread.items()}

    def _refuse_others(self, names: Iterable[object]) -> None:
        known = dict(self.declared)
        for name in names:
            if name not in known:
                hint = suggestion(str(name), known)
                told = f"the table reads no fact {str(name)[:SHOWN]!r}"
                raise LookupError(f"{told} ({hint})" if hint else told)

    def looked(self, values: tuple[Fact, ...]) -> Case:
        """The case of these *values*, one for each of :attr:`facts`.

        Raises:
            TypeError: If a fact is of another class.
            ValueError: If it is not finite, or below the least there is.

        :meta private:
        """
        found = [look(value) for look, value in zip(self._looks, values, strict=True)]
        alive = self.index.everything
        for _, bits in found:
            alive &= bits
        return Case(values, tuple([mask for mask, _ in found]), alive)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The facts that its rules read and its record class holds.

        :meta private:
        """
        record = self.record or object
        held = {f.name for f in fields(record)} if has(record) else set()
        return tuple(name for name in self.facts if name in held)

    @cached_property
    def _looks(self) -> tuple[Look, ...]:
        return tuple(map(lookup, self.axes, self.index.columns))

    @cached_property
    def index(self) -> Index:
        """Its pieces, found by what they meet.

        :meta private:
        """
        return Index(self.full, [box for _, box in self.pieces])

    def possible(self, alive: int) -> tuple[T_co, ...]:
        """The answers of those pieces, in their order.

        :meta private:
        """
        return tuple([answer for answer, bits in self.by_answer if alive & bits])

    @cached_property
    def by_answer(self) -> tuple[tuple[T_co, int], ...]:
        """For each answer that rules give, in its order, their pieces.

        :meta private:
        """
        pieces: dict[StrEnum, int] = {}
        for at, (rule, _) in enumerate(self.pieces):
            answer = self.rules[rule].answer
            pieces[answer] = pieces.get(answer, 0) | 1 << at
        return tuple((a, pieces[a]) for a in self.answers if a in pieces)

    @cached_property
    def telling(self) -> Telling:
        """What can tell of its outcomes.

        :meta private:
        """
        return Telling(self)


def _fetched(fetch: Callable[[str], Fact], name: str) -> Fact:
    try:
        return fetch(name)
    except (KeyError, AttributeError):
        raise LookupError(
            f"the fact {name!r} is missing; give None if it is unknown"
        ) from None
