from hypothesis import given
from hypothesis import strategies as st

from relationkit.books import Book
from relationkit.records import PartyId
from relationkit.strategies import books, clients, customers, parties

ours = parties(ids=st.sampled_from([PartyId("us"), PartyId("us*")]))


@given(books(customers=customers(parties=ours), clients=clients(parties=ours)))
def test_the_provider_serves_others(book: Book) -> None:
    """Whatever ids the customers have that you choose, the provider has another."""
    assert book.provider.id not in book.customer_ids
