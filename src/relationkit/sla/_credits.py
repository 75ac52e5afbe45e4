"""Credits: what is owed for promises that were not kept, as far as caps let it."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from relationkit.constraints import END, asking
from relationkit.errors import shown
from relationkit.money import Money
from relationkit.records import as_declared, is_of, several
from relationkit.sla._attainment import Attainment

__all__ = ["Band", "Credit", "CreditTerms", "service_credits"]

PART = {"pattern": f"^(0+[.][0-9]*[1-9][0-9]*|0*1([.]0+)?){END}"}


@frozen(kw_only=True, field_transformer=as_declared)
class Band:
    """What is owed below a share.

    Attributes:
        below: The share of promises kept below which it is owed; up to 1.
        credit: Which part of the fee of the period is owed; up to 1.

    Raises:
        ValueError: If one is not more than nothing, or is more than the whole.
    """

    below: Decimal = field()
    credit: Decimal = field()

    @below.validator
    @asking(allOf=[PART])
    def _is_a_share(self, _: object, value: Decimal) -> None:
        _check_share("below", value)

    @credit.validator
    @asking(allOf=[PART])
    def _is_a_part(self, _: object, value: Decimal) -> None:
        _check_share("credit", value)


def _check_share(name: str, value: Decimal) -> None:
    if not (value.is_finite() and 0 < value <= 1):
        raise ValueError(
            f"{name} is {shown(value)}; give a part such as Decimal('0.95'), more than"
            f" 0 and no more than 1"
        )


@frozen(kw_only=True, field_transformer=as_declared)
class CreditTerms:
    """What is owed for promises that were not kept.

    Attributes:
        bands: What is owed below which share; of several that apply, the one of
            the lowest share.
        monthly_cap: The most that is owed for one period; None for no limit.
        yearly_cap: The most that is owed for all periods that begin in one
            calendar year; None for no limit.

    Raises:
        ValueError: If two bands are below the same share, a lower share is owed
            less, or a cap is less than nothing.
    """

    bands: tuple[Band, ...] = field()
    monthly_cap: Money | None = field(default=None)
    yearly_cap: Money | None = field(default=None)

    @bands.validator
    def _owe_more_for_less(self, _: object, bands: tuple[Band, ...]) -> None:
        ordered = sorted(bands, key=_below)
        for low, high in pairwise(ordered):
            if low.below == high.below:
                raise ValueError(f"two bands are below {low.below}; keep one")
            if low.credit < high.credit:
                raise ValueError(
                    f"below {low.below} {low.credit} is owed, less than the"
                    f" {high.credit} below {high.below}; owe no less for less"
                )

    @monthly_cap.validator
    def _is_owed(self, _: object, cap: Money | None) -> None:
        _check_cap("monthly_cap", cap)

    @yearly_cap.validator
    def _may_be_owed(self, _: object, cap: Money | None) -> None:
        _check_cap("yearly_cap", cap)
        monthly = self.monthly_cap
        if cap is None or monthly is None:
            return
        if cap.currency != monthly.currency:
            raise ValueError(
                f"yearly_cap is {cap}, in another currency than monthly_cap,"
                f" {monthly}; give both in that of the fees"
            )

    def band(self, share: Fraction | None) -> Band | None:
        """The band that applies to a *share*; None if none does, or of no share.

        Raises:
            TypeError: If *share* is no fraction.
        """
        is_of("share", Fraction | None, share)
        under = [
            b for b in self.bands if share is not None and share < Fraction(b.below)
        ]
        return min(under, key=_below, default=None)


def _below(band: Band) -> Decimal:
    return band.below


def _check_cap(name: str, cap: Money | None) -> None:
    if cap is not None and cap.amount < 0:
        raise ValueError(f"{name} is {cap}; give none less than nothing")


@frozen(kw_only=True)
class Credit:
    """What is owed for one period.

    Attributes:
        attainment: What was kept.
        band: Which band applies; None if enough was kept.
        due: What the band says, before any cap.
        amount: What is owed.
        capped_by: Which cap makes it less, ``monthly`` or ``yearly``; empty if
            none does.
    """

    attainment: Attainment
    band: Band | None
    due: Money
    amount: Money
    capped_by: str


def service_credits(
    attained: Iterable[Attainment], fees: Iterable[Money], *, by: CreditTerms
) -> tuple[Credit, ...]:
    """What is owed for each period, of its fee, in the order of the periods.

    Exact: nothing is rounded, which is for whoever settles it.

    The monthly cap is put on each period, whatever its length.  The yearly one is
    put on all periods that begin in one calendar year, by the date: the earlier
    take of it what they are owed, and the later what is left.  It is whole again
    for the first that begins in the next calendar year, whatever year the contract
    goes by.

    >>> from datetime import date
    >>> from relationkit.periods import Period
    >>> january = Period(date(2026, 1, 1), date(2026, 2, 1))
    >>> terms = CreditTerms(bands=(Band(below=Decimal("0.9"), credit=Decimal("0.1")),))
    >>> attained = [Attainment(period=january, met=8, total=10)]
    >>> [credit] = service_credits(attained, [Money(Decimal(900), "GBP")], by=terms)
    >>> print(credit.amount)
    90.0 GBP

    Raises:
        ValueError: If there are more periods than fees or the other way round,
            two periods overlap, they stand out of order, or a fee is less than
            nothing.
        CurrencyMismatchError: If a fee and a cap are in different currencies.
        TypeError: If one is no attainment or fee, or *by* no terms.
    """
    is_of("by", CreditTerms, by)
    attained = several("attained", attained, Attainment)
    fees = several("fees", fees, Money)
    if len(attained) != len(fees):
        raise ValueError(
            f"there are {len(attained)} periods and {len(fees)} fees; give each one"
        )
    for fee in fees:
        _check_cap("fee", fee)
    for one, after in pairwise(attained):
        if one.period.overlaps(after.period) or after.period.start < one.period.start:
            raise ValueError(
                f"{after.period} comes after {one.period}; give periods in order,"
                f" none within another"
            )
    owed: dict[int, Money] = {}
    return tuple(map(lambda a, fee: _credit(a, fee, by, owed), attained, fees))


def _credit(
    attained: Attainment, fee: Money, terms: CreditTerms, owed: dict[int, Money]
) -> Credit:
    """What is owed, with what is *owed* in its year so far counted on."""
    nothing = Money(Decimal(0), fee.currency)
    band = terms.band(attained.share)
    due = fee * band.credit if band else nothing
    amount, capped_by, year = due, "", attained.period.start.year
    if terms.monthly_cap is not None and amount > terms.monthly_cap:
        amount, capped_by = terms.monthly_cap, "monthly"
    before = owed.get(year, nothing)
    if terms.yearly_cap is not None and before + amount > terms.yearly_cap:
        amount, capped_by = terms.yearly_cap - before, "yearly"
    owed[year] = before + amount
    return Credit(
        attainment=attained, band=band, due=due, amount=amount, capped_by=capped_by
    )
