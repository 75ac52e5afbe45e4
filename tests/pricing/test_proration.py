from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_DOWN, Context, Decimal, Inexact, localcontext
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.money import Money, Rounding, Scope, Settlement
from relationkit.periods import Period
from relationkit.pricing import DayCount, Span, prorate
from relationkit.strategies import moneys, prorations, settlements, spans

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
HUNDRED = Money(Decimal(100), "USD")
narrow = Context(prec=2, rounding=ROUND_DOWN, Emax=3, Emin=-3, traps=[Inexact])

payable = moneys(currencies=st.sampled_from(["USD", "JPY", "BHD", "CHF"]))
cuts = st.lists(st.integers(1, 364), unique=True, max_size=5).map(sorted)
seconds = st.lists(st.integers(1, 86_399), unique=True, max_size=5).map(sorted)
ways = st.sampled_from(DayCount)
months = st.dates(date(1600, 1, 1), date(2400, 1, 1)).map(
    lambda day: Period(
        day.replace(day=1), (day.replace(day=28) + timedelta(4)).replace(day=1)
    )
)


def parts(days: Sequence[int]) -> list[Period]:
    """The year cut after so many *days*."""
    ends = [YEAR.start + timedelta(day) for day in (0, *days, 365)]
    return [Period(start, end) for start, end in pairwise(ends)]


def days_of(month: Period) -> st.SearchStrategy[date]:
    last = (month.end or month.start) - timedelta(1)
    return st.dates(month.start, last)


def at(second: int) -> datetime:
    return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=second)


