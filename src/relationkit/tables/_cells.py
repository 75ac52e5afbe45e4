"""Cells: the small closed language of conditions.

====================  ==================================================
``-``                 anything
``client``            this value
``a, b``              any of these; each may be a comparison or a range
``not(a, b)``         none of these
``< <= > >=``         compared, where values have an order
``lo .. hi``          from *lo* up to but not including *hi*
``[lo .. hi]``        both ends included; ``(`` and ``)`` exclude
====================  ==================================================

There are no expressions and no functions: that makes every proof exact.
"""

import re
from datetime import date
from decimal import Decimal
from typing import TypeVar

from attrs import frozen

from relationkit.decisions import Value
from relationkit.errors import suggestion
from relationkit.reading import got
from relationkit.tables._domains import Domain, Span

__all__ = ["ANY", "Cell", "CellError", "parse"]

V = TypeVar("V", bound=Value)

SHOWN = 60
DIGITS = 40
BRACKETS = "write 'lo .. hi' or '[lo .. hi]', the lower end first"
NUMBER = r"[+-]?\d++(_\d++)*+"
GRAMMAR = {
    int: (re.compile(NUMBER, re.ASCII), "a whole number such as 365"),
    Decimal: (
        re.compile(NUMBER + r"(\.\d++)?", re.ASCII),
        "a number such as 10_000.00",
    ),
    date: (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), "a day such as 2026-11-22"),
}
COMPARED = re.compile(r"(<=|>=|<|>)\s*(.+)", re.DOTALL)
TIGHT = re.compile(r"\d,\d", re.ASCII)
SPACED = "write '1, 500' for two numbers, and '1_500' for one"
NEGATED = re.compile(r"not\s*\((.*)\)", re.DOTALL)


class CellError(ValueError):
    """A cell that says nothing a table can use.

    Attributes:
        hint: What would mend it; empty if that is for the author to say.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


@frozen
class Cell:
    """What a rule asks of one fact.

    Attributes:
        text: As it was written.
        spans: The keys it admits, as stretches between cuts; before negation.
        negated: Whether it admits all others instead.
    """

    text: str
    spans: tuple[Span, ...]
    negated: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def is_any(self) -> bool:
        """Whether it asks nothing."""
        return self.text == "-"


ANY = Cell("-", ((None, None),))


def parse(written: object, domain: Domain) -> Cell:
    """The cell that is *written*, a text or a native value, over *domain*.

    >>> from relationkit.tables import Domain
    >>> parse("< 18, >= 65", Domain(int)).text
    '< 18, >= 65'

    Raises:
        CellError: If it is not in the language, or not about such facts.
    """
    if not isinstance(written, str):
        value = _native(written, domain)
        return Cell(_text(value), (_point(value, domain),))
    text = written.strip()
    if text == "-":
        return ANY
    negation = NEGATED.fullmatch(text)
    tests = negation[1] if negation else text
    if domain.kind in {int, Decimal} and TIGHT.search(tests):
        raise CellError(f"a comma between digits in {text[:SHOWN]!r}", SPACED)
    spans = tuple(_span(test.strip(), domain) for test in tests.split(","))
    return Cell(text, spans, negated=negation is not None)


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _native(value: object, domain: Domain) -> Value:
    if type(value) is domain.kind:
        return _bounded(value)
    if type(value) is int and domain.kind is Decimal:
        return Decimal(_bounded(value))
    raise CellError(f"expected {_expected(domain)}, got {got(value)}")


def _bounded(value: V) -> V:
    """The value, of so few digits that proofs reckon with it exactly."""
    if isinstance(value, Decimal) and not value.is_finite():
        raise CellError(f"{value} is not a finite number")
    if isinstance(value, (int, Decimal)) and not _fits(value):
        raise CellError(f"the number has more than {DIGITS} digits")
    return value


def _fits(number: int | Decimal) -> bool:
    if not -(10**DIGITS) < number < 10**DIGITS:
        return False
    return isinstance(number, int) or Decimal(f"{number:.{DIGITS}f}") == number


def _point(value: Value, domain: Domain) -> Span:
    return domain.before(value), domain.after(value)


def _span(test: str, domain: Domain) -> Span:
    if compared := COMPARED.fullmatch(test):
        return _compared(compared[1], _ordered(compared[2], domain), domain)
    if ".." in test:
        return _between(test, domain)
    return _point(_literal(test, domain), domain)


def _compared(sign: str, value: Value, domain: Domain) -> Span:
    cut = domain.before(value) if sign in {"<", ">="} else domain.after(value)
    return (None, cut) if sign in {"<", "<="} else (cut, None)


def _between(test: str, domain: Domain) -> Span:
    opens, closes = test[0] in "[(", test[-1] in ")]"
    if opens != closes:
        shown = repr(test[:SHOWN])
        raise CellError(f"{shown} opens or closes one bracket only", BRACKETS)
    low, _, high = test[opens : len(test) - closes].partition("..")
    first, last = _ordered(low.strip(), domain), _ordered(high.strip(), domain)
    start = domain.after(first) if test[0] == "(" else domain.before(first)
    end = domain.after(last) if test[-1] == "]" else domain.before(last)
    if start >= end:
        shown = repr(test[:SHOWN])
        raise CellError(f"the range {shown} is empty or reversed", BRACKETS)
    return start, end


def _ordered(text: str, domain: Domain) -> Value:
    if not domain.is_ordered:
        raise CellError(
            f"{domain.kind.__name__} has no order; list its members instead",
            suggestion("", map(_text, domain.members)),
        )
    return _literal(text, domain)


def _literal(text: str, domain: Domain) -> Value:
    for member in domain.members:
        if _text(member) == text:
            return member
    if domain.members or not _is_number(text, domain):
        known = [_text(member) for member in domain.members]
        hint = suggestion(text, known) if known else ""
        raise CellError(f"expected {_expected(domain)}, got {text[:SHOWN]!r}", hint)
    return _read(text, domain)


def _is_number(text: str, domain: Domain) -> bool:
    grammar, _ = GRAMMAR[domain.kind]
    digits = text.lstrip("+-")
    is_padded = digits[:1] == "0" and digits[1:2] not in {"", "."}
    is_right = domain.kind is date or not is_padded
    return is_right and grammar.fullmatch(text) is not None


def _read(text: str, domain: Domain) -> Value:
    if domain.kind is not date:
        number = _bounded(Decimal(text))
        return int(number) if domain.kind is int else number
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(f"there is no day {text!r}") from None


def _expected(domain: Domain) -> str:
    if domain.kind in GRAMMAR:
        return GRAMMAR[domain.kind][1]
    name = "true or false" if domain.kind is bool else domain.kind.__name__
    return name if domain.kind is bool else f"a member of {name}"
