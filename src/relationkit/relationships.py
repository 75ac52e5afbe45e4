"""Relationships: what passed between a party and the provider, day by day.

A :class:`Customer` is a party to whom we provide, have agreed to provide, or
were asked to provide something; one who pays is not meant.  A :class:`Client`
is a customer for whom an engagement is on record.  Every client is a customer:
whatever takes a Customer takes a Client.  That is this library's axiom; where
a regime uses the words otherwise, its own word stands on the engagement.

Whether someone *is* a client on a day is a question, and its answer is never
stored: see :mod:`relationkit.clienthood`.
"""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from attrs import Attribute, field, fields, frozen

from relationkit.constraints import SCHEMA, Said, Several
from relationkit.contracts import Contract
from relationkit.duties import ConsentForm
from relationkit.engagements import Engagement, Judgement, Matter, Service, is_one_a_day
from relationkit.errors import AmongError, UnknownIdError
from relationkit.money import Money
from relationkit.parties import Party
from relationkit.records import (
    ContractId,
    PartyId,
    PurchaseId,
    as_declared,
    repeated,
)

__all__ = [
    "Client",
    "Consent",
    "Customer",
    "History",
    "Inquiry",
    "Purchase",
    "Stance",
    "StatedStance",
]


R = TypeVar("R", Contract, Engagement, "Purchase")


class Stance(StrEnum):
    """What the customer wants the relationship to be."""

    TRANSACTIONAL = "transactional"
    """A quick transaction, and no relationship."""
    UNSTATED = "unstated"
    """They have not said."""
    RELATIONAL = "relational"
    """To be known, advised and kept in touch with."""


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class StatedStance:
    """That the customer said what they want; it stands until they say otherwise.

    Attributes:
        stance: What they want; unstated takes back what they said before.
        on: The day from which it stands.
    """

    stance: Stance
    on: date


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Inquiry:
    """That the customer asked us to provide something.

    Attributes:
        about: What they asked for.
        on: The day on which they asked.
    """

    about: str = field(validator=Said())
    on: date


NOT_NEGATIVE = {"properties": {"amount": {"pattern": "^[0-9]"}}}


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Purchase:
    """Something provided in one go, paid for or not.

    Attributes:
        id: Under which it is on record, once among the customer's purchases.
        on: The day on which it was agreed, or provided if nobody agreed.
        service: What was provided.
        amount: What it cost; zero if it was free, None if nobody knows.
        payer: Who pays, if not the customer; else None.

    Raises:
        ValueError: If *amount* is negative.
    """

    id: PurchaseId
    on: date
    service: Service
    amount: Money | None = field(default=None, metadata={SCHEMA: NOT_NEGATIVE})
    payer: PartyId | None = None

    @amount.validator
    def _is_not_negative(self, _: object, amount: Money | None) -> None:
        if amount is not None and amount.amount < 0:
            raise ValueError(
                f"amount of {self.id!r} is {amount}; a purchase costs zero or more"
            )


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Consent:
    """That the customer allowed us something.

    Attributes:
        purpose: What for, such as "newsletter".
        given: The day from which it was allowed.
        withdrawn: The first day on which it no longer is; None if it stands.
        form: How it was given.

    Raises:
        ValueError: If it was withdrawn before it was given.
    """

    purpose: str = field(validator=Said())
    given: date
    withdrawn: date | None = field(default=None)
    form: ConsentForm = ConsentForm.IMPLIED

    @withdrawn.validator
    def _is_not_before_it_was_given(self, _: object, withdrawn: date | None) -> None:
        if withdrawn is not None and withdrawn < self.given:
            raise ValueError(
                f"withdrawn is {withdrawn}, before the consent was given on"
                f" {self.given}; correct one of the two days"
            )

    def is_valid(self, on: date) -> bool:
        """Whether it stands on the day *on*."""
        return self.given <= on and (self.withdrawn is None or on < self.withdrawn)


