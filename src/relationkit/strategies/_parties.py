"""Strategies for parties: who is on record, under ids and names that trip code."""

from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from relationkit.parties import Organisation, Party, Person
from relationkit.records import PartyId
from relationkit.strategies._draws import made, texts

__all__ = ["groups", "organisations", "parties", "party_ids", "people"]

# Few, so that records meet; some with what pointers and documents must escape.
_USUAL = tuple(
    map(PartyId, ("ada", "acme", "bob", "a/b~1", 'say "hi"\\', "None", "Zoë"))
)
_PEOPLE = ("Ada Byron", "O'Neil", "山田太郎", "علي", "<b>&amp;")
_ORGANISATIONS = ("Acme, Inc.", "Müller & Söhne", "100% #1 [sic]")


def party_ids() -> st.SearchStrategy[PartyId]:
    """Ids of parties; few, so that records meet, and some that need escaping."""
    return texts(PartyId, *_USUAL)


def groups(least: int, most: int) -> tuple[frozenset[PartyId], ...]:
    """Sets of the usual ids, of *least* to *most*; the fewest first."""
    sizes = range(least, most + 1)
    return tuple(frozenset(c) for size in sizes for c in combinations(_USUAL, size))


def people(
    *,
    ids: st.SearchStrategy[PartyId] | None = None,
    names: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Person]:
    """Natural persons; shrinks to Ada Byron."""
    drawn = {"id": party_ids() if ids is None else ids, "name": names}
    return made(Person, drawn, name=_PEOPLE)


def organisations(
    *,
    ids: st.SearchStrategy[PartyId] | None = None,
    names: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Organisation]:
    """Companies and the like."""
    drawn = {"id": party_ids() if ids is None else ids, "name": names}
    return made(Organisation, drawn, name=_ORGANISATIONS)


def parties(
    *,
    ids: st.SearchStrategy[PartyId] | None = None,
    names: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Party]:
    """People and organisations; shrinks to a person."""
    drawn = {"id": party_ids() if ids is None else ids, "name": names}
    names_ = (*_PEOPLE, *_ORGANISATIONS)
    return made(_party, drawn, name=names_, kind=(Person, Organisation))


def _party(kind: type[Person | Organisation], **named: Any) -> Party:  # noqa: ANN401
    return kind(**named)
