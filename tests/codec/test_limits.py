"""Limits: at each the document passes, and one above it is refused with a remedy."""

import json
import os
import re
import socket
import stat
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import TypeForm

from relationkit.books import Book
from relationkit.codec import Format, Limits, load, loads, read
from relationkit.errors import DecodeError, Problem
from relationkit.parties import Person
from relationkit.policy import Edition

NAMES = [field.name for field in attrs.fields(Limits)]
ADA = {"id": "ada", "name": "Ada Byron"}
needs_posix = pytest.mark.skipif(os.name == "nt", reason="there is no such thing there")


def nested(depth: int) -> list[object]:
    """Lists in each other, so many in all."""
    made: list[object] = []
    for _ in range(depth - 1):
        made = [made]
    return made


def refusal(run: Callable[[], object]) -> Problem | None:
    """The limit over which something is; None if there is none."""
    try:
        run()
    except DecodeError as error:
        over = [problem for problem in error.problems if problem.code == "limit"]
        return over[0] if over else None
    return None


def of_json(text: str, limits: Limits) -> Problem | None:
    return refusal(lambda: loads(text, Person, limits=limits))


def of_toml(text: str, limits: Limits) -> Problem | None:
    return refusal(lambda: loads(text, Person, form=Format.TOML, limits=limits))


def of_plain(document: object, limits: Limits) -> Problem | None:
    return refusal(lambda: load(document, Person, limits=limits))


class Counted(list[object]):
    """A list that knows how many of its items were taken, again and again."""

    seen = 0

    def __iter__(self) -> Iterator[object]:
        for item in super().__iter__():
            self.seen += 1
            yield item


class TestLimits:
    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("value", [0, -1])
    def test_let_something_through(self, name: str, value: int) -> None:
        """A limit is one or more."""
        with pytest.raises(ValueError, match=f"^{name} is {value}; a limit is 1 or"):
            Limits(**{name: value})
        assert getattr(Limits(**{name: 1}), name) == 1

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("value", [True, 1.5, "9", None])
    def test_are_whole_numbers(self, name: str, value: object) -> None:
        """There is no limit without a number: none is switched off by a slip."""
        with pytest.raises(TypeError, match=f"^{name}: expected a whole number, got"):
            Limits(**{name: value})  # type: ignore[arg-type]

    def test_are_those_of_the_page(self) -> None:
        """The defaults are the ones that the docstring names, in its order."""
        said = re.findall(r"([\d,]+)( MiB)? by\s+default", Limits.__doc__ or "")
        told = [int(n.replace(",", "")) << (20 if unit else 0) for n, unit in said]
        assert told == [field.default for field in attrs.fields(Limits)]


