"""Building an edition out of plain data, with everything that is wrong with it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from relationkit import facts
from relationkit.clienthood import Standing
from relationkit.decisions import PolicyRef
from relationkit.errors import PolicyError
from relationkit.fees import PricingModel
from relationkit.money import Listed
from relationkit.personalisation import Level
from relationkit.policy._document import sealed
from relationkit.policy._plans import plans_of
from relationkit.policy._policy import Edition, EditionStatus, EngagementPolicy
from relationkit.reading import Reader
from relationkit.sla import Attention
from relationkit.tables import Act, Domain, Table, acts_of
from relationkit.tables import build as build_table
from relationkit.targets import Plan

__all__ = ["build"]

T = TypeVar("T", bound=StrEnum)
LISTED = Listed()
TABLES = ("clienthood", "personalisation", "sla", "pricing")
EARLIER = {"standing": Domain(Standing)}
GIVEN = {"given"}
BESIDE = {
    "clienthood": set[str](),
    "personalisation": GIVEN,
    "sla": GIVEN | {"plans"},
    "pricing": GIVEN,
}


def build(document: Mapping[str, object]) -> Edition:
    """The edition that *document* describes, with every table of it proved.

    >>> from relationkit.errors import PolicyError
    >>> try:
    ...     build({"edition": "mine", "currency": "GBP"})
    ... except PolicyError as error:
    ...     print(error.problems[0])
    'status' is missing

    Args:
        document: As an edition stands in its file: ``edition``, ``status``,
            ``currency``, a table for each question, and perhaps
            ``changeable``, the facts that can be changed and what changes them.

    Raises:
        PolicyError: If anything is wrong with it, with every problem found.
    """
    here = Reader(document)
    parts = here.table(["edition", "status", "currency", *TABLES], ["changeable"])
    edition = _Draft(parts).edition()
    if edition is None or here.problems:
        raise PolicyError(here.problems)
    return sealed(edition)


class _Draft:
    """An edition as far as it can be read."""

    def __init__(self, parts: dict[str, Reader]) -> None:
        self.parts = parts
        self.name = parts["edition"].text() if "edition" in parts else None
        self.acts: tuple[Act, ...] = ()

    def edition(self) -> Edition | None:
        """The edition; None if something is missing, which is noted."""
        status = self._status()
        currency = self._currency()
        self.acts = self._acts()
        standing = self._table("clienthood", "standing", Standing)
        level = self._table("personalisation", "level", Level)
        attention = self._table("sla", "attention", Attention)
        model = self._table("pricing", "model", PricingModel)
        plans = self._plans()
        if not (self.name and status and currency and plans):
            return None
        if not (standing and level and attention and model):
            return None
        policy = EngagementPolicy(
            currency=currency,
            clienthood=standing,
            personalisation=level,
            sla=attention,
            pricing=model,
            plans=plans,
        )
        return Edition(name=self.name, status=status, digest="", policy=policy)

    def _acts(self) -> tuple[Act, ...]:
        part = self.parts.get("changeable")
        return acts_of(part, facts.domains()) if part else ()

    def _status(self) -> EditionStatus | None:
        part = self.parts.get("status")
        return part.member(EditionStatus) if part else None

    def _currency(self) -> str | None:
        part = self.parts.get("currency")
        code = part.text() if part else None
        if part is None or code is None:
            return None
        if not LISTED.holds(code):
            told = f"expected {LISTED.wanted}, got {LISTED.got(code)}"
            part.note("value", told, LISTED.remedy_for(code))
        return code

    def _plans(self) -> tuple[Plan, ...] | None:
        part = self.parts.get("sla")
        if part is None or not isinstance(part.value, Mapping):
            return None
        if "plans" not in part.value:
            part.note("missing", "'plans' is missing", "give each attention a plan")
            return None
        return plans_of(part.at("plans", part.value["plans"]))

    def _table(self, name: str, yields: str, answers: type[T]) -> Table[T] | None:
        part = self.parts.get(name)
        if part is None:
            return None
        entries = part.entries()
        if not isinstance(part.value, Mapping):
            return None
        rules = {k: v.value for k, v in entries.items() if k not in BESIDE[name]}
        earlier = {} if name == "clienthood" else EARLIER
        try:
            table = build_table(
                rules,
                yields=yields,
                answers=answers,
                facts={**facts.domains(), **earlier},
                ref=PolicyRef(edition=self.name or "", digest="", table=name),
                record=facts.Facts,
                acts=self.acts,
            )
        except PolicyError as error:
            part.problems += [problem.under(part.place) for problem in error.problems]
            return None
        _check_given(part, entries.get("given"), set(table.facts) & set(earlier))
        return table


def _check_given(part: Reader, given: Reader | None, read: set[str]) -> None:
    """The file says which earlier answers a table reads, neither more nor less."""
    told = f"its rules read {', '.join(sorted(read)) or 'nothing'} of earlier answers"
    hint = f"write given = [{', '.join(map(repr, sorted(read)))}]"
    if given is None:
        if read:
            part.note("missing", f"'given' is missing, and {told}", hint)
        return
    names = [item.text() for item in given.items()]
    is_list = isinstance(given.value, (list, tuple)) and None not in names
    if is_list and set(names) != read:
        given.note("value", told, hint)
