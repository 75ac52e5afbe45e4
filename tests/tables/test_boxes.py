from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.tables._boxes import (
    Box,
    Budget,
    BudgetError,
    outside,
    pieces,
    subtract,
)

boxes = st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(0, 7))
PLENTY = 10_000


def cases(box: Box) -> set[tuple[int, ...]]:
    """The cases of a box, one by one."""
    return {*product(*([at for at in range(3) if mask >> at & 1] for mask in box))}


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

    @given(st.lists(boxes, max_size=5))
    def test_splits_all_cases_into_pieces(self, some: list[Box]) -> None:
        """Each case is in a piece of the first box that has it."""
        split = pieces(some, Budget(PLENTY))

        assert [*map(united, split)] == [
            cases(box).difference(*map(cases, some[:at])) for at, box in enumerate(some)
        ]


class TestBudget:
    def test_is_spent_step_by_step(self) -> None:
        """A step takes one box from another; the one too many is refused."""
        budget = Budget(3)

        assert outside((7, 3, 7), [(1, 1, 1)], budget) == [
            *subtract((7, 3, 7), (1, 1, 1))
        ]
        assert (budget.steps, budget.left) == (3, 2)
        with pytest.raises(BudgetError):
            outside((7, 3, 7), [(1, 1, 1), (2, 2, 2)], budget)
