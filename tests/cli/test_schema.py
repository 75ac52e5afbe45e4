"""What ``relationkit schema`` prints and writes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from relationkit.cli._main import relationkit
from relationkit.cli._schema import STORED
from relationkit.codec import KINDS, json_schema

COMMITTED = Path(__file__).parents[2] / "schemas"


def schema(*arguments: str) -> Result:
    return CliRunner().invoke(relationkit, ["schema", *arguments])


@pytest.mark.parametrize("name", ["book", "edition", "money"])
def test_prints_one(name: str) -> None:
    """It is the one that the library gives, in a form that people can read."""
    result = schema(name)

    assert json.loads(result.stdout) == json_schema(KINDS[name])
    assert result.stdout.startswith('{\n  "$schema": ')
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("name", ["book", "party"])
def test_prints_that_of_what_is_stored(name: str) -> None:
    """It is that of a document which says of which version it is."""
    result = schema(name, "--stored")

    assert json.loads(result.stdout) == json_schema(KINDS[name], versioned=True)


def test_knows_none_of_what_is_not_stored() -> None:
    """A part of a document has a schema, and is never stored alone."""
    result = schema("period", "--stored")

    assert result.exit_code == 2
    assert "'period' is not stored on its own; leave --stored out" in result.stderr


def test_prints_that_of_a_book() -> None:
    """It is the one that is asked for most."""
    assert schema().stdout == schema("book").stdout


def test_knows_no_other() -> None:
    """A name that there is not is told beside those that there are."""
    result = schema("bok")

    assert result.exit_code == 2
    assert "'book'" in result.stderr


def test_writes_all(tmp_path: Path) -> None:
    """All are written, byte for byte what is committed of their versions."""
    result = schema("--all", str(tmp_path))

    assert (result.exit_code, result.output) == (0, "")
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(written) == len(KINDS) + len(STORED)
    assert written == {name: (COMMITTED / name).read_bytes() for name in written}


def test_writes_to_a_folder_that_is_there(tmp_path: Path) -> None:
    """A folder that is not there is not made."""
    assert schema("--all", str(tmp_path / "none")).exit_code == 2
