"""What ``relationkit assess`` prints, for people and for programs.

The golden files are what the command prints, at the width in their names; when
they change, read the new ones as somebody would who has never seen any.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from relationkit import codec, policy
from relationkit.books import Book
from relationkit.cli._main import relationkit
from relationkit.policy import Edition

HERE = Path(__file__).parent
BOOK, EDITION = HERE / "book.toml", HERE / "edition.toml"
PAGE = HERE.parents[1] / "docs" / "reference" / "cli.md"
DAY = date(2026, 11, 22)
CORNER = ("--edition", str(EDITION), "--on", DAY.isoformat())


def assess(book: Path, *options: str, columns: int = 80) -> Result:
    """Assess a book for an output of so many *columns* that is no terminal."""
    env = {"COLUMNS": str(columns), "FORCE_COLOR": None}
    return CliRunner().invoke(relationkit, ["assess", str(book), *options], env=env)


def loaded(*options: str) -> dict[str, Any]:
    """The JSON document about the book that stands beside this file."""
    result = assess(BOOK, *CORNER, "--format", "json", *options)
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def golden(name: str) -> str:
    return (HERE / "golden" / name).read_text("utf-8")


def book_of(path: Path, text: str) -> Path:
    """A book in a file: the provider, and what *text* says."""
    provider = '[provider]\ntype = "person"\nid = "us"\nname = "Us"\n'
    (path / "book.toml").write_text(provider + text, "utf-8")
    return path / "book.toml"


def keys(document: object) -> Iterator[str]:
    """Every key anywhere in *document*."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from keys(value)
    if isinstance(document, list):
        for item in document:
            yield from keys(item)


END = "end of next business day"
MORE = """\
next_response = "1h", coverage = "always", at_risk = ["0.5"], at_risk_before = ["30m"]\
"""
AGREED = f"""
[[parties]]
type = "person"
id = "ada"
name = "Ada"
[[engagements]]
id = "tax"
opened = 2026-01-05
clients = ["ada"]
contract = "letter"
services = [{{ line = "tax", help = "advice", professional = true, stakes = "low" }}]
[[contracts]]
id = "letter"
form = "engagement_letter"
parties = ["us", "ada"]
signatures = [
  {{ party = "us", on = 2026-01-05 }},
  {{ party = "ada", on = 2026-01-05 }},
]
[contracts.plan]
priorities = ["p3", "p2", "p1"]
coverage = "business_hours"
channel = "named"
named_contact = true
manner = "proactive"
targets = [
  {{ priority = "p3", first_response = "2h", resolution = "{END}" }},
  {{ priority = "p2", first_response = "WAIT", resolution = "{END}" }},
  {{ priority = "p1", first_response = "30s", resolution = "8h", {MORE} }},
]
"""


CLAUSE = """
[contracts.fee]
model = "fixed_fee"
currency = "GBP"
fee = { type = "fixed", amount = "900" }
"""


class TestFee:
    def test_of_a_contract_is_told(self, tmp_path: Path) -> None:
        """What was agreed stands over the model that fits, and is told beside it."""
        book = book_of(tmp_path, AGREED.replace("WAIT", "1h") + CLAUSE)

        assert "fixed fee by contract" in assess(book, columns=140).stdout
        told = json.loads(assess(book, "--format", "json").stdout)
        [ada] = [r for r in told["relationships"] if r["party"]["id"] == "ada"]
        assert ada["engagements"]["tax"]["fee"] == {
            "model": "fixed_fee",
            "fee": {"type": "fixed", "amount": "900"},
            "currency": "GBP",
        }
        assert ada["service"]["fee"] is None


