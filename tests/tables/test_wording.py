from datetime import date
from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.decisions import Value
from relationkit.strategies._tables import Channel, Grade, tables
from relationkit.tables import Axis, Domain, parse
from relationkit.tables import _wording as wording
from relationkit.tables._boxes import Box
from tests.tables.oracle import admits, case_in

NUMBERS = ("< 1.5", "<= 1.5", "3", "(4 .. 5)", "> 7")
DAYS = ("2026-01-02", ">= 2026-03-01", "9999-12-31", "0001-01-01")


def cut(domain: Domain, *cells: str) -> Axis:
    """The axis that those cells cut."""
    spans = [span for cell in cells for span in parse(cell, domain).spans]
    return Axis.cut("fact", domain, spans)


def with_mask(axis: Axis) -> st.SearchStrategy[tuple[Axis, int]]:
    return st.tuples(st.just(axis), st.integers(1, axis.full))


def with_box(axes: tuple[Axis, ...]) -> st.SearchStrategy[tuple[tuple[Axis, ...], Box]]:
    masks = (st.integers(1, axis.full) | st.just(axis.full) for axis in axes)
    return st.tuples(st.just(axes), st.tuples(*masks))


axes = tables().map(lambda table: table.axes)


class TestCellOf:
    @given(axes.filter(bool).flatmap(st.sampled_from).flatmap(with_mask))
    def test_means_just_those_atoms(self, drawn: tuple[Axis, int]) -> None:
        """The cell of some atoms parses, and admits those and no other."""
        axis, mask = drawn

        text = wording.cell_of(axis, mask)

        event(f"{axis.domain.kind.__name__}, negated: {text.startswith('not')}")
        assert axis.mask_of(parse(text, axis.domain)) == mask
        for at in range(len(axis.starts)):
            assert admits(text, axis.sample(1 << at)) is bool(mask >> at & 1)

    @pytest.mark.parametrize(
        ("domain", "cells", "mask", "text"),
        [
            (Domain(bool), [], 0b01, "false"),
            (Domain(bool), [], 0b11, "-"),
            (Domain(Channel), [], 0b101, "not(phone)"),
            (Domain(Grade), [], 0b010, "middle"),
            (Domain(int), ["< 5"], 0b01, "< 5"),
            (Domain(int), ["<= 5"], 0b10, ">= 6"),
            (Domain(int), ["5"], 0b010, "5"),
            (Domain(int), ["5"], 0b101, "not(5)"),
            (Domain(int, least=0), ["5", "7 .. 9"], 0b00101, "< 5, 6"),
            (Domain(int), ["0 .. 2", "5 .. 7"], 0b01010, "0 .. 2, 5 .. 7"),
            (Domain(Decimal), NUMBERS, 0b1, "< 1.5"),
            (Domain(Decimal), NUMBERS, 0b11, "<= 1.5"),
            (Domain(Decimal), NUMBERS, 0b10, "1.5"),
            (Domain(Decimal), NUMBERS, 0b100, "(1.5 .. 3)"),
            (Domain(Decimal), NUMBERS, 0b110, "1.5 .. 3"),
            (Domain(Decimal), NUMBERS, 0b1110, "[1.5 .. 3]"),
            (Domain(Decimal), NUMBERS, 0b1100, "(1.5 .. 3]"),
            (Domain(Decimal), NUMBERS, 0b10000000, "> 7"),
            (Domain(date), DAYS, 0b1, "< 0001-01-02"),
            (Domain(date), DAYS, 0b100, "2026-01-02"),
            (Domain(date), DAYS, 0b100000, ">= 9999-12-31"),
            (Domain(date), DAYS, 0b1000, "2026-01-03 .. 2026-03-01"),
        ],
        ids=str,
    )
    def test_is_the_shortest(
        self, domain: Domain, cells: list[str], mask: int, text: str
    ) -> None:
        """What takes fewer tests is written, what is in or what is left out."""
        axis = cut(domain, *cells)

        assert wording.cell_of(axis, mask) == text
        assert axis.mask_of(parse(text, domain)) == mask


class TestCases:
    @given(axes.flatmap(with_box))
    def test_are_of_their_box(self, drawn: tuple[tuple[Axis, ...], Box]) -> None:
        """The case that is told lies in the box, and so do all that the cells admit."""
        some, box = drawn

        words = wording.case_in_words(some, box)
        cells = wording.cells_of(some, box)
        asked = wording.in_words(some, box)

        case = case_in(words, {axis.name: axis.domain for axis in some})
        assert {*case} == {*cells}
        for axis, mask in zip(some, box, strict=True):
            assert (axis.name in cells) is (mask != axis.full)
            if axis.name in cells:
                assert axis.atom(case[axis.name]) & mask
                assert f"{axis.name} is {cells[axis.name]}" in asked
        assert bool(cells) is (asked != "anything at all")


class TestWritten:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (True, "true"),
            (7, "7"),
            (Decimal("1E+3"), "1000"),
            (Decimal("1.50"), "1.50"),
            (date(2026, 1, 2), "2026-01-02"),
            (Grade.LOW, "low"),
        ],
        ids=repr,
    )
    def test_is_as_a_cell_has_it(self, value: Value, text: str) -> None:
        """A value reads as it would be written, and parses back."""
        assert wording.written(value) == text
        assert (
            parse(text, Domain(type(value))).spans
            == parse(value, Domain(type(value))).spans
        )
