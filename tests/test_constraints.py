"""One declaration refuses, words the error, and asks the same of a document."""

import pickle
import re
import sys
from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.constraints import (
    SCHEMA,
    AtLeast,
    Between,
    Constraint,
    ConstraintError,
    Each,
    Id,
    Said,
    Several,
    TakesTime,
    keywords,
    of,
)

CHARACTERS = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isprintable()]
WRITTEN = "\n\u00a0\u3000\u200c\u200d"
"""What cannot be shown by itself, and belongs to how texts are written."""


NAMES = ["M.\u00a0Dupont", "山田\u3000太郎", "مهدی\u200cنژاد", "ශ්\u200dරී"]  # noqa: RUF001


@attrs.frozen
class Written:
    """Fields with constraints."""

    name: str | None = attrs.field(default="x", validator=Said())
    id: str = attrs.field(default="x", validator=Id())


def pattern(constraint: Constraint) -> "re.Pattern[str]":
    """What the schema asks of a text; Python's ``$`` lets a line end pass."""
    told = constraint.schema()["pattern"]
    assert isinstance(told, str)
    return re.compile(told.removesuffix("$") + r"\Z")


class TestSaid:
    @pytest.mark.parametrize("name", ["", " ", "\n", "\t ", "\u3000", "\u200d"])
    def test_refuses_blank_text(self, name: str) -> None:
        """A text that says nothing is refused, with its record and its value."""
        with pytest.raises(ConstraintError) as caught:
            Written(name=name)
        assert str(caught.value) == (
            "name of 'x': expected a text that is not blank, of characters that can be"
            f" shown, got {name!r}; say something"
        )

    @pytest.mark.parametrize("name", ["a\0", "\ud800", "a\rb", "a\u202eb", "\x1b[1m"])
    def test_refuses_text_that_cannot_be_shown(self, name: str) -> None:
        """What would vanish, or change what stands beside it, is to be removed."""
        with pytest.raises(ConstraintError, match=r"; remove '\\"):
            Written(name=name)

    @pytest.mark.parametrize(
        "name", ["a b", "a\nb", "Müller", "日本", " a ", *NAMES, None]
    )
    def test_lets_text_pass(self, name: str | None) -> None:
        """Words in any language, and in lines, are text; None is for the class."""
        assert Written(name=name).name == name


class TestId:
    @pytest.mark.parametrize(
        ("id_", "remedy"),
        [
            ("", "make one up"),
            (" ", "make one up"),
            (" a", "use 'a'"),
            ("a ", "use 'a'"),
            ("a\nb", r"remove '\n'"),
            ("a\0", r"remove '\x00'"),
            ("\ud800", r"remove '\ud800'"),
        ],
    )
    def test_refuses_what_deceives(self, id_: str, remedy: str) -> None:
        """An id looks like what it is; what would is told."""
        with pytest.raises(ConstraintError, match=r"^id: expected an id") as caught:
            Written(id=id_)
        assert caught.value.remedy == remedy

    @pytest.mark.parametrize("id_", ["a", "A-1", "a b", "a/b", "é"])
    def test_lets_ids_pass(self, id_: str) -> None:
        """Any word that can be seen whole is an id."""
        assert Written(id=id_).id == id_

    def test_is_asked_of_each(self) -> None:
        """Of several ids the bad one is told."""
        with pytest.raises(ConstraintError, match=r"each to be an id.*, got 'b '; use"):
            Each(Id()).refuse(None, "ids", ("a", "b "))
        assert not Each(Id()).holds(("a", "b "))
        assert Each(Id()).holds(frozenset({"a"}))
        assert Each(Id()).schema() == {"items": Id().schema()}


