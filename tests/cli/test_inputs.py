"""What is wrong with what was handed in: told in full, and never a traceback."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relationkit.cli._main import relationkit

HERE = Path(__file__).parent
BOOK = HERE / "book.toml"
EDITION = HERE / "edition.toml"
FEE = HERE / "fee.toml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(relationkit, [str(one) for one in arguments])


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str, str], Path]:
    """Makes the book beside this file, with one text in place of another."""

    def alter(old: str, new: str) -> Path:
        text = BOOK.read_text("utf-8")
        assert text.count(old) == 1
        path = tmp_path / "book.toml"
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return alter


class TestBook:
    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            pytest.param(
                'name = "Ada Byron"',
                'naem = "Ada Byron"',
                "/parties/0/naem: unknown key 'naem' (did you mean 'name'?)",
                id="misspelt key",
            ),
            pytest.param(
                "metered = true",
                'metered = true, stakes = "hihg"',
                None,
                id="key that stands twice",
            ),
            pytest.param(
                'tailoring = "adapted"',
                'tailoring = "adaptd"',
                "/engagements/2/services/0/tailoring: expected a member of Tailoring,"
                " got 'adaptd', a text (did you mean 'adapted'?)",
                id="wrong member",
            ),
            pytest.param(
                'currency = "EUR"',
                'currency = "EUX"',
                "/customers/0/purchases/0/amount/currency: ",
                id="unknown currency",
            ),
            pytest.param(
                'clients = ["photo"]',
                'clients = ["phot"]',
                "/engagements/2/clients/0: 'phot' is not among the parties of the book"
                " (did you mean 'photo'?)",
                id="dangling id",
            ),
            pytest.param(
                'id = "zoe"',
                'id = "ada"',
                "/parties/3: the id 'ada' is on record before this one"
                " (give each an id of its own, or merge the two)",
                id="duplicate id",
            ),
        ],
    )
    def test_says_where_and_what(
        self, altered: Callable[[str, str], Path], old: str, new: str, told: str | None
    ) -> None:
        """The file comes first, then the place, the fault and its remedy."""
        path = altered(old, new)
        result = run("assess", path)

        lines = result.stderr.splitlines()
        assert any(line.startswith(f"{path}: {told or ''}") for line in lines)
        assert (result.exit_code, result.stdout) == (1, "")

    @pytest.mark.parametrize(
        ("end", "fault"), [("2026-01-01", "is reversed"), ("2026-02-01", "is empty")]
    )
    def test_says_which_period_has_no_days(
        self, altered: Callable[[str, str], Path], end: str, fault: str
    ) -> None:
        """A period that is reversed or empty is told by its days."""
        path = altered(
            "# Nothing more than a question.",
            '[[contracts]]\nid = "letter"\nform = "engagement_letter"\n'
            'parties = ["us", "ada"]\n'
            f"period = {{ start = 2026-02-01, end = {end} }}\n",
        )
        result = run("assess", path)

        assert result.stderr.startswith(f"{path}: /contracts/0/period/end: ")
        assert f"2026-02-01 to {end} {fault}" in result.stderr
        assert result.exit_code == 1

    def test_says_all_at_once(self, altered: Callable[[str, str], Path]) -> None:
        """Several faults are several lines, in the order of the fields."""
        path = altered('name = "Ada Byron"', 'naem = "Ada Byron"')
        text = path.read_text("utf-8").replace('"none"', '"nun"')
        path.write_text(text, "utf-8")
        lines = run("assess", path).stderr.splitlines()

        assert len(lines) == 2 + text.count('"nun"')  # the key, and what it misses
        assert all(line.startswith(f"{path}: /") for line in lines)

    def test_says_it_on_one_line_each(self, tmp_path: Path) -> None:
        """What a document says cannot end the line, nor speak to the terminal."""
        path = tmp_path / "book.json"
        path.write_text('{"a\\nb\\u001b[2J": 1, "provider": 2, "\\ud800": 3}')
        lines = run("assess", path).stderr.splitlines()

        assert any("/a\\nb\\x1b[2J: unknown key" in line for line in lines)
        assert any("/\\ud800: unknown key" in line for line in lines)
        assert all(line.startswith(f"{path}: ") for line in lines)
        assert all(line.isprintable() for line in lines)


COMMANDS = [("assess",), ("check",), ("assess", BOOK, "--edition")]


@pytest.mark.parametrize("command", COMMANDS)
class TestFile:
    """Of a book and of an edition alike."""

    def refused(self, command: tuple[str | Path, ...], path: str | Path) -> str:
        """What is told of *path*, in one line, by *command*, which fails."""
        result = run(*command, path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"{path}: ")
        assert result.stderr.count("\n") == 1
        return result.stderr

    def test_must_be_there(self, command: tuple[str, ...], tmp_path: Path) -> None:
        """A file that is missing is named."""
        told = self.refused(command, tmp_path / "none.toml")

        assert "no such file" in told

    def test_must_be_a_file(self, command: tuple[str, ...], tmp_path: Path) -> None:
        """A directory is told from a file, whatever its name."""
        (tmp_path / "all.toml").mkdir()

        assert "directory" in self.refused(command, tmp_path / "all.toml")
        self.refused(command, tmp_path)

    def test_must_say_something(self, command: tuple[str, ...], tmp_path: Path) -> None:
        """An empty file is told to be empty."""
        (tmp_path / "empty.toml").touch()

        assert "empty" in self.refused(command, tmp_path / "empty.toml")

    def test_must_be_utf8(self, command: tuple[str, ...], tmp_path: Path) -> None:
        """Bytes that are no UTF-8 are told by their place."""
        (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')

        told = self.refused(command, tmp_path / "latin.json")
        assert "UTF-8" in told
        assert "0xe9" in told

    def test_must_be_named_for_its_form(
        self, command: tuple[str, ...], tmp_path: Path
    ) -> None:
        """Another suffix than those of JSON and TOML is refused, with a remedy."""
        (tmp_path / "book.yaml").touch()

        assert ".toml or .json" in self.refused(command, tmp_path / "book.yaml")

    def test_must_be_of_its_form(
        self, command: tuple[str, ...], tmp_path: Path
    ) -> None:
        """What does not parse is told with the line."""
        (tmp_path / "book.toml").write_text("a = 1\nb =\n")

        assert "line 2" in self.refused(command, tmp_path / "book.toml")

    def test_may_be_named_at_any_length(
        self, command: tuple[str, ...], tmp_path: Path
    ) -> None:
        """A name that no file can have is one that is not there."""
        self.refused(command, tmp_path / f"{'a' * 5000}.toml")


class TestMistaken:
    @pytest.mark.parametrize(
        ("command", "told"),
        [
            (("check", BOOK), "a book, not an edition (it is read by"),
            (("assess", BOOK, "--edition", BOOK), "a book, not an edition ("),
            (("assess", EDITION), "an edition, not a book (it is read by"),
            (("quote", BOOK, "ada", "--edition", BOOK), "a book, not an edition ("),
            (("assess", FEE), "a fee, not a book (it is read by relationkit quote FEE"),
            (("check", FEE), "a fee, not an edition (it is read by"),
        ],
    )
    def test_is_told_alone(self, command: tuple[str, ...], told: str) -> None:
        """A file of another kind is known as such, and its keys are not told."""
        result = run(*command)

        [first] = result.stderr.splitlines()
        assert first.startswith(f"{command[-1]}: this looks like {told}")
        assert "relationkit " in first
        assert (result.exit_code, result.stdout) == (1, "")

    def test_is_not_told_of_a_slip(self, altered: Callable[[str, str], Path]) -> None:
        """A book in which something is wrong is a book."""
        untyped = altered('type = "organisation"\nid = "us"', 'id = "us"')

        told = run("assess", untyped).stderr
        assert told.startswith(f"{untyped}: /provider: 'type' is missing")
        assert "looks like" not in told + run("check", EDITION).stderr

    def test_is_not_told_of_a_stray_key(self, tmp_path: Path) -> None:
        """A book with the key of an edition in it has a provider, and stays a book."""
        stray = tmp_path / "book.toml"
        stray.write_text(f'edition = "2026-11"\n{BOOK.read_text("utf-8")}', "utf-8")

        told = run("assess", stray).stderr.splitlines()
        assert told[0].startswith(f"{stray}: /edition: unknown key 'edition'")


class TestDay:
    @pytest.mark.parametrize("day", ["2026-2-3", "2026-02-30", "today", "", "20261122"])
    def test_must_be_one(self, day: str) -> None:
        """A bad day is wrong usage, told with an example or by its name."""
        result = run("assess", BOOK, "--on", day)

        assert "Invalid value for '--on': " in result.stderr
        assert "2026-11-22" in result.stderr or f"no day {day!r}" in result.stderr
        assert result.exit_code == 2


class TestEdition:
    @pytest.mark.parametrize("command", [("check",), ("assess", BOOK, "--edition")])
    @pytest.mark.parametrize("name", ["2026-1", "2026.11"])
    def test_is_guessed_if_misspelt(
        self, command: tuple[str | Path, ...], name: str
    ) -> None:
        """A name of none that ships is wrong usage; the nearest is named."""
        result = run(*command, name)

        assert f"no edition {name!r} (did you mean '2026-11'?)" in result.stderr
        assert result.exit_code == 2

    @pytest.mark.parametrize("name", ["a" * 5000, "\x1b[2J"])
    def test_of_any_name_is_told(self, name: str) -> None:
        """Whatever was typed is told in short, and cannot speak to the terminal."""
        result = run("check", name)

        assert "there is no edition '" in result.stderr
        assert result.stderr.replace("\n", "").isprintable()
        assert result.exit_code == 2

    def test_may_be_a_file_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file is told from a name by its suffix, its place, or being there."""
        monkeypatch.chdir(HERE)

        assert run("check", "edition.toml").exit_code == 0
        assert run("check", f".{os.sep}edition.toml").exit_code == 0
        assert run("check", "golden").exit_code == 1

    def test_that_ships_comes_before_a_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing that lies about in a directory takes the place of an edition."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "2026-11").mkdir()

        assert run("check", "2026-11").exit_code == 0
