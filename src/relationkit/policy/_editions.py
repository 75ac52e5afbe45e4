"""The editions that ship with the library."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources

from relationkit.errors import UnknownIdError
from relationkit.policy._build import build
from relationkit.policy._policy import Edition
from relationkit.records import is_of

__all__ = ["edition", "editions", "latest"]

SUFFIX = ".toml"


@cache
def edition(name: str) -> Edition:
    """The edition of that *name*, as it ships.

    Once released, an edition never changes: what it decided it will decide
    again after any upgrade.

    >>> edition("2026-11").status.value
    'draft'

    Raises:
        UnknownIdError: If none of that name ships.
        TypeError: If *name* is no text.
    """
    is_of("name", str, name)
    if name not in editions():
        raise UnknownIdError.of("edition", name, editions())
    text = (_shelf() / f"{name}{SUFFIX}").read_text(encoding="utf-8")
    return build(tomllib.loads(text, parse_float=Decimal))


def _shelf() -> resources.abc.Traversable:
    return resources.files("relationkit") / "editions"


@cache
def editions() -> tuple[str, ...]:
    """The names of the editions that ship, oldest first.

    >>> editions()
    ('2026-11',)
    """
    names = (entry.name for entry in _shelf().iterdir())
    return tuple(sorted(n.removesuffix(SUFFIX) for n in names if n.endswith(SUFFIX)))


def latest() -> Edition:
    """The newest edition that ships; it changes with upgrades, and says its name.

    >>> latest().name
    '2026-11'
    """
    return edition(editions()[-1])
