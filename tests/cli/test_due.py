"""What ``relationkit due`` prints."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from relationkit.cli._main import relationkit

BOOK = """
zone = "America/New_York"
[provider]
type = "person"
id = "us"
name = "Us"
[[parties]]
type = "person"
id = "ada"
name = "Ada"
[[engagements]]
id = "tax"
opened = 2026-01-05
clients = ["ada"]
services = [{ line = "tax", help = "advice", professional = true, stakes = "low" }]
"""
SIGNED = """
[[contracts]]
id = "letter"
form = "engagement_letter"
parties = ["us", "ada"]
signatures = [
  { party = "us", on = 2026-01-05 },
  { party = "ada", on = 2026-01-05 },
]
[contracts.plan]
priorities = ["p2", "p1"]
coverage = "business_hours"
channel = "named"
named_contact = true
manner = "proactive"
targets = [
  { priority = "p2", first_response = "end of next business day", resolution = "8h" },
  { priority = "p1", first_response = "1h", resolution = "next business day by 16:00" },
]
"""
AGREED = BOOK.replace('id = "tax"', 'id = "tax"\ncontract = "letter"') + SIGNED
OFFICE = """
[[calendars]]
id = "office"
zone = "America/New_York"
weekly = [
  { weekday = "monday", intervals = [{ start = "09:00", end = "17:00" }] },
  { weekday = "tuesday", intervals = [{ start = "09:00", end = "17:00" }] },
]
"""
ASKED = ("--opened", "2026-11-02T09:00-05:00", "--priority", "urgent")


def due(folder: Path, *options: str, book: str = BOOK + OFFICE) -> Result:
    """When a request falls due, by what a book says."""
    path = folder / "book.toml"
    path.write_text(book, "utf-8")
    return CliRunner().invoke(relationkit, ["due", str(path), *options])


class TestDue:
    def test_says_when_and_why(self, tmp_path: Path) -> None:
        """Each promise has its instant, and with ``--why`` the time that counts."""
        paused = ("--paused", "2026-11-02T10:00-05:00/2026-11-02T11:00-05:00")
        result = due(tmp_path, "tax", *ASKED, *paused, "--why")

        assert (result.exit_code, result.stderr) == (0, "")
        first, _, *lines = result.stdout.splitlines()
        assert first.startswith("the plan of the edition: attentive")
        assert lines[:5] == [
            "first response: due 2026-11-02 12:00 EST",
            "  2026-11-02 09:00 to 2026-11-02 10:00: counted",
            "  2026-11-02 10:00 to 2026-11-02 11:00: paused",
            "  2026-11-02 11:00 to 2026-11-02 12:00: counted",
            "",
        ]
        assert lines[5] == "first resolution: due 2026-11-03 10:00 EST"
        assert lines[-1] == "# counted, = paused, . closed, | due"

    def test_says_until_when_it_is_kept(self, tmp_path: Path) -> None:
        """Due at the close, it is kept until the next opening."""
        result = due(tmp_path, "tax", *ASKED)

        assert result.stdout.splitlines()[-2:] == [
            "first resolution: due 2026-11-02 17:00 EST",
            "  kept until 2026-11-03 09:00 EST",
        ]

    def test_tells_seconds_where_there_are_some(self, tmp_path: Path) -> None:
        """No instant is told as an earlier one."""
        asked = ("--opened", "2026-11-02T09:00:29-05:00", "--priority", "urgent")
        result = due(tmp_path, "tax", *asked)

        assert "first response: due 2026-11-02 11:00:29 EST" in result.stdout

    def test_takes_the_calendar_that_is_named(self, tmp_path: Path) -> None:
        """Of several, the one of ``--calendar`` counts."""
        other = OFFICE.replace('"office"', '"night"').replace('"09:00"', '"12:00"')
        named = ("--calendar", "night")
        result = due(tmp_path, "tax", *ASKED, *named, book=BOOK + OFFICE + other)

        assert "first response: due 2026-11-02 14:00 EST" in result.stdout

    def test_says_from_when_it_is_at_risk(self) -> None:
        """What is promised at any time needs no calendar, and says what is a risk."""
        asked = ("--opened", "2026-11-26T23:00-06:00", "--priority", "urgent")
        practice = str(Path(__file__).parents[2] / "examples" / "practice.toml")
        command = ["due", practice, "fund-management", *asked]
        known = CliRunner().invoke(relationkit, command).stdout
        paused = ("--paused", "2026-11-26T23:01-06:00/")
        unknown = CliRunner().invoke(relationkit, [*command, *paused]).stdout

        assert "first response: due 2026-11-26 23:30 CST" in known
        assert "  at risk from 2026-11-26 23:15 CST (0.5 of the time)" in known
        assert "  at risk from not known (0.5 of the time)" in unknown

    @pytest.mark.parametrize(
        ("priority", "told"),
        [
            (
                "p2",
                [
                    "first response: due 2026-11-03 17:00 EST",
                    "  kept until 2026-11-09 09:00 EST",
                    "",
                    "first resolution: due 2026-11-02 17:00 EST",
                    "  kept until 2026-11-03 09:00 EST",
                    "",
                    "by this calendar the resolution falls due before the response",
                ],
            ),
            (
                "p1",
                [
                    "first response: due 2026-11-02 10:00 EST",
                    "",
                    "first resolution: due 2026-11-03 16:00 EST",
                ],
            ),
        ],
    )
    def test_takes_the_scale_of_the_contract(
        self, tmp_path: Path, priority: str, told: list[str]
    ) -> None:
        """Its own priorities, and days where times stand."""
        asked = (*ASKED[:2], "--priority", priority)
        result = due(tmp_path, "tax", *asked, book=AGREED + OFFICE)

        first, _, *lines = result.stdout.splitlines()
        assert first.startswith("the plan of the contract: the clause of 'letter'")
        assert lines == told

    def test_pauses_what_is_no_day(self, tmp_path: Path) -> None:
        """A length of time is moved by a pause, and a day is not, which is told."""
        paused = ("--paused", "2026-11-02T09:00-05:00/2026-11-02T10:00-05:00")
        asked = (*ASKED[:2], "--priority", "p1", *paused)
        result = due(tmp_path, "tax", *asked, book=AGREED + OFFICE)

        assert result.stdout.splitlines()[2:] == [
            "first response: due 2026-11-02 11:00 EST",
            "",
            "first resolution: due 2026-11-03 16:00 EST",
            "  whatever is paused, as a day does not move",
        ]

    def test_draws(self, tmp_path: Path) -> None:
        """The image is well-formed, with a row for each promise."""
        paused = ("--paused", "2026-11-02T15:00-05:00/")
        result = due(tmp_path, "tax", *ASKED, *paused, "--format", "svg")
        words = [one.text for one in ET.fromstring(result.stdout).iter() if one.text]  # noqa: S314, ours

        assert words.count("first response") == 1
        assert "2026-11-02 15:00 to open: paused" in words

    @pytest.mark.parametrize(
        ("options", "book", "told"),
        [
            (
                ("tax", *ASKED[:2], "--priority", "p5"),
                AGREED + OFFICE,
                "no priority 'p5' in this plan; it has p2, p1",
            ),
            (
                ("tax", *ASKED[:2], "--priority", "P1"),
                AGREED + OFFICE,
                "it has p2, p1 (did you mean 'p1'?)",
            ),
            (
                ("tax", *ASKED[:2], "--priority", "ugrent"),
                BOOK + OFFICE,
                "it has low, normal, high, urgent (did you mean 'urgent'?)",
            ),
            (
                ("tax", "--opened", "0001-01-01T00:00Z", "--priority", "low"),
                BOOK + OFFICE,
                "has no date in America/New_York; give an instant within the",
            ),
            (("tacks", *ASKED), BOOK, "there is no engagement 'tacks' (one of: tax)"),
            (
                ("tax", *ASKED),
                BOOK,
                "the book has 0 calendars; add one under calendars",
            ),
            (
                ("tax", *ASKED, "--calendar", "offise"),
                BOOK + OFFICE,
                "there is no calendar 'offise' (did you mean 'office'?)",
            ),
            (
                ("tax", "--opened", "2025-01-02T09:00Z", "--priority", "low"),
                BOOK,
                "'tax' is opened on 2026-01-05, after 2025-01-02",
            ),
            (
                ("tax", "--opened", "2026-11-02T09:00", "--priority", "low"),
                BOOK,
                "'2026-11-02T09:00' is in no zone; write it as 2026-11-02T09:00-05:00",
            ),
            (("tax", "--opened", "now", "--priority", "low"), BOOK, "no instant 'now'"),
            (
                ("tax", *ASKED, "--paused", "2026-11-02T09:00Z"),
                BOOK,
                "expected two instants with a slash between",
            ),
            (
                ("tax", *ASKED, "--paused", "2026-11-02T09:00Z/2026-11-02T08:00Z"),
                BOOK,
                "swap them",
            ),
            (
                ("tax", *ASKED),
                BOOK.replace("professional = true, ", ""),
                "it is undecided what support to give; ask for professional",
            ),
        ],
    )
    def test_refuses(
        self, tmp_path: Path, options: tuple[str, ...], book: str, told: str
    ) -> None:
        """What cannot be answered is told with the remedy, and never guessed."""
        result = due(tmp_path, *options, book=book)

        assert result.exit_code == 2
        assert told in " ".join(result.stderr.split())
