"""Places: each problem leads to the very item, in the order of the document."""

import json
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import codec, strategies
from relationkit.books import Book
from relationkit.contracts import Contract
from relationkit.engagements import Engagement
from relationkit.errors import AmongError, DecodeError, Problem
from relationkit.fees import Fee
from relationkit.parties import Party, Person
from relationkit.relationships import History

NAMING = {
    *("party", "parties", "payer", "clients", "payers", "subjects", "adverse"),
    *("staff", "owed_by", "owed_to", "fiduciary", "principal", "beneficiaries"),
    *("given_to", "contract", "engagement"),
}
"""The fields that name a record by its id."""


def problems_of(document: object, kind: Any) -> tuple[Problem, ...]:  # noqa: ANN401
    with pytest.raises(DecodeError) as caught:
        codec.load(document, kind)
    return caught.value.problems


def at(document: Any, pointer: str) -> Any:  # noqa: ANN401
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key) if isinstance(document, list) else key]
    return document


def turned(told: Any, random: Random) -> Any:  # noqa: ANN401
    """The same document, its lists in another order."""
    if isinstance(told, dict):
        return {key: turned(part, random) for key, part in told.items()}
    if isinstance(told, list):
        return [turned(part, random) for part in random.sample(told, len(told))]
    return told


def names(told: Any, pointer: str = "") -> list[str]:  # noqa: ANN401
    """The places at which a document names a record."""
    found = []
    for key, part in told.items() if isinstance(told, dict) else enumerate(told):
        place = f"{pointer}/{key}"
        if isinstance(part, (dict, list)):
            found += names(part, place)
        elif NAMING & {*place.split("/")[-2:]} and not pointer.endswith("plan"):
            found.append(place)
    return found


class TestDangling:
    @given(strategies.books(), st.randoms(use_true_random=False), st.data())
    def test_leads_to_the_id(
        self, book: Book, random: Random, data: st.DataObject
    ) -> None:
        """However a document is ordered, an id that names nothing is pointed at."""
        document = turned(codec.dump(book), random)
        shelves = ("customers", "engagements", "contracts", "writings")
        kept = {key: document[key] for key in shelves if key in document}
        places = [place for place in names(kept) if "signatures" not in place]
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        wrong = deepcopy(document)
        *_, last = place.split("/")
        inside = at(wrong, place.rpartition("/")[0])
        inside[int(last) if isinstance(inside, list) else last] = "nobody-of-that-id"

        found = problems_of(wrong, Book)
        for problem in found:
            at(wrong, problem.pointer)
        if any(problem.code == "reference" for problem in found):
            told = [p.pointer for p in found if "nobody-of-that-id" in p.message]
            assert place in told
            assert {at(wrong, one) for one in told} == {"nobody-of-that-id"}

    def test_leads_to_each_of_one_list(self) -> None:
        """Several in one list are told each at its own place."""
        document = {
            "provider": {"type": "person", "id": "us", "name": "Us"},
            "parties": [{"type": "person", "id": "ada", "name": "Ada"}],
            "engagements": [{**WORK, "clients": ["zoe", "ada", "eve"]}],
        }

        assert [(p.pointer, p.code) for p in problems_of(document, Book)] == [
            ("/engagements/0/clients/2", "reference"),
            ("/engagements/0/clients/0", "reference"),
        ]


WORK = {"id": "e", "opened": "2026-01-01", "services": [{"line": "tax"}]}
CONTRACT = {"id": "c", "form": "estimate", "parties": ["us", "bob", "ada"]}


