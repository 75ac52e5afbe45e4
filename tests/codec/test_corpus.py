"""What the fuzzer starts from, and all that it ever broke, read again."""

from itertools import product
from pathlib import Path

import pytest
from typing_extensions import TypeForm

from relationkit import codec
from relationkit.books import Book
from relationkit.codec import Format
from relationkit.errors import DecodeError, Problem
from relationkit.policy import Edition

CORPUS = sorted(Path(__file__).parents[2].joinpath("fuzz", "corpus").iterdir())
KINDS: tuple[TypeForm[object], ...] = (Book, Edition)


def told(
    data: bytes, kind: TypeForm[object], form: Format
) -> tuple[Problem, ...] | None:
    """What is wrong with *data*; None if nothing is."""
    try:
        codec.loads(data, kind, form=form)
    except DecodeError as error:
        return error.problems
    return None


class TestCorpus:
    @pytest.mark.parametrize("path", CORPUS, ids=lambda path: str(path.name))
    def test_is_refused_in_one_way_only(self, path: Path) -> None:
        """As a book or an edition, in either form, each is read or refused."""
        for kind, form in product(KINDS, Format):
            problems = told(path.read_bytes(), kind, form)
            assert problems != ()
            assert all(str(problem).isprintable() for problem in problems or ())

    def test_has_a_book_in_it(self) -> None:
        """Something is read as well, or nothing would be seen of what comes after."""
        book = Path(__file__).parents[2] / "fuzz" / "corpus" / "provider.json"
        assert codec.read(book, Book).provider.name == "Lovelace & Co"
