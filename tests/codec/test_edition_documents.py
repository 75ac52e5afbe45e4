"""Editions as documents: read from both forms, or refused with every problem."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import codec, policy
from relationkit.errors import DecodeError, PolicyError, Problem
from relationkit.policy import Edition

Steps: TypeAlias = tuple[str | int, ...]

TEXT = resources.files("relationkit").joinpath("editions", "2026-11.toml").read_text()
DOCUMENT = tomllib.loads(TEXT)
ROWS = DOCUMENT["clienthood"]["rows"]
RULES = DOCUMENT["pricing"]["rule"]


def inside(document: Any, at: Steps = ()) -> Iterator[Steps]:  # noqa: ANN401, any JSON
    """The places of *document*, without the whole."""
    keys = range(len(document)) if isinstance(document, list) else document
    for key in keys if isinstance(document, (dict, list)) else ():
        yield (*at, key)
        yield from inside(document[key], (*at, key))


def at(document: Any, place: str) -> Any:  # noqa: ANN401, whatever JSON holds
    """What stands in *document* where a pointer leads; an error if nothing does."""
    for step in place.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key) if isinstance(document, list) else key]
    return document


def problems(document: object) -> tuple[Problem, ...] | None:
    """What is wrong with an edition; None if it is one."""
    try:
        codec.load(document, Edition)
    except DecodeError as error:
        return error.problems
    return None


class Gone:
    """In place of a value: its key is taken out."""


def changed(place: str, value: object) -> dict[str, Any]:
    """The edition with *value* where a pointer leads."""
    document = deepcopy(DOCUMENT)
    table, _, step = place.rpartition("/")
    inner = at(document, table)
    key = int(step) if isinstance(inner, list) else step
    if value is Gone:
        del inner[key]
    else:
        inner[key] = value
    return document


CLOSE = "/sla/plans/close"
TIME = f"{CLOSE}/targets/high/resolution"
FAULTS: list[tuple[str, object, str, str]] = [
    ("/pricing", Gone, "", "missing"),
    ("/status", Gone, "", "missing"),
    ("/title", "x", "/title", "unknown_key"),
    ("/edition", 2026, "/edition", "type"),
    ("/edition", date(2026, 11, 1), "/edition", "type"),
    ("/edition", " ", "/edition", "value"),
    ("/edition", "\ud800", "/edition", "value"),
    ("/status", "final", "/status", "member"),
    ("/currency", "EURO", "/currency", "value"),
    ("/sla", "close", "/sla", "type"),
    ("/pricing", {}, "/pricing", "missing"),
    ("/clienthood/rows", {}, "/clienthood/rows", "type"),
    ("/clienthood/rows/2", "ab", "/clienthood/rows/2", "type"),
    ("/clienthood/rows/2", ["ab"], "/clienthood/rows/2", "length"),
    ("/clienthood/rows/2/1", "noww", "/clienthood/rows/2/1", "cell"),
    ("/clienthood/rows/2/3", 1.5, "/clienthood/rows/2/3", "cell"),
    ("/clienthood/rows/2/0", "", "/clienthood/rows/2/0", "value"),
    ("/clienthood/rows/2/0", "advised", "/clienthood/rows/2", "duplicate"),
    ("/clienthood/rows/2/9", "friend", "/clienthood/rows/2/9", "member"),
    ("/clienthood/columns/1", "engagd", "/clienthood/columns/1", "unknown_fact"),
    ("/clienthood/rows/10", Gone, "/clienthood", "gap"),
    ("/clienthood/rows/0", ROWS[10], "/clienthood/rows/10", "duplicate"),
    ("/pricing/rule/1/when", RULES[0]["when"], "/pricing/rule/1", "dead_rule"),
    ("/pricing/rule/0/when", [], "/pricing/rule/0/when", "type"),
    ("/pricing/rule/0/then", 5, "/pricing/rule/0/then", "member"),
    ("/pricing/rule/0/then", Gone, "/pricing/rule/0", "missing"),
    ("/pricing/hit", "last", "/pricing/hit", "member"),
    ("/pricing/given", Gone, "/pricing", "missing"),
    ("/pricing/given", ["standin"], "/pricing/given", "value"),
    ("/pricing/given", "standing", "/pricing/given", "type"),
    ("/pricing/given", [5], "/pricing/given/0", "type"),
    ("/sla/plans", Gone, "/sla", "missing"),
    (f"{CLOSE}/channel", Gone, CLOSE, "missing"),
    (f"{CLOSE}/named_contact", 1, f"{CLOSE}/named_contact", "type"),
    (TIME, "1 day", TIME, "value"),
    (TIME, 240, TIME, "type"),
    (TIME, "1h", TIME.removesuffix("/resolution"), "value"),
]

places = st.sampled_from([*inside(DOCUMENT)])
junk = st.sampled_from(
    [
        None,
        True,
        0,
        1 << 9999,
        1.5,
        "",
        "-",
        "client",
        "\ud800",
        [],
        ["a"],
        {},
        {"a": 1},
    ]
)


class TestEdition:
    def test_forms(self, tmp_path: Path) -> None:
        """The edition that ships is the same in both forms, to its digest."""
        for name, text in (("a.toml", TEXT), ("a.json", json.dumps(DOCUMENT))):
            (tmp_path / name).write_text(text)
            edition = codec.read(tmp_path / name, Edition)
            assert edition == policy.edition("2026-11")
            assert edition.digest == policy.edition("2026-11").digest

    def test_faults(self) -> None:
        """A fault is told at its place, and every place is there to be looked up."""
        for place, value, told, code in FAULTS:
            document = changed(place, value)
            found = problems(document) or ()
            assert [(p.pointer, p.code) for p in found] == [(told, code)], found
            for problem in found:
                at(document, problem.pointer)

    def test_all_at_once(self) -> None:
        """Problems of different tables are all told, each once."""
        document = deepcopy(DOCUMENT)
        document["sla"]["rows"].pop()
        del document["currency"]
        document["pricing"]["rule"][0]["when"] = {"membershp": True}
        document["personalisation"]["plans"] = []
        assert sorted((p.pointer, p.code) for p in problems(document) or ()) == [
            ("", "missing"),
            ("/personalisation/plans", "unknown_key"),
            ("/pricing/rule/0/when/membershp", "unknown_fact"),
            ("/sla", "gap"),
        ]

    @pytest.mark.parametrize("document", [None, "2026-11", [], 5, [DOCUMENT]])
    def test_no_table(self, document: object) -> None:
        """What is no table is no edition."""
        (problem,) = problems(document) or ()
        assert (problem.pointer, problem.code) == ("", "type")

    def test_error(self) -> None:
        """A document that is wrong is a DecodeError, not the error of a policy."""
        with pytest.raises(DecodeError) as caught:
            codec.load({}, Edition)
        assert not isinstance(caught.value, PolicyError)

    @given(st.dictionaries(places, junk, min_size=1, max_size=3))
    def test_anything(self, changes: dict[Steps, object]) -> None:
        """Whatever is put in it, an edition is read, or its problems have places."""
        document = deepcopy(DOCUMENT)
        for *steps, last in sorted(changes, key=len, reverse=True):
            inner: Any = document
            for step in steps:
                inner = inner[step]
            inner[last] = changes[*steps, last]
        found = problems(document)
        assert found != ()
        for problem in found or ():
            at(document, problem.pointer)
            assert str(problem).isprintable()
