from collections.abc import Iterable

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.tables._boxes import Box, set_bits
from relationkit.tables._index import Column, Index

FULL = (0b111111, 0b11, 0b1)
masks = st.integers(0, FULL[0]) | st.just(FULL[0])
boxes = st.lists(st.tuples(masks, st.integers(0, 3), st.just(1)), max_size=8)


def meet(one: Iterable[int], other: Iterable[int]) -> bool:
    return all(map(int.__and__, one, other))


class TestIndex:
    @given(boxes, st.tuples(masks, st.integers(0, 3), st.integers(0, 1)))
    def test_finds_all_that_meet(self, boxes: list[Box], case: Box) -> None:
        """Those boxes are found that share a case with another, and no more."""
        index = Index(FULL, boxes)

        found = [*set_bits(index.meeting(case))]

        event(f"{len(found)} of {len(boxes)}")
        assert found == [at for at, box in enumerate(boxes) if meet(box, case)]
        assert [*set_bits(index.everything)] == [*range(len(boxes))]

    @given(boxes)
    def test_finds_what_overlaps(self, boxes: list[Box]) -> None:
        """For each box those are found that it meets, itself among them."""
        overlaps = [*Index(FULL, boxes).overlaps()]

        for box, met in zip(boxes, overlaps, strict=True):
            assert [*set_bits(met)] == [
                at for at, other in enumerate(boxes) if meet(box, other)
            ]


class TestColumn:
    @given(st.lists(masks, max_size=8), masks)
    def test_knows_what_touches(self, admitted: list[int], mask: int) -> None:
        """Whatever atoms are asked about, just those admit one that do."""
        column = Column(FULL[0], admitted)
        wanted = [at for at, own in enumerate(admitted) if own & mask]

        assert [*set_bits(column.touching(mask))] == wanted
        assert [*set_bits(column.touching(mask))] == wanted
        for atom in range(6):
            assert column.by_atom[atom] == column.touching(1 << atom)

    @given(st.lists(masks, min_size=1, max_size=8), masks)
    def test_knows_what_is_beside(self, admitted: list[int], mask: int) -> None:
        """Of some atoms, those are beside a box that share one of them with it."""
        beside = Column(FULL[0], admitted).beside(mask)

        for at, own in enumerate(admitted):
            assert [*set_bits(beside(at))] == [
                other for other, its in enumerate(admitted) if own & its & mask
            ]

    @pytest.mark.parametrize("bits", [1, 2, 4, 5])
    def test_finds_each_mask_that_is_touched(self, bits: int) -> None:
        """Of all masks of a few bits, those are found that share a bit with another."""
        masks = [*range(1 << bits)]
        column = Column((1 << bits) - 1, masks)

        for mask in masks:
            touched = [at for at in masks if at & mask]
            assert [*set_bits(column.touching(mask))] == touched
            for box in masks:
                shared = [at for at in masks if at & mask & box]
                assert [*set_bits(column.beside(mask)(box))] == shared
