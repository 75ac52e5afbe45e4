"""Twins: a client in the terms of pydantic, with the same rules."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from relationkit.contracts import ContractForm
from relationkit.duties import (
    Basis,
    Character,
    ConsentForm,
    Curability,
    DutyKind,
    Standard,
    Survival,
)
from relationkit.engagements import (
    EndReason,
    Help,
    Matter,
    ServiceKind,
    Stakes,
    Tailoring,
)
from relationkit.relationships import Stance

__all__ = ["Client"]


def _seen(id_: str) -> str:
    if not id_ or not id_.isprintable() or id_ != id_.strip():
        raise ValueError("an id can be shown")
    return id_


def _said(text: str) -> str:
    if not text.strip() or not text.replace("\n", " ").isprintable():
        raise ValueError("a text says something")
    return text


Id = Annotated[str, AfterValidator(_seen)]
Said = Annotated[str, AfterValidator(_said)]


class Model(BaseModel):  # type: ignore[misc]
    """Whatever is strict, frozen and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Person(Model):
    """A person."""

    type: Literal["person"]
    id: Id
    name: Said


class Organisation(Model):
    """An organisation."""

    type: Literal["organisation"]
    id: Id
    name: Said


Party = Annotated[Person | Organisation, Field(discriminator="type")]


class Period(Model):
    """Some days."""

    start: date
    end: date | None = None

    @model_validator(mode="after")  # type: ignore[untyped-decorator]
    def _ends_after_start(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise ValueError("end is not after start")
        return self


class Money(Model):
    """An amount."""

    amount: Decimal
    currency: str


class Service(Model):
    """A service."""

    line: Said
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


class FiduciaryDuty(Model):
    """A fiduciary duty."""

    type: Literal["fiduciary"]
    kind: DutyKind = DutyKind.LOYALTY
    basis: Basis
    standard: Standard = Standard.BEST_INTEREST
    fiduciary: Id
    principal: Id
    beneficiaries: frozenset[Id] = frozenset()
    scope: str = ""
    period: Period
    regime: Id | None = None
    cite: str = ""
    survival: Survival = Survival.NONE
    survival_days: int | None = None
    curability: Curability = Curability.NO
    consent_form: ConsentForm = ConsentForm.NONE

    @model_validator(mode="after")  # type: ignore[untyped-decorator]
    def _is_owed_to_another(self) -> Self:
        if self.fiduciary == self.principal or self.fiduciary in self.beneficiaries:
            raise ValueError("fiduciary is owed to itself")
        return self


class OtherDuty(Model):
    """Another duty."""

    type: Literal["other"]
    kind: DutyKind
    character: Character
    standard: Standard
    owed_by: Id
    owed_to: frozenset[Id]
    period: Period
    regime: Id | None = None
    cite: str = ""
    survival: Survival = Survival.NONE
    survival_days: int | None = None
    curability: Curability = Curability.NO
    consent_form: ConsentForm = ConsentForm.NONE

    @model_validator(mode="after")  # type: ignore[untyped-decorator]
    def _is_owed_to_another(self) -> Self:
        if not self.owed_to or self.owed_by in self.owed_to:
            raise ValueError("owed to nobody, or to itself")
        return self


Duty = Annotated[FiduciaryDuty | OtherDuty, Field(discriminator="type")]


class Judgement(Model):
    """A judgement."""

    matter: Matter
    holds: bool
    on: date
    because: str = ""


class Closing(Model):
    """The end of an engagement."""

    on: date | None = None
    why: EndReason = EndReason.UNKNOWN


class Engagement(Model):
    """An engagement."""

    id: Id
    opened: date
    clients: frozenset[Id]
    services: tuple[Service, ...]
    title: str = ""
    payers: frozenset[Id] = frozenset()
    subjects: frozenset[Id] = frozenset()
    adverse: frozenset[Id] = frozenset()
    staff: frozenset[Id] = frozenset()
    contract: Id | None = None
    regimes: frozenset[Id] = frozenset()
    word: str = ""
    undertakings: tuple[Duty, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    closed: Closing | None = None

    @model_validator(mode="after")  # type: ignore[untyped-decorator]
    def _fits(self) -> Self:
        if not self.clients or not self.services or self.clients & self.adverse:
            raise ValueError("clients or services do not fit")
        if len({service.line for service in self.services}) < len(self.services):
            raise ValueError("a line stands twice")
        if any(one.matter is not Matter.FIDUCIARY for one in self.judgements):
            raise ValueError("a judgement is not about the work")
        if self.closed and self.closed.on and self.closed.on < self.opened:
            raise ValueError("closed before it was opened")
        return self


class Signature(Model):
    """A signature."""

    party: Id
    on: date
    signatory: str | None = None


class Contract(Model):
    """A contract."""

    id: Id
    form: ContractForm
    parties: frozenset[Id]
    signatures: tuple[Signature, ...] = ()
    period: Period | None = None
    title: str = ""

    @model_validator(mode="after")  # type: ignore[untyped-decorator]
    def _fits(self) -> Self:
        if len(self.parties) < 2:  # noqa: PLR2004, whoever makes a contract
            raise ValueError("fewer than two parties")
        if any(one.party not in self.parties for one in self.signatures):
            raise ValueError("signed by another")
        return self


class Inquiry(Model):
    """An inquiry."""

    about: Said
    on: date


class Purchase(Model):
    """A purchase."""

    id: Id
    on: date
    service: Service
    amount: Money | None = None
    payer: Id | None = None


class Consent(Model):
    """A consent."""

    purpose: Said
    given: date
    withdrawn: date | None = None
    form: ConsentForm = ConsentForm.IMPLIED


class StatedStance(Model):
    """A stance."""

    stance: Stance
    on: date


class Client(Model):
    """A client."""

    type: Literal["client"]
    party: Party
    engagements: tuple[Engagement, ...]
    inquiries: tuple[Inquiry, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    consents: tuple[Consent, ...] = ()
    stances: tuple[StatedStance, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    contracts: tuple[Contract, ...] = ()

    @model_validator(mode="after")  # type: ignore[untyped-decorator]
    def _fits(self) -> Self:
        if not self.engagements:
            raise ValueError("no engagement")
        ids = [engagement.id for engagement in self.engagements]
        papers = {contract.id for contract in self.contracts}
        if len({*ids}) < len(ids) or len(papers) < len(self.contracts):
            raise ValueError("an id stands twice")
        for engagement in self.engagements:
            if self.party.id not in engagement.clients:
                raise ValueError("an engagement of somebody else")
            if engagement.contract is not None and engagement.contract not in papers:
                raise ValueError("no such contract")
        return self
