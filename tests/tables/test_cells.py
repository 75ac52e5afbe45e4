import re
import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Context, Decimal, Inexact, localcontext
from enum import StrEnum
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.strategies._tables import Channel, Grade
from relationkit.tables import Axis, Cell, CellError, Domain, parse
from tests.tables.oracle import shown

BOOLS, COUNTS, INTS = Domain(bool), Domain(int, least=0), Domain(int)
DECIMALS, DAYS = Domain(Decimal), Domain(date)
CHANNELS, GRADES = Domain(Channel), Domain(Grade)
DOMAINS = [BOOLS, COUNTS, INTS, DECIMALS, DAYS, CHANNELS, GRADES]
MANY = 100_000
V = TypeVar("V")

whole = st.integers(-(10**40) + 1, 10**40 - 1)
fine = st.decimals(-(10**40) + 1, 10**40 - 1, places=40)


def admits(written: object, value: object, domain: Domain) -> bool:
    """Whether *value* meets the cell, as a table with this cell alone sees it."""
    cell = parse(written, domain)
    axis = Axis.cut("fact", domain, cell.spans)
    return bool(axis.mask(cell.spans) & axis.atom(value)) != cell.negated  # type: ignore[arg-type]


def admitted(written: object, values: Iterable[V], domain: Domain) -> list[V]:
    return [value for value in values if admits(written, value, domain)]


def cell_text(text: str, domain: Domain) -> str | None:
    """What the cell says it is; None if it is refused."""
    try:
        return parse(text, domain).text
    except CellError as refused:
        return None if str(refused) else "refused without a word"


class TestLiterals:
    @pytest.mark.parametrize("domain", DOMAINS, ids=repr)
    def test_dash_is_anything(self, domain: Domain) -> None:
        """A dash asks nothing, with or without blanks around it."""
        assert parse(" - ", domain) == Cell("-", ((None, None),))
        assert parse("-", domain).is_any
        assert str(parse("-", domain)) == "-"

    @pytest.mark.parametrize("domain", [BOOLS, CHANNELS, GRADES], ids=repr)
    def test_members_are_themselves(self, domain: Domain) -> None:
        """The wire form of a member, or its truth, admits it and nothing else."""
        members = [*domain.members]

        for member in members:
            text = str(member).lower()
            assert admitted(text, members, domain) == [member]
            assert admitted(f" {text} ", members, domain) == [member]
            assert admitted(member, members, domain) == [member]
            assert not parse(text, domain).is_any

    @given(whole)
    def test_whole_numbers_are_themselves(self, number: int) -> None:
        """A whole number of up to 40 digits admits itself and nothing beside it."""
        near = [number - 1, number, number + 1]

        for written in (number, f"{number}", f" {number:_} ", f"{number:+}"):
            assert admitted(written, near, INTS) == [number]

    @given(fine)
    def test_decimals_are_themselves(self, number: Decimal) -> None:
        """A number of up to 40 digits on either side of the point is exact."""
        with localcontext(Context(prec=100)):
            near = [number - Decimal("1E-41"), number, number + Decimal("1E-41")]

        for written in (number, f"{number:f}"):
            assert admitted(written, near, DECIMALS) == [number]

    @given(st.dates())
    def test_days_are_themselves(self, day: date) -> None:
        """Any day there is admits itself and nothing beside it."""
        near = [
            day + timedelta(by)
            for by in (-1, 0, 1)
            if date.min.toordinal() <= day.toordinal() + by <= date.max.toordinal()
        ]

        for written in (day, day.isoformat(), f" {day} "):
            assert admitted(written, near, DAYS) == [day]

    @pytest.mark.parametrize(
        ("native", "text"),
        [
            (True, "true"),
            (False, "false"),
            (7, "7"),
            (Decimal("1E+3"), "1000"),
            (Decimal("0.50"), "0.50"),
            (date(2026, 1, 2), "2026-01-02"),
            (Grade.HIGH, "high"),
        ],
        ids=repr,
    )
    def test_values_are_told_as_their_text(self, native: object, text: str) -> None:
        """A value written as such makes the cell that its text makes."""
        domain = Domain(type(native))  # type: ignore[arg-type]

        assert parse(native, domain) == parse(text, domain)

    def test_whole_numbers_are_numbers(self) -> None:
        """A whole number will do where any number will."""
        assert admits(5, Decimal("5.00"), DECIMALS)
        assert not admits(5, Decimal("5.01"), DECIMALS)

    def test_heed_no_context(self) -> None:
        """What a program has set for its own decimals changes no cell."""
        with localcontext(Context(prec=1, traps=[Inexact])):
            assert admits("1234.5678", Decimal("1234.5678"), DECIMALS)
            assert admits(Decimal("1234.5678"), Decimal("1234.5678"), DECIMALS)
            assert admits("<= 12345", 12345, INTS)


