from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.errors import PolicyError, Problem
from relationkit.reading import Reader, got, has_lone_surrogate


class Channel(StrEnum):
    """Members to read."""

    SHOP = "shop"
    WEB = "web"


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.binary(),
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=5,
)


def told(reader: Reader) -> list[str]:
    return [*map(str, reader.problems)]


class TestGot:
    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (None, "nothing"),
            (True, "true"),
            (False, "false"),
            ("", "'', a text"),
            ("5", "'5', a text"),
            (5, "5, a number"),
            (Decimal("5.50"), "5.50, a number"),
            (5.5, "5.5, a float"),
            (date(2026, 1, 2), "2026-01-02, a day"),
            (
                datetime(2026, 1, 2, 3, tzinfo=UTC),
                "2026-01-02 03:00:00+00:00, a time of day with its date",
            ),
            (time(3), "03:00:00, a time of day"),
            ({}, "a table"),
            ([], "a list"),
            ((1, 2), "a list"),
            (b"x", "a Python bytes"),
            ("x" * 100, "'" + "x" * 59 + "..., a text"),
            (10**60 - 1, "9" * 60 + ", a number"),
        ],
        ids=repr,
    )
    def test_is_short_and_in_terms_of_documents(self, value: object, said: str) -> None:
        """What a document has is told with its kind, and cut where it is long."""
        assert got(value) == said

    def test_writes_out_no_huge_number(self) -> None:
        """A number that Python might refuse to write out is not written out."""
        assert got(10**60) == "a huge number"
        assert got(-(1 << 100_000)) == "a huge number"


class TestHasLoneSurrogate:
    @given(st.text(st.characters()))
    def test_is_so_if_no_file_can_hold_it(self, text: str) -> None:
        """A text has half of a character iff it cannot be encoded."""
        try:
            text.encode()
        except UnicodeEncodeError:
            assert has_lone_surrogate(text)
        else:
            assert not has_lone_surrogate(text)


class TestReader:
    @given(documents)
    def test_never_fails(self, document: object) -> None:
        """Whatever stands somewhere, it is given as it is or noted, never both."""
        ways: list[Callable[[Reader], object]] = [
            Reader.text,
            Reader.flag,
            lambda reader: reader.member(Channel),
            lambda reader: reader.table(["id"], ["name"]) or None,
            lambda reader: reader.entries() or None,
            lambda reader: reader.items() or None,
        ]

        for read in ways:
            reader = Reader(document, "/here")
            found = read(reader)
            if found is None:
                assert reader.problems or document in ({}, [])
            elif isinstance(found, (str, bool)):
                assert found == document
                assert not reader.problems
            assert all(p.pointer.startswith("/here") for p in reader.problems)

    def test_keeps_one_list_of_problems(self) -> None:
        """What is noted anywhere in a document is noted on all of it, in order."""
        document = Reader({"a": [1, "x"], "b": {"c": None}})
        parts = document.table(["a", "b"])

        for item in parts["a"].items():
            item.flag()
        parts["b"].entries()["c"].text()

        assert document.problems == [
            Problem("/a/0", "type", "expected true or false, got 1, a number"),
            Problem("/a/1", "type", "expected true or false, got 'x', a text"),
            Problem("/b/c", "type", "expected a text, got nothing"),
        ]

    def test_notes_with_a_hint(self) -> None:
        """A note stands where its reader stands."""
        reader = Reader(5).at("a/b", 6).at(0, 7)

        reader.note("odd", "7 is odd", "add one")

        assert (reader.value, reader.place) == (7, "/a~1b/0")
        assert reader.problems == [Problem("/a~1b/0", "odd", "7 is odd", "add one")]

    def test_ends_where_so_much_is_wrong(self) -> None:
        """After a thousand problems it reads no more; they are told."""
        reader = Reader(dict.fromkeys(map(str, range(5_000))))
        with pytest.raises(PolicyError) as caught:
            reader.table()

        *told, last = caught.value.problems
        assert len(told) == 1_000
        assert str(last) == "reading ended after 1000 problems"


