from decimal import Decimal

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from relationkit.facts import OPEN, Facts, domains
from relationkit.relationships import Stance
from relationkit.strategies import completions, facts

LISTED = {name: domain for name, domain in domains().items() if domain.members}


class TestFacts:
    def test_come_as_every_member(self) -> None:
        """Each value that a fact may have comes up, and none if it may be unknown."""
        seen: list[Facts] = []

        @settings(max_examples=500)
        @given(facts())
        def see(known: Facts) -> None:
            seen.append(known)

        see()

        for name, domain in LISTED.items():
            values = {getattr(known, name) for known in seen}
            assert values == {*domain.members, *[None] * (name in OPEN)}

    @pytest.mark.parametrize("days", [0, 1, 364, 365, 366, 20_000])
    def test_come_about_a_year(self, days: int) -> None:
        """Tenures lie on either side of what policies ask for."""
        found = find(facts(), lambda known: known.tenure_days >= days)

        assert found.tenure_days == days

    @pytest.mark.parametrize("sale", [None, *map(Decimal, ("0", "9999.99", "10000"))])
    def test_come_about_a_costly_sale(self, sale: Decimal | None) -> None:
        """Sales lie on either side of what policies ask for, or are not known."""
        find(facts(), lambda known: known.largest_sale == sale)

    @given(facts(stance=st.just(Stance.RELATIONAL), tenure_days=st.just(7)))
    def test_take_what_they_are_given(self, known: Facts) -> None:
        """Facts of one's own stand in for ours."""
        assert (known.stance, known.tenure_days) == (Stance.RELATIONAL, 7)

    def test_shrink_to_the_least(self) -> None:
        """The simplest failure is of someone of whom there is nothing to tell."""
        least = find(facts(), lambda _: True)

        assert {getattr(least, name) for name in domains()} == {
            domain.members[0] if domain.members else domain.least
            for domain in domains().values()
        }


class TestCompletions:
    @given(facts(), st.data())
    def test_know_everything(self, known: Facts, data: st.DataObject) -> None:
        """Nothing that was known is changed, and nothing is unknown any more."""
        complete = data.draw(completions(known))
        was = {name: getattr(known, name) for name in domains()}
        told = {name: value for name, value in was.items() if value is not None}

        assert None not in {getattr(complete, name) for name in domains()}
        assert {name: getattr(complete, name) for name in told} == told
        assert complete.on == known.on

    @given(facts().flatmap(completions), st.data())
    def test_of_what_is_complete_are_itself(
        self, known: Facts, data: st.DataObject
    ) -> None:
        """Where nothing is open, there is one way for it to turn out."""
        assert data.draw(completions(known)) == known