class TestAmong:
    def test_tells_each_of_several(self) -> None:
        """All that do not fit are told, each at its place."""
        signed = [
            {"party": "us", "on": "2026-03-02"},
            {"party": "eve", "on": "2026-03-02"},
            {"party": "ada", "on": "2026-03-03"},
            {"party": "ada", "on": "2026-03-01"},
            {"party": "adam", "on": "2026-03-01"},
        ]
        found = problems_of({**CONTRACT, "signatures": signed}, Contract)

        assert {problem.pointer for problem in found} == {
            *("/signatures/1", "/signatures/2", "/signatures/4"),
        }
        assert len(found) == 3

    def test_of_ids(self) -> None:
        """An id that is none is pointed at, and no other beside it."""
        found = problems_of({**CONTRACT, "parties": ["us", "a ", "ada", ""]}, Contract)

        assert [(problem.pointer, problem.hint) for problem in found] == [
            ("/parties/1", "use 'a'"),
            ("/parties/3", "make one up"),
        ]

    def test_of_sets(self) -> None:
        """What has no order of its own is told in that of the document."""
        parties = {"clients": ["zoe", "ada"], "adverse": ["zoe", "bob", "ada"]}
        found = problems_of({**WORK, **parties}, Engagement)

        assert {problem.pointer for problem in found} == {"/adverse/0", "/adverse/2"}
        assert {p.message.split()[4] for p in found} == {"'ada',", "'zoe',"}

    def test_of_equal_records(self) -> None:
        """Of records that are all alike each but one is told of."""
        service = {"line": "tax"}
        same = {"id": "p", "on": "2026-01-01", "service": service}
        found = problems_of({"purchases": [same, same, same]}, History)

        assert len({problem.pointer for problem in found}) == 2

    def test_reads_as_what_is_wrong(self) -> None:
        """Without a document, the error is what a validator says."""
        error = AmongError([(0, "one"), (3, "two")])

        assert str(error) == "one\ntwo"
        assert isinstance(error, ValueError)


class TestTwice:
    def test_keys(self) -> None:
        """Each key that stands twice in a table of JSON is told, with its place."""
        text = (
            '{"id": 1, "a/b": [{"x": 1, "x": {"y": 2}}, {"y": 1, "y": 2, "y": 3}],'
            ' "id": {"k": 1, "k": 2}}'
        )
        with pytest.raises(DecodeError) as caught:
            codec.loads(text, Person)

        assert [str(problem) for problem in caught.value.problems] == [
            f"{place}: the key {key!r} stands twice in one table (keep one)"
            for place, key in [
                ("/id", "id"),
                ("/id/k", "k"),
                ("/a~1b/0/x", "x"),
                ("/a~1b/1/y", "y"),
            ]
        ]
        for problem in caught.value.problems:
            at(json.loads(text), problem.pointer)

    def test_keys_within_limits(self) -> None:
        """No more are told than are asked for."""
        tables = ['{"a": 1, "a": 2}'] * 9
        text = f"[{','.join(tables)}]"
        with pytest.raises(DecodeError) as caught:
            codec.loads(text, Person, limits=codec.Limits(problems=3))

        assert len(caught.value.problems) == 3


class TestMisspelt:
    @pytest.mark.parametrize("key", ["tpye", "typ", "types", "Type"])
    def test_type(self, key: str) -> None:
        """A key that may be meant to be the type is told beside that it is missing."""
        found = problems_of({key: "person", "id": "ada", "name": "Ada"}, Party)

        assert [str(problem) for problem in found] == [
            "'type' is missing (one of: organisation, person)",
            f"/{key}: unknown key '{key}' (did you mean 'type'?)",
        ]

    def test_type_of_one_class(self) -> None:
        """Where no type is needed, its misspelling is told as what it is."""
        (problem,) = problems_of({"typ": "person", "id": "ada", "name": "Ada"}, Person)

        assert problem.hint == "did you mean 'type'?"

    def test_no_type(self) -> None:
        """A key that is not near to it, or that a class has, is not taken for it."""
        document = {"tier": "1", "amount": "1", 5: 1, "rate": "1"}

        assert [p.pointer for p in problems_of(document, Fee)] == [""]

    def test_long(self) -> None:
        """However long a key is, what is said of it is short."""
        for kind in (Person, Party, Book):
            for problem in problems_of({"k" * 5_000: 1, "type": "person"}, kind):
                assert len(problem.message) < 200
                assert len(str(problem)) < 600
