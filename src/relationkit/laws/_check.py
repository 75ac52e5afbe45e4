"""Checking: looking for a case that breaks a law, and showing the smallest."""

from collections.abc import Callable
from contextlib import suppress

from attrs import frozen
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Flaky

from relationkit.errors import RelationkitError
from relationkit.laws._cases import cases
from relationkit.laws._laws import LAWS, Case, Law
from relationkit.policy import Edition

__all__ = ["Broken", "LawError", "check", "suite"]

EXAMPLES = 200


@frozen
class Broken:
    """That a law does not hold.

    Attributes:
        law: Which.
        case: The smallest case found in which it does not.
        fault: What is wrong there.
    """

    law: Law
    case: Case
    fault: str

    def __str__(self) -> str:
        return f"{self.law}: {self.law.statement}\n  {self.fault}\n  when {self.case}"


class LawError(RelationkitError, AssertionError):
    """An edition breaks a law.

    Attributes:
        broken: Each law that it breaks, with the smallest case found.
    """

    def __init__(self, edition: str, broken: tuple[Broken, ...]) -> None:
        self.edition = edition
        self.broken = broken
        super().__init__(edition, broken)

    def __str__(self) -> str:
        told = "\n".join(map(str, self.broken))
        return f"edition {self.edition} breaks\n{told}"


def check(edition: Edition, *, examples: int = EXAMPLES) -> None:
    """Look for cases in which *edition* breaks a law.

    Each law is tried on so many *examples*, aimed at where the tables of the
    edition change their answers; the same ones every time.

    >>> from relationkit import policy
    >>> check(policy.edition("2026-11"), examples=20)

    Raises:
        LawError: If it breaks one, with every law that it breaks.
    """
    found = (_search(law, edition, examples) for law in _suspects(edition, examples))
    if broken := tuple(one for one in found if one is not None):
        raise LawError(edition.name, broken)


def suite(edition: Edition, *, examples: int = EXAMPLES) -> type:
    """A class of tests for *edition*, one for each law, for pytest to collect.

    >>> from relationkit import policy
    >>> TestOurPolicy = suite(policy.edition("2026-11"))
    >>> [name for name in vars(TestOurPolicy) if name.startswith("test_")][:2]
    ['test_total', 'test_pure']
    """
    tests = {f"test_{law.name}": _test(law, edition, examples) for law in LAWS}
    return type("TestLaws", (), {"__doc__": f"Edition {edition.name}.", **tests})


def _test(law: Law, edition: Edition, examples: int) -> Callable[[object], None]:
    def test(_: object) -> None:
        if broken := _search(law, edition, examples):
            raise LawError(edition.name, (broken,))

    test.__doc__ = law.statement
    return test


def _suspects(edition: Edition, examples: int) -> list[Law]:
    """The laws that some case breaks; all are tried on the same cases."""
    broken: set[str] = set()

    def probe(case: Case) -> None:
        whole = (law for law in LAWS if law.name not in broken)
        broken.update(law.name for law in whole if _fault(law, edition, case))

    _try(probe, edition, examples)
    return [law for law in LAWS if law.name in broken]


def _search(law: Law, edition: Edition, examples: int) -> Broken | None:
    """The smallest case found in which *law* does not hold; None if there is none."""
    smallest: list[Broken] = []

    def probe(case: Case) -> None:
        if fault := _fault(law, edition, case):
            smallest.append(Broken(law, case, fault))
            raise BrokenError

    with suppress(BrokenError, Flaky):  # an impure policy breaks a law now and then
        _try(probe, edition, examples)
    return smallest[-1] if smallest else None


def _try(probe: Callable[[Case], None], edition: Edition, examples: int) -> None:
    """Give *probe* so many cases, the same ones every time."""
    searched = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )(given(cases(edition))(probe))
    seed(0)(searched)()


class BrokenError(Exception):
    """The search has found a case."""


def _fault(law: Law, edition: Edition, case: Case) -> str | None:
    try:
        return next(law.faults(edition, case), None)
    except Exception as error:  # noqa: BLE001, whatever someone's policy may raise
        return f"{type(error).__name__}: {error}"
