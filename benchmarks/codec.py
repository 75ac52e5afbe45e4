"""What reading, writing and keeping a client costs, as ratios to pydantic.

``nox -s bench -- benchmarks/codec.py``.  The client has 50 values in 17
records; its twin in pydantic is strict, frozen, refuses unknown keys and keeps
the same rules.  Alternatives take turns, so that a busy machine slows all of
them alike.  What is kept is many of this one client, so that days, amounts and
small sets of ids count once; what they add where ids differ is printed as well.
Exits 1 if a ratio is above its bar.
"""

import json
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeAlias

from _turns import alike, at_most, medians
from _twins import Client as Twin
from pydantic import ValidationError

from relationkit import codec
from relationkit.errors import DecodeError
from relationkit.relationships import Client

Document: TypeAlias = dict[str, Any]
ROUNDS = 61
REPEATS = 100
KEPT = 500
ALIVE: list[object] = []
"""What was weighed: the room of what is gone would be taken, and weigh nothing."""
DOCUMENT: Document = {
    "type": "client",
    "party": {"type": "organisation", "id": "acme", "name": "Acme Engines Ltd"},
    "engagements": [
        {
            "id": "tax-2026",
            "opened": "2026-01-12",
            "clients": ["acme"],
            "services": [
                {"line": "tax", "help": "advice", "professional": True},
                {"line": "filing", "help": "representation", "stakes": "high"},
            ],
            "staff": ["ada", "brook"],
            "contract": "letter-2026",
            "undertakings": [
                {
                    "type": "fiduciary",
                    "basis": "contract",
                    "fiduciary": "firm",
                    "principal": "acme",
                    "period": {"start": "2026-01-12"},
                },
                {
                    "type": "other",
                    "kind": "care",
                    "character": "contractual",
                    "standard": "reasonable_care",
                    "owed_by": "firm",
                    "owed_to": ["acme"],
                    "period": {"start": "2026-01-12"},
                },
            ],
        },
        {
            "id": "books-2025",
            "opened": "2025-03-01",
            "clients": ["acme"],
            "services": [{"line": "bookkeeping", "recurring": True}],
            "closed": {"on": "2025-12-31", "why": "completed"},
        },
    ],
    "purchases": [
        {
            "id": "p-1",
            "on": "2024-11-05",
            "service": {"line": "training"},
            "amount": {"amount": "1250.5", "currency": "GBP"},
        },
    ],
    "contracts": [
        {
            "id": "letter-2026",
            "form": "engagement_letter",
            "parties": ["acme", "firm"],
            "signatures": [
                {"party": "acme", "on": "2026-01-10"},
                {"party": "firm", "on": "2026-01-11"},
            ],
        },
    ],
}
DATA = json.dumps(DOCUMENT, separators=(",", ":")).encode()
BROKEN = DATA.replace(b"2025-12-31", b"2025-13-31").replace(b"advice", b"advise")


def main() -> int:
    """Print every ratio beside its bar; 1 if one is above it."""
    ours, theirs = codec.loads(DATA, Client), Twin.model_validate_json(DATA)
    write = partial(Twin.model_dump_json, exclude_defaults=True)
    alike("ours", codec.loads(codec.dumps(ours), Client), ours)
    alike("theirs", Twin.model_validate_json(write(theirs)), theirs)
    print(f"{leaves(DOCUMENT)} values, {len(DATA)} bytes")
    read = partial(codec.loads, kind=Client)
    spent = medians(
        {
            "read": again(lambda: read(DATA)),
            "read by pydantic": again(lambda: Twin.model_validate_json(DATA)),
            "write": again(lambda: codec.dumps(ours)),
            "write by pydantic": again(lambda: write(theirs)),
            "refuse": again(lambda: refused(read, BROKEN)),
            "refuse by pydantic": again(
                lambda: refused(Twin.model_validate_json, BROKEN)
            ),
        },
        ROUNDS,
    )
    memory, unlike = weight([DOCUMENT] * KEPT), weight([*map(of_another, range(KEPT))])
    within = [
        at_most("read", spent["read"] / spent["read by pydantic"], 2.5),
        at_most("write", spent["write"] / spent["write by pydantic"], 0.65),
        at_most("memory", memory, 0.15),
    ]
    print(f"    memory, where no two clients share an id: {unlike:.2f}")
    print(f"    refuse: {spent['refuse'] / spent['refuse by pydantic']:.1f}")
    return 0 if all(within) else 1


def leaves(value: object) -> int:
    """How many values stand in it."""
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    return sum(map(leaves, value)) if isinstance(value, list) else 1


def again(work: Callable[[], object]) -> Callable[[], None]:
    """Do *work* so many times that it can be measured."""

    def each() -> None:
        for _ in range(REPEATS):
            work()

    return each


def refused(read: Callable[[bytes], object], data: bytes) -> None:
    """Have *data* refused."""
    try:
        read(data)
    except (DecodeError, ValidationError):
        return
    raise AssertionError("what is broken was read")


def of_another(number: int) -> Document:
    """The document of a client, an engagement and a contract of other ids."""
    data = DATA
    for id_ in (b"acme", b"tax-2026", b"books-2025", b"p-1", b"letter-2026"):
        data = data.replace(b'"%b"' % id_, b'"%b-%d"' % (id_, number))
    told: Document = json.loads(data)
    return told


def weight(documents: Sequence[Document]) -> float:
    """What clients weigh beside those of pydantic."""
    ours = kept(lambda document: codec.load(document, Client), documents)
    load = partial(Twin.model_validate, strict=False)
    return ours / kept(load, documents)


def kept(make: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """How many bytes one client takes beside the texts of its document."""
    make(documents[0])
    tracemalloc.start()
    made = [make(document) for document in documents]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    ALIVE.append(made)
    return size / len(made)


if __name__ == "__main__":
    raise SystemExit(main())
