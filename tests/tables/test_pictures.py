"""Pictures of tables, read back by parsers that know nothing of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from relationkit import tables
from relationkit.errors import UnknownIdError
from relationkit.strategies._tables import Grade, Offer, alive, columns, documents
from relationkit.tables import Domain, Table, build

Facts = Mapping[str, Domain]
Rows = list[list[str]]

ESCAPE = re.compile(r"\\(x..|u.{4}|U.{8}|[nrt\\])")
COMMONMARK = MarkdownIt("commonmark").enable("table").enable("strikethrough")
PICTURES = (tables.markdown, tables.html, tables.text)
each_picture = pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.__name__)


class Reader(HTMLParser):
    """The cells of the one table in a page, and which of them are set apart."""

    def __init__(self, page: str, fired: str) -> None:
        super().__init__()
        self.rows: Rows = []
        self.fired: list[str] = []
        self.tags: set[str] = set()
        self._fired, self._is_fired = fired, False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, _: object) -> None:
        """A row or a cell begins, or what is set apart."""
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append("")
        self._is_fired |= tag == self._fired

    def handle_endtag(self, tag: str) -> None:
        """What is set apart ends."""
        self._is_fired &= tag != self._fired

    def handle_data(self, data: str) -> None:
        """A text, or what stands between rows."""
        if self.rows and self.rows[-1] and not data.isspace():
            self.rows[-1][-1] += data
            self.fired += [data] * self._is_fired


def of_markdown(picture: str) -> Reader:
    return Reader(COMMONMARK.render(picture), "strong")


def of_html(picture: str) -> Reader:
    return Reader(picture, "mark")


def of_text(picture: str) -> Rows:
    """The cells of lines in which columns stand below each other."""
    lines = picture.removesuffix("\n").split("\n")
    places = [(m.start(), m.end()) for m in re.finditer("-+", lines.pop(1))]
    return [[line[start:end].rstrip() for start, end in places] for line in lines]


def said(cell: str) -> str:
    """What a cell says, with all that was written out put back."""
    return ESCAPE.sub(lambda found: found[0].encode().decode("unicode_escape"), cell)


def document(rows: Rows) -> Mapping[str, object]:
    """The document of a table whose picture has these cells."""
    head, *body = [[said(cell) for cell in row] for row in rows]
    told: list[list[object]] = [[*row] for row in body]
    if head[-1] == "contested":
        for row in told:
            row[-1] = row[-1] == "yes"
    return {"columns": head, "rows": told}


def built(rules: object, facts: Facts) -> Table[Offer]:
    shape = rules if isinstance(rules, Mapping) else {"rule": rules}
    return build(shape, yields="offer", answers=Offer, facts=facts)


def drawn(
    words: st.SearchStrategy[str],
) -> st.SearchStrategy[tuple[Table[StrEnum], Facts]]:
    """Tables whose texts are any *words*, and the facts that they read."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> tuple[Table[StrEnum], Facts]:
        facts = draw(columns())
        rules = alive(draw(documents(facts, Offer)), facts, Offer)
        count = len(rules)
        told = st.lists(words, min_size=count, max_size=count)
        ids = draw(st.lists(words, min_size=count, max_size=count, unique=True))
        parts = zip(rules, ids, draw(told), draw(told), strict=True)
        worded = [
            {**rule, "id": id_, "because": because, "source": source}
            for rule, id_, because, source in parts
        ]
        return built(worded, facts), facts

    return draw_one()


MARKUP = st.sampled_from(
    [
        *(
            "|",
            "\\",
            "\\|",
            "**",
            "_",
            "`",
            "<b>",
            "</td>",
            "&amp;",
            "&#10;",
            "~~",
            "$",
        ),
        *("\n", "\r", "\t", "\x00", "\x1b[31m", "\x9f", "\u2028", "\xa0", "\u202e"),
        *("[a](b)", "![", "{x}`y`", "<!--", "---", "# ", "  ", "\\n", "\\x20", "=>"),
        *("{{x}}", ":::", "http://a.b", "\u200b", "e\u0301", "\u6f22"),
    ]
)
any_words = (st.text() | st.lists(MARKUP).map("".join)).filter(str.strip)
plain_words = st.text(st.characters(codec="ascii")).filter(str.strip)


