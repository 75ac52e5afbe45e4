"""Types of the code on every page, as a reader would check them; ``nox -s typing``.

What a page says line by line is one module, each line where it stands there, so
that a complaint names the line of the page.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

SAID = re.compile(r"^(?:>>>|\.\.\.)(?: |$)")
OPTIONS = (
    "--config-file=",
    "--strict",
    "--no-error-summary",
    "--hide-error-context",
    "--disable-error-code=import-untyped",  # Django has no types,
    "--allow-subclassing-any",  # so that its fields are of any
)
BESIDE = Path("examples", "frameworks").absolute()
"""What pages tell to put beside one's own files."""


def main() -> int:
    """Check all pages at once; the exit code of the type checker."""
    pages = [Path("README.md"), *sorted(Path("docs").rglob("*.md"))]
    with TemporaryDirectory() as folder:
        modules = {
            Path(folder, re.sub(r"\W", "_", str(page)) + ".py"): page for page in pages
        }
        for module, page in modules.items():
            module.write_text("\n".join(code(page.read_text("utf-8"))), "utf-8")
        command = [sys.executable, "-m", "mypy", *OPTIONS, *map(str, modules)]
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "MYPYPATH": str(BESIDE)},
        )
    told = done.stdout
    for module, page in modules.items():
        told = told.replace(str(module), str(page))
    print(told or f"the code of {len(pages)} pages has the types it says", end="\n")
    sys.stderr.write(done.stderr)
    return done.returncode


def code(page: str) -> Iterator[str]:
    """The lines of a *page*, all but its Python code left empty."""
    is_code = False
    for line in page.splitlines():
        if line.startswith("```"):
            is_code = line == "```python" and not is_code
            yield ""
        else:
            yield SAID.sub("", line) if is_code and SAID.match(line) else ""


if __name__ == "__main__":
    sys.exit(main())
