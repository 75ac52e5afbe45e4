"""Views: all that is one customer's, in one piece."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from attrs import fields

from relationkit.books._records import CustomerRecord
from relationkit.contracts import Contract
from relationkit.engagements import Engagement
from relationkit.errors import UnknownIdError
from relationkit.parties import Party
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer, History

__all__ = ["Views"]

R = TypeVar("R", Contract, Engagement)


class Views:
    """What is whose, looked up once for all of them.

    Attributes:
        ids: The ids of all customers and clients, in order.
    """

    def __init__(
        self,
        parties: Iterable[Party],
        customers: Iterable[CustomerRecord],
        engagements: Iterable[Engagement],
        contracts: Collection[Contract],
    ) -> None:
        self._parties = {party.id: party for party in parties}
        self._histories = {customer.party: customer for customer in customers}
        self._engagements = _by_party(engagements, "clients")
        self._signed = _by_party(contracts, "parties")
        self._contracts = {contract.id: contract for contract in contracts}
        self.ids = tuple(sorted({*self._histories, *self._engagements}))

    def of(self, id_: str) -> Customer | Client:
        """All that is on record about the customer of an id."""
        if id_ not in self._histories and id_ not in self._engagements:
            raise self._unknown(id_)
        history = self._histories.get(PartyId(id_), History())
        engagements = tuple(self._engagements.get(PartyId(id_), ()))
        known: dict[str, Any] = {
            "party": self._parties[PartyId(id_)],
            "contracts": self._papers(PartyId(id_), engagements),
            **{field.name: getattr(history, field.name) for field in fields(History)},
        }
        if not engagements:
            return Customer(**known)
        return Client(**known, engagements=engagements)

    def _unknown(self, id_: str) -> UnknownIdError:
        if id_ not in self._parties:
            return UnknownIdError.of("customer", id_, self.ids)
        return UnknownIdError(
            f"{id_!r} is on record, and is no customer; add"
            f" CustomerRecord(party={id_!r}), or an engagement that has it among its"
            f" clients"
        )

    def _papers(
        self, id_: PartyId, engagements: Iterable[Engagement]
    ) -> tuple[Contract, ...]:
        under = {e.contract for e in engagements if e.contract is not None}
        theirs = {contract.id for contract in self._signed.get(id_, ())}
        return tuple(self._contracts[contract] for contract in under | theirs)


def _by_party(records: Iterable[R], role: str) -> dict[PartyId, list[R]]:
    found = defaultdict[PartyId, list[R]](list)
    parties = attrgetter(role)
    for record in records:
        for party in parties(record):
            found[party].append(record)
    return dict(found)
