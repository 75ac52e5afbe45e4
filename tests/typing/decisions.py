"""Never run; type checkers must accept every line of it."""

from typing import assert_never, assert_type

from relationkit.decisions import Decision, Outcome, PolicyRef, Undecided
from relationkit.records import Ranked


class Level(Ranked):
    """Answers."""

    GENERIC = "generic"
    BESPOKE = "bespoke"


class Other(Ranked):
    """Answers to another question."""

    BESPOKE = "bespoke"


def taken(outcome: Outcome[Level]) -> None:
    assert_type(outcome.answer, Level | None)
    assert_type(outcome.possible, tuple[Level, ...])
    assert_type(outcome.settled(), Level)
    assert_type(outcome.needs, tuple[str, ...])
    assert_type(outcome.policy, PolicyRef)
    assert_type(outcome.redact(), Decision[Level] | Undecided[Level])
    outcome.answer.rank  # type: ignore[union-attr]  # noqa: B018 - it may be None
    outcome.rule  # type: ignore[union-attr]  # noqa: B018 - none for the undecided


def narrowed(outcome: Outcome[Level]) -> str | None:
    if outcome.answer is not None:
        assert_type(outcome, Decision[Level])
        assert_type(outcome.answer, Level)
        return outcome.rule
    assert_type(outcome, Undecided[Level])
    return outcome.needs[0]


def told_apart(outcome: Outcome[Level]) -> Level:
    if isinstance(outcome, Decision):
        return outcome.answer
    assert_type(outcome, Undecided[Level])
    return outcome.settled()


def matched(outcome: Outcome[Level]) -> str:
    match outcome:
        case Decision(answer=answer) as decision:
            assert_type(answer, Level)
            return decision.because
        case Undecided(possible=possible, needs=needs):
            assert_type(possible, tuple[Level, ...])
            assert_type(needs, tuple[str, ...])
            return needs[0]


def exhausted(outcome: Outcome[Level]) -> int:
    match outcome.answer:
        case Level.GENERIC:
            return 0
        case Level.BESPOKE:
            return 1
        case None:
            return -1


def forgotten(outcome: Outcome[Level]) -> int:
    match outcome.answer:  # type: ignore[exhaustive-match]
        case Level.GENERIC:
            return 0
        case Level.BESPOKE:
            return 1
    return 2


def unreachable(outcome: Outcome[Level]) -> None:
    match outcome.answer:
        case Level.GENERIC | Level.BESPOKE | None:
            pass
        case _:
            assert_never(outcome.answer)


def widened(outcome: Outcome[Level]) -> Outcome[Ranked]:
    return outcome


def mixed(outcome: Outcome[Level]) -> Outcome[Other]:
    return outcome  # type: ignore[return-value]


def changed(outcome: Outcome[Level]) -> None:
    outcome.answer = Level.GENERIC  # type: ignore[misc]
    outcome.needs = ()  # type: ignore[misc]


def ranked(level: Level, other: Other) -> None:
    assert_type(level < Level.BESPOKE, bool)
    assert_type(max(level, Level.GENERIC), Level)
    level < other  # noqa: B015 - refused when it runs
    level < 1  # type: ignore[operator]  # noqa: B015
