"""What holds of the shipped editions, and is found out of broken ones."""

import tomllib
from collections.abc import Callable
from decimal import Decimal, getcontext
from enum import StrEnum
from importlib import resources
from itertools import count
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import find
from typing_extensions import override

from relationkit import laws, policy
from relationkit.clienthood import Standing
from relationkit.contracts import Contract
from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.engagements import Fiduciary
from relationkit.facts import Facts
from relationkit.laws import LAWS, LawError
from relationkit.laws._cases import cases
from relationkit.personalisation import Level
from relationkit.policy import Answers, Edition, EngagementPolicy
from relationkit.relationships import Stance
from relationkit.sla import Attention
from relationkit.tables import Table

SHIPPED = policy.edition("2026-11")
SHELF = resources.files("relationkit") / "editions"
TEXT = (SHELF / "2026-11.toml").read_text("utf-8")


def rewritten(old: str, new: str) -> Edition:
    """The shipped edition with one rule of it changed, which declares nothing."""
    assert TEXT.count(old) == 1
    document = tomllib.loads(TEXT.replace(old, new), parse_float=Decimal)
    for name in SHIPPED.policy.tables:
        del document[name]["prove"]
    return policy.build(document)


class Peculiar(Table[Any]):
    """A table that decides in a way of its own."""

    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        """What it makes of *facts*."""
        return self.consider(facts, given)


def patched(table: str, kind: type[Peculiar]) -> Edition:
    """The shipped edition with a table that decides in a way of its own."""
    old: Any = SHIPPED.policy.tables[table]
    new = kind(**{f.name: getattr(old, f.name) for f in fields(Table)})
    vars(new)["decide"] = new.decides  # where the compiled function would stand
    changed: dict[str, Any] = {table: new}
    return evolve(SHIPPED, policy=evolve(SHIPPED.policy, **changed))


class FallsThrough(Peculiar):
    """Takes what is unknown for the least there is, as many engines do."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        return Decision(min(outcome.possible), outcome.account)


class Forgets(Peculiar):
    """Does not tell all that is possible."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        if len(outcome.possible) > 2:
            return Undecided(outcome.possible[:2], outcome.account)
        return outcome


class Wavers(Peculiar):
    """Remembers how often it was asked."""

    asked = count()

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        if next(self.asked) % 2 and isinstance(outcome, Decision):
            return Decision(Level.BESPOKE, outcome.account)
        return outcome


class Rounds(Peculiar):
    """Reckons in whatever precision the caller happens to have set."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        if isinstance(facts, Facts) and facts.largest_sale is not None:
            facts = evolve(facts, largest_sale=getcontext().plus(facts.largest_sale))
        return self.consider(facts, given)


class KeepsSilent(Peculiar):
    """Gives no reasons."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        if isinstance(outcome, Decision):
            return Decision(outcome.answer, evolve(outcome.account, reasons=()))
        return outcome


class Breaks(Peculiar):
    """Has a hole: it raises for a case that nobody thought of."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        if getattr(facts, "fiduciary", None) is Fiduciary.LIMITED:
            raise ZeroDivisionError("limited")
        return self.consider(facts, given)


class Speaks(Peculiar):
    """Answers with a word that is no member."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        if outcome.answer is Level.RECOGNISED:
            return Decision("known by name", outcome.account)
        return outcome


class Shrugs(Peculiar):
    """Has nothing to say where they want no relationship."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        if getattr(facts, "stance", None) is Stance.TRANSACTIONAL:
            return Undecided((), outcome.account)
        return outcome


class Hesitates(Peculiar):
    """Would rather ask once more before it gives its best."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        if outcome.answer is Attention.CLOSE:
            return Undecided((Attention.ATTENTIVE, Attention.CLOSE), outcome.account)
        return outcome


class Fleeting(Decision[Any]):
    """A decision that is not the same once it has been stored."""

    @override
    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Decision, (self.answer, self.account)


class Fades(Peculiar):
    """Decides as it should, and in a form that is not kept."""

    @override
    def decides(self, facts: object, /, **given: Outcome[StrEnum]) -> Outcome[Any]:
        outcome = self.consider(facts, given)
        if isinstance(outcome, Decision):
            return Fleeting(outcome.answer, outcome.account)
        return outcome


class Looks(EngagementPolicy):
    """Answers by more than the facts that it tells to have gone by."""

    @override
    def answers(
        self,
        known: Facts,
        *,
        standing: Outcome[Standing] | None = None,
        contract: Contract | None = None,
    ) -> Answers:
        told = super().answers(known, standing=standing, contract=contract)
        return evolve(told, facts=evolve(known, ongoing=not known.ongoing))


def nosy() -> Edition:
    names = [*SHIPPED.policy.tables, "currency", "plans"]
    looks = Looks(**{name: getattr(SHIPPED.policy, name) for name in names})
    return evolve(SHIPPED, policy=looks)


