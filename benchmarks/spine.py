"""What the spine costs, as ratios; ``nox -s bench -- benchmarks/spine.py``.

Alternatives take turns, so that a busy machine slows all of them alike.
Exits 1 if a ratio is above its bar.
"""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import median
from time import process_time

from relationkit import policy
from relationkit.contracts import Contract, ContractForm, Signature
from relationkit.engagements import (
    Engagement,
    Help,
    Service,
    Stakes,
    Tailoring,
)
from relationkit.money import Money
from relationkit.parties import Person
from relationkit.periods import Period
from relationkit.records import ContractId, EngagementId, PartyId, PurchaseId
from relationkit.relationships import Client, Purchase, Stance, StatedStance

TODAY = date(2026, 11, 22)
CHILD = """
import sys, time
start = time.process_time()
{statement}
spent = time.process_time() - start
attrs = sys.modules.get("attrs")
ours = [m for name, m in sys.modules.items() if name.startswith("relationkit")]
named = [value for m in ours for value in vars(m).values() if isinstance(value, type)]
classes = {{value for value in named if attrs and attrs.has(value)}}
print(spent, len(classes), "cattrs" in sys.modules)
"""
STATEMENTS = ("pass", "import attrs", "import relationkit.relationships")


def main() -> int:
    """Print every ratio beside its bar; 1 if one is above it."""
    within = [imports(rounds=25), assessing(rounds=60, repeats=50)]
    return 0 if all(within) else 1


def imports(rounds: int) -> bool:
    """What importing the models costs beside importing attrs."""
    spent: dict[str, list[float]] = {statement: [] for statement in STATEMENTS}
    classes, cattrs = "0", "False"
    for _ in range(rounds):
        for statement in STATEMENTS:
            seconds, classes, cattrs = child(statement)
            spent[statement].append(float(seconds))
    bare, attrs, ours = (median(spent[statement]) for statement in STATEMENTS)
    print(f"{classes} attrs classes behind the import; cattrs loaded: {cattrs}")
    name = "import relationkit.relationships : import attrs"
    return told(name, (ours - bare) / (attrs - bare), 2.2) and cattrs == "False"


def child(statement: str) -> list[str]:
    """Seconds of CPU for *statement*, classes of ours, whether cattrs came along."""
    command = [sys.executable, "-c", CHILD.format(statement=statement)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


def assessing(rounds: int, repeats: int) -> bool:
    """What assessing a relationship costs beside making it."""
    edition, client = policy.edition("2026-11"), relationship()
    made: list[float] = []
    assessed: list[float] = []
    for _ in range(rounds):
        made.append(seconds(relationship, repeats))
        assessed.append(seconds(lambda: edition.assess(client, on=TODAY), repeats))
    print(
        f"{median(made) / repeats * 1e6:.0f} and "
        f"{median(assessed) / repeats * 1e6:.0f} microseconds on this machine"
    )
    return told("assess : make the relationship", median(assessed) / median(made), 10)


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Seconds of CPU for doing *work* so many times."""
    start = process_time()
    for _ in range(repeats):
        work()
    return process_time() - start


def told(name: str, ratio: float, bar: float) -> bool:
    """Print a *ratio*; whether it is within its *bar*."""
    print(f"{name}: {ratio:.2f} (at most {bar})")
    return ratio <= bar


def relationship() -> Client:
    """One relationship with one engagement, made from nothing."""
    us, ada = PartyId("us"), PartyId("ada")
    signed = tuple(Signature(party=p, on=date(2026, 3, 2)) for p in (us, ada))
    letter = Contract(
        id=ContractId("letter"),
        form=ContractForm.ENGAGEMENT_LETTER,
        parties=frozenset({us, ada}),
        signatures=signed,
        period=Period(date(2026, 3, 2)),
    )
    tax = Service(
        line="tax",
        help=Help.ADVICE,
        professional=True,
        tailoring=Tailoring.ADAPTED,
        stakes=Stakes.HIGH,
        recurring=True,
        scope_defined=False,
        repeatable=False,
    )
    work = Engagement(
        id=EngagementId("tax"),
        opened=date(2026, 3, 2),
        clients=frozenset({ada}),
        services=(tax,),
        contract=letter.id,
    )
    bought = Purchase(
        id=PurchaseId("form"),
        on=date(2025, 2, 1),
        service=Service(line="forms", tailoring=Tailoring.READY_MADE),
        amount=Money(Decimal("49.00"), "USD"),
    )
    return Client(
        party=Person(id=ada, name="Ada Byron"),
        purchases=(bought,),
        stances=(StatedStance(stance=Stance.RELATIONAL, on=date(2026, 3, 2)),),
        contracts=(letter,),
        engagements=(work,),
    )


if __name__ == "__main__":
    sys.exit(main())
