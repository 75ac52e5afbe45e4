from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.fees import (
    Bundle,
    Direction,
    Fee,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    minimum,
)
from relationkit.money import Money, Settlement
from relationkit.pricing import UsageError, billed_since, progress, quote
from relationkit.strategies import settlements

HOURLY = PerUnit(rate=Decimal("33.335"), metric="hours")
PACKAGES = PerUnit(
    rate=Decimal(1),
    per=1000,
    metric="hours",
    increment=Increment(size=Decimal(1000), direction=Direction.UP),
)
TIERED = Graduated(
    tiers=(
        Tier(up_to=Decimal(10), rate=Decimal("0.333")),
        Tier(rate=Decimal("0.1"), flat=Decimal(7)),
    ),
    metric="hours",
)
FEES: Sequence[Fee] = [HOURLY, PACKAGES, TIERED, minimum(TIERED, Decimal(20))]

fees = st.sampled_from(FEES)
rising = st.lists(st.integers(0, 10**4), min_size=1, max_size=6).map(sorted)


class TestProgress:
    @given(fees, rising, settlements())
    def test_telescopes(
        self, fee: Fee, hours: Sequence[int], settlement: Settlement
    ) -> None:
        """Bills on the way add up to the quote for all that was used."""
        usages = [{"hours": Decimal(used) / 4} for used in hours]
        bills = progress(fee, usages, currency="USD", settlement=settlement)
        last = quote(fee, usages[-1], currency="USD", settlement=settlement)

        assert len(bills) == len(usages)
        assert Money.sum([bill.total for bill in bills], "USD") == last.total

    def test_counts_packages_once(self) -> None:
        """Of 1400 and 1300 more, 3 thousands are billed and not 4.

        OpenMeter steps each part of a split period, and so bills one too many.
        """
        bills = progress(PACKAGES, [{"hours": 1400}, {"hours": 2700}], currency="USD")

        assert [str(bill.total.amount) for bill in bills] == ["2.00", "1.00"]

    def test_tells_tax_codes_apart(self) -> None:
        """What was billed before is taken off with the tax code that it had."""
        fee = Bundle(
            parts=(
                Fixed(amount=Decimal(5), label="base", tax_code="reduced"),
                PerUnit(rate=Decimal(1), metric="hours", tax_code="standard"),
                PerUnit(rate=Decimal(2), metric="miles", tax_code="zero"),
            )
        )
        usage = {"hours": 3, "miles": 0}
        _, bill = progress(fee, [usage, {**usage, "hours": 4}], currency="USD")

        less = [line for line in bill.lines if line.label == "billed before"]
        assert {line.tax_code: str(line.amount) for line in less} == {
            "reduced": "-5.00",
            "standard": "-3.00",
        }

    def test_adds_up_what_is_taxed_alike(self) -> None:
        """Of several lines of one tax code all was billed before, and not the last."""
        base = Fixed(amount=Decimal(50), label="base", tax_code="standard")
        use = PerUnit(rate=Decimal(2), metric="hours", tax_code="standard")
        free = Fixed(amount=Decimal(3), label="stamps")
        fee = Bundle(parts=(base, use, free))
        _, bill = progress(fee, [{"hours": 5}, {"hours": 8}], currency="USD")

        taken = {one.tax_code: str(one.amount) for one in bill.lines[3:]}
        assert taken == {"standard": "-60.00", "": "-3.00"}
        assert str(bill.total) == "6.00 USD"

    def test_refuses_increments(self) -> None:
        """Usage that falls is what was used since the last bill, and told so."""
        usages = [{"hours": 3}, {"hours": 2}]

        with pytest.raises(UsageError, match=r"/usages/1/hours: .*less than before"):
            progress(HOURLY, usages, currency="USD")

    def test_of_nothing_is_nothing(self) -> None:
        """No snapshot, no bill."""
        assert progress(HOURLY, [], currency="USD") == ()

    @pytest.mark.parametrize("usages", [None, "hours", 3])
    def test_needs_several_usages(self, usages: Any) -> None:  # noqa: ANN401
        """What is not several is refused by name."""
        with pytest.raises(TypeError, match=r"^usages: expected several, got "):
            progress(HOURLY, usages, currency="USD")

    def test_needs_two_quotes(self) -> None:
        """Before the first bill there is none; what is none is refused by name."""
        bill: Any = quote(HOURLY, {"hours": 1}, currency="USD")
        none: Any = None

        with pytest.raises(TypeError, match=r"^before: expected a Quote, got None"):
            billed_since(none, bill)
        with pytest.raises(TypeError, match=r"^now: expected a Quote, got None"):
            billed_since(bill, none)

    def test_needs_one_currency(self) -> None:
        """There is nothing to take off from another currency."""
        one, other = (quote(HOURLY, {"hours": 1}, currency=c) for c in ("USD", "EUR"))

        with pytest.raises(ValueError, match="before is in USD, now in EUR"):
            billed_since(one, other)
