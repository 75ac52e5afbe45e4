"""Deriving the facts of a relationship, or of one engagement, on a day."""

from collections.abc import Sequence
from datetime import date

from relationkit.contracts import Contract
from relationkit.engagements import Engagement
from relationkit.errors import UnknownIdError
from relationkit.facts._doubts import doubts
from relationkit.facts._facts import Facts
from relationkit.facts._records import of_papers, of_party, of_work, sale
from relationkit.facts._services import of_services
from relationkit.relationships import Client, Customer

__all__ = ["of"]


def of(
    relationship: Customer,
    *,
    on: date,
    currency: str,
    engagement: str | None = None,
) -> Facts:
    """The facts of *relationship* on the day *on*, or of one *engagement* in it.

    Only what is dated up to that day counts.  Sales are reckoned in *currency*;
    nothing is converted.

    >>> from relationkit.parties import Person
    >>> from relationkit.records import PartyId
    >>> ada = Customer(party=Person(id=PartyId("ada"), name="Ada Byron"))
    >>> of(ada, on=date(2026, 11, 22), currency="GBP").dealings.value
    'none'

    Raises:
        UnknownIdError: If there is no such engagement.
    """
    purchases = [p for p in relationship.purchases if p.on <= on]
    everything = _engagements(relationship)
    engagements = [e for e in everything if e.opened <= on]
    party = of_party(relationship, purchases, engagements, on)
    largest, unknown = sale(purchases, currency)
    contracts = _papers(relationship, engagements)
    if engagement is not None:
        this = _one(relationship, engagement)
        purchases = []
        engagements = [e for e in engagements if e is this]
        contracts = [c for c in contracts if c.id == this.contract]
    services = [p.service for p in purchases]
    services += [service for e in engagements for service in e.services]
    work, judged = of_work(engagements, purchases, on), of_services(services)
    unknown += doubts({**work, **judged}, engagements, services, on)
    return Facts(
        on=on,
        largest_sale=largest,
        unknown=unknown,
        **party,
        **of_papers(contracts, on),
        **work,
        **judged,
    )


def _engagements(relationship: Customer) -> tuple[Engagement, ...]:
    return relationship.engagements if isinstance(relationship, Client) else ()


def _papers(
    relationship: Customer, engagements: Sequence[Engagement]
) -> list[Contract]:
    """Theirs, and those of *engagements*: not of one that is still to come."""
    under = {engagement.contract for engagement in engagements}
    party = relationship.party.id
    return [
        contract
        for contract in relationship.contracts
        if party in contract.parties or contract.id in under
    ]


def _one(relationship: Customer, id_: str) -> Engagement:
    if isinstance(relationship, Client):
        return relationship.engagement(id_)
    raise UnknownIdError.of("engagement", id_, ())
