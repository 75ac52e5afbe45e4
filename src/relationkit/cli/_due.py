"""The command that says when a request falls due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import repeat
from typing import Literal, NoReturn
from zoneinfo import ZoneInfo

import click

from relationkit import sla
from relationkit.books import Book
from relationkit.calendars import BusinessCalendar
from relationkit.cli._engagements import answers_about, engagement_of
from relationkit.cli._inputs import book_at, by_edition
from relationkit.cli._show import plain, write
from relationkit.errors import UnknownIdError
from relationkit.pictures import timeline_svg, timeline_text
from relationkit.policy import Edition
from relationkit.sla import Deadline, Pause, PlanInForce
from relationkit.sla._running import moment
from relationkit.targets import Coverage, Goal, Metric, NextBusinessDay

__all__ = ["due"]


def _opened(_: click.Context, __: click.Parameter, text: str) -> datetime:
    return _instant(text)


def _paused(
    _: click.Context, __: click.Parameter, texts: tuple[str, ...]
) -> tuple[Pause, ...]:
    return tuple(map(_pause, texts))


def _pause(text: str) -> Pause:
    start, slash, end = text.partition("/")
    if not slash:
        told = f"expected two instants with a slash between, got {text!r}"
        raise click.BadParameter(f"{told}; leave the second out if nobody knows it")
    first, last = _instant(start), _instant(end) if end else None
    try:
        return Pause(start=first, end=last)
    except ValueError as error:
        raise click.BadParameter(plain(str(error))) from None


def _instant(text: str) -> datetime:
    hint = "write it as 2026-11-02T09:00-05:00, or with a Z for UTC"
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"there is no instant {text!r}; {hint}") from None
    if found.tzinfo is None:
        raise click.BadParameter(f"{text!r} is in no zone; {hint}")
    return found


@click.command()
@click.argument("book", callback=book_at)
@click.argument("engagement")
@click.option(
    "--opened",
    metavar="INSTANT",
    required=True,
    callback=_opened,
    help="When the request came in, such as 2026-11-02T09:00-05:00.",
)
@click.option(
    "--priority",
    metavar="PRIORITY",
    required=True,
    help="How urgent it is: low, normal, high, urgent, or one of the plan's own.",
)
@click.option(
    "--paused",
    metavar="FROM/TO",
    multiple=True,
    callback=_paused,
    help="While the clock did not count; leave TO out if nobody knows it.",
)
@click.option(
    "--calendar",
    metavar="ID",
    help="Whose hours count; default: the one calendar of the book.",
)
@by_edition
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "svg"]),
    default="text",
    show_default=True,
    help="In words, or drawn.",
)
@click.option(
    "--why", "with_why", is_flag=True, help="Say which time counts, and why not."
)
def due(  # noqa: PLR0913, what a command line has
    *,
    book: Book,
    engagement: str,
    opened: datetime,
    priority: str,
    paused: tuple[Pause, ...],
    calendar: str | None,
    edition: Edition,
    form: Literal["text", "svg"],
    with_why: bool,
) -> None:
    """Say when a request in ENGAGEMENT of BOOK falls due."""
    try:
        opened = _at_home(opened, book)
        stands = _plan(book, engagement, edition, opened)
        goals = _goals(stands, priority)
        hours = _calendar(book, calendar, goals)
        held = [() if _is_a_day(goal) else paused for goal in goals]
        found = [*map(sla.deadline, goals, repeat(opened), repeat(hours), held)]
    except (ValueError, UnknownIdError) as error:
        _refuse(str(error))
    if form == "svg":
        write(timeline_svg(found).rstrip())
    else:
        write("\n".join(_lines(found, stands, paused, with_why=with_why)))


def _refuse(told: str) -> NoReturn:
    raise click.UsageError(plain(told)) from None


def _is_a_day(goal: Goal) -> bool:
    return isinstance(goal.within, NextBusinessDay)


def _at_home(instant: datetime, book: Book) -> datetime:
    """The *instant* by the clock of the provider."""
    zone: tzinfo = UTC if book.zone == "UTC" else ZoneInfo(book.zone)
    try:
        return instant.astimezone(zone)
    except OverflowError:
        told = f"{instant.isoformat()} has no date in {book.zone}"
        _refuse(f"{told}; give an instant within the years 2 to 9998")


def _plan(
    book: Book, engagement: str, edition: Edition, opened: datetime
) -> PlanInForce:
    found = engagement_of(book, engagement)
    return answers_about(book, found, edition, book.day(opened)).plan


def _goals(stands: PlanInForce, priority: str) -> tuple[Goal, ...]:
    if stands.plan is None:
        needs = ", ".join(stands.needs)
        _refuse(f"it is undecided what support to give; ask for {needs}")
    return stands.plan.goals(stands.plan.priority(priority))


def _calendar(
    book: Book, id_: str | None, goals: Sequence[Goal]
) -> BusinessCalendar | None:
    known = {str(calendar.id): calendar for calendar in book.calendars}
    if id_ is not None:
        if id_ not in known:
            raise UnknownIdError.of("calendar", id_, known)
        return known[id_]
    if all(goal.clock is Coverage.ALWAYS for goal in goals):
        return None
    if len(known) != 1:
        told = f"business hours count, and the book has {len(known)} calendars"
        remedy = "name one by --calendar" if known else "add one under calendars"
        _refuse(f"{told}; {remedy}")
    return next(iter(known.values()))


def _lines(
    found: Sequence[Deadline],
    stands: PlanInForce,
    paused: Sequence[Pause],
    *,
    with_why: bool,
) -> Iterator[str]:
    yield plain(str(stands))
    for one in found:
        yield ""
        yield from _told(one)
        if paused and _is_a_day(one.goal):
            yield "  whatever is paused, as a day does not move"
        if with_why:
            yield from (f"  {span}" for span in one.intervals)
    yield from _crossed({one.goal.metric: one.due_at for one in found})
    if with_why:
        yield from ("", timeline_text(found), "# counted, = paused, . closed, | due")


def _crossed(dues: Mapping[Metric, datetime | None]) -> Iterator[str]:
    """That someone is to answer after it is resolved, which no plan can tell."""
    first, resolved = dues[Metric.FIRST_RESPONSE], dues[Metric.FIRST_RESOLUTION]
    if first is not None and resolved is not None and resolved < first:
        yield ""
        yield "by this calendar the resolution falls due before the response"


def _told(deadline: Deadline) -> Iterator[str]:
    yield str(deadline)
    last = deadline.breaches_after
    if last is not None and last != deadline.due_at:
        yield f"  kept until {moment(last)}"
    for point in deadline.at_risk:
        at = "not known" if point.at is None else moment(point.at)
        yield f"  at risk from {at} ({point.told})"
