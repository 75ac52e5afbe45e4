"""Plan: which plan stands, that of the edition or that of a contract."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from attrs import frozen

from relationkit.contracts import Contract
from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.records import is_of, several
from relationkit.sla._expectations import Attention
from relationkit.targets import Plan

__all__ = ["PlanInForce", "PlanOf", "plan"]


class PlanOf(StrEnum):
    """Whose plan stands."""

    CONTRACT = "contract"
    EDITION = "edition"


@frozen(kw_only=True)
class PlanInForce:
    """The plan that stands, and why.

    Attributes:
        plan: What is promised; None while it is undecided how much attention to
            expect.
        of: Whose plan it is.
        because: Why it stands.
        needs: The facts to ask for while it is undecided.
    """

    plan: Plan | None
    of: PlanOf
    because: str
    needs: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"the plan of the {self.of.value}: {self.because}"


def plan(
    attention: Outcome[Attention],
    contract: Contract | None,
    *,
    by: Sequence[Plan],
    on: date,
) -> PlanInForce:
    """Which plan stands on the day *on*: the contract's own, or the edition's.

    A contract in force that day whose clause says what support to give stands
    over what the edition gives for that much *attention*.

    *by* are the plans of the edition, that of the least attention first.

    >>> from relationkit import clienthood, facts, policy, sla
    >>> from relationkit.parties import Person
    >>> from relationkit.relationships import Customer, Inquiry
    >>> rules, today = policy.edition("2026-11").policy, date(2026, 11, 22)
    >>> asked = Inquiry(about="a will", on=date(2026, 11, 2))
    >>> ada = Customer(party=Person(id="ada", name="Ada"), inquiries=(asked,))
    >>> known = facts.of(ada, on=today, currency="USD")
    >>> standing = clienthood.standing(known, by=rules.clienthood)
    >>> attention = sla.expectations(known, by=rules.sla, standing=standing)
    >>> plan(attention, None, by=rules.plans, on=today).of.value
    'edition'

    Raises:
        TypeError: If one of them is something else.
    """
    is_of("attention", Decision | Undecided, attention, "ask sla.expectations(...)")
    is_of("contract", Contract | None, contract)
    is_of("on", date, on)
    plans = several("by", by, Plan)
    if contract is not None and contract.plan is not None and contract.is_in_force(on):
        because = f"the clause of {contract.id!r} stands over the edition"
        return PlanInForce(plan=contract.plan, of=PlanOf.CONTRACT, because=because)
    answer = attention.answer
    return PlanInForce(
        plan=None if answer is None else plans[answer.rank],
        of=PlanOf.EDITION,
        because=str(attention),
        needs=attention.needs,
    )
