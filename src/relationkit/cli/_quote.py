"""The command that says what a fee comes to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import click
from rich.console import Console, ConsoleRenderable
from rich.text import Text

from relationkit import codec, policy, pricing
from relationkit.books import Book
from relationkit.cli._engagements import answers_about, contract_of, engagement_of
from relationkit.cli._inputs import book_of, day_of, edition_of, fee_of
from relationkit.cli._show import GAP, console, grid, line, plain, put, rule, write
from relationkit.errors import InvalidError, UndecidedError, UnknownIdError
from relationkit.fees import RateCard
from relationkit.money import Rounding, Scope, Settlement
from relationkit.policy import Edition
from relationkit.pricing import FeeOf, Offer, Quote

__all__ = ["quote"]

USUAL = "USD"
HEADS = ("", "quantity", "rate", "amount")


def usage_of(
    _: click.Context, __: click.Parameter, told: tuple[str, ...]
) -> dict[str, Decimal]:
    """The quantities that are *told* as METRIC=QUANTITY."""
    usage: dict[str, Decimal] = {}
    for one in told:
        metric, is_told, quantity = one.partition("=")
        if not is_told:
            raise click.BadParameter(plain(f"{one!r} is not METRIC=QUANTITY"))
        if metric in usage:
            raise click.BadParameter(plain(f"{metric!r} stands here twice; keep one"))
        try:
            usage[metric] = codec.load(quantity, Decimal)
        except InvalidError as error:
            raise click.BadParameter(plain(f"{metric}: {error}")) from None
    return usage


def edition_if_named(
    context: click.Context, option: click.Parameter, named: str | None
) -> Edition | None:
    """The edition *named*; a fee needs none."""
    return None if named is None else edition_of(context, option, named)


@click.command()
@click.argument("path", metavar="FEE|BOOK")
@click.argument("engagement", required=False)
@click.option(
    "--usage",
    metavar="METRIC=QUANTITY",
    multiple=True,
    callback=usage_of,
    help="How much of what; once for each quantity that the fee is of.",
)
@click.option(
    "--currency",
    metavar="CODE",
    help="In which currency, as an ISO 4217 code; default: USD for FEE, and for BOOK"
    " that of the card or contract.",
)
@click.option(
    "--at",
    type=click.Choice([one.value for one in Scope]),
    default=Scope.LINE.value,
    show_default=True,
    help="What is rounded: each line, or the total once.",
)
@click.option(
    "--mode",
    type=click.Choice([one.value for one in Rounding]),
    default=Rounding.HALF_EVEN.value,
    show_default=True,
    help="Where an amount goes that lies between two that can be paid.",
)
@click.option(
    "--on",
    metavar="DAY",
    callback=day_of,
    help="With BOOK, the day, YYYY-MM-DD; default: today where the provider is.",
)
@click.option(
    "--card",
    metavar="ID",
    help="With BOOK, by which card; default: the one that has a fee.",
)
@click.option(
    "--edition",
    metavar="NAME|FILE",
    callback=edition_if_named,
    help="With BOOK, the policy: one that ships, or a file; default: the newest that"
    " ships.",
)
def quote(  # noqa: PLR0913, what a command line has
    *,
    path: str,
    engagement: str | None,
    usage: dict[str, Decimal],
    currency: str | None,
    at: str,
    mode: str,
    on: date | None,
    card: str | None,
    edition: Edition | None,
) -> None:
    """Say what FEE comes to, or the fee for ENGAGEMENT of BOOK.

    Both are .toml or .json files.  Prints each line with what it is made of, and the
    total, to which the lines add up; and what of the fee may surprise those who pay
    it.  Of BOOK the fee is that of the contract, or of the card for the pricing model
    that fits, and what must be done when it is agreed is said too.
    """
    settlement = Settlement(at=Scope(at), mode=Rounding(mode))
    try:
        offered = None
        if engagement is None:
            fee = fee_of(path)
            _refuse_of_book(path, on=on, card=card, edition=edition)
        else:
            offered = offered_by(book_of(path), engagement, edition, on=on, card=card)
            fee, currency = offered.fee, _agreed(offered, currency)
        currency = currency or USUAL
        made = pricing.quote(fee, usage, currency=currency, settlement=settlement)
    except (ValueError, UndecidedError, UnknownIdError) as error:
        raise click.UsageError(_in_lines(str(error))) from None
    if offered is not None:
        write(f"{plain(str(offered))}\n")
    put(console(), _table(made, console()))
    if offered is not None and offered.obligations:
        write("\n".join(["", *(plain(f"to do: {one}") for one in offered.obligations)]))
    for problem in pricing.check(fee):
        click.echo(plain(f"warning: {problem}"), err=True)


def offered_by(
    book: Book, id_: str, edition: Edition | None, *, on: date | None, card: str | None
) -> Offer:
    """The fee of a *book* for an engagement."""
    day = on or book.day(datetime.now(UTC))
    engagement = engagement_of(book, id_)
    answers = answers_about(book, engagement, edition or policy.latest(), day)
    offered = pricing.offer(
        answers.pricing,
        _cards(book, card),
        on=day,
        contract=contract_of(book, engagement),
    )
    if card is not None and offered.of is FeeOf.CONTRACT:
        raise ValueError(f"{offered.because}; leave --card out")
    return offered


def _refuse_of_book(path: str, **options: object) -> None:
    """Refuse *options* that choose among the fees of a book, where there is one fee."""
    for name, told in options.items():
        if told is not None:
            raise ValueError(
                f"{path} is a fee, of which --{name} changes nothing; leave it out, or"
                f" name a book and an engagement in it"
            )


def _cards(book: Book, id_: str | None) -> tuple[RateCard, ...]:
    if id_ is None:
        return book.rates
    known = {str(card.id): card for card in book.rates}
    if id_ not in known:
        raise UnknownIdError.of("card", id_, known)
    return (known[id_],)


def _agreed(offered: Offer, currency: str | None) -> str:
    if currency not in {None, offered.currency}:
        raise ValueError(
            f"the fee is in {offered.currency}, and nothing is converted;"
            f" leave --currency out"
        )
    return offered.currency


def _in_lines(told: str) -> str:
    return "\n".join(map(plain, told.splitlines()))


def _table(made: Quote, out: Console) -> Iterator[ConsoleRenderable]:
    rows = [HEADS, *_rows(made)]
    columns = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    room = out.width - sum(columns[1:]) - GAP * len(columns)
    columns[0] = max(min(columns[0], room), GAP)
    for at, row in enumerate(rows):
        if at in {1, len(rows) - 1}:
            yield rule(out, sum(columns) + GAP * (len(columns) - 1))
        style = "bold" if at in {0, len(rows) - 1} else ""
        name, *numbers = row
        cells = [Text(name, style), *(Text(n, style, justify="right") for n in numbers)]
        yield grid(columns, cells)


def _rows(made: Quote) -> Iterator[tuple[str, ...]]:
    for one in made.lines:
        per = f" per {one.per}" if one.per != 1 else ""
        quantity = "" if one.quantity is None else f"{one.quantity:f}"
        rate = "" if one.rate is None else f"{one.rate:f}{per}"
        yield line(one.label), quantity, rate, f"{one.amount:f}"
    yield "total", "", made.currency, f"{made.total.amount:f}"