class TestSchema:
    @pytest.mark.parametrize("constraint", [Said(), Id()], ids=["said", "id"])
    def test_refuses_no_character_that_we_accept(self, constraint: Constraint) -> None:
        """Alone and within, for each character there is that can be shown."""
        asked = pattern(constraint)
        for c in [*CHARACTERS, *WRITTEN]:
            for text in (c, f"a{c}b"):
                assert asked.match(text) or not constraint.holds(text), text

    @pytest.mark.parametrize("constraint", [Said(), Id()], ids=["said", "id"])
    def test_accepts_none_that_could_be_typed(self, constraint: Constraint) -> None:
        """What controls or hides is refused by both; what is rare is left to us."""
        asked = pattern(constraint)
        for c in [*map(chr, range(0x250)), *WRITTEN, *"\u200b\u202e\u2028\ufeff"]:
            for text in (c, f"a{c}b", f"a{c}"):
                assert bool(asked.match(text)) == constraint.holds(text), text

    @given(st.text(st.sampled_from("a \n\t\u00a0\u200b\u200d\u3000é")))
    def test_agrees_on_whole_texts(self, text: str) -> None:
        """Wherever blanks and line ends stand, both say the same."""
        for constraint in (Said(), Id()):
            assert bool(pattern(constraint).match(text)) == constraint.holds(text)


class TestNumbers:
    def test_at_least(self) -> None:
        """The least will do, and one less will not; True is asked elsewhere."""
        assert AtLeast(1, "give a day").holds(1)
        assert not AtLeast(1, "give a day").holds(0)
        with pytest.raises(ConstraintError, match="expected 1 or more, got 0; give a"):
            AtLeast(1, "give a day").refuse(None, "days", 0)

    def test_several(self) -> None:
        """So many will do; who is there is told."""
        two = Several(2, "name both")
        assert two.holds(("a", "b"))
        with pytest.raises(
            ConstraintError, match=r"^name of 'x': expected two or more, got 'a'; name "
        ):
            two.refuse(Written(), "name", frozenset({"a"}))
        assert not two.holds(frozenset({"a"}))
        assert two.schema() == {"minItems": 2}

    def test_several_at_most(self) -> None:
        """No more will do than that; how many there are is told."""
        one = Several(1, "name one", 2)
        assert one.holds(("a", "b"))
        assert not one.holds(())
        assert not one.holds(("a", "b", "c"))
        assert not one.holds("ab")
        with pytest.raises(
            ConstraintError, match="one or more, 2 at most, got 3; leave some out"
        ):
            one.refuse(None, "name", ("a", "b", "c"))
        with pytest.raises(ConstraintError, match="got none; name one"):
            one.refuse(None, "name", ())
        assert one.schema() == {"minItems": 1, "maxItems": 2}

    def test_between(self) -> None:
        """Both ends will do, and neither what is beyond them nor another class."""
        digit = Between(1, 9, "give a digit")
        assert [n for n in range(12) if digit.holds(n)] == [*range(1, 10)]
        assert not digit.holds("1")
        with pytest.raises(
            ConstraintError, match="expected a whole number from 1 to 9, got 0; give a"
        ):
            digit.refuse(None, "number", 0)
        assert digit.schema() == {"minimum": 1, "maximum": 9}

    def test_takes_time(self) -> None:
        """Anything longer than nothing; documents cannot say less."""
        assert TakesTime().holds(timedelta(microseconds=1))
        assert not TakesTime().holds(timedelta(0))
        with pytest.raises(ConstraintError, match="got 0:00:00; lengthen it"):
            TakesTime().refuse(None, "wait", timedelta(0))
        assert TakesTime().schema() == {}


class TestFields:
    def test_keywords(self) -> None:
        """All that a field asks, and what it says of validators of its own."""
        told: str = attrs.field(validator=Said(), metadata={SCHEMA: {"minLength": 3}})
        made = attrs.make_class("Made", {"a": told})
        assert keywords(attrs.fields(made).a) == {**Said().schema(), "minLength": 3}

    def test_finds_them(self) -> None:
        """Among other validators, in their order; of a field without, none."""
        several = attrs.validators.and_(Id(), lambda *_: None, Said())
        made = attrs.make_class(
            "Made",
            {
                "a": attrs.field(validator=several),
                "b": attrs.field(),
                "c": attrs.field(validator=Said()),
            },
        )
        found = [of(field) for field in attrs.fields(made)]
        assert found == [(Id(), Said()), (), (Said(),)]
        assert {Id(), Id(), Each(Id()), Each(Said())} == {
            *(Id(), Each(Id()), Each(Said())),
        }


def test_error_pickles() -> None:
    """An error from another process tells as much."""
    error = ConstraintError("a", "b", "c", "d")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert str(again) == "a: expected b, got c; d"
    assert again.remedy == "d"
