"""Differences of two editions, and whom they concern."""

import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from hypothesis import given, settings

from relationkit import policy, tables
from relationkit.books import Book
from relationkit.policy import Edition
from relationkit.policy._assessment import QUESTIONS
from relationkit.sla import Attention
from relationkit.strategies import books, days, editions

SHIPPED = files("relationkit").joinpath("editions", "2026-11.toml").read_text("utf-8")
OLD = policy.edition("2026-11")


def document() -> dict[str, Any]:
    return tomllib.loads(SHIPPED, parse_float=Decimal)


def changed(old: str, new: str) -> Edition:
    """The edition that ships, with one text in place of another."""
    assert SHIPPED.count(old) == 1
    return policy.build(tomllib.loads(SHIPPED.replace(old, new), parse_float=Decimal))


DAY = "end of next business day"


class TestDiff:
    @settings(max_examples=40)
    @given(editions(), editions())
    def test_is_that_of_each_table(self, old: Edition, new: Edition) -> None:
        """A question is there iff its tables differ, with all their differences."""
        found = policy.diff(old, new)

        both = zip(old.policy.tables.values(), new.policy.tables.values(), strict=True)
        each = dict(zip(QUESTIONS, (tables.diff(*pair) for pair in both), strict=True))
        assert dict(found.answers) == {
            name: told for name, told in each.items() if told
        }
        assert (found.currency is None) == (old.policy.currency == new.policy.currency)
        assert [one.attention for one in found.plans] == [
            a for a in Attention if old.policy.plan(a) != new.policy.plan(a)
        ]

    @settings(max_examples=20)
    @given(editions())
    def test_is_nothing_for_one_edition(self, edition: Edition) -> None:
        """An edition does not differ from itself, and that is false and blank."""
        found = policy.diff(edition, edition)

        assert not found
        assert str(found) == ""

    def test_tells_answers_by_question(self) -> None:
        """Clienthood is told as the standing that it answers, first of all."""
        told = document()
        (row,) = [row for row in told["clienthood"]["rows"] if row[0] == "asked"]
        row[row.index("prospect")] = "none"
        new = policy.build(told)

        (question, differences), *others = policy.diff(OLD, new).answers

        assert question == "standing"
        assert {d.turn for d in differences} == {"prospect (asked) -> none (asked)"}
        assert others == []

    def test_is_none_of_names(self) -> None:
        """Another name of a rule is another edition, but decides nothing else."""
        new = changed('"costly",', '"dear",  ')

        assert not policy.diff(OLD, new)
        assert OLD.digest != new.digest

    def test_tells_what_plans_promise(self) -> None:
        """Each promise that changes is named, with what it was and is."""
        told = document()
        plan = told["sla"]["plans"]["close"]
        plan["coverage"], plan["named_contact"] = "business_hours", False
        plan["targets"]["urgent"] = {"first_response": "30m", "resolution": "3h30m"}

        found = policy.diff(OLD, policy.build(told))

        assert found
        assert str(found) == (
            "plan of close: coverage always -> business_hours, named_contact yes -> no,"
            " first_response of urgent 1h -> 30m, resolution of urgent 4h -> 3h30m"
        )

    def test_tells_another_scale(self) -> None:
        """What one of two scales lacks is promised by the other alone."""
        told = document()
        plan = told["sla"]["plans"]["counter"]
        plan["priorities"] = ["normal", "vip"]
        plan["targets"] = {
            "normal": {**plan["targets"]["normal"], "resolution": DAY},
            "vip": {"first_response": "30s", "resolution": DAY},
        }

        new = policy.build(told)

        assert policy.build(policy.document(new)) == new
        assert policy.document(new)["sla"]["plans"]["counter"]["priorities"] == [
            "normal",
            "vip",
        ]
        [found] = policy.diff(OLD, new).plans
        lines = str(found).split(", ")
        assert lines[0] == "counter: priorities low normal high urgent -> normal vip"
        assert f"resolution of normal 120h -> {DAY}" in lines
        assert "first_response of urgent 8h -> -" in lines
        assert "first_response of vip - -> 30s" in lines

    def test_tells_another_currency(self) -> None:
        """Amounts are compared as numbers, so the currency stands first."""
        new = policy.build({**document(), "currency": "EUR"})

        found = policy.diff(OLD, new)

        assert found
        assert found.currency == ("USD", "EUR")
        assert str(found) == "currency: USD -> EUR"

    def test_reads_line_by_line(self) -> None:
        """A difference is a line that says to which question it belongs."""
        new = changed('">= 10_000.00"', '">= 15_000.00"')

        assert str(policy.diff(OLD, new)) == (
            "sla: largest_sale is 10000.00 .. 15000.00, stance is not(transactional),"
            " fiduciary is no, professional is false, standing is not(client):"
            " attentive (costly) -> counter (anyone)"
        )


class TestChanged:
    @settings(max_examples=20)
    @given(editions(), editions(), books(), days())
    def test_is_about_whom_something_changes(
        self, old: Edition, new: Edition, book: Book, on: date
    ) -> None:
        """Everybody is there whose assessments differ, with what does."""
        found = policy.changed(old, new, book, on=on)

        assert dict(found) == {
            each.party.id: changes
            for each in book.relationships()
            if (changes := old.assess(each, on=on).changes(new.assess(each, on=on)))
        }

    @given(books(), days())
    def test_is_nobody_for_one_edition(self, book: Book, on: date) -> None:
        """An edition decides about nobody differently from itself."""
        assert policy.changed(OLD, OLD, book, on=on) == {}
