from datetime import date
from decimal import Context, Decimal, localcontext
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.strategies._tables import Channel, Grade, tables
from relationkit.tables import Axis, Domain, Table, parse


class Empty(StrEnum):
    """Nothing at all."""


class TestDomain:
    @pytest.mark.parametrize("kind", [str, float, object, Empty, StrEnum], ids=repr)
    def test_is_of_classes_that_can_be_held(self, kind: type[bool]) -> None:
        """A class without exact parts is refused, and the others are named."""
        said = (
            rf"cannot hold facts of {kind.__name__}; use a StrEnum with members, bool"
        )

        with pytest.raises(TypeError, match=said):
            Domain(kind)

    @pytest.mark.parametrize(
        ("domain", "members"),
        [
            (Domain(bool), (False, True)),
            (Domain(Grade), (Grade.LOW, Grade.MIDDLE, Grade.HIGH)),
            (Domain(int), ()),
        ],
        ids=repr,
    )
    def test_lists_members_in_order(
        self, domain: Domain, members: tuple[object, ...]
    ) -> None:
        """What can be listed is listed, least first."""
        assert domain.members == members
        assert [domain.value(domain.key(m)) for m in domain.members] == [*members]

    @pytest.mark.parametrize(
        ("kind", "is_ordered"),
        [(bool, False), (Channel, False), (Grade, True), (int, True), (date, True)],
        ids=repr,
    )
    def test_knows_what_has_an_order(
        self,
        kind: type[bool],
        is_ordered: bool,  # noqa: FBT001
    ) -> None:
        """Numbers, days and ranked members have one; alphabets do not count."""
        assert Domain(kind).is_ordered is is_ordered

    @given(
        st.dates(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False)
    )
    def test_keys_are_exact(self, day: date, whole: int, number: Decimal) -> None:
        """A value and its key are one and the same, whatever the decimal context."""
        with localcontext(Context(prec=1)):
            for value in (day, whole, number):
                domain = Domain(type(value))
                assert domain.value(domain.key(value)) == value


class TestAxis:
    @given(tables())
    def test_has_a_value_for_each_atom(self, table: Table[StrEnum]) -> None:
        """No atom is empty: each has a value, which lies in it and in no other."""
        for axis in table.axes:
            atoms = [1 << at for at in range(len(axis.starts))]
            values = [axis.sample(atom) for atom in atoms]

            assert [*map(axis.atom, values)] == atoms
            assert {*map(type, values)} == {axis.domain.kind}
            assert axis.full == sum(atoms)

    @pytest.mark.parametrize(
        ("cells", "samples"),
        [
            (["5"], ["4", "5", "6"]),
            (["> 5"], ["5", "6"]),
            (["<= 5"], ["5", "6"]),
            (["< 5"], ["4", "5"]),
            (["(5 .. 6)"], ["5", "5.5", "6"]),
            (["(5 .. 6]"], ["5", "6", "7"]),
            (["5 .. 6", "[5 .. 6]"], ["4", "5", "6", "7"]),
            (["-"], ["0"]),
        ],
        ids=str,
    )
    def test_tells_simple_values(self, cells: list[str], samples: list[str]) -> None:
        """A sample is the least of its atom, or else a number near its end."""
        domain = Domain(Decimal)
        spans = [span for cell in cells for span in parse(cell, domain).spans]
        axis = Axis.cut("fact", domain, spans)

        told = [axis.sample(1 << at) for at in range(len(axis.starts))]
        assert told == [*map(Decimal, samples)]

    def test_has_no_hole_between_whole_numbers(self) -> None:
        """Just after one whole number is just before the next."""
        domain = Domain(int, least=0)
        spans = [
            s
            for c in ("< 18", "<= 17", "> 17", ">= 18")
            for s in parse(c, domain).spans
        ]

        assert Axis.cut("age", domain, spans).cuts == ((Decimal(18), 0),)

    def test_leaves_out_what_lies_outside(self) -> None:
        """A cut below the least value, or before the first day, divides nothing."""
        counts, days = Domain(int, least=0), Domain(date)

        assert Axis.cut("n", counts, parse("-5, < 0", counts).spans).cuts == ()
        assert Axis.cut("d", days, parse("< 0001-01-01", days).spans).cuts == ()
        assert Axis.cut("d", days, parse("<= 9999-12-31", days).spans).cuts == ()


class TestLeast:
    @pytest.mark.parametrize("least", ["0", 0.5, True])
    def test_is_a_whole_number(self, least: object) -> None:
        """Anything else is refused when the domain is made."""
        with pytest.raises(TypeError, match=r"^least is .*; it must be a whole number"):
            Domain(int, least=least)  # type: ignore[arg-type]
