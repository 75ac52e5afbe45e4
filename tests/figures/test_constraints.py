"""What numbers may be: said once, and the same to documents."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relationkit import codec
from relationkit.constraints import Constraint, ConstraintError
from relationkit.errors import DecodeError
from relationkit.figures import (
    AboveNone,
    Number,
    Share,
    check_number,
    check_share,
    fits,
)

KINDS = [Number(), AboveNone(), Share()]
written = st.from_regex(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", fullmatch=True) | st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "-", "0", "0" * 22, "1", "9" * 18, "9" * 19]),
    st.sampled_from(["0", "1", "9" * 17, "9" * 18]),
    st.sampled_from(["", ".0", ".1", ".05", "." + "0" * 21, "." + "0" * 19 + "1"]),
)


def allows(constraint: Constraint, text: str) -> bool:
    """What the schema of a constraint says of a text."""
    told: Any = constraint.schema()
    found = re.search(told["pattern"].replace("$", r"\Z"), text)
    refused = "not" in told and re.search(told["not"]["pattern"], text)
    return bool(found) and not refused


class TestNumbers:
    @pytest.mark.parametrize("kind", KINDS, ids=repr)
    @given(text=written)
    @example("0" * 40)
    @example("0." + "0" * 40)
    @example("1." + "0" * 20)
    @example("1." + "0" * 21)
    @example("0" * 39 + "1")
    def test_are_the_same_to_documents(self, kind: Constraint, text: str) -> None:
        """A text that documents may hold is allowed just where its number is."""
        try:
            number = codec.load(text, Decimal)
        except DecodeError:
            return
        assert allows(kind, text) == kind.holds(number)

    @given(st.decimals())
    def test_are_from_nothing_on(self, number: Decimal) -> None:
        """Neither negative, nor endless, nor unknown, nor long."""
        is_one = number.is_finite() and not number.is_signed()
        long = is_one and number and not 1 <= number.adjusted() + 1 <= 18

        if not long and is_one and len(number.as_tuple().digits) <= 18:
            exponent = number.as_tuple().exponent
            assert Number().holds(number) == (int(exponent) >= -20)
        if not is_one:
            assert not Number().holds(number)

    @pytest.mark.parametrize("value", [1, "1", None, 1.0, True], ids=repr)
    def test_are_decimals(self, value: Any) -> None:  # noqa: ANN401
        """What is none is told by its class, before it is asked anything."""
        assert not any(kind.holds(value) for kind in KINDS)
        for check in (check_number, check_share):
            with pytest.raises(TypeError, match=r"^x: expected a Decimal, got"):
                check("x", value)

    @pytest.mark.parametrize(
        ("kind", "value", "told"),
        [
            (Number(), "-1", "got -1; take off by a discount, and credit by reversing"),
            (Number(), "-0", "got -0; write it without -"),
            (Number(), "NaN", "got NaN; give an exact one"),
            (Number(), "1e18", "got 1E+18; round it first"),
            (AboveNone(), "0.0", "got 0.0; give more"),
            (AboveNone(), "-0", "got -0; write it without -"),
            (AboveNone(), "sNaN", "got sNaN; give an exact one"),
            (Share(), "10", "got 10; write a tenth as 0.10"),
            (Share(), "1." + "0" * 19 + "1", "; write a tenth as 0.10"),
            (Share(), "-1", "got -1; take off"),
            (Share(), "1e18", "got 1E+18; round it first"),
        ],
    )
    def test_come_with_a_remedy(self, kind: Number, value: str, told: str) -> None:
        """The remedy is for what is wrong with that number."""
        with pytest.raises(ConstraintError) as caught:
            kind.refuse(None, "rate", Decimal(value))

        assert str(caught.value).startswith(f"rate: expected {kind.wanted}, got ")
        assert told in str(caught.value)

    @given(st.integers(-60, 60), st.integers(1, 50))
    def test_fit_within_forty_digits(self, exponent: int, length: int) -> None:
        """Forty digits before the point and forty after it are the most there are."""
        number = Decimal(f"{'9' * length}E{exponent}")

        assert fits(number) == (length + exponent <= 40 and exponent >= -40)
        assert not fits(Decimal("NaN"))
