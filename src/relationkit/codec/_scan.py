"""Scanning: what a text would ask of its parser, found out before it is asked.

A scan reads a text once, from left to right, and keeps little more than where
it stands.  It tells strings, comments, keys and numbers apart, and refuses what
is over a limit.  All else that is wrong it leaves to the parser: where the text
can be of its form no more, the scan ends, and the parser gets no further
either.
"""

import re
from enum import Enum, auto
from typing import ClassVar

from relationkit.codec._limits import Limits, refuse_over

__all__ = ["END", "IS", "KEY", "Scan"]

# All repetitions here are possessive, and every token ends: no character is
# tried in two ways.
TOKENS = re.compile(
    r"""
    [ \t\n\r]*+ (?:
      (?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+") | (?P<word>[\w+.-]++)
    | (?P<comma>,) | (?P<is>:)
    | (?P<table>\{) | (?P<list>\[) | (?P<close>[\]}])
    | (?P<other>.) | (?P<end>\Z)
    )""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
NUMBER = re.compile(
    r"[+-]?+(?:0[xob](?P<hex>[\dA-Fa-f_]++)"
    r"|(?P<plain>\d[\d_]*+(?:\.[\d_]++)?+)(?:[eE](?P<exponent>[+-]?+[\d_]++))?)",
    re.ASCII,
)
SHOWN = 20


class Expects(Enum):
    """What may come next, in a text without a fault."""

    KEY = auto()
    IS = auto()
    """What stands between a key and its value, or goes on with the key."""
    VALUE = auto()
    END = auto()
    """The end of what the last value stands in, or another beside it."""


KEY, IS, VALUE, END = Expects


class Scan:
    """A JSON text as far as it has been read.

    Attributes:
        text: The text.
        limits: How much may be in it.
        items: How many items and entries have been seen.
        deepest: How many tables and lists stood in each other at most.
        depth: How many tables and lists are around here.
        around: The depths outside of them, and whether each is of a table.
        in_table: Whether the innermost of them is a table.
        at: How many will be around the next value.
        parts: How many parts the key has that is being read.
        expects: What may come next.
    """

    tokens: ClassVar["re.Pattern[str]"] = TOKENS

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.items = 0
        self.deepest = 0
        self.depth = 0
        self.around: list[tuple[int, bool]] = []
        self.in_table = False
        self.at = 0
        self.parts = 1
        self.expects = VALUE

    def run(self) -> None:
        """Read the text to its end, or to where no parser gets further.

        Raises:
            DecodeError: If something is over a limit.
        """
        steps = {name: getattr(self, f"see_{name}") for name in self.tokens.groupindex}
        for token in self.tokens.finditer(self.text):
            if not steps[token.lastgroup or ""](token):
                return

    def see_end(self, _: "re.Match[str]") -> bool:
        """That was all."""
        return True

    def see_other(self, _: "re.Match[str]") -> bool:
        """Stop: that is of no form."""
        return False

    def see_text(self, token: "re.Match[str]") -> bool:
        """A text in quotes is a key or a value."""
        if self.expects is KEY:
            self.expects = IS
            return True
        return self.value(token)

    def see_word(self, token: "re.Match[str]") -> bool:
        """A text without quotes is a value."""
        if not self.value(token):
            return False
        word = token["word"]
        if len(word) > self.limits.digits or "e" in word or "E" in word:
            self._check_number(token)
        return True

    def see_list(self, token: "re.Match[str]") -> bool:
        """A list begins."""
        return self.open(token, is_table=False)

    def see_table(self, token: "re.Match[str]") -> bool:
        """A table begins, within others."""
        return self.open(token, is_table=True)

    def see_close(self, _: "re.Match[str]") -> bool:
        """A list or table ends; which of them is the parser's business."""
        if not self.around:
            return False
        self.depth, self.in_table = self.around.pop()
        self.at = self.depth
        self.expects = END
        return True

    def see_comma(self, _: "re.Match[str]") -> bool:
        """Another follows."""
        if self.expects is not END or not self.around:
            return False
        self._begin()
        return True

    def see_is(self, token: "re.Match[str]") -> bool:
        """A key is complete, and its value follows."""
        if self.expects is not IS:
            return False
        self.count(self.parts, token)
        self.at = self.depth + self.parts - 1
        self.nest(self.at, token)
        self.expects = VALUE
        return True

    def value(self, token: "re.Match[str]") -> bool:
        """See a value, or its beginning."""
        if self.expects is not VALUE:
            return False
        if self.around and not self.in_table:
            self.count(1, token)
        self.expects = END
        return True

    def open(self, token: "re.Match[str]", *, is_table: bool) -> bool:
        """See a list or table begin."""
        if not self.value(token):
            return False
        self.around.append((self.depth, self.in_table))
        self.depth, self.in_table = self.at + 1, is_table
        self.at = self.depth
        self.nest(self.depth, token)
        self._begin()
        return True

    def _begin(self) -> None:
        self.expects = KEY if self.in_table else VALUE
        self.parts = 1

    def over(self, name: str, found: int | str, token: "re.Match[str]") -> None:
        """Refuse a *token* for being over a limit."""
        refuse_over(self.limits, name, found, where=self.where(token))

    def where(self, token: "re.Match[str]") -> str:
        """Where a *token* stands, in words."""
        at = token.start(token.lastgroup or 0)
        line = self.text.count("\n", 0, at) + 1
        return f"at line {line}, column {at - self.text.rfind(chr(10), 0, at)}"

    def count(self, more: int, token: "re.Match[str]") -> None:
        """See so many *more* items."""
        self.items += more
        if self.items > self.limits.items:
            self.over("items", self.items, token)

    def nest(self, depth: int, token: "re.Match[str]") -> None:
        """See tables and lists in each other."""
        self.deepest = max(self.deepest, depth)
        if depth > self.limits.depth:
            self.over("depth", depth, token)

    def _check_number(self, token: "re.Match[str]") -> None:
        found = NUMBER.match(token["word"])
        if found is None:
            return
        exponent = (found["exponent"] or "").replace("_", "")
        digits = sum(map(str.isalnum, found["hex"] or found["plain"] + exponent))
        if digits > self.limits.digits:
            self.over("digits", digits, token)
        far = exponent.lstrip("+-0")
        most = self.limits.exponent
        if len(far) > len(str(most)) or (far and int(far) > most):
            self.over("exponent", exponent[:SHOWN], token)
