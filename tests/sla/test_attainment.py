from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit.money import CurrencyMismatchError, Money
from relationkit.periods import Period
from relationkit.sla import (
    Attainment,
    Band,
    CreditTerms,
    Settled,
    attainment,
    service_credits,
    uncounted,
)

MONTHS = [
    Period(date(2026, month, 1), date(2026 + month // 12, month % 12 + 1, 1))
    for month in range(1, 13)
]
TERMS = CreditTerms(
    bands=(
        Band(below=Decimal("0.95"), credit=Decimal("0.05")),
        Band(below=Decimal("0.90"), credit=Decimal("0.10")),
    )
)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
settled = st.lists(st.builds(Settled, on=days, met=st.booleans()), max_size=20)
kept = st.integers(0, 100).map(
    lambda met: Attainment(period=MONTHS[0], met=met, total=100)
)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def year(*met: int) -> list[Attainment]:
    """A month each, so many met of a hundred."""
    return [
        Attainment(period=month, met=kept, total=100)
        for month, kept in zip(MONTHS, met, strict=False)
    ]


class TestAttainment:
    @given(settled)
    def test_counts_each_promise_in_one_month(self, promises: list[Settled]) -> None:
        """Months that meet share no day, so that no promise is counted twice."""
        found = attainment(promises, MONTHS)

        assert sum(one.total for one in found) == len(promises)
        assert sum(one.met for one in found) == sum(one.met for one in promises)
        whole = attainment(promises, [Period(date(2026, 1, 1))])[0]
        assert whole.total == len(promises)

    @given(settled, st.permutations(MONTHS), st.integers(0, 12))
    def test_leaves_nothing_unsaid(
        self, promises: list[Settled], months: list[Period], count: int
    ) -> None:
        """Each promise is counted in a period, or told to be in none."""
        some = months[:count]
        counted = sum(one.total for one in attainment(promises, some))
        left = uncounted(promises, some)

        assert counted + len(left) == len(promises)
        assert [one for one in promises if one in left] == [*left]
        assert all(one.on not in month for one in left for month in some)

    @pytest.mark.parametrize(
        "periods",
        [
            [MONTHS[0], MONTHS[0]],
            [MONTHS[2], MONTHS[0], MONTHS[1], Period(date(2026, 3, 31))],
            [Period(date(2026, 1, 1)), MONTHS[5]],
        ],
    )
    def test_counts_nothing_twice(self, periods: list[Period]) -> None:
        """Periods that overlap, in whatever order, are refused."""
        with pytest.raises(
            ValueError, match=r"overlap, and what is settled in both wo"
        ):
            attainment([], periods)

    def test_counts_what_is_settled_in_periods(self) -> None:
        """What is neither is named, with what it should be; so is one alone."""
        one = Settled(on=date(2026, 1, 9), met=True)
        for wrong, periods, told in (
            ([True], MONTHS, r"^settled: expected each to be a Settled, got True"),
            (one, MONTHS, r"^settled: expected several, got Settled"),
            ([one], [2026], r"^periods: expected each to be a Period, got 2026"),
            ([one], MONTHS[0], r"^periods: expected several, got Period"),
        ):
            for ask in (attainment, uncounted):
                with pytest.raises(TypeError, match=told):
                    ask(wrong, periods)  # type: ignore[arg-type]

    def test_is_half_open(self) -> None:
        """The day on which a period ends is in the next one."""
        promises = [
            Settled(on=date(2026, 1, 31), met=True),
            Settled(on=date(2026, 2, 1), met=False),
        ]

        assert [one.share for one in attainment(promises, MONTHS[:2])] == [1, 0]

    def test_is_exact(self) -> None:
        """A third is a third; of nothing there is no share."""
        assert Attainment(period=MONTHS[0], met=1, total=3).share == Fraction(1, 3)
        assert Attainment(period=MONTHS[0], met=0, total=0).share is None

    @pytest.mark.parametrize(("met", "total"), [(2, 1), (-1, 1), (0, -1)])
    def test_has_no_more_than_there_are(self, met: int, total: int) -> None:
        """Fewer than none, or more than all, cannot be kept."""
        with pytest.raises(ValueError, match=r"^met is .* give no less than 0"):
            Attainment(period=MONTHS[0], met=met, total=total)


class TestBands:
    @given(kept, kept)
    def test_owe_no_less_for_less(self, one: Attainment, other: Attainment) -> None:
        """The lower the share, the more is owed, or as much."""
        less, more = sorted([one, other], key=lambda attained: attained.met)
        owed = [service_credits([a], [usd("100")], by=TERMS)[0] for a in (less, more)]

        assert owed[0].amount >= owed[1].amount

    @pytest.mark.parametrize(
        ("met", "owed"), [(100, "0"), (95, "0"), (94, "5"), (90, "5"), (89, "10")]
    )
    def test_begin_below_their_share(self, met: int, owed: str) -> None:
        """At a band's share nothing of it is owed yet."""
        [credit] = service_credits(year(met), [usd("100")], by=TERMS)

        assert (credit.amount, credit.due) == (usd(owed), usd(owed))
        assert (credit.band is None) == (met >= 95)

    def test_owe_nothing_where_nothing_was_promised(self) -> None:
        """A month without requests breaks no promise."""
        none = Attainment(period=MONTHS[0], met=0, total=0)

        assert service_credits([none], [usd("100")], by=TERMS)[0].amount == usd("0")

    @pytest.mark.parametrize(
        ("bands", "told"),
        [
            ([("0.9", "0.1"), ("0.9", "0.2")], "two bands are below 0.9; keep one"),
            ([("0.9", "0.1"), ("0.8", "0.05")], "below 0.8 0.05 is owed, less than"),
        ],
    )
    def test_are_told_apart(self, bands: Sequence[tuple[str, str]], told: str) -> None:
        """Bands that contradict each other are refused."""
        with pytest.raises(ValueError, match=told):
            CreditTerms(
                bands=tuple(Band(below=Decimal(b), credit=Decimal(c)) for b, c in bands)
            )

    @pytest.mark.parametrize("share", ["x", 0.5])
    def test_are_of_a_share(self, share: Any) -> None:  # noqa: ANN401
        """What is no exact part has no band, and is not taken for none."""
        with pytest.raises(TypeError, match=r"^share: expected a Fraction or None"):
            TERMS.band(share)

    @pytest.mark.parametrize("value", ["0", "-0.1", "1.01", "NaN", "Infinity"])
    def test_are_parts(self, value: str) -> None:
        """A share and a credit are more than nothing and no more than all."""
        with pytest.raises(ValueError, match=r"^below is .*; give a part such as"):
            Band(below=Decimal(value), credit=Decimal(1))
        with pytest.raises(ValueError, match=r"^credit is .*; give a part such as"):
            Band(below=Decimal(1), credit=Decimal(value))


class TestCaps:
    @given(
        st.lists(st.integers(0, 100), min_size=1, max_size=12),
        st.integers(0, 50),
        st.integers(0, 50),
    )
    def test_are_never_passed(self, met: list[int], month: int, all_: int) -> None:
        """No month owes more than its cap, and no year more than its own."""
        terms = evolve(TERMS, monthly_cap=usd(str(month)), yearly_cap=usd(str(all_)))
        months = year(*met)
        found = service_credits(months, [usd("300")] * len(months), by=terms)
        owed = Money.sum([credit.amount for credit in found], "USD")

        assert all(credit.amount <= usd(str(month)) for credit in found)
        assert owed <= usd(str(all_))
        due = Money.sum([min(c.due, usd(str(month))) for c in found], "USD")
        assert owed == min(due, usd(str(all_)))
        assert all((c.amount < c.due) == bool(c.capped_by) for c in found)

    def test_say_which_it_was(self) -> None:
        """The month caps first, then the year, which begins anew."""
        terms = evolve(TERMS, monthly_cap=usd("15"), yearly_cap=usd("20"))
        after = Attainment(period=Period(date(2027, 1, 1)), met=0, total=1)
        found = service_credits([*year(0, 0, 0), after], [usd("200")] * 4, by=terms)

        assert [(str(c.amount), c.capped_by) for c in found] == [
            ("15 USD", "monthly"),
            ("5 USD", "yearly"),
            ("0 USD", "yearly"),
            ("15 USD", "monthly"),
        ]

    def test_are_no_less_than_nothing(self) -> None:
        """Nothing is owed the other way round."""
        with pytest.raises(ValueError, match=r"^monthly_cap is -1 USD; give none less"):
            CreditTerms(bands=(), monthly_cap=usd("-1"))
        with pytest.raises(ValueError, match=r"^yearly_cap is -1 USD; give none less"):
            CreditTerms(bands=(), yearly_cap=usd("-1"))

    def test_are_in_one_currency(self) -> None:
        """Two caps that no fee could be under are refused."""
        with pytest.raises(ValueError, match=r"^yearly_cap is 1 EUR, in another curr"):
            evolve(TERMS, monthly_cap=usd("1"), yearly_cap=Money(Decimal(1), "EUR"))

    def test_are_in_the_currency_of_the_fee(self) -> None:
        """Currencies are not compared."""
        with pytest.raises(CurrencyMismatchError):
            service_credits(
                year(0),
                [Money(Decimal(1), "EUR")],
                by=evolve(TERMS, monthly_cap=usd("1")),
            )


class TestServiceCredits:
    def test_need_a_fee_for_each_period(self) -> None:
        """No fee is guessed."""
        with pytest.raises(ValueError, match=r"there are 2 periods and 1 fees"):
            service_credits(year(1, 2), [usd("1")], by=TERMS)

    def test_need_fees_that_are_owed(self) -> None:
        """A fee below nothing earns no credit, and a number is no fee."""
        with pytest.raises(ValueError, match=r"^fee is -1 USD; give none less"):
            service_credits(year(1), [usd("-1")], by=TERMS)
        with pytest.raises(
            TypeError, match=r"^fees: expected each to be a Money, got Dec"
        ):
            service_credits(year(1), [Decimal(1)], by=TERMS)  # type: ignore[list-item]

    def test_need_what_they_are_made_of(self) -> None:
        """Each argument is named, with what it should be."""
        fees, [first] = [usd("1")], year(1)
        for attained, fee, by, told in (
            ([1], fees, TERMS, r"^attained: expected each to be an Attainment, got 1"),
            (first, fees, TERMS, r"^attained: expected several, got Attainment"),
            ([first], usd("1"), TERMS, r"^fees: expected several, got Money"),
            ([first], fees, TERMS.bands, r"^by: expected a CreditTerms, got"),
        ):
            with pytest.raises(TypeError, match=told):
                service_credits(attained, fee, by=by)  # type: ignore[arg-type]

    def test_takes_any_that_come_one_by_one(self) -> None:
        """Periods and fees may be made on the way."""
        made = service_credits(iter(year(0, 0)), (usd("9") for _ in "12"), by=TERMS)

        assert [credit.amount for credit in made] == [usd("0.90")] * 2

    def test_need_periods_in_order(self) -> None:
        """A period counted twice, or before one that it follows, is refused."""
        first, second = year(1, 2)
        day = timedelta(days=1)
        within = evolve(second, period=Period(first.period.start + day))

        for wrong in ([second, first], [first, within]):
            with pytest.raises(ValueError, match=r"give periods in order, none within"):
                service_credits(wrong, [usd("1")] * 2, by=TERMS)