BROKEN: dict[str, tuple[str, Callable[[], Edition], str]] = {
    "clients served like anyone": (
        "no_worse",
        lambda: rewritten('"tailored",   "clients receive', '"generic",    "clients'),
        "personalisation gives a client generic, and a customer recognised",
    ),
    "clients at the counter": (
        "no_worse",
        lambda: rewritten('"attentive",    "clients', '"counter",      "clients'),
        "sla gives a client counter, and a customer attentive",
    ),
    "the most at stake at the counter": (
        "no_worse",
        lambda: rewritten('"close",        "the stakes', '"counter",      "the stakes'),
        "sla gives a client counter, and a customer attentive",
    ),
    "unknown taken for no": ("unknown_sound", lambda: patched("sla", FallsThrough), ""),
    "a possibility left out": (
        "unknown_sound",
        lambda: patched("personalisation", Forgets),
        "personalisation can only be generic or",
    ),
    "an answer that wavers": (
        "pure",
        lambda: patched("personalisation", Wavers),
        "at first, then",
    ),
    "an answer that hangs on the caller": ("pure", lambda: patched("sla", Rounds), ""),
    "reasons kept back": (
        "reasons_sufficient",
        lambda: patched("personalisation", KeepsSilent),
        "by no fact; on those alone, undecided",
    ),
    "a case that raises": (
        "total",
        lambda: patched("sla", Breaks),
        "ZeroDivisionError: limited",
    ),
    "an answer that is no member": (
        "total",
        lambda: patched("personalisation", Speaks),
        "personalisation answers 'known by name', no Level",
    ),
    "no answer at all": (
        "total",
        lambda: patched("sla", Shrugs),
        "sla has no possible answer",
    ),
    "a doubt that no fact removes": (
        "total",
        lambda: patched("sla", Hesitates),
        "sla is undecided although every fact is known",
    ),
    "an answer that is not kept": (
        "replayable",
        lambda: patched("personalisation", Fades),
        "personalisation is not what was stored",
    ),
    "other facts than it tells": ("replayable", nosy, "when asked on the stored facts"),
}


class TestCheck:
    @pytest.mark.parametrize("name", policy.editions())
    def test_finds_nothing_in_what_ships(self, name: str) -> None:
        """Every edition that ships keeps every law."""
        laws.check(policy.edition(name))

    @pytest.mark.parametrize("name", BROKEN)
    def test_finds_what_is_broken(self, name: str) -> None:
        """A broken edition is told its law, the fault, and a case of few facts."""
        law, make, fault = BROKEN[name]
        with pytest.raises(LawError) as caught:
            laws.check(make())

        told = {str(broken.law): broken for broken in caught.value.broken}
        assert law in told
        assert fault in told[law].fault
        assert str(told[law]) in str(caught.value)
        assert str(told[law].case).count(",") <= 4

    def test_finds_the_smallest_case(self) -> None:
        """What is shown has no fact that does not matter."""
        _, make, _ = BROKEN["clients at the counter"]
        with pytest.raises(LawError, match=r"when [a-z_]+ [^,]+, [a-z_]+ [^,]+$"):
            laws.check(make())

    def test_finds_the_same_every_time(self) -> None:
        """A search does not hang on chance."""
        _, make, _ = BROKEN["clients served like anyone"]
        told = set()
        for _ in range(2):
            with pytest.raises(LawError) as caught:
                laws.check(make())
            told.add(str(caught.value))

        assert len(told) == 1


class TestSuite(laws.suite(SHIPPED, examples=50)):  # type: ignore[misc]
    """Pytest collects a test for each law."""


def test_suite_has_a_test_for_each_law() -> None:
    """Its tests are named after the laws, and say what they state."""
    made = vars(laws.suite(SHIPPED))
    tests = {name: test for name, test in made.items() if name.startswith("test_")}

    assert list(tests) == [f"test_{law}" for law in LAWS]
    assert [test.__doc__ for test in tests.values()] == [law.statement for law in LAWS]


def test_suite_fails_where_a_law_is_broken() -> None:
    """One test fails, with the case; the others pass."""
    _, make, _ = BROKEN["clients at the counter"]
    made = laws.suite(make(), examples=100)
    tests = {name: test for name, test in vars(made).items() if name[:5] == "test_"}

    failed = []
    for name, test in tests.items():
        try:
            test(None)
        except LawError as error:
            failed.append((name, "stance unstated" in str(error)))

    assert failed == [("test_no_worse", True)]


class TestCase:
    def test_of_a_stranger(self) -> None:
        """A case without any facts says so."""
        stranger = find(cases(SHIPPED), lambda _: True)

        assert str(stranger) == "a stranger, of whom everything is known"

    def test_has_no_number_below_zero(self) -> None:
        """Where a table asks for more than nothing, nothing less than that is tried."""
        laws.check(rewritten('">= 10_000.00"', '"> 0"'), examples=50)
