"""Engagements: work undertaken for someone, and how it was judged.

Payer, client, subject and opponent are roles of an engagement, not kinds of
party.  What the work is (how much help, how tailored, how much is at stake) is
a judgement that stands on its services; None there means that nobody has made
it, and never "no".
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Self

from attrs import Attribute, evolve, field, frozen

from relationkit.constraints import Id, Several
from relationkit.duties import Duty, FiduciaryDuty
from relationkit.errors import AmongError
from relationkit.records import (
    ContractId,
    EngagementId,
    PartyId,
    Ranked,
    RegimeId,
    as_declared,
    repeated,
)

__all__ = [
    "Closing",
    "EndReason",
    "Engagement",
    "Fiduciary",
    "Help",
    "Judgement",
    "Matter",
    "Service",
    "ServiceKind",
    "Stakes",
    "Tailoring",
    "is_one_a_day",
    "latest",
]


class ServiceKind(StrEnum):
    """Whether a thing is handed over or something is done."""

    GOODS = "goods"
    SERVICE = "service"


class Help(Ranked):
    """How much of the other's own decision is put into our hands, least first."""

    NONE = "none"
    """They choose, we hand over."""
    EXECUTION = "execution"
    """We carry out what they decided."""
    ADVICE = "advice"
    """We tell them what to decide."""
    REPRESENTATION = "representation"
    """We decide or speak in their name."""


class Tailoring(Ranked):
    """How far the work is made for this one customer, least first."""

    READY_MADE = "ready_made"
    ADAPTED = "adapted"
    BESPOKE = "bespoke"