class TestLists:
    def test_admit_any_of_them(self) -> None:
        """Each part of a list is a test of its own."""
        some = [-1, 0, 3, 4, 5, 9]

        assert admitted("0, >= 5, [3 .. 3]", some, INTS) == [0, 3, 5, 9]
        assert admitted("shop,web", [*Channel], CHANNELS) == [Channel.SHOP, Channel.WEB]
        assert admitted("true, false", [False, True], BOOLS) == [False, True]

    def test_negated_admit_all_others(self) -> None:
        """Not any of these is every other value, in numbers too."""
        assert admitted("not(shop, web)", [*Channel], CHANNELS) == [Channel.PHONE]
        assert admitted("not (true)", [False, True], BOOLS) == [False]
        assert admitted("not(< 2, (3..5])", [1, 2, 3, 4, 5, 6], INTS) == [2, 3, 6]
        assert admitted("not( 2 )", [1, 2, 3], INTS) == [1, 3]

    def test_admit_what_lies_between(self) -> None:
        """Between two decimals there is always another."""
        tenths = [Decimal(tenth) / 10 for tenth in range(21)]

        assert admitted("(1 .. 2)", tenths, DECIMALS) == tenths[11:20]
        assert admitted("not(1, 2)", tenths, DECIMALS) == [*tenths[:10], *tenths[11:20]]


class TestComparisons:
    @pytest.mark.parametrize(
        ("domain", "low", "middle", "high"),
        [
            (INTS, 4, 5, 6),
            (COUNTS, 0, 1, 2),
            (DECIMALS, Decimal("0.99"), Decimal("1.00"), Decimal("1.01")),
            (DAYS, date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)),
            (GRADES, Grade.LOW, Grade.MIDDLE, Grade.HIGH),
        ],
        ids=repr,
    )
    def test_keep_to_the_end(
        self, domain: Domain, low: object, middle: object, high: object
    ) -> None:
        """An end belongs to what is at least or at most, and to nothing beyond."""
        near = [low, middle, high]

        assert admitted(f"<{middle}", near, domain) == [low]
        assert admitted(f"<= {middle}", near, domain) == [low, middle]
        assert admitted(f">  {middle}", near, domain) == [high]
        assert admitted(f">={middle}", near, domain) == [middle, high]

    @pytest.mark.parametrize(
        ("domain", "low", "middle", "high"),
        [
            (INTS, 4, 5, 6),
            (DECIMALS, Decimal("0.99"), Decimal("1.00"), Decimal("1.01")),
            (DAYS, date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)),
            (GRADES, Grade.LOW, Grade.MIDDLE, Grade.HIGH),
        ],
        ids=repr,
    )
    def test_in_ranges_keep_to_both(
        self, domain: Domain, low: object, middle: object, high: object
    ) -> None:
        """Without brackets a range is half-open; square ones include, round do not."""
        near = [low, middle, high]

        assert admitted(f"{low} .. {high}", near, domain) == [low, middle]
        assert admitted(f"{low}..{high}", near, domain) == [low, middle]
        assert admitted(f"[{low} .. {high}]", near, domain) == near
        assert admitted(f"[ {low} .. {high} )", near, domain) == [low, middle]
        assert admitted(f"({low}..{high}]", near, domain) == [middle, high]
        assert admitted(f"({low} .. {high})", near, domain) == [middle]
        assert admitted(f"[{low} .. {low}]", near, domain) == [low]

    @pytest.mark.parametrize("cell", ["> 0001-01-01", "<= 9999-12-31", ">= 0001-01-01"])
    def test_reach_the_ends_of_the_calendar(self, cell: str) -> None:
        """The first and the last day there is are days like any other."""
        days = [date.min, date(1, 1, 2), date(9999, 12, 30), date.max]

        assert admitted(cell, days, DAYS) == (days[1:] if cell[1] == " " else days)


