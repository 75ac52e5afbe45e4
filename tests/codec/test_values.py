"""What is stored beside records: calendars, promises, fees, events, quotes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from relationkit import codec
from relationkit.calendars import BusinessCalendar
from relationkit.codec import Format
from relationkit.errors import DecodeError
from relationkit.fees import (
    Bounded,
    Bundle,
    Discounted,
    Fee,
    Fixed,
    Graduated,
    PerUnit,
    RateCard,
    Volume,
)
from relationkit.money import Money, Settlement
from relationkit.pricing import Quote, Retainer
from relationkit.sla import Attainment, CreditTerms, Event, Pause, Settled
from relationkit.targets import Goal

KINDS = [
    *(BusinessCalendar, Goal, RateCard, Settlement),
    *(Fixed, PerUnit, Graduated, Volume, Bundle, Bounded, Discounted),
    *(Attainment, CreditTerms, Event, Pause, Quote, Retainer, Settled),
]


class TestValues:
    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
    @settings(max_examples=40)
    @given(data=st.data(), form=st.sampled_from(Format))
    def test_come_back(self, kind: type, data: st.DataObject, form: Format) -> None:
        """What is written is read again as it was, in either form."""
        value = data.draw(st.from_type(kind))

        assert codec.loads(codec.dumps(value, form=form), kind, form=form) == value

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
    @settings(max_examples=20)
    @given(data=st.data())
    def test_are_as_their_schema_says(self, kind: type, data: st.DataObject) -> None:
        """What is written is valid under the schema of its kind."""
        value = data.draw(st.from_type(kind))
        check = Draft202012Validator(codec.json_schema(kind))

        assert [*check.iter_errors(codec.dump(value))] == []

    @given(fee=...)
    def test_come_back_as_one_of_several(self, fee: Fee) -> None:
        """A fee says which form it has, however deep it stands."""
        assert codec.load(codec.dump(fee), Fee) == fee

    @given(st.from_type(BusinessCalendar), st.from_type(BusinessCalendar))
    def test_differ_as_documents_do(
        self, one: BusinessCalendar, other: BusinessCalendar
    ) -> None:
        """Documents are equal just where values are."""
        assert (one == other) == (codec.digest(one) == codec.digest(other))


class TestSlips:
    @pytest.mark.parametrize(
        ("document", "told"),
        [
            ({"amount": "1", "code": "USD"}, "/code: unknown key 'code' (did you mean"),
            ({"amount": "1", "code": "USD", "x": 1}, "/code: unknown key 'code' (one"),
            ({"code": "USD"}, "/code: unknown key 'code' (one of: amount, currency)"),
            (
                {"amount": "1", "currency": "USD", "code": "USD"},
                "/code: unknown key 'code' (one of: amount, currency)",
            ),
        ],
    )
    def test_one_key_for_another(self, document: object, told: str) -> None:
        """What is there and unknown is meant for the one thing that is not there."""
        with pytest.raises(DecodeError) as caught:
            codec.load(document, Money)

        assert str(caught.value).startswith(told)
