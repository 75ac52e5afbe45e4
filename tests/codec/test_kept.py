"""What was reckoned once."""

from relationkit.codec._kept import Kept


class TestKept:
    def test_is_the_same_object(self) -> None:
        """What is asked for again is not reckoned again."""
        kept: Kept[str, list[str]] = Kept(lambda word: [word])

        assert kept["a"] == ["a"]
        assert kept["a"] is kept["a"]

    def test_is_never_much(self) -> None:
        """Whatever is asked for, no more than so many are kept."""
        kept = Kept(str, most=3)
        for number in range(10):
            assert kept[number] == str(number)
            assert len(kept) <= 3
