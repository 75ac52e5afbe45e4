"""Judge a run of mutmut: ``nox -s mutants``.

Every mutant that survives is either explained in ``tests/survivors.toml`` or
fails the run; so does an explanation that nothing needs any longer, and a
score below the bar.  The survivors that are still to be explained are printed
in the form of that file.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

KNOWN = Path("tests/survivors.toml")
BAR = 0.90
ENDED = {"timeout", "segfault"}
"""What became of mutants whose process was ended: it took too long, or all memory.
Tests notice those that are endless.  Those that are but slow are explained, and
survive, as a busy machine would end them and another one not."""
STATUS = re.compile(r"^\s*(?P<name>\S+__mutmut_\d+): (?P<status>.+)$", re.MULTILINE)


class Mutant(NamedTuple):
    """What was changed, and where; the number of a mutant is not its name.

    Attributes:
        where: The function, by module and class.
        was: The lines that were taken out.
        now: The lines that stand in their place.
    """

    where: str
    was: str
    now: str


def main() -> int:
    """Print the score and what is wrong with it; 1 if anything is."""
    found, explained = statuses(), reasons()
    dead = {
        name
        for name, status in found.items()
        if status == "killed" or (status in ENDED and changed(name) not in explained)
    }
    survivors = {changed(name) for name in found.keys() - dead}
    killed, score = len(dead), len(dead) / len(found)
    print(f"{killed} of {len(found)} mutants killed: {score:.1%} (at least {BAR:.0%})")
    new, gone = survivors - explained.keys(), explained.keys() - survivors
    for mutant in sorted(new):
        print("\nsurvives, and nothing says why:", told(mutant), sep="\n")
    for mutant in sorted(gone):
        print("\nis explained, and does not survive:", told(mutant), sep="\n")
    return 1 if new or gone or score < BAR else 0


def statuses() -> dict[str, str]:
    """What became of every mutant."""
    text = mutmut("results", "--all", "true")
    return {found["name"]: found["status"] for found in STATUS.finditer(text)}


def mutmut(*arguments: str) -> str:
    """What mutmut prints."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def changed(name: str) -> Mutant:
    """What the mutant of that *name* is."""
    lines = [
        line for line in mutmut("show", name).splitlines() if line[:3] not in HEADS
    ]
    taken, put = (
        "\n".join(line[1:].strip() for line in lines if line.startswith(sign))
        for sign in "-+"
    )
    return Mutant(function(name), taken, put)


HEADS = ("---", "+++")


def function(name: str) -> str:
    """The function of a mutant, from what mutmut calls it.

    >>> function("relationkit.tables._boxes.xǁBudgetǁspend__mutmut_4")
    'tables._boxes.Budget.spend'
    """
    dotted = name.removeprefix("relationkit.").rpartition("__mutmut_")[0]
    return re.sub(r"\.x[_ǁ]", ".", dotted).replace("ǁ", ".")


def reasons() -> dict[Mutant, str]:
    """Why each known survivor may live."""
    document = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    return {
        Mutant(one["where"], one["was"], one["now"]): group["because"]
        for group in document["group"]
        for one in group["mutants"]
    }


def told(mutant: Mutant) -> str:
    """A mutant as it stands in the file of survivors."""
    was, now = (literal(text) for text in (mutant.was, mutant.now))
    return f'  {{ where = "{mutant.where}", was = {was}, now = {now} }},'


def literal(text: str) -> str:
    """A text of TOML that needs no escapes."""
    return f"'''{text}'''"


if __name__ == "__main__":
    sys.exit(main())
