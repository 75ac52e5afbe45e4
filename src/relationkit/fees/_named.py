"""Named: the fees that people say, in the forms that we reckon with.

Each gives one of the seven forms, and what it takes it checks as they do.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from relationkit.constraints import Between, Id
from relationkit.errors import shown, suggestion
from relationkit.fees._forms import Bounded, Bundle, Discounted, Fee
from relationkit.fees._leaves import (
    Direction,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
)
from relationkit.figures import AFTER, EXACT, ONE, ZERO, check_number, check_share, told
from relationkit.records import is_of, several

__all__ = [
    "SIX_MINUTES",
    "blended",
    "blended_rate",
    "capped",
    "collar",
    "contingency",
    "holdback",
    "hourly",
    "membership",
    "minimum",
    "percentage_of_assets",
    "pro_bono",
    "retainer",
    "role_rates",
    "subscription",
    "success",
    "time_and_materials",
    "value_based",
]

SIX_MINUTES = Increment(size=Decimal("0.1"), direction=Direction.UP)
"""A tenth of an hour, each one begun billed whole, as trade practice has it."""
BY_ROLE = "use a dict such as {'partner': Decimal(400)}"
PLACES = Between(0, AFTER, "round to fewer digits after the point, or to whole ones")
NAME = Id()


def hourly(
    rate: Decimal, *, increment: Increment | None = SIX_MINUTES, metric: str = "hours"
) -> PerUnit:
    """By time, in units of six minutes unless told otherwise.

    >>> hourly(Decimal(250)).rate
    Decimal('250')
    """
    return PerUnit(rate=rate, increment=increment, metric=metric)


def role_rates(
    rates: Mapping[str, Decimal], *, increment: Increment | None = SIX_MINUTES
) -> Bundle:
    """By the time of each role, at its rate: a role rate card.

    >>> card = role_rates({"partner": Decimal(400), "associate": Decimal(220)})
    >>> [part.metric for part in card.parts]
    ['partner_hours', 'associate_hours']

    Raises:
        ValueError: If a role has no name.
    """
    is_of("rates", Mapping, rates, BY_ROLE)
    for role, rate in rates.items():
        if not NAME.holds(role):
            NAME.refuse(None, "rates", role)
        check_number(f"rates[{shown(role)}]", rate)
    parts = [
        PerUnit(rate=rate, increment=increment, metric=f"{role}_hours", label=role)
        for role, rate in rates.items()
    ]
    return Bundle(parts=tuple(parts))


def time_and_materials(labour: Fee, *, markup: Decimal = ZERO) -> Bundle:
    """Labour, and what materials cost with a share on top; metric ``materials``.

    >>> work = time_and_materials(hourly(Decimal(80)), markup=Decimal("0.15"))
    >>> work.parts[1].rate
    Decimal('1.15')
    """
    check_fee("labour", labour)
    check_number("markup", markup)
    rate = EXACT.add(ONE, markup)
    return Bundle(parts=(labour, PerUnit(rate=rate, metric="materials")))


def blended(rate: Decimal, *, increment: Increment | None = SIX_MINUTES) -> PerUnit:
    """By time, at one rate whoever does the work; see :func:`blended_rate`.

    >>> blended(Decimal(265)).metric
    'hours'
    """
    return hourly(rate, increment=increment)


def blended_rate(
    hours: Mapping[str, Decimal], rates: Mapping[str, Decimal], *, places: int = 2
) -> Decimal:
    """The one rate at which all *hours* cost what they do at the *rates* of each role.

    Rounded to so many *places* after the point, half to even.

    >>> hours = {"partner": Decimal(10), "associate": Decimal(30)}
    >>> blended_rate(hours, {"partner": Decimal(400), "associate": Decimal(220)})
    Decimal('265.00')

    Raises:
        ValueError: If there are no hours, a role has no rate, or *places* are not
            from 0 to 20.
    """
    is_of("hours", Mapping, hours, BY_ROLE)
    is_of("rates", Mapping, rates, BY_ROLE)
    is_of("places", int, places)
    if not PLACES.holds(places):
        PLACES.refuse(None, "places", places)
    for role, spent in hours.items():
        if role not in rates:
            hint = suggestion(role, rates)
            raise ValueError(f"rates has none for {shown(role)}; add one ({hint})")
        check_number(f"hours[{shown(role)}]", spent)
        check_number(f"rates[{shown(role)}]", rates[role])
    total = sum(map(Fraction, hours.values()))
    if not total:
        raise ValueError("hours are none, and no rate follows from that; give some")
    fees = sum(Fraction(spent) * Fraction(rates[role]) for role, spent in hours.items())
    return Decimal(f"{round(fees / total * 10**places)}E-{places}")


def capped(fee: Fee, at_most: Decimal) -> Bounded:
    """A *fee* that is not to exceed an amount: with a cap, or an estimate that binds.

    >>> capped(hourly(Decimal(250)), Decimal(5000)).at_most
    Decimal('5000')
    """
    check_fee("fee", fee)
    return Bounded(inner=fee, at_most=at_most)


def minimum(fee: Fee, at_least: Decimal) -> Bounded:
    """A *fee* that is no less than an amount: a minimum fee, or a commitment.

    >>> minimum(hourly(Decimal(250)), Decimal(500)).at_least
    Decimal('500')
    """
    check_fee("fee", fee)
    return Bounded(inner=fee, at_least=at_least)


def retainer(
    amount: Decimal,
    *,
    rate: Decimal,
    included: Decimal = ZERO,
    increment: Increment | None = SIX_MINUTES,
    metric: str = "hours",
) -> Bundle:
    """An amount for each period with time *included*, and more of it at a *rate*.

    Money that is held on account, from which fees are drawn, is no fee.

    >>> retainer(Decimal(3000), rate=Decimal(275), included=Decimal(10)).parts[0].amount
    Decimal('3000')
    """
    beyond = PerUnit(rate=rate, included=included, increment=increment, metric=metric)
    return Bundle(parts=(Fixed(amount=amount, label="retainer"), beyond))


def contingency(
    share: Decimal, *, per: int = 1, costs_first: bool = True, label: str = ""
) -> PerUnit:
    """A share of what is recovered: a third is ``contingency(Decimal(1), per=3)``.

    With *costs_first* the share is of what is left once costs are paid, and the
    metric ``net_recovery``; else of all of it, and the metric ``recovery``.

    >>> contingency(Decimal(1), per=3).metric
    'net_recovery'
    >>> contingency(Decimal("0.25"), costs_first=False).metric
    'recovery'

    Raises:
        ValueError: If it is more than all of what is recovered.
    """
    metric = "net_recovery" if costs_first else "recovery"
    return _share(share, per=per, metric=metric, label=label or "contingency fee")


def success(tiers: Sequence[Tier] = (), *, metric: str = "deal_value") -> Graduated:
    """A share of the value of a deal, falling with it: a success fee.

    Unless *tiers* say otherwise, as Lehman had it: 5 % of the first million, 4 % of
    the second, and so on to 1 % of what is above four.

    >>> [str(tier.rate) for tier in success().tiers]
    ['0.05', '0.04', '0.03', '0.02', '0.01']
    """
    some = several("tiers", tiers, Tier)
    return Graduated(tiers=tuple(some) or LEHMAN, metric=metric, label="success fee")


def percentage_of_assets(
    tiers: Sequence[Tier], *, at_least: Decimal | None = None, metric: str = "assets"
) -> Graduated | Bounded:
    """A share of the assets looked after, in tiers; and no less than a minimum.

    It is for as long as its rates are said for: prorate what a part of that owes.

    >>> percentage_of_assets([Tier(rate=Decimal("0.01"))]).metric
    'assets'
    """
    some = several("tiers", tiers, Tier)
    fee = Graduated(tiers=tuple(some), metric=metric, label="share of assets")
    return fee if at_least is None else minimum(fee, at_least)


def subscription(amount: Decimal, *, label: str = "subscription") -> Fixed:
    """An amount for each period of access, whatever is used.

    >>> subscription(Decimal("9.90")).label
    'subscription'
    """
    return Fixed(amount=amount, label=label)


def membership(amount: Decimal, *uses: Fee) -> Bundle:
    """A fee for belonging, and what members pay for what they use.

    >>> visit = PerUnit(rate=Decimal(4), metric="visits")
    >>> len(membership(Decimal(60), visit).parts)
    2
    """
    for use in uses:
        check_fee("uses", use)
    return Bundle(parts=(Fixed(amount=amount, label="membership"), *uses))


def value_based(
    share: Decimal,
    *,
    per: int = 1,
    at_least: Decimal | None = None,
    at_most: Decimal | None = None,
    metric: str = "value",
) -> Bounded:
    """A share of what the work is worth to them, with a floor and a cap.

    >>> value_based(Decimal("0.10"), at_least=Decimal(2000)).at_least
    Decimal('2000')

    Raises:
        ValueError: If it is more than all of it, or the cap is below the floor.
    """
    inner = _share(share, per=per, metric=metric, label="share of value")
    return Bounded(inner=inner, at_least=at_least, at_most=at_most)


def collar(
    target: Decimal,
    *,
    low: Decimal,
    high: Decimal,
    share: Decimal,
    metric: str = "standard_fees",
) -> Bundle:
    """An agreed price while the work costs about that, and else a share of the rest.

    From *low* to *high* at standard rates, the fee is the *target*.  Above, the
    client bears that *share* of the excess; below, has it of what was saved.  The
    metric is what the work comes to at standard rates: quote these first.

    >>> band = collar(
    ...     Decimal(100), low=Decimal(90), high=Decimal(110), share=Decimal("0.5")
    ... )
    >>> band.parts[0].amount
    Decimal('55.0')

    Raises:
        ValueError: If *low* is above *high*, *target* is not between them, or *share*
            is more than all.
    """
    for name, number in {"low": low, "high": high, "target": target}.items():
        check_number(name, number)
    check_share("share", share)
    if low > high:
        raise ValueError(f"low is {told(low)}, above high, {told(high)}; exchange them")
    if not low <= target <= high:
        raise ValueError(
            f"target is {told(target)}, not from low, {told(low)}, to high,"
            f" {told(high)}; set the band around it"
        )
    least = EXACT.subtract(target, EXACT.multiply(share, low))
    bounds = [low, high] if low < high else [high]
    rates = [share, ZERO] if low < high else [share]
    tiers = [Tier(up_to=b, rate=r) for b, r in zip(bounds, rates, strict=True)]
    above = Graduated(tiers=(*tiers, Tier(rate=share)), metric=metric)
    return Bundle(parts=(Fixed(amount=least, label="collar"), above))


def holdback(fee: Fee, share: Decimal, *, released: Decimal = ZERO) -> Discounted:
    """A *fee* of which a *share* is held back until the outcome is known.

    *released* is which part of that has been earned by now: 0 while nothing is
    known, 1 if all went well.  What is due once it is known is the one less the
    other: bill the difference.

    >>> holdback(Fixed(amount=Decimal(1000)), Decimal("0.2")).share
    Decimal('0.2')
    >>> held = holdback(
    ...     Fixed(amount=Decimal(1000)), Decimal("0.2"), released=Decimal("0.5")
    ... )
    >>> held.share
    Decimal('0.10')
    """
    check_fee("fee", fee)
    check_share("share", share)
    check_share("released", released)
    held = EXACT.multiply(share, EXACT.subtract(ONE, released))
    return Discounted(inner=fee, share=held, label="held back")


def pro_bono(fee: Fee) -> Discounted:
    """Work that is not charged, with what it would have cost on its lines.

    >>> pro_bono(hourly(Decimal(250))).share
    Decimal('1')
    """
    check_fee("fee", fee)
    return Discounted(inner=fee, share=ONE, label="pro bono")


def check_fee(name: str, fee: Fee) -> None:
    """Refuse what is no fee by the name under which it was handed in."""
    is_of(name, Fee, fee)


def _share(share: Decimal, *, per: int, metric: str, label: str) -> PerUnit:
    remedy = "use a Decimal made from text; a third is Decimal(1) with per=3"
    is_of("share", Decimal, share, remedy)
    check_number("share", share)
    fee = PerUnit(rate=share, per=per, metric=metric, label=label)
    if share > per:
        raise ValueError(
            f"share is {told(share)} per {per}, more than all of {metric}; write a"
            f" tenth as 0.10, and a third as 1 per 3"
        )
    return fee


MILLION = 1_000_000
LEHMAN = tuple(
    Tier(
        up_to=Decimal(MILLION * at) if at < 5 else None,  # noqa: PLR2004, the last
        rate=Decimal(f"0.0{6 - at}"),
    )
    for at in range(1, 6)
)
