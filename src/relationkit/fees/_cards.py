"""Cards: which fee a provider charges, and since when."""

from datetime import date
from itertools import pairwise

from attrs import field, frozen

from relationkit.errors import UnknownIdError, shown
from relationkit.fees._forms import Fee
from relationkit.fees._kinds import PricingModel
from relationkit.money import Listed
from relationkit.periods import Period
from relationkit.records import RateCardId, as_declared, is_of

__all__ = ["Rate", "RateCard"]


@frozen(kw_only=True, field_transformer=as_declared)
class Rate:
    """The fee that a provider charges under one pricing model, for a while.

    Attributes:
        model: Under which pricing model.
        fee: How it is reckoned, in the currency of the card.
        period: The days on which it is charged.
    """

    model: PricingModel
    fee: Fee
    period: Period


@frozen(kw_only=True, field_transformer=as_declared)
class RateCard:
    """What a provider charges, by pricing model and day.

    Attributes:
        id: Under which the card is on record.
        currency: In which currency, as an ISO 4217 code.
        rates: The fees; on no day two of one model.

    Raises:
        ValueError: If *currency* is not on the list, or two rates of one model are
            in effect on the same day.
    """

    id: RateCardId
    currency: str = field(validator=Listed())
    rates: tuple[Rate, ...] = field(default=())

    @rates.validator
    def _are_one_a_day(self, _: object, rates: tuple[Rate, ...]) -> None:
        ordered = sorted(rates, key=lambda rate: (rate.model, rate.period.start))
        for one, other in pairwise(ordered):
            if one.model is other.model and one.period.overlaps(other.period):
                raise ValueError(
                    f"rates has two of {one.model.value!r} on the same day, of"
                    f" {one.period} and of {other.period}; end the one where the other"
                    f" starts"
                )

    def fee(self, model: PricingModel, *, on: date) -> Fee:
        """The fee under a *model* on a day.

        >>> from decimal import Decimal
        >>> from relationkit.fees import Fixed
        >>> will = Fixed(amount=Decimal(900), label="a will")
        >>> rate = Rate(
        ...     model=PricingModel.FIXED_FEE, fee=will, period=Period(date(2026, 1, 1))
        ... )
        >>> card = RateCard(id=RateCardId("ours"), currency="GBP", rates=(rate,))
        >>> card.fee(PricingModel.FIXED_FEE, on=date(2026, 11, 22)) == will
        True
        >>> card.fee(PricingModel.HOURLY, on=date(2026, 11, 22))
        Traceback (most recent call last):
        relationkit.errors.UnknownIdError: the card 'ours' has no 'hourly' on 2026-...

        Raises:
            UnknownIdError: If the card has none for that day.
        """
        is_of("model", PricingModel, model)
        is_of("on", date, on)
        for rate in self.rates_on(on):
            if rate.model is model:
                return rate.fee
        raise UnknownIdError(
            f"the card {shown(self.id)} has no {model.value!r} on {on}"
            f" ({self._instead(model, on)})"
        )

    def has(self, model: PricingModel, *, on: date) -> bool:
        """Whether the card has a fee under a *model* on a day.

        Raises:
            TypeError: If *model* is no pricing model, such as a text, or *on* no day.
        """
        is_of("model", PricingModel, model)
        is_of("on", date, on)
        return any(rate.model is model for rate in self.rates_on(on))

    def rates_on(self, day: date) -> tuple[Rate, ...]:
        """What is charged by the card on a *day*, one rate for each model."""
        is_of("day", date, day)
        return tuple(rate for rate in self.rates if day in rate.period)

    def _instead(self, model: PricingModel, on: date) -> str:
        """What the card has of the *model*, or else on that day."""
        periods = [str(rate.period) for rate in self.rates if rate.model is model]
        if periods:
            return f"it has one of {', '.join(periods)}"
        models = sorted(rate.model.value for rate in self.rates_on(on))
        return f"it has {', '.join(models) or 'nothing'}; add a rate for it"
