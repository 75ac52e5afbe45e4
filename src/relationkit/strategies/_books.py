"""Strategies for books: customers, clients, and whoever else they name."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from attrs import evolve
from hypothesis import strategies as st

from relationkit.books import Book, CustomerRecord, Record
from relationkit.books._references import named, served, strange
from relationkit.calendars import BusinessCalendar
from relationkit.contracts import Contract
from relationkit.duties import Writing
from relationkit.engagements import Engagement
from relationkit.fees import RateCard
from relationkit.parties import Party, Person
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer, History, Purchase
from relationkit.strategies._calendars import business_calendars
from relationkit.strategies._draws import apart, made
from relationkit.strategies._duties import writings
from relationkit.strategies._engagements import ENGAGEMENT_IDS
from relationkit.strategies._fees import rate_cards
from relationkit.strategies._parties import parties, party_ids
from relationkit.strategies._relationships import histories, said
from relationkit.strategies._relationships import relationships as _relationships

__all__ = ["books", "customer_records"]

R = TypeVar("R", Contract, Engagement, Party, Writing)

# East and west, by half hours, and across the date line.
_ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Australia/Lord_Howe",
)


def customer_records(
    *,
    parties: st.SearchStrategy[PartyId] | None = None,
    purchases: st.SearchStrategy[Purchase] | None = None,
) -> st.SearchStrategy[CustomerRecord]:
    """What a book keeps of customers; of *parties*, the ids."""
    ids = party_ids() if parties is None else parties
    drawn = {"party": ids, "history": histories(purchases=purchases)}
    return made(_record, drawn)


def _record(party: PartyId, history: History) -> CustomerRecord:
    return CustomerRecord(party=party, **said(history))


def books(
    *,
    customers: st.SearchStrategy[Customer] | None = None,
    clients: st.SearchStrategy[Client] | None = None,
    zones: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[Book]:
    """Books of up to three customers and clients; shrinks to an empty one.

    Everyone whom a record names is on record, and some others are.  Who agreed to a
    contract of work in which they have no part is drawn into it as a payer.
    """
    known = _relationships(customers=customers, clients=clients)
    writing = writings(engagements=st.sampled_from((None, *ENGAGEMENT_IDS)))
    cards = st.lists(rate_cards(), max_size=2, unique_by=attrgetter("id"))
    return st.builds(
        _book,
        parties(ids=st.just(PartyId("us"))),
        st.sampled_from(_ZONES) if zones is None else zones,
        st.lists(known, max_size=3),
        st.lists(parties(), max_size=1),
        st.lists(writing, max_size=1),
        st.lists(business_calendars(), max_size=1),
        cards,
    )


def _book(  # noqa: PLR0913, PLR0917, what is drawn
    provider: Party,
    zone: str,
    relationships: Sequence[Customer],
    others: Sequence[Party],
    writings: Sequence[Writing],
    calendars: Sequence[BusinessCalendar],
    rates: Sequence[RateCard],
) -> Book:
    engaged = [known for known in relationships if isinstance(known, Client)]
    work = _apart(e for known in engaged for e in known.engagements)
    customers = apart(map(_kept, filter(_is_kept, relationships)), attrgetter("party"))
    contracts = _apart(c for known in relationships for c in known.contracts)
    engagements = _agreed(work, contracts)
    filed = _apart(_filed(writing, engagements) for writing in writings)
    records: tuple[Record, ...] = (*customers, *engagements, *contracts, *filed)
    provider = _unserved(provider, records)
    parties = [*others, *(known.party for known in relationships)]
    return Book(
        provider=provider,
        zone=zone,
        parties=_everyone(provider, parties, records),
        customers=customers,
        engagements=engagements,
        contracts=contracts,
        writings=filed,
        calendars=tuple(calendars),
        rates=tuple(rates),
    )


def _apart(records: Iterable[R]) -> tuple[R, ...]:
    return apart(records, attrgetter("id"))


def _is_kept(known: Customer) -> bool:
    """A client with whom nothing else passed may be no customer on record."""
    return not isinstance(known, Client) or any(said(known).values())


def _kept(known: Customer) -> CustomerRecord:
    return _record(known.party.id, known)


def _agreed(
    work: Sequence[Engagement], contracts: Sequence[Contract]
) -> tuple[Engagement, ...]:
    """The same *work*; who agreed to it in place of its clients pays for it."""
    papers = {paper.id: paper for paper in contracts}
    strangers = ((engagement, strange(engagement, papers)) for engagement in work)
    return tuple(
        evolve(engagement, payers=engagement.payers | paper.parties)
        if paper
        else engagement
        for engagement, paper in strangers
    )


def _filed(writing: Writing, engagements: Sequence[Engagement]) -> Writing:
    is_known = writing.engagement in {engagement.id for engagement in engagements}
    return writing if is_known else evolve(writing, engagement=None)


def _unserved(provider: Party, records: Iterable[Record]) -> Party:
    """The same *provider* under an id that is no customer's."""
    customers = {id_ for record in records for id_ in served(record)}
    id_ = provider.id
    while id_ in customers:
        id_ = PartyId(id_ + "*")
    return evolve(provider, id=id_)


def _everyone(
    provider: Party, parties: Sequence[Party], records: Iterable[Record]
) -> tuple[Party, ...]:
    """All *parties* and, made up, all others that *records* name."""
    ids = {
        id_
        for record in records
        for _, shelf, id_ in named(record)
        if shelf == "parties"
    }
    made_up = [Person(id=PartyId(id_), name=id_) for id_ in sorted(ids)]
    return _apart(p for p in (*made_up, *parties) if p.id != provider.id)
