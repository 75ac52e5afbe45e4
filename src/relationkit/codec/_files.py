"""Files: the bytes of one, and never of anything that only looks like one."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

from relationkit.codec._limits import Limits, refuse_over
from relationkit.errors import DecodeError, Problem

__all__ = ["bytes_of", "refuse_file"]

BLOCK = 1 << 20
KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


def bytes_of(file: Path, limits: Limits) -> bytes:
    """All that *file* holds, if it is a file and not too large.

    Raises:
        DecodeError: If it is not, or cannot be read.
    """
    try:
        _check(file, file.stat(), limits)
        with open(file, "rb", opener=_open) as opened:
            _check(file, os.fstat(opened.fileno()), limits)
            data = b"".join(_blocks(opened, limits.size + 1))
    except DecodeError:
        raise
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else None
        refuse_file(f"cannot read {str(file)!r}: {(told or str(error)).lower()}")
    if len(data) > limits.size:  # of a file that has grown, or does not tell its size
        refuse_over(limits, "size", f"more than {limits.size}")
    return data


def _blocks(opened: BinaryIO, most: int) -> Iterator[bytes]:
    """What there is to read, up to *most* bytes: no more is made room for."""
    while block := opened.read(min(most, BLOCK)):
        most -= len(block)
        yield block


def refuse_file(message: str, hint: str = "") -> NoReturn:
    """Refuse a file that cannot be read."""
    raise DecodeError([Problem("", "file", message, hint)]) from None


def _check(file: Path, found: os.stat_result, limits: Limits) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = next((t for is_kind, t in KINDS if is_kind(found.st_mode)), "a device")
        message = f"cannot read {str(file)!r}: it is {kind}"
        refuse_file(message, "name a regular file, such as a copy of what it gives")
    if found.st_size > limits.size:
        refuse_over(limits, "size", found.st_size)


def _open(path: str, flags: int) -> int:
    """Open without waiting, if a pipe has taken the place of the file."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
