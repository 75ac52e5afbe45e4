"""Out and in again: nothing is lost, and equal values look the same."""

import json
import os
import re
import subprocess
import sys
import tomllib
from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import Any

import attrs
import pytest
from attrs import evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from relationkit import codec, policy, strategies
from relationkit.books import Book, CustomerRecord
from relationkit.codec import Format, Limits, _dump
from relationkit.codec._dump import plain_json
from relationkit.codec._limits import DEEP
from relationkit.codec._parse import orjson_if_there
from relationkit.codec._plain import walk
from relationkit.contracts import Contract, ContractForm, Signature
from relationkit.duties import FiduciaryDuty, OtherDuty, Writing
from relationkit.engagements import Closing, Engagement, Judgement, Service
from relationkit.errors import DecodeError
from relationkit.facts import OPEN, Facts
from relationkit.fees import (
    Bundle,
    Fee,
    Graduated,
    PricingModel,
    Rate,
    RateCard,
    Tier,
)
from relationkit.money import Money
from relationkit.parties import Organisation, Party, Person
from relationkit.periods import Period
from relationkit.policy import Assessment, Edition
from relationkit.records import ContractId, PartyId, RateCardId, as_declared
from relationkit.relationships import (
    Client,
    Consent,
    Customer,
    History,
    Inquiry,
    Purchase,
    StatedStance,
)
from relationkit.targets import Plan, Priority, Target

MODELS: list[type] = [
    *(Book, Client, Closing, Consent, Contract, Customer, CustomerRecord, Edition),
    *(Engagement, Facts, FiduciaryDuty, History, Inquiry, Judgement, Money),
    *(Organisation, OtherDuty, Period, Person, Plan, Purchase, Service, Signature),
    *(StatedStance, Target, Writing),
]
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
each_form = pytest.mark.parametrize("form", Format)
DAY = date(2026, 1, 1)
ADA = Person(id=PartyId("ada"), name="Ada Byron")


@frozen(kw_only=True)
class Node:
    """A record that is none of ours."""

    name: Person
    then: "Node | None" = None
    seen: tuple[Person, ...] = field(factory=tuple)


@frozen(kw_only=True, field_transformer=as_declared)
class Noted:
    """A record in which None is no default."""

    by: PartyId | None
    about: str | None = "a"


attrs.resolve_types(Node)
SCRIPT = """
import sys
from relationkit import codec, policy
from relationkit.books import Book
book = codec.read("examples/practice.toml", Book)
edition = policy.edition("2026-11")
ids = [customer.party for customer in book.customers]
for value in (book, edition, *map(book.relationship, ids)):
    print(codec.digest(value), codec.dumps(value, form=codec.Format.TOML))
"""


@frozen(kw_only=True)
class Stamped:
    """Something of an application's own."""

    at: datetime
    by: Customer
    tags: frozenset[str] = frozenset()


def stored_again(value: Any, form: Format) -> Any:  # noqa: ANN401
    return codec.loads(codec.dumps(value, form=form), type(value), form=form)


def nulls(document: object) -> int:
    """How often null stands in a document."""
    if isinstance(document, dict):
        return sum(map(nulls, document.values()))
    if isinstance(document, list):
        return sum(map(nulls, document))
    return document is None


def otherwise(value: Any, random: Random) -> Any:  # noqa: ANN401
    """An equal value, of parts in another order and numbers of another scale."""
    if isinstance(value, tuple):
        parts = [otherwise(part, random) for part in value]
        return tuple(random.sample(parts, len(parts)))
    if isinstance(value, frozenset):
        return frozenset(random.sample(sorted(value), len(value)))
    if isinstance(value, Decimal) and value.as_tuple().exponent == 0:
        return value.quantize(Decimal("0.0"))
    if attrs.has(type(value)):
        names = [field.name for field in attrs.fields(type(value))]
        again = {name: otherwise(getattr(value, name), random) for name in names}
        for name in {"parts", "tiers"} & again.keys():  # which are in an order
            again[name] = tuple(otherwise(one, random) for one in getattr(value, name))
        if isinstance(value, Plan):
            again["priorities"] = value.priorities  # whose order is that of their rank
        return type(value)(**again)
    return value


