"""Faults planted in a book are told where they stand: all of them, and no others."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import product
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import codec
from relationkit.books import Book
from relationkit.contracts import Contract
from relationkit.duties import FiduciaryDuty, OtherDuty
from relationkit.errors import DecodeError, Problem, pointer
from relationkit.fees import (
    Bounded,
    Bundle,
    Discounted,
    Fixed,
    Graduated,
    PerUnit,
    Volume,
)
from relationkit.parties import Organisation, Person
from relationkit.targets import NextBusinessDay, Plan, Priority

Steps: TypeAlias = tuple[str | int, ...]

DOCUMENT = json.loads(Path(__file__).with_name("book.json").read_text("utf-8"))
TAGS = {
    Person: "person",
    Organisation: "organisation",
    FiduciaryDuty: "fiduciary",
    OtherDuty: "other",
    Fixed: "fixed",
    PerUnit: "per_unit",
    Graduated: "graduated",
    Volume: "volume",
    Bundle: "bundle",
    Bounded: "bounded",
    Discounted: "discounted",
}
LEAVES = {str: "text", bool: "flag", int: "whole", Decimal: "decimal", date: "day"}
LEAVES |= {timedelta: "length"}
TEXTS: dict[frozenset[Any], list[Any]] = {
    frozenset({timedelta, NextBusinessDay}): [timedelta],
    frozenset({Priority, str}): [str],
}
"""What is told apart by its text, and what it is refused as."""
NO_TABLE: tuple[object, ...] = (None, "ab", "", 5, True, [], ["type"], b"")
NO_LIST: tuple[object, ...] = (None, "ab", "", 5, True, {}, {"0": "ab"}, {"ada"})
NO_TEXT: tuple[object, ...] = (None, 5, True, 1.5, ["a"], {}, date(2026, 1, 1), b"a")
NO_FLAG: tuple[object, ...] = (None, "true", "yes", "", 1, 0, [], {})
NO_WHOLE: tuple[object, ...] = (None, True, "5", 5.0, Decimal(5), [5])
NO_DECIMAL: tuple[object, ...] = (
    *(None, 10, 10.5, Decimal("10.5"), True, [], "", "-", "+1", "1.", ".5", "1,5"),
    *("1_000", " 12 ", "\u0661\u0662", "1E+5", "NaN", "Infinity", "0x10", "--1"),
    *("1\n", "1" * 41, "0." + "1" * 41, "\ud800"),
)
NO_DAY: tuple[object, ...] = (
    *(None, 20260101, True, [], {}, time(9), datetime(2026, 1, 1)),  # noqa: DTZ001
    *("", "2026-1-1", "20260101", "2026-W01-1", "2026-01-01T00:00:00", "01/02/2026"),
    *(" 2026-01-01", "2026-01-01\n", "\u0662\u0660\u0662\u0666-01-01", "\ud800"),
)
NO_LENGTH = ("", "4", "0h", "-4h", "4 h", "4H", "PT", "30m4h", "1h\n", "\ud800")
NO_MEMBER: tuple[object, ...] = (None, "", "no such", "TAX", " none", 1, True, [], {})
NO_TAG: tuple[object, ...] = (None, 5, "", "persn", "client", "Other", ["other"])
WRONG: dict[str, list[tuple[object, str]]] = {
    "table": [(value, "type") for value in NO_TABLE],
    "list": [(value, "type") for value in NO_LIST],
    "text": [*((value, "type") for value in NO_TEXT), ("\ud800", "value")],
    "flag": [(value, "type") for value in NO_FLAG],
    "whole": [
        *((value, "type") for value in NO_WHOLE),
        *((number, "value") for number in (10**40, -(10**40), 1 << 9999)),
    ],
    "decimal": [(value, "type") for value in NO_DECIMAL],
    "day": [
        *((value, "type") for value in NO_DAY),
        *((day, "value") for day in ("2026-02-29", "2026-13-01", "0000-01-01")),
    ],
    "length": [
        *((value, "type") for value in NO_TEXT),
        *((value, "value") for value in NO_LENGTH),
    ],
    "member": [(value, "member") for value in NO_MEMBER],
}
KEYS = ("naem", "a/b~1", "", "\x1b[31m", "\ud800", "parent")


class Gone:
    """In place of a value: its key is taken out."""


@attrs.frozen
class Fault:
    """Something to plant in the document, and the problem that it is.

    Attributes:
        at: What is replaced, added or taken out.
        value: By or with what.
        told: Where the problem is told.
        code: What kind of problem it is.
        reads: The parts in which no other fault can be told beside this one.
    """

    at: Steps
    value: object
    told: Steps
    code: str
    reads: tuple[Steps, ...] = ()

    def plant(self, document: Any) -> None:  # noqa: ANN401, whatever JSON holds
        """Plant it in *document*."""
        *steps, last = self.at
        for step in steps:
            document = document[step]
        if self.value is Gone:
            del document[last]
        elif isinstance(document, list) and last == len(document):
            document.append(self.value)
        else:
            document[last] = self.value

    def bears(self, other: "Fault") -> bool:
        """Whether both can be told at once."""
        return not any(
            mine[: len(theirs)] == theirs[: len(mine)]
            for mine in (self.at, *self.reads)
            for theirs in (other.at, *other.reads)
        )


@attrs.frozen
class Place:
    """One place of the document, and what models expect there."""

    at: Steps
    value: Any
    kind: Any
    is_optional: bool
    is_tagged: bool

    @classmethod
    def of(cls, at: Steps, value: object, kind: object) -> "Place":
        """The place of *value*, where models expect a *kind*."""
        is_union = get_origin(kind) in {Union, UnionType}
        kinds = [_plain(one) for one in (get_args(kind) if is_union else [kind])]
        known = [one for one in kinds if one is not NoneType]
        known = TEXTS.get(frozenset(known), known)
        is_tagged = len(known) > 1
        named = [k for k in known if not is_tagged or TAGS[k] == value["type"]]  # type: ignore[index]
        return cls(at, value, named[0], len(known) < len(kinds), is_tagged)

    @property
    def form(self) -> str:
        """What kind of thing is expected here, in a word."""
        if attrs.has(self.kind):
            return "table"
        if get_origin(self.kind):
            return "list"
        return "member" if issubclass(self.kind, StrEnum) else LEAVES[self.kind]

    def inside(self) -> Iterator["Place"]:
        """This place, and all within it."""
        yield self
        for step, value, kind in self._parts():
            yield from Place.of((*self.at, step), value, kind).inside()

    def _parts(self) -> Iterator[tuple[str | int, object, object]]:
        if self.form == "list":
            for step, value in enumerate(self.value):
                yield step, value, get_args(self.kind)[0]
        elif self.form == "table":
            for field in attrs.fields(self.kind):
                if field.name in self.value:
                    yield field.name, self.value[field.name], field.type

    def faults(self) -> Iterator[Fault]:
        """What can be planted here."""
        for value, code in WRONG[self.form] if self.at else ():
            if value is not None or not self.is_optional:
                yield Fault(self.at, value, self.at, code)
        if self.form == "table":
            yield from self._faults_of_keys()
        if self.is_tagged:
            yield from self._faults_of_tags()
        if get_origin(self.kind) is frozenset:
            end = (*self.at, len(self.value))
            yield Fault(end, self.value[0], end, "duplicate", (self.at,))

    def _faults_of_keys(self) -> Iterator[Fault]:
        for key in KEYS if self.is_tagged else (*KEYS, "type"):
            yield Fault((*self.at, key), 1, (*self.at, key), "unknown_key")
        for number in (5, 1 << 9999):
            yield Fault((*self.at, number), 1, self.at, "type")
        for field in attrs.fields(self.kind):
            if field.default is attrs.NOTHING:
                yield Fault((*self.at, field.name), Gone, self.at, "missing")

    def _faults_of_tags(self) -> Iterator[Fault]:
        at = (*self.at, "type")
        yield Fault(at, Gone, self.at, "missing", (self.at,))
        for tag in NO_TAG:
            yield Fault(at, tag, at, "member", (self.at,))


def _plain(kind: Any) -> Any:  # noqa: ANN401, types of any kind
    return getattr(kind, "__supertype__", kind)


def steps(place: str) -> Steps:
    """The steps of a pointer in which nothing is escaped."""
    return tuple(int(s) if s.isdigit() else s for s in place.split("/")[1:])


def broken(at: str, value: object, told: str = "", reads: str = "") -> Fault:
    """The breach of a rule of a model, and which siblings of *told* it reads."""
    place = steps(told or at)
    siblings = [(*place[:-1], name) for name in reads.split()]
    return Fault(steps(at), value, place, "value", (place, *siblings))


def unfit(at: str, value: object, several: str, reads: str = "") -> Fault:
    """The breach of a rule by one of *several*, at the place of which it is told."""
    whole = steps(several)
    siblings = [(*whole[:-1], name) for name in reads.split()]
    told = steps(at)[: len(whole) + 1]
    return Fault(steps(at), value, told, "value", (whole, *siblings))


def unknown(at: str, told: str) -> Fault:
    """A priority that a plan has not, told of the target that is for it."""
    return attrs.evolve(broken(at, "p1", TARGETS, "priorities"), told=steps(told))


PURCHASES = "/customers/0/purchases"
AMOUNT = f"{PURCHASES}/0/amount"
CONSENT = "/customers/0/consents/0"
WORK = "/engagements/0"
PAPER = "/contracts/0"
TARGETS, SCALE = f"{PAPER}/plan/targets", f"{PAPER}/plan/priorities"
MONDAY = "/calendars/0/weekly/0"
CAPPED = "/rates/0/rates/0/fee"
HOURS = f"{CAPPED}/inner/inner"
PARTS = "/rates/0/rates/1/fee/parts"
SPAN = f"{MONDAY}/intervals/0"
TRUST = f"{WORK}/undertakings/0"
DUTY = f"{WORK}/undertakings/1"
IDS = [f"{record}/id" for record in ("/provider", WORK, PAPER, f"{PURCHASES}/0")]
TOLD = ["/provider/name", "/customers/0/inquiries/0/about", f"{CONSENT}/purpose"]
RULES = [
    *(broken(at, id_) for at, id_ in product(IDS, ["", " ", "us ", "u\x07s", "u\ns"])),
    *(broken(at, text) for at, text in product(TOLD, ["", " ", "\x1b[31m", "a\u202e"])),
    *(broken("/zone", zone) for zone in ("Europe/Lodnon", "../../passwd", "a\0b", "")),
    *(broken(f"{AMOUNT}/currency", code) for code in ("EURO", "gbp", "", "GB\xa3")),
    broken(f"{AMOUNT}/amount", "-0.00"),
    broken(f"{AMOUNT}/amount", "-0.01", AMOUNT),
    broken(f"{CONSENT}/withdrawn", "2026-01-04", reads="given"),
    unfit("/customers/0/stances/1/on", "2026-01-06", "/customers/0/stances"),
    unfit("/customers/0/judgements/0/on", "2026-02-08", "/customers/0/judgements"),
    unfit("/customers/0/judgements/1/matter", "fiduciary", "/customers/0/judgements"),
    unfit(f"{WORK}/judgements/0/matter", "wants_certainty", f"{WORK}/judgements"),
    unfit(f"{PURCHASES}/1/id", "p-1", PURCHASES),
    broken(f"{WORK}/services", []),
    unfit(f"{WORK}/services/1/line", "tax", f"{WORK}/services"),
    broken(f"{WORK}/services/1/line", " audit"),
    broken(f"{WORK}/clients", [], reads="adverse"),
    unfit(f"{WORK}/adverse/0", "ada", f"{WORK}/adverse", "clients"),
    broken(f"{WORK}/closed/on", "2026-02-28", f"{WORK}/closed", "opened"),
    broken(f"{TRUST}/period/end", "2026-03-01", reads="start"),
    broken(f"{TRUST}/period/end", "2025-03-01", reads="start"),
    broken(f"{PAPER}/period/start", "2028-01-01", f"{PAPER}/period/end"),
    broken(f"{TRUST}/fiduciary", "ada", f"{TRUST}/beneficiaries", "principal"),
    broken(f"{TRUST}/principal", "us", f"{TRUST}/beneficiaries", "fiduciary"),
    broken(f"{TRUST}/survival_days", 0, reads="survival"),
    broken(f"{TRUST}/survival", Gone, f"{TRUST}/survival_days"),
    broken(f"{DUTY}/survival", "indefinite", f"{DUTY}/survival_days"),
    broken(f"{DUTY}/owed_to", [], reads="owed_by"),
    Fault(
        steps(f"{DUTY}/owed_by"),
        "ada",
        steps(f"{DUTY}/owed_to/0"),
        "value",
        (steps(f"{DUTY}/owed_to"),),
    ),
    unfit(f"{PAPER}/signatures/1/party", "ada", f"{PAPER}/signatures", "parties"),
    unfit(f"{PAPER}/signatures/1/party", "bob", f"{PAPER}/signatures", "parties"),
    broken("/writings/0/given_to", []),
    unfit(f"{WORK}/payers/0", "us ", f"{WORK}/payers"),
    unfit(f"{WORK}/adverse/0", "", f"{WORK}/adverse", "clients"),
    broken(f"{WORK}/contract", " "),
    broken(f"{TRUST}/regime", "\n"),
    unfit(f"{PAPER}/parties/2", "\x1b[31m", f"{PAPER}/parties"),
    *(broken("/calendars/0/zone", zone) for zone in ("Europe/Lodnon", "../a", "a\0b")),
    broken("/calendars/0/id", ""),
    broken(f"{PAPER}/plan/targets/0/resolution", "7h", reads="first_response"),
    broken(f"{PAPER}/plan/targets/0/total_resolution", "47h", reads="resolution"),
    broken(f"{PAPER}/plan/targets/0/at_risk/0", "1", f"{PAPER}/plan/targets/0/at_risk"),
    broken(f"{PAPER}/plan/targets/1/priority", "low", TARGETS, "priorities"),
    unknown(f"{PAPER}/plan/targets/1/priority", f"{TARGETS}/1/priority"),
    broken(f"{PAPER}/plan/targets/1/priority", "p1 ", reads="resolution"),
    broken(f"{PAPER}/plan/targets/1/resolution", "49h", TARGETS, "priorities"),
    broken(f"{PAPER}/plan/priorities/1", "low", SCALE, "targets"),
    unknown(f"{PAPER}/plan/priorities/3", f"{TARGETS}/3/priority"),
    broken(f"{PAPER}/plan/priorities", [], SCALE, "targets"),
    broken(f"{SPAN}/start", "9:00"),
    broken("/rates/0/id", " "),
    broken("/rates/0/currency", "gbp"),
    broken("/rates/0/rates/1/model", "capped", "/rates/0/rates"),
    *(broken(f"{CAPPED}/{name}", "-1") for name in ("at_least", "at_most")),
    broken(f"{CAPPED}/at_most", "99", reads="at_least"),
    broken(f"{CAPPED}/inner/share", "1.01"),
    broken(f"{CAPPED}/inner/label", " "),
    *(broken(f"{HOURS}/{name}", "-0") for name in ("rate", "included")),
    *(broken(f"{HOURS}/per", number) for number in (0, -1, 10**9 + 1)),
    *(broken(f"{HOURS}/increment/size", size) for size in ("0", "0.00", "-1")),
    broken(f"{HOURS}/metric", ""),
    broken(PARTS, []),
    broken(f"{PARTS}/0/amount", "1" * 19),
    broken(f"{PARTS}/0/amount", "0." + "1" * 21),
    *(broken(f"{PARTS}/{at}/tiers", []) for at in (1, 2)),
    *(broken(f"{PARTS}/{at}/tiers/0/up_to", "0") for at in (1, 2)),
    broken(f"{PARTS}/1/tiers/0/up_to", None, f"{PARTS}/1/tiers"),
    broken(f"{PARTS}/2/tiers/1/up_to", "500.0", f"{PARTS}/2/tiers"),
    broken(f"{PAPER}/fee/currency", "GB"),
    broken(f"{PAPER}/fee/fee/amount", "-1"),
    broken(f"{SPAN}/end", "24:01", reads="start"),
    broken(f"{SPAN}/end", "08:59", reads="start"),
    broken(f"{SPAN}/end", "09:00", reads="start"),
    broken(f"{SPAN}/end", "13:01", f"{MONDAY}/intervals"),
    broken(f"{MONDAY}/intervals", [], reads="weekday"),
    broken("/calendars/0/weekly/1/weekday", "monday", "/calendars/0/weekly"),
]
FAULTS = [*RULES]
for here in Place.of((), DOCUMENT, Book).inside():
    FAULTS.extend(here.faults())


def refusal(*planted: Fault) -> tuple[object, tuple[Problem, ...]]:
    """The document with faults *planted* in it, and the problems told of it."""
    document = deepcopy(DOCUMENT)
    for fault in planted:
        fault.plant(document)
    with pytest.raises(DecodeError) as caught:
        codec.load(document, Book)
    return document, caught.value.problems


def expected(planted: Iterable[Fault]) -> Counter[tuple[str, str]]:
    """Where something should be told, of what kind, how often."""
    return Counter((pointer(*fault.told), fault.code) for fault in planted)


def found(problems: Iterable[Problem]) -> Counter[tuple[str, str]]:
    """Where something was told, of what kind, how often."""
    return Counter((problem.pointer, problem.code) for problem in problems)


def beside(drawn: Iterable[Fault]) -> list[Fault]:
    """As many of *drawn* as can be told at once."""
    planted: list[Fault] = []
    for fault in drawn:
        if all(map(fault.bears, planted)):
            planted.append(fault)
    return planted


def at(document: Any, place: str) -> Any:  # noqa: ANN401, whatever JSON holds
    """What stands in *document* where a pointer leads; an error if nothing does."""
    for step in place.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key) if isinstance(document, list) else key]
    return document


several = st.lists(st.sampled_from(FAULTS), min_size=2, max_size=4).map(beside)


class TestFaults:
    def test_document(self) -> None:
        """The document has every field of every model in it, and no fault."""
        assert codec.load(DOCUMENT, Book).provider.name == "Lovelace & Co"
        told: dict[type[attrs.AttrsInstance], set[str]] = {}
        for here in Place.of((), DOCUMENT, Book).inside():
            if attrs.has(here.kind):
                told.setdefault(here.kind, set()).update(here.value)
        for kind, names in told.items():
            assert {field.name for field in attrs.fields(kind)} == names - {"type"}

    def test_each(self) -> None:
        """Each fault is told once, at its place, and nothing else is."""
        for fault in FAULTS:
            _, problems = refusal(fault)
            assert found(problems) == expected([fault]), fault
            assert all(str(problem).isprintable() for problem in problems), fault

    @given(several)
    def test_several(self, planted: list[Fault]) -> None:
        """Several faults are all told, each once, and nothing else is."""
        _, problems = refusal(*planted)
        assert found(problems) == expected(planted)

    @pytest.mark.parametrize("value", [Gone, 5], ids=["missing", "no text"])
    def test_id(self, value: object) -> None:
        """An id that cannot be read hides no breach of a rule beside it."""
        for rule, place in product(RULES, IDS):
            code = "missing" if value is Gone else "type"
            told = steps(place)[:-1] if value is Gone else steps(place)
            no_id = Fault(steps(place), value, told, code)
            planted = beside([no_id, rule])
            _, problems = refusal(*planted)
            assert found(problems) == expected(planted), rule

    @given(several)
    def test_places(self, planted: list[Fault]) -> None:
        """A place leads to what is wrong, or to the table that lacks something."""
        document, problems = refusal(*planted)
        for problem in problems:
            there = at(document, problem.pointer)
            if problem.code == "missing":
                assert problem.message.split("'")[1] not in there


def dangling(at: str, value: str, *step: str | int) -> Fault:
    """An id that names nothing, put where *step* leads from the field at *at*."""
    place = (*steps(at), *step)
    return Fault(place, value, place, "reference")


def added(shelf: str, record: object, code: str = "duplicate") -> Fault:
    """A *record* more on a *shelf*, told of itself; it reads those before it."""
    end = (shelf, len(DOCUMENT[shelf]))
    return Fault(end, record, end, code, ((shelf, 0),))


MISFITS = [
    dangling("/customers/0/party", "adda"),
    dangling(PURCHASES, "nobody", 0, "payer"),
    dangling(f"{WORK}/clients", "them", 1),
    dangling(f"{WORK}/payers", "u s", 0),
    dangling(f"{WORK}/subjects", "acme2", 0),
    dangling(f"{WORK}/adverse", "-", 0),
    dangling(f"{WORK}/staff", "US", 0),
    dangling(f"{WORK}/contract", "c-2"),
    dangling(f"{WORK}/undertakings", "bill", 0, "beneficiaries", 1),
    dangling(f"{WORK}/undertakings", "bell", 1, "owed_to", 0),
    dangling(f"{PAPER}/parties", "[31m", 2),
    dangling("/writings/0/given_to", "Ada", 0),
    dangling("/writings/0/engagement", "e-2"),
    Fault((*steps(WORK), "clients", 2), "us", steps(WORK), "value"),
    added("customers", {"party": "us"}, "value"),
    added("customers", {"party": "ada"}),
    added("parties", {"type": "person", "id": "us", "name": "Me"}),
    *(added(s, DOCUMENT[s][0]) for s in ("parties", "engagements", "contracts")),
    *(added(s, DOCUMENT[s][0]) for s in ("writings", "calendars", "rates")),
]


class TestMisfits:
    def test_each(self) -> None:
        """Each id that is there twice, or names nothing, is told at its place."""
        for fault in MISFITS:
            _, problems = refusal(fault)
            assert found(problems) == expected([fault]), fault

    @given(st.lists(st.sampled_from(MISFITS), min_size=2, max_size=5).map(beside))
    def test_several(self, planted: list[Fault]) -> None:
        """All of them are told at once, each once."""
        document, problems = refusal(*planted)
        assert found(problems) == expected(planted)
        for problem in problems:
            at(document, problem.pointer)
            assert str(problem).isprintable()

    @given(st.sampled_from(MISFITS), st.sampled_from(FAULTS))
    def test_with_faults(self, misfit: Fault, fault: Fault) -> None:
        """They wait until every record is good."""
        planted = beside([fault, misfit])
        _, problems = refusal(*planted)
        assert found(problems) == expected([fault])


CONTRACT = {
    "id": "c",
    "form": "estimate",
    "signatures": [{"party": "us", "on": "2026-01-01"}],
}
PLAN = {
    "coverage": "always",
    "channel": "general",
    "named_contact": False,
    "manner": "reactive",
}


class TestWhatFollows:
    @pytest.mark.parametrize(
        ("kind", "document", "places"),
        [
            (Contract, {**CONTRACT, "parties": ["us ", "ada"]}, ["/parties/0"]),
            (Contract, {**CONTRACT, "parties": ["ada"]}, ["/parties"]),
            (Plan, {**PLAN, "priorities": ["p1 "], "targets": []}, ["/priorities/0"]),
        ],
    )
    def test_is_not_told(
        self, kind: type[object], document: dict[str, object], places: list[str]
    ) -> None:
        """What is judged by a field that is refused waits until it is mended."""
        with pytest.raises(DecodeError) as caught:
            codec.load(document, kind)
        assert [problem.pointer for problem in caught.value.problems] == places
