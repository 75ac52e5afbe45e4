"""Whoever sends a document in bad faith is told so: quickly, in a line, and no more.

Each document is read in a process of its own, which the system ends once it has
taken two seconds of a processor, or wants more than 300 MB of addresses, of
which what it really fills is a part.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import attrs
import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no such budget there")

SECONDS = 2
BYTES = 300 << 20
BUDGET = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_AS, ({BYTES}, {BYTES}))
"""
COMMAND = "from relationkit.cli import main; sys.exit(main())"
READ = """
from relationkit import codec
from relationkit.books import Book
from relationkit.errors import DecodeError
try:
    codec.read(sys.argv[1], Book, limits=codec.Limits({}))
except DecodeError as error:
    sys.exit(str(error))
"""
# What measures the tests themselves is no part of what a document costs.
ENV = {key: os.environ[key] for key in os.environ if not key.startswith("COVERAGE")}

Made: TypeAlias = bytes | Callable[[Path], object]
MILLION = 1_000_000
DEEP = 100_000
MANY = 95_000  # little less than what may be in a document
BIG = 4_000_000
US = '"provider": {"type": "person", "id": "us", "name": "Us"}'
WORK = '"opened": "2026-01-01", "services": [{"line": "tax"}]'


def run(code: str, *arguments: str | Path) -> "subprocess.CompletedProcess[bytes]":
    """Run *code* within the budget."""
    return subprocess.run(
        [sys.executable, "-c", BUDGET + code, *map(str, arguments)],
        capture_output=True,
        check=False,
        env=ENV | {"PYTHONIOENCODING": "utf-8"},
    )


def keys(count: int, form: str, between: str) -> str:
    return between.join(form.format(i) for i in range(count))


def table(count: int, form: str) -> bytes:
    """A table in JSON with so many keys."""
    return f"{{{keys(count, form, ', ')}}}".encode()


def long_text(before: bytes, after: bytes) -> Callable[[Path], object]:
    """Makes a file with a text of 100 MB in it."""
    return lambda path: path.write_bytes(before + b"x" * 100 * MILLION + after)


def records(shelf: str, each: Iterable[str]) -> bytes:
    """A book in JSON with records on one shelf."""
    return f'{{{US}, "{shelf}": [{", ".join(each)}]}}'.encode()


def in_headers(count: int) -> bytes:
    return "".join(f"[[{'a.' * 15}k{i}]]\n" for i in range(count)).encode()


@attrs.frozen
class Hostile:
    """A document in bad faith.

    Attributes:
        name: Of its file.
        made: What is in it, or how it is made.
        told: What is said of it, in the first line.
    """

    name: str
    made: Made
    told: str

    def put(self, folder: Path) -> Path:
        """Put it into a *folder*."""
        path = folder / self.name
        if isinstance(self.made, bytes):
            path.write_bytes(self.made)
        else:
            self.made(path)
        return path


def named(parameter: object) -> str | None:
    return parameter.name if isinstance(parameter, Hostile) else None


def told_once(result: "subprocess.CompletedProcess[bytes]") -> list[str]:
    """The lines that tell what is wrong, once it is sure that nothing else happened."""
    told = result.stderr.decode()
    assert (result.returncode, result.stdout) == (1, b""), told[-2_000:]
    assert "Traceback" not in told
    assert told.replace("\n", "").isprintable()
    assert len(told) < 30_000
    return told.splitlines()


