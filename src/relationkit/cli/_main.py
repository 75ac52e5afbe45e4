"""The command with its subcommands, and how it ends."""

import os
import sys
from io import TextIOWrapper

import click

from relationkit.cli._assess import assess
from relationkit.cli._check import check
from relationkit.cli._diff import diff
from relationkit.cli._due import due
from relationkit.cli._quote import quote
from relationkit.cli._schema import schema
from relationkit.cli._show import CutOffError
from relationkit.cli._tables import show

__all__ = ["relationkit", "run"]

FAILED = 1
CUT_OFF = 141  # as if ended by the signal that nobody reads on


@click.group()
@click.version_option(package_name="relationkit", message="%(prog)s %(version)s")
def relationkit() -> None:
    """Who is a client and who a customer, what each was promised, and why."""


relationkit.add_command(assess)
relationkit.add_command(check)
relationkit.add_command(diff)
relationkit.add_command(due)
relationkit.add_command(quote)
relationkit.add_command(schema)
relationkit.add_command(show)


def run() -> int:
    """Run the command with the arguments of this process; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # so that widths stay as they are
    try:
        return _run()
    except (BrokenPipeError, CutOffError):
        code = CUT_OFF
    except OSError as error:
        sys.stderr.write(f"relationkit: cannot write: {error.strerror}\n")
        code = FAILED
    _write_nowhere()
    return code


def _run() -> int:
    try:
        code = relationkit.main(prog_name="relationkit", standalone_mode=False)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return code if isinstance(code, int) else 0


def _write_nowhere() -> None:
    """Let what is still buffered go, lest Python complain of it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