class TestTable:
    def test_says_whose_plan_it_is(self) -> None:
        """What a contract promises stands over the edition, and is told so."""
        practice = Path(__file__).parents[2] / "examples" / "practice.toml"

        told = assess(practice, columns=140).stdout

        assert "by contract" in told
        assert (
            "  contract   first answer within 4h, named contact, proactive; the clause"
            " of 'fund-agreement' stands over the edition\n" in told
        )

    @pytest.mark.parametrize(
        ("wait", "told"),
        [
            ("next business day by 16:00", "to p2 by next business day by 16:00"),
            ("30s", "to p2 within 30s of business hours"),
        ],
    )
    def test_says_what_a_scale_of_its_own_promises(
        self, tmp_path: Path, wait: str, told: str
    ) -> None:
        """Of a plan without normal requests, it is the middle of its scale."""
        book = book_of(tmp_path, AGREED.replace("WAIT", wait))

        assert f"first answer {told}," in assess(book, columns=140).stdout

    @pytest.mark.parametrize("columns", [50, 80, 140])
    def test_is_what_it_was(self, columns: int) -> None:
        """It fits its width: in columns where there is room, else one by one."""
        result = assess(BOOK, *CORNER, columns=columns)

        assert result.stdout == golden(f"assess-{columns}.txt")
        assert (result.exit_code, result.stderr) == (0, "")

    @pytest.mark.parametrize("columns", [80, 140])
    def test_says_why_below_each_row(self, columns: int) -> None:
        """With ``--why`` each answer has its rule, its source and its facts."""
        result = assess(BOOK, *CORNER, "--why", columns=columns)

        assert result.stdout == golden(f"why-{columns}.txt")

    @pytest.mark.parametrize("columns", [32, 40, 66, 80, 100, 140, 300])
    def test_breaks_no_word(self, columns: int) -> None:
        """Whatever the width, every line fits it, and its words are whole."""
        narrow = assess(BOOK, *CORNER, columns=columns).stdout
        wide = assess(BOOK, *CORNER, columns=1000).stdout

        words = {word for word in wide.split() if "\u2500" not in word} - {"Who"}
        too_long = {"Donaudampfschifffahrtsgesellschaft"} if columns < 34 else set()
        assert max(map(len, narrow.splitlines())) <= columns
        assert words - too_long <= set(narrow.split())

    @pytest.mark.parametrize("columns", ["0", "1", "12", "x", ""])
    def test_stays_readable_where_there_is_no_width(self, columns: str) -> None:
        """A width that no line can be set in is not taken for one."""
        env = {"COLUMNS": columns}
        command = ["assess", str(BOOK), *CORNER, "--why"]
        result = CliRunner().invoke(relationkit, command, env=env)

        assert result.exit_code == 0
        assert '"taxpayer"' in result.stdout

    def test_knows_how_wide_letters_are(self, tmp_path: Path) -> None:
        """Letters as wide as two leave the columns in line."""
        name = "東京特許許可局"
        book = book_of(
            tmp_path,
            f'[[parties]]\ntype = "person"\nid = "jp"\nname = "{name}"\n'
            '[[customers]]\nparty = "jp"\n',
        )
        lines = assess(book, *CORNER).stdout.splitlines()
        head = next(line for line in lines if line.startswith("Who"))
        row = next(line for line in lines if line.startswith(name))

        assert row.index("none") + len(name) == head.index("Standing")

    def test_has_no_colours_unless_asked(self) -> None:
        """Escape sequences stand in the output only where it can show them."""
        command = ["assess", str(BOOK), *CORNER]
        forced = CliRunner().invoke(relationkit, command, env={"FORCE_COLOR": "1"})
        env = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
        plain = CliRunner().invoke(relationkit, command, env=env, color=True)

        assert "\x1b[" not in assess(BOOK, *CORNER).stdout
        assert "\x1b[33m" in forced.stdout
        assert "\x1b[33m" not in plain.stdout

    def test_shows_texts_as_they_are(self, tmp_path: Path) -> None:
        """A text of a book is no markup, and never speaks to the terminal."""
        book = book_of(
            tmp_path,
            """
            [[parties]]
            type = "person"
            id = "bold"
            name = "[bold]Bo[/bold]\\n:smile:"

            [[engagements]]
            id = "x"
            title = "[link=x]\\u001b]0;pwned\\u0007"
            word = "\\u202egnorw"
            opened = 2026-01-01
            clients = ["bold"]
            services = [{ line = "x" }]
            """,
        )
        told = assess(book, *CORNER, columns=140).stdout

        assert "[bold]Bo[/bold] :smile:" in told
        assert "[link=x]\\x1b]0;pwned\\x07" in told
        assert '"\\u202egnorw"' in told
        assert told.replace("\n", "").isprintable()

    def test_says_so_if_there_is_nobody(self, tmp_path: Path) -> None:
        """A book of nobody but the provider is told in words."""
        result = assess(book_of(tmp_path, ""), *CORNER)

        assert result.stdout.splitlines()[-1] == (
            "Nobody on record is a customer or client."
        )
        assert result.exit_code == 0

    def test_is_of_any_day(self) -> None:
        """On a day before anything happened, nothing has passed with anyone."""
        for day in ("0001-01-01", "2023-11-22", "9999-12-31"):
            result = assess(BOOK, *CORNER[:2], "--on", day, "--why")

            assert result.exit_code == 0
            assert ("Income tax return" in result.stdout) == (day > "2026")

    def test_is_of_the_newest_edition_by_default(self) -> None:
        """Without an edition it is the newest that ships; one may be named too."""
        newest = policy.latest().name
        by_default = assess(BOOK, *CORNER[2:]).stdout

        assert f"Edition {newest} (" in by_default
        assert by_default == assess(BOOK, *CORNER[2:], "--edition", newest).stdout