EXPONENT = "a number has the exponent {} at line {}, column {}; the limit is 400"
DIGITS = "a number has 1000000 digits at line 1, column {}; the limit is 4300"
DEPTH = "the document is nested 49 deep at line 1, column {}; the limit is 48"
PARTS = "a key has 20000 parts at line {}, column {}; the limit is 16"
SIZE = "the document has {} bytes; the limit is 4194304"
OVER = [
    Hostile("exponent.json", b"1e999999999", EXPONENT.format(999999999, 1, 1)),
    Hostile(
        "exponent-within.json",
        b'{"a":\n [-1E-999999999]}',
        EXPONENT.format(-999999999, 2, 3),
    ),
    Hostile(
        "exponent.toml",
        b"a = 1\nb = 1e+9_99999999",
        EXPONENT.format("+999999999", 2, 5),
    ),
    Hostile("digits.json", b"1" * MILLION, DIGITS.format(1)),
    Hostile(
        "digits-of-decimal.json",
        b'{"a": 0.%b}' % (b"1" * (MILLION - 1)),
        DIGITS.format(7),
    ),
    Hostile("digits.toml", b"a = %b" % (b"1" * MILLION), DIGITS.format(5)),
    Hostile("digits-of-hex.toml", b"a = 0x%b" % (b"f" * MILLION), DIGITS.format(5)),
    Hostile(
        "digits-of-binary.toml",
        b"a = 0b1%b" % (b"_1" * (MILLION - 1)),
        DIGITS.format(5),
    ),
    Hostile("open-lists.json", b"[" * DEEP, DEPTH.format(49)),
    Hostile("lists.json", b"[" * DEEP + b"]" * DEEP, DEPTH.format(49)),
    Hostile("tables.json", b'{"a":' * DEEP + b"1" + b"}" * DEEP, DEPTH.format(241)),
    Hostile("lists.toml", b"a = " + b"[" * DEEP + b"]" * DEEP, DEPTH.format(52)),
    Hostile(
        "open-tables.toml", b"a = " + b"{a = " * DEEP + b"}" * DEEP, DEPTH.format(240)
    ),
    Hostile(
        "key-in-header.toml", b"[" + b"a." * 15 + b"a]\n" + b"a." * 9_999, "a key has"
    ),
    Hostile("key.toml", b"a." * 19_999 + b"a = 1", PARTS.format(1, 1)),
    Hostile("header.toml", b"[" + b"a." * 19_999 + b"a]", PARTS.format(1, 2)),
    Hostile(
        "header-of-item.toml", b"\n[[" + b"a." * 19_999 + b"a]]", PARTS.format(2, 3)
    ),
    Hostile(
        "key-of-item.toml", b"a = [{" + b"a." * 19_999 + b"a = 1}]", PARTS.format(1, 7)
    ),
    Hostile(
        "quoted-key.toml",
        b"a = 1\n" + b"'' . " * 19_999 + b"'' = 1",
        "a key has 17 parts",
    ),
    Hostile("text-100-mb.json", long_text(b'{"a": "', b'"}'), SIZE.format(100000009)),
    Hostile("text-100-mb.toml", long_text(b"a = '", b"'"), SIZE.format(100000006)),
    Hostile("million-keys.json", table(MILLION, '"{}": 1'), SIZE[:17]),
    Hostile("million-keys.toml", keys(MILLION, "{} = 1", "\n").encode(), SIZE[:17]),
    Hostile("headers.toml", in_headers(20_000), "the document has 100"),
]
WRONG = [
    Hostile("nul.json", b'{"a\0b": 1}', "this is not JSON: Invalid control character"),
    Hostile("nul.toml", b"a = '\0'", "this is not TOML: "),
    Hostile("only-nul.toml", b"\0" * BIG, "this is not TOML: "),
    Hostile("escape.json", b'{"\x1b[2J": 1}', "this is not JSON: Invalid control"),
    Hostile("escaped.json", rb'{"\u001b[2J\u0000": 1}', r"/\x1b[2J\x00: unknown key"),
    Hostile("escaped.toml", rb'"\u001b]0;\u0007" = 1', r"/\x1b]0;\x07: unknown key"),
    Hostile("latin.json", b'{"a": "\xff"}', "the document is not UTF-8: byte 7, 0xff"),
    Hostile("cut-short.toml", b"a = '\xc3'", "the document is not UTF-8: byte 5, 0xc3"),
    Hostile(
        "surrogate-bytes.json",
        b'"\xed\xa0\x80"',
        "the document is not UTF-8: byte 1, 0xed",
    ),
    Hostile(
        "utf-16.json", '{"a": 1}'.encode("utf-16"), "the document is not UTF-8: byte 0"
    ),
    Hostile(
        "surrogate.json", rb'{"\ud800": "\udfff"}', r"/\ud800: unknown key '\ud800'"
    ),
    Hostile("surrogate.toml", rb'a = "\ud800"', "this is not TOML: "),
    Hostile("pipe.toml", os.mkfifo, "cannot read '{}': it is a pipe"),
    Hostile(
        "loop.json", lambda p: p.symlink_to(p), "cannot read '{}': too many levels"
    ),
    Hostile(
        "zero.json", lambda p: p.symlink_to("/dev/zero"), "cannot read '{}': it is"
    ),
    Hostile(
        "directory.json", lambda p: p.mkdir(), "cannot read '{}': it is a directory"
    ),
    Hostile("gone.json", lambda p: p.symlink_to("x"), "cannot read '{}': no such file"),
    Hostile("blank.toml", b"\n" * BIG, "the document is empty"),
    Hostile("comments.toml", b"#\n" * (BIG // 8), "'provider' is missing"),
    Hostile("long-key.json", b'{"%b": 1}' % (b"k" * BIG), "/kkkk"),
    Hostile("long-key.toml", b"'%b' = 1" % (b"k" * BIG), "/kkkk"),
    Hostile("twice.json", b'{"%b": 1, "%b": 2}' % (2 * (b"k" * (BIG // 2),)), "/kkk"),
    Hostile("twice.toml", b"a={'%b'=1,'%b'=2}" % (2 * (b"k" * (BIG // 2),)), "this is"),
    Hostile("zone.json", b'{"zone": "%b"}' % (b"a/" * (BIG // 2)), "'provider' is"),
]
PAPER = '"id": "c", "form": "estimate", "parties": ["us", "a"]'
SIGNED = keys(30_000, '{{"party": "x{}", "on": "2026-01-01"}}', ", ")
SCALE = '"priorities": [{}]'.format(keys(94_900, '"p{}"', ", "))
HOW = (
    '"coverage": "always", "channel": "general", "named_contact": false,'
    ' "manner": "reactive"'
)
EACH = '{{"priority": "p{}", "first_response": "1h", "resolution": "2h"}}'
FEWER = keys(15_000, '"p{}"', ", ")
SERVED = f'"priorities": [{FEWER}], "targets": [{keys(15_000, EACH, ", ")}], {HOW}'
MANY_FAULTS = [
    Hostile("near-keys.json", table(MANY, '"name{}": 1'), "/name0: unkn"),
    Hostile(
        "wrong-items.json",
        records("parties", ["1"] * MANY),
        "/parties/0: expected a table",
    ),
    Hostile(
        "wrong-types.json",
        records("parties", (f'{{"type": "persn{i}"}}' for i in range(MANY // 2))),
        "/parties/0/type: unknown type: 'persn0', a text (did you mean 'person'?)",
    ),
    Hostile(
        "same-ids.json",
        records("parties", [US.partition(" ")[2]] * (MANY // 10)),
        "/parties/0: the id 'us' is on record before this one",
    ),
    Hostile(
        "unknown-ids.json",
        records(
            "engagements",
            (f'{{"id": "e{i}", {WORK}, "clients": ["x{i}"]}}' for i in range(5_000)),
        ),
        "/engagements/0/clients/0: 'x0' is not among the parties of the book",
    ),
    Hostile(
        "strangers-signed.json",
        records("contracts", [f'{{{PAPER}, "signatures": [{SIGNED}]}}']),
        "/contracts/0/signatures/0: signatures of 'c': 'x0' signed and is not a party",
    ),
    Hostile(
        "priorities.json",
        records(
            "contracts", [f'{{{PAPER}, "plan": {{{SCALE}, "targets": [], {HOW}}}}}']
        ),
        "/contracts/0/plan/priorities: expected one or more, 100 at most, got 94900",
    ),
    Hostile(
        "served-by-priorities.json",
        records("contracts", [f'{{{PAPER}, "plan": {{{SERVED}}}}}']),
        "/contracts/0/plan/priorities: expected one or more, 100 at most, got 15000",
    ),
    Hostile(
        "long-id.json",
        records("customers", ['{"party": "%s"}' % ("x" * BIG)]),
        "/customers/0/party: 'xxxx",
    ),
]


class TestBook:
    @pytest.mark.parametrize("hostile", OVER, ids=named)
    def test_over_a_limit(self, hostile: Hostile, tmp_path: Path) -> None:
        """One line tells the limit, what was found, where, and the remedy."""
        path = hostile.put(tmp_path)
        for result in (run(COMMAND, "assess", path), run(READ.format(""), path)):
            (told,) = told_once(result)
            assert told.removeprefix(f"{path}: ").startswith(hostile.told)
            assert ", or raise limits." in told
        path.unlink()

    @pytest.mark.parametrize("hostile", WRONG, ids=named)
    def test_wrong_in_itself(self, hostile: Hostile, tmp_path: Path) -> None:
        """What no limit is needed for is told as well, in the first line."""
        path = hostile.put(tmp_path)
        for result in (run(COMMAND, "assess", path), run(READ.format(""), path)):
            told, *_ = told_once(result)
            said = told.removeprefix(f"{path}: ")
            assert said.startswith(hostile.told.format(path))

    @pytest.mark.parametrize("hostile", MANY_FAULTS, ids=named)
    def test_wrong_in_many_places(self, hostile: Hostile, tmp_path: Path) -> None:
        """Of many faults the first hundred are told, and that there are more."""
        path = hostile.put(tmp_path)
        for result in (run(COMMAND, "assess", path), run(READ.format(""), path)):
            told = told_once(result)
            assert told[0].removeprefix(f"{path}: ").startswith(hostile.told)
            assert len(told) in {1, 101}
            assert len(told) == 1 or "more problems than these 100" in told[-1]

    @pytest.mark.parametrize(
        ("hostile", "raised"),
        [
            (OVER[-3], "size=1 << 30"),
            (OVER[-2], "size=1 << 30"),
            (OVER[-1], "size=1 << 30, depth=1 << 30"),
        ],
        ids=named,
    )
    def test_over_the_next_limit(
        self, hostile: Hostile, raised: str, tmp_path: Path
    ) -> None:
        """Whoever raises one limit is still kept by the others."""
        (told,) = told_once(run(READ.format(raised), hostile.put(tmp_path)))
        assert told.startswith("the document has 1000")
        assert told.endswith("(split it, or raise limits.items)")


SLA = """
[sla]
columns = ["id", "largest_sale", "=> attention", "because", "source"]
rows = [
{}
]
"""


def rows(cells: Iterable[str]) -> bytes:
    """A table of support with one cell in each row."""
    each = (f'["r{i}", "{c}", "counter", "b", "s"],' for i, c in enumerate(cells))
    return SLA.format("\n".join(each)).encode()


EDITIONS: dict[str, Callable[[], bytes]] = {
    "all alike": lambda: rows(["-"] * 15_000),
    "as many as may be, alike": lambda: rows(["-"] * 5_000),
    "as many as may be, apart": lambda: rows(f"{i} .. {i + 1}" for i in range(5_000)),
    "all apart": lambda: rows(f"{i} .. {i + 1}" for i in range(15_000)),
    "as many as are proved": lambda: rows(
        f"{2 * i} .. {2 * i + 1}" for i in range(600)
    ),
    "a long list": lambda: rows([", ".join(map(str, range(500_000))), "-"]),
    "lists enough": lambda: rows([", ".join(map(str, range(2, 24_000, 2))), "-"]),
    "nothing but commas": lambda: rows(["," * 3_000_000]),
    "a long number": lambda: rows(["9" * 3_000_000]),
    "a number in parts": lambda: rows(["1_" * 1_500_000]),
    "a range without an end": lambda: rows([".." * 1_500_000]),
    "not and not again": lambda: rows(["not(" * 700_000]),
    "blanks": lambda: rows(["<" + " " * 3_000_000]),
    "many columns": lambda: b"sla.columns = [%b]" % (b'"id",' * 95_000),
    "many facts": lambda: keys(
        95_000 // 4, "[[sla.rule]]\nstakes{} = 1", "\n"
    ).encode(),
    "many keys": lambda: keys(MANY // 2, "edition{} = 1", "\n").encode(),
    "a blank name": lambda: b"edition = '%b'" % (b" " * BIG),
}


class TestEdition:
    @pytest.mark.parametrize("name", EDITIONS)
    def test_is_refused(self, name: str, tmp_path: Path) -> None:
        """An edition that nobody could prove is refused before anyone tries."""
        path = tmp_path / "edition.toml"
        path.write_bytes(EDITIONS[name]())
        told = told_once(run(COMMAND, "check", path))
        assert all(line.startswith(f"{path}: ") for line in told)
