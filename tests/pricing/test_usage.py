from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from relationkit import fees
from relationkit.fees import Boundary, Bundle, Fee, Fixed, Graduated, Tier, Volume
from relationkit.pricing import UsageError, quote

D = Decimal
HOURS = fees.hourly(D(250))
COURT = (Tier(up_to=D(25_000_000), rate=D("0.005")),)


def problems(fee: Any, usage: Any) -> list[str]:  # noqa: ANN401
    """What is wrong with a usage."""
    with pytest.raises(UsageError) as caught:
        quote(fee, usage, currency="USD")
    return [str(problem) for problem in caught.value.problems]


class TestUsage:
    @pytest.mark.parametrize(
        ("quantity", "told"),
        [
            (D("NaN"), "got NaN (give an exact one)"),
            (D("-Infinity"), "got -Infinity (give an exact one)"),
            (D("-1"), "got -1 (take off by a discount, and credit by reversing a"),
            (D("-0.0"), "got -0.0 (write it without -)"),
            (-(10**5000), "got a number too long to show (take off by a discount"),
            (D("1e9999"), "got 1E+9999 (round it first)"),
            (10**18, "got 1000000000000000000 (round it first)"),
            (10**5000, "got a number too long to show (round it first)"),
        ],
        ids=["nan", "infinite", "one", "zero", "low", "exponent", "more", "long"],
    )
    def test_is_an_amount(self, quantity: Decimal | int, told: str) -> None:
        """What is no quantity is refused with its place, whatever its length."""
        [problem] = problems(HOURS, {"hours": quantity})

        assert problem.startswith("/usage/hours: expected a number from 0 on, of at ")
        assert told in problem
        assert len(problem) < 200

    @pytest.mark.parametrize(
        ("quantity", "remedy"),
        [
            (3.5, "use Decimal('3.5')"),
            ("1", "use Decimal('1')"),
            (True, "use Decimal('...')"),
            (None, "use Decimal('...')"),
        ],
        ids=repr,
    )
    def test_is_exact(self, quantity: Any, remedy: str) -> None:  # noqa: ANN401
        """A float is no quantity, nor a text; the remedy keeps the number."""
        with pytest.raises(TypeError) as caught:
            quote(HOURS, {"hours": quantity}, currency="USD")

        assert str(caught.value).startswith("usage['hours']: expected a Decimal or an")
        assert str(caught.value).endswith(remedy)

    @pytest.mark.parametrize("kind", [type("Own", (Decimal,), {}), int])
    def test_is_of_any_class_of_numbers(self, kind: Callable[[int], Decimal]) -> None:
        """A Decimal of a class of one's own is one."""
        made = quote(HOURS, {"hours": kind(2)}, currency="USD")

        assert str(made.total) == "500.00 USD"

    def test_is_a_mapping(self) -> None:
        """A quantity is of something."""
        nothing: Any = 12
        with pytest.raises(TypeError, match=r"^usage: .*use a dict such as"):
            quote(HOURS, nothing, currency="USD")

    def test_is_of_names(self) -> None:
        """A metric is a text, and a number is the name of none."""
        one: Any = {1: 1}
        with pytest.raises(
            TypeError, match=r"^usage: expected each to be a str, got 1"
        ):
            quote(HOURS, one, currency="USD")

    def test_is_all_priced(self) -> None:
        """All that nobody prices and all that is missing is told at once."""
        fee = Bundle(parts=(HOURS, fees.membership(D(1), Volume(tiers=(Tier(),)))))

        assert problems(fee, {"huors": 1, "x" * 40: 2}) == [
            "/usage/huors: nobody prices 'huors' (did you mean 'hours'?)",
            f"/usage/{'x' * 40}: nobody prices '{'x' * 40}' (one of: hours, quantity)",
            "/usage: 'hours' is missing (give 0 if there was none)",
            "/usage: 'quantity' is missing (give 0 if there was none)",
        ]
        assert problems(fee, {"hours": 1}) == [
            "/usage: 'quantity' is missing (give 0 if there was none)"
        ]
        assert problems(Fixed(amount=D(1)), {"hours": 1}) == [
            "/usage/hours: nobody prices 'hours' (leave it out)"
        ]

    @pytest.mark.parametrize("kind", [Graduated, Volume])
    @pytest.mark.parametrize(
        ("boundary", "most"),
        [(Boundary.INCLUSIVE, 25_000_000), (Boundary.EXCLUSIVE, 24_999_999)],
    )
    def test_is_within_the_tiers(
        self, kind: Callable[..., Fee], boundary: Boundary, most: int
    ) -> None:
        """Past a last tier that ends there is no price: a court decides."""
        fee = kind(tiers=COURT, metric="estate", boundary=boundary)

        assert quote(fee, {"estate": most}, currency="USD").lines
        [told] = problems(fee, {"estate": most + 1})
        assert told.startswith("/usage/estate: estate is ")
        assert "where the last tier ends" in told
        assert told.endswith("(agree on a fee for that, or add a tier without up_to)")
