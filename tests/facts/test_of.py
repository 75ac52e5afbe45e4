from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import assume, given
from hypothesis import strategies as st

from relationkit import facts
from relationkit.contracts import Contract
from relationkit.engagements import Closing, Engagement, Service
from relationkit.errors import UnknownIdError
from relationkit.facts import RISING, Facts, domains
from relationkit.relationships import Client, Customer, History, Purchase
from relationkit.strategies import (
    clients,
    contracts,
    customers,
    days,
    engagements,
    purchases,
)

WHOLE = {"dealings", "tenure_days", "service_lines", "largest_sale", "stance"}
WHOLE |= {"wants_certainty"}
PAPERS = {"signed_agreement", "membership"}
LATER = timedelta(3653)

relationships = customers() | clients()


def known(customer: Customer, on: date, engagement: str | None = None) -> Facts:
    """What is known of the customer."""
    return facts.of(customer, on=on, currency="USD", engagement=engagement)


def why(told: Facts) -> set[str]:
    """Why facts of the whole relationship are unknown."""
    return {told.why_unknown(name) for name in WHOLE}


def history(customer: Customer) -> dict[str, Any]:
    """What passed with the customer."""
    return {f.name: getattr(customer, f.name) for f in fields(History)}


def of(customer: Customer) -> tuple[Engagement, ...]:
    """The engagements of the customer, if any."""
    return customer.engagements if isinstance(customer, Client) else ()


def made_of(
    customer: Customer,
    engagements: Iterable[Engagement],
    papers: Iterable[Contract] = (),
    **changes: Any,  # noqa: ANN401, fields of any kind
) -> Customer:
    """The same party with those *engagements*, and *papers* beside its own."""
    work = tuple({e.id: e for e in engagements}.values())
    under = {e.contract for e in work}
    both = {c.id: c for c in (*customer.contracts, *papers)}.values()
    mine = tuple(c for c in both if customer.party.id in c.parties or c.id in under)
    told = {"party": customer.party, "contracts": mine, **history(customer), **changes}
    return Client(**told, engagements=work) if work else Customer(**told)


def taken_on(customer: Customer, engagement: Engagement) -> Engagement:
    """The *engagement*, for the customer and under no contract."""
    mine = engagement.clients | {customer.party.id}
    adverse = engagement.adverse - {customer.party.id}
    return evolve(engagement, clients=mine, adverse=adverse, contract=None)


def signed(customer: Customer, contract: Contract) -> Contract:
    """The *contract*, to which the customer is a party who may have signed."""
    parties = contract.parties | {customer.party.id}
    return evolve(contract, parties=parties)


class TestDay:
    @given(relationships, days())
    def test_ends_what_is_known(self, customer: Customer, on: date) -> None:
        """Nothing dated after the day counts: without it, all is as it was."""
        assert known(until(on, customer), on) == known(customer, on)

    @given(clients(), days())
    def test_ends_what_is_known_of_an_engagement(
        self, client: Client, on: date
    ) -> None:
        """The same holds of each engagement by itself."""
        for engagement in of(until(on, client)):
            before = known(until(on, client), on, engagement.id)

            assert before == known(client, on, engagement.id)

    @given(relationships)
    def test_before_all_days_is_that_of_a_stranger(self, customer: Customer) -> None:
        """Before anything happened, nothing had."""
        stranger = Customer(party=customer.party)

        assert known(customer, date.min) == known(stranger, date.min)

    @given(relationships, days())
    def test_is_the_one_that_was_asked_for(self, customer: Customer, on: date) -> None:
        """Facts carry the day on which they hold."""
        assert known(customer, on).on == on


def until(on: date, customer: Customer) -> Customer:
    """The customer as it stood on the day *on*, without what came later."""
    past = tuple(cut(e, on) for e in of(customer) if e.opened <= on)
    kept = {
        name: tuple(one for one in records if one.on <= on)
        for name, records in history(customer).items()
        if name != "consents"
    }
    papers = {
        contract.id: evolve(
            contract, signatures=tuple(s for s in contract.signatures if s.on <= on)
        )
        for contract in customer.contracts
    }
    return made_of(customer, past, papers.values(), **kept, consents=())


def cut(engagement: Engagement, on: date) -> Engagement:
    """The engagement as it stood on the day *on*."""
    closed, judgements = engagement.closed, engagement.judgements
    is_later = closed is not None and closed.on is not None and closed.on > on
    return evolve(
        engagement,
        closed=None if is_later else closed,
        judgements=tuple(j for j in judgements if j.on <= on),
        undertakings=tuple(
            duty for duty in engagement.undertakings if duty.period.start <= on
        ),
    )


