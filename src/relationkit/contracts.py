"""Contracts: what was agreed, by whom, and whether it binds on a day.

A contract keeps facts, each with its day; its status on a day is derived from
them.  Nothing dated later changes a status before.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from relationkit.constraints import Several
from relationkit.errors import AmongError
from relationkit.fees import Fee, PricingModel
from relationkit.money import Listed
from relationkit.periods import Period
from relationkit.records import ContractId, PartyId, as_declared, is_of
from relationkit.targets import Plan

__all__ = ["Contract", "ContractForm", "ContractStatus", "FeeClause", "Signature"]


class ContractForm(StrEnum):
    """What kind of paper it is, in the words of the trade."""

    TERMS_OF_SALE = "terms_of_sale"
    ESTIMATE = "estimate"
    MEMBERSHIP = "membership"
    SERVICE_AGREEMENT = "service_agreement"
    ENGAGEMENT_LETTER = "engagement_letter"
    MASTER_AGREEMENT = "master_agreement"
    STATEMENT_OF_WORK = "statement_of_work"
    AUTHORITY_TO_ACT = "authority_to_act"
    NON_DISCLOSURE = "non_disclosure"


class ContractStatus(StrEnum):
    """How far a contract has come on a day."""

    DRAFTED = "drafted"
    """Not every party has signed."""
    SIGNED = "signed"
    """Every party has signed, and its period has not begun."""
    IN_FORCE = "in_force"
    """Every party has signed, and the day lies in its period."""
    ENDED = "ended"
    """It was signed, and its period is over."""


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Signature:
    """That a party signed.

    Attributes:
        party: Who is bound by it.
        on: The day on which it was signed.
        signatory: The name of the person who signed for the party; None if the
            party signed in person, or nobody noted who did.
    """

    party: PartyId
    on: date
    signatory: str | None = None


@frozen(kw_only=True, field_transformer=as_declared)
class FeeClause:
    """The fee that was agreed.

    Attributes:
        model: Under which pricing model.
        fee: How it is reckoned.
        currency: In which currency, as an ISO 4217 code.

    Raises:
        ValueError: If *currency* is not on the list.
    """

    model: PricingModel
    fee: Fee
    currency: str = field(validator=Listed())


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Contract:
    """An agreement in writing between two parties or more.

    >>> letter = Contract(
    ...     id=ContractId("letter"),
    ...     form=ContractForm.ENGAGEMENT_LETTER,
    ...     parties=frozenset({PartyId("ada"), PartyId("us")}),
    ...     signatures=(
    ...         Signature(party=PartyId("ada"), on=date(2026, 3, 2)),
    ...         Signature(party=PartyId("us"), on=date(2026, 3, 4)),
    ...     ),
    ... )
    >>> letter.status(date(2026, 3, 3)).value, letter.status(date(2026, 3, 4)).value
    ('drafted', 'in_force')

    Attributes:
        id: Under which the contract is on record.
        form: What kind of paper it is.
        parties: Whom it binds once all have signed; at least two.
        signatures: Who signed, and when; a party signs once.
        period: When it is to be in force; None if from the last signature on,
            with no end known.
        title: What it is called; empty if it has no name of its own.
        plan: What support it promises, which stands over any policy; None if it
            says nothing of support.
        fee: What is charged under it, which stands over any rate card; None if it
            says nothing of fees.

    Raises:
        ValueError: If there are fewer than two parties, or someone signed who
            is not a party, or a party signed twice.
    """

    id: ContractId
    form: ContractForm
    parties: frozenset[PartyId] = field(validator=Several(2, "name both"))
    signatures: tuple[Signature, ...] = field(default=())
    period: Period | None = None
    title: str = ""
    plan: Plan | None = None
    fee: FeeClause | None = None

    @signatures.validator
    def _are_of_parties(self, _: object, signatures: tuple[Signature, ...]) -> None:
        AmongError.check(_unfit(self, signatures))

    @property
    def executed_on(self) -> date | None:
        """The day of the last signature; None until every party has signed."""
        if {signature.party for signature in self.signatures} != self.parties:
            return None
        return max(signature.on for signature in self.signatures)

    def status(self, on: date) -> ContractStatus:
        """How far it had come on the day *on*.

        Raises:
            TypeError: If *on* is no day.
        """
        is_of("on", date, on)
        executed = self.executed_on
        if executed is None or on < executed:
            return ContractStatus.DRAFTED
        if self.period is None or on in self.period:
            return ContractStatus.IN_FORCE
        ended = self.period.has_ended(on)
        return ContractStatus.ENDED if ended else ContractStatus.SIGNED

    def is_in_force(self, on: date) -> bool:
        """Whether it binds on the day *on*."""
        return self.status(on) is ContractStatus.IN_FORCE


def _unfit(
    contract: Contract, signatures: tuple[Signature, ...]
) -> Iterator[tuple[int, str]]:
    """Which signatures do not go with a contract, which is not made yet, and why."""
    signed: set[PartyId] = set()
    for place, party in enumerate(one.party for one in signatures):
        told = f"signatures of {contract.id!r}: {party!r} signed"
        if party in signed:
            yield place, f"{told} twice; keep one"
        elif party not in contract.parties:
            remedy = f"add {party!r} to parties, or remove the signature"
            yield place, f"{told} and is not a party; {remedy}"
        signed.add(party)
