"""Table: an assessment as people like to read it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import frozen
from rich.cells import cell_len
from rich.console import Console, ConsoleRenderable, Group
from rich.padding import Padding
from rich.text import Text

from relationkit.books import Book
from relationkit.cli._rows import CONTESTED, LABELS, Row, cells, in_full, rows
from relationkit.cli._show import GAP, INDENT, grid, line, rule, widths
from relationkit.cli._why import why
from relationkit.policy import Edition, EngagementPolicy
from relationkit.sla import PlanOf

__all__ = ["table"]

WHO = 22  # a word longer than this stands on a line of its own in a narrow table
LABEL = max(map(len, LABELS.values()))
CONTESTED_NOTE = f"{CONTESTED} contested: good sources disagree about the rule"
WORD_NOTE = '"..." what the rules that govern the work call them'
ASK_NOTE = "ask: what would settle it"
PLAN_NOTE = "Support for a request of normal priority:"


@frozen
class Shown:
    """A row with its cells."""

    row: Row
    cells: list[Text]

    @property
    def who(self) -> list[str]:
        """Whom it is about, as wide as it is shown."""
        title = self.row.title
        return [self.row.name, *(["-" * INDENT + title] if title else [])]

    def exceeds(self, width: int) -> bool:
        """Whether whom it is about has a word longer than a *width*."""
        return any(cell_len(word) > width for who in self.who for word in who.split())


def table(
    book: Book, edition: Edition, on: date, *, with_why: bool, made: Console
) -> Iterator[ConsoleRenderable]:
    """What *edition* decides about everyone in *book* on the day *on*."""
    yield Text(line(f"{book.provider.name} on {on}"), "bold")
    yield Text(line(f"Edition {edition.name} ({edition.status})"))
    yield Text()
    if shown := list(_shown(book, edition, on)):
        grounds = edition.policy if with_why else None
        yield from _rows(shown, _columns(shown, made.width), grounds, made)
        yield from _notes(shown, edition.policy, made.width)
    else:
        yield Text("Nobody on record is a customer or client.")


def _shown(book: Book, edition: Edition, on: date) -> Iterator[Shown]:
    for relationship in book.relationships():
        for row in rows(relationship, edition.assess(relationship, on=on)):
            yield Shown(row, cells(row))


def _columns(shown: Sequence[Shown], room: int) -> list[int] | None:
    longest = max(WHO, room // 4)
    fitting = [one for one in shown if not one.exceeds(longest)]
    who = ["Who", *(who for one in fitting for who in one.who)]
    answers = [
        [cell.plain for cell in column]
        for column in zip(*(one.cells for one in shown), strict=True)
    ]
    titled = (
        [label, *column] for label, column in zip(LABELS.values(), answers, strict=True)
    )
    return widths([who, *titled], room)


def _rows(
    shown: Sequence[Shown],
    columns: list[int] | None,
    grounds: EngagementPolicy | None,
    made: Console,
) -> Iterator[ConsoleRenderable]:
    """All rows, in *columns* if there is room for them, with the *grounds* of each."""
    if columns:
        yield from _head(columns, made)
    for one in shown:
        if one is not shown[0] and (one.row.name or grounds or not columns):
            yield Text()
        yield from _in_columns(one, columns) if columns else _stacked(one, made.width)
        if grounds:
            yield from _why(one.row, grounds, made.width)


def _head(columns: Sequence[int], made: Console) -> Iterator[ConsoleRenderable]:
    labels = [Text(label, "bold") for label in ("Who", *LABELS.values())]
    yield grid(columns, labels)
    yield rule(made, sum(columns) + GAP * (len(columns) - 1))


def _in_columns(one: Shown, columns: Sequence[int]) -> Iterator[ConsoleRenderable]:
    who = Group(*_who(one.row))
    if one.exceeds(columns[0]):
        yield who
        who = Group()
    yield grid(columns, [who, *one.cells])


def _who(row: Row) -> Iterator[ConsoleRenderable]:
    if row.name:
        yield Text(row.name, "bold")
    if row.title:
        yield Padding(Text(row.title), (0, 0, 0, INDENT))


def _stacked(one: Shown, room: int) -> Iterator[ConsoleRenderable]:
    yield from _who(one.row)
    for label, cell in zip(LABELS.values(), one.cells, strict=True):
        yield _labelled(label, cell, room)


def _labelled(label: str, told: Text, room: int) -> ConsoleRenderable:
    rest = room - INDENT - LABEL - GAP
    return grid([LABEL, rest], [Text(label, "dim"), told], indent=INDENT)


def _why(row: Row, policy: EngagementPolicy, room: int) -> Iterator[ConsoleRenderable]:
    yield Text()
    for question, outcome in row.answers.outcomes().items():
        told = why(outcome, row.answers.facts, policy)
        yield _labelled(LABELS[question].lower(), Text("\n").join(told), room)


def _notes(
    shown: Iterable[Shown], policy: EngagementPolicy, room: int
) -> Iterator[ConsoleRenderable]:
    """What signs and plans in the table mean, of those that occur in it."""
    yield Text()
    rows = [one.row for one in shown]
    outcomes = [o for row in rows for o in row.answers.outcomes().values()]
    if any(outcome.contested for outcome in outcomes):
        yield Text(CONTESTED_NOTE, "dim")
    if any(row.word for row in rows):
        yield Text(WORD_NOTE, "dim")
    if any(outcome.needs for outcome in outcomes):
        yield Text(ASK_NOTE, "dim")
    yield Text(PLAN_NOTE, "dim")
    for attention in sorted({one for row in rows for one in row.answers.sla.possible}):
        plan = Text(in_full(policy.plan(attention)), "dim")
        yield _labelled(attention, plan, room)
    yield from _by_contract(rows, room)


def _by_contract(rows: Iterable[Row], room: int) -> Iterator[ConsoleRenderable]:
    """What contracts promise that stands over the edition, each once."""
    plans = [row.answers.plan for row in rows]
    own = {p.because: p.plan for p in plans if p.of is PlanOf.CONTRACT and p.plan}
    for because, plan in own.items():
        told = Text(line(f"{in_full(plan)}; {because}"), "dim")
        yield _labelled("contract", told, room)
