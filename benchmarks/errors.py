"""What is found of many faults; ``nox -s bench -- benchmarks/errors.py``.

The same faults are planted in one book, and read by us and by others.  A fault
that a library accepts where it stands alone is deliberately allowed by it, and
is left out of what it is asked to find.  Exits 1 if we do not find all, tell
anything else, or give a place that is not in the document.
"""

import json
import sys
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from _error_peers import PEERS, Steps, Told

DOCUMENT = json.loads(
    (Path(__file__).parents[1] / "tests" / "codec" / "book.json").read_text("utf-8")
)
# What each library writes in a way of its own, or reads by hooks that no page has.
for part in ("plan", "fee"):
    DOCUMENT["contracts"][0].pop(part)
del DOCUMENT["rates"]
GONE = object()
LEAST = 30


class Fault(NamedTuple):
    """Something that is wrong.

    Attributes:
        at: What is replaced, added or taken out.
        value: By or with what.
        told: Where it is to be told, if not there.
        is_between: Whether it breaks a rule between fields.
    """

    at: str
    value: object
    told: str = ""
    is_between: bool = False

    def plant(self, document: Any) -> None:  # noqa: ANN401, whatever JSON holds
        """Plant it in *document*."""
        *steps, last = _steps(self.at)
        for step in steps:
            document = document[step]
        if self.value is GONE:
            del document[last]
        else:
            document[last] = self.value

    @property
    def place(self) -> Steps:
        """Where it is to be told."""
        return _steps(self.told or self.at)

    def is_told_by(self, told: Told, *, has_places: bool) -> bool:
        """Whether something *told* is this; the whole about it will do as well.

        Of what is missing the place may be that of the key; of a rule between
        fields that of the table, and of other faults too, if the field is named.
        """
        at, place, key = told.at, self.place, _steps(self.at)
        if not has_places:
            place, key = _names(place), _names(key)
        if at in {place, key}:
            return True
        is_named = self.is_between or str(place[-1]) in told.message
        return at == place[:-1] and is_named


def _steps(place: str) -> Steps:
    return tuple(int(s) if s.isdigit() else s for s in place.split("/")[1:])


def _names(steps: Steps) -> Steps:
    return tuple(step for step in steps if isinstance(step, str))


BOUGHT = "/customers/0/purchases/0"
WORK = "/engagements/0"
TRUST = f"{WORK}/undertakings/0"
PAPER = "/contracts/0"
FAULTS = (
    Fault("/zone", "Europe/Lodnon"),
    Fault("/provider/name", ""),
    Fault("/provider/naem", "Lovelace"),
    Fault("/parties/0/type", "persn"),
    Fault("/parties/1/id", " acme"),
    Fault("/parties/2/name", GONE, "/parties/2"),
    Fault("/customers/0/party", None),
    Fault("/customers/0/inquiries/0/about", " "),
    Fault("/customers/0/inquiries/0/on", "2026-02-30"),
    Fault(f"{BOUGHT}/on", "03/02/2026"),
    Fault(f"{BOUGHT}/service/line", 5),
    Fault(f"{BOUGHT}/service/kind", "servce"),
    Fault(f"{BOUGHT}/service/professional", "yes"),
    Fault(f"{BOUGHT}/service/value_agreed", 1),
    Fault(f"{BOUGHT}/service/stakes", "High"),
    Fault(f"{BOUGHT}/amount/amount", 120.5),
    Fault(f"{BOUGHT}/amount/currency", "EURO"),
    Fault("/customers/0/purchases/1/service", GONE, "/customers/0/purchases/1"),
    Fault("/customers/0/consents/0/withdrawn", "2026-01-04", is_between=True),
    Fault(
        "/customers/0/stances/1/on",
        "2026-01-06",
        "/customers/0/stances/1",
        is_between=True,
    ),
    Fault("/customers/0/judgements/0/holds", "true"),
    Fault(f"{WORK}/opened", 20260301),
    Fault(f"{WORK}/clients", "ada"),
    Fault(f"{WORK}/services/1/line", "tax", f"{WORK}/services/1", is_between=True),
    Fault(f"{WORK}/payers", ["acme", "acme"], f"{WORK}/payers/1"),
    Fault(f"{WORK}/subjects", {}),
    Fault(f"{WORK}/regimes/0", 5),
    Fault(
        f"{WORK}/judgements/0/matter",
        "wants_certainty",
        f"{WORK}/judgements/0",
        is_between=True,
    ),
    Fault(f"{TRUST}/kind", "loyalti"),
    Fault(f"{TRUST}/period/start", GONE, f"{TRUST}/period"),
    Fault(f"{TRUST}/survival_days", "365"),
    Fault(f"{WORK}/undertakings/1/type", GONE, f"{WORK}/undertakings/1"),
    Fault(f"{WORK}/closed/on", "2026-13-01"),
    Fault(f"{WORK}/closed/why", "complete"),
    Fault(f"{PAPER}/form", 3),
    Fault(f"{PAPER}/signatures/0/on", "yesterday"),
    Fault(f"{PAPER}/period/end", "2026-01-01", is_between=True),
    Fault(f"{PAPER}/title", ["Letter"]),
    Fault("/writings/0/about", None),
    Fault("/writings/0/given_to", []),
    Fault("/writings/0/on", [2026, 2, 19]),
    Fault("/writings/0/engagment", "e-1"),
)


