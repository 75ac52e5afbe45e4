"""Money: an exact amount in one currency."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Context, Decimal, InvalidOperation, Rounded
from fractions import Fraction
from typing import Final, Never, Self, TypeVar, final

from attrs import field, frozen

from relationkit.constraints import END, SCHEMA
from relationkit.errors import RelationkitError, shown
from relationkit.figures import DIGITS, EXACT, check_bounded
from relationkit.money._codes import KNOWN, check_listed
from relationkit.money._grid import grid_of
from relationkit.money._settlement import Settlement
from relationkit.money._shares import shares
from relationkit.records import is_of

__all__ = ["CurrencyMismatchError", "Money"]

TOO_LONG: Final = 10**DIGITS
ZERO: Final = Decimal(0)
SETTLEMENT: Final = Settlement()
# Refuses all that is too long, and of what is not the longest: most need no other
# look.  Its finest digit stands as far after the point as its precision lets it.
as_it_is: Final = Context(
    prec=DIGITS + 1, Emin=0, Emax=DIGITS - 1, traps=[InvalidOperation, Rounded]
).plus


class CurrencyMismatchError(RelationkitError, ValueError):
    """Amounts of different currencies were added or compared."""


def _factor(factor: int | Decimal) -> Decimal:
    if isinstance(factor, int) and abs(factor) >= TOO_LONG:  # slow to convert
        raise ValueError(
            f"factor is {shown(factor)}, of more than {DIGITS} digits; multiply by less"
        )
    number = Decimal(factor)
    check_bounded("factor", number)
    return number


@final
@frozen(order=False, weakref_slot=False)
class Money:
    """An exact amount in one currency.

    Amounts of one currency add, subtract, compare and sort; multiplied, they
    take an int or a Decimal, never a float.  None of these rounds: one whose
    result would be longer than an amount may be raises ValueError.

    >>> from decimal import Decimal
    >>> fee = Money(Decimal("10.50"), "USD")
    >>> print(fee * 3 - fee)
    21.00 USD
    >>> fee == Money(Decimal("10.5"), "USD")
    True
    >>> fee < Money(Decimal(11), "USD")
    True
    >>> Money(Decimal(0), "USD") == Money(Decimal(0), "EUR")
    False

    Nothing owed and nothing known are different things, so an amount is
    neither true nor false: ask ``money.amount == 0``, or ``money is None``.

    Attributes:
        amount: How much, in major units (dollars, not cents), and as finely as
            need be; negative if owed the other way round, never negative zero.
            At most 40 digits before the point and 40 after it.
        currency: In which currency: a code of the ISO 4217 list, such as
            ``USD``.

    Raises:
        TypeError: If *amount* is not a Decimal or *currency* not a str, each of
            exactly that class.
        ValueError: If *amount* is not finite, is negative zero, or has too many
            digits, or if *currency* is not on the list.
    """

    amount: Decimal = field(metadata={SCHEMA: {"not": {"pattern": f"^-[0.]*{END}"}}})
    currency: str = field(metadata={SCHEMA: {"enum": sorted(KNOWN)}})

    @amount.validator
    def _is_exact(self, _: object, amount: Decimal) -> None:
        _check_amount(amount)

    @currency.validator
    def _is_listed(self, _: object, currency: str) -> None:
        check_listed("currency", currency)

    # Validators tell what is wrong with each field by itself; this refuses the
    # same, and asks the plain questions first, as money is made all the time.
    def __init__(self, amount: Decimal, currency: str) -> None:
        if type(amount) is not Decimal:
            _check_amount(amount)
        try:
            as_it_is(amount)
        except (InvalidOperation, Rounded):
            _check_amount(amount)
        if not amount or not amount.is_finite():
            _check_amount(amount)
        if type(currency) is not str or currency not in KNOWN:
            check_listed("currency", currency)
        put_amount(self, amount)
        put_currency(self, currency)

    @classmethod
    def sum(cls, amounts: Iterable[Self], currency: str) -> Self:
        """All *amounts* together; zero if there are none.

        The builtin ``sum`` cannot know in which currency nothing is.

        >>> from decimal import Decimal
        >>> print(Money.sum([Money(Decimal("0.10"), "USD")] * 3, "USD"))
        0.30 USD

        Raises:
            CurrencyMismatchError: If one of them is not in *currency*.
        """
        total = cls(ZERO, currency)
        added = ZERO
        is_of("amounts", Iterable, amounts, "put it in brackets")
        for money in amounts:
            if not isinstance(money, Money):
                kind = type(money).__name__
                raise TypeError(f"amounts has {shown(money)} ({kind}); give Money")
            added = EXACT.add(added, total._beside(money))
        return cls(added, currency)

    def settle(self, settlement: Settlement = SETTLEMENT) -> Self:
        """This amount as it can be paid: rounded, as *settlement* says.

        It has the digits of the currency's minor unit, and settled again it stays.

        >>> share = Money(Decimal("10.125"), "USD")
        >>> print(share.settle())
        10.12 USD
        >>> from relationkit.money import Rounding
        >>> print(share.settle(Settlement(mode=Rounding.HALF_UP)))
        10.13 USD

        Raises:
            ValueError: If the currency has no minor unit, as gold has none, and
                *settlement* gives it none; or if the result is too long.
        """
        is_of("settlement", Settlement, settlement)
        grid = grid_of(settlement, self.currency)
        return self._of(grid.rounded(self.amount))

    def allocate(self, weights: Sequence[int | Decimal]) -> tuple[Self, ...]:
        """This amount in parts, as the *weights* are, which add up to it exactly.

        Parts are whole minor units, or if the amount is finer than those, or there
        are none, as fine as the amount.  Each is less than one such unit from its
        ideal share; what is left over goes to those that lost the most, of equals
        to the first.  No weight gets nothing, and what is owed the other way round
        is parted alike.

        >>> [str(part) for part in Money(Decimal(10), "USD").allocate([1, 1, 0, 1])]
        ['3.34 USD', '3.33 USD', '0.00 USD', '3.33 USD']

        Raises:
            TypeError: If *weights* have no order or length, as those of a set or a
                generator, or one is neither an int nor a Decimal.
            ValueError: If a weight is negative, not finite or too long, or none is
                above 0.
        """
        if type(weights) not in (list, tuple):
            is_of("weights", Sequence, weights, "use a list, such as [1, 2]")
        parts = shares(self.amount, KNOWN[self.currency], weights)
        return tuple([_made(part, self) for part in parts])

    def ratio(self, other: Self) -> Fraction:
        """How many times *other* this is, exactly, as no Decimal could always say.

        >>> Money(Decimal(1), "USD").ratio(Money(Decimal("0.30"), "USD"))
        Fraction(10, 3)

        Raises:
            CurrencyMismatchError: If *other* is in another currency.
            ZeroDivisionError: If *other* is nothing.
        """
        is_of("other", Money, other)
        divisor = self._beside(other)
        if not divisor:
            raise ZeroDivisionError(
                f"other is {other}, of which nothing is a multiple; ask for its"
                f" amount first"
            )
        return Fraction(self.amount) / Fraction(divisor)

    def _of(self, amount: Decimal) -> Self:
        """Money of an *amount* that was reckoned from amounts that were checked.

        It is no finer than they are, nor -0, so that only its length is new.
        """
        if amount.adjusted() >= DIGITS:
            check_bounded("amount", amount)
        return _made(amount, self)

    def _beside(self, other: Self) -> Decimal:
        """The amount of *other*, which must be in the same currency."""
        if other.currency != self.currency:
            raise CurrencyMismatchError(
                f"currency is {other.currency} beside {self.currency}; "
                f"convert {other} into {self.currency} first"
            )
        return other.amount

    def __add__(self, other: Self) -> Self:
        if not isinstance(other, Money):
            _refuse_number(other, self)
            return NotImplemented
        amount = EXACT.add(self.amount, self._beside(other))
        return self._of(amount)

    def __radd__(self, other: Never) -> Self:
        _refuse_number(other, self)
        return NotImplemented

    def __sub__(self, other: Self) -> Self:
        if not isinstance(other, Money):
            _refuse_number(other, self)
            return NotImplemented
        amount = EXACT.subtract(self.amount, self._beside(other))
        return self._of(amount)

    def __neg__(self) -> Self:
        return self._of(EXACT.minus(self.amount))

    def __mul__(self, factor: int | Decimal) -> Self:
        if type(factor) not in (int, Decimal):  # True is an int, but no factor
            if isinstance(factor, (float, bool)):
                is_of("factor", Decimal | int, factor)
            return NotImplemented
        product = EXACT.multiply(self.amount, _factor(factor))
        return type(self)(EXACT.plus(product), self.currency)  # plus makes -0 be 0

    __rmul__ = __mul__

    def __lt__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._beside(other)

    def __le__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount <= self._beside(other)

    def __gt__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount > self._beside(other)

    def __ge__(self, other: Self) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount >= self._beside(other)

    def __bool__(self) -> bool:
        raise TypeError(
            f"money is {self}, neither true nor false; "
            "compare its amount with 0, or the whole with None"
        )

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


def _refuse_number(other: object, money: Money) -> None:
    """A bare number has no currency; of other classes, theirs may know what to do."""
    if isinstance(other, (int, float, Decimal)):
        code = money.currency
        remedy = f"give it a currency, or add several by Money.sum(..., {code!r})"
        is_of("other", Money, other, remedy)


M = TypeVar("M", bound=Money)
new: Final = object.__new__
put_amount: Final[Callable[[Money, Decimal], None]] = vars(Money)["amount"].__set__
put_currency: Final[Callable[[Money, str], None]] = vars(Money)["currency"].__set__


def _made(amount: Decimal, beside: M) -> M:
    """Money in the currency of what it is *beside*, without the checks."""
    money = new(type(beside))
    put_amount(money, amount)
    put_currency(money, beside.currency)
    return money


def _check_amount(amount: object) -> None:
    """Refuse what is no amount: of another class, not a number, too long, odd zero."""
    is_of("amount", Decimal, amount)
    if type(amount) is not Decimal:
        kind = type(amount).__name__
        raise TypeError(
            f"amount is {shown(amount)}, of the class {kind}; use Decimal(amount)"
        )
    check_bounded("amount", amount)
    if amount.is_zero() and amount.is_signed():
        raise ValueError(f"amount is {amount}, negative zero; write it without -")
