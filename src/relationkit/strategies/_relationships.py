"""Strategies for relationships: customers, clients, and what passed with them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product, starmap
from operator import attrgetter
from typing import Any, TypeVar

from attrs import evolve, fields
from hypothesis import strategies as st

from relationkit.contracts import Contract
from relationkit.duties import ConsentForm
from relationkit.engagements import Engagement, Judgement, Matter, Service
from relationkit.money import Money
from relationkit.parties import Party
from relationkit.records import ContractId, PartyId, PurchaseId
from relationkit.relationships import (
    Client,
    Consent,
    Customer,
    History,
    Inquiry,
    Purchase,
    Stance,
    StatedStance,
)
from relationkit.strategies._contracts import contracts as _contracts
from relationkit.strategies._draws import apart, few, least, made, texts
from relationkit.strategies._engagements import engagements as _engagements
from relationkit.strategies._engagements import judgements, one_a_day
from relationkit.strategies._engagements import services as _services
from relationkit.strategies._parties import parties as _parties
from relationkit.strategies._periods import DAYS, later

__all__ = [
    "clients",
    "consents",
    "customers",
    "histories",
    "inquiries",
    "purchase_ids",
    "purchases",
    "relationships",
    "said",
    "stated_stances",
]

R = TypeVar("R", Contract, Engagement, Purchase)

_USUAL = tuple(map(PurchaseId, ("p1", "p2", "p3", "a/b~1")))
_PAYERS = (None, PartyId("acme"), PartyId("None"))
# Near what policies ask for, and so few that some purchases cost the same.
_AMOUNTS = tuple(map(Decimal, ("0", "0.01", "10", "9999.99", "10000", "1E+12")))
_CURRENCIES = ("USD", "USD", "USD", "EUR", "JPY", "XAU")
_COSTS = (*[None] * 9, *starmap(Money, product(_AMOUNTS, _CURRENCIES)))


def purchase_ids() -> st.SearchStrategy[PurchaseId]:
    """Ids of purchases; few, so that records meet, and others besides."""
    return texts(PurchaseId, *_USUAL)


def purchases(
    *,
    ids: st.SearchStrategy[PurchaseId] | None = None,
    days: st.SearchStrategy[date] | None = None,
    services: st.SearchStrategy[Service] | None = None,
    amounts: st.SearchStrategy[Money | None] | None = None,
) -> st.SearchStrategy[Purchase]:
    """Purchases in several currencies, some free, some at an unknown price."""
    return made(
        Purchase,
        {
            "id": ids,
            "on": days,
            "service": _services() if services is None else services,
            "amount": amounts,
        },
        id=_USUAL,
        on=DAYS,
        amount=_COSTS,
        payer=_PAYERS,
    )


def inquiries(
    *, days: st.SearchStrategy[date] | None = None
) -> st.SearchStrategy[Inquiry]:
    """Inquiries about anything."""
    return made(Inquiry, {"on": days}, on=DAYS, about=("a chair", "two\nlines"))


def consents(
    *, days: st.SearchStrategy[date] | None = None
) -> st.SearchStrategy[Consent]:
    """Consents that stand, or were withdrawn, some at once; given on *days*."""
    return made(
        _consent,
        {"given": days},
        given=DAYS,
        purpose=("newsletter", "None"),
        form=tuple(ConsentForm),
        lasting=(None, 0, 1, 365),
    )


def _consent(
    *, purpose: str, given: date, form: ConsentForm, lasting: int | None
) -> Consent:
    withdrawn = None if lasting is None else later(given, lasting)
    return Consent(purpose=purpose, given=given, form=form, withdrawn=withdrawn)


def stated_stances(
    *, days: st.SearchStrategy[date] | None = None
) -> st.SearchStrategy[StatedStance]:
    """What customers said they want; some take back what they said."""
    return made(StatedStance, {"on": days}, on=DAYS, stance=tuple(Stance))


def histories(
    *, purchases: st.SearchStrategy[Purchase] | None = None
) -> st.SearchStrategy[History]:
    """Histories, every other one empty."""
    bought = _PURCHASES if purchases is None else purchases
    judged = judgements(matters=st.just(Matter.WANTS_CERTAINTY))
    eventful = {
        "inquiries": few(inquiries()),
        "purchases": few(bought),
        "consents": few(consents()),
        "stances": few(stated_stances()),
        "judgements": few(judged),
    }
    return made(History, {}) | made(_history, eventful)


def _history(
    *,
    inquiries: tuple[Inquiry, ...],
    purchases: tuple[Purchase, ...],
    consents: tuple[Consent, ...],
    stances: tuple[StatedStance, ...],
    judgements: tuple[Judgement, ...],
) -> History:
    return History(
        inquiries=inquiries,
        purchases=_differing(purchases),
        consents=consents,
        stances=apart(stances, attrgetter("on")),
        judgements=one_a_day(judgements),
    )


_PURCHASES = purchases()


def _differing(records: Iterable[R]) -> tuple[R, ...]:
    return apart(records, attrgetter("id"))


def customers(
    *,
    parties: st.SearchStrategy[Party] | None = None,
    purchases: st.SearchStrategy[Purchase] | None = None,
    contracts: st.SearchStrategy[Contract] | None = None,
) -> st.SearchStrategy[Customer]:
    """Customers for whom no engagement is on record.

    Of *contracts*, one of the parties gives way to the customer where need be.
    """
    papers = _contracts() if contracts is None else contracts
    return made(
        _customer,
        {
            "party": _parties() if parties is None else parties,
            "history": histories(purchases=purchases),
            "contracts": few(papers),
        },
    )


def _customer(
    *, party: Party, history: History, contracts: Sequence[Contract]
) -> Customer:
    papers = _differing(_joined(contract, party.id) for contract in contracts)
    return Customer(party=party, contracts=papers, **said(history))


def said(history: History) -> dict[str, Any]:
    """The fields of a *history*, for a customer of another class."""
    return {field.name: getattr(history, field.name) for field in fields(History)}


def _among(parties: frozenset[PartyId], party: PartyId) -> frozenset[PartyId]:
    """The same *parties*, of which one gives way to *party* where need be."""
    return parties if party in parties else parties - {min(parties)} | {party}


def _joined(contract: Contract, party: PartyId) -> Contract:
    """The same contract with *party* among its parties, signatures and all."""
    if party in contract.parties:
        return contract
    parties = _among(contract.parties, party)
    signatures = tuple(
        signature if signature.party in parties else evolve(signature, party=party)
        for signature in contract.signatures
    )
    return evolve(contract, parties=parties, signatures=signatures)


def clients(
    *,
    parties: st.SearchStrategy[Party] | None = None,
    purchases: st.SearchStrategy[Purchase] | None = None,
    contracts: st.SearchStrategy[Contract] | None = None,
    engagements: st.SearchStrategy[Engagement] | None = None,
) -> st.SearchStrategy[Client]:
    """Clients with an engagement or two, one after another or at once.

    Whatever the *engagements*, the client is one of their clients, and is not
    adverse to them; they run under some of *contracts*, or under none.  Where
    the client is not a party to those, somebody else has signed for it.
    """
    work = _engagements() if engagements is None else engagements
    papers = _contracts() if contracts is None else contracts
    return made(
        _client,
        {
            "party": _parties() if parties is None else parties,
            "history": histories(purchases=purchases),
            "contracts": few(papers),
            "engagements": few(work, least(Client, "engagements")),
        },
        signed_by_others=(False, True),
    )


def _client(
    *,
    party: Party,
    history: History,
    contracts: Sequence[Contract],
    engagements: Sequence[Engagement],
    signed_by_others: bool,
) -> Client:
    work, papers = _differing(engagements), _differing(contracts)
    wanted = sorted({e.contract for e in work if e.contract is not None})
    under = {id_: paper.id for id_, paper in zip(wanted, papers, strict=False)}
    others = set(under.values()) if signed_by_others else set()
    return Client(
        party=party,
        contracts=tuple(
            paper if paper.id in others else _joined(paper, party.id)
            for paper in papers
        ),
        engagements=tuple(_taken_on(e, party.id, under) for e in work),
        **said(history),
    )


def _taken_on(
    engagement: Engagement, client: PartyId, under: Mapping[ContractId, ContractId]
) -> Engagement:
    paper = engagement.contract
    return evolve(
        engagement,
        clients=_among(engagement.clients, client),
        adverse=engagement.adverse - {client},
        contract=None if paper is None else under.get(paper),
    )


def relationships(
    *,
    customers: st.SearchStrategy[Customer] | None = None,
    clients: st.SearchStrategy[Client] | None = None,
) -> st.SearchStrategy[Customer]:
    """Customers of either kind, clients as often as not; shrinks to a mere one."""
    served = _customers() if customers is None else customers
    return served | (_clients() if clients is None else clients)


_customers, _clients = customers, clients
