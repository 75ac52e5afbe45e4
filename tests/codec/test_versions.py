"""What is stored says what it is, and is read for ever."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relationkit import codec, strategies
from relationkit.books import Book
from relationkit.codec import Format, _load, _versions
from relationkit.codec._versions import SCHEMAS, opened, resolving, version_of
from relationkit.errors import DecodeError, Problem
from relationkit.parties import Party, Person
from relationkit.periods import Period
from relationkit.relationships import Client, Customer

GOLDEN = sorted((Path(__file__).parent / "golden").iterdir())
KINDS = {name: kind for kind, name in SCHEMAS.items()}
ADA = {"type": "person", "id": "ada", "name": "Ada Byron"}


def named(place: str, document: object) -> object:
    """What stands in *document* where a pointer leads; an error if nothing does."""
    for step in place.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key) if isinstance(document, list) else key]  # type: ignore[index]
    return document


def refused(document: object, kind: Any) -> list[str]:  # noqa: ANN401
    with pytest.raises(DecodeError) as caught:
        codec.load(document, kind)
    for problem in caught.value.problems:
        named(problem.pointer, document)
    return [str(problem) for problem in caught.value.problems]


class TestGolden:
    def test_are_there_for_every_version(self) -> None:
        """Each version of each schema has a document in either form."""
        wanted = {
            f"{name}-{version}.{form.value}"
            for name in KINDS
            for version in range(1, version_of(name) + 1)
            for form in Format
        }

        assert {path.name for path in GOLDEN} == wanted

    @pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
    def test_load(self, path: Path) -> None:
        """They are read as the same value in either form."""
        kind = KINDS[path.stem.partition("-")[0]]
        value: object = codec.read(path, kind)

        assert type(value) is kind
        assert value == codec.read(path.with_suffix(".json"), kind)
        assert value == codec.read(path.with_suffix(".toml"), kind)

    @pytest.mark.parametrize("name", KINDS)
    def test_newest_is_written(self, name: str) -> None:
        """What is written now is the newest of them, to the byte."""
        here = Path(__file__).parent / "golden"
        path = here / f"{name}-{version_of(name)}.json"
        value: object = codec.read(path, KINDS[name])

        assert codec.dumps(value, versioned=True) == path.read_bytes()


class TestEnvelope:
    @pytest.mark.parametrize("form", Format)
    @settings(max_examples=20)
    @given(value=strategies.relationships() | strategies.parties())
    def test_is_taken_off(self, value: Customer | Party, form: Format) -> None:
        """Whoever reads what was stored gets what was stored."""
        told = codec.dumps(value, form=form, versioned=True)
        assert codec.loads(told, type(value), form=form) == value
        if isinstance(value, Customer):
            assert codec.loads(told, Customer | Client, form=form) == value
        else:
            assert codec.loads(told, Party, form=form) == value

    def test_is_for_what_stands_alone(self) -> None:
        """A part of a document has no schema of its own."""
        period = codec.load({"start": "2026-01-01"}, Period)

        with pytest.raises(
            ValueError, match=r"^Period has no schema .* one of Attainment, "
        ):
            codec.dump(period, versioned=True)
        told = refused({"schema": "period/1", "data": {}}, Period)
        assert told[0].startswith("what is stored with its schema may not stand here")

    @pytest.mark.parametrize(
        ("schema", "told"),
        [
            ("person/2", "/schema: person/2 is newer than person/1, the newest known"),
            (
                "persn/1",
                "/schema: no schema that may stand here: 'persn/1', a text (di",
            ),
            (
                "persn/1",
                (
                    "/schema: no schema that may stand here: 'persn/1', a text"
                    " (did you mean 'person/1'?)"
                ),
            ),
            ("client/1", "/schema: no schema that may stand here: 'client/1', a text"),
            ("person/0", "/schema: expected a schema such as 'person/1', got"),
            ("person", "/schema: expected a schema such as 'person/1', got 'person'"),
            ("person/\u0661", "/schema: expected a schema such as 'person/1', got"),
            (1, "/schema: expected a schema such as 'person/1', got 1, a number"),
        ],
    )
    def test_refuses(self, schema: object, told: str) -> None:
        """A schema that is newer, another or none is told with a remedy."""
        (problem,) = refused({"schema": schema, "data": ADA}, Person)

        assert problem.startswith(told)
        assert "2" not in str(schema) or problem.endswith(
            "(upgrade relationkit to read it)"
        )

    @pytest.mark.parametrize(
        ("document", "told"),
        [
            (
                {"schema": "person/1", "data": ADA, "dta": 1, "x" * 99: 2},
                [
                    (
                        "/dta: unknown key 'dta' beside 'schema' and 'data'"
                        " (put it under 'data')"
                    ),
                    (
                        f"/{'x' * 99}: unknown key '{'x' * 39}...{'x' * 14}' beside"
                        " 'schema' and 'data' (put it under 'data')"
                    ),
                ],
            ),
            (
                {"schema": "person/1"},
                [
                    (
                        "'data' is missing beside 'schema'"
                        " (put all else under 'data', or leave 'schema' out)"
                    )
                ],
            ),
            (
                {"data": ADA},
                ["'schema' is missing beside 'data' (say which, such as 'person/1')"],
            ),
            (
                {"schema": "person/1", "data": {**ADA, "name": 5}, "x": 1, 5: 1},
                [
                    "/data/name: expected a text, got 5, a number",
                    (
                        "/x: unknown key 'x' beside 'schema' and 'data'"
                        " (put it under 'data')"
                    ),
                    "unknown key 5 beside 'schema' and 'data' (put it under 'data')",
                ],
            ),
        ],
        ids=["more", "no data", "no schema", "all at once"],
    )
    def test_is_told_as_such(
        self, document: dict[object, object], told: list[str]
    ) -> None:
        """What is wrong with it is not told of the model within."""
        assert refused(document, Person) == told

    def test_has_no_key_of_a_model(self) -> None:
        """Whatever has one of its keys is one."""
        for kind in SCHEMAS:
            names = attrs.fields_dict(kind) if attrs.has(kind) else {}
            assert names.keys().isdisjoint({"schema", "data"})

    def test_says_what_the_document_says(self) -> None:
        """A client is not stored as a customer, nor the other way round."""
        document = {"schema": "customer/1", "data": {"type": "client", "party": ADA}}

        assert refused(document, Customer) == [
            "/data/type: expected 'customer', as the schema says, got 'client', a text"
        ]

    def test_places(self) -> None:
        """What is wrong within is told with its place in the whole."""
        document = {"schema": "person/1", "data": {**ADA, "naem": "x", "name": 5}}

        assert refused(document, Person) == [
            "/data/name: expected a text, got 5, a number",
            "/data/naem: unknown key 'naem' (did you mean 'name'?)",
        ]
        (told,) = refused({"schema": "person/1", "data": []}, Person)
        assert told == "/data: expected a table, got a list"


def _renamed(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """From a first version that said "call" for "name"."""
    return {"name" if key == "call" else key: one for key, one in told.items()}


def _tagged(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """From a second one that had no tag."""
    return {"type": "person", **told}


STEPS = {"person": (_renamed, _tagged)}


class TestSteps:
    @pytest.mark.parametrize(
        ("schema", "data"),
        [
            ("person/1", {"id": "ada", "call": "Ada Byron"}),
            ("person/2", {"id": "ada", "name": "Ada Byron"}),
            ("person/3", ADA),
        ],
    )
    def test_lead_to_the_newest(self, schema: str, data: object) -> None:
        """A document of any version is read as the newest would say it."""
        document = {"schema": schema, "data": data}
        found = opened(document, [Person], STEPS)

        assert found.data == ADA
        assert found.is_old == (schema != "person/3")
        assert document == {"schema": schema, "data": data}

    def test_leave_what_is_no_table(self) -> None:
        """What no step can take is for the reader to refuse."""
        assert opened({"schema": "person/1", "data": 5}, [Person], STEPS).data == 5

    def test_places_are_those_of_the_input(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is wrong with an old document is told where it has something."""
        monkeypatch.setattr(
            _load, "opened", lambda told, kinds: opened(told, kinds, STEPS)
        )
        document = {"schema": "person/1", "data": {"id": 5, "call": 6}}

        assert refused(document, Person) == [
            "/data/id: expected a text, got 5, a number",
            "/data: expected a text, got 6, a number",
        ]

    @given(
        st.recursive(
            st.none() | st.text("ab/~0", max_size=2),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text("ab01/~", max_size=2), inner, max_size=3)
            ),
        ),
        st.lists(st.sampled_from(["a", "0", "1", "~0", "~1", ""]), max_size=4),
    )
    def test_every_place_resolves(self, document: object, steps: list[str]) -> None:
        """A place is cut to what is there, and no shorter."""
        asked = Problem("".join(f"/{step}" for step in steps), "value", "")
        found = resolving(asked, document).pointer

        named(found, document)
        assert asked.pointer.startswith(found)
        rest = asked.pointer[len(found) :].split("/")
        if len(rest) > 1:
            with pytest.raises((LookupError, TypeError, ValueError)):
                named(f"{found}/{rest[1]}", document)

    def test_are_for_schemas(self) -> None:
        """No step is of a schema that there is not."""
        assert _versions.STEPS.keys() <= KINDS.keys()
        assert all(re.fullmatch(r"[a-z_]+", name) for name in KINDS)
        assert json.loads((GOLDEN[0]).read_bytes())["schema"] == "attainment/1"
        assert issubclass(Book, KINDS["book"])


class TestStoredParts:
    @pytest.mark.parametrize(
        ("kind", "document", "place"),
        [
            (Book, {"provider": {"schema": "person/1", "data": ADA}}, "/provider: "),
            (tuple[Person, ...], [{"schema": "person/1", "data": ADA}], "/0: "),
            (Period, {"schema": "period/1", "data": {"start": "2026-01-01"}}, ""),
        ],
    )
    def test_say_that_they_are_whole(
        self,
        kind: Any,  # noqa: ANN401
        document: object,
        place: str,
    ) -> None:
        """What is stored with its version stands in no other document."""
        told = "what is stored with its schema may not stand here"
        remedy = "(put what is under 'data' in its place)"

        assert refused(document, kind) == [f"{place}{told} {remedy}"]
