"""Duties: what is owed to whom, on what footing, and what was given in writing.

A duty is a record, never a flag on a client.  Being a client does not imply a
fiduciary duty, and being owed one does not make a client: duties belong to an
engagement and the regimes it stands under.
"""

from datetime import date
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from relationkit.constraints import AtLeast, Said, Several
from relationkit.errors import AmongError
from relationkit.periods import Period
from relationkit.records import (
    EngagementId,
    PartyId,
    Ranked,
    RegimeId,
    WritingId,
    as_declared,
)

__all__ = [
    "Basis",
    "Character",
    "ConsentForm",
    "Curability",
    "Duty",
    "DutyKind",
    "FiduciaryDuty",
    "OtherDuty",
    "Standard",
    "Survival",
    "Writing",
    "WritingKind",
]


class DutyKind(StrEnum):
    """What is owed."""

    OBEDIENCE = "obedience"
    LOYALTY = "loyalty"
    DISCLOSURE = "disclosure"
    CONFIDENTIALITY = "confidentiality"
    ACCOUNTING = "accounting"
    CARE = "care"
    CONFLICT_MANAGEMENT = "conflict_management"
    FAIR_DEALING = "fair_dealing"
    FEE_REASONABLENESS = "fee_reasonableness"
    INDEPENDENCE = "independence"
    DATA_PROTECTION = "data_protection"
    MARKETING_RESTRAINT = "marketing_restraint"


class Standard(StrEnum):
    """By what conduct is judged; some are stricter than others, not all compare."""

    SOLELY_IN_INTEREST = "solely_in_interest"
    BEST_INTEREST = "best_interest"
    BEST_INTEREST_AT_RECOMMENDATION = "best_interest_at_recommendation"
    GOOD_FAITH_GOOD_OUTCOMES = "good_faith_good_outcomes"
    HONEST_FAIR_PROFESSIONAL = "honest_fair_professional"
    REASONABLE_CARE = "reasonable_care"
    PRUDENT_EXPERT = "prudent_expert"
    FAIR_DEALING = "fair_dealing"


class Character(StrEnum):
    """Where a duty that is not fiduciary comes from."""

    STATUTORY = "statutory"
    REGULATORY = "regulatory"
    PROFESSIONAL_CODE = "professional_code"
    CONTRACTUAL = "contractual"
    COMMON_LAW = "common_law"


class Survival(StrEnum):
    """What is left of a duty when the engagement has ended."""

    NONE = "none"
    CONFIDENCES = "confidences"
    RELATED_MATTER = "related_matter"
    UNTIL_ACCOUNTED = "until_accounted"
    FIXED = "fixed"
    INDEFINITE = "indefinite"


class Curability(StrEnum):
    """What makes conduct permissible that the duty forbids."""

    NO = "no"
    CONSENT = "consent"
    CONSENT_OR_SCREEN = "consent_or_screen"
    DISCLOSURE = "disclosure"
    AVOID = "avoid"


class ConsentForm(Ranked):
    """The form of a consent, weakest first: a stronger one satisfies a weaker."""

    NONE = "none"
    IMPLIED = "implied"
    ORAL = "oral"
    CONFIRMED_IN_WRITING = "confirmed_in_writing"
    WRITTEN_BY_CLIENT = "written_by_client"
    SIGNED = "signed"
    SIGNED_SEPARATE = "signed_separate"


class Basis(StrEnum):
    """What a fiduciary duty arises from."""

    CONTRACT = "contract"
    STATUTE = "statute"
    COURT_APPOINTMENT = "court_appointment"
    RELATIONSHIP = "relationship"


