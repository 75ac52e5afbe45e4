"""The Hypothesis entry point: how ``from_type`` comes to know our models.

Hypothesis calls :func:`register` at the end of its own import, in any program
that has this package installed.  Most such programs never use it, so nothing of
ours is imported then: each module is noticed when somebody else imports it, and
strategies are made when one is first asked for.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from enum import EnumType
from functools import partial
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["KNOWN", "register"]

KNOWN: Mapping[str, Mapping[str, str]] = {
    "relationkit.books": {"Book": "books", "CustomerRecord": "customer_records"},
    "relationkit.calendars": {
        "BusinessCalendar": "business_calendars",
        "DateException": "date_exceptions",
        "Hours": "weekly_hours",
        "Interval": "intervals",
    },
    "relationkit.contracts": {
        "Contract": "contracts",
        "FeeClause": "fee_clauses",
        "Signature": "signatures",
    },
    "relationkit.duties": {
        "FiduciaryDuty": "fiduciary_duties",
        "OtherDuty": "other_duties",
        "Writing": "writings",
    },
    "relationkit.engagements": {
        "Closing": "closings",
        "Engagement": "engagements",
        "Judgement": "judgements",
        "Service": "services",
    },
    "relationkit.facts": {"Facts": "facts"},
    "relationkit.fees": {
        "Bounded": "bounded_fees",
        "Bundle": "bundles",
        "Discounted": "discounted_fees",
        "Fixed": "fixed_fees",
        "Graduated": "graduated_fees",
        "PerUnit": "per_unit_fees",
        "Rate": "rates",
        "RateCard": "rate_cards",
        "Increment": "increments",
        "Tier": "tiers",
        "Volume": "volume_fees",
    },
    "relationkit.money": {
        "CashStep": "cash_steps",
        "MinorUnit": "minor_units",
        "Money": "moneys",
        "Settlement": "settlements",
    },
    "relationkit.parties": {"Organisation": "organisations", "Person": "people"},
    "relationkit.periods": {"Period": "periods"},
    "relationkit.policy": {
        "Assessment": "assessments",
        "Edition": "editions",
        "EngagementPolicy": "policies",
        "Versions": "versions",
    },
    "relationkit.pricing": {
        "Draw": "draws",
        "Line": "lines",
        "Obligation": "obligations",
        "Offer": "offers",
        "Quote": "quotes",
        "Retainer": "retainers",
        "Span": "spans",
    },
    "relationkit.records": {
        "CalendarId": "calendar_ids",
        "ContractId": "contract_ids",
        "EngagementId": "engagement_ids",
        "PartyId": "party_ids",
        "PriorityId": "priority_ids",
        "PurchaseId": "purchase_ids",
        "RateCardId": "rate_card_ids",
        "RegimeId": "regime_ids",
        "WritingId": "writing_ids",
    },
    "relationkit.relationships": {
        "Client": "clients",
        "Consent": "consents",
        "Customer": "relationships",
        "History": "histories",
        "Inquiry": "inquiries",
        "Purchase": "purchases",
        "StatedStance": "stated_stances",
    },
    "relationkit.sla": {
        "Attainment": "attainments",
        "Band": "bands",
        "CreditTerms": "credit_terms",
        "Event": "events",
        "Pause": "pauses",
        "Settled": "settled",
    },
    "relationkit.tables": {"Table": "tables"},
    "relationkit.targets": {
        "Goal": "goals",
        "NextBusinessDay": "next_business_days",
        "Plan": "plans",
        "Target": "targets",
    },
}
"""By module, the types that ``from_type`` knows, and the strategy for each."""


def register() -> None:
    """Let ``from_type`` know the models of every module, now or once imported."""
    for name in KNOWN.keys() & sys.modules.keys():
        _register(sys.modules[name])
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def _register(module: ModuleType) -> None:
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415, its

    for kind, strategy in KNOWN[module.__name__].items():
        register_type_strategy(getattr(module, kind), partial(_made, strategy))


def _made(name: str, kind: object) -> "SearchStrategy[object]":
    """The strategy of a *name*; of a table, for the answers that *kind* names."""
    from hypothesis.strategies import just  # noqa: PLC0415, made when asked for

    strategy: Callable[..., SearchStrategy[object]]
    strategy = getattr(import_module("relationkit.strategies"), name)
    for answers in get_args(kind):
        if isinstance(answers, EnumType) and len(answers):
            return strategy(answers=just(answers))
    return strategy()


class _Finder(MetaPathFinder):
    """Finds our modules where others find them, and has their loader tell us."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname not in KNOWN:
            return None
        spec = _found(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, spec)
        return spec


def _found(
    fullname: str, path: Sequence[str] | None, target: ModuleType | None
) -> ModuleSpec | None:
    """What any other finder finds first."""
    others = [finder for finder in sys.meta_path if not isinstance(finder, _Finder)]
    specs = (finder.find_spec(fullname, path, target) for finder in others)
    return next((spec for spec in specs if spec is not None), None)


class _Loader(Loader):
    """Loads a module as another does, which it leaves in its place."""

    def __init__(self, own: Loader, spec: ModuleSpec) -> None:
        self._own = own
        self._spec = spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._own
        self._spec.loader = self._own
        self._own.exec_module(module)
        _register(module)
