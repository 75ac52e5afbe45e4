"""Texts: what they say, and what tells records apart."""

from collections.abc import Mapping

from relationkit.constraints._constraint import Constraint
from relationkit.errors import shown

__all__ = ["END", "Id", "Said"]

END = r"(?![\s\S])"
"""The end of a text, in the words that all dialects of patterns share: in that of
Python a line end may follow ``$``."""
# Of what Python cannot show, what stands in one block or occurs in texts: neither
# a list of each such character nor \p{C} is known to all who read a schema.
_UNSEEN = (
    r"\u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
)
_HIDDEN = rf"\u0000-\u001f{_UNSEEN}"
# In writing, lines end, blanks are wide or hold together what stands around them, and
# letters of some scripts are kept apart or joined by what is not seen.
_USUAL = str.maketrans("\n\u00a0\u3000", "   ", "\u200c\u200d")
_HIDDEN_IN_LINES = (
    r"\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u1680"
    r"\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\ufeff"
)
_ID = rf"^[^ {_HIDDEN}]([^{_HIDDEN}]*[^ {_HIDDEN}])?{END}"
_SAID = rf"^[^{_HIDDEN_IN_LINES}]*[^ {_HIDDEN}][^{_HIDDEN_IN_LINES}]*{END}"


class Said(Constraint):
    """A text that says something, all of which can be shown; it may have lines.

    Blanks that are wide or break no line are blanks, and the joiners that names in
    some scripts are written with stand where they have to.

    >>> Said().holds("\u0645\u0647\u062f\u06cc\u200c\u0646\u0698\u0627\u062f")
    True
    """

    __slots__ = ()

    wanted = "a text that is not blank, of characters that can be shown"

    def holds(self, value: object) -> bool:
        """Whether *value* says something."""
        if not isinstance(value, str) or not value.strip():
            return False
        if value.isprintable():
            return True
        usual = value.translate(_USUAL)
        return usual.isprintable() and usual.strip() != ""

    def remedy_for(self, value: object) -> str:
        """What to do about a *value* that does not."""
        usual = str(value).translate(_USUAL)
        hidden = _hidden(usual)
        return f"remove {hidden}" if hidden and usual.strip() else "say something"

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"pattern": _SAID}


class Id(Constraint):
    """A text that tells records apart: what it looks like is all there is to it."""

    __slots__ = ()

    wanted = "an id with no blank around it, of characters that can be shown"

    def holds(self, value: object) -> bool:
        """Whether *value* is one line with nothing unseen in or around it."""
        if not isinstance(value, str) or not value.isprintable():
            return False
        return value != "" and value == value.strip()

    def remedy_for(self, value: object) -> str:
        """What to do about a *value* that is not."""
        text = str(value)
        if hidden := _hidden(text.strip()):
            return f"remove {hidden}"
        return f"use {shown(text.strip())}" if text.strip() else "make one up"

    def schema(self) -> Mapping[str, object]:
        """The keywords of JSON Schema that ask for the same of a document."""
        return {"pattern": _ID}


def _hidden(text: str) -> str:
    """The first character of *text* that cannot be shown, as Python escapes it."""
    return next((repr(c) for c in text if not c.isprintable()), "")