class TestJson:
    def test_says_what_the_library_says(self) -> None:
        """Every outcome is that of the library, key by key."""
        book, edition = codec.read(BOOK, Book), codec.read(EDITION, Edition)
        for told, relationship in zip(
            loaded()["relationships"], book.relationships(), strict=True
        ):
            assessed = edition.assess(relationship, on=DAY)
            by_place = {"service": assessed.service, **assessed.engagements}
            shown = {"service": told["service"], **told["engagements"]}
            assert told["party"]["id"] == assessed.party
            assert told["standing"] == told["service"]["standing"]
            assert shown.keys() == by_place.keys()
            for place, answers in by_place.items():
                for question, outcome in answers.outcomes().items():
                    given = shown[place][question]
                    assert given["answer"] == outcome.answer
                    assert tuple(given["possible"]) == outcome.possible
                    assert tuple(given["needs"]) == outcome.needs
                    assert tuple(given["rules"]) == outcome.rules
                    assert given["because"] == outcome.because
                    assert given["source"] == outcome.source
                    assert given["contested"] is outcome.contested
                    assert [
                        (r["fact"], r["asked"], r["rule"], r["fired"])
                        for r in given["reasons"]
                    ] == [(r.fact, r.asked, r.rule, r.fired) for r in outcome.reasons]

    def test_says_from_which_policy_it_comes(self) -> None:
        """The edition is named with its digest, the day and provider beside it."""
        document, edition = loaded(), codec.read(EDITION, Edition)

        assert document["edition"] == {
            "name": "corner-1",
            "status": "draft",
            "digest": edition.digest,
        }
        assert document["on"] == "2026-11-22"
        assert document["provider"] == {"id": "us", "name": "Lovelace & Daughters"}

    def test_has_each_plan_once(self) -> None:
        """Times are ISO 8601 durations, of hours and of minutes."""
        plans = loaded()["plans"]

        assert list(plans) == ["counter", "attentive", "close"]
        assert plans["counter"]["targets"]["low"] == {
            "first_response": "PT72H",
            "resolution": "PT240H",
            "next_response": None,
            "periodic_update": None,
            "total_resolution": None,
            "coverage": None,
            "at_risk": [],
            "at_risk_before": [],
        }
        attentive = plans["attentive"]
        waits = {
            priority: (target["first_response"], target["resolution"])
            for priority, target in attentive.pop("targets").items()
        }
        assert attentive == {
            "coverage": "business_hours",
            "channel": "named",
            "named_contact": True,
            "manner": "proactive",
            "priorities": ["low", "normal", "high", "urgent"],
        }
        assert waits == {
            "low": ("PT24H", "PT120H"),
            "normal": ("PT1H30M", "PT72H"),
            "high": ("PT1H", "PT24H"),
            "urgent": ("PT45M", "PT8H"),
        }

    def test_has_the_plan_of_a_contract(self, tmp_path: Path) -> None:
        """All it promises, by its own scale, beside whose plan stands and why."""
        book = book_of(tmp_path, AGREED.replace("WAIT", "1h"))
        told = json.loads(assess(book, "--format", "json").stdout)
        [one] = told["relationships"]
        plan = one["engagements"]["tax"]["plan"]
        own = plan.pop("own")

        assert plan == {
            "of": "contract",
            "because": "the clause of 'letter' stands over the edition",
            "needs": [],
        }
        assert (own["priorities"], list(own["targets"])) == (["p3", "p2", "p1"],) * 2
        assert own["targets"]["p2"]["resolution"] == "end of next business day"
        assert own["targets"]["p1"] == {
            "first_response": "PT30S",
            "resolution": "PT8H",
            "next_response": "PT1H",
            "periodic_update": None,
            "total_resolution": None,
            "coverage": "always",
            "at_risk": ["0.5"],
            "at_risk_before": ["PT30M"],
        }
        assert one["service"]["plan"]["of"] == "edition"
        assert one["service"]["plan"]["own"] is None

    def test_has_values_of_every_kind(self) -> None:
        """Yes and no are booleans, counts numbers; decimals and members are texts."""
        relationships = loaded()["relationships"]
        values = {
            reason["fact"]: reason["value"]
            for one in relationships
            for answers in (one["service"], *one["engagements"].values())
            for question in ("standing", "personalisation", "sla", "pricing")
            for reason in answers[question]["reasons"]
        }

        assert values["metered"] is False
        assert (values["tenure_days"], type(values["tenure_days"])) == (0, int)
        assert values["largest_sale"] == "0"
        assert values["standing"] == "prospect"

    def test_lists_what_a_value_may_be(self, tmp_path: Path) -> None:
        """A fact that is known only to be one of several is a list of them."""
        book = book_of(
            tmp_path,
            """
            [[parties]]
            type = "person"
            id = "ann"
            name = "Ann"

            [[engagements]]
            id = "x"
            opened = 2025-01-01
            clients = ["ann"]
            services = [{ line = "x", help = "advice", value_agreed = true }]
            """,
        )
        document = json.loads(assess(book, "--format", "json", *CORNER).stdout)
        told = document["relationships"][0]["engagements"]["x"]

        assert told["standing"]["answer"] is None
        assert told["standing"]["possible"] == ["customer", "client"]
        assert told["standing"]["needs"] == ["professional"]
        assert told["pricing"]["answer"] == "value_based"
        assert {
            "fact": "standing",
            "value": ["customer", "client"],
            "asked": "customer, client",
            "rule": "agreed",
            "fired": True,
        } in told["pricing"]["reasons"]

    def test_does_not_depend_on_why(self) -> None:
        """The reasons are always there; ``--why`` is for the table."""
        assert loaded() == loaded("--why")

    def test_names_the_word_of_the_regime(self) -> None:
        """The title and the regime's word stand with the engagement, also if empty."""
        ada, _, photo, _ = (one["engagements"] for one in loaded()["relationships"])

        assert ada["tax-2026"]["title"] == "Income tax return"
        assert ada["tax-2026"]["word"] == "taxpayer"
        assert (photo["exhibition"]["title"], photo["exhibition"]["word"]) == ("", "")

    def test_is_plain_ascii(self) -> None:
        """Whatever the output can write, the document arrives whole."""
        result = assess(BOOK, *CORNER, "--format", "json")

        assert result.stdout.isascii()
        assert loaded()["relationships"][3]["party"]["name"] == "Zoë Ångström"

    def test_leaves_out_what_has_not_begun(self) -> None:
        """An engagement that opens later is not there yet."""
        document = json.loads(
            assess(BOOK, *CORNER[:2], "--on", "2026-01-31", "--format", "json").stdout
        )

        assert list(document["relationships"][0]["engagements"]) == ["tax-2026"]