class TestProrate:
    @given(payable, cuts, ways, settlements())
    def test_adds_up(
        self, money: Money, days: Sequence[int], by: DayCount, settlement: Settlement
    ) -> None:
        """However a year is cut, its parts are the whole, settled."""
        prorated = [
            prorate(money, YEAR, part, by=by, settlement=settlement)
            for part in parts(days)
        ]

        assert Money.sum(prorated, money.currency) == money.settle(settlement)

    @given(payable, seconds, settlements())
    def test_adds_up_to_the_second(
        self, money: Money, cut: Sequence[int], settlement: Settlement
    ) -> None:
        """However a day is cut, its parts are the whole, settled."""
        moments = [at(second) for second in (0, *cut, 86_400)]
        spans = [Span(start=start, end=end) for start, end in pairwise(moments)]
        day = Span(start=moments[0], end=moments[-1])
        prorated = [prorate(money, day, s, settlement=settlement) for s in spans]

        assert Money.sum(prorated, money.currency) == money.settle(settlement)

    @given(payable, cuts)
    def test_is_near_the_truth(self, money: Money, days: Sequence[int]) -> None:
        """A part is within one minor unit of its share of the days."""
        unit = Fraction(1, 100) if money.currency in {"USD", "CHF"} else 1
        for part in parts(days):
            exact = Fraction(money.amount) * Fraction(part.days or 0, 365)
            prorated = prorate(money, YEAR, part)
            assert abs(Fraction(prorated.amount) - exact) <= unit

    @given(payable, prorations(), ways, settlements())
    def test_is_the_whole_of_the_whole(
        self,
        money: Money,
        parted: tuple[Period, Period],
        by: DayCount,
        settlement: Settlement,
    ) -> None:
        """A part and what is left of the period are the whole, settled."""
        whole, used = parted
        rests = [(whole.start, used.start), (used.end, whole.end)]
        left = [Period(a, b) for a, b in rests if a is not None and a != b]
        prorated = [
            prorate(money, whole, part, by=by, settlement=settlement)
            for part in (used, *left)
        ]

        assert Money.sum(prorated, money.currency) == money.settle(settlement)

    @given(payable, spans())
    def test_of_all_of_a_span_is_all(self, money: Money, span: Span) -> None:
        """Whatever zones its ends are told in, and across a change of clocks."""
        in_utc = Span(start=span.start.astimezone(UTC), end=span.end.astimezone(UTC))

        assert prorate(money, span, span) == money.settle()
        assert prorate(money, span, in_utc) == money.settle()

    @given(payable, cuts, ways)
    def test_heeds_no_ambient_context(
        self, money: Money, days: Sequence[int], by: DayCount
    ) -> None:
        """Precision, rounding and traps of the program change no part."""
        part = parts(days)[0]
        expected = str(prorate(money, YEAR, part, by=by))

        with localcontext(narrow):
            assert str(prorate(money, YEAR, part, by=by)) == expected

    @pytest.mark.parametrize(
        ("start", "end", "by", "amount"),
        [
            ((2026, 3, 15), (2026, 4, 1), "actual", "54.84"),  # 17 of 31
            ((2026, 3, 1), (2026, 3, 15), "actual", "45.16"),
            ((2026, 3, 15), (2026, 4, 1), "fixed_30", "53.33"),  # 16 of 30
            ((2026, 3, 31), (2026, 4, 1), "fixed_30", "0.00"),
            ((2026, 3, 30), (2026, 3, 31), "fixed_30", "3.33"),
            ((2026, 3, 1), (2026, 4, 1), "actual", "100.00"),
        ],
    )
    def test_counts_days(
        self,
        start: tuple[int, int, int],
        end: tuple[int, int, int],
        by: str,
        amount: str,
    ) -> None:
        """Ends are no part of a period, whichever way its days are counted."""
        used = Period(date(*start), date(*end))

        assert str(prorate(HUNDRED, MARCH, used, by=DayCount(by)).amount) == amount

    def test_takes_a_last_day_that_counts(self) -> None:
        """Who names the last day of a period, as Flexprice does, ends the day after.

        From 15 March to the 31st are 17 of 31 days if both count; if the last does
        not, as by Kill Bill, 16 of 30.
        """
        both = Period(date(2026, 3, 15), date(2026, 3, 31) + timedelta(1))
        one = Period(date(2026, 3, 15), date(2026, 3, 31))
        short = Period(date(2026, 3, 1), date(2026, 3, 31))

        assert prorate(HUNDRED, MARCH, both).amount == Decimal("54.84")
        assert prorate(HUNDRED, short, one).amount == Decimal("53.33")

    def test_is_exact_where_floats_are_not(self) -> None:
        """A ninth of a large sum is right to the cent; Meteroid prorates in f64."""
        large = Money(Decimal("9007199254740993.00"), "USD")
        nine = Period(date(2026, 1, 1), date(2026, 1, 10))
        day = Period(date(2026, 1, 1), date(2026, 1, 2))

        assert str(prorate(large, nine, day)) == "1000799917193443.67 USD"

    def test_february_has_thirty_days_too(self) -> None:
        """By fixed 30 days the last of February stands for what it lacks."""
        february = Period(date(2026, 2, 1), date(2026, 3, 1))
        last = Period(date(2026, 2, 28), date(2026, 3, 1))
        prorated = prorate(HUNDRED, february, last, by=DayCount.FIXED_30)

        assert prorated.amount == Decimal("10.00")

    @given(months)
    def test_every_month_has_thirty_days(self, month: Period) -> None:
        """By fixed 30 days it is a twelfth of its year, however long it is."""
        year = Period(date(month.start.year, 1, 1), date(month.start.year + 1, 1, 1))
        twelve = Money(Decimal(1200), "USD")

        assert prorate(twelve, year, month, by=DayCount.FIXED_30) == HUNDRED

    @given(months, st.data())
    def test_the_31st_counts_for_nothing(
        self, month: Period, data: st.DataObject
    ) -> None:
        """By fixed 30 days each is worth a thirtieth, up to the 30th."""
        day = data.draw(days_of(month))
        used = Period(day, day + timedelta(1))
        lacking = (30 - (month.days or 0)) if used.end == month.end else 0
        worth = max(1 + lacking, 0)

        thirty = Money(Decimal(30), "USD")
        prorated = prorate(thirty, month, used, by=DayCount.FIXED_30)

        assert prorated.amount == worth

    def test_settles_as_it_is_told(self) -> None:
        """Mode and scope are those of the settlement."""
        down = Settlement(mode=Rounding.DOWN, at=Scope.TOTAL)
        used = Period(date(2026, 3, 1), date(2026, 3, 18))

        assert str(prorate(HUNDRED, MARCH, used, settlement=down)) == "54.83 USD"

    def test_knows_that_clocks_change(self) -> None:
        """The day on which clocks are put forward has 23 hours."""
        zone = ZoneInfo("Europe/Berlin")
        day, change, end = (
            datetime(2026, 3, 29, tzinfo=zone),
            datetime(2026, 3, 29, 3, tzinfo=zone),
            datetime(2026, 3, 30, tzinfo=zone),
        )
        whole, night = Span(start=day, end=end), Span(start=day, end=change)
        fee = Money(Decimal(23), "EUR")

        assert prorate(fee, whole, night) == Money(Decimal(2), "EUR")

    @pytest.mark.parametrize(
        ("used", "message"),
        [
            (Period(date(2026, 2, 28), date(2026, 3, 2)), "not all within"),
            (Period(date(2026, 3, 2), date(2026, 4, 2)), "not all within"),
            (Period(date(2026, 3, 2)), "used is .* without an end"),
        ],
        ids=["before", "after", "open"],
    )
    def test_refuses_what_is_outside(self, used: Period, message: str) -> None:
        """A part lies within the whole."""
        with pytest.raises(ValueError, match=message):
            prorate(HUNDRED, MARCH, used)

    def test_refuses_what_cannot_be_counted(self) -> None:
        """No days at all have no parts, nor have moments a count of days."""
        day = Period(date(2026, 3, 31), date(2026, 4, 1))
        span = Span(start=at(0), end=at(1))

        with pytest.raises(ValueError, match="of no days by fixed_30"):
            prorate(HUNDRED, day, day, by=DayCount.FIXED_30)
        with pytest.raises(ValueError, match="by is fixed_30, which counts days"):
            prorate(HUNDRED, span, span, by=DayCount.FIXED_30)
        with pytest.raises(TypeError, match="give two periods or two spans"):
            prorate(HUNDRED, MARCH, span)

    @pytest.mark.parametrize("money", [100, Decimal(100), None])
    def test_refuses_what_is_not_money(self, money: Money) -> None:
        """A bare number has no currency, so no minor unit."""
        with pytest.raises(TypeError, match="money: expected a Money"):
            prorate(money, MARCH, MARCH)


class TestSpan:
    def test_is_between_moments(self) -> None:
        """A time without a zone is no moment, and time runs forward."""
        noon = datetime(2026, 3, 1, 12)  # noqa: DTZ001, is the point
        with pytest.raises(ValueError, match="has no time zone"):
            Span(start=noon, end=at(0))
        with pytest.raises(ValueError, match="empty or reversed"):
            Span(start=at(1), end=at(1))

    def test_knows_of_zones(self) -> None:
        """What looks later on a clock further east may be earlier."""
        east = timezone(timedelta(hours=2))
        later = datetime(2026, 3, 1, 1, tzinfo=east)

        with pytest.raises(ValueError, match="empty or reversed"):
            Span(start=at(0), end=later)
