"""The record of facts, and the kinds of things it says."""

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from relationkit import tables
from relationkit.engagements import Fiduciary, Help, Stakes, Tailoring
from relationkit.records import Ranked, is_day
from relationkit.relationships import Stance
from relationkit.tables import BESIDE, COUNT, Domain, FactRecord

__all__ = ["OPEN", "RISING", "Dealings", "Engaged", "Facts", "Unknown", "domains"]


class Engaged(Ranked):
    """Whether an engagement is on record, the nearest last."""

    NEVER = "never"
    FORMERLY = "formerly"
    NOW = "now"


class Dealings(Ranked):
    """How far it has come between them and us, least first."""

    NONE = "none"
    ASKED = "asked"
    PROVIDED = "provided"
    """Something was bought, given or taken on."""


@frozen
class Unknown:
    """Why a fact is unknown, where more can be said than that nobody noted it.

    Attributes:
        fact: Which fact.
        why: Why, in words.
    """

    fact: str
    why: str

    def __str__(self) -> str:
        return f"{self.fact}: {self.why}"


@frozen(kw_only=True)
class Facts(FactRecord):
    """What the tables of an edition may read about a relationship on a day.

    *Records* are closed: nothing on record means none, zero or no.
    *Judgements* are open: None means that nobody has made them.  Of a whole
    relationship each field says how its services are taken together; of one
    engagement only its own count, save where it says "of the relationship".

    Attributes:
        on: The day.
        engaged: FactRecord: whether an engagement is, or was, on record; None if
            one was closed on a day that nobody knows.
        dealings: FactRecord, of the relationship: how far it has come.
        tenure_days: FactRecord, of the relationship: days since the first purchase
            or engagement; 0 on that day, and where there is none.
        service_lines: FactRecord, of the relationship: how many different lines
            were bought or taken on.
        largest_sale: FactRecord, of the relationship: the dearest purchase, in the
            currency asked for; 0 if there is none; None if an amount is not
            known or in another currency.
        stance: FactRecord, of the relationship: what they said they want.
        signed_agreement: FactRecord: whether a contract is signed by all and not
            over.
        membership: FactRecord: whether a membership is in force.
        ongoing: FactRecord: whether dealings go on: an engagement is open, or they
            bought on two days within the last 365; None if one was closed on a
            day that nobody knows, and nothing else settles it.
        fiduciary: Whether we owe a fiduciary duty; the strongest of several;
            None if that hangs on a regime.
        service: FactRecord: whether a service is among what is provided.
        professional: Judgement: whether it takes professional skill; any.
        help: Judgement: how much of their own decision is put into our hands;
            the most.
        tailoring: Judgement: how far it is made for them; the farthest.
        stakes: Judgement: how much depends on it for them; the most.
        recurring: Judgement: whether access or the need renews by itself; None
            also if services differ.
        metered: Judgement: whether use is measured as it flows; None also if
            services differ.
        counted: Judgement: whether use is counted in pieces; None also if
            services differ.
        wide_volumes: Judgement: whether use differs greatly from customer to
            customer; None also if services differ.
        scope_defined: Judgement: whether what will be done is known
            beforehand; None also if services differ.
        repeatable: Judgement: whether it is done the same way each time; None
            also if services differ.
        value_measurable: Judgement: whether its worth to them can be measured;
            None also if services differ.
        value_agreed: FactRecord: whether both agreed what it is worth; any.
        outcome_fee: FactRecord: whether the fee is to depend on the outcome; any.
        outcome_fee_permitted: Judgement: whether the rules allow that; None
            also if services differ.
        fee_on_assets: FactRecord: whether the fee is a share of assets; any.
        wants_certainty: Judgement, of the relationship: whether they want to
            know the price beforehand.
        unknown: Why facts are unknown, where more can be said.

    Raises:
        TypeError: If a fact is not exactly of its class: True is no number,
            and the text "client" no member; or *on* has a time of day.
        ValueError: If a number is negative, or not finite.
    """

    on: date = field(validator=is_day, metadata=BESIDE)
    engaged: Engaged | None
    dealings: Dealings
    tenure_days: int = field(metadata=COUNT)
    service_lines: int = field(metadata=COUNT)
    largest_sale: Decimal | None = field(metadata=COUNT)
    stance: Stance
    signed_agreement: bool
    membership: bool
    ongoing: bool | None
    fiduciary: Fiduciary | None
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
    wants_certainty: bool | None
    unknown: tuple[Unknown, ...] = field(default=(), metadata=BESIDE)

    def why_unknown(self, fact: str) -> str:
        """Why *fact* is unknown, in words."""
        told = (unknown.why for unknown in self.unknown if unknown.fact == fact)
        return next(told, "nobody has judged it")


OPEN = tables.open_facts(Facts)
"""The facts that can be unknown."""

RISING = frozenset(
    {
        *("engaged", "dealings", "tenure_days", "service_lines", "largest_sale"),
        *("signed_agreement", "membership", "ongoing", "fiduciary"),
        *("service", "professional", "help", "tailoring", "stakes"),
        *("value_agreed", "outcome_fee", "fee_on_assets"),
    }
)
"""The facts that further purchases, engagements and contracts never lower."""


def domains() -> dict[str, Domain]:
    """What each fact may be: the columns that a table of an edition may have.

    >>> domains()["tenure_days"].least
    0
    """
    return tables.domains_of(Facts)
