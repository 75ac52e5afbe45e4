"""Index: which boxes of a list meet a case, as bitsets, one bit for each box."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from operator import or_, xor

from relationkit.tables._boxes import Box, runs, set_bits

__all__ = ["Index"]


class Index:
    """Boxes, found by what they meet.

    Attributes:
        boxes: The boxes.
        everything: The set of all boxes.
        columns: For each column, what it knows of the boxes.
    """

    __slots__ = ("boxes", "columns", "everything")

    def __init__(self, full: Box, boxes: Sequence[Box]) -> None:
        self.boxes = boxes
        self.everything = (1 << len(boxes)) - 1
        self.columns = tuple(
            Column(every, [box[at] for box in boxes]) for at, every in enumerate(full)
        )

    def meeting(self, box: Box) -> int:
        """The boxes that have cases in common with *box*."""
        alive = self.everything
        for column, mask in zip(self.columns, box, strict=True):
            alive &= column.touching(mask)
        return alive

    def overlaps(self) -> Iterator[int]:
        """For each box, those that have cases in common with it, itself among them."""
        return map(self.meeting, self.boxes)


class Column:
    """Which boxes admit what in one column.

    Attributes:
        full: All its atoms.
        by_atom: For each atom, the boxes that admit it.
    """

    def __init__(self, full: int, masks: Sequence[int]) -> None:
        self.full = full
        self.masks = masks
        atoms = full.bit_length()
        turned = [0] * (atoms + 1)
        begun, over = [*turned], [*turned]
        self._broken = 0
        for at, mask in enumerate(masks):
            bit = 1 << at
            stretches = list(runs(mask)) or [(atoms, atoms)]
            for start, end in stretches:
                turned[start] ^= bit
                turned[end] ^= bit
            begun[stretches[0][0]] |= bit
            over[stretches[-1][1]] |= bit
            self._broken |= bit if len(stretches) > 1 else 0
        self.by_atom: tuple[int, ...] = tuple(accumulate(turned[:-1], xor))
        self._begun = tuple(accumulate(begun, or_))
        self._over = tuple(accumulate(over, or_))
        self._touching: dict[int, int] = {}

    def beside(self, mask: int) -> Callable[[int], int]:
        """For a box, those that share an atom of *mask* with it."""
        if mask == self.full:
            return self._neighbours.__getitem__
        return lambda box: self.touching(self.masks[box] & mask)

    @cached_property
    def _neighbours(self) -> list[int]:
        return [self.touching(mask) for mask in self.masks]

    def touching(self, mask: int) -> int:
        """The boxes that admit an atom of *mask*."""
        if mask & (mask - 1) == 0:
            return self.by_atom[mask.bit_length() - 1] if mask else 0
        if (known := self._touching.get(mask)) is None:
            known = self._touching[mask] = self._touch(mask)
        return known

    def _touch(self, mask: int) -> int:
        """Those that begin before its end and end after its start; see to gaps."""
        low, high = (mask & -mask).bit_length() - 1, mask.bit_length()
        near: int = self._begun[high - 1] & ~self._over[low]
        is_whole = mask.bit_count() == high - low
        for at in set_bits(near & self._broken if is_whole else near):
            if not self.masks[at] & mask:
                near ^= 1 << at
        return near
