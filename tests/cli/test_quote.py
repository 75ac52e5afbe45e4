"""What ``relationkit quote`` prints, and what it refuses."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relationkit.cli._main import relationkit

FEE = Path(__file__).parent / "fee.toml"


def quote(*arguments: str, fee: Path = FEE, columns: int = 80) -> Result:
    env = {"COLUMNS": str(columns), "FORCE_COLOR": None}
    return CliRunner().invoke(relationkit, ["quote", str(fee), *arguments], env=env)


def of_practice(engagement: str, *arguments: str, day: str = "2026-11-25") -> Result:
    practice = FEE.parents[2] / "examples" / "practice.toml"
    return quote(engagement, "--on", day, *arguments, fee=practice, columns=200)


class TestBook:
    def test_is_by_the_card(self) -> None:
        """The fee for the pricing model that fits, as the card has it, and why."""
        result = of_practice("bakery-ledger", "--usage", "entries=1204")

        assert (result.exit_code, result.stderr) == (0, "")
        first, blank, *lines = result.stdout.splitlines()
        assert first.startswith("the fee of the card: by 'standard', as graduated: ")
        assert (blank, lines[-1].split()) == ("", ["total", "USD", "246.50"])

    def test_is_by_the_contract(self) -> None:
        """What was agreed stands over the card, and what it takes is told."""
        told = ("--usage", "partner_hours=40", "--usage", "associate_hours=40.01")
        result = of_practice("corvid-credits", *told)

        assert result.exit_code == 0
        first, *_, total, _, to_do = result.stdout.splitlines()
        assert first.startswith("the fee of the contract: the clause of 'corvid-work'")
        assert total.split() == ["total", "USD", "18000.00"]
        assert to_do.startswith("to do: fees reviewed: ")

    def test_is_of_the_day(self) -> None:
        """The model that fits and the rates are those of the day."""
        told = ("--usage", "hours=10")
        later = of_practice("norden-dispute", *told, day="2025-11-27")
        earlier = of_practice("norden-dispute", *told, day="2025-06-15")

        assert "no card has 'capped' on 2025-11-27" in later.stderr
        assert "as hourly" in earlier.stdout
        assert "2400.00" in earlier.stdout

    def test_is_by_the_edition_named(self) -> None:
        """The newest that ships decides, unless another is named."""
        told = ("bakery-ledger", "--usage", "entries=1204")
        named = of_practice(*told, "--edition", "2026-11")

        assert named.stdout == of_practice(*told).stdout
        assert "no edition" in of_practice(*told, "--edition", "1999-01").stderr

    def test_is_of_today(self) -> None:
        """Without a day it is the day that it is for the provider."""
        practice = FEE.parents[2] / "examples" / "practice.toml"
        result = quote("fund-management", "--usage", "gains=100", fee=practice)

        assert result.exit_code == 0
        assert result.stdout.split("total")[1].split()[:2] == ["USD", "20.00"]

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("bakery-ledgr",), "no engagement 'bakery-ledgr' (did you mean"),
            (("bakery-grant",), "undecided, list_price or per_unit or graduated"),
            (("bakery-ledger", "--card", "candada"), "no card 'candada' (did you mean"),
            (("bakery-ledger", "--card", "canada"), "'canada' has no 'graduated' on"),
            (("bakery-ledger", "--currency", "EUR"), "the fee is in USD, and nothing"),
            (("bakery-ledger", "--on", "2020-01-01"), "opened on 2024-01-08, after"),
            (("bakery-ledger",), "/usage: 'entries' is missing"),
            (
                ("corvid-credits", "--card", "standard"),
                "the clause of 'corvid-work' stands over every card; leave --card out",
            ),
        ],
    )
    def test_refuses(self, arguments: tuple[str, ...], told: str) -> None:
        """What has no price is told with the remedy, and never guessed."""
        result = of_practice(*arguments)

        assert result.exit_code == 2
        assert told in result.stderr

    def test_needs_an_engagement(self) -> None:
        """A book without one is known as such, and so is a fee with one."""
        practice = FEE.parents[2] / "examples" / "practice.toml"
        told = quote(fee=practice).stderr

        assert "practice.toml is a book; name an engagement in it" in told
        assert "looks like a fee, not a book" in quote("bakery-ledger").stderr


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
            (
                ["--usage", "hours=-1"],
                "after it, got -1 (take off by a",
            ),
            (["--usage", "hours=1", "--usage", "hours=2"], "'hours' stands here twice"),
            (["--usage", "hours=1", "--currency", "XAU"], "has no minor unit"),
            (["--usage", "hours=1", "--at", "end"], "'end' is not one of"),
            (["--on", "2026-01-01"], "is a fee, of which --on changes nothing; leave"),
            (["--card", "standard"], "is a fee, of which --card changes nothing;"),
            (["--edition", "2026-11"], "is a fee, of which --edition changes nothing;"),
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
        assert "/inner/parts/0/amount: expected a number from 0 on, of" in result.stderr
        assert "/inner/parts/1/type: unknown type: 'unit'" in result.stderr