class TestRefusals:
    @pytest.mark.parametrize(
        ("written", "domain", "message", "hint"),
        [
            (
                "sohp",
                CHANNELS,
                "expected a member of Channel, got 'sohp'",
                "did you mean 'shop'?",
            ),
            (
                "not(shop, wbe)",
                CHANNELS,
                "expected a member of Channel, got 'wbe'",
                "did you mean 'web'?",
            ),
            (
                ">= hihg",
                GRADES,
                "expected a member of Grade, got 'hihg'",
                "did you mean 'high'?",
            ),
            (
                "Shop",
                CHANNELS,
                "expected a member of Channel, got 'Shop'",
                "did you mean 'shop'?",
            ),
            (
                "",
                CHANNELS,
                "expected a member of Channel, got ''",
                "one of: phone, shop, web",
            ),
            ("yes", BOOLS, "expected true or false, got 'yes'", "one of: false, true"),
            (
                "< shop",
                CHANNELS,
                "Channel has no order; list its members instead",
                "one of: phone, shop, web",
            ),
            (
                "shop .. web",
                CHANNELS,
                "Channel has no order; list its members instead",
                "one of: phone, shop, web",
            ),
            (
                "<= true",
                BOOLS,
                "bool has no order; list its members instead",
                "one of: false, true",
            ),
        ],
    )
    def test_name_the_member_that_was_meant(
        self, written: str, domain: Domain, message: str, hint: str
    ) -> None:
        """A misspelt member is told its nearest; one without an order, the list."""
        with pytest.raises(CellError, match=f"^{re.escape(message)}$") as refused:
            parse(written, domain)
        assert refused.value.hint == hint

    @pytest.mark.parametrize(
        ("written", "domain", "message"),
        [
            ("", INTS, "expected a whole number such as 365, got ''"),
            ("1.5", INTS, "expected a whole number such as 365, got '1.5'"),
            ("1e3", DECIMALS, "expected a number such as 10_000.00, got '1e3'"),
            ("NaN", DECIMALS, "expected a number such as 10_000.00, got 'NaN'"),
            ("1__0", INTS, "expected a whole number such as 365, got '1__0'"),
            ("_1", INTS, "expected a whole number such as 365, got '_1'"),
            ("1_", INTS, "expected a whole number such as 365, got '1_'"),
            pytest.param(
                "٣",
                INTS,
                "expected a whole number such as 365, got '٣'",
                id="an Arabic digit",
            ),
            ("- 5", INTS, "expected a whole number such as 365, got '- 5'"),
            ("5 .", DECIMALS, "expected a number such as 10_000.00, got '5 .'"),
            (".5", DECIMALS, "expected a number such as 10_000.00, got '.5'"),
            ("1,", INTS, "expected a whole number such as 365, got ''"),
            ("1, -", INTS, "expected a whole number such as 365, got '-'"),
            ("<", INTS, "expected a whole number such as 365, got '<'"),
            ("< < 5", INTS, "expected a whole number such as 365, got '< 5'"),
            ("= 5", INTS, "expected a whole number such as 365, got '= 5'"),
            ("not()", INTS, "expected a whole number such as 365, got ''"),
            ("not(-)", INTS, "expected a whole number such as 365, got '-'"),
            ("not(not(5))", INTS, "expected a whole number such as 365, got 'not(5)'"),
            ("not 5", INTS, "expected a whole number such as 365, got 'not 5'"),
            (".. 5", INTS, "expected a whole number such as 365, got ''"),
            ("5 ..", INTS, "expected a whole number such as 365, got ''"),
            ("1 .. 2 .. 3", INTS, "expected a whole number such as 365, got '2 .. 3'"),
            ("1...5", DECIMALS, "expected a number such as 10_000.00, got '.5'"),
            ("2026-1-1", DAYS, "expected a day such as 2026-11-22, got '2026-1-1'"),
            ("20260101", DAYS, "expected a day such as 2026-11-22, got '20260101'"),
            ("2026-02-29", DAYS, "there is no day '2026-02-29'"),
            ("0000-01-01", DAYS, "there is no day '0000-01-01'"),
        ],
    )
    def test_say_what_was_expected(
        self, written: str, domain: Domain, message: str
    ) -> None:
        """What is no cell is refused in words that say what one looks like."""
        with pytest.raises(CellError, match=f"^{re.escape(message)}$"):
            parse(written, domain)

    @pytest.mark.parametrize("written", ["[1 .. 5", "1 .. 5]", "(1 .. 5", "1..5)"])
    def test_want_both_brackets(self, written: str) -> None:
        """A range that opens or closes only is refused, and shown how to be written."""
        message = f"{written!r} opens or closes one bracket only"

        with pytest.raises(CellError, match=f"^{re.escape(message)}$") as refused:
            parse(written, INTS)
        assert refused.value.hint == (
            "write 'lo .. hi' or '[lo .. hi]', the lower end first"
        )

    @pytest.mark.parametrize(
        ("written", "domain"),
        [
            ("5 .. 1", INTS),
            ("[5 .. 1]", INTS),
            ("5 .. 5", INTS),
            ("(5 .. 5]", INTS),
            ("(5 .. 6)", INTS),
            ("(1.0 .. 1.00]", DECIMALS),
            ("2026-03-01 .. 2026-03-01", DAYS),
            ("(2026-03-01 .. 2026-03-02)", DAYS),
            ("high .. low", GRADES),
            ("(low .. middle)", GRADES),
        ],
    )
    def test_want_something_in_a_range(self, written: str, domain: Domain) -> None:
        """A range that is reversed or has nothing in it is a mistake."""
        message = f"the range {written!r} is empty or reversed"

        with pytest.raises(CellError, match=f"^{re.escape(message)}$") as refused:
            parse(written, domain)
        assert refused.value.hint == (
            "write 'lo .. hi' or '[lo .. hi]', the lower end first"
        )

    @pytest.mark.parametrize(
        ("written", "domain", "message"),
        [
            (True, INTS, "expected a whole number such as 365, got true"),
            (1, BOOLS, "expected true or false, got 1, a number"),
            (1.5, DECIMALS, "expected a number such as 10_000.00, got 1.5, a float"),
            (
                Decimal("1.5"),
                INTS,
                "expected a whole number such as 365, got 1.5, a number",
            ),
            (5, CHANNELS, "expected a member of Channel, got 5, a number"),
            (None, DAYS, "expected a day such as 2026-11-22, got nothing"),
            ([1], INTS, "expected a whole number such as 365, got a list"),
            (
                datetime(2026, 1, 1),  # noqa: DTZ001
                DAYS,
                (
                    "expected a day such as 2026-11-22, got 2026-01-01 00:00:00,"
                    " a time of day with its date"
                ),
            ),
        ],
        ids=repr,
    )
    def test_take_values_of_the_exact_class_only(
        self, written: object, domain: Domain, message: str
    ) -> None:
        """A value that is not of the class of the fact is refused, never converted."""
        with pytest.raises(CellError, match=f"^{re.escape(message)}$"):
            parse(written, domain)

    @pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
    def test_take_finite_numbers_only(self, number: str) -> None:
        """No fact can be compared with what is no number."""
        with pytest.raises(CellError, match=f"^{number} is not a finite number$") as no:
            parse(Decimal(number), DECIMALS)
        assert no.value.hint == ""

    @pytest.mark.parametrize(
        ("written", "domain"),
        [
            ("1" * 41, INTS),
            (10**40, INTS),
            (-(10**40), INTS),
            (1 << MANY, INTS),
            (1 << MANY, DECIMALS),
            ("9" * 41, DECIMALS),
            ("0." + "1" * 41, DECIMALS),
            (Decimal("1E40"), DECIMALS),
            (Decimal("1E+999999"), DECIMALS),
            (Decimal("1E-41"), DECIMALS),
            (Decimal("1E-999999"), DECIMALS),
            (f"< {'1' * 41}", INTS),
            (f"0 .. {'1' * 41}", INTS),
        ],
        ids=map(str, range(13)),
    )
    def test_take_no_huge_numbers(self, written: object, domain: Domain) -> None:
        """Proofs are exact because numbers have at most forty digits."""
        with pytest.raises(CellError, match=r"^the number has more than 40 digits$"):
            parse(written, domain)

    def test_take_no_huge_numbers_elsewhere(self) -> None:
        """A number that Python would not write out is refused in other words."""
        with pytest.raises(CellError, match=r"got a huge number$"):
            parse(1 << MANY, DAYS)


