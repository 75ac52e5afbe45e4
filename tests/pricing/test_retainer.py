from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import codec
from relationkit.money import CurrencyMismatchError, Money
from relationkit.pricing import Draw, Retainer, draw
from relationkit.strategies import draws, retainers

NOTHING = Money(Decimal(0), "USD")
sums = st.integers(0, 10**6).map(lambda cents: Money(Decimal(cents), "USD"))


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


class TestDraw:
    @given(sums, sums)
    def test_pays_the_bill(self, held: Money, bill: Money) -> None:
        """What is paid and what is due are the bill; nothing is lost."""
        drawn = draw(Retainer(held=held), bill)

        assert drawn.paid + drawn.due == bill
        assert drawn.paid + drawn.retainer.held == held

    @given(sums, sums)
    def test_takes_all_or_enough(self, held: Money, bill: Money) -> None:
        """Something is due only once nothing is held."""
        drawn = draw(Retainer(held=held), bill)

        assert NOTHING in {drawn.due, drawn.retainer.held}
        assert drawn.retainer.held >= NOTHING

    @given(sums, sums, sums, sums)
    def test_asks_for_what_is_missing(
        self, held: Money, bill: Money, one: Money, other: Money
    ) -> None:
        """An evergreen retainer is filled up exactly when too little is left."""
        threshold, target = sorted([one, other])
        drawn = draw(Retainer(held=held, threshold=threshold, target=target), bill)
        filled = drawn.retainer.deposited(drawn.replenish)

        assert (drawn.replenish > NOTHING) <= (drawn.retainer.held < threshold)
        assert filled.held >= threshold
        assert filled.replenish == NOTHING

    @pytest.mark.parametrize(
        ("held", "bill", "drawn"),
        [
            ("2000", "500", "500 0 0"),
            ("2000", "1000", "1000 0 0"),
            ("2000", "1000.01", "1000.01 0.00 2000.01"),
            ("2000", "2500", "2000 500 3000"),
            ("0", "0", "0 0 3000"),
        ],
    )
    def test_examples(self, held: str, bill: str, drawn: str) -> None:
        """Of 1000 to be left, one cent less asks for all up to 3000."""
        account = Retainer(held=usd(held), threshold=usd("1000"), target=usd("3000"))
        got = draw(account, usd(bill))

        asked = (got.paid, got.due, got.replenish)
        assert " ".join(str(money.amount) for money in asked) == drawn

    @given(draws())
    def test_leaves_what_it_says(self, drawn: Draw) -> None:
        """No account is overdrawn, and nobody is asked for more than the target."""
        account = drawn.retainer
        nothing = Money(Decimal(0), drawn.paid.currency)

        assert min(drawn.paid, drawn.due, account.held, drawn.replenish) >= nothing
        filled = account.deposited(drawn.replenish)
        assert filled.replenish == nothing
        if account.target is not None and drawn.replenish != nothing:
            assert filled.held == account.target

    @given(retainers(), st.integers(0, 10**6), st.integers(0, 10**6))
    def test_takes_bills_one_by_one_or_at_once(
        self, account: Retainer, one: int, other: int
    ) -> None:
        """Two bills take what both together do."""
        currency = account.held.currency
        first, second = (Money(Decimal(a), currency) for a in (one, other))
        before = draw(account, first)
        after = draw(before.retainer, second)
        whole = draw(account, first + second)

        assert after.retainer == whole.retainer
        assert (before.paid + after.paid, before.due + after.due) == (
            whole.paid,
            whole.due,
        )

    def test_never_asks_unless_agreed(self) -> None:
        """A retainer that is not evergreen runs out."""
        assert draw(Retainer(held=usd("5")), usd("9")).replenish == NOTHING

    def test_refuses_other_money(self) -> None:
        """A bill is in the currency of the account, and not below 0."""
        account = Retainer(held=usd("5"))

        with pytest.raises(CurrencyMismatchError) as caught:
            draw(account, Money(Decimal(1), "EUR"))
        assert str(caught.value) == (
            "bill is 1 EUR, and the account is in USD; keep an account for each"
            " currency"
        )
        with pytest.raises(ValueError, match="bill is -1 USD, below 0"):
            draw(account, usd("-1"))
        with pytest.raises(TypeError, match="bill: expected a Money"):
            draw(account, Decimal(1))  # type: ignore[arg-type]


class TestRetainer:
    def test_fits_together(self) -> None:
        """What is held is no debt; both marks are given, in one order and currency."""
        with pytest.raises(ValueError, match="held is -1 USD, below 0"):
            Retainer(held=usd("-1"))
        with pytest.raises(ValueError, match="threshold is -1 USD, below 0"):
            Retainer(held=usd("1"), threshold=usd("-1"), target=usd("1"))
        with pytest.raises(ValueError, match="give both, or neither"):
            Retainer(held=usd("1"), threshold=usd("1"))
        with pytest.raises(ValueError, match="target is 1 USD, less than the thresh"):
            Retainer(held=usd("1"), threshold=usd("2"), target=usd("1"))
        euro = Money(Decimal(1), "EUR")
        with pytest.raises(CurrencyMismatchError, match="threshold is 1 EUR, and the"):
            Retainer(held=usd("1"), threshold=euro, target=euro)
        with pytest.raises(CurrencyMismatchError, match="target is 1 EUR, and the acc"):
            Retainer(held=usd("1"), threshold=usd("1"), target=euro)

    def test_takes_deposits(self) -> None:
        """What is paid in is held; nothing is taken out that way."""
        assert Retainer(held=usd("1")).deposited(usd("2")).held == usd("3")
        with pytest.raises(ValueError, match="money is -2 USD, below 0"):
            Retainer(held=usd("5")).deposited(usd("-2"))
        with pytest.raises(CurrencyMismatchError, match="money is 2 EUR, and the acc"):
            Retainer(held=usd("5")).deposited(Money(Decimal(2), "EUR"))

    def test_reads_from_documents(self) -> None:
        """An account may be kept in a file."""
        money = {"amount": "10.50", "currency": "USD"}
        account = codec.load({"held": money}, Retainer)

        assert account == Retainer(held=usd("10.50"))
