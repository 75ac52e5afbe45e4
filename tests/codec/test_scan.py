"""Scans: of what is of a form they see what its parser sees, and stop where it does."""

import json
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relationkit.codec import Limits
from relationkit.codec._scan import Scan
from relationkit.codec._scan_toml import TomlScan
from relationkit.errors import DecodeError

ROOT = Path(__file__).parents[2]
WIDE = 1 << 60
OPEN = Limits(
    size=WIDE, depth=WIDE, key_parts=WIDE, digits=WIDE, exponent=WIDE, items=WIDE
)

texts = st.text(st.characters(codec="utf-8")) | st.text("\\\"'[]{}=.,#:\n ab")
leaves = st.none() | st.booleans() | st.integers() | st.floats(-9, 9) | texts
documents = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(texts, inner)
)


def inside(document: object) -> Iterator[tuple[object, object]]:
    """The keys and values directly in *document*."""
    if isinstance(document, dict):
        yield from document.items()
    elif isinstance(document, list):
        yield from enumerate(document)


def depth(document: object) -> int:
    """How many tables and lists stand in each other."""
    is_one = isinstance(document, (dict, list))
    return is_one + max((depth(value) for _, value in inside(document)), default=0)


def items(document: object) -> int:
    """How many items and entries there are."""
    return sum(1 + items(value) for _, value in inside(document))


def json_scan(text: str) -> Scan:
    scan = Scan(text, OPEN)
    scan.run()
    return scan


def toml_scan(text: str) -> Scan:
    scan = TomlScan(text, OPEN)
    scan.run()
    return scan


class TestJson:
    @given(documents, st.sampled_from([None, 2]), st.booleans())
    def test_sees_what_the_parser_sees(
        self, document: object, indent: int | None, is_ascii: object
    ) -> None:
        """Depth and number of items are those of the document, however written."""
        text = json.dumps(document, indent=indent, ensure_ascii=bool(is_ascii))
        scan = json_scan(text)
        assert scan.deepest == depth(document)
        assert scan.items == items(document)

    @given(documents)
    def test_refuses_nothing_within_limits(self, document: object) -> None:
        """At its own measures a document passes, and below one of them it does not."""
        text = json.dumps(document)
        deep, many = depth(document), items(document)
        exact = attrs.evolve(OPEN, depth=max(deep, 1), items=max(many, 1))
        Scan(text, exact).run()
        less = [attrs.evolve(exact, depth=deep - 1)] if deep > 1 else []
        less += [attrs.evolve(exact, items=many - 1)] if many > 1 else []
        for limits in less:
            with pytest.raises(DecodeError):
                Scan(text, limits).run()

    @given(st.text('[]{}",:\\ 1ea') | texts)
    @example('"')
    @example('{"a":"b"')
    def test_comes_as_far_as_the_parser(self, text: str) -> None:
        """Whatever the text: if a parser takes it, nothing in it was missed."""
        scan = json_scan(text)
        with suppress(ValueError):
            document = json.loads(text)
            assert (scan.deepest, scan.items) == (depth(document), items(document))

    @pytest.mark.parametrize(
        "text",
        [
            "}",
            "[1 1]",
            "{1:2}",
            "[,]",
            "{:}",
            '{"a":,',
            "1,",
            '[1:"a"]',
            "[\x00]",
            "{[",
        ],
    )
    def test_stops_where_the_parser_does(self, text: str) -> None:
        """What comes after a fault is nobody's concern."""
        deep = text + "[" * 100
        with pytest.raises(json.JSONDecodeError):
            json.loads(deep)
        assert json_scan(deep).deepest < 3


bare = st.text("abcXYZ019_-", min_size=1, max_size=4)
quoted = texts.map(lambda text: json.dumps(text).replace("\x7f", "\\u007f"))
literal = st.text('abc.[]{}=#" ').map(lambda text: f"'{text}'")
blanks = st.sampled_from(["", " ", "\t "])
keys = st.lists(bare | quoted | literal, min_size=1, max_size=4)


