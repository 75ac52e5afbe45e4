"""What was reckoned once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from relationkit import codec
from relationkit.codec._hooks import FEW, IDS, SHORT
from relationkit.codec._kept import Kept
from relationkit.duties import OtherDuty
from relationkit.money import Money
from relationkit.periods import Period
from relationkit.records import PartyId

DUTY: dict[str, Any] = {
    "kind": "care",
    "character": "contractual",
    "standard": "reasonable_care",
    "owed_by": "us",
    "period": {"start": "2026-01-12"},
}


class TestKept:
    def test_is_the_same_object(self) -> None:
        """What is asked for again is not reckoned again."""
        kept: Kept[str, list[str]] = Kept(lambda word: [word])

        assert kept["a"] == ["a"]
        assert kept["a"] is kept["a"]

    def test_is_never_much(self) -> None:
        """Whatever is asked for, no more than so many are kept."""
        kept = Kept(str, most=3)
        for number in range(10):
            assert kept[number] == str(number)
            assert len(kept) <= 3


class TestRecords:
    def test_share_what_is_equal(self) -> None:
        """Days, amounts and ids that documents name again are one object."""
        start = {"start": "2026-01-12"}
        fee = {"amount": "10.50", "currency": "GBP"}
        one, other = (codec.load(start, Period) for _ in range(2))
        first, second = (codec.load(fee, Money) for _ in range(2))
        here, there = (
            codec.load({**DUTY, "owed_to": ids}, OtherDuty)
            for ids in (["ada", "bob"], ["bob", "ada"])
        )

        assert one.start is other.start
        assert one.start == date(2026, 1, 12)
        assert first.amount is second.amount
        assert first.amount == Decimal("10.5")
        assert here.owed_to is there.owed_to

    def test_share_what_is_read_strictly_too(self) -> None:
        """What is read at once and what takes its time come to the same."""
        told = ["ada", "bob"]
        quick = codec.load({**DUTY, "owed_to": told}, OtherDuty).owed_to

        assert codec.load({**DUTY, "owed_to": tuple(told)}, OtherDuty).owed_to is quick

    @pytest.mark.parametrize(
        "ids", [["x" * (SHORT + 1)], [f"many-{at}" for at in range(FEW + 1)]]
    )
    def test_keep_no_sets_that_are_large(self, ids: list[str]) -> None:
        """Whoever sends documents cannot have much kept."""
        read = codec.load({**DUTY, "owed_to": ids}, OtherDuty).owed_to

        assert read == frozenset(map(PartyId, ids))
        assert read not in IDS