DAYS = AtLeast(1, "give its days")


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class OtherDuty:
    """A duty that is not fiduciary.

    Attributes:
        kind: What is owed.
        character: Where it comes from.
        standard: By what conduct is judged.
        owed_by: Who owes it.
        owed_to: To whom; at least one party.
        period: When it is owed.
        regime: The body of rules that imposes it; None if none does.
        cite: The provision, as lawyers cite it; empty if there is none.
        survival: What is left of it when the engagement has ended.
        survival_days: For how many days, if *survival* is fixed; else None.
        curability: What makes conduct permissible that it forbids.
        consent_form: The weakest form of consent that does, where consent can.

    Raises:
        ValueError: If it is owed to nobody, or to the one who owes it, or
            *survival* and *survival_days* do not agree.
    """

    kind: DutyKind
    character: Character
    standard: Standard
    owed_by: PartyId
    owed_to: frozenset[PartyId] = field(
        validator=Several(1, "name whom the duty is owed to")
    )
    period: Period
    regime: RegimeId | None = None
    cite: str = ""
    survival: Survival = Survival.NONE
    survival_days: int | None = field(default=None, validator=DAYS)
    curability: Curability = Curability.NO
    consent_form: ConsentForm = ConsentForm.NONE

    @owed_to.validator
    def _are_others(self, _: object, owed_to: frozenset[PartyId]) -> None:
        if self.owed_by in owed_to:
            told = _owed("owed_to", self.owed_by)
            raise AmongError([(sorted(owed_to).index(self.owed_by), told)])

    @survival_days.validator
    def _agrees_with_survival(self, _: object, days: int | None) -> None:
        _check_survival(self.survival, days)


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class FiduciaryDuty:
    """A duty of one entrusted with another's interests.

    Attributes:
        kind: What is owed.
        basis: What it arises from.
        standard: By what conduct is judged.
        fiduciary: Who owes it.
        principal: For whom the fiduciary acts.
        beneficiaries: Who else it is owed to, such as the members of a plan.
        scope: What it is limited to, in words; empty if it covers the whole
            engagement.
        period: When it is owed.
        regime: The body of rules that imposes it; None if none does.
        cite: The provision, as lawyers cite it; empty if there is none.
        survival: What is left of it when the engagement has ended.
        survival_days: For how many days, if *survival* is fixed; else None.
        curability: What makes conduct permissible that it forbids.
        consent_form: The weakest form of consent that does, where consent can.

    Raises:
        ValueError: If the fiduciary is principal or beneficiary too, or
            *survival* and *survival_days* do not agree.
    """

    kind: DutyKind = DutyKind.LOYALTY
    basis: Basis
    standard: Standard = Standard.BEST_INTEREST
    fiduciary: PartyId
    principal: PartyId
    beneficiaries: frozenset[PartyId] = field(default=frozenset())
    scope: str = ""
    period: Period
    regime: RegimeId | None = None
    cite: str = ""
    survival: Survival = Survival.NONE
    survival_days: int | None = field(default=None, validator=DAYS)
    curability: Curability = Curability.NO
    consent_form: ConsentForm = ConsentForm.NONE

    @beneficiaries.validator
    def _are_others(self, _: object, beneficiaries: frozenset[PartyId]) -> None:
        if self.fiduciary in beneficiaries | {self.principal}:
            raise ValueError(_owed("principal and beneficiaries", self.fiduciary))

    @survival_days.validator
    def _agrees_with_survival(self, _: object, days: int | None) -> None:
        _check_survival(self.survival, days)

    @property
    def owed_by(self) -> PartyId:
        """The fiduciary, who owes it."""
        return self.fiduciary

    @property
    def owed_to(self) -> frozenset[PartyId]:
        """The principal and the beneficiaries, to whom it is owed."""
        return self.beneficiaries | {self.principal}

    @property
    def is_limited(self) -> bool:
        """Whether it covers part of the engagement only."""
        return bool(self.scope)


Duty: TypeAlias = FiduciaryDuty | OtherDuty
"""What one party owes to others."""


def _owed(name: str, by: PartyId) -> str:
    return f"{name} has {by!r}, who owes the duty; nobody owes a duty to themselves"


def _check_survival(survival: Survival, days: int | None) -> None:
    is_fixed = survival is Survival.FIXED
    if is_fixed != (days is not None):
        remedy = "give its days, at least 1" if is_fixed else "leave it out"
        raise ValueError(
            f"survival_days is {days} where survival is {survival}; {remedy}"
        )


class WritingKind(StrEnum):
    """What a writing does."""

    NOTICE = "notice"
    DISCLOSURE = "disclosure"
    WARNING = "warning"
    AGREEMENT = "agreement"


@frozen(kw_only=True, weakref_slot=False, field_transformer=as_declared)
class Writing:
    """Something given in writing, to whom and when.

    Attributes:
        id: Under which it is on record.
        kind: What it does.
        about: What it says, in short.
        given_to: Who received it; at least one party.
        on: The day on which it was given.
        engagement: The engagement it belongs to; None if to none.

    Raises:
        ValueError: If nobody received it, or a text is blank.
    """

    id: WritingId
    kind: WritingKind
    about: str = field(validator=Said())
    given_to: frozenset[PartyId] = field(validator=Several(1, "name who received it"))
    on: date
    engagement: EngagementId | None = None
