"""References: that every record names what is there, and every id is one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias, assert_type

from relationkit.books._records import CustomerRecord, Record, key_of
from relationkit.calendars import BusinessCalendar
from relationkit.contracts import Contract
from relationkit.duties import Duty, FiduciaryDuty, Writing
from relationkit.engagements import Engagement
from relationkit.errors import Problem, pointer, suggestion
from relationkit.fees import RateCard
from relationkit.parties import Party
from relationkit.records import ContractId, PartyId

__all__ = ["Shelves", "misfits", "named", "served", "strange"]

GUESSES = 10
Shelves: TypeAlias = dict[str, tuple[Record, ...]]
Steps: TypeAlias = tuple[str | int, ...]
Named: TypeAlias = tuple[Steps, str, str]


def misfits(provider: Party, shelves: Shelves) -> Iterator[Problem]:
    """Whatever keeps records from making a book, in their order.

    An id stands on two records of a kind, a record names one that is not on
    the shelves, or the provider serves itself; and, told last, work is done under a
    contract of strangers to it.  Which id was meant is guessed for the first few, as
    it takes a look at all there are.
    """
    guesses = GUESSES
    known: dict[str, set[str]] = {
        shelf: {key_of(record) for record in shelves[shelf]} for shelf in shelves
    }
    known["parties"].add(provider.id)
    for shelf, records in shelves.items():
        seen: set[str] = {provider.id} if shelf == "parties" else set()
        for place, record in enumerate(records):
            if key_of(record) in seen:
                yield _duplicate(pointer(shelf, place), key_of(record))
            seen.add(key_of(record))
            for steps, kind, id_ in named(record):
                if id_ not in known[kind]:
                    near = suggestion(id_, known[kind]) if guesses else ""
                    guesses -= bool(guesses)
                    yield _dangling(pointer(shelf, place, *steps), kind, id_, near)
            if provider.id in served(record):
                yield _self_served(pointer(shelf, place), provider.id)
    yield from _unbound(shelves, known["parties"])


def _duplicate(place: str, id_: str) -> Problem:
    return Problem(
        place,
        "duplicate",
        f"the id {id_[:60]!r} is on record before this one",
        "give each an id of its own, or merge the two",
    )


def _dangling(place: str, kind: str, id_: str, near: str) -> Problem:
    return Problem(
        place,
        "reference",
        f"{id_[:60]!r} is not among the {kind} of the book",
        near or f"add it to {kind}, or name another",
    )


def _self_served(place: str, id_: str) -> Problem:
    return Problem(
        place,
        "value",
        f"{id_[:60]!r} is the provider, and cannot be its own customer",
        "name whom the provider serves",
    )


def _unbound(shelves: Shelves, known: Collection[str]) -> Iterator[Problem]:
    """Work under a contract of strangers, where all whom it concerns are *known*."""
    contracts = (one for one in shelves["contracts"] if isinstance(one, Contract))
    papers = {paper.id: paper for paper in contracts}
    for place, work in enumerate(shelves["engagements"]):
        if not isinstance(work, Engagement) or not concerned(work).issubset(known):
            continue
        if paper := strange(work, papers):
            yield _of_strangers(pointer("engagements", place, "contract"), paper)


def _of_strangers(place: str, paper: Contract) -> Problem:
    parties = ", ".join(map(repr, sorted(paper.parties)[:3]))
    return Problem(
        place,
        "value",
        f"{paper.id[:60]!r} is between {parties}, none of whom is a client, payer or"
        f" subject of this work",
        "name another contract, or add whom it binds to the payers",
    )


def strange(
    engagement: Engagement, papers: Mapping[ContractId, Contract]
) -> Contract | None:
    """The contract of an *engagement*, if it binds nobody whom that is for or about.

    A payer may have agreed to it, such as a parent or the sponsor of a plan.
    """
    paper = None if engagement.contract is None else papers.get(engagement.contract)
    is_strange = paper is not None and paper.parties.isdisjoint(concerned(engagement))
    return paper if is_strange else None


def concerned(engagement: Engagement) -> frozenset[PartyId]:
    """Whom an *engagement* is for or about."""
    return engagement.clients | engagement.payers | engagement.subjects


def served(record: Record) -> frozenset[PartyId]:
    """Who is a customer by *record*."""
    if isinstance(record, CustomerRecord):
        return frozenset({record.party})
    return record.clients if isinstance(record, Engagement) else frozenset()


def named(record: Record) -> Iterator[Named]:
    """The ids that *record* names: where in it, of which shelf, which id.

    What has no order of its own is told of in that in which it is written.
    """
    match record:
        case CustomerRecord(party=party, purchases=purchases):
            yield ("party",), "parties", party
            for place, purchase in enumerate(purchases):
                if purchase.payer is not None:
                    yield ("purchases", place, "payer"), "parties", purchase.payer
        case Engagement():
            yield from _named_by_engagement(record)
        case Contract(parties=parties):
            yield from _each(("parties",), parties)
        case Writing(given_to=given_to, engagement=engagement):
            yield from _each(("given_to",), given_to)
            if engagement is not None:
                yield ("engagement",), "engagements", engagement
        case _:  # which name nobody
            assert_type(record, Party | BusinessCalendar | RateCard)


ROLES = ("clients", "payers", "subjects", "adverse", "staff")


def _named_by_engagement(engagement: Engagement) -> Iterator[Named]:
    for role in ROLES:
        yield from _each((role,), getattr(engagement, role))
    if engagement.contract is not None:
        yield ("contract",), "contracts", engagement.contract
    for place, duty in enumerate(engagement.undertakings):
        yield from _named_by_duty(("undertakings", place), duty)


def _named_by_duty(at: Steps, duty: Duty) -> Iterator[Named]:
    if isinstance(duty, FiduciaryDuty):
        yield (*at, "fiduciary"), "parties", duty.fiduciary
        yield (*at, "principal"), "parties", duty.principal
        yield from _each((*at, "beneficiaries"), duty.beneficiaries)
    else:
        yield (*at, "owed_by"), "parties", duty.owed_by
        yield from _each((*at, "owed_to"), duty.owed_to)


def _each(at: Steps, parties: Iterable[PartyId]) -> Iterator[Named]:
    for place, party in enumerate(sorted(parties)):
        yield (*at, place), "parties", party
