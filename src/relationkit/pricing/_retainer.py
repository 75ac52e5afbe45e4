"""Retainer: money held on account, and what a bill takes from it."""

from decimal import Decimal
from typing import Self

from attrs import Attribute, evolve, field, frozen

from relationkit.money import CurrencyMismatchError, Money
from relationkit.records import as_declared, is_of

__all__ = ["Draw", "Retainer", "draw"]


def _is_no_debt(_: object, field: "Attribute[Money]", money: Money | None) -> None:
    """What is held cannot be less than nothing."""
    if money is not None:
        _refuse_below_zero(field.name, money)


@frozen(kw_only=True, field_transformer=as_declared)
class Retainer:
    """Money of a client, held on account until bills take it.

    It is not a fee, and the client's own until then.  If it is evergreen, the client
    fills it up again whenever too little is left.

    Attributes:
        held: How much is on the account; never below 0.
        threshold: Below this the client is to fill it up; None if never.
        target: Up to this; None together with *threshold*.

    Raises:
        CurrencyMismatchError: If these are of several currencies.
        ValueError: If one is below 0, only one of *threshold* and *target* is given,
            or *target* is less than *threshold*.
    """

    held: Money = field(validator=_is_no_debt)
    threshold: Money | None = field(default=None, validator=_is_no_debt)
    target: Money | None = field(default=None, validator=_is_no_debt)

    @target.validator
    def _reaches_the_threshold(self, _: object, target: Money | None) -> None:
        threshold = self.threshold
        if (threshold is None) != (target is None):
            raise ValueError("threshold and target go together; give both, or neither")
        if threshold is not None and target is not None:
            _refuse_another("threshold", threshold, self.held)
            _refuse_another("target", target, self.held)
            if target < threshold:
                raise ValueError(
                    f"target is {target}, less than the threshold of {threshold}; fill"
                    f" up to it or more"
                )

    def deposited(self, money: Money) -> Self:
        """The same with *money* more on the account.

        Raises:
            CurrencyMismatchError: If *money* is in another currency.
            ValueError: If *money* is below 0.
        """
        _refuse_below_zero("money", money)
        _refuse_another("money", money, self.held)
        return evolve(self, held=self.held + money)

    @property
    def replenish(self) -> Money:
        """What the client is to pay in now; 0 if enough is left."""
        if self.threshold is None or self.target is None or self.held >= self.threshold:
            return Money(Decimal(0), self.held.currency)
        return self.target - self.held


@frozen(kw_only=True, field_transformer=as_declared)
class Draw:
    """What a bill took from a retainer.

    Attributes:
        paid: What the account paid.
        due: What is left of the bill for the client to pay.
        retainer: The account after it.
    """

    paid: Money
    due: Money
    retainer: Retainer

    @property
    def replenish(self) -> Money:
        """What the client is to pay in, apart from what is *due*."""
        return self.retainer.replenish


def draw(retainer: Retainer, bill: Money) -> Draw:
    """What a *bill* takes from a *retainer*: all that is held, and no more than that.

    >>> usd = lambda amount: Money(Decimal(amount), "USD")
    >>> account = Retainer(held=usd(2000), threshold=usd(1000), target=usd(3000))
    >>> drawn = draw(account, usd(1250))
    >>> str(drawn.paid), str(drawn.due), str(drawn.replenish)
    ('1250 USD', '0 USD', '2250 USD')

    Raises:
        CurrencyMismatchError: If the *bill* is in another currency.
        ValueError: If the *bill* is below 0.
    """
    is_of("retainer", Retainer, retainer)
    _refuse_below_zero("bill", bill)
    _refuse_another("bill", bill, retainer.held)
    paid = min(retainer.held, bill)
    left = evolve(retainer, held=retainer.held - paid)
    return Draw(paid=paid, due=bill - paid, retainer=left)


def _refuse_another(name: str, money: Money, held: Money) -> None:
    """Refuse what is not in the currency of the account: its money is the client's."""
    if money.currency != held.currency:
        raise CurrencyMismatchError(
            f"{name} is {money}, and the account is in {held.currency}; keep an account"
            f" for each currency"
        )


def _refuse_below_zero(name: str, money: Money) -> None:
    is_of(name, Money, money)
    if money.amount < 0:
        raise ValueError(
            f"{name} is {money}, below 0; give 0 or more, as a credit is deposited"
        )