class TestHostileText:
    @pytest.mark.parametrize("domain", DOMAINS, ids=repr)
    @pytest.mark.parametrize(
        "text",
        [
            "1" * MANY,
            "1" * MANY + "x",
            "1_" * MANY,
            "0." + "1" * MANY,
            " " * MANY,
            "x" + " " * MANY + "x",
            "<" + " " * MANY + "x",
            "< " * MANY,
            "[" + " " * MANY + "x",
            "[" + " " * MANY + ".." + " " * MANY + "x",
            "." * MANY,
            ".. " * MANY,
            "1 .. " * MANY,
            "[" * MANY,
            "not(" * MANY,
            "not(" * MANY + ")" * MANY,
            "not" + " " * MANY + "x",
            "not(" + " " * MANY + ")",
            "," * MANY,
            "-" * MANY,
            "1-" * MANY,
            "\0" * MANY,
            "\n" * MANY + "x",
        ],
        ids=lambda text: f"{shown(text[:6])} to {shown(text[-6:])} of {len(text)}",
    )
    def test_is_refused_at_once(self, text: str, domain: Domain) -> None:
        """Long text takes a time in proportion, and is not repeated in the refusal."""
        start = time.process_time()

        with pytest.raises(CellError) as refused:
            parse(text, domain)

        assert time.process_time() - start < 5
        assert len(str(refused.value)) < 400

    @given(st.text(), st.sampled_from(DOMAINS))
    def test_is_a_cell_or_refused(self, text: str, domain: Domain) -> None:
        """Whatever is written, there is a cell or a refusal, and nothing else."""
        assert cell_text(text, domain) in {None, text.strip()}

    @given(
        st.text(st.sampled_from("-,.()[]<>=not 015_shopwebtrufal")),
        st.sampled_from(DOMAINS),
    )
    def test_is_read_alike_once_written(self, text: str, domain: Domain) -> None:
        """What a cell says it is makes the same cell again."""
        again = cell_text(text, domain)

        if again is not None:
            assert parse(again, domain) == parse(text, domain)