class Stakes(Ranked):
    """How much depends on the work for the customer, least first."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Fiduciary(Ranked):
    """Whether a fiduciary duty is owed, least first; unknown is None beside it."""

    NO = "no"
    LIMITED = "limited"
    YES = "yes"


class Matter(StrEnum):
    """What a dated judgement can be about, and so on which record it stands."""

    FIDUCIARY = "fiduciary"
    """Whether an engagement puts us under a fiduciary duty."""
    WANTS_CERTAINTY = "wants_certainty"
    """Whether a customer wants to know the price beforehand."""


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Judgement:
    """What someone concluded on a day; a later one on the same matter replaces it.

    Attributes:
        matter: What it is about.
        holds: What was concluded.
        on: The day from which it stands.
        because: On what grounds; empty if nobody noted them.
    """

    matter: Matter
    holds: bool
    on: date
    because: str = ""


def latest(
    judgements: Iterable[Judgement], matter: Matter, *, on: date
) -> Judgement | None:
    """The judgement on *matter* that stood on the day *on*; None if none did.

    >>> first = Judgement(matter=Matter.FIDUCIARY, holds=True, on=date(2026, 1, 1))
    >>> latest([first], Matter.FIDUCIARY, on=date(2025, 12, 31)) is None
    True
    """
    standing = [j for j in judgements if j.matter is matter and j.on <= on]
    return max(standing, key=lambda judgement: judgement.on, default=None)


def is_one_a_day(
    _: object,
    field: "Attribute[tuple[Judgement, ...]]",
    judgements: tuple[Judgement, ...],
) -> None:
    """On one matter there is one judgement a day, so that the latest is one."""
    if again := repeated([(one.matter, one.on) for one in judgements]):
        told = f"{field.name} has two on {{}} of {{}}; keep the one that stands"
        raise AmongError((place, told.format(*made)) for place, made in again)


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Service:
    """Goods or a service, and how it was judged.

    Of the judgements None means that nobody has made them.

    Attributes:
        line: The line of business, such as "tax" or "furniture"; how many
            lines someone uses is counted.
        kind: Whether a thing is handed over or something is done.
        help: How much of their own decision is put into our hands.
        professional: Whether it takes professional skill.
        tailoring: How far it is made for this one customer.
        stakes: How much depends on it for the customer.
        recurring: Whether access or the need for it renews by itself.
        metered: Whether use is measured as it flows, such as minutes.
        counted: Whether use is counted in pieces, such as visits.
        wide_volumes: Whether use differs greatly from customer to customer.
        scope_defined: Whether what will be done is known beforehand.
        repeatable: Whether it is done much the same way each time.
        value_measurable: Whether what it is worth to them can be measured.
        value_agreed: Whether both agreed what it is worth; on record or not.
        outcome_fee: Whether the fee is to depend on the outcome; on record or
            not.
        outcome_fee_permitted: Whether the rules for such work allow that.
        fee_on_assets: Whether the fee is a share of assets; on record or not.

    Raises:
        ValueError: If the line is blank.
    """

    line: str = field(validator=Id())
    kind: ServiceKind = ServiceKind.SERVICE
    help: Help | None = None
    professional: bool | None = None
    tailoring: Tailoring | None = None
    stakes: Stakes | None = None
    recurring: bool | None = None
    metered: bool | None = None
    counted: bool | None = None
    wide_volumes: bool | None = None
    scope_defined: bool | None = None
    repeatable: bool | None = None
    value_measurable: bool | None = None
    value_agreed: bool = False
    outcome_fee: bool = False
    outcome_fee_permitted: bool | None = None
    fee_on_assets: bool = False


class EndReason(StrEnum):
    """Why an engagement was closed."""

    COMPLETED = "completed"
    WITHDRAWN_BY_CLIENT = "withdrawn_by_client"
    WITHDRAWN_BY_PROVIDER = "withdrawn_by_provider"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Closing:
    """That an engagement was closed.

    Attributes:
        on: The first day on which it is no longer open; None if it is thought
            to be closed and nobody knows since when.
        why: For what reason.
    """

    on: date | None = None
    why: EndReason = EndReason.UNKNOWN


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Engagement:
    """Work undertaken for someone.

    Attributes:
        id: Under which the engagement is on record.
        opened: The day on which it was taken on.
        clients: For whom; at least one party.
        services: What is done, one of each line; at least one.
        title: What it is called; empty if it has no name of its own.
        payers: Who pays, if not (only) the clients.
        subjects: Whom it is about, such as the person audited.
        adverse: Whose interests are opposed in it.
        staff: Who of ours works on it.
        contract: What was agreed; None if nothing is in writing.
        regimes: The bodies of rules that govern the work; empty if none does.
        word: What those rules call the client, such as "patient"; empty if
            they have no word of their own.
        undertakings: Duties taken on beyond what the regimes impose.
        judgements: What was concluded about it, each with its day.
        closed: That it was closed; None while it is open.

    Raises:
        ValueError: If it has no client or no service, two services of one
            line, a client who is adverse to it, a judgement about the customer
            instead, or was closed before it was opened.
    """

    id: EngagementId
    opened: date
    clients: frozenset[PartyId] = field(validator=Several(1, "name for whom it is"))
    services: tuple[Service, ...] = field(validator=Several(1, "say what is done"))
    title: str = ""
    payers: frozenset[PartyId] = frozenset()
    subjects: frozenset[PartyId] = frozenset()
    adverse: frozenset[PartyId] = field(default=frozenset())
    staff: frozenset[PartyId] = frozenset()
    contract: ContractId | None = None
    regimes: frozenset[RegimeId] = frozenset()
    word: str = ""
    undertakings: tuple[Duty, ...] = ()
    judgements: tuple[Judgement, ...] = field(default=(), validator=is_one_a_day)
    closed: Closing | None = field(default=None)

    @services.validator
    def _differ_in_line(self, _: object, services: tuple[Service, ...]) -> None:
        if again := repeated([service.line for service in services]):
            told = f"services of {self.id!r} has the line {{!r}} twice;"
            more = " keep one service of each line"
            raise AmongError((place, told.format(line) + more) for place, line in again)

    @adverse.validator
    def _are_not_clients(self, _: object, adverse: frozenset[PartyId]) -> None:
        if adverse.isdisjoint(self.clients):
            return
        raise AmongError(
            (
                place,
                (
                    f"adverse of {self.id!r} has {party!r}, who is a client in it too;"
                    f" remove them from one of the two"
                ),
            )
            for place, party in enumerate(sorted(adverse))
            if party in self.clients
        )

    @judgements.validator
    def _are_about_the_work(self, _: object, judgements: tuple[Judgement, ...]) -> None:
        about = [one.matter for one in judgements]
        if about.count(Matter.FIDUCIARY) == len(about):
            return
        raise AmongError(
            (
                place,
                (
                    f"judgements of {self.id!r} has one on {matter}, which is about a"
                    f" customer; put it among the judgements of a CustomerRecord"
                ),
            )
            for place, matter in enumerate(about)
            if matter is not Matter.FIDUCIARY
        )

    @closed.validator
    def _is_not_before_opening(self, _: object, closed: Closing | None) -> None:
        if closed and closed.on and closed.on < self.opened:
            raise ValueError(
                f"closed of {self.id!r} is {closed.on}, before it was opened on"
                f" {self.opened}; correct one of the two days"
            )

    def is_open(self, on: date) -> bool | None:
        """Whether it is open on the day *on*.

        None if it was closed on a day that nobody knows.
        """
        if on < self.opened:
            return False
        if self.closed is None:
            return True
        return None if self.closed.on is None else on < self.closed.on

    def fiduciary(self, on: date) -> Fiduciary | None:
        """Whether it puts us under a fiduciary duty on the day *on*.

        A duty on record decides, then the latest judgement.  Without either,
        work that no regime governs carries none, and of other work it is
        unknown: that depends on the regime.
        """
        is_open = self.is_open(on)
        owed = self._fiduciary_while_open(on) if is_open is not False else Fiduciary.NO
        return owed if is_open or owed is Fiduciary.NO else None

    def _fiduciary_while_open(self, on: date) -> Fiduciary | None:
        duties = [d for d in self.undertakings if isinstance(d, FiduciaryDuty)]
        owed = [d for d in duties if on in d.period]
        if owed:
            whole = not all(duty.is_limited for duty in owed)
            return Fiduciary.YES if whole else Fiduciary.LIMITED
        if judged := latest(self.judgements, Matter.FIDUCIARY, on=on):
            return Fiduciary.YES if judged.holds else Fiduciary.NO
        return None if self.regimes else Fiduciary.NO

    def close(self, *, on: date, why: EndReason = EndReason.UNKNOWN) -> Self:
        """The same engagement, closed.

        Raises:
            ValueError: If it is closed already, or was opened after *on*.
        """
        if self.closed is not None:
            since = self.closed.on or "a day that nobody knows"
            raise ValueError(
                f"closed of {self.id!r} is {since} already; leave it, or evolve it"
                f" with another Closing"
            )
        return evolve(self, closed=Closing(on=on, why=why))
