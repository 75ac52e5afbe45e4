from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.tables._boxes import (
    Box,
    Budget,
    BudgetError,
    disjoint,
    merged,
    narrower,
    outside,
    runs,
    set_bits,
    shared,
    subtract,
    volume,
)

boxes = st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(0, 7))
PLENTY = 10_000


def cases(box: Box) -> set[tuple[int, ...]]:
    """The cases of a box, one by one."""
    return {*product(*([at for at in range(3) if mask >> at & 1] for mask in box))}


def cases_at(box: Box, column: int) -> set[int]:
    """The atoms of a box in one column."""
    return {at for at in range(3) if box[column] >> at & 1}


def united_as_boxes(box: Box) -> list[Box]:
    """Each case of a box as a box of its own."""
    return [(1 << a, 1 << b, 1 << c) for a, b, c in sorted(cases(box))]


def united(some: list[Box]) -> set[tuple[int, ...]]:
    """The cases of boxes which have none in common."""
    union: set[tuple[int, ...]] = set()
    for box in some:
        assert cases(box)
        assert not union & cases(box)
        union |= cases(box)
    return union


class TestSubtract:
    @given(boxes.filter(cases), boxes)
    def test_leaves_what_is_not_in_the_other(self, box: Box, other: Box) -> None:
        """What is left has no case twice, none of the other, and lacks no case."""
        assert united([*subtract(box, other)]) == cases(box) - cases(other)

    def test_of_no_columns_leaves_nothing(self) -> None:
        """Without columns there is one case, and any box has it."""
        assert [*subtract((), ())] == []


class TestOutside:
    @given(boxes, st.lists(boxes, max_size=4))
    def test_leaves_what_is_in_none(self, box: Box, others: list[Box]) -> None:
        """What is left are the cases that no other box has."""
        left = outside(box, others, Budget(PLENTY))

        assert united(left) == cases(box).difference(*map(cases, others))


class TestBox:
    @given(boxes, boxes)
    def test_shares_cases(self, one: Box, other: Box) -> None:
        """What two boxes have in common is a box, unless a column keeps them apart."""
        both = shared(one, other)

        assert cases(both or (0, 0, 0)) == cases(one) & cases(other)
        assert (both is None) is bool(disjoint(one, other))
        assert disjoint(one, other) == {
            at for at in range(3) if not cases_at(one, at) & cases_at(other, at)
        }

    @given(boxes)
    def test_has_a_volume(self, box: Box) -> None:
        """It is as large as it has cases, and narrower where it lacks an atom."""
        assert volume(box) == len(cases(box))
        assert narrower(box, (7, 3, 7)) == {
            at for at in range(3) if len(cases_at(box, at)) < (3, 2, 3)[at]
        }


class TestMerged:
    @given(boxes.filter(cases), st.lists(boxes, max_size=4))
    def test_has_the_same_cases(self, box: Box, others: list[Box]) -> None:
        """Disjoint boxes are merged into disjoint ones, fewer if any fit together."""
        parts = outside(box, others, Budget(PLENTY))

        found = merged(parts)

        assert united(found) == united(parts)
        assert len(found) <= len(parts)
        assert [*merged(found)] == found
        assert merged(united_as_boxes(box)) == [box]

    def test_goes_on_while_boxes_join(self) -> None:
        """Boxes that fit together only once others have joined do so too."""
        assert merged([(0b01, 0b01), (0b01, 0b10), (0b10, 0b11)]) == [(0b11, 0b11)]

    def test_of_nothing_is_nothing(self) -> None:
        """Without boxes there is nothing to join."""
        assert merged([]) == []


class TestBits:
    @given(st.integers(0, 2**70))
    def test_are_found(self, mask: int) -> None:
        """Bits are told one by one, and in stretches that do not touch."""
        bits = [at for at in range(mask.bit_length()) if mask >> at & 1]
        stretches = [*runs(mask)]

        assert [*set_bits(mask)] == bits
        assert [at for low, high in stretches for at in range(low, high)] == bits
        assert all(over < next_ for (_, over), (next_, _) in pairwise(stretches))


class TestBudget:
    def test_is_spent_step_by_step(self) -> None:
        """A step takes one box from another; the one too many is refused."""
        budget = Budget(2)

        assert outside((7, 3, 7), [(1, 1, 1)], budget) == [
            *subtract((7, 3, 7), (1, 1, 1))
        ]
        assert (budget.steps, budget.left) == (2, 1)
        with pytest.raises(BudgetError):
            outside((7, 3, 7), [(1, 1, 1), (2, 2, 2)], budget)
