"""Scanning TOML: statements and dotted keys around the values that all forms have."""

import re
from typing import ClassVar

from relationkit.codec._limits import Limits
from relationkit.codec._scan import END, IS, KEY, Scan
from relationkit.errors import DecodeError, Problem

__all__ = ["TomlScan"]

# A possessive repeat of a group that looks ahead or has a choice matches wrongly
# before Python 3.11.5: here it is greedy, and its turns begin unlike what follows.
TOKENS = re.compile(
    r'''
    [ \t]*+ (?:\#[^\n]*+)?+ (?:
      (?P<lines>\r?+\n[ \t\r\n]*+)
    | (?P<text>"""[^"\\]*+(?:(?!""")\\?+.[^"\\]*+)*"{3,5}+
      | \'{3}[^']*+(?:'(?!'')[^']*+)*'{3,5}+
      | "(?!"")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+" | '(?!'')[^'\n]*+')
    | (?P<word>[0-9]{4}-[0-9]{2}-[0-9]{2}[ ][0-9]{2}:[\w:.+-]*+ | [\w:.+-]++)
    | (?P<list>\[) | (?P<table>\{) | (?P<close>[\]}]) | (?P<comma>,) | (?P<is>=)
    | (?P<other>.) | (?P<end>\Z)
    )''',
    re.VERBOSE | re.DOTALL | re.ASCII,
)
TOO_FINE = re.compile(r":[0-9]{2}\.[0-9]{7}")
"""A time of which the parser would drop digits."""


class TomlScan(Scan):
    """A TOML text as far as it has been read.

    Attributes:
        is_fresh: Whether nothing of the statement has been read.
        brackets: How many brackets of its header are open.
    """

    tokens: ClassVar["re.Pattern[str]"] = TOKENS

    def __init__(self, text: str, limits: Limits) -> None:
        super().__init__(text, limits)
        self.depth = self.deepest = 1
        self.in_table = True
        self._statement()

    def _statement(self) -> None:
        self.expects = KEY
        self.is_fresh = True
        self.brackets = 0
        self.parts = 1

    def see_lines(self, _: "re.Match[str]") -> bool:
        """A line ends, and with it a statement, unless a value goes on."""
        if self.around:
            return True
        if self.brackets or not (self.is_fresh or self.expects is END):
            return False
        self._statement()
        return True

    def see_text(self, token: "re.Match[str]") -> bool:
        """A text in quotes is a part of a key, or a value."""
        self.is_fresh = False
        return super().see_text(token)

    def see_word(self, token: "re.Match[str]") -> bool:
        """A text without quotes is one or more parts of a key, or a value."""
        word = token["word"]
        goes_on = self.expects is IS and word.startswith(".")
        if self.expects is not KEY and not goes_on:
            if "." in word and TOO_FINE.search(word):
                self._refuse_fine(token)
            return super().see_word(token)
        self.is_fresh = False
        self.parts += word.count(".")
        if self.parts > self.limits.key_parts:
            self.over("key_parts", self.parts, token)
        self.expects = KEY if word.endswith(".") else IS
        return True

    def _refuse_fine(self, token: "re.Match[str]") -> None:
        told = f"a time {self.where(token)} is finer than a microsecond"
        hint = "leave out what follows the sixth digit"
        raise DecodeError([Problem("", "value", told, hint)])

    def see_list(self, token: "re.Match[str]") -> bool:
        """A header begins, or a list."""
        is_second = self.brackets == 1 and self.text[token.start("list") - 1] == "["
        if self.is_fresh or is_second:
            self.brackets += 1
            self.is_fresh = False
            return True
        return super().see_list(token)

    def see_close(self, token: "re.Match[str]") -> bool:
        """A header ends, or a list or table."""
        if not self.brackets:
            return super().see_close(token)
        if self.expects is IS:
            self._head(token)
        self.brackets -= 1
        return self.expects is END

    def _head(self, token: "re.Match[str]") -> None:
        """What follows stands in the table of the header, perhaps one of a list."""
        self.count(self.parts + self.brackets - 1, token)
        self.depth = self.parts + self.brackets
        self.nest(self.depth, token)
        self.expects = END
