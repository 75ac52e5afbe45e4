from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.errors import UnknownIdError
from relationkit.fees import Fixed, PricingModel, Rate, RateCard
from relationkit.periods import Period
from relationkit.records import RateCardId
from relationkit.strategies import rate_cards

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def rate(amount: int, period: Period = YEAR, model: str = "hourly") -> Rate:
    fee = Fixed(amount=Decimal(amount))
    return Rate(model=PricingModel(model), fee=fee, period=period)


def card_of(*rates: Rate) -> RateCard:
    return RateCard(id=RateCardId("ours"), currency="USD", rates=rates)


class TestRateCard:
    @given(rate_cards(), st.sampled_from(PricingModel), st.integers(0, 1500))
    def test_has_one_fee_a_day(
        self, card: RateCard, model: PricingModel, days: int
    ) -> None:
        """On each day a model has the fee in effect, or none."""
        on = date(2024, 6, 1) + timedelta(days)
        found = [r.fee for r in card.rates if r.model is model and on in r.period]

        if found:
            assert [card.fee(model, on=on)] == found
        else:
            with pytest.raises(UnknownIdError, match=f"no '{model.value}' on {on}"):
                card.fee(model, on=on)

    @given(rate_cards(), st.integers(0, 1500))
    def test_says_what_it_charges_on_a_day(self, card: RateCard, days: int) -> None:
        """The rates in effect, and which models it has a fee for."""
        on = date(2024, 6, 1) + timedelta(days)
        charged = card.rates_on(on)

        assert charged == tuple(r for r in card.rates if on in r.period)
        for model in PricingModel:
            assert card.has(model, on=on) == any(r.model is model for r in charged)

    def test_is_asked_for_models_and_days(self) -> None:
        """The text of a model is none, and would be had on no day."""
        card = card_of(rate(10))

        with pytest.raises(TypeError, match=r"^model: .*use PricingModel\.HOURLY"):
            card.has("hourly", on=date(2026, 1, 1))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"^on: expected a day"):
            card.has(PricingModel.HOURLY, on="2026-01-01")  # type: ignore[arg-type]

    def test_changes_with_the_day(self) -> None:
        """A rise takes effect on its day, and the fee before it stays on record."""
        later = Period(date(2027, 1, 1))
        card = card_of(rate(20, later), rate(10))

        assert card.fee(PricingModel.HOURLY, on=date(2026, 12, 31)) == rate(10).fee
        assert card.fee(PricingModel.HOURLY, on=date(2027, 1, 1)) == rate(20).fee

    def test_refuses_two_at_once(self) -> None:
        """Two fees of one model on one day are none."""
        overlapping = rate(20, Period(date(2026, 12, 31)))
        other = rate(20, YEAR, "capped")

        with pytest.raises(ValueError, match=r"^rates has two of 'hourly' on the same"):
            card_of(rate(10), other, overlapping)
        with pytest.raises(ValueError, match=r"^rates has two of 'hourly' on the same"):
            card_of(rate(10), rate(20, Period(date(2030, 1, 1))), rate(30))
        assert card_of(rate(10), other).rates

    def test_says_what_it_has(self) -> None:
        """Of the model on other days, or else of other models on that day."""
        card = card_of(rate(10), rate(9, YEAR, "capped"))
        day = date(2026, 11, 22)

        for model, on, told in (
            ("hourly", date(2028, 1, 1), "it has one of 2026-01-01 to 2027-01-01"),
            ("retainer", day, "it has capped, hourly; add"),
            ("retainer", date(2028, 1, 1), "it has nothing; add"),
        ):
            with pytest.raises(UnknownIdError, match=told):
                card.fee(PricingModel(model), on=on)

    def test_is_in_a_currency(self) -> None:
        """A misspelt currency is refused."""
        with pytest.raises(ValueError, match="did you mean 'USD'"):
            RateCard(id=RateCardId("ours"), currency="usd")
