"""Examples in docstrings and pages are tests; ``nox -s tests`` runs them."""

import os
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.parsers import myst, rest

ROOT = Path(__file__).parent


@pytest.fixture
def repository_root(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Examples name files as a reader sees them, from the repository root."""
    monkeypatch.chdir(ROOT)
    return ROOT


pytest_collect_file = (
    Sybil(
        [rest.DocTestParser(ELLIPSIS)],
        path="src",
        pattern="*.py",
        fixtures=["repository_root"],
    )
    + Sybil(
        [myst.PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)],
        pattern="*.md",
        fixtures=["repository_root"],
    )
).pytest()

settings.register_profile(
    "ci",
    derandomize=True,
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # budgets count steps, not seconds
)
settings.register_profile(
    "thorough",
    max_examples=10_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "mutants",
    settings.get_profile("ci"),
    max_examples=40,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # what fails need not be small
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.differing_executors,  # tests run again in the same process
    ],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
