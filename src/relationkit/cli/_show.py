"""Show: text, words and tables on whatever the output is."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import click
from rich.cells import cell_len
from rich.console import Console, ConsoleRenderable
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = [
    "GAP",
    "INDENT",
    "CutOffError",
    "console",
    "either",
    "grid",
    "line",
    "plain",
    "put",
    "rule",
    "widths",
    "words",
    "write",
]

GAP = 2
INDENT = 2
NARROW = 32


class CutOffError(Exception):
    """That nobody reads on; of a broken pipe click makes an error like any other."""


def plain(text: str) -> str:
    """The *text* with every character that cannot be shown written out.

    >>> plain("rung" + chr(7)) == "rung" + chr(92) + "x07"
    True
    """
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode()
        for one in text
    )


def line(text: str) -> str:
    """The *text* on one line, as :func:`plain` has it."""
    return plain(" ".join(text.split()))


def words(name: str) -> str:
    """The words of which a wire name is made.

    >>> words("former_client")
    'former client'
    """
    return name.replace("_", " ")


def either(names: Iterable[str]) -> str:
    """One or the other.

    >>> either(["a"]), either(["a", "b", "c"])
    ('a', 'a, b or c')
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def console() -> Console:
    """The output as it is: its width, and its colours if it has any.

    Nothing narrower than that many columns is a width to set a line in.
    """
    made = Console()
    made.width = max(made.width, NARROW)
    return made


def put(made: Console, parts: Iterable[ConsoleRenderable]) -> None:
    """Print *parts*, one below the other."""
    with made.capture() as captured:
        for part in parts:
            made.print(part)
    write("\n".join(one.rstrip() for one in captured.get().splitlines()))


def write(text: str) -> None:
    """Print *text* as it is.

    Raises:
        CutOffError: If nobody reads on.
    """
    try:
        click.echo(text, file=sys.stdout, color=True)
    except BrokenPipeError as error:
        raise CutOffError from error


def rule(made: Console, width: int) -> Text:
    """A line across, of a *width*."""
    return Text(("-" if made.options.ascii_only else "\u2500") * width, "dim")


def grid(
    columns: Sequence[int], cells: Iterable[ConsoleRenderable], indent: int = 0
) -> Padding:
    """One row of *cells* in *columns* of the widths given."""
    row = Table.grid(padding=(0, GAP, 0, 0))
    for width in columns:
        row.add_column(width=width, overflow="fold")
    row.add_row(*cells)
    return Padding(row, (0, 0, 0, indent))


def widths(columns: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide to make each of *columns* so that no word is broken.

    None if there is no *room* for that.  What room there is beyond goes where it
    saves the most lines.
    """
    chosen = [max(_lengths(cells, str.split)) for cells in columns]
    lines = [Counter(_lengths(cells, str.splitlines)) for cells in columns]
    left = room - GAP * (len(columns) - 1) - sum(chosen)
    for _ in range(left):
        gains = [_gain(*one) for one in zip(lines, chosen, strict=True)]
        if max(gains) == 0:
            break
        chosen[gains.index(max(gains))] += 1
    return chosen if left >= 0 else None


def _lengths(cells: Iterable[str], cut: Callable[[str], list[str]]) -> Iterator[int]:
    yield 1  # also in a column of nothing
    yield from (cell_len(part) for cell in cells for part in cut(cell))


def _gain(lines: Counter[int], width: int) -> float:
    """How many lines fewer there will be, about, if a column is one wider.

    A text of *n* takes about *n / width* lines.
    """
    wrapped = (n * count for n, count in lines.items() if n > width)
    return sum(wrapped) / width**2
