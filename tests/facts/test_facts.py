import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from attrs import asdict, fields
from attrs.exceptions import FrozenInstanceError
from hypothesis import given

from relationkit.engagements import Fiduciary, Help, Stakes, Tailoring
from relationkit.facts import (
    OPEN,
    RISING,
    Dealings,
    Engaged,
    Facts,
    Unknown,
    domains,
    of,
)
from relationkit.parties import Person
from relationkit.records import PartyId
from relationkit.relationships import Customer, Stance
from relationkit.strategies import facts
from relationkit.tables import Axis


class Word(StrEnum):
    """Members that read like some of ours, and are none."""

    NOW = "now"
    CLIENT = "client"
    ADVICE = "advice"


KNOWN = of(
    Customer(party=Person(id=PartyId("ada"), name="Ada Byron")),
    on=date(2026, 11, 22),
    currency="USD",
)
NAMES = sorted(domains())
COUNTS = ["largest_sale", "service_lines", "tenure_days"]
RECORDS = sorted(
    {"dealings", "tenure_days", "service_lines", "stance", "signed_agreement"}
    | {"membership", "service", "value_agreed", "outcome_fee", "fee_on_assets"}
)
VALUES = [
    *(True, False, 0, 1, 1.0, Decimal(1), "now", "client", b"now"),
    *(*Engaged, *Dealings, *Help, *Stakes, *Tailoring, *Fiduciary, *Stance, *Word),
    *((), ("now",), date(2026, 1, 1), Customer, Engaged),
]


def but(**changes: object) -> Facts:
    """What is known of a stranger, but for the *changes*."""
    return Facts(**{**asdict(KNOWN, recurse=False), **changes})


class TestFacts:
    @pytest.mark.parametrize("name", NAMES)
    def test_are_exactly_of_their_class(self, name: str) -> None:
        """True is no number, a text no member, and no member one of another class."""
        fitting = [v for v in VALUES if type(v) is domains()[name].kind]
        assert all(getattr(but(**{name: value}), name) is value for value in fitting)

        for value in VALUES:
            if type(value) is not domains()[name].kind:
                with pytest.raises(TypeError, match=f"^{name}: expected exactly "):
                    but(**{name: value})

    @pytest.mark.parametrize("name", NAMES)
    def test_are_unknown_where_nobody_judged(self, name: str) -> None:
        """Judgements may be unknown; of records, nothing means none."""
        if name in RECORDS:
            with pytest.raises(TypeError, match=f"^{name}: expected exactly "):
                but(**{name: None})
        else:
            assert getattr(but(**{name: None}), name) is None

    @pytest.mark.parametrize(
        ("name", "value", "told"),
        [
            ("tenure_days", True, "expected exactly int, got True, a bool"),
            ("help", "advice", "expected exactly Help or None, got 'advice', a str"),
        ],
    )
    def test_say_what_was_expected(self, name: str, value: object, told: str) -> None:
        """An error names the fact, the classes it may have, and what it got."""
        with pytest.raises(TypeError) as caught:
            but(**{name: value})

        assert str(caught.value) == f"{name}: {told}"

    @pytest.mark.parametrize("name", COUNTS)
    def test_count_from_nothing_up(self, name: str) -> None:
        """Nothing is counted or sold less than not at all."""
        one = Decimal(1) if name == "largest_sale" else 1

        assert getattr(but(**{name: 0 * one}), name) == 0
        with pytest.raises(ValueError, match=rf"^{name} is -1; the least is 0$"):
            but(**{name: -one})

    @pytest.mark.parametrize("text", ["NaN", "sNaN", "-Infinity", "Infinity"])
    def test_are_numbers_that_can_be_compared(self, text: str) -> None:
        """A sale of no known size is unknown, and not some odd number."""
        with pytest.raises(ValueError, match=f"^largest_sale is {text}; it must be a"):
            but(largest_sale=Decimal(text))

    def test_hold_on_a_day(self) -> None:
        """A time of day is no day."""
        with pytest.raises(TypeError, match=r"^on: expected a day, got datetime"):
            but(on=datetime(2026, 11, 22, tzinfo=UTC))

    @given(facts())
    def test_are_what_they_were(self, known: Facts) -> None:
        """Facts are values: they do not change, and are equal once copied."""
        with pytest.raises(FrozenInstanceError):
            known.service = True  # type: ignore[misc]

        again = pickle.loads(pickle.dumps(known))  # noqa: S301
        assert (again, hash(again)) == (known, hash(known))

    def test_say_why_they_are_unknown(self) -> None:
        """Where more can be said than that nobody judged it, it is."""
        why = Unknown("largest_sale", "it was in euros")
        told = but(largest_sale=None, unknown=(Unknown("help", "lost"), why))

        assert told.why_unknown("largest_sale") == "it was in euros"
        assert told.why_unknown("stakes") == "nobody has judged it"
        assert str(why) == "largest_sale: it was in euros"


class TestDomains:
    @given(facts())
    def test_hold_whatever_is_known(self, known: Facts) -> None:
        """A column of a table has a place for each value that a fact may have."""
        for name, domain in domains().items():
            if (value := getattr(known, name)) is not None:
                assert Axis.cut(name, domain, ()).atom(value)

    def test_are_those_of_all_facts(self) -> None:
        """All facts can be asked for, in their order, but not the day itself."""
        names = [field.name for field in fields(Facts)]

        assert [*domains()] == [n for n in names if n not in {"on", "unknown"}]

    @pytest.mark.parametrize("name", NAMES)
    def test_begin_at_nothing_where_things_are_counted(self, name: str) -> None:
        """Counts have a least value; other facts have none."""
        assert domains()[name].least == (0 if name in COUNTS else None)


class TestOpen:
    def test_are_all_but_records(self) -> None:
        """What can be unknown, and what nothing on record settles, is everything."""
        assert {*domains()} == OPEN | {*RECORDS}
        assert OPEN.isdisjoint(RECORDS)


class TestRising:
    def test_are_facts_with_an_order(self) -> None:
        """What never falls can be compared."""
        kinds = {name: domains()[name] for name in RISING}

        assert all(d.is_ordered or d.kind is bool for d in kinds.values())
