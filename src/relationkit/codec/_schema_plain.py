"""Schema of what is no record: the grammars by which texts are read."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType, NoneType

from relationkit.codec._hooks import CLOCK, DAY, DECIMAL, DIGITS, INSTANT
from relationkit.constraints import END
from relationkit.targets import NextBusinessDay
from relationkit.targets._goals import RELATIVE
from relationkit.targets._words import DURATION, ISO

__all__ = ["PLAIN"]


def grammar(*patterns: "re.Pattern[str]") -> str:
    """The same grammar as one of *patterns*, in the words that all dialects share."""
    told = "|".join(pattern.pattern for pattern in patterns)
    return f"^(?:{told}){END}".replace(r"\d", "[0-9]")


MOST = 10**DIGITS
PLAIN: Mapping[object, Mapping[str, object]] = MappingProxyType(
    {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer", "exclusiveMinimum": -MOST, "exclusiveMaximum": MOST},
        Decimal: {"type": "string", "pattern": grammar(DECIMAL)},
        date: {"type": "string", "format": "date", "pattern": grammar(DAY)},
        datetime: {
            "type": "string",
            "format": "date-time",
            "pattern": grammar(INSTANT),
        },
        time: {"type": "string", "pattern": grammar(CLOCK)},
        timedelta: {
            "type": "string",
            "allOf": [{"pattern": grammar(DURATION, ISO)}, {"pattern": "[1-9]"}],
        },
        NextBusinessDay: {"type": "string", "pattern": grammar(RELATIVE)},
        NoneType: {"type": "null"},
    }
)
