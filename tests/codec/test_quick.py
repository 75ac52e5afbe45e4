"""Quick and strict reading: one tells what the other cannot read, and no more."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, TypeAlias

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from typing_extensions import TypeForm

from relationkit import codec, strategies
from relationkit.books import Book
from relationkit.codec import Limits
from relationkit.codec._converters import converter, quick_converter
from relationkit.codec._load import FAULTS
from relationkit.errors import DecodeError
from relationkit.facts import Facts
from relationkit.parties import Party, Person
from relationkit.relationships import Client, Customer

Steps: TypeAlias = tuple[str | int, ...]

KINDS: list[tuple[TypeForm[object], st.SearchStrategy[Any]]] = [
    (Book, strategies.books()),
    (Customer | Client, strategies.relationships()),
    (Facts, strategies.facts()),
    (Party | None, strategies.parties()),
    (tuple[Party, ...], st.lists(strategies.parties(), max_size=2).map(tuple)),
]
NAMES = ["book", "relationship", "facts", "party", "parties"]
junk = st.sampled_from(
    [
        *(None, True, 0, -1, 1 << 200, 1.5, "", " ", "x", "-", "\ud800", "2026-13-01"),
        *("client", "person", "20260101", "2026-W01-1", "2026-01-01", "1_0", "10.50"),
        *([], ["x"], ["x", "x"], {}, {"a": 1}, {"type": "person"}, [["x"]], b"", 1j),
    ]
)


def inside(document: Any, at: Steps = ()) -> Iterator[Steps]:  # noqa: ANN401
    """The places of *document*, without the whole."""
    keys = range(len(document)) if isinstance(document, list) else document
    for key in keys if isinstance(document, (dict, list)) else ():
        yield (*at, key)
        yield from inside(document[key], (*at, key))


def changed(document: Any, at: Steps, value: object, how: str) -> Any:  # noqa: ANN401
    """The *document* with one thing put, added, doubled or left out."""
    told = deepcopy(document)
    inner = told
    for step in at[:-1]:
        inner = inner[step]
    last: Any = at[-1]
    if how == "drop":
        del inner[last]
    elif how == "add" and isinstance(inner, dict):
        inner[value if isinstance(value, str) else 5] = inner[last]
    elif how == "double" and isinstance(inner, list):
        inner.append(inner[last])
    else:
        inner[last] = value
    return told


def quickly(document: object, kind: TypeForm[object]) -> object:
    hook: Any = quick_converter().get_structure_hook(kind)
    try:
        return hook(document, kind)
    except FAULTS:
        return DecodeError


def strictly(document: object, kind: TypeForm[object]) -> object:
    hook: Any = converter(100).get_structure_hook(kind)
    try:
        return hook(document, kind)
    except DecodeError:
        return DecodeError


class TestQuick:
    @pytest.mark.parametrize(("kind", "values"), KINDS, ids=NAMES)
    @given(data=st.data())
    def test_reads_what_strict_reading_does(
        self,
        kind: TypeForm[object],
        values: st.SearchStrategy[Any],
        data: st.DataObject,
    ) -> None:
        """Both read the same documents as the same values, and refuse the same."""
        document = codec.dump(data.draw(values))
        assert quickly(document, kind) == strictly(document, kind) != DecodeError
        for _ in range(data.draw(st.integers(1, 2))):
            if not (places := [*inside(document)]):
                break
            at = data.draw(st.sampled_from(places))
            how = data.draw(st.sampled_from(["put", "put", "drop", "add", "double"]))
            document = changed(document, at, data.draw(junk), how)

        found = quickly(document, kind)
        assert found == strictly(document, kind)
        event("refused" if found is DecodeError else "read")

    @pytest.mark.parametrize("form", codec.Format)
    @settings(max_examples=20)
    @given(client=strategies.clients())
    def test_keeps_within_limits(self, client: Client, form: codec.Format) -> None:
        """What is over a limit is refused, however quickly it could be read."""
        told = codec.dumps(client, form=form)
        for limits in (Limits(items=3), Limits(depth=2), Limits(size=30)):
            with pytest.raises(DecodeError) as caught:
                codec.loads(told, Client, form=form, limits=limits)
            assert [problem.code for problem in caught.value.problems] == ["limit"]

    @pytest.mark.parametrize(
        "text",
        [
            '{"id": "ada", "id": "ada", "name": "Ada"}',
            '{"id": "ada", "name": "Ada"} x',
            '{"id": "ada", "name": "\\ud800"}',
            '{"id": "ada", "name": NaN}',
            '{"id": "ada", "name": 1e99999999999999999999}',
            "[" * 4000,
            "",
        ],
    )
    def test_is_as_strict_with_texts(self, text: str) -> None:
        """What is short is looked at as closely as what is long."""
        with pytest.raises(DecodeError):
            codec.loads(text, Person)

    def test_is_not_tried_on_what_is_large(self) -> None:
        """A large document is read once, and its problems told."""
        people = [{"type": "person", "id": f"p{at}", "name": "x"} for at in range(4000)]

        assert len(codec.load(people, tuple[Party, ...])) == len(people)
        with pytest.raises(DecodeError, match=r"^/3999/name: "):
            codec.load([*people[:-1], {**people[-1], "name": 5}], tuple[Party, ...])
