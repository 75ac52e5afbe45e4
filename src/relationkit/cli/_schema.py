"""The command that prints JSON Schemas."""

import json
from pathlib import Path

import click

from relationkit.codec import KINDS, json_schema

__all__ = ["schema"]


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
def schema(name: str, folder: Path | None) -> None:
    """Print the JSON Schema of NAME, by default of a book.

    Editors check and complete TOML and JSON by it.
    """
    if folder is None:
        click.echo(_text(name), nl=False)
    else:
        for one in KINDS:
            (folder / _file(one)).write_text(_text(one), "utf-8", newline="\n")


def _text(name: str) -> str:
    return json.dumps(json_schema(KINDS[name]), indent=2, ensure_ascii=False) + "\n"


def _file(name: str) -> str:
    """The name of the schema with its version, as its ``$id`` ends."""
    *_, version = str(json_schema(KINDS[name])["$id"]).split(":")
    return f"{name}-{version}.json"
