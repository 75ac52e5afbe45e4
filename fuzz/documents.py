"""Fuzzing: bytes of any kind, read as documents, are refused in one way only.

Run by ``nox -s fuzz``.  What breaks it is kept in ``fuzz/corpus``, beside the
documents it starts from; the ordinary tests read all of them.
"""
# ruff: noqa: INP001, a script and not a package

import sys
from itertools import product

import atheris

with atheris.instrument_imports(include=["relationkit", "tomllib"]):
    from relationkit import codec
    from relationkit.books import Book
    from relationkit.errors import DecodeError
    from relationkit.policy import Edition

READINGS = tuple(product((Book, Edition), codec.Format))


def read(data: bytes) -> None:
    """Read *data* in every way there is; let nothing pass but a DecodeError."""
    for kind, form in READINGS:
        try:
            codec.loads(data, kind, form=form)
        except DecodeError as error:
            if not all(str(problem).isprintable() for problem in error.problems):
                raise AssertionError(error.problems) from error


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
