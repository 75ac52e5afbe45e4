from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from relationkit import codec
from relationkit.errors import DecodeError
from relationkit.fees import (
    Bounded,
    Bundle,
    Discounted,
    Fee,
    Fixed,
    Graduated,
    Increment,
    PerUnit,
    Tier,
    Volume,
    metrics,
)
from relationkit.strategies import fees

D = Decimal
LONG = "; round it first"
NUMBERS = [
    pytest.param(D(text), told, id=text[:8])
    for told, *texts in (
        ("got (s?NaN|Infinity); give an exact one", "NaN", "sNaN", "Infinity"),
        ("got -1; take off by a discount, and credit by reversing a quote", "-1"),
        ("got -0; write it without -", "-0"),
        (LONG, "1e9999", "1e-9999", "1e18", "9" * 5000),
    )
    for text in texts
]
FIELDS = [
    pytest.param(form, name, id=f"{type(form).__name__}.{name}")
    for form, *names in (
        (Fixed(amount=D(1)), "amount"),
        (PerUnit(rate=D(1)), "rate", "included"),
        (Tier(), "up_to", "rate", "flat"),
        (Increment(size=D(1)), "size"),
        (Bounded(inner=Fixed(amount=D(1))), "at_least", "at_most"),
        (Discounted(inner=Fixed(amount=D(1)), share=D(0)), "share"),
    )
    for name in names
]


def written(fee: object) -> Any:  # noqa: ANN401
    """The document that says a fee."""
    if isinstance(fee, tuple):
        return [written(one) for one in fee]
    if hasattr(fee, "__attrs_attrs__"):
        told = {a.name: written(getattr(fee, a.name)) for a in fee.__attrs_attrs__}
        told = {name: value for name, value in told.items() if value is not None}
        if not isinstance(fee, Increment | Tier):
            name = type(fee).__name__.lower()
            told["type"] = "per_unit" if isinstance(fee, PerUnit) else name
        return told
    if isinstance(fee, StrEnum):
        return fee.value
    return f"{fee:f}" if isinstance(fee, Decimal) else fee


class TestNumbers:
    @pytest.mark.parametrize(("form", "name"), FIELDS)
    @pytest.mark.parametrize(("number", "told"), NUMBERS)
    def test_can_be_reckoned_with(
        self,
        form: Any,  # noqa: ANN401
        name: str,
        number: Decimal,
        told: str,
    ) -> None:
        """What is no number, negative or too long is refused by its field."""
        with pytest.raises(ValueError, match=f"^{name}: expected .*{told}$") as caught:
            evolve(form, **{name: number})

        assert len(str(caught.value)) < 200

    @pytest.mark.parametrize(("form", "name"), FIELDS)
    @pytest.mark.parametrize("number", [1, 1.5, "1", True], ids=repr)
    def test_are_decimals(self, form: Any, name: str, number: object) -> None:  # noqa: ANN401
        """A float is never money, and a text is not yet a number."""
        with pytest.raises(TypeError, match=f"^{name}: expected a Decimal"):
            evolve(form, **{name: number})

    @pytest.mark.parametrize(("kind", "name"), [(Tier, "up_to"), (Increment, "size")])
    def test_lead_somewhere(self, kind: Any, name: str) -> None:  # noqa: ANN401
        """A tier or a increment of nothing is none."""
        with pytest.raises(ValueError, match=f"^{name}: .*above 0, .*got 0; give"):
            kind(**{name: D(0)})

    def test_share_what_there_is(self) -> None:
        """Nobody takes off more than all of it; ten percent is 0.10."""
        with pytest.raises(ValueError, match=r"^share: .* 0 to 1, .*got 10; write"):
            Discounted(inner=Fixed(amount=D(1)), share=D(10))

    @pytest.mark.parametrize(
        "per", [0, -1, 10**9 + 1, pytest.param(10**5000, id="huge")]
    )
    def test_divide(self, per: int) -> None:
        """A rate is for one unit or more, and not for too many to reckon with."""
        with pytest.raises(
            ValueError, match=r"^per: .*whole number from 1 to 10+, got"
        ):
            PerUnit(rate=D(1), per=per)


