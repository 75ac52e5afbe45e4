"""What importing each module costs, as a ratio to importing attrs.

Interleaved, each time in a fresh interpreter; the median of what the processor
spent beyond an empty start.
"""

import pkgutil
import subprocess
import sys
from statistics import median

import relationkit

ROUNDS = 9
SPENT = "import time; print(time.process_time())"


def spent(statement: str) -> float:
    """Seconds of processor time that a fresh interpreter needs for *statement*."""
    command = [sys.executable, "-c", f"{statement}; {SPENT}"]
    return float(subprocess.check_output(command))


def main() -> None:
    """Print one line per module."""
    modules = ["relationkit"] + [
        module.name
        for module in pkgutil.iter_modules(relationkit.__path__, "relationkit.")
    ]
    statements = ["pass", "import attrs", *(f"import {name}" for name in modules)]
    rounds = [[spent(statement) for statement in statements] for _ in range(ROUNDS)]
    empty, attrs, *costs = map(median, zip(*rounds, strict=True))
    for name, cost in zip(modules, costs, strict=True):
        print(f"{name:30} {(cost - empty) / (attrs - empty):6.2f} x attrs")


if __name__ == "__main__":
    main()
