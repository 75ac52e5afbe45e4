"""The command that prints JSON Schemas."""

import json
from pathlib import Path

import click

from relationkit.codec import KINDS, json_schema
from relationkit.codec._load import storable

__all__ = ["schema"]

STORED = sorted(name for name, kind in KINDS.items() if storable(kind))


@click.command()
@click.argument(
    "name", type=click.Choice(sorted(KINDS)), default="book", metavar="[NAME]"
)
@click.option(
    "--all",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Write all of them to FOLDER, a file each, such as book-1.json.",
)
@click.option(
    "--stored",
    is_flag=True,
    help="That of documents which say of which version they are.",
)
def schema(name: str, folder: Path | None, *, stored: bool) -> None:
    """Print the JSON Schema of NAME, by default of a book.

    Editors check and complete TOML and JSON by it.
    """
    if folder is not None:
        _write(folder)
    elif stored and name not in STORED:
        raise click.UsageError(f"{name!r} is not stored on its own; leave --stored out")
    else:
        click.echo(_text(name, stored=stored), nl=False)


def _write(folder: Path) -> None:
    """Write all schemas, those of stored documents too."""
    for name in KINDS:
        _put(folder, name, stored=False)
    for name in STORED:
        _put(folder, name, stored=True)


def _put(folder: Path, name: str, *, stored: bool) -> None:
    """The name of a file has the version, as the ``$id`` of the schema does."""
    version = str(json_schema(KINDS[name])["$id"]).rpartition(":")[2]
    path = folder / f"{name}-{version}{'-stored' if stored else ''}.json"
    path.write_text(_text(name, stored=stored), "utf-8", newline="\n")


def _text(name: str, *, stored: bool) -> str:
    told = json_schema(KINDS[name], versioned=stored)
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
