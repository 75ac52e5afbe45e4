"""What CI runs: ``nox``.  One of them: ``nox -s tests``."""

import os
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2026.8"
nox.options.default_venv_backend = "virtualenv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False  # they are named; also under CI
nox.options.reuse_venv = "yes"

PYPROJECT = nox.project.load_toml()
PYTHONS = nox.project.python_versions(PYPROJECT)
EXTRAS = "babel,cli,holidays,hypothesis,json,toml"
# A page's examples build on each other: what shares a scope stays together.
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadscope")


@nox.session
def lint(session: nox.Session) -> None:
    """Style, spelling, and the direction of imports."""
    session.install("-e.", *nox.project.dependency_groups(PYPROJECT, "lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    session.run("lint-imports")


@nox.session
def typing(session: nox.Session) -> None:
    """Types of the library, and of code that uses it."""
    groups = nox.project.dependency_groups(PYPROJECT, "typing")
    session.install(f"-e.[{EXTRAS}]", *groups)
    session.run("mypy")
    session.run("python", "tools/pages.py")


@nox.session
def docs(session: nox.Session) -> None:
    """The site; any warning or broken reference fails it."""
    groups = nox.project.dependency_groups(PYPROJECT, "docs")
    session.install(f"-e.[{EXTRAS}]", *groups)
    session.run("sphinx-build", "-nW", "--keep-going", "docs", "docs/_build")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Tests, properties and every example, to the last branch."""
    groups = nox.project.dependency_groups(PYPROJECT, "tests")
    session.install(f".[{EXTRAS}]", *groups)
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *PARALLEL, *session.posargs)
    session.run("coverage", "combine", "--quiet")
    # A chosen few tests need not reach every branch.
    session.run("coverage", "report", *["--fail-under=0"] * bool(session.posargs))


@nox.session(default=False)
def downstream(session: nox.Session) -> None:
    """A stranger's package that embeds this one, by its own tests."""
    embedder = Path("examples/embedder")
    theirs = nox.project.load_toml(embedder / "pyproject.toml")
    groups = nox.project.dependency_groups(theirs, "tests")
    session.install(".[hypothesis]", f"./{embedder}", *groups)
    session.chdir(embedder)
    session.run("mypy")
    session.run("pytest", *session.posargs)


@nox.session(default=False)
def fuzz(session: nox.Session) -> None:
    """Documents of any bytes, 200,000 by default: ``nox -s fuzz -- -runs=1000``."""
    if sys.platform != "linux":
        session.skip("the fuzzer runs on Linux only")
    groups = nox.project.dependency_groups(PYPROJECT, "fuzz")
    session.install(".", *groups)
    # What is new goes to a folder of its own; what breaks it is kept.
    corpus, found = Path("fuzz", "corpus"), session.create_tmp()
    options = ("-runs=200000", "-max_len=4096", "-timeout=10", *session.posargs)
    kept = f"-artifact_prefix={corpus}{os.sep}"
    session.run("python", "fuzz/documents.py", kept, *options, found, str(corpus))


@nox.session(default=False)
def mutants(session: nox.Session) -> None:
    """Whether the tests of tables, facts and questions notice changes; about 40 min."""
    groups = nox.project.dependency_groups(PYPROJECT, "mutants")
    session.install(f"-e.[{EXTRAS}]", *groups)
    session.env["HYPOTHESIS_PROFILE"] = "mutants"
    session.run("mutmut", "run", *session.posargs)
    session.run("python", "tools/mutants.py")


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Ratios, on request: ``nox -s bench``, or ``-- benchmarks/imports.py``."""
    groups = nox.project.dependency_groups(PYPROJECT, "bench")
    session.install(f".[{EXTRAS}]", *groups)
    scripts = session.posargs or sorted(map(str, Path("benchmarks").glob("[!_]*.py")))
    for script in scripts:
        session.run("python", script)