class TestEnums:
    def test_of_other_classes_are_read_by_their_text(self) -> None:
        """A member of any enum is the text that it is."""

        class Other(StrEnum):
            WEB = "web"

        assert parse(Other.WEB, CHANNELS) == parse("web", CHANNELS)


class TestNumbers:
    @pytest.mark.parametrize("text", [">= 1,000", "1,500", "not(1,2)", "5 .. 1,000"])
    @pytest.mark.parametrize("kind", [int, Decimal])
    def test_need_a_blank_between_them(
        self, text: str, kind: type[int] | type[Decimal]
    ) -> None:
        """A comma between digits may part two numbers or thousands: it is refused."""
        with pytest.raises(CellError, match="a comma between digits") as refused:
            parse(text, Domain(kind))

        assert refused.value.hint == (
            "write '1, 500' for two numbers, and '1_500' for one"
        )

    @pytest.mark.parametrize("text", ["007", "-01", "00", "0_1", ">= 000"])
    @pytest.mark.parametrize("kind", [int, Decimal])
    def test_begin_with_no_zero(
        self, text: str, kind: type[int] | type[Decimal]
    ) -> None:
        """A number that is padded is a code, or part of another number."""
        with pytest.raises(CellError, match="such as"):
            parse(text, Domain(kind))

    @pytest.mark.parametrize("text", ["0", "-0", "10", "1_000", "0, 1", "< 0"])
    def test_may_be_zero(self, text: str) -> None:
        """Zero is a number, and so is what ends with it."""
        assert parse(text, Domain(int)).text == text


class Shout(StrEnum):
    """A member whose wire form is not in small letters."""

    LOUD = "LOUD"


class TestNearly:
    def test_is_written_as_members_are(self) -> None:
        """Only true and false are written in another way than Python shows them."""
        assert cell_text("LOUD", Domain(Shout)) == "LOUD"

    @pytest.mark.parametrize("text", ["X1 .. 3", "1 .. 3X"])
    def test_is_no_bracket(self, text: str) -> None:
        """What stands at the end of a range is taken for what it is."""
        with pytest.raises(CellError, match=r"^expected .*, got '(X1|3X)'$") as caught:
            parse(text, INTS)
        assert caught.value.hint == ""
