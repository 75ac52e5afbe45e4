"""Schemas say what reading does, and are committed under their version."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import available_timezones

import attrs
import pytest
from attrs import evolve as replaced
from hypothesis import event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from typing_extensions import TypeAliasType, TypeForm

from relationkit import codec, policy, strategies
from relationkit.calendars import always
from relationkit.calendars._zones import NO_PLACES
from relationkit.codec import KINDS, json_schema
from relationkit.codec._docs import attributes_of, prose_of
from relationkit.codec._load import storable
from relationkit.engagements import Help
from relationkit.errors import DecodeError, Problem
from relationkit.parties import Party
from relationkit.periods import Period
from relationkit.policy import Edition
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer
from relationkit.sla import Event, What
from relationkit.targets import Goal

Steps: TypeAlias = tuple[str | int, ...]

PATTERN = r'"pattern": "((?:[^"\\]|\\.)*)"'
DAYS = FormatChecker(["date"])
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "schemas"
MODELS = {name: kind for name, kind in KINDS.items() if kind is not Edition}


def _retargeted(goal: Goal) -> Event:
    """From now on another goal stands."""
    at = datetime(2026, 11, 22, 10, tzinfo=UTC)
    return Event(what=What.PRIORITY, at=at, target=goal)


MADE: Mapping[str, st.SearchStrategy[object]] = {
    "duty": strategies.duties(),
    "fee": strategies.fees(),
    "party": strategies.parties(),
    "relationship": strategies.customers() | strategies.clients(),
    **{n: st.from_type(k) for n, k in KINDS.items() if isinstance(k, type)},
    "event": strategies.events() | st.builds(_retargeted, strategies.goals()),
    "line": strategies.quotes().flatmap(lambda made: st.sampled_from(made.lines)),
}


@cache
def validator(name: str) -> Any:  # noqa: ANN401, the class is made by a function
    return Draft202012Validator(
        json_schema(KINDS[name]), format_checker=FormatChecker(["date"])
    )


@cache
def stored_validator(name: str) -> Any:  # noqa: ANN401, the class is made by a function
    schema = json_schema(KINDS[name], versioned=True)
    return Draft202012Validator(schema, format_checker=DAYS)


def places(value: object, at: Steps = ()) -> Iterator[Steps]:
    """All places in plain data."""
    yield at
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*at, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from places(part, (*at, number))


TEXTS = (
    *("", " ", "a", " a", "a\n", "a\0", "ada", "None", "person", "client", "other"),
    *("2026-01-01", "2026-02-30", "20260101", "2026-01-01\n", "none", "tax", "fixed"),
    *("1.50", "-1", "-0", "-0.0", "01", "1E5", "1_0", ".5", "1" * 41, "\u0661"),
    *("4h", "0h", "PT4H", "1h0m", "90s", "4 h", "USD", "usd", "UTC", "Asia//Beirut"),
    *("09:00", "9:00", "24:00", "24:01", "23:59:59.5", "16:00:00", "16:00:01", "0.5"),
    *("1", "1.0", "0", "0.0", "1.1", "1" * 19, "0" * 21 + "1", "0." + "0" * 20 + "1"),
    *("2026-01-01T10:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T10:00:00+24:00"),
)
VALUES: tuple[object, ...] = (None, True, 0, 1, -1, 10**40, [], {}, [1], *TEXTS)
KEYS = ("naem", "type", "null", "id", "on", "", "name")
GONE = object()


def mutated(document: object, how: tuple[int, int, object]) -> object:
    """The *document* with one thing in it replaced, taken out, added or doubled."""
    at, act, value = how
    made: Any = [deepcopy(document)]
    every = [*places(made)][1:]
    *steps, last = every[at % len(every)]
    inside = made
    for step in steps:
        inside = inside[step]
    here = inside[last]
    if act == 0 and isinstance(inside, dict):
        del inside[last]
    elif act == 1 and isinstance(here, dict):
        here[KEYS[at % len(KEYS)]] = value
    elif act == 1 and isinstance(here, list):
        here.append(deepcopy(here[0]) if here else value)
    else:
        inside[last] = value
    return made[0]


hows = st.tuples(st.integers(0, 999), st.integers(0, 3), st.sampled_from(VALUES))
named = st.sampled_from(sorted(MODELS)).flatmap(
    lambda name: st.tuples(st.just(name), MADE[name])
)


def refused(document: object, kind: TypeForm[object]) -> tuple[Problem, ...]:
    try:
        codec.load(document, kind)
    except DecodeError as error:
        return error.problems
    return ()


def is_beyond_schemas(problem: Problem) -> bool:
    """Whether a problem is one of those that no schema of ours tells.

    What does not fit between fields, which their validators tell in their own
    words; what does not fit between the records of a book; time zones.
    """
    is_between_records = problem.code in {"reference", "duplicate"}
    is_own_wording = not re.match("expected|there is no day", problem.message)
    return is_between_records or (problem.code == "value" and is_own_wording)


class TestModels:
    @given(named)
    def test_every_instance_is_valid(self, drawn: tuple[str, object]) -> None:
        """What is dumped is valid, and so is what was left out of it."""
        name, value = drawn
        document = codec.dump(value)
        assert [*validator(name).iter_errors(document)] == []

    @given(named, st.lists(st.lists(hows, min_size=1, max_size=2), max_size=5))
    def test_refuses_what_reading_does(
        self, drawn: tuple[str, object], mutants: list[list[tuple[int, int, object]]]
    ) -> None:
        """Both refuse a document, or neither does; but for what is listed here."""
        name, value = drawn
        for each in mutants:
            document: object = codec.dump(value)
            for how in each:
                document = mutated(document, how)
            told = refused(document, MODELS[name])
            is_valid = validator(name).is_valid(document)
            event(f"refused: {bool(told)}, valid: {is_valid}")
            if told and is_valid:
                assert all(map(is_beyond_schemas, told)), (document, told)
            else:
                assert is_valid is not bool(told), document

    @given(st.text("0123456789-.+_eEhmsPTHMSZ: \n\u0661aW", max_size=12))
    def test_grammars(self, text: str) -> None:
        """Texts for days, instants, decimals and times are the same to both."""
        kinds: list[TypeForm[object]] = [date, datetime, time, Decimal, timedelta]
        for kind in kinds:
            schema = json_schema(kind)
            checked = FormatChecker(["date"])
            is_valid = Draft202012Validator(schema, format_checker=checked).is_valid(
                text
            )
            told = refused(text, kind)
            assert is_valid is not bool(told) or "there is no instant" in str(told)

    @given(
        st.sampled_from(
            ["2026-11-22", "-10.50", "1h30m", "PT4H", "0m", "90.5s", "23:59:59.5"]
        ),
        st.integers(0, 9),
        st.sampled_from(["", "0", "1", "-", ".", "h", "\n", " ", "\u0661"]),
    )
    def test_grammars_nearly(self, text: str, at: int, put: str) -> None:
        """Also of those that are nearly right."""
        self.test_grammars.hypothesis.inner_test(  # type: ignore[attr-defined]
            self, text[:at] + put + text[at + bool(put) :]
        )


FIELDS: list[tuple[str, dict[str, object], tuple[str, ...]]] = [
    ("fixed", {}, ("amount",)),
    ("tier", {"up_to": "9"}, ("up_to",)),
    ("tier", {}, ("flat",)),
    ("per_unit", {"rate": "1"}, ("included",)),
    ("discounted", {"inner": {"type": "fixed", "amount": "1"}}, ("share",)),
    ("cash_step", {"code": "CHF"}, ("step",)),
    ("band", {"credit": "1"}, ("below",)),
    ("goal", {"metric": "next_response", "within": "4h"}, ("at_risk", "0")),
    ("interval", {"end": "24:00"}, ("start",)),
]


class TestFields:
    @pytest.mark.parametrize(("name", "document", "place"), FIELDS)
    @given(
        text=st.text("0159.:-\n", max_size=8)
        | st.sampled_from(TEXTS)
        | st.builds("{}.{}".format, st.integers(0, 10**20), st.integers(0, 10**22))
        | st.builds("{:02}:{:02}".format, st.integers(0, 25), st.integers(0, 60))
    )
    def test_grammars(
        self, name: str, document: dict[str, object], place: tuple[str, ...], text: str
    ) -> None:
        """A field that takes fewer texts than its type does says so."""
        told: object = [text] if place[1:] else text
        whole = {**document, place[0]: told}
        is_valid = validator(name).is_valid(whole)

        assert is_valid is not bool(refused(whole, MODELS[name]))

    @pytest.mark.parametrize(
        ("name", "document", "field"),
        [
            ("per_unit", {"rate": "1"}, "per"),
            ("minor_unit", {"code": "XAU"}, "digits"),
        ],
    )
    @given(number=st.integers(-1, 19) | st.sampled_from([10**9, 10**9 + 1]))
    def test_numbers(
        self, name: str, document: dict[str, object], field: str, number: int
    ) -> None:
        """So does one that takes fewer numbers."""
        whole = {**document, field: number}
        is_valid = validator(name).is_valid(whole)

        assert is_valid is not bool(refused(whole, MODELS[name]))

    @pytest.mark.parametrize(
        ("name", "field"),
        [
            *(("bundle", "parts"), ("graduated", "tiers"), ("volume", "tiers")),
            *(("hours", "intervals"), ("plan", "targets")),
        ],
    )
    def test_none(self, name: str, field: str) -> None:
        """What may not be empty has a least number of items."""
        told = json_schema(KINDS[name])
        part = told["properties"][field]  # type: ignore[index]

        assert part["minItems"] == 1

    @pytest.mark.parametrize(
        "zone", ["right/UTC", "posix/UTC", "localtime", "posixrules", "Factory"]
    )
    def test_zones_of_the_machine(self, zone: str) -> None:
        """What is no zone of IANA may not."""
        calendar = {**codec.dump(always()), "zone": zone}

        assert not validator("business_calendar").is_valid(calendar)

    @given(zone=st.sampled_from(sorted(available_timezones() - NO_PLACES)))
    def test_zones(self, zone: str) -> None:
        """Every zone there is may stand where one is asked for."""
        calendar = codec.dump(replaced(always(), zone=zone))

        assert validator("business_calendar").is_valid(calendar)
        assert not validator("business_calendar").is_valid({**calendar, "zone": "a b"})


STORED = {name: kind for name, kind in MODELS.items() if storable(kind)}


class TestStored:
    @given(
        st.sampled_from(sorted(STORED)).flatmap(
            lambda name: st.tuples(st.just(name), MADE[name])
        ),
        st.lists(hows, max_size=2),
    )
    def test_refuses_what_reading_does(
        self, drawn: tuple[str, object], mutants: list[tuple[int, int, object]]
    ) -> None:
        """Of a document with its version, both refuse it, or neither does."""
        name, value = drawn
        document: object = codec.dump(value, versioned=True)
        assert stored_validator(name).is_valid(document)
        for how in mutants:
            document = mutated(document, how)
        told = refused(document, STORED[name])

        if isinstance(document, dict) and {"schema", "data"} & document.keys():
            is_valid = stored_validator(name).is_valid(document)
            assert is_valid is not bool(told) or (
                is_valid and all(map(is_beyond_schemas, told))
            )

    @pytest.mark.parametrize("name", [*STORED, "edition"])
    def test_envelope(self, name: str) -> None:
        """It has a schema and data, both, and nothing else."""
        valid = stored_validator(name).is_valid

        assert not any(
            map(valid, ({}, {"schema": f"{name}/1"}, {"data": {}}, [], None))
        )
        Draft202012Validator.check_schema(json_schema(KINDS[name], versioned=True))

    def test_of_an_edition(self) -> None:
        """So has an edition."""
        document = codec.dump(policy.latest(), versioned=True)

        assert stored_validator("edition").is_valid(document)
        assert not stored_validator("edition").is_valid(
            {**document, "schema": "book/1"}
        )
        assert not stored_validator("edition").is_valid({**document, "more": 1})

    def test_of_customers(self) -> None:
        """Where a customer is asked for a client may be stored, as it may stand."""
        ada = {"type": "person", "id": "ada", "name": "Ada Byron"}
        valid = stored_validator("customer").is_valid

        assert valid({"schema": "customer/1", "data": {"party": ada}})
        told = {"schema": "customer/1", "data": {"type": "client", "party": ada}}
        assert not valid(told)

    def test_of_parts(self) -> None:
        """What is not stored on its own has none."""
        with pytest.raises(ValueError, match=r"no .*Period.* is stored on its own"):
            json_schema(Period, versioned=True)


class TestMoney:
    @pytest.mark.parametrize("amount", ["0", "-0", "-0.00", "1.50", "-1.50", "-0.01"])
    def test_signs(self, amount: str) -> None:
        """Nothing is negative zero, and no purchase costs less than nothing."""
        money = {"amount": amount, "currency": "USD"}
        bought = {"id": "p", "on": "2026-01-01", "service": {"line": "tax"}}
        documents: dict[str, object] = {
            "money": money,
            "purchase": {**bought, "amount": money},
        }
        for name, document in documents.items():
            is_valid = validator(name).is_valid(document)
            assert is_valid is not bool(refused(document, MODELS[name])), name

    def test_currencies(self) -> None:
        """Only those of the list are."""
        for code in ("USD", "usd", "EURO", ""):
            money = {"amount": "1", "currency": code}
            assert validator("money").is_valid(money) is (code == "USD")


class TestEditions:
    @settings(max_examples=settings().max_examples // 5)  # each has four proved tables
    @given(strategies.editions())
    def test_every_instance_is_valid(self, edition: Edition) -> None:
        """What is dumped is valid."""
        assert [*validator("edition").iter_errors(codec.dump(edition))] == []

    @pytest.mark.parametrize("name", policy.editions())
    def test_what_ships_is_valid(self, name: str) -> None:
        """So is each edition that ships, as it is written."""
        path = ROOT / "src" / "relationkit" / "editions" / f"{name}.toml"
        document = tomllib.loads(path.read_text("utf-8"))
        assert [*validator("edition").iter_errors(document)] == []

    @settings(max_examples=settings().max_examples // 2)
    @given(st.lists(hows, min_size=1, max_size=2))
    def test_refuses_nothing_that_is_read(
        self, each: list[tuple[int, int, object]]
    ) -> None:
        """What the schema refuses is refused, though not the other way round."""
        document: object = codec.dump(policy.latest())
        for how in each:
            document = mutated(document, how)
        if not validator("edition").is_valid(document):
            event("refused")
            assert refused(document, Edition)


class TestSchemas:
    @pytest.mark.parametrize("name", KINDS)
    def test_is_one(self, name: str) -> None:
        """Each is of the dialect that it names, and refers to what it has."""
        schema = json_schema(KINDS[name])
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"urn:relationkit:{name}:1"
        text = json.dumps(schema)
        referred = {*re.findall(r'"#/\$defs/(\w+)"', text)}
        defs = schema.get("$defs", {})
        assert isinstance(defs, dict)
        assert referred == {*defs}

    @pytest.mark.parametrize("name", KINDS)
    def test_patterns_are_of_every_dialect(self, name: str) -> None:
        """They end where a text ends, which ``$`` does not say everywhere."""
        told = json.dumps(json_schema(KINDS[name]), ensure_ascii=False)
        patterns = [json.loads(f'"{one}"') for one in re.findall(PATTERN, told)]

        for pattern in patterns:
            re.compile(pattern)
            assert "$" not in pattern
            assert not re.search(r"\\[AZzdDwWbB]|\(\?[P>#imsx]|[*+?}]\+", pattern)

    @pytest.mark.parametrize("name", MODELS)
    def test_describes_everything(self, name: str) -> None:
        """Each class and each field says what it is, in the words of its docstring."""
        schema = json_schema(MODELS[name])
        defs = schema.get("$defs", {})
        assert isinstance(defs, dict)
        for one in (schema, *defs.values()):
            for key, part in one.get("properties", {}).items():
                assert key == "type" or part["description"], (one["title"], key)
                assert "``" not in str(part["description"] if key != "type" else "")

    def test_of_kinds_without_a_name(self) -> None:
        """Whatever is read has a schema; what has no name has no id."""
        several = json_schema(tuple[Party, ...])
        assert "$id" not in several
        named = TypeAliasType("named", Party)
        assert json_schema(named) == {
            key: part for key, part in json_schema(Party).items() if key != "$id"
        }
        assert json_schema(PartyId)["$ref"] == "#/$defs/PartyId"
        assert json_schema(frozenset[Help])["uniqueItems"] is True
        assert json_schema(Party | None)["anyOf"]

    def test_of_others(self) -> None:
        """What is not read has none."""
        with pytest.raises(TypeError, match="documents are not read as"):
            json_schema(dict[str, Party])

    def test_tags(self) -> None:
        """A customer need not say so; a client where a customer may stand does."""
        told = validator("customer")
        party = {"type": "person", "id": "ada", "name": "Ada"}
        work = {"id": "e", "opened": "2026-01-01", "clients": ["ada"]}
        done = [{**work, "services": [{"line": "tax"}]}]
        documents = {
            "untagged": ({"party": party}, True),
            "customer": ({"type": "customer", "party": party}, True),
            "client": ({"type": "client", "party": party, "engagements": done}, True),
            "no client": ({"party": party, "engagements": done}, False),
            "other": ({"type": "person", "party": party}, False),
        }
        for name, (document, is_valid) in documents.items():
            assert told.is_valid(document) is is_valid, name
            assert bool(refused(document, Customer)) is not is_valid, name
        (client,) = (d for n, (d, _) in documents.items() if n == "client")
        assert isinstance(codec.load(client, Customer), Client)

    def test_committed(self) -> None:
        """What changes a schema gives it a new version, or is not released yet.

        ``relationkit schema --all schemas`` writes those of this version anew; a
        released one stays as it is, and the new one takes its place beside it.
        """
        for name, kind in KINDS.items():
            schema = json_schema(kind)
            version = str(schema["$id"]).rpartition(":")[2]
            written = json.loads((FOLDER / f"{name}-{version}.json").read_text("utf-8"))
            assert written == schema, f"{name}-{version}.json differs"
            if storable(kind):
                path = FOLDER / f"{name}-{version}-stored.json"
                told = json_schema(kind, versioned=True)
                assert json.loads(path.read_text("utf-8")) == told, path.name


class TestDocs:
    def test_of_a_class_without(self) -> None:
        """A class that says nothing has nothing to describe it."""
        bare = attrs.make_class("Bare", ["a"])
        bare.__doc__ = None
        assert prose_of(bare) == ""
        assert attributes_of(bare) == {}

    def test_leaves_marks_out(self) -> None:
        """Marks of the site are left out, and null is called what documents call it."""

        class Marked:
            """See :class:`~relationkit.parties.Person`, *here*.

            Attributes:
                one: Says ``so``; None
                    if not.
            """

        assert prose_of(Marked) == "See Person, here."
        assert attributes_of(Marked) == {"one": "Says `so`; null if not."}
