"""What an independent writer puts down is read back as it was."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import TypeForm

from relationkit import codec, policy, strategies
from relationkit.books import Book, CustomerRecord
from relationkit.codec import Format
from relationkit.contracts import Contract, Signature
from relationkit.duties import Duty, FiduciaryDuty, OtherDuty, Writing
from relationkit.engagements import Engagement, Judgement, Service
from relationkit.facts import Facts
from relationkit.fees import (
    Bounded,
    Bundle,
    Discounted,
    Fixed,
    Graduated,
    PerUnit,
    Volume,
)
from relationkit.money import Money
from relationkit.parties import Organisation, Party, Person
from relationkit.periods import Period
from relationkit.relationships import (
    Client,
    Consent,
    Customer,
    Inquiry,
    Purchase,
    StatedStance,
)
from relationkit.strategies import facts
from relationkit.targets import NextBusinessDay, Plan, Target

TAGS: dict[type, str] = {
    Person: "person",
    Organisation: "organisation",
    FiduciaryDuty: "fiduciary",
    OtherDuty: "other",
    Customer: "customer",
    Client: "client",
    Fixed: "fixed",
    PerUnit: "per_unit",
    Graduated: "graduated",
    Volume: "volume",
    Bundle: "bundle",
    Bounded: "bounded",
    Discounted: "discounted",
}
IN_ORDER = {"parts", "tiers", "priorities"}
"""Fields whose items mean another thing in another order."""
Kind: TypeAlias = TypeForm[object]
Table: TypeAlias = dict[str, object]

PLANS = policy.latest().policy.plans
MODELS: dict[Kind, st.SearchStrategy[object]] = {
    Book: strategies.books(),
    Consent: strategies.consents(),
    Contract: strategies.contracts(),
    Customer | Client: strategies.customers() | strategies.clients(),
    CustomerRecord: strategies.customer_records(),
    Duty: strategies.duties(),
    Engagement: strategies.engagements(),
    Inquiry: strategies.inquiries(),
    Judgement: strategies.judgements(),
    Money: strategies.moneys(),
    Party: strategies.parties(),
    Period: strategies.periods(),
    Plan: st.sampled_from(PLANS),
    Purchase: strategies.purchases(),
    Service: strategies.services(),
    Signature: strategies.signatures(),
    StatedStance: strategies.stated_stances(),
    Target: st.sampled_from([target for plan in PLANS for target in plan.targets]),
    Writing: strategies.writings(),
}


@attrs.frozen
class Writer:
    """Puts models into plain data, as one author or another would.

    Attributes:
        brief: Whether what has its default is left out.
        native: Whether a day is a day, and not a text.
        order: By what keys and items are put in order.
    """

    brief: bool
    native: bool
    order: Random

    def document(self, value: object) -> Table:
        """The plain data that says *value*, with a tag if it is one of a union."""
        kind = type(value)
        assert attrs.has(kind)
        return self._table(value, kind)

    def _written(self, value: object) -> object:
        kind = type(value)
        if isinstance(value, NextBusinessDay):
            return str(value)
        if attrs.has(kind):
            return self._table(value, kind)
        if isinstance(value, (tuple, frozenset)):
            return self._shuffled([self._written(item) for item in value])
        return self._plain(value)

    def _plain(self, value: object) -> object:
        match value:
            case StrEnum():
                return value.value
            case Decimal():
                return f"{value:f}"
            case timedelta():
                return f"{value // timedelta(minutes=1)}m"
            case date() if not self.native:
                return value.isoformat()
            case _:
                return value

    def _table(
        self, value: object, kind: type[attrs.AttrsInstance]
    ) -> dict[str, object]:
        told: list[tuple[str, object]] = []
        if kind in TAGS:
            told.append(("type", TAGS[kind]))
        for field in attrs.fields(kind):
            part = getattr(value, field.name)
            if not self.brief or part != field.default:
                is_kept = field.name in IN_ORDER
                written = (
                    [*map(self._written, part)] if is_kept else self._written(part)
                )
                told.append((field.name, written))
        return dict(self._shuffled(told))

    def _shuffled(self, items: list[Any]) -> list[Any]:
        return self.order.sample(items, len(items))


authors = st.builds(Writer, st.booleans(), st.booleans(), st.randoms())


def in_toml(document: Table) -> str:
    """A *document* in TOML, which has no null."""
    return "\n".join(_pairs(document))


def _pairs(table: Table) -> Iterator[str]:
    return (f"{k} = {_toml(v)}" for k, v in table.items() if v is not None)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(_pairs(value))} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def in_json(document: Table) -> str:
    """A *document* in JSON, which has no days."""
    return json.dumps(document, default=date.isoformat)


def named(kind: Kind) -> str:
    return str(getattr(kind, "__name__", kind)).replace("relationkit.", "")


class TestDocuments:
    @pytest.mark.parametrize("kind", MODELS, ids=named)
    @given(data=st.data())
    def test_any_author(self, kind: Kind, data: st.DataObject) -> None:
        """Whoever wrote it, in whichever form, it reads back as the model it says."""
        value = data.draw(MODELS[kind])
        document = data.draw(authors).document(value)
        assert codec.load(document, kind) == value
        assert codec.loads(in_json(document), kind) == value
        assert codec.loads(in_json(document).encode(), kind) == value
        assert codec.loads(in_toml(document), kind, form=Format.TOML) == value
        assert type(codec.load(document, kind)) is type(value)

    @given(
        strategies.parties() | strategies.duties() | strategies.clients(),
        authors,
    )
    def test_untagged(
        self, value: Person | Organisation | Duty | Client, author: Writer
    ) -> None:
        """Where one class may stand, none is named, and a client loses nothing."""
        document = author.document(value)
        del document["type"]
        assert codec.load(document, type(value)) == value

    @given(st.lists(strategies.parties()), authors)
    def test_several(self, parties: list[Party], author: Writer) -> None:
        """A list of models is a document too, in the order of the list."""
        documents = [author.document(party) for party in parties]
        assert codec.load(documents, tuple[Party, ...]) == tuple(parties)

    @given(facts(), authors)
    def test_facts(self, known: Facts, author: Writer) -> None:
        """Facts are read with all that is unknown, which is null."""
        document = author.document(known)
        assert codec.load(document, Facts) == known
        assert codec.loads(in_json(document), Facts) == known
