r"""Pictures: a table as its reader sees it, which says all that its author wrote.

Rules are rows, and the facts that any rule reads are columns, named as in a
document.  Texts may be anything: what would be taken for markup is escaped, and
what cannot be shown is written out as in Python, ``\n``, a backslash doubled.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from html import escape
from unicodedata import combining, east_asian_width

from attrs import frozen

from relationkit.tables._table import Rule, Table

__all__ = ["html", "markdown", "text"]

CONTESTED = "yes"
FIRED = ">"
GAP = "  "
BLANK = r"\x20"
MARKUP = {ord(one): f"\\{one}" for one in r"\`*_[]<|{}$~&"}


@frozen
class _Grid:
    """The texts of a picture, before they are put into any form.

    Attributes:
        head: What each column is.
        rows: The cells of each rule, and whether it fired.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], bool], ...]

    @classmethod
    def of(cls, table: Table[StrEnum], fired: Iterable[str]) -> "_Grid":
        """The grid of *table*, in which rules *fired*."""
        places = {table.place(id_) for id_ in fired}
        is_contested = any(rule.contested for rule in table.rules)
        told = ["because", "source", *(["contested"] if is_contested else [])]
        head = ["id", *table.facts, f"=> {table.yields}", *told]
        rows = (
            tuple(map(_shown, _cells(rule, table.facts)))[: len(head)]
            for rule in table.rules
        )
        return cls(
            tuple(map(_shown, head)),
            tuple((row, at in places) for at, row in enumerate(rows)),
        )


def _cells(rule: Rule[StrEnum], facts: Sequence[str]) -> Iterator[str]:
    yield rule.id
    yield from (rule.cell(fact).text for fact in facts)
    yield from (rule.answer, rule.because, rule.source)
    yield CONTESTED if rule.contested else ""


def _shown(text: str) -> str:
    """The *text* with all written out that cannot be seen, so that nothing is lost."""
    inner = text.strip(" ")
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - before - len(inner)
    return BLANK * before + "".join(map(_character, inner)) + BLANK * after


def _character(one: str) -> str:
    is_seen = one.isprintable() and one != "\\"
    return one if is_seen else one.encode("unicode_escape").decode()


def markdown(table: Table[StrEnum], fired: Iterable[str] = ()) -> str:
    """The *table* in Markdown, with the rules *fired*, given by id, in bold.

    >>> from relationkit import policy, tables
    >>> support = policy.edition("2026-11").policy.sla
    >>> picture = tables.markdown(support, ["anyone"])
    >>> picture.splitlines()[-1].split(" | ")[0]
    '| **anyone**'

    Raises:
        UnknownIdError: If the table has no such rule.
    """
    grid = _Grid.of(table, fired)
    lines = [_piped(grid.head), "|" + " --- |" * len(grid.head)]
    lines += [_piped(row, "**" if is_fired else "") for row, is_fired in grid.rows]
    return "\n".join(lines) + "\n"


def _piped(cells: Iterable[str], around: str = "") -> str:
    texts = (cell.translate(MARKUP) for cell in cells)
    told = (f"{around}{text}{around}" if text else "" for text in texts)
    return f"| {' | '.join(told)} |"


def html(table: Table[StrEnum], fired: Iterable[str] = ()) -> str:
    """The *table* in HTML, with the rules *fired*, given by id, marked.

    Their rows are of the class ``fired``, and the table is of the class
    ``decisions``.

    >>> from relationkit import policy, tables
    >>> support = policy.edition("2026-11").policy.sla
    >>> '<tr class="fired">' in tables.html(support, ["anyone"])
    True

    Raises:
        UnknownIdError: If the table has no such rule.
    """
    grid = _Grid.of(table, fired)
    head = "".join(f'<th scope="col">{_escaped(cell)}</th>' for cell in grid.head)
    lines = ['<table class="decisions">', f"<thead><tr>{head}</tr></thead>", "<tbody>"]
    lines += [_row(cells, is_fired=is_fired) for cells, is_fired in grid.rows]
    return "\n".join([*lines, "</tbody>", "</table>", ""])


def _row(cells: Iterable[str], *, is_fired: bool) -> str:
    opens, closes = ("<mark>", "</mark>") if is_fired else ("", "")
    texts = map(_escaped, cells)
    id_, *rest = (f"{opens}{text}{closes}" if text else "" for text in texts)
    row = '<tr class="fired">' if is_fired else "<tr>"
    told = "".join(f"<td>{text}</td>" for text in rest)
    return f'{row}<th scope="row">{id_}</th>{told}</tr>'


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def text(table: Table[StrEnum], fired: Iterable[str] = ()) -> str:
    """The *table* as plain text, with ``>`` before the rules *fired*, given by id.

    A rule is a line, however long, and columns stand below each other.

    >>> from relationkit import policy, tables
    >>> support = policy.edition("2026-11").policy.sla
    >>> tables.text(support, ["anyone"]).splitlines()[-1].split()[:2]
    ['>', 'anyone']

    Raises:
        UnknownIdError: If the table has no such rule.
    """
    grid = _Grid.of(table, fired)
    rows = [grid.head, *(row for row, _ in grid.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    signs = [FIRED if is_fired else " " for _, is_fired in grid.rows]
    head, *lines = (GAP.join(map(_padded, row, widths)) for row in rows)
    ruled = GAP.join("-" * width for width in widths)
    signed = zip([" ", " ", *signs], [head, ruled, *lines], strict=True)
    return "".join(f"{sign} {told}".rstrip() + "\n" for sign, told in signed)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """How many columns of a terminal it takes."""
    wide = sum(east_asian_width(one) in "WF" for one in text)
    return len(text) + wide - sum(combining(one) > 0 for one in text)
