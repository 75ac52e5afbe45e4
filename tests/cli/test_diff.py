"""What ``relationkit diff`` and ``relationkit show`` print."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relationkit import policy
from relationkit.cli._main import relationkit

HERE = Path(__file__).parent
BOOK, EDITION = HERE / "book.toml", HERE / "edition.toml"
PAGE = HERE.parents[1] / "docs" / "reference" / "cli.md"
ON = ("--on", "2026-11-22")


def run(*arguments: str | Path, columns: int = 80) -> Result:
    env = {"COLUMNS": str(columns), "FORCE_COLOR": None}
    return CliRunner().invoke(relationkit, [*map(str, arguments)], env=env)


def golden(name: str) -> str:
    return (HERE / "golden" / name).read_text("utf-8")


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """Makes the edition beside this file, with texts in place of others."""

    def alter(*changes: tuple[str, str]) -> Path:
        text = EDITION.read_text("utf-8").replace('"corner-1"', '"corner-2"')
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path = tmp_path / "edition.toml"
        path.write_text(text, "utf-8")
        return path

    return alter


@pytest.fixture
def changed(altered: Callable[..., Path]) -> Path:
    """An edition that differs in a little of everything."""
    return altered(
        ('">= 10_000.00"', '">= 20_000.00"'),
        ('">= 365",      "recognised"', '">= 730",      "recognised"'),
        ('"they take advice, though not of a profession", "A5', '"they do", "A5'),
        ('"tailored",   "clients', '"bespoke",    "clients'),
        ('first_response = "1h"', 'first_response = "50m"'),
    )


class TestDiff:
    @pytest.mark.parametrize("columns", [50, 80])
    def test_is_what_it_was(self, changed: Path, columns: int) -> None:
        """Differences come by question, then what is promised, then for whom."""
        result = run("diff", EDITION, changed, BOOK, *ON, columns=columns)

        assert result.stdout == golden(f"diff-{columns}.txt")
        assert (result.exit_code, result.stderr) == (1, "")

    def test_needs_no_book(self, changed: Path) -> None:
        """Without a book it is the same, and about nobody."""
        result = run("diff", EDITION, changed)

        with_book = run("diff", EDITION, changed, BOOK, *ON)
        assert with_book.stdout.startswith(result.stdout)
        assert "decided differently" not in result.stdout
        assert result.exit_code == 1

    def test_is_for_today_where_the_provider_is(self, changed: Path) -> None:
        """Without a day the book is taken as it is today."""
        result = run("diff", EDITION, changed, BOOK)

        year = datetime.now(UTC).year
        assert f" on {year}-" in result.stdout

    def test_may_be_nothing(self) -> None:
        """One edition, given twice, differs in nothing and for nobody."""
        result = run("diff", EDITION, EDITION, BOOK, *ON)

        assert result.stdout == (
            "Edition corner-1 (draft) -> corner-1 (draft)\n"
            "They say the same, to the letter.\n"
            "\n"
            "Lovelace & Daughters on 2026-11-22: none of 4 decided differently\n"
        )
        assert (result.exit_code, result.stderr) == (0, "")

    def test_is_none_of_words(self, altered: Callable[..., Path]) -> None:
        """Other words are another edition, and no other decision."""
        result = run("diff", EDITION, altered())

        _, told = result.stdout.splitlines()
        assert told == (
            "Every case is decided alike;"
            " they differ in words, sources or names of rules."
        )
        assert result.exit_code == 0

    def test_tells_another_currency(self, altered: Callable[..., Path]) -> None:
        """That amounts are of another currency is told first."""
        result = run("diff", EDITION, altered(('"GBP"', '"EUR"')), columns=120)

        assert result.stdout.splitlines()[1:] == [
            "Currency: GBP -> EUR; amounts are in the currency of each edition"
        ]
        assert result.exit_code == 1

    def test_names_engagements(self, altered: Callable[..., Path]) -> None:
        """What changes of an engagement is told with its title."""
        path = altered(('"tailored",   "clients', '"generic",    "clients'))

        result = run("diff", EDITION, path, BOOK, *ON, columns=200)

        told = "-  Tailoring of Income tax return: tailored or bespoke -> "
        assert f"{told}generic or bespoke\n" in result.stdout

    def test_has_an_exit_code_for_faults(
        self, altered: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """2 is a fault of a file or of the call: 1 always means a difference."""
        broken = altered(('"stranger",    "-", ', '"stranger",    "now", '))
        for arguments in (
            (EDITION, broken),
            (broken, EDITION),
            (EDITION, "nowhere"),
            (EDITION, EDITION, "nowhere.toml"),
            (EDITION, EDITION, *ON),
            (EDITION,),
        ):
            result = run("diff", *arguments)
            assert (result.exit_code, result.stdout) == (2, "")
            assert result.stderr
        other = altered(('"none",        "nothing', '"customer", "nothing'))
        monkeypatch.setattr("relationkit.tables._diff.STEPS", 1)
        result = run("diff", EDITION, other)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "are not found within 1 steps" in result.stderr

    def test_says_what_is_wrong_with_a_file(self, tmp_path: Path) -> None:
        """It is said as by any other command, a problem a line."""
        path = tmp_path / "edition.toml"
        path.write_text("edition = 5", "utf-8")

        told = run("diff", EDITION, path).stderr

        assert told == run("check", path).stderr
        assert f"{path}: 'currency' is missing\n" in told


class TestShow:
    def test_prints_rows_where_there_is_room(self) -> None:
        """In a wide output a rule is a row of its table."""
        result = run("show", EDITION, "personalisation", columns=140)

        assert result.stdout == golden("show-140.txt")
        assert (result.exit_code, result.stderr) == (0, "")

    def test_prints_paragraphs_where_there_is_none(self) -> None:
        """In a narrow one it is a paragraph: answer, cells, words and source."""
        result = run("show", EDITION, columns=50)

        assert result.stdout == golden("show-50.txt")
        assert (result.exit_code, result.stderr) == (0, "")

    def test_prints_all_tables_of_the_newest(self) -> None:
        """What is not named is what ships, and all of it."""
        told = run("show", columns=300).stdout

        assert told.startswith(f"Edition {policy.latest().name} (")
        assert all(
            rule.because in told
            for table in policy.latest().policy.tables.values()
            for rule in table.rules
        )

    def test_knows_its_questions(self) -> None:
        """A question that is none is refused beside those that are."""
        result = run("show", "2026-11", "slo")

        assert result.exit_code == 2
        assert "'slo' is not one of 'standing', 'personalisation'" in result.stderr


@pytest.mark.parametrize("command", ["diff", "show"])
def test_page_shows_how_it_is_used(command: str) -> None:
    """The page has the help of each command, to the letter."""
    result = CliRunner().invoke(
        relationkit,
        [command, "--help"],
        prog_name="relationkit",
        env={"COLUMNS": "80"},
    )

    assert f"```text\n{result.stdout}```" in PAGE.read_text("utf-8")
