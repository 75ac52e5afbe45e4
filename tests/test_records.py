import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from inspect import signature
from itertools import permutations
from random import Random
from typing import Any, Literal, NewType, Optional, TypeVar

import pytest
from attrs import evolve, field, fields, frozen, make_class
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import TypeAliasType

from relationkit.records import (
    Ranked,
    as_declared,
    in_utc,
    is_day,
    is_of,
    repeated,
    several,
    sort_key,
)
from relationkit.strategies import instants

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Grade(Ranked):
    """Words with a rank."""

    LOW = "low"
    HIGH = "high"


def as_given(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words whose order matters."""
    return words


Key = NewType("Key", str)
Other_ = NewType("Other_", str)
Size = NewType("Size", int)
S = TypeVar("S")


def as_number(told: str) -> Any:  # noqa: ANN401
    """A number, or what is no number as it is."""
    return int(told) if told else told


class Number(Enum):
    """Members that are no words."""

    ONE = 1
    TWO = Decimal(2)


@frozen(kw_only=True, field_transformer=as_declared)
class Item:
    """A part of a record."""

    name: str | None
    amount: Decimal
    grade: Grade | None = None
    tags: frozenset[str] = frozenset()
    on: date | None = None
    seen: bool | None = None


@frozen(kw_only=True, field_transformer=as_declared)
class Other:
    """Another part with the same fields."""

    name: str | None
    amount: Decimal


@frozen(kw_only=True, field_transformer=as_declared)
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


class TestAsDeclared:
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

    @pytest.mark.parametrize(
        ("given_", "kind", "inside"),
        [
            (["a", "b"], "list", "['a', 'b']"),
            ({"a"}, "set", "{'a'}"),
            ({"a": 1}, "dict", "{'a': 1}"),
            (["a" * 99], "list", "..."),
            (iter(["a"]), "list_iterator", "..."),
            (None, "None", ""),
        ],
    )
    def test_takes_tuples_only(
        self,
        given_: Any,  # noqa: ANN401
        kind: str,
        inside: str,
    ) -> None:
        """What is merely like a tuple is refused, with what to write instead."""
        message = f"words: expected a tuple, got {kind}; use tuple({inside})"

        with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
            Record(words=given_)

    @pytest.mark.parametrize(
        ("given_", "kind", "inside"),
        [
            (["a"], "list", "['a']"),
            ({"a"}, "set", "{'a'}"),
            (("a",), "tuple", "('a',)"),
            (None, "None", ""),
        ],
    )
    def test_takes_frozen_sets_only(
        self,
        given_: Any,  # noqa: ANN401
        kind: str,
        inside: str,
    ) -> None:
        """What is merely like a frozen set is refused, with what to write instead."""
        message = f"tags: expected a frozenset, got {kind}; use frozenset({inside})"

        with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
            Item(name=None, amount=Decimal(1), tags=given_)

    @pytest.mark.parametrize(
        ("given_", "got", "item"),
        [
            ("ab", "'ab', a str", "'ab'"),
            (5, "5, an int", "5"),
            ("a" * 99, f"'{'a' * 39}...{'a' * 14}', a str", "..."),
        ],
    )
    def test_puts_one_in_a_collection(
        self,
        given_: Any,  # noqa: ANN401
        got: str,
        item: str,
    ) -> None:
        """What is no collection, above all a text, is not to be split into one."""
        told = f"words: expected a tuple, got {got}; use ({item},)"
        with pytest.raises(TypeError, match=f"^{re.escape(told)}$"):
            Record(words=given_)
        told = f"tags: expected a frozenset, got {got}; use frozenset({{{item}}})"
        with pytest.raises(TypeError, match=f"^{re.escape(told)}$"):
            Item(name=None, amount=Decimal(1), tags=given_)

    @pytest.mark.parametrize("given_", [("a", 1), (None,), ("a", ("b",))], ids=repr)
    def test_takes_what_is_declared_within(self, given_: Any) -> None:  # noqa: ANN401
        """Each item of a tuple is of its class; so are those of sets within one."""
        with pytest.raises(TypeError, match=r"^words: expected each to be a str, got"):
            Record(words=given_)
        with pytest.raises(TypeError, match=r"^sets: expected each to be a str, got"):
            Record(sets=(frozenset(given_),))
        with pytest.raises(TypeError, match=r"^sets: expected a frozenset, got"):
            Record(sets=(frozenset(), given_))

    def test_takes_no_time_of_day(self) -> None:
        """A day is a day, where it must be there, may be, and has rules of its own."""
        noon: Any = datetime(2026, 1, 1, 12)  # noqa: DTZ001

        @frozen(field_transformer=as_declared)
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
        with pytest.raises(TypeError, match=r"^by: expected a day or None, got"):
            Days(date(2026, 1, 1), by=noon)
        with pytest.raises(TypeError, match=r"^to: expected a day or None, got"):
            Days(date(2026, 1, 1), to=noon)

    def test_takes_what_its_own_converter_makes(self) -> None:
        """A converter comes first; what it gives back is checked."""

        @frozen(field_transformer=as_declared)
        class Age:
            years: int = field(converter=as_number)

        assert Age("5").years == 5
        assert signature(Age).parameters["years"].annotation is str
        with pytest.raises(TypeError, match=r"^years: expected an int, got ''"):
            Age("")

    def test_takes_subclasses(self) -> None:
        """What is made of a class is of it; True is no number though Python says so."""

        class Day(date):
            """A day that a program has more to say of."""

        item = Item(
            name=Grade.LOW,
            amount=Decimal(1),
            tags=frozenset({Grade.LOW}),
            on=Day(2026, 1, 1),
        )
        assert (item.name, item.on) == ("low", date(2026, 1, 1))
        kinds = [type(one) for one in (item.name, item.on, *item.tags)]
        assert kinds == [str, date, str], "a text or day of a subclass becomes plain"
        with pytest.raises(TypeError, match=r"^times: expected an int, got True"):
            Named(times=True)

    def test_checks_what_a_subclass_inherits(self) -> None:
        """Fields of a base are checked, once, whether it was made so or not."""
        wrong: Any = 5

        @frozen
        class Base:
            on: date

        @frozen(field_transformer=as_declared)
        class Derived(Base):
            ids: tuple[Key, ...] = ()

        @frozen(field_transformer=as_declared)
        class Further(Derived):
            more: int = 1

        for one in (Derived, Further):
            with pytest.raises(TypeError, match=r"^on: expected a day, got 5"):
                one(wrong)
            with pytest.raises(ValueError, match=r"^ids: expected each to be an id"):
                one(date(2026, 1, 1), (Key(" "),))
        assert fields(Further).ids.validator is fields(Derived).ids.validator

    @pytest.mark.parametrize(
        "annotation",
        [
            *("date", Any, None, tuple, frozenset, tuple[int, str], tuple[int]),
            *(list[int], dict[str, int], tuple["date", ...], frozenset[Any]),
            *(tuple[int, ...] | None, int | list[int], Literal["a"], S, tuple[()]),
            NewType("Names", list[str]),
        ],
        ids=repr,
    )
    def test_refuses_what_nothing_can_be_checked_by(
        self,
        annotation: Any,  # noqa: ANN401
    ) -> None:
        """A class with a field that nobody could check is not made."""
        told = r"^strange: nothing can be checked by .*; declare "

        with pytest.raises(TypeError, match=told):
            make_class(
                "Strange",
                {"strange": field(type=annotation)},
                field_transformer=as_declared,
            )

    def test_knows_aliases_that_are_objects(self) -> None:
        """What has a name of its own is checked as what it stands for."""
        alias: Any = TypeAliasType("alias", int | Key | None)
        kind = make_class(
            "Known", {"one": field(type=alias)}, field_transformer=as_declared
        )

        assert (kind(one=5).one, kind(one="a").one, kind(one=None).one) == (
            5,
            "a",
            None,
        )
        with pytest.raises(TypeError, match=r"^one: expected"):
            kind(one=True)


@frozen(field_transformer=as_declared)
class Loose:
    """Fields that may hold ids, and other things."""

    text: str | Key = "a"
    number: int | Key = 1
    either: Key | Other_ | None = None


class TestLoose:
    def test_is_an_id_where_it_can_be_nothing_else(self) -> None:
        """A field that may hold any text or a number may hold a blank one."""
        assert Loose(text=" ", number=Key(" ")) == Loose(" ", Key(" "))
        with pytest.raises(ValueError, match=r"^either: expected an id"):
            Loose(either=Other_(" "))


@frozen(kw_only=True, field_transformer=as_declared)
class Named:
    """Fields of each kind there is a remedy for."""

    flag: bool = False
    maybe: bool | None = None
    name: str = ""
    times: int = 1
    amount: Decimal = Decimal(1)
    grade: Grade = Grade.LOW
    on: date = date.min
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    lasting: timedelta = timedelta(1)
    part: Item | Other | None = None
    key: Key = Key("a")
    other: Key | None = None
    number: Size = Size(1)


ITEM = Item(name="a", amount=Decimal(1))
KEYED = Record(id="k")


class TestRemedies:
    @pytest.mark.parametrize(
        ("field_", "value", "told"),
        [
            ("flag", "yes", "expected True or False, got 'yes', a str"),
            ("maybe", 1, "expected True, False or None, got 1, an int"),
            ("name", 5, "expected a str, got 5, an int; use '5'"),
            ("name", None, "expected a str, got None; use a text in quotes"),
            ("times", "5", "expected an int, got '5', a str; use 5"),
            ("times", "-", "expected an int, got '-', a str; use a whole number such"),
            ("amount", 5, "expected a Decimal, got 5, an int; use Decimal('5')"),
            ("amount", 1.5, "expected a Decimal, got 1.5, a float; use Decimal('1.5')"),
            ("amount", "x", "got 'x', a str; use Decimal('...')"),
            ("grade", "low", "expected a Grade, got 'low', a str; use Grade.LOW"),
            ("grade", "hi", "got 'hi', a str; use Grade.LOW or Grade.HIGH"),
            ("grade", 0, "got 0, an int; use Grade.LOW or Grade.HIGH"),
            (
                "on",
                "2026-01-31",
                "got '2026-01-31', a str; use date.fromisoformat('2026-01-31')",
            ),
            ("on", "31.1.", "got '31.1.', a str; use date(2026, 1, 31)"),
            ("on", None, "expected a day, got None; use date(2026, 1, 31)"),
            ("on", datetime(2026, 1, 1, tzinfo=UTC), "a datetime; take its date()"),
            ("at", date.min, "a date; use datetime(2026, 1, 31, 12, tzinfo=UTC)"),
            ("lasting", 5, "expected a timedelta, got 5, an int; use timedelta(hours="),
            (
                "part",
                5,
                "an Item, an Other or None, got 5, an int; use Item(...) or Other(...)",
            ),
            ("part", Item, "type; use Item(...) or Other(...)"),
            ("key", 5, "expected a Key, got 5, an int; use Key('5')"),
            ("key", None, "expected a Key, got None; use Key('...')"),
            ("other", ITEM, "a Key or None, got Item(name='a', amount=Dec"),
            ("other", KEYED, "a Record; use its id, 'k'"),
            ("number", "1", "expected an int, got '1', a str; use 1"),
            pytest.param(
                *("key", 10**5000, "got a number too long to show, an int; use Key("),
                id="huge",
            ),
        ],
    )
    def test_say_what_to_write(
        self,
        field_: str,
        value: Any,  # noqa: ANN401
        told: str,
    ) -> None:
        """What is refused is told with its class, what is wanted, and a remedy."""
        with pytest.raises(TypeError, match=f"^{field_}: expected ") as caught:
            Named(**{field_: value})
        assert told in str(caught.value)

    def test_work(self) -> None:
        """What they say is what is then taken."""
        done = Named(
            name="5",
            amount=Decimal("1.5"),
            grade=Grade.LOW,
            on=date.fromisoformat("2026-01-31"),
            at=datetime(2026, 1, 31, 12, tzinfo=UTC),
            lasting=timedelta(hours=4),
            key=Key("5"),
        )

        assert done.key == "5"


class TestIsOf:
    def test_is_silent_of_what_is(self) -> None:
        """What is of its class passes, in a tuple or alone."""
        is_of("on", date | None, None)
        is_of("days", tuple[date, ...], (date.min,))

    def test_says_what_to_do(self) -> None:
        """A remedy that is told stands in place of the usual one."""
        with pytest.raises(
            TypeError, match=r"^on: expected a day, got 5, an int; try 6$"
        ):
            is_of("on", date, 5, "try 6")


@frozen
class Written:
    """Fields that are checked."""

    on: date | None = field(default=None, validator=is_day)


class TestSeveral:
    def test_are_those_that_were_given(self) -> None:
        """In their order, whatever they come in."""
        assert several("days", iter([3, 1]), int) == [3, 1]
        assert several("things", {"a": object()}) == ["a"]

    @pytest.mark.parametrize("values", ["ada", 5, date(2026, 1, 1), None])
    def test_are_no_one_thing(self, values: Any) -> None:  # noqa: ANN401
        """A text is one thing, though Python would take its letters."""
        with pytest.raises(
            TypeError, match=r"^names: expected several, got .*; put it"
        ):
            several("names", values, str)

    def test_are_each_what_is_said(self) -> None:
        """The one that is not is told."""
        with pytest.raises(TypeError, match=r"^flags: expected each to be True or"):
            several("flags", [True, 1], bool)


class TestValidators:
    def test_let_days_pass(self) -> None:
        """A day is a date; None is for the class to allow."""
        assert Written(on=date(2026, 1, 1)).on == date(2026, 1, 1)
        assert Written(on=None).on is None


class TestInUtc:
    @given(instants())
    def test_is_the_same_instant(self, at: datetime) -> None:
        """It is as long after any other, and told in one way."""
        told = in_utc(at)

        assert told is not None
        assert told.tzinfo is UTC
        assert told - EPOCH == at.astimezone(UTC) - EPOCH
        assert in_utc(told) == told

    @pytest.mark.parametrize(
        "other",
        [
            None,
            datetime(2026, 1, 1),  # noqa: DTZ001
            datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
        ],
        ids=str,
    )
    def test_leaves_what_is_no_instant_of_utc(self, other: datetime | None) -> None:
        """That is for validators to refuse."""
        assert in_utc(other) is other


class TestRepeated:
    @given(st.lists(st.integers(0, 4)))
    def test_are_those_that_stood_before(self, values: list[int]) -> None:
        """Each but the first of its kind is told, with its place."""
        told = repeated(values)

        assert told == [
            (place, value)
            for place, value in enumerate(values)
            if value in values[:place]
        ]