@st.composite
def dotted(draw: st.DrawFn) -> str:
    """A key of some parts, perhaps with blanks around its dots."""
    parts, blank = draw(keys), draw(blanks)
    return f"{blank}.{blank}".join(parts)


block = (
    st.text("ab[]{}=#.,'\"\n\\ ", max_size=12)
    .map(lambda text: text.replace("\\", "\\\\").replace('"""', ""))
    .map(lambda text: f'"""{text}"""')
)
block_literal = st.text('ab[]{}=#.,"\n\\ ', max_size=12).map(lambda t: f"'''{t}'''")
numbers = st.sampled_from(
    ["0", "-1_000", "1.5e3", "0xfe_f", "inf", "true", "2026-11-22", "07:30:00"]
)
days = st.sampled_from(["2026-11-22 10:00:00Z", "2026-11-22T10:00:00.5+01:00"])
values = st.recursive(
    quoted | literal | block | block_literal | numbers | days,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]")
        | st.lists(inner, min_size=1, max_size=3).map(
            lambda each: "[ # [[{\n" + ",\r\n".join(each) + ",\n]"
        )
        | st.lists(st.tuples(dotted(), inner), max_size=3).map(
            lambda each: "{" + ", ".join(f"{k} = {v}" for k, v in each) + "}"
        )
    ),
    max_leaves=8,
)
lines = st.one_of(
    st.builds("{} = {}".format, dotted(), values),
    st.builds("[{}]".format, dotted()),
    st.builds("[[{}]]".format, dotted()),
    st.sampled_from(["", "# [[[[ a.b = {", "\t"]),
)
toml_texts = st.lists(lines, max_size=6).map("\n".join)


def parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


class TestToml:
    @given(toml_texts)
    @example("a = 1\r\n[b]\r\n")
    @example("[ a ]\n[[ b . c ]] # d\n")
    @example("'''a''' = 1\n[[[[")
    @example("a = \"\"\"\"\"\"\"\"\nb = ''''a'''''\nc = [[]]")
    @example('a = """\\""""\nb = [[]]')
    def test_sees_what_the_parser_sees(self, text: str) -> None:
        """What its parser takes is no deeper and has no more than the scan saw.

        Which tables a header passes through that are items of lists is not
        known to a scan, which counts the list that the header itself begins.
        """
        document, scan = parsed(text), toml_scan(text)
        if document is not None:
            assert items(document) <= scan.items
            lists = text.count("[[")
            assert scan.deepest <= depth(document) <= scan.deepest + lists

    @given(st.dictionaries(bare, values, max_size=4))
    def test_measures_values_exactly(self, table: dict[str, str]) -> None:
        """Without headers and dots it sees exactly what there is."""
        text = "\n".join(f"{key} = {value}" for key, value in table.items())
        document = parsed(text)
        if document is not None and "." not in text:
            scan = toml_scan(text)
            assert scan.deepest == depth(document)
            assert scan.items == items(document)

    @given(toml_texts)
    def test_refuses_nothing_within_limits(self, text: str) -> None:
        """At its own measures a text passes, and so it does with the defaults."""
        scan = toml_scan(text)
        exact = attrs.evolve(OPEN, depth=scan.deepest, items=max(scan.items, 1))
        TomlScan(text, exact).run()
        TomlScan(text, Limits()).run()

    @given(
        st.text("[]{}=.,#'\"\\ \n\r1ab-")
        | toml_texts.flatmap(st.permutations).map("".join)
    )
    @example("\r[")
    @example("a.")
    @example("[a.[")
    @example("[[a]\n]")
    @example("a = '")
    def test_comes_as_far_as_the_parser(self, text: str) -> None:
        """Whatever the text: if a parser takes it, nothing in it was missed."""
        document, scan = parsed(text), toml_scan(text)
        if document is not None:
            assert items(document) <= scan.items
            assert scan.deepest <= depth(document)

    @pytest.mark.parametrize(
        "text",
        [
            *(
                "]",
                "a",
                "a b",
                "a = ",
                "a = ]",
                "a = 1 1",
                "a = 1 = 1",
                "= 1",
                "[a = 1",
            ),
            *(
                "[a]]",
                "[[a]",
                "[a] b = 1",
                "[[[a]]]",
                "[]",
                "a = [1 1",
                "a = {b",
                "a..b\n",
            ),
            *(
                "a = [,",
                "a = 'b\n",
                'a = "b\n',
                "a = \x00",
                "a \r= 1",
                "\u00e9 = 1",
                "a,",
            ),
            *(
                "a = {, b = 1",
                'a = "\\',
                "'a' 'b' = 1",
                "[ [a]]",
                "a = {}}",
                "a = 1,\n",
            ),
        ],
    )
    def test_stops_where_the_parser_does(self, text: str) -> None:
        """What comes after a fault is nobody's concern."""
        deep = text + "\nx = " + "[" * 100
        with pytest.raises(tomllib.TOMLDecodeError):
            tomllib.loads(deep + "]" * 100)
        assert toml_scan(deep).deepest < 5