class TestRoundTrip:
    @each_form
    @each_model
    @settings(max_examples=8)
    @given(data=st.data())
    def test_loses_nothing(
        self, model: type, form: Format, data: st.DataObject
    ) -> None:
        """What is written in either form is the same value when it is read."""
        value = data.draw(st.from_type(model))

        assert stored_again(value, form) == value
        assert type(stored_again(value, form)) is type(value)

    @each_form
    @settings(max_examples=20)
    @given(client=strategies.clients())
    def test_keeps_clients_among_customers(self, client: Client, form: Format) -> None:
        """Where a customer may stand, a client loses nothing."""
        at = datetime(2026, 11, 22, 10, tzinfo=UTC)
        stamped = Stamped(at=at, by=client)

        assert stored_again(stamped, form) == stamped
        assert codec.dump(stamped)["by"]["type"] == "client"
        assert codec.load(codec.dump(client), Customer) == client

    def test_of_what_is_all_by_default(self) -> None:
        """A document that says nothing is not empty, lest it be taken for lost."""
        for form in Format:
            assert stored_again(History(), form) == History()
        assert codec.dumps(History(), form=Format.TOML) == b"# all by default\n"

    def test_of_several_by_name(self) -> None:
        """Lists and dicts of models are lists and tables of what those are."""
        assert codec.dump({"all": [ADA]}) == {"all": [codec.dump(ADA)]}

    @each_form
    @given(parties=st.lists(strategies.parties()).map(tuple))
    def test_of_tuples(self, parties: tuple[Party, ...], form: Format) -> None:
        """Several are a list; TOML, which has tables only, refuses one."""
        if form is Format.TOML:
            with pytest.raises(TypeError, match=r"^TOML holds tables, .*write JSON$"):
                codec.dumps(parties, form=form)
        else:
            told = codec.dumps(parties)
            assert codec.loads(told, tuple[Party, ...]) == parties

    @given(facts=strategies.facts())
    def test_of_unknown_facts(self, facts: Facts) -> None:
        """TOML, which has no null, lists the facts that nobody knows."""
        told = codec.dump(facts, form=Format.TOML)
        unknown = [name for name in OPEN if getattr(facts, name) is None]

        assert nulls(told) == 0
        assert sorted(told.get("null", [])) == sorted(unknown)
        assert nulls(codec.dump(facts)) == len(unknown)

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            ({"null": ["helpp"]}, "/null/0: expected a field that may be null, got"),
            ({"null": [["help"]]}, "/null/0: expected a field that may be null, got"),
            ({"null": ["on"]}, "/null/0: expected a field that may be null, got 'on'"),
            ({"null": ["help", "help"]}, "/null/1: 'help' is said before"),
            ({"null": ["help"], "help": "none"}, "/null/0: 'help' is said before"),
            ({"null": "help"}, "/null: expected a list, got 'help', a text"),
        ],
    )
    @given(facts=strategies.facts())
    @settings(max_examples=5)
    def test_refuses_other_nulls(
        self, facts: Facts, change: dict[str, object], told: str
    ) -> None:
        """What is listed as null is a fact that may be, and is said nowhere else."""
        document = codec.dump(evolve(facts, help=None))
        del document["help"]

        with pytest.raises(DecodeError) as caught:
            codec.load(document | change, Facts)
        assert str(caught.value).startswith(told)


