"""Files, bytes and texts: what cannot be read is told, and nothing else happens."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relationkit.codec import Format, loads, read
from relationkit.errors import DecodeError, Problem
from relationkit.parties import Person
from relationkit.records import PartyId

ADA = Person(id=PartyId("ada"), name="Ada Byron")
IN_JSON = b'{"id": "ada", "name": "Ada Byron"}'
IN_TOML = b'id = "ada"\nname = "Ada Byron"\n'


def told(path: Path) -> Problem:
    """The one problem of a file."""
    with pytest.raises(DecodeError) as caught:
        read(path, Person)
    (problem,) = caught.value.problems
    assert problem.pointer == ""
    assert str(problem).isprintable()
    return problem


def fault(data: str | bytes, form: Format) -> str:
    """The one problem of *data*, as it is shown."""
    with pytest.raises(DecodeError) as caught:
        loads(data, Person, form=form)
    (problem,) = caught.value.problems
    assert problem.pointer == ""
    return str(problem)


class TestRead:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("ada.json", IN_JSON),
            ("ada.toml", IN_TOML),
            ("ada.v1.TOML", IN_TOML),
            ("ada.toml", b"\xef\xbb\xbf" + IN_TOML),
            ("ada.json", b"\xef\xbb\xbf\r\n" + IN_JSON),
        ],
    )
    def test_form(self, tmp_path: Path, name: str, data: bytes) -> None:
        """The suffix tells the form; a byte order mark is no fault."""
        path = tmp_path / name
        path.write_bytes(data)
        assert read(path, Person) == ADA
        assert read(str(path), Person) == ADA

    @pytest.mark.parametrize("name", ["ada", "ada.yaml", "ada.", ".toml", "toml", ""])
    def test_suffix(self, tmp_path: Path, name: str) -> None:
        """A file of no known form is not read; it is told which forms there are."""
        assert told(tmp_path / name) == Problem(
            "",
            "file",
            f"cannot tell the form of {str(tmp_path / name)!r}",
            "name a file that ends in .toml or .json",
        )

    def test_missing(self, tmp_path: Path) -> None:
        """A file that is not there is told by its name."""
        path = tmp_path / "ada's.toml"
        assert told(path).code == "file"
        assert told(path).message == f"cannot read {str(path)!r}: {no_such_file()}"

    def test_directory(self, tmp_path: Path) -> None:
        """A directory is no file, whatever its name ends in."""
        path = tmp_path / "books.toml"
        path.mkdir()
        assert told(path).code == "file"
        assert str(path) in told(path).message

    @pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\udcff", "a\nb", "x/y"])
    def test_name(self, name: str) -> None:
        """A name that no file can have is told like any other."""
        assert told(Path(f"{name}.json")).message.startswith("cannot read '")


def no_such_file() -> str:
    return os.strerror(2).lower()


class TestLoads:
    @pytest.mark.parametrize("form", Format)
    @pytest.mark.parametrize("data", ["", " \r\n\t", "\ufeff", b"\xef\xbb\xbf\n"])
    def test_empty(self, data: str | bytes, form: Format) -> None:
        """Nothing but blanks is no document."""
        assert fault(data, form) == "the document is empty"

    @pytest.mark.parametrize("form", Format)
    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_encoding(self, mark: bytes, form: Format) -> None:
        """What is not UTF-8 is told by the first byte at fault."""
        data = mark + b"id = 'Zo\xeb'"
        assert fault(data, form) == (
            f"the document is not UTF-8: byte {len(mark) + 8}, 0xeb (save it as UTF-8)"
        )

    @pytest.mark.parametrize("form", Format)
    def test_surrogate(self, form: Format) -> None:
        """A text with half of a character in it has no bytes."""
        assert "not UTF-8: byte 6, 0xed" in fault("id = '\ud800'", form)

    @pytest.mark.parametrize(
        ("data", "place"),
        [
            ('id = "ada"\nname = \n', "at line 2, column 8"),
            ('id = "ada"\nid = "bob"', "Cannot overwrite a value (at "),
            ('id = "ada"\nid = "bob"', "(a key or table stands twice; keep one)"),
            ("a = {b = 1, b = 2}", "'b' (at line 1, column 18) (a key or table stands"),
            ("id = 'ada'\n[id]\n", "at line 2, column 4"),
            ("on = 2026-02-30", "Invalid date or datetime"),
            ("id = 'a\x07'", "at line 1, column 8"),
        ],
    )
    def test_toml(self, data: str, place: str) -> None:
        """What is not TOML is told by its line."""
        assert fault(data, Format.TOML).startswith("this is not TOML: ")
        assert place in fault(data, Format.TOML)

    def test_long_key(self) -> None:
        """What a parser quotes at length is told in short."""
        key = "k" * 5_000
        told = fault(f"id = {{ {key} = 1, {key} = 2 }}", Format.TOML)
        assert told.startswith("this is not TOML: ")
        assert len(told) < 300

    @pytest.mark.parametrize(
        ("data", "place"),
        [
            ('{"id": "ada",\n "name" "Ada"}', "line 2 column 9"),
            ('{"id": "ada"} {}', "Extra data: line 1 column 15"),
            ("{'id': 'ada'}", "line 1 column 2"),
            ('{"id": "a\tb"}', "line 1 column 10"),
            ('{"id": NaN}', "NaN is not a number"),
            ('{"id": [-Infinity]}', "-Infinity is not a number"),
        ],
    )
    def test_json(self, data: str, place: str) -> None:
        """What is not JSON is told."""
        assert fault(data, Format.JSON).startswith("this is not JSON: ")
        assert place in fault(data, Format.JSON)

    @pytest.mark.parametrize("form", Format)
    @pytest.mark.parametrize("number", ["9" * 4000, "1e400", "-0.0", "1e-400"])
    def test_long_number(self, number: str, form: Format) -> None:
        """A long number is one like any other: no text."""
        data = {
            Format.JSON: f'{{"id": {number}, "name": "x"}}',
            Format.TOML: f'id = {number}\nname = "x"',
        }[form]
        with pytest.raises(DecodeError, match=r"^/id: expected a text, got .* number$"):
            loads(data, Person, form=form)

    def test_hexadecimal(self) -> None:
        """A number may be long in TOML alone, where Python would not write it out."""
        data = f"id = 0x{'f' * 4000}\nname = 'x'"
        with pytest.raises(
            DecodeError, match=r"^/id: expected a text, got a huge number"
        ):
            loads(data, Person, form=Format.TOML)

    @pytest.mark.parametrize("form", Format)
    @given(data=st.binary() | st.text().map(str.encode))
    def test_anything(self, form: Format, data: bytes) -> None:
        """Whatever the bytes, nobody of that id is read, and the fault can be shown."""
        with pytest.raises(DecodeError) as caught:
            loads(data, Person, form=form)
        assert all(str(problem).isprintable() for problem in caught.value.problems)

    @given(st.text(st.sampled_from("={}[]\"'\\.,#0x1e:-uTZ \nab"), max_size=40))
    @example("a = 0000-00-00")
    @example('a = "\\UFFFFFFFF"')
    def test_anything_like_toml(self, text: str) -> None:
        """Whatever looks like TOML is read, or refused with a problem to show."""
        with pytest.raises(DecodeError) as caught:
            loads(text, Person, form=Format.TOML)
        assert all(str(problem).isprintable() for problem in caught.value.problems)

    @given(st.recursive(st.none() | st.text(), st.lists))
    def test_json_text(self, document: object) -> None:
        """Text and its bytes are read alike."""
        text = json.dumps(document, ensure_ascii=False)
        with pytest.raises(DecodeError) as of_text:
            loads(text, Person)
        with pytest.raises(DecodeError) as of_bytes:
            loads(text.encode(), Person)
        assert of_text.value.problems == of_bytes.value.problems
