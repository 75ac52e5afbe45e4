"""Collecting: tables of which every rule that matches adds its answer."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from attrs import field, frozen

from relationkit.decisions import Outcome, PolicyRef
from relationkit.errors import PolicyError, Problem, UndecidedError, UnknownIdError
from relationkit.reading import Reader
from relationkit.records import Ranked
from relationkit.tables._acts import Act, acts_among
from relationkit.tables._boxes import Budget, outside, shared
from relationkit.tables._build import Draft, dead_rules
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._hits import HitPolicy
from relationkit.tables._proofs import STEPS
from relationkit.tables._properties import (
    Promise,
    Property,
    Trend,
    answers_of,
    box_of,
    broken,
    fault,
    in_case_of,
)
from relationkit.tables._table import Rule, Table

__all__ = ["Applies", "Collected", "CollectingTable", "build_collecting"]

T = TypeVar("T", bound=StrEnum)
T_co = TypeVar("T_co", bound=StrEnum, covariant=True)


class Applies(Ranked):
    """Whether an answer is among those collected."""

    NO = "no"
    YES = "yes"


OTHERWISE = Rule(
    id="otherwise", cells=(), answer=Applies.NO, because="no rule gives it", source=""
)


@frozen
class Collected(Generic[T_co]):
    """The answers of all rules that match.

    Attributes:
        each: For each answer that a rule can give, in order, whether it is
            among them, with reasons.
    """

    each: tuple[tuple[T_co, Outcome[Applies]], ...]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self.answers)

    def __getitem__(self, answer: StrEnum) -> Outcome[Applies]:
        """Whether *answer* is among them, and why or why not.

        Raises:
            UnknownIdError: If no rule gives it.
        """
        outcomes: dict[StrEnum, Outcome[Applies]] = dict(self.each)
        if answer not in outcomes:
            raise UnknownIdError.of("rule that gives", answer, outcomes)
        return outcomes[answer]

    @property
    def answers(self) -> tuple[T_co, ...]:
        """Those that are certainly among them, in order."""
        return tuple(a for a, outcome in self.each if outcome.answer is Applies.YES)

    @property
    def open(self) -> tuple[T_co, ...]:
        """Those that may be among them, which hangs on unknown facts."""
        return tuple(a for a, outcome in self.each if outcome.answer is None)

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts to ask for, each of which may still add an answer."""
        needed = (fact for _, outcome in self.each for fact in outcome.needs)
        return tuple(dict.fromkeys(needed))

    def settled(self) -> tuple[T_co, ...]:
        """All of them.

        Raises:
            UndecidedError: If one may still be added.
        """
        if self.open:
            told = f"undecided, perhaps {', '.join(self.open)}"
            raise UndecidedError(f"{told}: ask for {', '.join(self.needs)}", self.needs)
        return self.answers

    def __str__(self) -> str:
        told = ", ".join(self.answers) or "none"
        return f"{told}; perhaps {', '.join(self.open)}" if self.open else told