class TestCanonical:
    @each_model
    @settings(max_examples=8)
    @given(data=st.data(), random=st.randoms(use_true_random=False))
    def test_of_equal_values(
        self, model: type, data: st.DataObject, random: Random
    ) -> None:
        """Equal values have equal bytes, however they were made."""
        if model is Edition:
            value = data.draw(st.from_type(Edition))
            again = policy.build(_shuffled(policy.document(value), random))
        else:
            value = data.draw(st.from_type(model))
            again = value if model is Plan else otherwise(value, random)

        assert again == value
        assert codec.digest(again) == codec.digest(value)
        for form in Format:
            assert codec.dumps(again, form=form) == codec.dumps(value, form=form)

    @each_model
    @settings(max_examples=5)
    @given(data=st.data())
    def test_differs_with_values(self, model: type, data: st.DataObject) -> None:
        """Values that differ have other bytes, and another digest."""
        one, other = (data.draw(st.from_type(model)) for _ in range(2))

        assert (one == other) == (codec.dumps(one) == codec.dumps(other))
        assert (one == other) == (codec.digest(one) == codec.digest(other))

    @given(
        told=st.dictionaries(
            st.text("abz\u00e9/~", max_size=3), strategies.parties(), max_size=5
        ),
        random=st.randoms(use_true_random=False),
    )
    def test_of_equal_dicts(self, told: dict[str, Party], random: Random) -> None:
        """Dicts are equal in any order, and so are their bytes."""
        again = {key: told[key] for key in random.sample([*told], len(told))}

        assert again == told
        assert [*codec.dump(told)] == sorted(told)
        for form in Format:
            assert codec.dumps(again, form=form) == codec.dumps(told, form=form)
        nested = [codec.dumps({"all": [one]}) for one in (told, again)]
        assert nested[0] == nested[1]

    def test_of_dicts_by_members(self) -> None:
        """Members of enums are the texts that they stand for, also as keys."""
        told = {Priority.URGENT: 1, Priority.LOW: 2}

        assert codec.dumps(told) == b'{"low":2,"urgent":1}'

    def test_in_every_process(self) -> None:
        """Bytes do not hang on the order in which a process hashes."""
        told = {
            subprocess.run(
                [sys.executable, "-c", SCRIPT],
                env=os.environ | {"PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("0", "1", "77")
        }

        assert len(told) == 1

    @each_model
    @settings(max_examples=5)
    @given(data=st.data())
    def test_by_any_writer(self, model: type, data: st.DataObject) -> None:
        """With a faster writer installed or not, JSON has the same bytes."""
        value = data.draw(st.from_type(model))

        assert codec.dumps(value) == plain_json(codec.dump(value))

    def test_has_tags_first(self) -> None:
        """What may stand among others says first what it is."""
        assert [*codec.dump(ADA)] == ["type", "id", "name"]

    @pytest.mark.parametrize(
        ("amount", "told"),
        [
            ("10.50", "10.5"),
            ("1E+3", "1000"),
            ("100", "100"),
            ("0.00", "0"),
            ("-0.10", "-0.1"),
            ("0E+30", "0"),
        ],
    )
    def test_of_decimals(self, amount: str, told: str) -> None:
        """A number is as short as can be, without an exponent."""
        assert codec.dump(Decimal(amount)) == told

    def test_of_instants(self) -> None:
        """An instant is said in UTC, whatever zone it is told in."""
        at = datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=2)))
        stamped = Stamped(at=at, by=Customer(party=ADA), tags=frozenset("ba"))

        assert codec.dump(stamped)["at"] == "2026-11-21T23:00:00Z"
        assert codec.dump(stamped)["tags"] == ["a", "b"]
        toml = codec.dumps(stamped, form=Format.TOML)
        assert tomllib.loads(toml.decode())["at"] == at
        same = evolve(stamped, at=at.astimezone(UTC))
        assert codec.dumps(same, form=Format.TOML) == toml

    @pytest.mark.parametrize(
        "at",
        [
            *("2026-11-22", "2026-11-22T10:00:00", "2026-11-22 10:00:00Z", 5),
            *("2026-13-22T10:00:00Z", "2026-11-22T1\u0660:00:00Z", date(2026, 1, 1)),
            datetime(2026, 1, 1),  # noqa: DTZ001
        ],
        ids=str,
    )
    def test_refuses_other_instants(self, at: object) -> None:
        """An instant has a time zone, and is written in one way."""
        document = {"at": at, "by": codec.dump(Customer(party=ADA))}

        with pytest.raises(DecodeError, match=r"^/at: .*instant"):
            codec.load(document, Stamped)


def _shuffled(told: Any, random: Random) -> Any:  # noqa: ANN401
    """The same, with the keys of every table in another order."""
    if isinstance(told, dict):
        keys = random.sample([*told], len(told))
        return {key: _shuffled(told[key], random) for key in keys}
    return [_shuffled(one, random) for one in told] if isinstance(told, list) else told


