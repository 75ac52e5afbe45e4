"""Strategies: made-up but valid models, for your own property tests.

Needs the ``relationkit[hypothesis]`` extra.  Every strategy draws what is valid
by construction, aims at the cases that code forgets, and takes strategies for
the parts that you would rather choose yourself.

>>> from hypothesis import strategies as st
>>> from relationkit import strategies
>>> ours = strategies.engagements(services=strategies.services(lines=st.just("tax")))
>>> taxed = strategies.clients(engagements=ours)
"""

from relationkit.strategies._books import books, customer_records
from relationkit.strategies._contracts import contracts, signatures
from relationkit.strategies._duties import (
    duties,
    fiduciary_duties,
    other_duties,
    writings,
)
from relationkit.strategies._engagements import engagements, judgements, services
from relationkit.strategies._facts import completions, facts
from relationkit.strategies._money import currencies, moneys
from relationkit.strategies._parties import organisations, parties, party_ids, people
from relationkit.strategies._periods import days, periods
from relationkit.strategies._relationships import (
    clients,
    consents,
    customers,
    inquiries,
    purchases,
    stated_stances,
)

__all__ = [
    "books",
    "clients",
    "completions",
    "consents",
    "contracts",
    "currencies",
    "customer_records",
    "customers",
    "days",
    "duties",
    "engagements",
    "facts",
    "fiduciary_duties",
    "inquiries",
    "judgements",
    "moneys",
    "organisations",
    "other_duties",
    "parties",
    "party_ids",
    "people",
    "periods",
    "purchases",
    "services",
    "signatures",
    "stated_stances",
    "writings",
]