class TestGrowth:
    """Further purchases, engagements and contracts never lower a fact that rises."""

    @given(relationships, purchases(), days())
    def test_by_a_purchase(
        self, customer: Customer, purchase: Purchase, on: date
    ) -> None:
        """Buying more never makes less of what there was."""
        assume(purchase.id not in {p.id for p in customer.purchases})
        more = evolve(customer, purchases=(*customer.purchases, purchase))

        assert fallen(known(customer, on), known(more, on)) == []

    @given(relationships, engagements(), days())
    def test_by_an_engagement(
        self, customer: Customer, engagement: Engagement, on: date
    ) -> None:
        """Engaging never makes less of what there was."""
        assume(engagement.id not in {e.id for e in of(customer)})
        work = (*of(customer), taken_on(customer, engagement))

        assert fallen(known(customer, on), known(made_of(customer, work), on)) == []

    @given(relationships, contracts(), days())
    def test_by_a_contract(
        self, customer: Customer, contract: Contract, on: date
    ) -> None:
        """Signing never makes less of what there was."""
        assume(contract.id not in {c.id for c in customer.contracts})
        papers = (signed(customer, contract),)
        more = made_of(customer, of(customer), papers)

        assert fallen(known(customer, on), known(more, on)) == []


def fallen(before: Facts, after: Facts) -> list[str]:
    """The facts that rise with dealings, and are less than they were."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in RISING)
    return [n for n, was, is_ in pairs if None not in (was, is_) and is_ < was]


class TestUnknown:
    @given(relationships, days(), st.data())
    def test_may_turn_out_any_way(
        self, customer: Customer, on: date, data: st.DataObject
    ) -> None:
        """What is known stands, however the judgements that are missing turn out."""
        before = known(customer, on)
        after = known(filled(customer, data), on)

        for name in domains():
            if (fact := getattr(before, name)) is not None:
                assert getattr(after, name) == fact, name


def filled(customer: Customer, data: st.DataObject) -> Customer:
    """The customer with every service judged and every closing dated."""
    work = tuple(settled(engagement, data) for engagement in of(customer))
    bought = tuple(
        evolve(purchase, service=judged(purchase.service, data))
        for purchase in customer.purchases
    )
    return made_of(customer, work, purchases=bought)


def settled(engagement: Engagement, data: st.DataObject) -> Engagement:
    """The engagement with every service judged, and closed on some day if at all."""
    closed = engagement.closed
    if closed is not None and closed.on is None:
        last = engagement.opened + LATER
        closed = Closing(on=data.draw(st.dates(engagement.opened, last)))
    services = tuple(judged(service, data) for service in engagement.services)
    return evolve(engagement, services=services, closed=closed)


def judged(service: Service, data: st.DataObject) -> Service:
    """The service with everything judged."""
    open_ = [f.name for f in fields(Service) if getattr(service, f.name) is None]
    members = {name: domains()[name].members for name in open_}
    found: dict[str, Any] = {
        name: data.draw(st.sampled_from(listed)) for name, listed in members.items()
    }
    return evolve(service, **found)


class TestOrder:
    @given(relationships, days(), st.randoms(use_true_random=False))
    def test_does_not_matter(
        self, customer: Customer, on: date, random: Random
    ) -> None:
        """Records may come in any order."""
        work, papers = list(of(customer)), list(customer.contracts)
        bought = list(customer.purchases)
        for records in (work, papers, bought):
            random.shuffle(records)
        again = made_of(customer, work, papers, purchases=tuple(bought))

        assert known(again, on) == known(customer, on)


class TestEngagement:
    @given(clients(), days())
    def test_has_facts_of_its_own(self, client: Client, on: date) -> None:
        """Other engagements and purchases change nothing but what is of the whole."""
        own = set(domains()) - WHOLE - PAPERS
        for engagement in client.engagements:
            alone = known(made_of(client, [engagement], purchases=()), on)
            told = known(client, on, engagement.id)

            assert all(getattr(told, name) == getattr(alone, name) for name in own)

    @given(clients(), days())
    def test_has_one_paper_at_most(self, client: Client, on: date) -> None:
        """Its contract alone decides what was signed, whatever else there is."""
        for engagement in client.engagements:
            apart = [c for c in client.contracts if c.id == engagement.contract]
            alone = evolve(client.as_customer(), contracts=())
            told = known(client, on, engagement.id)

            if engagement.opened <= on:
                one = known(made_of(alone, [engagement], apart), on)
                assert (told.signed_agreement, told.membership) == (
                    one.signed_agreement,
                    one.membership,
                )

    @given(clients(), days())
    def test_shares_what_is_of_the_whole(self, client: Client, on: date) -> None:
        """Tenure, lines, sales and wishes are those of the relationship."""
        whole = known(client, on)

        for engagement in client.engagements:
            told = known(client, on, engagement.id)
            assert all(getattr(told, n) == getattr(whole, n) for n in WHOLE)
            assert why(told) == why(whole)

    @given(clients())
    def test_must_be_on_record(self, client: Client) -> None:
        """Nothing is known of an engagement that is not there."""
        with pytest.raises(UnknownIdError, match="there is no engagement 'no such'"):
            known(client, date(2026, 1, 1), "no such")
        with pytest.raises(UnknownIdError, match="there is no engagement"):
            known(client.as_customer(), date(2026, 1, 1), client.engagements[0].id)


class TestCurrency:
    @given(relationships, days())
    def test_changes_nothing_but_sales(self, customer: Customer, on: date) -> None:
        """In another currency, only the largest sale is another, or unknown."""
        dollars = known(customer, on)
        euros = facts.of(customer, on=on, currency="EUR")
        same = evolve(euros, largest_sale=dollars.largest_sale, unknown=dollars.unknown)

        assert same == dollars