class TestRefusals:
    @pytest.mark.parametrize(
        ("value", "told"),
        [
            (10**40, "has more than 40 digits"),
            (Decimal("1E+41"), "no document holds the number"),
            (Decimal("1E-41"), "no document holds the number"),
            (Decimal("NaN"), "no document holds the number"),
            (timedelta(0), "it must be longer than none"),
            (datetime(2026, 1, 1), "has no time zone"),  # noqa: DTZ001
        ],
        ids=str,
    )
    def test_of_what_would_not_be_read(self, value: object, told: str) -> None:
        """What no document can say is refused, and not changed."""
        with pytest.raises(ValueError, match=told):
            codec.dump(value)

    @pytest.mark.parametrize("value", [object(), 1.5, b"ada", Person, {1.5}])
    def test_of_what_is_no_model(self, value: object) -> None:
        """What is none of ours is refused with what to give."""
        with pytest.raises(TypeError, match=r"^no document holds .*; give a model"):
            codec.dump(value)

    def test_of_keys_that_are_no_texts(self) -> None:
        """A table has texts as keys, and no other is made one."""
        with pytest.raises(TypeError, match=r"^no document has the key 1; use a text$"):
            codec.dump({1: ADA})

    def test_of_half_a_character(self) -> None:
        """A text that no file holds is told with its place."""
        closing = Inquiry(about="tax", on=date(2026, 1, 1))
        object.__setattr__(closing, "about", "a\ud800")

        for tell in (codec.dumps, codec.digest):
            with pytest.raises(ValueError, match=r"^/about: .* lone surrogate; remove"):
                tell(closing)

    def test_of_null_in_a_list_of_toml(self) -> None:
        """TOML, which has no null, is not made to say it."""
        versions = policy.Versions([(None, policy.edition("2026-11"))])

        with pytest.raises(ValueError, match=r"^/editions/0/0: TOML has no null"):
            codec.dumps(versions, form=Format.TOML)
        assert json.loads(codec.dumps(versions))["editions"][0][0] is None

    @pytest.mark.parametrize("form", ["toml", None])
    def test_of_other_forms(self, form: Any) -> None:  # noqa: ANN401
        """A form is a member of its class."""
        with pytest.raises(TypeError, match=r"^form: expected a Format"):
            codec.dump(ADA, form=form)

    def test_of_what_others_declare(self) -> None:
        """Records of other packages are written as well, also within themselves."""
        first = Node(name=ADA, then=Node(name=ADA))

        assert codec.dump(first) == {
            "name": codec.dump(ADA),
            "then": {"name": codec.dump(ADA)},
        }

    def test_of_what_must_be_said_though_it_is_none(self) -> None:
        """None is written where it is no default, as each form has it."""
        noted = Noted(by=None, about=None)

        assert codec.dump(noted) == {"by": None, "about": None}
        assert codec.dump(noted, form=Format.TOML)["null"] == ["by"]
        assert codec.dump(Noted(by=PartyId("ada"))) == {"by": "ada"}

    def test_without_writers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """JSON needs no other package; what TOML needs is named."""
        for name in ("orjson", "tomli_w"):
            monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.setattr(_dump, "orjson_if_there", orjson_if_there.__wrapped__)

        assert codec.dumps(ADA).startswith(b'{"type":"person"')
        with pytest.raises(ModuleNotFoundError, match=r"install relationkit\[toml\]"):
            codec.dumps(ADA, form=Format.TOML)


BUSY = Customer(
    party=ADA,
    inquiries=tuple(Inquiry(about=f"will {at}", on=DAY) for at in range(300)),
)


def refusal_of(data: bytes, form: Format, limits: Limits) -> str:
    """What is said of a document that is over a limit; empty if it is not."""
    try:
        assert codec.loads(data, Customer, form=form, limits=limits) == BUSY
    except DecodeError as error:
        return str(error)
    return ""


