"""Strategies for duties: fiduciary and other, whole and limited, and writings."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, TypeVar

from hypothesis import strategies as st

from relationkit.duties import (
    Basis,
    Character,
    ConsentForm,
    Curability,
    Duty,
    DutyKind,
    FiduciaryDuty,
    OtherDuty,
    Standard,
    Survival,
    Writing,
    WritingKind,
)
from relationkit.periods import Period
from relationkit.records import EngagementId, PartyId, RegimeId, WritingId
from relationkit.strategies._draws import least, made, texts
from relationkit.strategies._parties import groups
from relationkit.strategies._periods import DAYS, LENGTHS, stretch

__all__ = [
    "duties",
    "fiduciary_duties",
    "other_duties",
    "regime_ids",
    "writing_ids",
    "writings",
]

D = TypeVar("D", FiduciaryDuty, OtherDuty)

# Those who owe are in no group, so that nobody owes a duty to themselves.
_OWING = tuple(map(PartyId, ("us", "partner")))
_OWED = tuple(map(PartyId, ("ada", "acme", "None")))
_GROUPS = tuple(map(frozenset, (_OWED[:1], _OWED[1:], _OWED)))
_WRITINGS = tuple(map(WritingId, ("notice", "a/b~1", "None")))
_REGIMES = tuple(map(RegimeId, ("code", "None")))
_LASTING = (least(OtherDuty, "survival_days"), 30, 365)
_SURVIVING: Sequence[Mapping[str, object]] = (
    *({"survival": some} for some in Survival if some is not Survival.FIXED),
    *({"survival": Survival.FIXED, "survival_days": days} for days in _LASTING),
)
_SHARED: dict[str, Sequence[object]] = {
    "start": DAYS,
    "length": LENGTHS,
    "surviving": _SURVIVING,
    "kind": tuple(DutyKind),
    "standard": tuple(Standard),
    "regime": (None, *_REGIMES),
    "cite": ("", "s. 1(2)"),
    "curability": tuple(Curability),
    "consent_form": tuple(ConsentForm),
}


def regime_ids() -> st.SearchStrategy[RegimeId]:
    """Ids of bodies of rules; few, so that records meet, and others besides."""
    return texts(RegimeId, *_REGIMES)


def writing_ids() -> st.SearchStrategy[WritingId]:
    """Ids of writings; few, so that records meet, and others besides."""
    return texts(WritingId, *_WRITINGS)


def fiduciary_duties(
    *, periods: st.SearchStrategy[Period] | None = None
) -> st.SearchStrategy[FiduciaryDuty]:
    """Fiduciary duties, some limited in scope; shrinks to obedience."""
    return made(
        partial(_duty, FiduciaryDuty),
        {"period": periods},
        basis=tuple(Basis),
        fiduciary=_OWING,
        principal=_OWED,
        beneficiaries=(frozenset(), *_GROUPS),
        scope=("", "the sale only"),
        **_SHARED,
    )


def other_duties(
    *, periods: st.SearchStrategy[Period] | None = None
) -> st.SearchStrategy[OtherDuty]:
    """Duties that are not fiduciary; shrinks to obedience."""
    return made(
        partial(_duty, OtherDuty),
        {"period": periods},
        character=tuple(Character),
        owed_by=_OWING,
        owed_to=_GROUPS,
        **_SHARED,
    )


def _duty(
    as_kind: Callable[..., D],
    /,
    *,
    start: date,
    length: int | None,
    surviving: Mapping[str, object],
    period: Period | None = None,
    **others: Any,  # noqa: ANN401, what goes in as it is drawn
) -> D:
    period = stretch(start, length) if period is None else period
    return as_kind(period=period, **surviving, **others)


def duties(
    *, periods: st.SearchStrategy[Period] | None = None
) -> st.SearchStrategy[Duty]:
    """Duties of both kinds; shrinks to a fiduciary one."""
    return fiduciary_duties(periods=periods) | other_duties(periods=periods)


def writings(
    *,
    ids: st.SearchStrategy[WritingId] | None = None,
    engagements: st.SearchStrategy[EngagementId | None] | None = None,
    days: st.SearchStrategy[date] | None = None,
) -> st.SearchStrategy[Writing]:
    """Writings, of no engagement unless *engagements* says which."""
    return made(
        Writing,
        {
            "id": ids,
            "about": texts(str, "fees and\ncharges"),
            "on": days,
            "engagement": engagements,
        },
        id=_WRITINGS,
        kind=tuple(WritingKind),
        given_to=groups(least(Writing, "given_to"), 2),
        on=DAYS,
        engagement=(None,),
    )
