import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from relationkit import policy
from relationkit.clienthood import Standing
from relationkit.errors import UnknownIdError
from relationkit.facts import domains
from relationkit.policy import EditionStatus
from relationkit.relationships import Stance
from relationkit.sla import Attention
from relationkit.tables import Rule
from relationkit.targets import Priority, is_longer

SOURCES = Path(__file__).parents[2] / "docs" / "explanation" / "sources.md"
ROW = re.compile(r"\| (\d+)(?: to (\d+))? \| ([A-D](?: [A-D])*) \|", re.ASCII)
EDITION = policy.edition("2026-11")
TABLES = EDITION.policy.tables


def claims() -> Iterator[str]:
    """Every claim of the page of sources, by letter and number."""
    for first, last, letters in ROW.findall(SOURCES.read_text(encoding="utf-8")):
        for number in range(int(first), int(last or first) + 1):
            yield from (f"{letter}{number}" for letter in letters.split())


class TestEditions:
    def test_are_found_by_name(self) -> None:
        """Each name that is listed is that of an edition, which knows it."""
        assert [policy.edition(name).name for name in policy.editions()] == [
            *policy.editions()
        ]
        assert [*policy.editions()] == sorted(policy.editions())

    def test_are_read_once(self) -> None:
        """Asking again gives the same edition."""
        assert policy.edition("2026-11") is EDITION

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("2026-12", r"there is no edition '2026-12' \(did you mean '2026-11'\?\)"),
            ("../secret", r"there is no edition '../secret' \(one of: 2026-11\)"),
        ],
    )
    def test_that_do_not_ship_are_told(self, name: str, hint: str) -> None:
        """A name that is none is refused, beside those that are."""
        with pytest.raises(UnknownIdError, match=f"^{hint}$"):
            policy.edition(name)

    def test_are_named_by_texts(self) -> None:
        """A number is refused with what to write."""
        with pytest.raises(TypeError, match=r"^name: expected a str, .* use '2026'"):
            policy.edition(2026)

    def test_have_a_latest(self) -> None:
        """The latest is the last of them, and says its name."""
        assert policy.latest() is policy.edition(policy.editions()[-1])


def each_rule() -> Iterator[tuple[str, Rule[object]]]:  # type: ignore[type-var]
    """Every rule of the edition, with the name of its table."""
    for name, table in TABLES.items():
        yield from ((name, rule) for rule in table.rules)


RULES = [
    pytest.param(name, rule.id, id=f"{name} {rule.id}") for name, rule in each_rule()
]


class TestEdition202611:
    def test_is_a_draft(self) -> None:
        """Its rules may still change, until the release that freezes it."""
        assert EDITION.status is EditionStatus.DRAFT
        assert EDITION.policy.currency == "USD"

    @pytest.mark.parametrize("fact", domains())
    def test_reads_every_fact(self, fact: str) -> None:
        """There is no fact that decides nothing."""
        assert [name for name, table in TABLES.items() if fact in table.facts]

    @pytest.mark.parametrize("name", TABLES)
    def test_reads_nothing_else(self, name: str) -> None:
        """Every column is a fact, or what the party is to us; who asks, is not told."""
        earlier = set() if name == "clienthood" else {"standing"}

        assert {*TABLES[name].facts} <= {*domains()} | earlier

    @pytest.mark.parametrize(("name", "id_"), RULES)
    def test_has_a_case_for_every_rule(self, name: str, id_: str) -> None:
        """Each rule alone decides some case."""
        table = TABLES[name]
        boxes = [box for at, box in table.pieces if table.rules[at].id == id_]
        case = {
            axis.name: axis.sample(atoms)
            for axis, atoms in zip(table.axes, boxes[0], strict=True)
        }

        assert table.decide(case).rules == (id_,)

    @pytest.mark.parametrize(("name", "id_"), RULES)
    def test_rests_on_what_was_said(self, name: str, id_: str) -> None:
        """Each rule names claims of the page of sources, or owns up to being ours."""
        (rule,) = [rule for rule in TABLES[name].rules if rule.id == id_]

        assert rule.source == "ours" or {*rule.source.split()} <= {*claims()}

    def test_counts_what_is_ours(self) -> None:
        """Few rules are our own judgement; one more is a thing to notice."""
        ours = Counter(name for name, rule in each_rule() if rule.source == "ours")

        assert ours == {"personalisation": 1, "pricing": 4}

    @pytest.mark.parametrize("name", ["personalisation", "sla"])
    def test_asks_for_a_duty_first(self, name: str) -> None:
        """A fiduciary duty comes first and asks nothing else, then the curt."""
        duty, quick = TABLES[name].rules[:2]

        assert [fact for fact, _ in duty.cells] == ["fiduciary"]
        assert [(fact, cell.text) for fact, cell in quick.cells] == [
            ("stance", Stance.TRANSACTIONAL.value)
        ]

    @pytest.mark.parametrize("name", TABLES)
    def test_leans_to_customer_in_doubt(self, name: str) -> None:
        """What good sources disagree about is who is a client, and is not client."""
        doubtful = {rule.answer for rule in TABLES[name].rules if rule.contested}

        assert doubtful == ({Standing.CUSTOMER} if name == "clienthood" else set())


class TestPlans:
    @pytest.mark.parametrize("priority", Priority)
    def test_promise_more_for_more_attention(self, priority: Priority) -> None:
        """More attention is never answered or served later, nor by less."""
        for less, more in pairwise(map(EDITION.policy.plan, Attention)):
            slow, fast = less.target(priority), more.target(priority)
            assert not is_longer(fast.first_response, slow.first_response)
            assert not is_longer(fast.resolution, slow.resolution)
            assert (more.coverage, more.manner) >= (less.coverage, less.manner)
            assert more.named_contact >= less.named_contact