def _differ_in_id(
    _: object, field: "Attribute[tuple[R, ...]]", records: tuple[R, ...]
) -> None:
    if again := repeated([record.id for record in records]):
        told = f"{field.name} has {{!r}} twice; keep one, or give each its own id"
        raise AmongError((place, told.format(id_)) for place, id_ in again)


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class History:
    """What passed between a customer and us, each with its day.

    Attributes:
        inquiries: What they asked for.
        purchases: What they bought, or were given.
        consents: What they allowed.
        stances: What they said they want; once a day at most.
        judgements: What was concluded about them.

    Raises:
        ValueError: If an id stands on two purchases, or two stances on a day, or
            a judgement is about an engagement.
    """

    inquiries: tuple[Inquiry, ...] = ()
    purchases: tuple[Purchase, ...] = field(default=(), validator=_differ_in_id)
    consents: tuple[Consent, ...] = ()
    stances: tuple[StatedStance, ...] = field(default=())
    judgements: tuple[Judgement, ...] = field(default=(), validator=is_one_a_day)

    @stances.validator
    def _differ_in_day(self, _: object, stances: tuple[StatedStance, ...]) -> None:
        if again := repeated([stated.on for stated in stances]):
            told = "stances has two of {}; keep the one that stands"
            raise AmongError((place, told.format(day)) for place, day in again)

    @judgements.validator
    def _are_about_the_customer(
        self, _: object, judgements: tuple[Judgement, ...]
    ) -> None:
        about = [one.matter for one in judgements]
        if about.count(Matter.WANTS_CERTAINTY) == len(about):
            return
        raise AmongError(
            (
                place,
                (
                    f"judgements has one on {matter}, which is about an engagement;"
                    f" put it among the judgements of that"
                ),
            )
            for place, matter in enumerate(about)
            if matter is not Matter.WANTS_CERTAINTY
        )

    def stance(self, on: date) -> Stance:
        """What they want on the day *on*, as far as they have said.

        >>> History().stance(date(2026, 1, 1)).value
        'unstated'
        """
        said = [stated for stated in self.stances if stated.on <= on]
        if not said:
            return Stance.UNSTATED
        return max(said, key=lambda stated: stated.on).stance


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Customer(History):
    """A party to whom we provide, agreed to provide, or were asked to.

    >>> from relationkit.parties import Person
    >>> ada = Customer(party=Person(id=PartyId("ada"), name="Ada Byron"))
    >>> isinstance(ada, Client)
    False

    Attributes:
        inquiries: What they asked for.
        purchases: What they bought, or were given.
        consents: What they allowed.
        stances: What they said they want; once a day at most.
        judgements: What was concluded about them.
        party: Who they are.
        contracts: The papers to which they are a party.

    Raises:
        ValueError: If a contract is not theirs, or an id stands twice.
    """

    party: Party
    contracts: tuple[Contract, ...] = field(default=(), validator=_differ_in_id)

    @contracts.validator
    def _are_theirs(self, _: object, contracts: tuple[Contract, ...]) -> None:
        under = self._under()
        AmongError.check(
            (
                place,
                (
                    f"contracts has {contract.id!r}, to which {self.party.id!r} is"
                    f" not a party; leave it out, or correct its parties"
                ),
            )
            for place, contract in enumerate(contracts)
            if self.party.id not in contract.parties and contract.id not in under
        )

    def _under(self) -> set[ContractId | None]:
        """The contracts under which work for them runs."""
        return set()


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Client(Customer):
    """A customer for whom an engagement is on record.

    Attributes:
        inquiries: What they asked for.
        purchases: What they bought, or were given.
        consents: What they allowed.
        stances: What they said they want; once a day at most.
        judgements: What was concluded about them.
        party: Who they are.
        contracts: The papers to which they are a party, and those under which
            their engagements run.
        engagements: The work undertaken for them; at least one.

    Raises:
        ValueError: If there is no engagement, one is for somebody else, an id
            stands twice, or a contract is neither theirs nor of an engagement.
    """

    engagements: tuple[Engagement, ...] = field(
        validator=[Several(1, "a client without one is a Customer"), _differ_in_id]
    )

    @engagements.validator
    def _are_theirs_too(self, _: object, engagements: tuple[Engagement, ...]) -> None:
        AmongError.check(
            (
                place,
                (
                    f"engagements has {engagement.id!r}, in which {self.party.id!r}"
                    f" is not a client; leave it out, or correct its clients"
                ),
            )
            for place, engagement in enumerate(engagements)
            if self.party.id not in engagement.clients
        )

    @engagements.validator
    def _have_their_papers(
        self, _: object, engagements: tuple[Engagement, ...]
    ) -> None:
        papers = {contract.id for contract in self.contracts}
        AmongError.check(
            (
                place,
                (
                    f"engagements has {engagement.id!r} under the contract"
                    f" {engagement.contract!r}, which is not in contracts; add it"
                ),
            )
            for place, engagement in enumerate(engagements)
            if engagement.contract is not None and engagement.contract not in papers
        )

    def _under(self) -> set[ContractId | None]:
        return {engagement.contract for engagement in self.engagements}

    def engagement(self, id_: str) -> Engagement:
        """The engagement on record under an id.

        Raises:
            UnknownIdError: If there is none.
        """
        for engagement in self.engagements:
            if engagement.id == id_:
                return engagement
        known = (engagement.id for engagement in self.engagements)
        raise UnknownIdError.of("engagement", id_, known)

    def as_customer(self) -> Customer:
        """The same party without its engagements: what a walk-in would find.

        Papers under which an engagement runs are left out with it.
        """
        under = self._under()
        return Customer(
            party=self.party,
            contracts=tuple(c for c in self.contracts if c.id not in under),
            **{field.name: getattr(self, field.name) for field in fields(History)},
        )
