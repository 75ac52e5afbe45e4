"""Editions of one policy, each on its own days."""

import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from relationkit import policy
from relationkit.errors import PolicyError
from relationkit.policy import Edition, Versions
from relationkit.relationships import Customer
from relationkit.strategies import customers, days, versions

FIRST = policy.edition("2026-11")
SECOND = evolve(FIRST, name="second", digest="2")
THIRD = evolve(FIRST, name="third", digest="3")
JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)


@st.composite
def made(draw: st.DrawFn) -> Versions:
    """Versions of editions that differ in nothing but their names."""
    begun: list[date | None] = [None]
    begun += sorted(draw(st.lists(days(), max_size=4, unique=True)))
    return Versions(
        (day, evolve(FIRST, name=f"v{at}", digest=str(at)))
        for at, day in enumerate(begun)
    )


def problems(*pairs: tuple[date | None, Edition]) -> list[tuple[str, str]]:
    """What is wrong with such versions: where, and of what kind."""
    with pytest.raises(PolicyError) as caught:
        Versions(pairs)
    assert all(one.hint for one in caught.value.problems)
    return [(one.pointer, one.code) for one in caught.value.problems]


class TestVersions:
    @given(made(), days() | st.sampled_from([date.min, date.max]))
    def test_have_one_edition_for_every_day(self, ours: Versions, day: date) -> None:
        """It is the last that has begun by then; the first has always begun."""
        begun = [e for first, e in ours.editions if first is None or first <= day]

        assert ours.at(day) == begun[-1]

    @given(made())
    def test_change_on_the_first_day_of_each(self, ours: Versions) -> None:
        """An edition decides from its first day on, and not on the day before."""
        for (_, before), (first, after) in zip(
            ours.editions, ours.editions[1:], strict=False
        ):
            assert first is not None
            assert ours.at(first) == after
            if first > date.min:
                assert ours.at(first - timedelta(1)) == before

    @settings(max_examples=20)
    @given(versions(), customers(), days())
    def test_assess_by_the_edition_of_the_day(
        self, ours: Versions, customer: Customer, on: date
    ) -> None:
        """What is decided on a day is what its edition decides."""
        assert ours.assess(customer, on=on) == ours.at(on).assess(customer, on=on)

    @given(made())
    def test_are_values(self, ours: Versions) -> None:
        """They are equal if they say the same, can be stored, and never change."""
        assert Versions(list(ours.editions)) == ours
        assert pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301, our own
        with pytest.raises(FrozenInstanceError):
            ours.editions = ()  # type: ignore[misc]

    def test_may_return_to_an_edition(self) -> None:
        """What decided before may decide again, after another."""
        ours = Versions([(None, FIRST), (JANUARY, SECOND), (MARCH, FIRST)])

        assert ours.at(MARCH) is FIRST

    def test_begin_with_what_is_open_to_the_past(self) -> None:
        """Without a day for the first there is no day without an edition."""
        assert problems((JANUARY, FIRST), (MARCH, SECOND)) == [("/0", "gap")]
        assert problems((None, FIRST), (None, SECOND)) == [("/1", "missing")]
        assert problems() == [("", "missing")]

    def test_begin_one_after_the_other(self) -> None:
        """A day that another begins on, or began after, is told with that day."""
        assert problems((None, FIRST), (MARCH, SECOND), (MARCH, THIRD)) == [
            ("/2", "duplicate")
        ]
        assert problems((None, FIRST), (MARCH, SECOND), (JANUARY, THIRD)) == [
            ("/2", "overlap")
        ]
        with pytest.raises(PolicyError, match="let it begin after 2026-03-01"):
            Versions([(None, FIRST), (MARCH, SECOND), (JANUARY, THIRD)])

    def test_are_told_apart(self) -> None:
        """No edition follows on itself, or has the name of another."""
        other = evolve(SECOND, name=FIRST.name)

        assert problems((None, FIRST), (MARCH, FIRST)) == [("/1", "duplicate")]
        assert problems((None, FIRST), (MARCH, other)) == [("/1", "duplicate")]
        with pytest.raises(PolicyError, match="'2026-11' is the edition before it"):
            Versions([(None, FIRST), (MARCH, FIRST)])
        with pytest.raises(PolicyError, match="another edition is named '2026-11'"):
            Versions([(None, FIRST), (MARCH, other)])

    def test_are_told_every_mistake(self) -> None:
        """All that is wrong is told at once."""
        pairs = ((MARCH, FIRST), (None, SECOND), (JANUARY, SECOND), (MARCH, THIRD))

        assert problems(*pairs) == [
            ("/0", "gap"),
            ("/1", "missing"),
            ("/2", "overlap"),
            ("/3", "duplicate"),
            ("/2", "duplicate"),
        ]

    @pytest.mark.parametrize("day", [datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01"])
    def test_are_of_days(self, day: Any) -> None:  # noqa: ANN401, anything at all
        """A time or a text is no day, wherever one is named."""
        ours = Versions([(None, FIRST)])

        with pytest.raises(TypeError, match=r"^editions\[1\]: expected a day, got "):
            Versions([(None, FIRST), (day, SECOND)])
        with pytest.raises(TypeError, match=r"^day: expected a day, got .*; "):
            ours.at(day)

    def test_are_of_editions(self) -> None:
        """Only an edition can decide."""
        other: Any = "2026-11"

        with pytest.raises(TypeError, match=r"^editions\[0\]: expected an Edition"):
            Versions([(None, other)])