class TestExamples:
    @pytest.mark.parametrize(
        "path",
        [
            *sorted(ROOT.glob("examples/*.toml")),
            *sorted(ROOT.glob("src/relationkit/editions/*.toml")),
            *sorted(ROOT.glob("tests/**/*.toml")),
        ],
        ids=lambda path: str(path.relative_to(ROOT)),
    )
    def test_are_far_within_the_defaults(self, path: Path) -> None:
        """Documents as people write them take a tenth of what is allowed."""
        text, limits = path.read_text("utf-8"), Limits()
        scan = TomlScan(text, limits)
        scan.run()
        document = tomllib.loads(text)
        assert items(document) <= scan.items < limits.items / 10
        assert depth(document) <= limits.depth / 2
        assert len(text) < limits.size / 10

    def test_in_json_too(self) -> None:
        """The book beside this file has every field there is."""
        text = Path(__file__).with_name("book.json").read_text("utf-8")
        scan = json_scan(text)
        assert (scan.deepest, scan.items) == (
            depth(json.loads(text)),
            items(json.loads(text)),
        )


LONG = 300_000
HARD: list[tuple[Callable[[str], Scan], str]] = [
    (json_scan, '"' + "\\" * LONG),
    (json_scan, '"' + "\\n" * LONG),
    (json_scan, " " * LONG + "x"),
    (json_scan, "1" + " " * LONG),
    (toml_scan, "a = 1 " + "\t" * LONG),
    (toml_scan, "a = 1 # " + "#" * LONG),
    (json_scan, "[" + "1" * LONG),
    (json_scan, "1_" * LONG),
    (toml_scan, "a" * LONG),
    (toml_scan, "a." * LONG),
    (toml_scan, " \t" * LONG),
    (toml_scan, "#\n \t" * LONG),
    (toml_scan, "\r\n" * LONG),
    (toml_scan, "\n\r" * LONG),
    (toml_scan, 'a = """' + '""\\"' * LONG),
    (toml_scan, "a = '''" + "''a" * LONG),
    (toml_scan, "a = 'b" * LONG),
    (toml_scan, "a = 1" + "_1" * LONG),
    (toml_scan, "a = 1e" + "_1" * LONG),
    (toml_scan, "[[" * LONG),
    (toml_scan, "2026-11-22 10:00" * LONG),
]


class TestEffort:
    @pytest.mark.parametrize(("scan", "text"), HARD)
    def test_grows_with_the_text(self, scan: Callable[[str], Scan], text: str) -> None:
        """No text is looked at again and again: this would take hours."""
        with suppress(DecodeError):
            scan(text)