class TestPictures:
    @given(drawn(any_words))
    def test_in_markdown_say_all(self, one: tuple[Table[StrEnum], Facts]) -> None:
        """A table is read back from its Markdown, whatever its texts are."""
        table, facts = one

        read = of_markdown(tables.markdown(table))

        assert built(document(read.rows), facts) == table
        assert read.tags <= {"table", "thead", "tbody", "tr", "th", "td"}

    @given(drawn(any_words))
    def test_in_html_say_all(self, one: tuple[Table[StrEnum], Facts]) -> None:
        """A table is read back from its HTML, whatever its texts are."""
        table, facts = one

        read = of_html(tables.html(table))

        assert built(document(read.rows), facts) == table
        assert read.tags <= {"table", "thead", "tbody", "tr", "th", "td"}

    @given(drawn(plain_words))
    def test_in_text_say_all(self, one: tuple[Table[StrEnum], Facts]) -> None:
        """A table is read back from plain text by where its columns stand."""
        table, facts = one

        assert built(document(of_text(tables.text(table))), facts) == table

    @each_picture
    @given(one=drawn(any_words))
    def test_can_be_shown(
        self, picture: Callable[..., str], one: tuple[Table[StrEnum], Facts]
    ) -> None:
        """Nothing in them steers a terminal, hides, or breaks a line."""
        table, _ = one

        assert all(map(str.isprintable, picture(table).split("\n")))

    @given(drawn(any_words), st.data())
    def test_set_apart_what_fired(
        self, one: tuple[Table[StrEnum], Facts], data: st.DataObject
    ) -> None:
        """The rules that fired are in bold, marked, or after a sign; no others are."""
        table, facts = one
        ids = [rule.id for rule in table.rules]
        fired = data.draw(st.lists(st.sampled_from(ids), unique=True))

        for read in (
            of_markdown(tables.markdown(table, fired)),
            of_html(tables.html(table, fired)),
        ):
            assert built(document(read.rows), facts) == table
            marked = [row for row in read.rows if said(row[0]) in fired]
            told = [cell for row in marked for cell in row if cell]
            assert "".join(read.fired) == "".join(told)
        _, __, *lines = tables.text(table, fired).splitlines()
        assert [line[0] == ">" for line in lines] == [id_ in fired for id_ in ids]

    @each_picture
    def test_refuse_a_rule_that_is_none(self, picture: Callable[..., str]) -> None:
        """What fired must be a rule of the table."""
        with pytest.raises(UnknownIdError, match="there is no rule 'young'"):
            picture(small(), ["young"])

    def test_have_only_the_facts_that_are_read(self) -> None:
        """A fact of which no rule asks anything is no column."""
        head = of_html(tables.html(small())).rows[0]

        assert head == ["id", "grade", "=> offer", "because", "source"]

    def test_are_written_as_html_is(self) -> None:
        """Tags are in small letters, and what is empty is not marked."""
        first, rest = small_rules('a "b" & c', "XL")
        table = built([first, {**rest, "contested": True}], FACTS)

        assert tables.html(table, ["best"]).splitlines() == [
            '<table class="decisions">',
            (
                '<thead><tr><th scope="col">id</th><th scope="col">grade</th>'
                '<th scope="col">=&gt; offer</th><th scope="col">because</th>'
                '<th scope="col">source</th><th scope="col">contested</th></tr></thead>'
            ),
            "<tbody>",
            (
                '<tr class="fired"><th scope="row"><mark>best</mark></th>'
                "<td><mark>high</mark></td><td><mark>full</mark></td>"
                '<td><mark>a "b" &amp; c</mark></td><td><mark>ours</mark></td>'
                "<td></td></tr>"
            ),
            (
                '<tr><th scope="row">rest</th><td>-</td><td>plain</td><td>XL</td>'
                "<td>ours</td><td>yes</td></tr>"
            ),
            "</tbody>",
            "</table>",
        ]

    def test_stand_in_columns(self) -> None:
        """Text is set for letters that take two columns, or none."""
        rules = small_rules("\u6f22\u5b57", "e\u0301=\u0338")

        assert tables.text(built(rules, FACTS), ["best"]).splitlines() == [
            "  id    grade  => offer  because  source",
            "  ----  -----  --------  -------  ------",
            "> best  high   full      \u6f22\u5b57     ours",
            "  rest  -      plain     e\u0301=\u0338       ours",
        ]

    def test_say_what_is_contested(self) -> None:
        """Where a rule is contested there is a column that says which."""
        first, *others = small_rules("b", "c")
        table = built([{**first, "contested": True}, *others], FACTS)

        assert [row[-1] for row in of_html(tables.html(table)).rows] == [
            *("contested", "yes", "")
        ]


FACTS = {"member": Domain(bool), "grade": Domain(Grade)}


def small_rules(*because: str) -> Sequence[Mapping[str, object]]:
    one, two = because
    best = {"id": "best", "when": {"grade": "high"}, "then": "full", "because": one}
    rest = {"id": "rest", "then": "plain", "because": two}
    return [{**best, "source": "ours"}, {**rest, "source": "ours"}]


def small() -> Table[Offer]:
    return built(small_rules("good", "all"), FACTS)