class TestDay:
    def test_is_today_where_the_provider_is(self, tmp_path: Path) -> None:
        """Without a day it is today, in the zone of the book."""
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart
            book = book_of(tmp_path, "")
            book.write_text(f'zone = "{zone}"\n{book.read_text("utf-8")}', "utf-8")
            before = datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
            told = json.loads(assess(book, "--format", "json").stdout)["on"]
            after = datetime.now(UTC).astimezone(ZoneInfo(zone)).date()

            assert before <= date.fromisoformat(told) <= after


class TestPage:
    @pytest.mark.parametrize("command", [(), ("assess",), ("check",), ("quote",)])
    def test_shows_how_it_is_used(self, command: tuple[str, ...]) -> None:
        """The page has the help of each command, to the letter."""
        result = CliRunner().invoke(
            relationkit,
            [*command, "--help"],
            prog_name="relationkit",
            env={"COLUMNS": "80"},
        )

        assert f"```text\n{result.stdout}```" in PAGE.read_text("utf-8")

    def test_names_every_key(self) -> None:
        """Whatever key a program may meet is on the page, or its value is."""
        named = set(re.findall(r"`(\w+)`", PAGE.read_text("utf-8")))
        members = {"attentive", "close", "low", "normal", "high", "urgent"}
        ids = {"shelves", "tax-2026", "exhibition"}

        assert set(keys(loaded())) - members - ids <= named

    def test_shows_an_outcome(self) -> None:
        """The outcome that stands there is one that is really given."""
        (shown,) = re.findall(r"```json\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)
        ada = loaded()["relationships"][0]

        assert json.loads(shown) == ada["engagements"]["tax-2026"]["sla"]
