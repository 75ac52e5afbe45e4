"""Strategies for engagements: open, closed, or closed nobody knows when."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from operator import attrgetter
from typing import Any

from attrs import fields
from hypothesis import strategies as st

from relationkit.engagements import (
    Closing,
    EndReason,
    Engagement,
    Help,
    Judgement,
    Matter,
    Service,
    ServiceKind,
    Stakes,
    Tailoring,
)
from relationkit.records import ContractId, EngagementId, PartyId, RegimeId
from relationkit.strategies._contracts import CONTRACT_IDS
from relationkit.strategies._draws import apart, few, least, made, texts
from relationkit.strategies._duties import duties
from relationkit.strategies._parties import groups
from relationkit.strategies._periods import DAYS, later
from relationkit.strategies._periods import days as _days

__all__ = [
    "ENGAGEMENT_IDS",
    "closings",
    "engagement_ids",
    "engagements",
    "judgements",
    "one_a_day",
    "services",
]

# Few, so that records meet.
ENGAGEMENT_IDS = tuple(map(EngagementId, ("tax", "audit", "a/b~1", "None")))
_LINES = ("tax", "furniture", "None")
_ADA, _ACME = PartyId("ada"), PartyId("acme")
_GROUPS = (frozenset[PartyId](), frozenset({_ADA}), frozenset({_ADA, _ACME}))
_CODE, _NONE = RegimeId("code"), RegimeId("None")
_REGIMES = (frozenset[RegimeId](), frozenset({_CODE}), frozenset({_CODE, _NONE}))
# What may be said of a service with yes or no, and what may be unknown.
_FLAGS: dict[str, Sequence[bool]] = {
    field.name: (False, True)
    for field in fields(Service)
    if field.type in (bool, bool | None)
}
_OPEN = [field.name for field in fields(Service) if field.default is None]
_ALL = 2 ** len(_OPEN)
# A bit for each of these; all of them unknown, or none, as often as some.
_UNKNOWN = (*[_ALL - 1] * (_ALL // 2), *reversed(range(_ALL)), *[0] * (_ALL // 2))
# For how many days until it was closed, None if nobody knows; and why.
_CLOSED = tuple(product((None, 0, 1, 28, 364, 365, 366), EndReason))
_LASTING = (*[None] * len(_CLOSED), *_CLOSED)


def engagement_ids() -> st.SearchStrategy[EngagementId]:
    """Ids of engagements; few, so that records meet, and others besides."""
    return texts(EngagementId, *ENGAGEMENT_IDS)


def services(
    *, lines: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[Service]:
    """Goods and services, of which much is judged, or nothing; shrinks to that."""
    return made(
        _service,
        {"line": lines},
        line=_LINES,
        kind=tuple(ServiceKind),
        unknown=_UNKNOWN,
        help=tuple(Help),
        tailoring=tuple(Tailoring),
        stakes=tuple(Stakes),
        **_FLAGS,
    )


def _service(*, unknown: int, **judged: Any) -> Service:  # noqa: ANN401, as drawn
    nothing = {name: None for at, name in enumerate(_OPEN) if unknown >> at & 1}
    return Service(**{**judged, **nothing})


def judgements(
    *,
    matters: st.SearchStrategy[Matter] | None = None,
    days: st.SearchStrategy[date] | None = None,
) -> st.SearchStrategy[Judgement]:
    """Judgements, for and against."""
    return made(
        Judgement,
        {"matter": matters, "on": days},
        matter=tuple(Matter),
        on=DAYS,
        holds=(False, True),
        because=("", "as agreed"),
    )


def one_a_day(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those of *judgements* that can stand together."""
    return apart(judgements, attrgetter("matter", "on"))


_SERVICES = services()
_SOME = least(Engagement, "services")


def engagements(
    *,
    ids: st.SearchStrategy[EngagementId] | None = None,
    clients: st.SearchStrategy[frozenset[PartyId]] | None = None,
    services: st.SearchStrategy[Service] | None = None,
    contracts: st.SearchStrategy[ContractId | None] | None = None,
    days: st.SearchStrategy[date] | None = None,
) -> st.SearchStrategy[Engagement]:
    """Engagements; shrinks to an open one of a single service.

    Some are closed: on the day they were opened, a day or a year later, or on a
    day that nobody knows.  Duties, judgements and regimes agree, or do not.
    Each of *clients* is one party or more; *days* are those of opening.
    """
    return made(
        _engagement,
        {
            "id": ids,
            "opened": days,
            "clients": clients,
            "services": few(_SERVICES if services is None else services, _SOME),
            "contract": contracts,
            "undertakings": few(duties()),
            "judgements": few(judgements(matters=st.just(Matter.FIDUCIARY))),
        },
        id=ENGAGEMENT_IDS,
        opened=DAYS,
        clients=groups(least(Engagement, "clients"), 2),
        contract=(None, None, *CONTRACT_IDS),
        lasting=_LASTING,
        payers=_GROUPS,
        subjects=_GROUPS,
        adverse=_GROUPS,
        staff=_GROUPS,
        regimes=_REGIMES,
        word=("", "patient"),
        title=("", "None"),
    )


def _engagement(  # noqa: PLR0913, what does not go in as it is drawn
    *,
    opened: date,
    clients: frozenset[PartyId],
    adverse: frozenset[PartyId],
    services: tuple[Service, ...],
    judgements: tuple[Judgement, ...],
    lasting: tuple[int | None, EndReason] | None,
    **others: Any,  # noqa: ANN401, what does
) -> Engagement:
    return Engagement(
        opened=opened,
        clients=clients,
        adverse=adverse - clients,
        services=apart(services, attrgetter("line")),
        judgements=one_a_day(judgements),
        closed=None if lasting is None else _closing(opened, *lasting),
        **others,
    )


def closings(
    *, days: st.SearchStrategy[date | None] | None = None
) -> st.SearchStrategy[Closing]:
    """Closings for any reason, some on a day that nobody knows."""
    on = st.none() | _days() if days is None else days
    return made(Closing, {"on": on}, why=tuple(EndReason))


def _closing(opened: date, lasting: int | None, why: EndReason) -> Closing:
    return Closing(on=None if lasting is None else later(opened, lasting), why=why)
