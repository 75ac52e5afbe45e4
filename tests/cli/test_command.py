"""How the command starts and ends."""

import contextlib
import io
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from relationkit import cli

HERE = Path(__file__).parent
BOOK = str(HERE / "book.toml")
CORNER = ("--edition", str(HERE / "edition.toml"), "--on", "2026-11-22")
START = "import sys; {}from relationkit.cli import main; sys.exit(main())"
INTERRUPTED = """
import os, signal
from relationkit import codec
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job may ignore it
codec.read = lambda *_: os.kill(os.getpid(), signal.SIGINT)
"""  # as it reads

FULL = Path("/dev/full")
ENV = {
    **os.environ,
    "COLUMNS": "80",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONUNBUFFERED": "",  # what is buffered is what a broken output meets again
}
needs_posix = pytest.mark.skipif(os.name == "nt", reason="there is no such thing there")


def command(*arguments: str, first: str = "") -> list[str]:
    return [sys.executable, "-c", START.format(first), *arguments]


def run(
    *arguments: str, first: str = "", **env: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a process of its own."""
    return subprocess.run(
        command(*arguments, first=first),
        capture_output=True,
        check=False,
        env={**ENV, **env},
    )


class TestMain:
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("--version",), 0),
            (("assess", BOOK, *CORNER), 0),
            (("check", "nowhere.toml"), 1),
            (("check", "nowhere"), 2),
            (("asses", BOOK), 2),
            (("assess", BOOK, "--format", "xml"), 2),
            ((), 2),
        ],
    )
    def test_says_how_it_went(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        arguments: tuple[str, ...],
        code: int,
    ) -> None:
        """0 is done, 1 a bad input, 2 wrong usage; what is wrong goes to stderr."""
        monkeypatch.setattr(sys, "argv", ["relationkit", *arguments])

        assert cli.main() == code
        told = capsys.readouterr()
        assert bool(told.out) == (code == 0)
        assert bool(told.err) == (code != 0)

    def test_knows_its_version(self) -> None:
        """``--version`` is that of the package."""
        result = run("--version")

        told = result.stdout.decode().strip()
        assert told == f"relationkit {metadata.version('relationkit')}"

    def test_writes_to_whatever_there_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The output may be anything that takes text."""
        monkeypatch.setattr(sys, "argv", ["relationkit", "check", "2026-11"])
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            assert cli.main() == 0

        assert output.getvalue().startswith("Edition 2026-11 (")

    @pytest.mark.parametrize("package", ["click", "rich"])
    def test_names_the_extra_that_is_missing(self, package: str) -> None:
        """Without click or rich one line says what to install."""
        result = run(first=f"sys.modules[{package!r}] = None; ")

        assert result.stderr.decode() == (
            f"relationkit: the command line needs {package};"
            " pip install 'relationkit[cli]'\n"
        )
        assert (result.returncode, result.stdout) == (2, b"")

    def test_says_the_same_within_a_process(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is the import of the command that fails, never that of the package."""
        monkeypatch.delitem(sys.modules, "relationkit.cli._main", raising=False)
        monkeypatch.setitem(sys.modules, "click", None)

        assert cli.main() == 2
        assert "pip install 'relationkit[cli]'" in capsys.readouterr().err

    def test_hides_no_other_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """That a module of its own is missing is no matter of extras."""
        monkeypatch.setitem(sys.modules, "relationkit.cli._main", None)

        with pytest.raises(ModuleNotFoundError, match="_main"):
            cli.main()


class TestOutput:
    @pytest.mark.parametrize("form", ["table", "json"])
    def test_may_end_early(self, form: str) -> None:
        """Whoever reads may stop reading: no traceback, and the code says so."""
        start = command("assess", BOOK, *CORNER, "--format", form)
        with subprocess.Popen(start, stdout=-1, stderr=-1, env=ENV) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            told = process.stderr.read()

        assert (process.returncode, told) == (141, b"")

    def test_may_end_early_for_errors_too(self) -> None:
        """Nor is there a traceback where nobody reads what is wrong."""
        start = command("check", "nowhere.toml")
        with subprocess.Popen(start, stdout=-1, stderr=-1, env=ENV) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stderr.close()
            told = process.stdout.read()

        assert (process.returncode, told) == (141, b"")

    @pytest.mark.skipif(not FULL.exists(), reason="nothing there is always full")
    def test_may_be_full(self) -> None:
        """Where nothing can be written, one line says why."""
        with FULL.open("wb") as full:
            result = subprocess.run(
                command("check", "2026-11"),
                stdout=full,
                stderr=-1,
                check=False,
                env=ENV,
            )

        told = result.stderr.decode().splitlines()
        assert told == ["relationkit: cannot write: No space left on device"]
        assert result.returncode == 1

    @needs_posix
    def test_may_be_closed(self) -> None:
        """Without any output there is nothing to say, and nothing is wrong."""
        script = '"$0" "$@" >&-'
        result = subprocess.run(
            ["/bin/sh", "-c", script, *command("check", "2026-11")],
            capture_output=True,
            check=False,
        )

        assert (result.returncode, result.stderr) == (0, b"")

    def test_may_lack_letters(self) -> None:
        """What the output has no letter for is a question mark, and in line."""
        ascii_only = run("assess", BOOK, *CORNER, PYTHONIOENCODING="ascii")
        whole = run("assess", BOOK, *CORNER)

        expected = whole.stdout.decode().replace("─", "-")
        for letter in "ëÅö":
            expected = expected.replace(letter, "?")
        assert ascii_only.stdout.decode("ascii") == expected
        assert (ascii_only.returncode, ascii_only.stderr) == (0, b"")

    def test_may_lack_letters_for_errors_too(self) -> None:
        """A file of any name can be told to be missing."""
        result = run("assess", "Zoë.toml", PYTHONIOENCODING="ascii")

        assert result.stderr.startswith(b"Zo?.toml: cannot read ")
        assert result.returncode == 1


@needs_posix
class TestInterrupt:
    def test_ends_it(self) -> None:
        """Ctrl-C ends the command with 130, and without a traceback."""
        result = run("assess", BOOK, first=INTERRUPTED)

        assert result.returncode == 130
        assert (result.stdout, result.stderr.strip()) == (b"", b"")

    def test_ends_it_also_while_it_starts(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl-C before there is a command to end ends it too."""

        def interrupted() -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr("relationkit.cli._main.run", interrupted)

        assert cli.main() == 130
