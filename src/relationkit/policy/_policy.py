"""The policy: its tables and plans, and how they are asked in turn."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import frozen

from relationkit import clienthood, facts, personalisation, pricing, sla
from relationkit.clienthood import Standing
from relationkit.contracts import Contract
from relationkit.decisions import Outcome
from relationkit.errors import shown
from relationkit.facts import Facts
from relationkit.fees import PricingModel
from relationkit.personalisation import Level
from relationkit.policy._assessment import Answers, Assessment, ByEngagement
from relationkit.records import is_of
from relationkit.relationships import Client, Customer
from relationkit.sla import Attention
from relationkit.tables import Table
from relationkit.targets import Plan

__all__ = ["Edition", "EditionStatus", "EngagementPolicy"]


@frozen(kw_only=True)
class EngagementPolicy:
    """How one provider decides: a table for each question, a plan for each answer.

    Attributes:
        currency: The currency in which sales are reckoned.
        clienthood: What a party is to us.
        personalisation: How closely to tailor.
        sla: How much attention to expect.
        pricing: Which pricing model fits.
        plans: What each degree of attention promises, least first.
    """

    currency: str
    clienthood: Table[Standing]
    personalisation: Table[Level]
    sla: Table[Attention]
    pricing: Table[PricingModel]
    plans: tuple[Plan, ...]

    @property
    def tables(self) -> Mapping[str, Table[StrEnum]]:
        """The tables by name, in the order in which they are asked."""
        return {
            "clienthood": self.clienthood,
            "personalisation": self.personalisation,
            "sla": self.sla,
            "pricing": self.pricing,
        }

    def plan(self, attention: Attention) -> Plan:
        """What that much *attention* promises.

        Raises:
            TypeError: If *attention* is none.
        """
        is_of("attention", Attention, attention)
        return self.plans[attention.rank]

    def assess(self, relationship: Customer, *, on: date) -> Assessment:
        """Everything this policy decides about *relationship* on the day *on*.

        Raises:
            TypeError: If *relationship* is no customer, or *on* no day.
        """
        if not isinstance(relationship, Customer):
            _refuse(relationship)
        is_of("on", date, on)
        whole = facts.of(relationship, on=on, currency=self.currency)
        walk_in, dealt = whole, {}
        if isinstance(relationship, Client):
            apart = relationship.as_customer()
            walk_in = facts.of(apart, on=on, currency=self.currency)
            dealt = self._engagements(relationship, on)
        apart_from_work = clienthood.standing(walk_in, by=self.clienthood)
        standings = [answers.standing for answers in dealt.values()]
        standing = clienthood.overall([apart_from_work, *standings])
        return Assessment(
            party=relationship.party.id,
            on=on,
            standing=standing,
            service=self.answers(whole, standing=standing),
            engagements=ByEngagement(dealt),
        )

    def _engagements(self, client: Client, on: date) -> dict[str, Answers]:
        opened = (e.id for e in client.engagements if e.opened <= on)
        return {id_: self._engagement(client, id_, on) for id_ in opened}

    def _engagement(self, client: Client, id_: str, on: date) -> Answers:
        known = facts.of(client, on=on, currency=self.currency, engagement=id_)
        under = client.engagement(id_).contract
        contract = next((c for c in client.contracts if c.id == under), None)
        return self.answers(known, contract=contract)

    def answers(
        self,
        known: Facts,
        *,
        standing: Outcome[Standing] | None = None,
        contract: Contract | None = None,
    ) -> Answers:
        """The answers to all questions about one case, each feeding the later ones.

        *standing* stands in for what the facts of this case alone would make of
        the party; None to go by them.  What a *contract* in force says of support
        and of the fee stands over what the edition says.
        """
        if standing is None:
            standing = clienthood.standing(known, by=self.clienthood)
        attention = sla.expectations(known, by=self.sla, standing=standing)
        return Answers(
            facts=known,
            standing=standing,
            personalisation=personalisation.level(
                known, by=self.personalisation, standing=standing
            ),
            sla=attention,
            pricing=pricing.model(known, by=self.pricing, standing=standing),
            plan=sla.plan(attention, contract, by=self.plans, on=known.on),
            fee=pricing.agreed(contract, on=known.on),
        )


def _refuse(relationship: object) -> None:
    """Refuse a book, a party or an id, and tell how to get from it to the customer."""
    known = getattr(relationship, "id", relationship)
    id_ = shown(known if isinstance(known, str) else "ada")
    remedy = f"take one out of a book, such as book.relationship({id_})"
    is_of("relationship", Customer, relationship, remedy)


class EditionStatus(StrEnum):
    """Whether an edition may still change."""

    DRAFT = "draft"
    FROZEN = "frozen"


@frozen(kw_only=True)
class Edition:
    """A named policy, told apart from any other by what it says.

    Attributes:
        name: What it is called, such as ``2026-11``.
        status: Whether it may still change.
        digest: A hash of all it says: SHA-256, in hexadecimal.
        policy: How it decides.
    """

    name: str
    status: EditionStatus
    digest: str
    policy: EngagementPolicy

    def assess(self, relationship: Customer, *, on: date) -> Assessment:
        """Everything it decides about *relationship* on the day *on*.

        >>> from relationkit import policy
        >>> from relationkit.parties import Person
        >>> from relationkit.records import PartyId
        >>> ada = Customer(party=Person(id=PartyId("ada"), name="Ada Byron"))
        >>> assessed = policy.edition("2026-11").assess(ada, on=date(2026, 11, 22))
        >>> assessed.standing.settled().value
        'none'

        Raises:
            TypeError: If *relationship* is no customer, or *on* no day.
        """
        return self.policy.assess(relationship, on=on)
