from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import fees
from relationkit.fees import Fee, Fixed, Tier
from relationkit.pricing import quote
from relationkit.strategies import fees as any_fees
from relationkit.strategies import usages

D = Decimal
HOURLY = fees.hourly(D(250))
NO: Any = fees
"""The same functions, for arguments of other classes."""


def total(fee: Fee, **usage: Decimal | int | str) -> Decimal:
    used = {metric: D(quantity) for metric, quantity in usage.items()}
    return quote(fee, used, currency="USD").total.amount


def blended(places: int) -> Decimal:
    return fees.blended_rate({"a": D(1)}, {"a": D(1)}, places=places)


ROLES = fees.role_rates({"partner": D(400), "associate": D(220)})
ASSETS = [Tier(up_to=D(1_000_000), rate=D("0.01")), Tier(rate=D("0.005"))]
COLLAR = fees.collar(D(100), low=D(90), high=D(110), share=D("0.5"))
VALUE = fees.value_based(D("0.10"), at_least=D(2000), at_most=D(9000))
SAMPLES: list[tuple[str, Fee, dict[str, Any], str]] = [
    ("six minutes begun", fees.hourly(D(250)), {"hours": "1.21"}, "325"),
    (
        "hours as they are",
        fees.hourly(D(250), increment=None),
        {"hours": "1.21"},
        "302.50",
    ),
    ("roles", ROLES, {"partner_hours": 2, "associate_hours": "10"}, "3000"),
    (
        "time and materials",
        fees.time_and_materials(fees.hourly(D(80)), markup=D("0.15")),
        {"hours": 10, "materials": "200"},
        "1030",
    ),
    ("blended", fees.blended(D(265)), {"hours": 40}, "10600"),
    ("capped", fees.capped(fees.hourly(D(250)), D(5000)), {"hours": 40}, "5000"),
    ("minimum", fees.minimum(fees.hourly(D(250)), D(500)), {"hours": 1}, "500"),
    (
        "a retainer, its hours not used up",
        fees.retainer(D(3000), rate=D(275), included=D(10)),
        {"hours": "9.9"},
        "3000",
    ),
    (
        "a retainer, beyond its hours",
        fees.retainer(D(3000), rate=D(275), included=D(10)),
        {"hours": "10.03"},
        "3027.50",
    ),
    (
        "a third, costs first",
        fees.contingency(D(1), per=3),
        {"net_recovery": 900},
        "300",
    ),
    (
        "a third of all",
        fees.contingency(D(1), per=3, costs_first=False),
        {"recovery": 1000},
        "333.33",
    ),
    ("Lehman", fees.success(), {"deal_value": 10_000_000}, "200000"),
    ("Lehman, small", fees.success(), {"deal_value": 500_000}, "25000"),
    (
        "a success fee of one's own",
        fees.success([Tier(rate=D("0.02"))]),
        {"deal_value": 500_000},
        "10000",
    ),
    ("assets", fees.percentage_of_assets(ASSETS), {"assets": 3_000_000}, "20000"),
    (
        "assets, no less than a minimum",
        fees.percentage_of_assets(ASSETS, at_least=D(5000)),
        {"assets": 100_000},
        "5000",
    ),
    ("subscription", fees.subscription(D("9.90")), {}, "9.90"),
    (
        "membership",
        fees.membership(D(60), fees.PerUnit(rate=D(4), metric="visits")),
        {"visits": 3},
        "72",
    ),
    ("value", VALUE, {"value": 50_000}, "5000"),
    ("value, at its floor", VALUE, {"value": 50}, "2000"),
    ("value, at its cap", VALUE, {"value": 500_000}, "9000"),
    ("a collar, within", COLLAR, {"standard_fees": "109"}, "100"),
    ("a collar, saved", COLLAR, {"standard_fees": 80}, "95"),
    ("a collar, exceeded", COLLAR, {"standard_fees": 120}, "105"),
    (
        "a collar without a band",
        fees.collar(D(100), low=D(100), high=D(100), share=D("0.5")),
        {"standard_fees": 120},
        "110",
    ),
    ("held back", fees.holdback(Fixed(amount=D(1000)), D("0.2")), {}, "800"),
    (
        "held back, half released",
        fees.holdback(Fixed(amount=D(1000)), D("0.2"), released=D("0.5")),
        {},
        "900",
    ),
    ("pro bono", fees.pro_bono(fees.hourly(D(250))), {"hours": 9}, "0"),
]


