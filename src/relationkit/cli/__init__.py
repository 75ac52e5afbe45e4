"""Command line: what is decided about the relationships in a book, and why.

The command ``relationkit`` assesses books and checks editions.  All it says of
an outcome comes from the library; it reads files, and prints.
"""

import sys

__all__ = ["main"]

INTERRUPTED = 130  # 128 and the number of the signal, as shells have it
MISUSED = 2


def main() -> int:
    """Run the command with the arguments of this process; its exit code.

    0 if all is well, 1 if something is wrong with an input, 2 if the command
    was used wrongly or lacks what it needs.
    """
    try:
        from relationkit.cli._main import run  # noqa: PLC0415, an extra may be missing

        return run()
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in {"click", "rich"}:
            raise
        sys.stderr.write(
            f"relationkit: the command line needs {package};"
            f" pip install 'relationkit[cli]'\n"
        )
        return MISUSED
    except KeyboardInterrupt:
        return INTERRUPTED