class TestTiers:
    @pytest.mark.parametrize("kind", [Graduated, Volume])
    @pytest.mark.parametrize(
        ("bounds", "told"),
        [
            ([], "^tiers: expected one or more, 1000 at most, got none; give one"),
            ([10, 5], r"^tiers\[1\].up_to is .*5.*not above that of tiers\[0\]"),
            ([5, 10, 10], r"^tiers\[2\].up_to is .*10.*not above that of tiers\[1\]"),
            ([5, None, 10], r"^tiers\[1\] is open, and not the last"),
            ([None, None], r"^tiers\[0\] is open, and not the last"),
            (range(1, 1002), "^tiers: .* 1000 at most, got 1001; leave some out$"),
        ],
    )
    def test_ascend(self, kind: Any, bounds: list[int | None], told: str) -> None:  # noqa: ANN401
        """There is a tier, each ends above the last, and only the last is open."""
        tiers = tuple(Tier(up_to=None if b is None else D(b)) for b in bounds)

        with pytest.raises(ValueError, match=told):
            kind(tiers=tiers)

    def test_keep_their_order(self) -> None:
        """Tiers stand as given: 9 before 10, whatever a text would do."""
        tiers = (Tier(up_to=D(9)), Tier(up_to=D(10)), Tier())

        assert Graduated(tiers=tiers).tiers == tiers


class TestCombinators:
    def test_are_of_fees(self) -> None:
        """What is no fee is refused by its field."""
        strange: Any = "hourly"
        with pytest.raises(TypeError, match=r"^parts: expected each to be a Fixed"):
            Bundle(parts=(strange,))
        with pytest.raises(TypeError, match=r"^parts: expected a tuple, got list"):
            Bundle(parts=[Fixed(amount=D(1))])  # type: ignore[arg-type]
        for kind in (Bounded, Discounted):
            made: Any = kind
            with pytest.raises(TypeError, match=r"^inner: expected a Fixed"):
                made(inner=strange, share=D(0)) if kind is Discounted else made(
                    inner=strange
                )

    def test_have_parts(self) -> None:
        """A bundle of nothing is no fee."""
        with pytest.raises(
            ValueError, match=r"^parts: .*one or more, .*got none; give"
        ):
            Bundle(parts=())

    def test_keep_their_order(self) -> None:
        """Parts stand as given, as their lines will."""
        parts = (PerUnit(rate=D(1)), Fixed(amount=D(2)), Fixed(amount=D(1)))

        assert Bundle(parts=parts).parts == parts

    def test_have_a_cap_above_their_minimum(self) -> None:
        """A cap below the minimum is refused, and one at it is a fixed fee."""
        fee = Fixed(amount=D(1))
        with pytest.raises(
            ValueError, match=r"^at_most is .*9.*, below at_least, .*10"
        ):
            Bounded(inner=fee, at_least=D(10), at_most=D(9))

        assert Bounded(inner=fee, at_least=D(10), at_most=D(10)).at_most == 10

    def test_nest_so_deep(self) -> None:
        """What nests too deep is refused before anyone recurses into it."""
        fee: Fee = Fixed(amount=D(1))
        for _ in range(15):
            fee = Bundle(parts=(fee,))

        with pytest.raises(ValueError, match=r"^inner: nested too deep"):
            Bounded(inner=fee)

    def test_are_so_large(self) -> None:
        """What doubles at each level is refused while it can still be counted."""
        fee: Fee = Graduated(tiers=tuple(Tier(up_to=D(n)) for n in range(1, 101)))
        for _ in range(3):
            fee = Bundle(parts=(fee, fee))

        with pytest.raises(ValueError, match=r"^parts: too large"):
            Bundle(parts=(fee, fee))
        one = Fixed(amount=D(1))
        most = Bundle(parts=(one,) * 999)
        assert Bundle(parts=(most,)).parts == (most,)
        with pytest.raises(ValueError, match=r"^parts: too large"):
            Bundle(parts=(most, one))

    @given(fees())
    def test_name_their_metrics(self, fee: Fee) -> None:
        """Metrics are those of all leaves, and a fixed fee has none."""
        told = repr(fee)

        assert metrics(fee) == {m for m in ("hours", "seats") if f"'{m}'" in told}


class TestDocuments:
    @given(fees())
    def test_say_every_fee(self, fee: Fee) -> None:
        """What a fee is written as is read as that fee, in the same order."""
        assert codec.load(written(fee), Fee) == fee

    def test_are_read_with_all_their_problems(self) -> None:
        """Each problem has its place, however deep."""
        part = {"type": "graduated", "tiers": [{"up_to": "9"}, {"up_to": "5"}]}
        document = {
            "type": "bounded",
            "at_least": "2",
            "at_most": "1",
            "inner": {"type": "bundle", "parts": [part, {"type": "fixd"}]},
        }
        with pytest.raises(DecodeError) as caught:
            codec.load(document, Fee)

        assert [problem.pointer for problem in caught.value.problems] == [
            "/inner/parts/0/tiers",
            "/inner/parts/1/type",
            "/at_most",
        ]
