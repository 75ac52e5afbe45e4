"""Obligations: what a provider must do when a fee is agreed that way."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from relationkit.constraints import Said
from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.fees import PricingModel
from relationkit.records import as_declared, is_of

__all__ = ["Obligation", "Obliged", "check_outcome", "obligations", "obligations_of"]


class Obliged(StrEnum):
    """What must be done."""

    FEES_REVIEWED = "fees_reviewed"
    """Go through the fees with them before the work starts."""
    TERMS_IN_WRITING = "terms_in_writing"
    """Agree on the terms in writing, and have them sign."""


@frozen(kw_only=True, field_transformer=as_declared)
class Obligation:
    """One thing that must be done, and why.

    Attributes:
        do: What must be done.
        because: Why, in words.
        source: What says so: a claim of the sources, or a rule by name.
    """

    do: Obliged
    because: str = field(validator=Said())
    source: str = ""

    def __str__(self) -> str:
        source = f" ({self.source})" if self.source else ""
        return f"{self.do.value.replace('_', ' ')}: {self.because}{source}"


REVIEW = Obligation(
    do=Obliged.FEES_REVIEWED,
    because="a client goes through the fees before the work starts",
    source="C33",
)
SIGNED_SHARE = Obligation(
    do=Obliged.TERMS_IN_WRITING,
    because="a share of the outcome is owed on written terms alone, which say the"
    " share and which costs come off first",
    source="ABA Model Rule 1.5(c)",
)
MEMBERS_TERMS = Obligation(
    do=Obliged.TERMS_IN_WRITING,
    because="a membership is a contract, even with customers who have no other",
    source="C31",
)
OWED: Final[Mapping[PricingModel, tuple[Obligation, ...]]] = MappingProxyType(
    {
        PricingModel.LIST_PRICE: (),
        PricingModel.PER_UNIT: (),
        PricingModel.GRADUATED: (),
        PricingModel.SUBSCRIPTION: (),
        PricingModel.MEMBERSHIP: (MEMBERS_TERMS,),
        PricingModel.HOURLY: (REVIEW,),
        PricingModel.CAPPED: (REVIEW,),
        PricingModel.RETAINER: (REVIEW,),
        PricingModel.FIXED_FEE: (REVIEW,),
        PricingModel.VALUE_BASED: (REVIEW,),
        PricingModel.PERCENTAGE_OF_ASSETS: (REVIEW,),
        PricingModel.CONTINGENCY: (REVIEW, SIGNED_SHARE),
    }
)


def obligations(outcome: Outcome[PricingModel]) -> tuple[Obligation, ...]:
    """What must be done when the fee is agreed as an *outcome* has it.

    While it is undecided, what each of its possible answers comes with.

    >>> from datetime import date
    >>> from relationkit import facts, policy
    >>> from relationkit.parties import Person
    >>> from relationkit.relationships import Customer
    >>> ada = Customer(party=Person(id="ada", name="Ada"))
    >>> assessed = policy.edition("2026-11").assess(ada, on=date(2026, 11, 22))
    >>> obligations(assessed.service.pricing)
    ()

    Raises:
        TypeError: If *outcome* is none, such as a model by itself.
    """
    check_outcome(outcome)
    first, *others = map(obligations_of, outcome.possible)
    return tuple(one for one in first if all(one in other for other in others))


def obligations_of(model: PricingModel) -> tuple[Obligation, ...]:
    """What must be done when a fee is agreed under a *model*."""
    return OWED[model]


def check_outcome(outcome: Outcome[PricingModel]) -> None:
    """Refuse a model, or anything else, where an outcome should stand."""
    remedy = "ask for one, as by pricing.model(facts, by=..., standing=...)"
    is_of("outcome", Decision | Undecided, outcome, remedy)