class TestLimits:
    @pytest.mark.parametrize(
        "limits",
        [
            Limits(size=9_000),
            Limits(items=600),
            Limits(depth=2),
            Limits(items=901),
            Limits(size=90_000, items=904, depth=3),
            Limits(),
        ],
        ids=str,
    )
    @each_form
    def test_are_those_of_the_reader(self, form: Format, limits: Limits) -> None:
        """What is written can be read within the same limits, and nothing else is."""
        data = codec.dumps(BUSY, form=form)
        told = refusal_of(data, form, limits)
        if told:
            with pytest.raises(ValueError, match=f"^{re.escape(told)}$") as caught:
                codec.dumps(BUSY, form=form, limits=limits)
            assert not isinstance(caught.value, DecodeError)
        else:
            assert codec.dumps(BUSY, form=form, limits=limits) == data

    @pytest.mark.parametrize("items", [600, 901, 903, 5_000])
    def test_of_plain_data(self, items: int) -> None:
        """Plain data is checked where limits are given, as it may go anywhere."""
        document, limits = codec.dump(BUSY), Limits(items=items)
        told = ""
        with suppress(DecodeError):
            codec.load(document, Customer, limits=limits)
            told = "read"
        with nullcontext() if told else pytest.raises(ValueError, match="the limit is"):
            assert codec.dump(BUSY, limits=limits) == document

    def test_leave_room_for_the_deepest_fee(self) -> None:
        """What nests deepest is stored on a card of a list, and read again."""
        fee: Fee = Graduated(tiers=(Tier(),))
        while True:
            try:
                fee = Bundle(parts=(fee,))
            except ValueError:
                break
        rate = Rate(model=PricingModel.HOURLY, fee=fee, period=Period(DAY))
        card = RateCard(id=RateCardId("card"), currency="GBP", rates=(rate,))
        document = codec.dump(card, versioned=True)

        assert codec.loads(codec.dumps(card, versioned=True), RateCard) == card
        deepest = max(len(steps) for steps, _ in walk(document))
        assert deepest + 2 <= DEEP < Limits().depth
        with pytest.raises(ValueError, match=r"raise limits\.key_parts"):
            codec.dumps(card, form=Format.TOML)


class TestOutcomes:
    @each_form
    @settings(max_examples=8)
    @given(assessed=strategies.assessments())
    def test_say_what_they_are(self, assessed: Assessment, form: Format) -> None:
        """A decision says its answer, what is undecided the possible ones."""
        told = codec.dump(assessed, form=form)["standing"]

        if assessed.standing.answer is None:
            assert told["type"] == "undecided"
            assert told["possible"] == [*assessed.standing.possible]
            assert told["needs"] == [*assessed.standing.needs]
        else:
            assert (told["type"], told["answer"]) == (
                "decision",
                assessed.standing.answer,
            )
        assert codec.dumps(assessed, form=form)
        with pytest.raises(TypeError, match="documents are not read as"):
            codec.load(told, Assessment)

    @settings(max_examples=8)
    @given(
        edition=strategies.editions(),
        relationship=strategies.relationships(),
        on=strategies.days(),
    )
    def test_come_again(
        self, edition: Edition, relationship: Customer, on: date
    ) -> None:
        """Facts and edition, stored and read, give the same answers to the byte."""
        assessed = edition.assess(relationship, on=on)
        read = stored_again(edition, Format.JSON)
        told = codec.dumps(assessed)

        again = read.assess(stored_again(relationship, Format.TOML), on=on)
        assert (again, codec.dumps(again)) == (assessed, told)
        for answers in assessed.engagements.values():
            facts = stored_again(answers.facts, Format.TOML)
            assert read.policy.answers(facts) == answers


class Word(str):
    """A text that a program has more to say of."""

    __slots__ = ()


class Day(date):
    """A day that a program has more to say of."""


class TestSubclasses:
    @pytest.mark.parametrize("form", Format)
    @pytest.mark.parametrize("word", [Word("text"), Priority.LOW])
    def test_are_read_again(self, form: Format, word: str) -> None:
        """A text or a day of a subclass is written as a plain one."""
        on = Day(2026, 1, 1)
        contract = Contract(
            id=ContractId(word),
            form=ContractForm.ESTIMATE,
            parties=frozenset({PartyId(word), PartyId("us")}),
            signatures=(Signature(party=PartyId(word), on=on, signatory=word),),
            period=Period(start=on),
            title=word,
        )

        assert codec.load(codec.dump(contract), Contract) == contract
        again = codec.dumps(contract, form=form)
        assert codec.loads(again, Contract, form=form) == contract


class TestNullInToml:
    @pytest.mark.parametrize(
        ("value", "place"), [({"a": None}, "/a"), ({"a": (1, None)}, "/a/1")]
    )
    def test_is_told_where_it_is(self, value: object, place: str) -> None:
        """In a table of no model as in a list."""
        told = f"^{place}: TOML has no null; leave it out, or write JSON$"
        with pytest.raises(ValueError, match=told):
            codec.dumps(value, form=Format.TOML)