class TestNamed:
    @pytest.mark.parametrize(
        ("fee", "usage", "amount"),
        [pytest.param(*rest, id=name) for name, *rest in SAMPLES],
    )
    def test_come_to_what_is_said(
        self, fee: Fee, usage: dict[str, Any], amount: str
    ) -> None:
        """Each fee comes to what those who charge it say."""
        assert total(fee, **usage) == D(amount)

    def test_show_what_is_not_charged(self) -> None:
        """Work for nothing stands on the quote with what it would have cost."""
        made = quote(fees.pro_bono(fees.hourly(D(250))), {"hours": 9}, currency="USD")

        assert [str(line) for line in made.lines] == [
            "hours: 9.0 x 250 = 2250.00",
            "pro bono: -2250.00",
        ]

    @given(any_fees(), st.sampled_from([D(0), D("0.2"), D(1)]), st.data())
    def test_release_what_is_held_back(
        self, fee: Fee, share: Decimal, data: st.DataObject
    ) -> None:
        """Released in full, nothing has been held back."""
        usage = data.draw(usages(fee))
        released = fees.holdback(fee, share, released=D(1))

        assert total(released, **usage) == total(fee, **usage)

    @given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 900))
    def test_blend_to_the_same(self, partner: int, associate: int, rate: int) -> None:
        """At the blended rate all hours cost what they did, to the last place."""
        hours = {"p": D(partner), "a": D(associate)}
        blended = fees.blended_rate(hours, {"p": D(rate), "a": D(rate + 1)}, places=9)
        apart = partner * rate + associate * (rate + 1)

        assert abs(blended * (partner + associate) - apart) < D("1e-5")

    @pytest.mark.parametrize(
        ("hours", "told"),
        [
            ({"partner": D(0)}, "^hours are none"),
            ({}, "^hours are none"),
            ({"patner": D(1)}, "^rates has none for 'patner'.*did you mean 'partner'"),
            ({"partner": D(-1)}, r"^hours\['partner'\]: .*got -1; take off"),
        ],
    )
    def test_blend_hours(self, hours: dict[str, Decimal], told: str) -> None:
        """A blended rate is of some hours, each with a rate."""
        with pytest.raises(ValueError, match=told):
            fees.blended_rate(hours, {"partner": D(400)})

    @pytest.mark.parametrize("share", [D("1.01"), D(33)])
    def test_are_shares(self, share: Decimal) -> None:
        """Nobody takes more than there is: a tenth is 0.10, and a third 1 per 3."""
        for take in (fees.contingency, fees.value_based):
            made: Any = take
            with pytest.raises(ValueError, match=r"^share is .* more than all of"):
                made(share)

    @pytest.mark.parametrize("take", [fees.contingency, fees.value_based])
    def test_are_shares_of_several(self, take: Any) -> None:  # noqa: ANN401
        """Two thirds is less than all, three thirds is all, and four thirds more."""
        assert take(D(2), per=3) != take(D(3), per=3)
        with pytest.raises(ValueError, match=r"^share is 4 per 3, more than all of"):
            take(D(4), per=3)
        with pytest.raises(
            TypeError, match=r"^share: expected a Decimal, got 0\.3.*a third is Decimal"
        ):
            take(1 / 3)

    @pytest.mark.parametrize(
        ("made", "told"),
        [
            (lambda: NO.capped(HOURLY, 5), "at_most: expected a Decimal or None"),
            (lambda: NO.capped(5, D(5)), "fee: expected a Fixed, a PerUnit,"),
            (lambda: NO.minimum(5, D(5)), "fee: expected a Fixed, a PerUnit,"),
            (lambda: NO.pro_bono(None), "fee: expected a Fixed, a PerUnit,"),
            (lambda: NO.holdback(5, D(1)), "fee: expected a Fixed, a PerUnit,"),
            (lambda: NO.holdback(HOURLY, 0.1), "share: expected a Decimal, got 0.1"),
            (lambda: NO.membership(D(1), 5), "uses: expected a Fixed, a PerUnit,"),
            (lambda: NO.time_and_materials(5), "labour: expected a Fixed, a PerUn"),
            (
                lambda: NO.time_and_materials(HOURLY, markup=0.15),
                "markup: expected a Decimal, got 0.15, a float; use Decimal('0.15')",
            ),
            (
                lambda: NO.role_rates({"partner": 400}),
                "rates['partner']: expected a Decimal, got 400, an int; use Decimal(",
            ),
            (
                lambda: NO.blended_rate({"partner": 1}, {"partner": D(400)}),
                "hours['partner']: expected a Decimal, got 1, an int; use Decimal(",
            ),
            (
                lambda: NO.collar(D(1), low=1.5, high=D(2), share=D(1)),
                "low: expected a Decimal, got 1.5, a float; use Decimal('1.5')",
            ),
        ],
        ids=[
            *(
                "cap",
                "capped",
                "minimum",
                "pro bono",
                "holdback",
                "share",
                "membership",
            ),
            *("labour", "markup", "roles", "hours", "collar"),
        ],
    )
    def test_tell_mistakes_by_their_own_names(
        self, made: Callable[[], object], told: str
    ) -> None:
        """What is of another class is told as it was handed in, with the remedy."""
        with pytest.raises(TypeError) as caught:
            made()

        assert str(caught.value).startswith(told)

    @pytest.mark.parametrize(
        ("made", "told"),
        [
            (lambda: NO.metrics(3), "fee: expected a Fixed, "),
            (lambda: NO.role_rates([D(1)]), "rates: expected a Mapping, got "),
            (lambda: NO.role_rates({"": D(1)}), "rates: expected an id"),
            (lambda: NO.role_rates({1: D(1)}), "rates: expected an id"),
            (lambda: NO.blended_rate([D(1)], {}), "hours: expected a Mapping, got "),
            (lambda: NO.blended_rate({}, [D(1)]), "rates: expected a Mapping, got "),
            (lambda: blended(-1), "places: expected a whole number from 0 to 20,"),
            (lambda: blended(21), "places: expected a whole number from 0 to 20,"),
            (lambda: NO.percentage_of_assets(D("0.01")), "tiers: expected several, "),
            (lambda: NO.percentage_of_assets([D(1)]), "tiers: expected each to be a T"),
            (lambda: NO.success(D("0.01")), "tiers: expected several, got "),
        ],
        ids=[
            *("metrics", "roles", "blank role", "no role", "hours", "rates"),
            *("places", "more places", "assets", "no tiers", "success"),
        ],
    )
    def test_refuse_what_they_cannot_use(
        self, made: Callable[[], object], told: str
    ) -> None:
        """Whatever cannot be used is told by the name of what it was given for."""
        with pytest.raises((TypeError, ValueError)) as caught:
            made()

        assert str(caught.value).startswith(told)

    @pytest.mark.parametrize("target", [D(89), D(111)])
    def test_have_a_band_around_their_target(self, target: Decimal) -> None:
        """A collar whose target is outside it is none."""
        with pytest.raises(ValueError, match=r"^target is .*, not from low, .*90"):
            fees.collar(target, low=D(90), high=D(110), share=D(1))

    def test_have_a_band_the_right_way_round(self) -> None:
        """A band that ends before it starts is told as such, and not by its target."""
        with pytest.raises(ValueError, match=r"^low is 110, above high, 90; exchange"):
            fees.collar(D(100), low=D(110), high=D(90), share=D(1))
