"""Services: what was judged of them, one by one and together."""

from collections.abc import Iterable, Sequence
from typing import TypedDict, TypeVar

from relationkit.engagements import Help, Service, ServiceKind, Stakes, Tailoring
from relationkit.records import Ranked

__all__ = ["ServiceFacts", "of_services"]

R = TypeVar("R", bound=Ranked)


class ServiceFacts(TypedDict):
    """The facts that services alone decide."""

    service: bool
    professional: bool | None
    help: Help | None
    tailoring: Tailoring | None
    stakes: Stakes | None
    recurring: bool | None
    metered: bool | None
    counted: bool | None
    wide_volumes: bool | None
    scope_defined: bool | None
    repeatable: bool | None
    value_measurable: bool | None
    value_agreed: bool
    outcome_fee: bool
    outcome_fee_permitted: bool | None
    fee_on_assets: bool


def of_services(services: Sequence[Service]) -> ServiceFacts:
    """What *services* come to together; of none at all, the least of everything."""
    return ServiceFacts(
        service=any(s.kind is ServiceKind.SERVICE for s in services),
        professional=_any(s.professional for s in services),
        help=_most(Help, [s.help for s in services]),
        tailoring=_most(Tailoring, [s.tailoring for s in services]),
        stakes=_most(Stakes, [s.stakes for s in services]),
        recurring=_same(s.recurring for s in services),
        metered=_same(s.metered for s in services),
        counted=_same(s.counted for s in services),
        wide_volumes=_same(s.wide_volumes for s in services),
        scope_defined=_same(s.scope_defined for s in services),
        repeatable=_same(s.repeatable for s in services),
        value_measurable=_same(s.value_measurable for s in services),
        value_agreed=any(s.value_agreed for s in services),
        outcome_fee=any(s.outcome_fee for s in services),
        outcome_fee_permitted=_same(s.outcome_fee_permitted for s in services),
        fee_on_assets=any(s.fee_on_assets for s in services),
    )


def _any(judged: Iterable[bool | None]) -> bool | None:
    """Yes as soon as one is; no only if all are known not to be."""
    found = set(judged)
    return True if True in found else None if None in found else False


def _same(judged: Iterable[bool | None]) -> bool | None:
    """What all agree on; unknown if they differ."""
    found = set(judged) or {False}
    return found.pop() if len(found) == 1 else None


def _most(members: type[R], judged: Sequence[R | None]) -> R | None:
    """The most of all; unknown if an unknown one could still be more."""
    least, *_, top = members
    known = max((one for one in judged if one is not None), default=least)
    return known if known is top or None not in judged else None