class Found(NamedTuple):
    """What one library finds.

    Attributes:
        asked: How many faults it does not deliberately allow.
        found: How many of these it tells.
        spurious: What it tells that is none.
        places: How many of the places it tells are in the document.
        told: How much it tells.
    """

    asked: int
    found: int
    spurious: tuple[Told, ...]
    places: int
    told: int


def main() -> int:
    """Print what each finds; 1 if we do not find all and nothing else."""
    document = planted(FAULTS)
    found = {name: of(name, document) for name in PEERS}
    print(f"{len(FAULTS)} faults in one book")
    print(f"{'':13}{'found':>12}{'spurious':>10}{'places that resolve':>21}")
    for name, one in found.items():
        print(
            f"{name:13}{f'{one.found} of {one.asked}':>12}{len(one.spurious):>10}"
            f"{f'{one.places} of {one.told}':>21}"
        )
    ours = found["relationkit"]
    for told in ours.spurious:
        print(f"none of the faults: {told}")
    is_whole = ours.found == ours.asked == len(FAULTS) >= LEAST
    return 0 if is_whole and not ours.spurious and ours.places == ours.told else 1


def planted(faults: Iterable[Fault]) -> object:
    """The book with *faults* in it."""
    document = deepcopy(DOCUMENT)
    for fault in faults:
        fault.plant(document)
    return document


def of(name: str, document: object) -> Found:
    """What the library of that *name* finds in *document*."""
    read = PEERS[name]
    if spoilt := [*read(json.dumps(DOCUMENT))]:
        raise AssertionError(f"{name} refuses a good book: {spoilt}")
    asked = [fault for fault in FAULTS if [*read(json.dumps(planted([fault])))]]
    told = [*read(json.dumps(document))]
    has_places = name != "mashumaro"

    def is_told(fault: Fault) -> bool:
        return any(fault.is_told_by(one, has_places=has_places) for one in told)

    spurious = [
        one
        for one in told
        if not any(fault.is_told_by(one, has_places=has_places) for fault in FAULTS)
    ]
    resolving = sum(resolves(one.at, document) for one in told)
    return Found(
        len(asked), sum(map(is_told, asked)), tuple(spurious), resolving, len(told)
    )


def resolves(steps: Steps, document: Any) -> bool:  # noqa: ANN401, whatever JSON holds
    """Whether *steps* lead to something in *document*."""
    for step in steps:
        try:
            document = document[step]
        except (LookupError, TypeError):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
