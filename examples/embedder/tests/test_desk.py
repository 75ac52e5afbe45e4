"""Tests of our own desk, with relationkit's models made up by Hypothesis."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from little_crm.desk import Handover, Ticket, first_answer, queue, to_ask

from relationkit.parties import Organisation, Person
from relationkit.relationships import Client, Customer

WORST = timedelta(hours=72)


@given(st.from_type(Ticket))
def test_a_promise_or_a_question(ticket: Ticket) -> None:
    assert (first_answer(ticket) is None) == bool(to_ask(ticket))


@given(st.from_type(Ticket))
def test_nobody_waits_for_ever(ticket: Ticket) -> None:
    assert (first_answer(ticket) or WORST) <= WORST


@given(st.lists(st.builds(Ticket, st.integers(), st.from_type(Client), st.dates())))
def test_no_ticket_is_lost(tickets: list[Ticket]) -> None:
    assert sorted(map(id, queue(tickets))) == sorted(map(id, tickets))


@given(...)
def test_clients_are_customers(client: Client) -> None:
    assert isinstance(client, Customer)


@given(handover=...)
def test_ours_hold_theirs(handover: Handover) -> None:
    assert isinstance(handover.to, Person | Organisation)
    assert handover.work.clients
    assert handover.client.engagements