class TestTable:
    def test_gives_what_is_there(self) -> None:
        """Entries are readers of their own; what may be left out may be."""
        reader = Reader({"id": "a"}, "/x")

        parts = reader.table(["id"], ["name"])

        assert {key: (part.value, part.place) for key, part in parts.items()} == {
            "id": ("a", "/x/id")
        }
        assert reader.problems == []

    def test_notes_what_is_missing_or_unknown(self) -> None:
        """A key too few is noted on the table, one too many at its own place."""
        reader = Reader({"naem": "x", "n" * 99: 1, "kind": "y"}, "/x")

        parts = reader.table(iter(["id", "name"]), iter(["kind"]))

        assert [*parts] == ["kind"]
        assert told(reader) == [
            "/x: 'id' is missing",
            "/x: 'name' is missing",
            "/x/naem: unknown key 'naem' (did you mean 'name'?)",
            f"/x/{'n' * 99}: unknown key {'n' * 60!r} (one of: id, kind, name)",
        ]

    def test_notes_keys_that_are_no_texts(self) -> None:
        """Data made in Python may have any keys; a document has texts alone."""
        reader = Reader({5: "x", None: "y", "id": "z"}, "/x")

        assert [*reader.table(["id"])] == ["id"]
        assert [*reader.entries()] == ["id"]
        assert told(reader) == 2 * [
            "/x: expected texts as keys, got 5, a number",
            "/x: expected texts as keys, got nothing",
        ]

    @pytest.mark.parametrize("value", [None, "x", [("id", "a")], 5], ids=repr)
    def test_is_no_other_thing(self, value: object) -> None:
        """What is no table has no entries, and is noted once."""
        reader = Reader(value)

        assert reader.table(["id"]) == {}
        assert told(reader) == [f"expected a table, got {got(value)}"]
        assert reader.entries() == {}
        assert len(reader.problems) == 2

    def test_may_be_any_mapping(self) -> None:
        """A table need not be a dict."""
        reader = Reader(MappingProxyType({"id": 1}))

        assert [*reader.table(["id"])] == [*reader.entries()] == ["id"]


class TestItems:
    def test_are_read_in_order(self) -> None:
        """Items stand at their positions, in lists and in tuples."""
        for value in (["a", 5], ("a", 5)):
            items = Reader(value, "/x").items()
            assert [(i.value, i.place) for i in items] == [("a", "/x/0"), (5, "/x/1")]

    @pytest.mark.parametrize("value", [None, "ab", {"a": 1}, {1}], ids=repr)
    def test_are_those_of_lists(self, value: object) -> None:
        """A text is no list of letters, and a table none of keys."""
        reader = Reader(value)

        assert reader.items() == []
        assert told(reader) == [f"expected a list, got {got(value)}"]


class TestText:
    @pytest.mark.parametrize("value", ["a", " a ", "a\nb", "\N{SNOWMAN}"])
    def test_is_taken_as_it_is(self, value: str) -> None:
        """Nothing is stripped or mended."""
        assert Reader(value).text() == value

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ("", "'' is blank (say something here)"),
            (" \n", "' \\n' is blank (say something here)"),
            ("a\ud800", "'a\\ud800', a text, has a lone surrogate (remove it)"),
            (5, "expected a text, got 5, a number"),
        ],
        ids=str,
    )
    def test_says_something(self, value: object, said: str) -> None:
        """Blank text, half characters and what is no text are noted."""
        reader = Reader(value)

        assert reader.text() is None
        assert told(reader) == [said]


class TestFlag:
    def test_is_true_or_false(self) -> None:
        """One and zero are no flags."""
        reader = Reader(1)

        assert [Reader(value).flag() for value in (True, False)] == [True, False]
        assert reader.flag() is None
        assert told(reader) == ["expected true or false, got 1, a number"]


class TestMember:
    def test_is_read_by_its_wire_form(self) -> None:
        """The word of a member, and no other case of its letters, is that member."""
        assert Reader("web").member(Channel) is Channel.WEB
        assert Reader(Channel.WEB).member(Channel) is Channel.WEB

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (
                "wbe",
                (
                    "expected a member of Channel, got 'wbe', a text"
                    " (did you mean 'web'?)"
                ),
            ),
            (
                "WEB",
                "expected a member of Channel, got 'WEB', a text (did you mean 'web'?)",
            ),
            (5, "expected a member of Channel, got 5, a number (one of: shop, web)"),
            (None, "expected a member of Channel, got nothing (one of: shop, web)"),
        ],
        ids=repr,
    )
    def test_is_one_that_there_is(self, value: object, said: str) -> None:
        """Another word is told the one that was meant, anything else the list."""
        reader = Reader(value)

        assert reader.member(Channel) is None
        assert told(reader) == [said]
        assert [p.code for p in reader.problems] == ["member"]