class TestSize:
    DATA = json.dumps({"id": "ada", "name": "Zo\u00eb"}, ensure_ascii=False)
    BYTES = len(DATA.encode())

    def test_counts_bytes(self) -> None:
        """Texts count as UTF-8, and bytes as they are."""
        exact, less = Limits(size=self.BYTES), Limits(size=self.BYTES - 1)
        for data in (self.DATA, self.DATA.encode()):
            assert loads(data, Person, limits=exact).name == "Zo\u00eb"
            assert refusal(lambda d=data: loads(d, Person, limits=less)) == Problem(  # type: ignore[misc]
                "",
                "limit",
                f"the document has {self.BYTES} bytes; the limit is {self.BYTES - 1}",
                "split it, or raise limits.size",
            )

    def test_of_a_text_is_known_before_its_bytes(self) -> None:
        """A text of more characters than bytes are allowed is not even encoded."""
        problem = of_json(self.DATA, Limits(size=1))
        assert problem is not None
        assert problem.message.startswith(f"the document has {len(self.DATA)} or more")

    def test_of_a_file(self, tmp_path: Path) -> None:
        """A file of the size passes, and one larger is not read."""
        path = tmp_path / "zoe.json"
        path.write_bytes(self.DATA.encode())
        assert read(path, Person, limits=Limits(size=self.BYTES)).id == "ada"
        less = Limits(size=self.BYTES - 1)
        problem = refusal(lambda: read(path, Person, limits=less))
        assert problem is not None
        assert problem.message == (
            f"the document has {self.BYTES} bytes; the limit is {self.BYTES - 1}"
        )

    def test_of_a_file_that_hides_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of a file that says it is empty no more than one byte too many is read."""
        path = tmp_path / "zoe.json"
        path.write_bytes(self.DATA.encode() + b" " * 999)
        claim = SimpleNamespace(st_mode=stat.S_IFREG, st_size=0)
        monkeypatch.setattr(os, "fstat", lambda _: claim)
        monkeypatch.setattr(Path, "stat", lambda _: claim)
        problem = refusal(lambda: read(path, Person, limits=Limits(size=99)))
        assert problem is not None
        assert problem.message == (
            "the document has more than 99 bytes; the limit is 99"
        )


@needs_posix
class TestFiles:
    """Nothing but a file is opened, let alone waited for."""

    def told(self, path: Path) -> str:
        """What is said of the file at *path*."""
        with pytest.raises(DecodeError) as caught:
            read(path, Book)
        (problem,) = caught.value.problems
        assert problem.code == "file"
        return str(problem)

    def test_pipe(self, tmp_path: Path) -> None:
        """A pipe to which nobody writes is refused at once."""
        path = tmp_path / "book.toml"
        os.mkfifo(path)
        assert self.told(path) == (
            f"cannot read {str(path)!r}: it is a pipe"
            f" (name a regular file, such as a copy of what it gives)"
        )

    def test_directory(self, tmp_path: Path) -> None:
        """A directory is one, whatever its name."""
        path = tmp_path / "book.toml"
        path.mkdir()
        assert f"cannot read {str(path)!r}: it is a directory" in self.told(path)

    def test_device(self, tmp_path: Path) -> None:
        """A device may have no end."""
        path = tmp_path / "book.toml"
        path.symlink_to("/dev/zero")
        assert f"cannot read {str(path)!r}: it is a device" in self.told(path)

    def test_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A socket is for those who talk to it."""
        monkeypatch.chdir(tmp_path)  # names of sockets are short
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("book.toml")
        assert "cannot read 'book.toml': it is a socket" in self.told(Path("book.toml"))

    def test_loop(self, tmp_path: Path) -> None:
        """A link that leads to itself leads nowhere."""
        path = tmp_path / "book.toml"
        path.symlink_to(path)
        assert "too many levels of symbolic links" in self.told(path)

    def test_pipe_in_place_of_a_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nor is a pipe waited for that was a file a moment ago."""
        path = tmp_path / "book.toml"
        os.mkfifo(path)
        claim = SimpleNamespace(st_mode=stat.S_IFREG, st_size=0)
        monkeypatch.setattr(Path, "stat", lambda _: claim)
        assert "it is a pipe" in self.told(path)


class TestDepth:
    @pytest.mark.parametrize("depth", [1, 2, 5])
    def test_of_json(self, depth: int) -> None:
        """Brackets count, and braces, the outermost too."""
        tables = '{"a":' * (depth - 1) + "{}" + "}" * (depth - 1)
        for text in (json.dumps(nested(depth)), tables):
            assert of_json(text, Limits(depth=depth)) is None
            assert of_json(f"[{text}]", Limits(depth=depth)) is not None

    @pytest.mark.parametrize(
        "text",
        [
            "a = [[[1]]]",
            "a = {b = {c = {}}}",
            "a.b.c = {}",
            "a.b.c.d = 1",
            "[a.b.c]",
            '[a."]".c]',
            "[a.b]\nc.d = 1",
            "[a.b]\nc = []",
            "[[a.b]]",
            "[[a]]\nb = [1]",
            "[x]\na.b.c = 1\n[a]\nb = { c.d = 1 }",
            "a = [ # [[[[\n '[[[[', {b = [1]}]",
            'a = """[[[[\n"""\nb = [[[]]]',
            "a = {b = [[]], c = '}', d = 1}",
        ],
    )
    def test_of_toml(self, text: str) -> None:
        """Headers count, and dotted keys, and what is in brackets or braces."""
        assert of_toml(text, Limits(depth=4)) is None
        problem = of_toml(text, Limits(depth=3))
        assert problem is not None
        assert problem.message.startswith("the document is nested 4 deep at line ")
        assert problem.hint == "flatten it, or raise limits.depth"

    def test_of_toml_is_told_exactly_once_parsed(self) -> None:
        """Lists of tables that a header goes through count as well."""
        text = "[[a]]\n[[a.b]]\n[[a.b.c]]"
        assert of_toml(text, Limits(depth=7)) is None
        assert of_toml(text, Limits(depth=6)) is not None

    def test_is_told_with_its_place(self) -> None:
        """Where it is too deep is told by line and column."""
        problem = of_json('{"a":\n  [1, [[]]]}', Limits(depth=3))
        assert problem == Problem(
            "",
            "limit",
            "the document is nested 4 deep at line 2, column 8; the limit is 3",
            "flatten it, or raise limits.depth",
        )

    @pytest.mark.parametrize("depth", [1, 2, 5])
    def test_of_plain_data(self, depth: int) -> None:
        """Lists, tuples and tables count, and are told by pointer."""
        limits = Limits(depth=depth)
        assert of_plain(nested(depth), limits) is None
        assert of_plain((), limits) is None
        problem = of_plain({"a/b": nested(depth)}, limits)
        assert problem is not None
        assert problem.pointer == "/a~1b" + "/0" * (depth - 1)
        assert problem.message == (
            f"the document is nested {depth + 1} deep; the limit is {depth}"
        )

    @pytest.mark.parametrize("kind", [Person, Edition])
    def test_of_plain_data_without_an_end(self, kind: type[object]) -> None:
        """Plain data that contains itself is too deep, in lists or in tables."""
        table: dict[str, object] = dict(ADA)
        table["name"] = table
        rows: list[object] = []
        rows.append(rows)
        for endless in (table, rows, nested(100_000)):
            told = refusal(lambda d=endless: load(d, kind))  # type: ignore[misc]
            assert told is not None
            assert told.message == "the document is nested 49 deep; the limit is 48"

    def test_of_plain_data_with_odd_keys(self) -> None:
        """A pointer ends at the table whose key it cannot name."""
        for key in (1 << 99_999, None, b"a", 1.5):
            told = of_plain({"a": {key: nested(4)}}, Limits(depth=4))
            assert told is not None
            assert told.pointer == "/a"

    def test_beyond_what_python_can_do(self) -> None:
        """Whoever raises the limit is told by the parser that it is too deep."""
        wide = Limits(depth=10**6)
        for text in ("[" * 10_000 + "]" * 10_000, '{"a":' * 99_999):
            told = of_json(text, wide)
            assert told is None or told.message == "the document is nested too deeply"
        told = of_toml("a = " + "[" * 99_999, wide)
        assert told is not None
        deep: object = 1
        for _ in range(10_000):
            deep = {"edition": deep}
        with pytest.raises(DecodeError, match=r"'status' is missing"):
            load(deep, Edition, limits=wide)


class TestKeyParts:
    @pytest.mark.parametrize(
        "text",
        [
            "a.b.c = 1",
            "a . 'b.b' . \"c.c\" = 1",
            "'a'.b.c = 1",
            "x = 1\n\n# a.b.c.d\n[a.b.c]",
            "[ a . b . c ]",
            "[[a.b.c]]",
            "x = [1.5, {a.b.c = '.'}]",
            "1.2.3 = 4.5",
        ],
    )
    def test_of_toml(self, text: str) -> None:
        """Parts of bare and quoted keys count, wherever a key may stand."""
        assert of_toml(text, Limits(key_parts=3)) is None
        problem = of_toml(text, Limits(key_parts=2))
        assert problem is not None
        assert problem.message.startswith("a key has 3 parts at line ")
        assert problem.hint == "shorten it, or raise limits.key_parts"

    def test_of_json(self) -> None:
        """A key of JSON is one, whatever its dots."""
        assert of_json('{"a.b.c": 1.5}', Limits(key_parts=1)) is None


class TestDigits:
    @pytest.mark.parametrize(
        ("number", "forms"),
        [
            ("12345", "jt"),
            ("-12345", "jt"),
            ("12.345", "jt"),
            ("-0.1234", "jt"),
            ("123e45", "jt"),
            ("1.23E+45", "jt"),
            ("1.2e-345", "jt"),
            ("+1_23_45", "t"),
            ("0xfe0_0d", "t"),
            ("0b10_101", "t"),
            ("0o7_7777", "t"),
            ("1_2e3_4_5", "t"),
        ],
    )
    def test_are_counted_as_written(self, number: str, forms: str) -> None:
        """All digits count, those of the exponent too, and nothing else does."""
        texts = [(of_json, f'{{"id": {number}}}')] * ("j" in forms)
        texts += [(of_toml, f"id = {number}"), (of_toml, f"id = [[{number}]]")]
        for of, text in texts:
            assert of(text, Limits(digits=5)) is None
            problem = of(text, Limits(digits=4))
            assert problem is not None
            assert problem.message.startswith("a number has 5 digits at line 1, column")

    @pytest.mark.parametrize(
        "text",
        [
            'a = "123456"',
            "a = 2026-11-22",
            "a = 2026-11-22 10:00:00",
            "a = '''\n123456'''",
            "# 123456",
            "123456 = 1",
            "[123456]",
            "a = inf",
        ],
    )
    def test_are_those_of_numbers(self, text: str) -> None:
        """Texts, keys, comments and days have none."""
        assert of_toml(text, Limits(digits=4)) is None

    def test_of_plain_data(self) -> None:
        """A number of plain data is measured without writing it out."""
        limits = Limits(digits=10)
        fine: list[object] = [
            10**9,
            -(10**9),
            Decimal(10**9),
            True,
            1.5,
            Decimal("NaN"),
        ]
        assert of_plain(fine, limits) is None
        for number in (1 << 99_999, -(1 << 99_999), Decimal("12345.678901")):
            told = of_plain([0, {"a": number}], limits)
            assert told is not None
            assert told.pointer == "/1/a"
            assert told.hint == "shorten it, or raise limits.digits"

    @pytest.mark.parametrize("form", Format)
    def test_beyond_what_python_can_do(self, form: Format) -> None:
        """Whoever raises the limit is told in our words where Python gives up."""
        number = "1" * 5_000
        text = {Format.JSON: f"[{number}]", Format.TOML: f"id = {number}"}[form]
        wide = Limits(digits=10_000)
        told = refusal(lambda: loads(text, Person, form=form, limits=wide))
        assert told is not None
        assert told.message == "the document has a number that is too long to read"


class TestExponent:
    @pytest.mark.parametrize("form", Format)
    @pytest.mark.parametrize("sign", ["", "+", "-"])
    def test_either_way(self, form: Format, sign: str) -> None:
        """How far from zero it is counts, not how it is written."""
        limits = Limits(exponent=50)
        for exponent, is_over in (("50", False), ("0050", False), ("51", True)):
            number = f"1e{sign}{exponent}"
            text = {Format.JSON: f"[{number}]", Format.TOML: f"a = {number}"}[form]
            told = refusal(lambda t=text: loads(t, Person, form=form, limits=limits))  # type: ignore[misc]
            assert (told is not None) == is_over
        assert told is not None
        assert told.message.startswith(f"a number has the exponent {sign}51 at line 1")
        assert told.hint == "shorten it, or raise limits.exponent"

    @pytest.mark.parametrize("number", ["1e999999999", f"1e-{'9' * 4000}", "1E00999"])
    def test_however_long(self, number: str) -> None:
        """An exponent that is no number of ours is not made one."""
        told = of_json(number, Limits())
        assert told is not None
        assert len(str(told)) < 200

    def test_with_blanks_of_toml(self) -> None:
        """What is no number to TOML is left to its parser."""
        for number in ("1e_", "1e1__0", "1e+_5"):
            assert of_toml(f"a = {number}", Limits()) is None
        assert of_toml("a = 1e1_0", Limits(exponent=9)) is not None

    def test_of_plain_data(self) -> None:
        """Whatever was read of a text within limits is within them."""
        limits = Limits(exponent=5, digits=10)
        for written in ("1e5", "1234e5", "0.00000000001", "1e-5", "0.000012e-5"):
            assert of_plain([Decimal(written)], limits) is None
        for written in ("1e16", "1e-16", "0e99"):
            told = of_plain([Decimal(written)], limits)
            assert told is not None
            assert told.pointer == "/0"


class TestItems:
    def test_of_json(self) -> None:
        """Items and entries of all lists and tables are counted together."""
        text = '[1, {"a": [], "b": [null, "x"]}, {}]'
        assert of_json(text, Limits(items=7)) is None
        told = of_json(text, Limits(items=6))
        assert told is not None
        assert told.message == (
            "the document has 7 items and entries or more at line 1, column 34;"
            " the limit is 6"
        )
        assert told.hint == "split it, or raise limits.items"

    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("a = 1\nb = 2\n", 2),
            ("a.b = 1", 2),
            ("[a.b]\nc = 1", 3),
            ("[[a]]\n[[a]]\n[[a.b]]", 7),
            ("a = [1, [2, 3,], {b = 4, c.d = 5},]", 9),
            ("a = [2026-11-22 10:00:00, 2026-11-22]", 3),
            ("a = []\nb = {}\nc = ''", 3),
        ],
    )
    def test_of_toml(self, text: str, count: int) -> None:
        """Every part of a key counts as often as it is written."""
        assert of_toml(text, Limits(items=count)) is None
        assert of_toml(text, Limits(items=count - 1)) is not None

    def test_of_plain_data(self) -> None:
        """What is shared is counted wherever it stands, and so never expands."""
        assert of_plain([1, {"a": 2}, ()], Limits(items=4)) is None
        told = of_plain([1, {"a": 2}, ()], Limits(items=3))
        assert told is not None
        assert told.pointer == "/2"
        laughs: list[object] = []
        for _ in range(30):
            laughs = [laughs] * 10
        assert of_plain(laughs, Limits()) is not None


class TestProblems:
    @given(st.integers(1, 20), st.integers(1, 20))
    def test_are_listed_up_to_the_limit(self, faults: int, most: int) -> None:
        """Up to the limit all are listed; beyond it the last one says so."""
        kinds: list[tuple[object, TypeForm[object]]] = [
            (dict.fromkeys(map(str, range(faults))) | ADA, Person),
            ([1] * faults, tuple[Person, ...]),
        ]
        for document, kind in kinds:
            with pytest.raises(DecodeError) as caught:
                load(document, kind, limits=Limits(problems=most))
            problems = caught.value.problems
            assert len(problems) == (faults if faults <= most else most + 1)
            if faults > most:
                assert problems[-1] == Problem(
                    "",
                    "limit",
                    f"there are more problems than these {most}",
                    "mend these first, or raise limits.problems",
                )

    def test_of_several_fields(self) -> None:
        """Problems of all fields count together."""
        document = {"provider": 1, "parties": [1] * 9, "customers": [1] * 9}
        with pytest.raises(DecodeError) as caught:
            load(document, Book, limits=Limits(problems=3))
        places = [problem.pointer for problem in caught.value.problems]
        assert places == ["/provider", "/parties/0", "/parties/1", ""]

    def test_beyond_the_limit_are_not_looked_for(self) -> None:
        """What follows too many problems is measured, and not read.

        A list that no parser made is not read quickly first.
        """
        document = Counted([1] * 500)
        with pytest.raises(DecodeError):
            load(document, tuple[Person, ...], limits=Limits(problems=3))
        assert document.seen == 500 + 4

    def test_of_an_edition(self) -> None:
        """An edition is no exception."""
        document = {f"k{i}": 1 for i in range(5_000)}
        with pytest.raises(DecodeError) as caught:
            load(document, Edition)
        assert len(caught.value.problems) == 101

    def test_of_ids_are_guessed_for_the_first(self) -> None:
        """Which id was meant is guessed for a few, for that takes a look at all."""
        parties = [{"type": "person", "id": f"ada{i}", "name": "A"} for i in range(90)]
        work = {"opened": "2026-01-01", "services": [{"line": "tax"}]}
        engagements = [
            {**work, "id": f"e{i}", "clients": [f"aada{i}"]} for i in range(20)
        ]
        provider = {"type": "person", "id": "us", "name": "Us"}
        document = {
            "provider": provider,
            "parties": parties,
            "engagements": engagements,
        }
        with pytest.raises(DecodeError) as caught:
            load(document, Book)
        hints = [problem.hint for problem in caught.value.problems]
        assert hints[:10] == [f"did you mean 'ada{i}'?" for i in range(10)]
        assert hints[10:] == ["add it to parties, or name another"] * 10
