from typing import get_args

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from relationkit.parties import Organisation, Party, Person
from relationkit.records import PartyId
from relationkit.strategies import parties


class TestParty:
    @given(parties())
    def test_is_person_or_organisation(self, party: Party) -> None:
        """A party is one of the two, never both."""
        assert isinstance(party, Party)
        assert isinstance(party, Person) != isinstance(party, Organisation)

    @given(parties())
    def test_of_the_other_kind_is_another(self, party: Party) -> None:
        """A person is no organisation, though all that is said of them is the same."""
        (other,) = {Person, Organisation} - {type(party)}

        assert other(id=party.id, name=party.name) != party

    @pytest.mark.parametrize("kind", get_args(Party))
    def test_says_nothing_of_what_it_is_to_us(self, kind: type[Party]) -> None:
        """A party is an id and a name: client, payer, opponent are said elsewhere."""
        assert [field.name for field in fields(kind)] == ["id", "name"]

    @given(parties(), st.sampled_from(["", " ", " ada", "ada\n", "a\0b"]))
    def test_has_an_id_that_can_be_told(self, party: Party, id_: str) -> None:
        """An id that is empty, or not what it looks like, is refused by name."""
        with pytest.raises(
            ValueError, match=r"^id( of '.*')?: expected an id with no blank"
        ):
            evolve(party, id=PartyId(id_))

    @given(parties(), st.text(" \t\n", max_size=3))
    def test_has_a_name(self, party: Party, blank: str) -> None:
        """A blank name is refused, with its value."""
        with pytest.raises(
            ValueError, match=r"^name( of '.*')?: expected a text that is not blank"
        ):
            evolve(party, name=blank)

    @given(parties(), st.sampled_from(["a\0", "a\rb", "\u202eada", "\ud800"]))
    def test_has_a_name_that_can_be_shown(self, party: Party, name: str) -> None:
        """A name that would change what stands beside it is refused."""
        with pytest.raises(ValueError, match=r"^name of .*; remove '"):
            evolve(party, name=name)
