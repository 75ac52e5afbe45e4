"""Codec: documents in, strictly, with everything that is wrong with them.

Books, editions and every single model are read from TOML and JSON.  Nothing is
coerced, dropped or guessed: unknown keys, a number for a text, a text for a
list are refused, all at once, each with its place and a remedy.

On the wire sets and tuples are lists, members of enums and ids are texts, days
are TOML days or texts like ``2026-11-22``, lengths of time are texts like
``4h30m``, decimals are texts like ``"10.50"``, and money is
``{ amount = "10.50", currency = "GBP" }``.  Where several classes may stand, the
key ``type`` says which.  What is left out has its default.

A document may come from anyone: what it may ask of its reader has
:class:`Limits`, which are checked before any parser sees it.
"""

from relationkit.codec._dump import digest, dump, dumps
from relationkit.codec._limits import Limits
from relationkit.codec._load import load, loads, read
from relationkit.codec._parse import Format
from relationkit.codec._register import register
from relationkit.codec._schema import KINDS, json_schema

__all__ = [
    "KINDS",
    "Format",
    "Limits",
    "digest",
    "dump",
    "dumps",
    "json_schema",
    "load",
    "loads",
    "read",
    "register",
]
