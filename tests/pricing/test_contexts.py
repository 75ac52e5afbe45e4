"""Whatever decimal context a program runs in, and in whatever thread: law L12."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import (
    ROUND_05UP,
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_UP,
    Clamped,
    Context,
    Decimal,
    Inexact,
    Rounded,
    Subnormal,
    localcontext,
)
from threading import Barrier

from hypothesis import given, settings
from hypothesis import strategies as st

from relationkit import fees
from relationkit.fees import Fee
from relationkit.money import Grid, Money, Settlement, settle_lines
from relationkit.periods import Period
from relationkit.pricing import (
    DayCount,
    Retainer,
    Usage,
    certainty,
    check,
    draw,
    price_range,
    progress,
    prorate,
    quote,
)
from relationkit.strategies import fees as any_fees
from relationkit.strategies import (
    moneys,
    prorations,
    retainers,
    settlements,
    usages,
    weights,
)

TRAPS = [Inexact, Rounded, Clamped, Subnormal]
HOSTILE = (
    Context(prec=1, rounding=ROUND_UP, Emin=0, Emax=0, traps=TRAPS, clamp=1),
    Context(prec=1, rounding=ROUND_FLOOR, Emin=0, Emax=1, traps=[]),
    Context(prec=2, rounding=ROUND_CEILING, traps=[Inexact]),
    Context(prec=3, rounding=ROUND_DOWN, traps=[Rounded]),
    Context(prec=5, rounding=ROUND_HALF_DOWN, traps=[], clamp=1, capitals=0),
    Context(prec=28, rounding=ROUND_05UP, traps=TRAPS),
)
"""Of little precision and every rounding; some raise at whatever is not exact."""


def everywhere(reckon: Callable[[], object]) -> list[object]:
    """What comes of it in a thread for each of those contexts, all at once."""
    barrier = Barrier(len(HOSTILE))

    def within(context: Context) -> object:
        with localcontext(context):
            barrier.wait(60)
            return reckon()

    with ThreadPoolExecutor(len(HOSTILE)) as threads:
        return [*threads.map(within, HOSTILE)]


def told(amounts: object) -> str:
    """All that is said of them: also how many zeros there are at the end."""
    return repr(amounts)


def same(reckon: Callable[[], object]) -> bool:
    """Whether it is the same in each of those contexts as in none."""
    return {told(found) for found in everywhere(reckon)} == {told(reckon())}


@st.composite
def cases(draw_: st.DrawFn) -> tuple[Fee, Usage, Settlement]:
    """A fee, what is used of it, and how that is settled."""
    fee = draw_(any_fees())
    return fee, draw_(usages(fee)), draw_(settlements())


class TestContexts:
    def test_are_hostile(self) -> None:
        """What heeds its context comes out otherwise there, or not at all."""

        def plain() -> object:
            try:
                return +Decimal("1234567890123456789012345678901.25") / 3
            except (ArithmeticError, ValueError) as error:
                return type(error)

        assert told(plain()) not in map(told, everywhere(plain))

    @settings(max_examples=30)
    @given(cases())
    def test_change_no_quote(self, case: tuple[Fee, Usage, Settlement]) -> None:
        """Neither a line nor a total, nor how any of them is written."""
        fee, usage, settlement = case

        def made() -> object:
            found = quote(fee, usage, currency="USD", settlement=settlement)
            return found, found.total, str(found), found.reversed(), check(fee)

        assert same(made)

    @settings(max_examples=20)
    @given(cases(), st.integers(2, 3))
    def test_change_no_bill_on_the_way(
        self, case: tuple[Fee, Usage, Settlement], times: int
    ) -> None:
        """Nor what is billed since, nor how certain a price is."""
        fee, usage, settlement = case
        none = dict.fromkeys(usage, 0)

        def made() -> object:
            several = [none, *[usage] * times]
            bills = progress(fee, several, currency="EUR", settlement=settlement)
            spread = price_range(fee, none, usage), certainty(fee, none, usage)
            return bills, [str(bill.total) for bill in bills], spread

        assert same(made)

    @settings(max_examples=30)
    @given(
        st.lists(moneys(currencies=st.just("USD")), min_size=1, max_size=4),
        weights(),
        settlements(),
        st.integers(1, 30),
    )
    def test_change_no_money(
        self,
        amounts: list[Money],
        parts: Sequence[int | Decimal],
        settlement: Settlement,
        over: int,
    ) -> None:
        """Settled, parted, added up, or compared."""
        lines = [(money.amount, over) for money in amounts]

        def made() -> object:
            total = Money.sum(amounts, "USD")
            settled = [money.settle(settlement) for money in amounts]
            grid = Grid(settlement, "USD")
            return (
                *(total, settled, total.allocate(parts), sorted(amounts), -total),
                *(settle_lines(lines, "USD", settlement), grid.spread(lines)),
                *(max(amounts) - min(amounts), total * Decimal("0.333"), str(total)),
            )

        assert same(made)

    @settings(max_examples=20)
    @given(retainers(), prorations(), st.sampled_from(DayCount))
    def test_change_no_part_and_no_draw(
        self, account: Retainer, parted: tuple[Period, Period], by: DayCount
    ) -> None:
        """Of a period, and of what is held on account."""
        whole, used = parted
        third = account.held * Decimal("0.333")

        def made() -> object:
            drawn = draw(account, third)
            return (
                *(drawn, drawn.replenish, account.deposited(third)),
                prorate(Money(Decimal("100.01"), "USD"), whole, used, by=by),
            )

        assert same(made)

    def test_change_no_fee(self) -> None:
        """The fees that people say are the same, and so is a blended rate."""
        rates = {"partner": Decimal("412.50"), "associate": Decimal("219.99")}
        hours = {"partner": Decimal("10.3"), "associate": Decimal("31.7")}
        hourly = fees.hourly(Decimal("250.125"))

        def made() -> object:
            return (
                fees.blended_rate(hours, rates, places=7),
                fees.role_rates(rates),
                fees.time_and_materials(hourly, markup=Decimal("0.155")),
                fees.holdback(hourly, Decimal("0.25"), released=Decimal("0.33")),
                fees.collar(
                    Decimal("101.25"),
                    low=Decimal("90.5"),
                    high=Decimal("110.75"),
                    share=Decimal("0.555"),
                ),
            )

        assert same(made)
