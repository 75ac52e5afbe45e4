"""What ``relationkit check`` prints, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relationkit import codec, policy
from relationkit.cli._main import relationkit
from relationkit.policy import Edition

HERE = Path(__file__).parent
EDITION = HERE / "edition.toml"


def check(edition: str | Path, columns: int = 80) -> Result:
    env = {"COLUMNS": str(columns), "FORCE_COLOR": None}
    return CliRunner().invoke(relationkit, ["check", str(edition)], env=env)


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str, str], Path]:
    """Makes the edition beside this file, with one text in place of another."""

    def alter(old: str, new: str) -> Path:
        text = EDITION.read_text("utf-8")
        assert text.count(old) == 1
        path = tmp_path / "edition.toml"
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return alter


class TestProved:
    def test_is_told_table_by_table(self) -> None:
        """Rules are counted, facts named, and name, status and digest given."""
        result = check(EDITION)

        assert result.stdout == (HERE / "golden" / "check-80.txt").read_text("utf-8")
        assert codec.read(EDITION, Edition).digest in result.stdout
        assert (result.exit_code, result.stderr) == (0, "")

    @pytest.mark.parametrize("name", policy.editions())
    def test_is_every_edition_that_ships(self, name: str) -> None:
        """What ships is found by its name, and passes."""
        result = check(name)

        assert result.stdout.startswith(f"Edition {name} (")
        assert result.exit_code == 0

    @pytest.mark.parametrize("columns", [1, 32, 200])
    def test_is_told_at_any_width(self, columns: int) -> None:
        """No fact is broken, however narrow the output."""
        told = check(EDITION, columns).stdout

        assert {"wants_certainty,", "together:"} <= set(told.split())


class TestRefused:
    def test_for_a_gap(self, altered: Callable[[str, str], Path]) -> None:
        """A case that no rule answers is told, and what would mend it."""
        path = altered('"stranger",    "-", ', '"stranger",    "now", ')
        result = check(path)

        assert result.stderr == (
            f"{path}: /clienthood: no rule answers when engaged is not(now),"
            " dealings is none; such as engaged never, dealings none"
            " (add a rule for it, or a last rule that asks nothing)\n"
        )
        assert (result.exit_code, result.stdout) == (1, "")

    def test_for_each_dead_rule(self, altered: Callable[[str, str], Path]) -> None:
        """Every rule that earlier ones leave no case is told, on a line of its own."""
        path = altered('"served",      "-",       "provided"', '"served", "-", "-"')
        asked, stranger = check(path).stderr.splitlines()

        assert asked.startswith(f"{path}: /clienthood/rows/4: the rule 'asked' never")
        assert stranger.startswith(f"{path}: /clienthood/rows/5: the rule 'stranger' ")
        assert check(path).exit_code == 1

    def test_for_all_that_is_wrong(self, altered: Callable[[str, str], Path]) -> None:
        """Faults of several tables are told at once, each with its remedy."""
        path = altered('"help",           "=> standing"', '"hlp", "=> standing"')
        path.write_text(path.read_text("utf-8").replace('"fixed_fee"', '"fixed"'))
        told = check(path).stderr

        assert "unknown fact 'hlp' (did you mean 'help'?)" in told
        assert "/pricing/rule/3/then: expected a member of PricingModel" in told
        assert all(line.startswith(f"{path}: /") for line in told.splitlines())

    def test_without_a_policy_also_when_assessing(
        self, altered: Callable[[str, str], Path]
    ) -> None:
        """An edition that is not proved assesses nobody."""
        path = altered('"stranger",    "-", ', '"stranger",    "now", ')
        command = ["assess", str(HERE / "book.toml"), "--edition", str(path)]
        result = CliRunner().invoke(relationkit, command)

        assert result.stderr == check(path).stderr
        assert (result.exit_code, result.stdout) == (1, "")
