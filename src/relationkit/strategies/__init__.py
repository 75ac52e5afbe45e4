"""Strategies: made-up but valid models, for your own property tests.

Needs the ``relationkit[hypothesis]`` extra.  Every strategy draws what is valid
by construction, aims at the cases that code forgets, and takes strategies for
the parts that you would rather choose yourself.

>>> from hypothesis import strategies as st
>>> from relationkit import strategies
>>> ours = strategies.engagements(services=strategies.services(lines=st.just("tax")))
>>> taxed = strategies.clients(engagements=ours)

Where Hypothesis is installed beside this package, ``st.from_type(Client)`` and a
``@given`` that infers need no import from here: they know every model, every id
and :class:`~relationkit.tables.Table`.
"""

from relationkit.strategies._books import books, customer_records
from relationkit.strategies._calendars import (
    business_calendars,
    calendar_ids,
    date_exceptions,
    instants,
    intervals,
    weekly_hours,
)
from relationkit.strategies._contracts import (
    contract_ids,
    contracts,
    fee_clauses,
    signatures,
)
from relationkit.strategies._credits import (
    attainments,
    bands,
    credit_terms,
    settled,
)
from relationkit.strategies._duties import (
    duties,
    fiduciary_duties,
    other_duties,
    regime_ids,
    writing_ids,
    writings,
)
from relationkit.strategies._engagements import (
    closings,
    engagement_ids,
    engagements,
    judgements,
    services,
)
from relationkit.strategies._facts import completions, facts
from relationkit.strategies._fees import (
    bounded_fees,
    bundles,
    discounted_fees,
    fees,
    fixed_fees,
    graduated_fees,
    increments,
    per_unit_fees,
    rate_card_ids,
    rate_cards,
    rates,
    tiers,
    usages,
    volume_fees,
)
from relationkit.strategies._money import (
    cash_steps,
    currencies,
    minor_units,
    moneys,
    settlements,
    weights,
)
from relationkit.strategies._parties import organisations, parties, party_ids, people
from relationkit.strategies._periods import days, periods
from relationkit.strategies._policy import (
    assessments,
    editions,
    policies,
    versions,
)
from relationkit.strategies._pricing import (
    draws,
    lines,
    obligations,
    offers,
    priced,
    prorations,
    quotes,
    retainers,
    spans,
)
from relationkit.strategies._relationships import (
    clients,
    consents,
    customers,
    histories,
    inquiries,
    purchase_ids,
    purchases,
    relationships,
    stated_stances,
)
from relationkit.strategies._sla import events, pauses, tickets
from relationkit.strategies._tables import cases, tables
from relationkit.strategies._targets import (
    goals,
    next_business_days,
    plans,
    priority_ids,
    targets,
)

__all__ = [
    "assessments",
    "attainments",
    "bands",
    "books",
    "bounded_fees",
    "bundles",
    "business_calendars",
    "calendar_ids",
    "cases",
    "cash_steps",
    "clients",
    "closings",
    "completions",
    "consents",
    "contract_ids",
    "contracts",
    "credit_terms",
    "currencies",
    "customer_records",
    "customers",
    "date_exceptions",
    "days",
    "discounted_fees",
    "draws",
    "duties",
    "editions",
    "engagement_ids",
    "engagements",
    "events",
    "facts",
    "fee_clauses",
    "fees",
    "fiduciary_duties",
    "fixed_fees",
    "goals",
    "graduated_fees",
    "histories",
    "increments",
    "inquiries",
    "instants",
    "intervals",
    "judgements",
    "lines",
    "minor_units",
    "moneys",
    "next_business_days",
    "obligations",
    "offers",
    "organisations",
    "other_duties",
    "parties",
    "party_ids",
    "pauses",
    "people",
    "per_unit_fees",
    "periods",
    "plans",
    "policies",
    "priced",
    "priority_ids",
    "prorations",
    "purchase_ids",
    "purchases",
    "quotes",
    "rate_card_ids",
    "rate_cards",
    "rates",
    "regime_ids",
    "relationships",
    "retainers",
    "services",
    "settled",
    "settlements",
    "signatures",
    "spans",
    "stated_stances",
    "tables",
    "targets",
    "tickets",
    "tiers",
    "usages",
    "versions",
    "volume_fees",
    "weekly_hours",
    "weights",
    "writing_ids",
    "writings",
]
