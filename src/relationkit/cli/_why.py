"""Why: what the library gives as the grounds of an answer, in sentences."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from rich.text import Text

from relationkit.cli._show import either, line
from relationkit.decisions import Outcome, Reason, said
from relationkit.facts import Facts
from relationkit.policy import EngagementPolicy

__all__ = ["why"]


def why(
    outcome: Outcome[StrEnum], facts: Facts, policy: EngagementPolicy
) -> Iterator[Text]:
    """The grounds of *outcome*, which was decided on *facts*, line by line."""
    if outcome.answer is None:
        yield Text(f"undecided: {either(outcome.possible)}")
        yield from _asked(outcome.needs, facts)
        yield _by("may be decided by", outcome)
        return
    yield Text(f"{outcome.answer}: {line(outcome.because)}")
    yield _by("by", outcome)
    if fired := [str(reason) for reason in outcome.reasons if reason.fired]:
        yield Text(f"as {', '.join(fired)}")
    rules = policy.tables[outcome.policy.table].rules
    yield from _others(outcome.reasons, {rule.id: rule.answer for rule in rules})


def _by(verb: str, outcome: Outcome[StrEnum]) -> Text:
    rules = "rule" if len(outcome.rules) == 1 else "rules"
    told = f"{verb} {rules} {', '.join(outcome.rules)}; source: {outcome.source}"
    return Text(line(f"{told}; contested" if outcome.contested else told))


def _asked(needs: Iterable[str], facts: Facts) -> Iterator[Text]:
    """The facts to ask for, together where they are unknown for one reason."""
    asked: dict[str, list[str]] = {}
    for need in needs:
        asked.setdefault(facts.why_unknown(need), []).append(need)
    for reason, names in asked.items():
        yield Text(line(f"ask for {', '.join(names)}: {reason}"))


def _others(reasons: Iterable[Reason], answers: dict[str, StrEnum]) -> Iterator[Text]:
    """What stopped other answers, together where it was one fact.

    Another fact may stop them too, so that this is not what they hang on.
    """
    stops: dict[str, list[Reason]] = {}
    for reason in reasons:
        if not reason.fired:
            stops.setdefault(reason.fact, []).append(reason)
    for fact, stopped in stops.items():
        others = either(dict.fromkeys(answers[reason.rule] for reason in stopped))
        yield Text(f"not {others}, as {fact} is {_against(stopped)}", "dim")


def _against(stopped: Sequence[Reason]) -> str:
    """A fact, and what was asked of it, where that is not the opposite."""
    value = stopped[0].value
    asked = either(dict.fromkeys(reason.asked for reason in stopped))
    return said(value) if isinstance(value, bool) else f"{said(value)} (asked: {asked})"
