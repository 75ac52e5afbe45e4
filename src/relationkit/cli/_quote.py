"""The command that says what a fee comes to."""

from collections.abc import Iterator
from decimal import Decimal

import click
from rich.console import Console, ConsoleRenderable
from rich.text import Text

from relationkit import codec, pricing
from relationkit.cli._inputs import fee_at
from relationkit.cli._show import GAP, console, grid, line, plain, put, rule
from relationkit.errors import InvalidError
from relationkit.fees import Fee
from relationkit.money import Rounding, Scope, Settlement
from relationkit.pricing import Quote

__all__ = ["quote"]

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


@click.command()
@click.argument("fee", callback=fee_at)
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
    default="USD",
    show_default=True,
    help="In which currency, as an ISO 4217 code.",
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
def quote(
    *, fee: Fee, usage: dict[str, Decimal], currency: str, at: str, mode: str
) -> None:
    """Say what FEE, a .toml or .json file, comes to.

    Prints each line with what it is made of, and the total, to which the lines add
    up; and what of the fee may surprise those who pay it.
    """
    settlement = Settlement(at=Scope(at), mode=Rounding(mode))
    try:
        made = pricing.quote(fee, usage, currency=currency, settlement=settlement)
    except ValueError as error:
        raise click.UsageError(_in_lines(str(error))) from None
    put(console(), _table(made, console()))
    for problem in pricing.check(fee):
        click.echo(plain(f"warning: {problem}"), err=True)


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