@frozen(kw_only=True, slots=False)
class CollectingTable(Generic[T_co]):
    """Rules over facts, of which every one that matches adds its answer.

    Make one with :func:`build_collecting`.

    Attributes:
        ref: Which policy it belongs to.
        yields: What its answers are called.
        answers: The class of its answers.
        rules: Its rules, in order.
        each: For each answer that rules give, in order, a table of whether it
            is among those collected.
        properties: What is declared of it, and proved.
    """

    ref: PolicyRef
    yields: str
    answers: type[T_co]
    rules: tuple[Rule[T_co], ...] = field(repr=False)
    each: tuple[tuple[T_co, Table[Applies]], ...] = field(repr=False)
    properties: tuple[Property, ...] = field(default=(), repr=False)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that its rules read."""
        return tuple(dict.fromkeys(f for _, table in self.each for f in table.facts))

    def decide(self, facts: object, /, **given: Outcome[StrEnum]) -> Collected[T_co]:
        """The answers of all rules that match *facts*, and the outcomes *given*.

        Raises what the tables of single answers do.
        """
        return Collected(
            tuple((answer, table.decide(facts, **given)) for answer, table in self.each)
        )


def build_collecting(  # noqa: PLR0913 - each is named, and none can be left to another
    document: Mapping[str, object],
    *,
    yields: str,
    answers: type[T],
    facts: Mapping[str, Domain],
    ref: PolicyRef | None = None,
    record: type[object] | None = None,
    acts: Sequence[Act] = (),
    steps: int = STEPS,
) -> CollectingTable[T]:
    """The table that *document* describes, with ``hit = "collect"``.

    It need not answer every case: where no rule matches, nothing is collected.
    A rule is dead if earlier rules of its answer leave it no case.

    >>> from enum import StrEnum
    >>> from relationkit.tables import Domain, build_collecting
    >>> class Paper(StrEnum):
    ...     ID = "id"
    ...     CONSENT = "consent"
    >>> papers = build_collecting(
    ...     {
    ...         "hit": "collect",
    ...         "columns": ["id", "age", "abroad", "=> paper", "because", "source"],
    ...         "rows": [
    ...             ["minor", "< 18", "-", "consent", "a parent agrees", "ours"],
    ...             ["border", "-", True, "id", "the border asks", "ours"],
    ...         ],
    ...     },
    ...     yields="paper",
    ...     answers=Paper,
    ...     facts={"age": Domain(int, least=0), "abroad": Domain(bool)},
    ... )
    >>> print(papers.decide({"age": 7, "abroad": True}))
    id, consent
    >>> print(papers.decide({"age": 7, "abroad": None}))
    consent; perhaps id

    Raises:
        PolicyError: If anything is wrong with it, with every problem found.
    """
    draft = Draft(Reader(document), yields, answers, facts, steps)
    if draft.hit is not HitPolicy.COLLECT:
        hint = "write hit = 'collect', or build it with build"
        draft.here.note("value", "the table does not collect", hint)
    draft.check()
    named = ref or PolicyRef(edition="", digest="", table=yields)
    asked = (*draft.acts, *acts)
    each = tuple(_each(draft, named, record, asked))
    if problems := [*_broken(draft, each)]:
        raise PolicyError(problems)
    return CollectingTable(
        ref=named,
        yields=yields,
        answers=answers,
        rules=draft.rules,
        each=each,
        properties=draft.properties,
    )


def _each(
    draft: Draft[T], ref: PolicyRef, record: type[object] | None, acts: Sequence[Act]
) -> Iterator[tuple[T, Table[Applies]]]:
    """For each answer that rules give, whether it is among those collected."""
    axes = draft.axes(acts)
    given = {rule.answer for rule in draft.rules}
    parts = [_Part(draft, axes, answer) for answer in draft.answers if answer in given]
    if dead := [problem for part in parts for problem in part.dead]:
        raise PolicyError(dead)
    for part in parts:
        yield part.answer, part.table(ref, record, acts)


class _Part(Generic[T]):
    """The rules of one answer, and a last one that it is not collected.

    Attributes:
        answer: Which answer.
        dead: What is wrong with them.
    """

    def __init__(self, draft: Draft[T], axes: tuple[Axis, ...], answer: T) -> None:
        self.draft, self.axes, self.answer = draft, axes, answer
        pairs = zip(draft.rows, draft.rules, strict=True)
        own = [(row, rule) for row, rule in pairs if rule.answer is answer]
        self.rules = (*(_adding(rule) for _, rule in own), OTHERWISE)
        self.boxes = tuple(box_of(axes, dict(rule.cells)) for rule in self.rules)
        self.proofs = draft.proved(axes, self.boxes)
        self.dead = [*dead_rules([row for row, _ in own], self.proofs)]

    def table(
        self, ref: PolicyRef, record: type[object] | None, acts: Sequence[Act]
    ) -> Table[Applies]:
        """Whether the answer is among those collected."""
        last = len(self.rules) - 1
        others = ((last, box) for box in self.proofs.own[last])
        trends = (p for p in self.draft.properties if isinstance(p, Trend))
        return Table(
            ref=ref,
            yields=self.answer.value,
            answers=Applies,
            hit=HitPolicy.COLLECT,
            axes=self.axes,
            rules=self.rules,
            boxes=self.boxes,
            pieces=(*enumerate(self.boxes[:last]), *others),
            declared=tuple(self.draft.facts.items()),
            record=record,
            acts=acts_among(acts, self.draft.facts),
            properties=tuple(trends),
        )


def _adding(rule: Rule[T]) -> Rule[Applies]:
    """The rule that its answer is among those collected."""
    return Rule(
        id=rule.id,
        cells=rule.cells,
        answer=Applies.YES,
        because=rule.because,
        source=rule.source,
        contested=rule.contested,
    )


def _broken(
    draft: Draft[T], each: Sequence[tuple[T, Table[Applies]]]
) -> Iterator[Problem]:
    """The properties that are not kept."""
    for _, table in each:
        yield from broken(table)
    for declared in draft.properties:
        if isinstance(declared, Promise):
            yield from _unkept(declared, draft, each)


def _unkept(
    promise: Promise, draft: Draft[T], each: Sequence[tuple[T, Table[Applies]]]
) -> Iterator[Problem]:
    """A case in which no promised answer, or a forbidden one, is collected."""
    named = answers_of(draft.answers, promise.answer)
    tables = [(answer, table) for answer, table in each if answer in named]
    axes = each[0][1].axes if each else ()
    when = box_of(axes, dict(promise.when))
    if promise.never:
        met = (
            (a, both)
            for a, t in tables
            for b in t.boxes[:-1]
            if (both := shared(when, b))
        )
        for answer, case in met:
            told = f"{answer} is collected {in_case_of(axes, case)}"
            yield fault(promise, told)
            return
    else:
        boxes = [box for _, table in tables for box in table.boxes[:-1]]
        for case in outside(when, boxes, Budget(draft.steps))[:1]:
            yield fault(promise, f"none is collected {in_case_of(axes, case)}")
