"""What ``relationkit quote`` prints, and what it refuses."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relationkit.cli._main import relationkit

FEE = Path(__file__).parent / "fee.toml"


def quote(*arguments: str, fee: Path = FEE, columns: int = 80) -> Result:
    env = {"COLUMNS": str(columns), "FORCE_COLOR": None}
    return CliRunner().invoke(relationkit, ["quote", str(fee), *arguments], env=env)


class TestQuote:
    def test_is_told_line_by_line(self) -> None:
        """Each line with what it is made of, and the total they add up to."""
        result = quote("--usage", "hours=13.62")

        assert result.exit_code == 0
        assert result.stdout.splitlines() == [
            "          quantity  rate   amount",
            "\u2500" * 33,
            "retainer         1  3000  3000.00",
            "hours          3.7   275  1017.50",
            "cap                        -17.50",
            "\u2500" * 33,
            "total                USD  4000.00",
        ]

    def test_is_settled_as_told(self, tmp_path: Path) -> None:
        """In whatever currency, rounded where and how one says."""
        fee = tmp_path / "fee.toml"
        fee.write_text('type = "per_unit"\nrate = "1"\nper = 3\n')
        told = ("--usage", "quantity=5", "--currency", "JPY", "--at", "total")

        assert quote(*told, fee=fee).stdout.split()[-2:] == ["JPY", "2"]
        assert "per 3" in quote(*told, fee=fee).stdout
        down = quote(*told, "--mode", "down", fee=fee).stdout
        assert down.split()[-2:] == ["JPY", "1"]

    def test_fits_a_narrow_output(self) -> None:
        """Labels break, and amounts stay whole."""
        result = quote("--usage", "hours=13.62", columns=32)

        assert "4000.00" in result.stdout
        assert all(len(line) <= 33 for line in result.stdout.splitlines())

    def test_warns_of_what_falls(self, tmp_path: Path) -> None:
        """A price that falls is told beside what was asked for."""
        fee = tmp_path / "fee.toml"
        fee.write_text(
            'type = "volume"\ntiers = [{ up_to = "20", rate = "2" }, { rate = "1" }]\n'
        )

        result = quote("--usage", "quantity=3", fee=fee)

        assert result.exit_code == 0
        assert "warning: /tiers/1: 20 quantity cost 40" in result.stderr

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--usage", "huors=1"], "nobody prices 'huors' (did you mean 'hours'?)"),
            ([], "/usage: 'hours' is missing (give 0 if there was none)"),
            (["--usage", "hours"], "'hours' is not METRIC=QUANTITY"),
            (["--usage", "hours=1e9999"], 'hours: expected a decimal such as "10.50"'),
            (["--usage", "hours=-1"], "/usage/hours: hours is Decimal('-1'), negative"),
            (["--usage", "hours=1", "--usage", "hours=2"], "'hours' stands here twice"),
            (["--usage", "hours=1", "--currency", "XAU"], "has no minor unit"),
            (["--usage", "hours=1", "--at", "end"], "'end' is not one of"),
        ],
    )
    def test_refuses_what_has_no_price(self, arguments: list[str], told: str) -> None:
        """What cannot be priced is told with its remedy, and not with a traceback."""
        result = quote(*arguments)

        assert result.exit_code == 2
        assert told in result.stderr

    def test_refuses_what_is_no_fee(self, tmp_path: Path) -> None:
        """All that is wrong with a file is told, each with its place."""
        fee = tmp_path / "fee.toml"
        fee.write_text(FEE.read_text().replace('"3000"', '"-3000"').replace("per_", ""))

        result = quote(fee=fee)

        assert result.exit_code == 1
        assert "/inner/parts/0/amount: amount is Decimal('-3000')" in result.stderr
        assert "/inner/parts/1/type: unknown type: 'unit'" in result.stderr
