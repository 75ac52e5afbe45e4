"""The parts that all commands are printed with."""

from hypothesis import given
from hypothesis import strategies as st

from relationkit.cli._show import GAP, line, plain, widths

cells = st.lists(
    st.lists(st.text("ab \n", max_size=30), min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


class TestPlain:
    @given(st.text())
    def test_can_be_shown(self, text: str) -> None:
        """Nothing that it gives steers a terminal, breaks a line or goes astray."""
        assert plain(text).isprintable()
        assert line(text).isprintable()

    @given(st.text())
    def test_changes_nothing_else(self, text: str) -> None:
        """What can be shown is shown as it is."""
        shown = "".join(one for one in text if one.isprintable())

        assert plain(shown) == shown


class TestWidths:
    @given(cells, st.integers(0, 120))
    def test_leave_every_word_whole(self, columns: list[list[str]], room: int) -> None:
        """Each column is as wide as its longest word, and all have room together."""
        chosen = widths(columns, room)
        words = [
            max((len(w) for c in cells for w in c.split()), default=1)
            for cells in columns
        ]
        needed = sum(words) + GAP * (len(columns) - 1)

        assert (chosen is None) == (needed > room)
        if chosen:
            assert all(width >= word for width, word in zip(chosen, words, strict=True))
            assert sum(chosen) + GAP * (len(columns) - 1) <= room

    @given(cells)
    def test_are_no_wider_than_they_need_be(self, columns: list[list[str]]) -> None:
        """With room for all each column is as wide as its longest line."""
        longest = [
            max([1, *(len(x) for c in cells for x in c.splitlines())])
            for cells in columns
        ]

        assert widths(columns, 1000) == longest
