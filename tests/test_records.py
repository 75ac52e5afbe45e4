import os
import re
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import permutations
from random import Random
from typing import Optional

import pytest
from attrs import evolve, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from relationkit.records import Ranked, in_order, is_day, is_id, is_said, sort_key


class Grade(Ranked):
    """Words with a rank."""

    LOW = "low"
    HIGH = "high"


def as_given(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words whose order matters."""
    return words


class Number(Enum):
    """Members that are no words."""

    ONE = 1
    TWO = Decimal(2)


@frozen(kw_only=True, field_transformer=in_order)
class Item:
    """A part of a record."""

    name: str | None
    amount: Decimal
    grade: Grade | None = None
    tags: frozenset[str] = frozenset()
    on: date | None = None
    seen: bool | None = None


@frozen(kw_only=True, field_transformer=in_order)
class Other:
    """Another part with the same fields."""

    name: str | None
    amount: Decimal


@frozen(kw_only=True, field_transformer=in_order)
class Record:
    """A record with parts."""

    parts: tuple[Item | Other, ...] = ()
    words: tuple[str, ...] = ()
    sets: tuple[frozenset[str], ...] = ()
    id: str = "a"
    memo: str = field(default="", eq=False)
    ranked: tuple[str, ...] = field(default=(), converter=as_given)


words = st.sampled_from(["", "None", "a", "b", "True", "(1, 1)"])
amounts = st.sampled_from(["1", "1.0", "1.00", "10", "9", "-1"]).map(Decimal)
items = st.builds(
    Item,
    name=st.none() | words,
    amount=amounts,
    grade=st.none() | st.sampled_from(Grade),
    tags=st.frozensets(words, max_size=3),
    on=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    seen=st.none() | st.booleans(),
)
others = st.builds(Other, name=st.none() | words, amount=amounts)
records = st.builds(
    Record,
    id=words,
    parts=st.lists(items | others, max_size=3).map(tuple),
    words=st.lists(words, max_size=3).map(tuple),
    sets=st.lists(st.frozensets(words, max_size=3), max_size=3).map(tuple),
    memo=words,
    ranked=st.lists(words, max_size=3).map(tuple),
)
values = st.one_of(records, items, others, words, amounts, st.none())


class TestSortKey:
    @given(values, values)
    def test_is_equal_for_equal_values_only(self, one: object, other: object) -> None:
        """Two values have one key if and only if they are equal."""
        if type(one) is type(other) or sort_key(one) != sort_key(other):
            assert (sort_key(one) == sort_key(other)) == (one == other)

    @given(st.lists(values, max_size=4))
    def test_is_a_total_order(self, some: list[object]) -> None:
        """Whatever stands beside whatever, the order is one and the same."""
        least_first = sorted(map(sort_key, some))

        for mixed in permutations(some):
            assert sorted(map(sort_key, mixed)) == least_first

    def test_puts_ids_first(self) -> None:
        """Records of one class are in the order of their ids."""
        first = Record(id="a", words=("z",))
        second = Record(id="b", words=("a",))

        assert sort_key(first) < sort_key(second)

    def test_tells_none_from_its_word(self) -> None:
        """Nothing known comes before anything, also before its own name."""
        assert sort_key(None) < sort_key("") < sort_key("None")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (1, Decimal("1.00")),
            (Decimal("1E+2"), 100),
            (Number.ONE, 1),
            (Number.TWO, Decimal("2.0")),
            (Grade.LOW, "low"),
            (True, 1),
        ],
        ids=repr,
    )
    def test_is_that_of_equal_numbers_and_words(
        self, one: object, other: object
    ) -> None:
        """A number is its value, a member its word, however they are written."""
        assert sort_key(one) == sort_key(other)

    def test_is_the_same_in_every_process(self) -> None:
        """What hashes are in one process changes no order in another."""
        program = (
            "from relationkit.records import sort_key\n"
            "words = [frozenset('abc'), frozenset('bcd'), frozenset('zyx'), ()]\n"
            "print([sort_key(w) for w in sorted(words, key=sort_key)])\n"
        )

        told = {
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
                text=True,
            ).stdout
            for seed in ("0", "1", "2")
        }

        assert len(told) == 1
        assert "('', ('b',), ('c',), ('d',))" in told.pop()


class TestInOrder:
    @given(records, st.randoms(use_true_random=False))
    def test_makes_reordered_inputs_equal(self, record: Record, random: Random) -> None:
        """The order in which parts were given is forgotten."""
        again = evolve(
            record,
            parts=tuple(random.sample(record.parts, len(record.parts))),
            words=tuple(random.sample(record.words, len(record.words))),
            sets=tuple(random.sample(record.sets, len(record.sets))),
        )

        assert again == record
        assert hash(again) == hash(record)
        assert repr(again) == repr(record)

    def test_leaves_an_order_that_matters(self) -> None:
        """A field that has its own way to take a tuple keeps its order."""
        record = Record(ranked=("b", "a"), words=("b", "a"))

        assert record.ranked == ("b", "a")
        assert record.words == ("a", "b")
        assert sort_key(record) != sort_key(evolve(record, ranked=("a", "b")))

    @pytest.mark.parametrize("given_", ["ab", ["a"], {"a"}, None, 5], ids=repr)
    def test_takes_tuples_only(self, given_: object) -> None:
        """What is merely like a tuple is refused, above all a text."""
        kind = type(given_).__name__
        message = f"words: expected a tuple, got {kind}; use tuple()"

        with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
            Record(words=given_)  # type: ignore[arg-type]

    @pytest.mark.parametrize("given_", ["ab", ["a"], {"a"}, ("a",), None], ids=repr)
    def test_takes_frozen_sets_only(self, given_: object) -> None:
        """What is merely like a frozen set is refused, above all a text."""
        kind = type(given_).__name__
        message = f"tags: expected a frozenset, got {kind}; use frozenset()"

        with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
            Item(name=None, amount=Decimal(1), tags=given_)  # type: ignore[arg-type]

    def test_takes_no_time_of_day(self) -> None:
        """A day is a day, where it must be there, may be, and has rules of its own."""
        noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001

        @frozen(field_transformer=in_order)
        class Days:
            on: date
            by: date | None = None
            to: Optional[date] = field(default=None)  # noqa: UP045

            @to.validator
            def _is_late(self, _: object, to: date | None) -> None:
                if to is not None and to < self.on:
                    raise ValueError("too early")

        assert Days(date(2026, 1, 1)).by is None
        with pytest.raises(ValueError, match="too early"):
            Days(date(2026, 1, 2), to=date(2026, 1, 1))
        with pytest.raises(TypeError, match=r"^on: expected a day, .* its date\(\)$"):
            Days(noon)
        with pytest.raises(TypeError, match=r"^by: expected a day"):
            Days(date(2026, 1, 1), by=noon)
        with pytest.raises(TypeError, match=r"^to: expected a day"):
            Days(date(2026, 1, 1), to=noon)


@frozen
class Written:
    """Fields that are checked."""

    on: date | None = field(default=None, validator=is_day)
    name: str = field(default="x", validator=is_said)
    id: str = field(default="x", validator=is_id)


class TestValidators:
    def test_let_days_pass(self) -> None:
        """A day is a date; None is for the class to allow."""
        assert Written(on=date(2026, 1, 1)).on == date(2026, 1, 1)
        assert Written(on=None).on is None

    @pytest.mark.parametrize("name", ["", " ", "\n", "\t "])
    def test_refuse_blank_text(self, name: str) -> None:
        """A text that says nothing is refused, with its name and its value."""
        with pytest.raises(ValueError, match=r"^name is '.*'; it must not be blank$"):
            Written(name=name)

    @pytest.mark.parametrize("name", ["a\0", "\ud800", "a\rb", "a\u202eb", "\x1b[1m"])
    def test_refuse_text_that_cannot_be_shown(self, name: str) -> None:
        """What would vanish, or change what stands beside it, is refused."""
        with pytest.raises(ValueError, match=r"^name is '.*', with a character that"):
            Written(name=name)

    @pytest.mark.parametrize("name", ["a b", "a\nb", "Müller", "日本", " a "])
    def test_let_text_pass(self, name: str) -> None:
        """Words in any language, and in lines, are text."""
        assert Written(name=name).name == name

    @pytest.mark.parametrize("id_", ["", " ", " a", "a ", "a\nb", "a\0", "\ud800"])
    def test_refuse_ids_that_deceive(self, id_: str) -> None:
        """An id looks like what it is."""
        with pytest.raises(ValueError, match=r"^id is '.*'; an id must not be empty"):
            Written(id=id_)

    @pytest.mark.parametrize("id_", ["a", "A-1", "a b", "a/b", "é"])
    def test_let_ids_pass(self, id_: str) -> None:
        """Any word that can be seen whole is an id."""
        assert Written(id=id_).id == id_
