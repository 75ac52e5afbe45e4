"""Quick and strict reading: one tells what the other cannot read, and no more."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from types import MappingProxyType, SimpleNamespace
from typing import Any, TypeAlias, TypeVar

import pytest
from attrs import Converter, field, fields_dict, frozen
from hypothesis import event, given, settings
from hypothesis import strategies as st
from typing_extensions import TypeForm

from relationkit import codec, strategies
from relationkit.books import Book
from relationkit.codec import Limits, _load, _parse
from relationkit.codec._converters import converter, quick_converter
from relationkit.codec._load import FAULTS
from relationkit.codec._parse import parsed_quickly
from relationkit.codec._quick import not_quick
from relationkit.codec._quick_records import can_be_written
from relationkit.constraints import Said
from relationkit.engagements import Judgement, Matter
from relationkit.errors import DecodeError
from relationkit.facts import Facts
from relationkit.parties import Party, Person
from relationkit.periods import Period
from relationkit.records import PartyId, as_declared
from relationkit.relationships import Client, Customer

T = TypeVar("T")
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


class Word(str):
    """A text of a class that no parser gives."""

    __slots__ = ()


def with_rest(word: str) -> str:
    """A word, and that there is more."""
    return f"{word}..."


def with_number(word: str, made: Any) -> str:  # noqa: ANN401
    """A word that tells of its record."""
    return f"{word} of {made.id}"


NUMBERED: Any = Converter(with_number, takes_self=True)


def shouts(made: object) -> None:
    """Put another word in place of the one that was given."""
    object.__setattr__(made, "word", "!")


@frozen(kw_only=True, field_transformer=as_declared)
class Plain:
    """A record whose fields say all that its constructor does."""

    id: PartyId
    on: date
    word: str = field(default="", converter=with_rest, validator=Said())
    ids: tuple[PartyId, ...] = field(default=())
    party: Person | None = None
    days: frozenset[date] = frozenset()
    matters: tuple[Matter, ...] = (Matter.WANTS_CERTAINTY, Matter.FIDUCIARY)

    @ids.validator
    def _are_others(self, _: object, ids: tuple[PartyId, ...]) -> None:
        if self.id in ids:
            raise ValueError("ids has this very one")


def anew(kind: type[T], **_: object) -> T:
    """A blank record."""
    return object.__new__(kind)


@frozen(kw_only=True, field_transformer=as_declared, slots=False)
class Open:
    id: PartyId


@frozen(kw_only=True)
class Undeclared:
    id: PartyId


@frozen(kw_only=True, field_transformer=as_declared)
class Later:
    id: PartyId
    word: str = ""
    __attrs_post_init__ = shouts


@frozen(kw_only=True, field_transformer=as_declared)
class Own:
    id: PartyId
    word: str = ""

    def __init__(self, id: PartyId, word: str = "") -> None:  # noqa: A002
        self.__attrs_init__(id=id, word=f"<{word}>")  # type: ignore[attr-defined]


@frozen(kw_only=True, field_transformer=as_declared)
class New:
    id: PartyId

    __new__ = anew  # type: ignore[assignment]


@frozen(kw_only=True, field_transformer=as_declared, cache_hash=True)
class Hashed:
    id: PartyId


@frozen(kw_only=True, field_transformer=as_declared)
class Fresh:
    id: PartyId
    ids: tuple[PartyId, ...] = field(factory=tuple)


@frozen(kw_only=True, field_transformer=as_declared)
class Related:
    id: PartyId
    word: str = field(default="", converter=NUMBERED)  # type: ignore[misc]


@frozen(kw_only=True, field_transformer=as_declared)
class Unasked:
    id: PartyId
    word: str = field(default="a", init=False)


@frozen(kw_only=True, field_transformer=as_declared)
class Renamed:
    id: PartyId
    word: str = field(default="a", alias="said")


@frozen(kw_only=True, field_transformer=as_declared)
class Needed:
    id: PartyId
    word: str = field(default="", validator=Said())


STRANGE: list[type] = [
    Open,
    Undeclared,
    Later,
    Own,
    New,
    Hashed,
    Fresh,
    Related,
    Unasked,
    Renamed,
    Needed,
]
"""Their constructors do more than their fields say, or other things."""


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

    @pytest.mark.parametrize("kind", [Plain, *STRANGE])
    @pytest.mark.parametrize("told", [{}, {"word": "a"}, {"word": "a", "ids": ["b"]}])
    def test_makes_what_constructors_do(self, kind: type, told: dict[str, Any]) -> None:
        """A record is the same whether its constructor was gone through or not."""
        document = {"id": "ada", "on": "2026-01-01", **told}
        document = {key: document[key] for key in document if key in fields_dict(kind)}
        made: Any = strictly(document, kind)

        assert quickly(document, kind) == made
        assert can_be_written(kind) == (kind is Plain)
        if made is not DecodeError:
            assert hash(quickly(document, kind)) == hash(made)

    @given(st.data())
    def test_puts_fields_in_their_places(self, data: st.DataObject) -> None:
        """Every field is read, converted, sorted and asked as a constructor does."""
        texts = st.sampled_from(["ada", "bob", "", " ", 5, "2026-01-01", "fiduciary"])
        told = data.draw(
            st.fixed_dictionaries(
                {"id": texts, "on": texts | st.dates()},
                optional={
                    "word": texts,
                    "ids": st.lists(texts, max_size=3),
                    "party": st.none() | st.just({"id": "ada", "name": "Ada"}),
                    "days": st.lists(st.sampled_from(["2026-01-01", "2026-01-02"])),
                    "matters": st.lists(st.sampled_from([*Matter]).map(str)),
                },
            )
        )
        assert quickly(told, Plain) == strictly(told, Plain)

    @pytest.mark.parametrize(
        ("document", "kind"),
        [
            ([["type", "person"], ["id", "ada"], ["name", "Ada"]], Party),
            ([["id", "ada"], ["name", "Ada"]], Person),
            ({"matter": Matter.FIDUCIARY, "holds": True, "on": date.min}, Judgement),
            ({"id": Word("ada"), "name": "Ada"}, Person),
        ],
    )
    def test_takes_nothing_for_what_it_resembles(
        self, document: object, kind: TypeForm[object]
    ) -> None:
        """Pairs are no table, and members and other texts none that a parser gives."""
        assert quickly(document, kind) == strictly(document, kind) == DecodeError

    def test_leaves_what_no_parser_gives(self) -> None:
        """Tables and lists of other classes are read, and take their time."""
        ada = MappingProxyType({"id": "ada", "name": "Ada"})
        asked: dict[TypeForm[object], object] = {
            Person: ada,
            Party: {"type": "person", **ada},
            frozenset[PartyId]: ("ada",),
            tuple[PartyId, ...]: ("ada",),
        }
        for kind, document in asked.items():
            assert strictly(document, kind) != DecodeError
            assert codec.load(document, kind) == strictly(document, kind)
        assert quickly(["ada"], frozenset[PartyId]) == {"ada"}
        assert quickly(["ada", "ada"], frozenset[PartyId]) == DecodeError

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
            '{"id": "ada", "name": "a:b", "id": "c:d"}',
            '{"id": "ada", "name": "\\u003a", "id": "ada"}',
            '{"id": "ada", "name": "Ada"} x',
            '{"id": "ada", "name": 5}',
            '{"id": "ada", "name": "\\ud800"}',
            '{"id": "ada", "name": NaN}',
            '{"id": "ada", "name": 1e99999999999999999999}',
            "[" * 4000,
            "",
        ],
    )
    def test_is_as_strict_with_texts(
        self, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is short is looked at as closely as what is long, by any parser."""
        with pytest.raises(DecodeError) as caught:
            codec.loads(text, Person)
        told = caught.value.problems

        monkeypatch.setattr(_parse, "orjson_if_there", lambda: None)
        with pytest.raises(DecodeError) as caught:
            codec.loads(text, Person)
        assert caught.value.problems == told

    @settings(max_examples=20)
    @given(client=strategies.clients(), name=st.text())
    def test_reads_the_same_by_any_parser(self, client: Client, name: str) -> None:
        """JSON says the same whether orjson is installed or not."""
        told = json.dumps({**codec.dump(client), "party": {"name": name}})
        for data in (codec.dumps(client), told.encode()):
            kept, whole = parsed_quickly(data), json.loads(data)
            assert kept == whole

    @pytest.mark.parametrize("form", codec.Format)
    def test_reads_what_is_stored(
        self, monkeypatch: pytest.MonkeyPatch, form: codec.Format
    ) -> None:
        """A document with its version is read quickly; one with more is not."""
        ada = Person(id=PartyId("ada"), name="Ada")
        stored = codec.dump(ada, versioned=True)
        data = codec.dumps(ada, form=form, versioned=True)
        strict, none = (
            _load.converter,
            SimpleNamespace(get_structure_hook=lambda _: not_quick),
        )

        monkeypatch.setattr(_load, "converter", lambda _: none)
        assert codec.loads(data, Party, form=form) == ada
        assert codec.load(stored, Person) == ada

        monkeypatch.setattr(_load, "converter", strict)
        with pytest.raises(DecodeError, match=r"^/more: unknown key 'more'"):
            codec.load({**stored, "more": 1}, Person)
        with pytest.raises(DecodeError, match="may not stand here"):
            codec.load(stored, Period)

    def test_is_not_tried_on_what_is_large(self) -> None:
        """A large document is read once, and its problems told."""
        people = [{"type": "person", "id": f"p{at}", "name": "x"} for at in range(4000)]

        assert len(codec.load(people, tuple[Party, ...])) == len(people)
        with pytest.raises(DecodeError, match=r"^/3999/name: "):
            codec.load([*people[:-1], {**people[-1], "name": 5}], tuple[Party, ...])
