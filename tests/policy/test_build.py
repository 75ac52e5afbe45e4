import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relationkit import policy
from relationkit.errors import PolicyError, Problem
from relationkit.policy._document import digest

FILE = resources.files("relationkit") / "editions" / "2026-11.toml"
SHIPPED = tomllib.loads(FILE.read_text(encoding="utf-8"))

Document = dict[str, Any]
Change = Callable[[Document], object]


def document(*changes: Change) -> Document:
    """The edition of 2026-11 as plain data, with *changes*."""
    told = deepcopy(SHIPPED)
    for change in changes:
        change(told)
    return told


def problems(told: object) -> list[Problem]:
    """Everything that is wrong with a document."""
    with pytest.raises(PolicyError) as caught:
        policy.build(told)  # type: ignore[arg-type]
    return list(caught.value.problems)


def at(told: object, pointer: str) -> object:
    """What a pointer leads to."""
    here: Any = told
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        here = here[int(key) if isinstance(here, list) else key]
    return here


def put(pointer: str, value: object) -> Change:
    """A change of what stands there."""
    parent, _, key = pointer.rpartition("/")

    def change(told: Document) -> None:
        place: Any = at(told, parent)
        place[int(key) if isinstance(place, list) else key] = value

    return change


def drop(pointer: str) -> Change:
    """A change that leaves something out."""
    parent, _, key = pointer.rpartition("/")

    def change(told: Document) -> None:
        place: Any = at(told, parent)
        del place[int(key) if isinstance(place, list) else key]

    return change


def add(pointer: str, value: object) -> Change:
    """A change that puts one more at the end of a list."""

    def change(told: Document) -> None:
        place: Any = at(told, pointer)
        place.append(value)

    return change


AGAIN = ["again", *["-"] * 8, "none", "said before", "ours", False]
PLAN = "/sla/plans/close"
FAULTS: list[tuple[str, Change, Problem]] = [
    (
        "a table is missing",
        drop("/pricing"),
        Problem("", "missing", "'pricing' is missing"),
    ),
    (
        "the name is missing",
        drop("/edition"),
        Problem("", "missing", "'edition' is missing"),
    ),
    (
        "a key too many",
        put("/approach", {}),
        Problem(
            "/approach",
            "unknown_key",
            "unknown key 'approach'",
            "one of: changeable, clienthood, currency, edition, personalisation,"
            " pricing, sla, status",
        ),
    ),
    (
        "a misspelt status",
        put("/status", "frosen"),
        Problem(
            "/status",
            "member",
            "expected a member of EditionStatus, got 'frosen', a text",
            "did you mean 'frozen'?",
        ),
    ),
    (
        "a currency that is no text",
        put("/currency", 840),
        Problem("/currency", "type", "expected a text, got 840, a number"),
    ),
    (
        "no table",
        put("/clienthood", "by feel"),
        Problem("/clienthood", "type", "expected a table, got 'by feel', a text"),
    ),
    (
        "an empty table",
        put("/pricing", {}),
        Problem(
            "/pricing",
            "missing",
            "the rules of the table must stand in one form",
            "write 'columns' and 'rows', or a list of 'rule' tables",
        ),
    ),
    (
        "a gap",
        drop("/clienthood/rows/10"),
        Problem(
            "/clienthood",
            "gap",
            "no rule answers when engaged is never, dealings is none;"
            " such as engaged never, dealings none",
            "add a rule for it, or a last rule that asks nothing",
        ),
    ),
    (
        "a dead rule",
        add("/clienthood/rows", AGAIN),
        Problem(
            "/clienthood/rows/11",
            "dead_rule",
            "the rule 'again' never decides: earlier rules leave it no case",
            "move it up, widen it, narrow the earlier ones, or remove it",
        ),
    ),
    (
        "a misspelt fact in a column",
        put("/clienthood/columns/1", "engagd"),
        Problem(
            "/clienthood/columns/1",
            "unknown_fact",
            "unknown fact 'engagd'",
            "did you mean 'engaged'?",
        ),
    ),
    (
        "a misspelt fact of one rule",
        put("/pricing/rule/0/when/membershp", True),  # noqa: FBT003, as documents say
        Problem(
            "/pricing/rule/0/when/membershp",
            "unknown_fact",
            "unknown fact 'membershp'",
            "did you mean 'membership'?",
        ),
    ),
    (
        "an earlier answer where there is none",
        put("/clienthood/columns/1", "standing"),
        Problem("/clienthood/columns/1", "unknown_fact", "unknown fact 'standing'"),
    ),
    (
        "a misspelt member",
        put("/clienthood/rows/0/1", "nw"),
        Problem(
            "/clienthood/rows/0/1",
            "cell",
            "engaged: expected a member of Engaged, got 'nw'",
            "did you mean 'now'?",
        ),
    ),
    (
        "a misspelt answer",
        put("/clienthood/rows/0/9", "cliente"),
        Problem(
            "/clienthood/rows/0/9",
            "member",
            "expected a member of Standing, got 'cliente', a text",
            "did you mean 'client'?",
        ),
    ),
    (
        "earlier answers not listed",
        drop("/sla/given"),
        Problem(
            "/sla",
            "missing",
            "'given' is missing, and its rules read standing of earlier answers",
            "write given = ['standing']",
        ),
    ),
    (
        "too few earlier answers listed",
        put("/sla/given", []),
        Problem(
            "/sla/given",
            "value",
            "its rules read standing of earlier answers",
            "write given = ['standing']",
        ),
    ),
    (
        "too many earlier answers listed",
        put("/pricing/given", ["standing", "level"]),
        Problem(
            "/pricing/given",
            "value",
            "its rules read standing of earlier answers",
            "write given = ['standing']",
        ),
    ),
    (
        "an earlier answer that is no text",
        put("/pricing/given", ["standing", 1]),
        Problem("/pricing/given/1", "type", "expected a text, got 1, a number"),
    ),
    (
        "earlier answers that are no list",
        put("/pricing/given", "standing"),
        Problem("/pricing/given", "type", "expected a list, got 'standing', a text"),
    ),
    (
        "plans missing",
        drop("/sla/plans"),
        Problem("/sla", "missing", "'plans' is missing", "give each attention a plan"),
    ),
    (
        "a plan missing",
        drop(PLAN),
        Problem("/sla/plans", "missing", "'close' is missing"),
    ),
    (
        "a plan too many",
        put("/sla/plans/instant", {}),
        Problem(
            "/sla/plans/instant",
            "unknown_key",
            "unknown key 'instant'",
            "one of: attentive, close, counter",
        ),
    ),
    (
        "a part of a plan missing",
        drop(f"{PLAN}/manner"),
        Problem(PLAN, "missing", "'manner' is missing"),
    ),
    (
        "a misspelt part of a plan",
        put(f"{PLAN}/channel", "name"),
        Problem(
            f"{PLAN}/channel",
            "member",
            "expected a member of Channel, got 'name', a text",
            "did you mean 'named'?",
        ),
    ),
    (
        "a part of a plan that is neither true nor false",
        put(f"{PLAN}/named_contact", "yes"),
        Problem(
            f"{PLAN}/named_contact",
            "type",
            "expected true or false, got 'yes', a text",
        ),
    ),
    (
        "a target missing",
        drop(f"{PLAN}/targets/low"),
        Problem(f"{PLAN}/targets", "missing", "'low' is missing"),
    ),
    (
        "a time missing",
        drop(f"{PLAN}/targets/low/resolution"),
        Problem(f"{PLAN}/targets/low", "missing", "'resolution' is missing"),
    ),
    (
        "a part of a time that is a number",
        put(f"{PLAN}/targets/low/at_risk", [Decimal("0.75")]),
        Problem(
            f"{PLAN}/targets/low/at_risk/0",
            "type",
            'expected a part such as "0.75", got 0.75, a number',
        ),
    ),
    (
        "a scale of nothing",
        put(f"{PLAN}/priorities", []),
        Problem(
            f"{PLAN}/priorities",
            "value",
            "priorities: expected one or more, 100 at most, got none; name them, the"
            " least urgent first",
        ),
    ),
    (
        "a scale that is no list",
        put(f"{PLAN}/priorities", "p1"),
        Problem(f"{PLAN}/priorities", "type", "expected a list, got 'p1', a text"),
    ),
    (
        "a priority that is no text",
        put(f"{PLAN}/priorities", ["low", 1]),
        Problem(f"{PLAN}/priorities/1", "type", "expected a text, got 1, a number"),
    ),
    (
        "a scale with more than there are targets",
        put(f"{PLAN}/priorities", ["low", "normal", "high", "urgent", "vip"]),
        Problem(f"{PLAN}/targets", "missing", "'vip' is missing"),
    ),
    (
        "a scale with fewer than there are targets",
        put(f"{PLAN}/priorities", ["low", "normal", "high"]),
        Problem(
            f"{PLAN}/targets/urgent",
            "unknown_key",
            "unknown key 'urgent'",
            "one of: high, low, normal",
        ),
    ),
    (
        "a day by a clock that always runs",
        put(f"{PLAN}/targets/low/resolution", "end of next business day"),
        Problem(
            PLAN,
            "value",
            "coverage is always, and resolution of low 'end of next business day';"
            " let it run in business_hours, or promise a length of time",
        ),
    ),
    (
        "a bad length of time",
        put(f"{PLAN}/targets/low/resolution", "3 days"),
        Problem(
            f"{PLAN}/targets/low/resolution",
            "value",
            "expected a length of time, got '3 days', of days, which have no fixed"
            " length; write hours such as '8h' or '24h'",
        ),
    ),
    (
        "a time that is no text",
        put(f"{PLAN}/targets/low/resolution", 72),
        Problem(
            f"{PLAN}/targets/low/resolution",
            "type",
            "expected a text, got 72, a number",
        ),
    ),
    (
        "an answer later than the resolution",
        put(f"{PLAN}/targets/low/first_response", "73h"),
        Problem(
            f"{PLAN}/targets/low",
            "value",
            "resolution of low is 3 days, 0:00:00, shorter than first_response,"
            " 3 days, 1:00:00; lengthen the one or shorten the other",
        ),
    ),
    (
        "the urgent waiting longer",
        put(f"{PLAN}/targets/urgent/first_response", "3h"),
        Problem(
            PLAN,
            "value",
            "first_response of urgent is 3:00:00, longer than that of high, 2:00:00;"
            " the more urgent must not wait longer (the least urgent stands first)",
        ),
    ),
]


class TestBuild:
    def test_makes_what_ships(self) -> None:
        """Plain data makes the edition, whoever parsed it."""
        assert policy.build(document()) == policy.edition("2026-11")

    @pytest.mark.parametrize(("name", "change", "fault"), FAULTS)
    def test_says_what_is_wrong(
        self, name: str, change: Change, fault: Problem
    ) -> None:
        """Each fault is told with its place, its kind and a remedy; nothing else is."""
        (told,) = problems(document(change))

        assert (name, told) == (name, fault)

    def test_says_which_currencies_there_are(self) -> None:
        """A code that is not on the list is refused, with the list named."""
        (told,) = problems(document(put("/currency", "usd")))

        assert (told.pointer, told.code) == ("/currency", "value")
        assert "the ISO 4217 list of 2026-01-01, got 'usd'" in told.message
        assert told.hint == "did you mean 'USD'?"

    def test_says_everything_at_once(self) -> None:
        """All faults of a document are told together, each at its place."""
        apart = [
            *("a misspelt status", "a gap", "a misspelt fact of one rule"),
            *("too few earlier answers listed", "a bad length of time"),
            *("a plan too many", "a key too many", "a part of a plan missing"),
        ]
        faults = [(change, fault) for name, change, fault in FAULTS if name in apart]
        told = problems(document(*(change for change, _ in faults)))

        assert {problem.pointer for problem in told} == {f.pointer for _, f in faults}
        assert len(told) == len(faults) == len(apart)

    @pytest.mark.parametrize(("name", "change", "fault"), FAULTS)
    def test_says_where(self, name: str, change: Change, fault: Problem) -> None:
        """A place is one that can be looked up in the document."""
        broken = document(change)

        for problem in problems(broken):
            at(broken, problem.pointer)
            assert (name, problem.pointer) == (name, fault.pointer)

    @pytest.mark.parametrize("told", [[], None, "2026-11", 1, {}, {1: 2, "a": 3}])
    def test_needs_an_edition(self, told: object) -> None:
        """Whatever is none is refused, and not with an error of ours."""
        assert problems(told)

    def test_leaves_its_document_alone(self) -> None:
        """What was handed in is not changed."""
        told = document()
        policy.build(told)

        assert told == document()


def leaves(told: object, place: str = "") -> Iterator[str]:
    """The places of all single values."""
    parts: Iterator[tuple[object, object]] = iter(())
    if isinstance(told, Mapping):
        parts = iter(told.items())
    elif isinstance(told, list):
        parts = enumerate(told)
    else:
        yield place
    for key, value in parts:
        yield from leaves(value, f"{place}/{key}")


def shuffled(told: Any, by: random.Random) -> Any:  # noqa: ANN401, any JSON
    """The same, with the keys of every table in another order."""
    if isinstance(told, list):
        return [shuffled(item, by) for item in told]
    if not isinstance(told, dict):
        return told
    keys = list(told)
    by.shuffle(keys)
    return {key: shuffled(told[key], by) for key in keys}


class TestDigest:
    @given(st.randoms(use_true_random=False))
    @settings(max_examples=20)
    def test_heeds_no_order_of_keys(self, by: random.Random) -> None:
        """The same policy is the same edition, however its keys were ordered."""
        again = policy.build(shuffled(document(), by))

        assert again == policy.build(document())
        assert again.digest == policy.build(document()).digest

    def test_changes_with_every_word(self) -> None:
        """Whatever is changed, left out or put elsewhere makes another digest."""
        told = document()
        places = list(leaves(told))
        changed = [digest(document(put(place, "other"))) for place in places]
        fewer = [digest(document(drop(place))) for place in places]

        assert len(places) > 300
        assert digest(told) not in {*changed, *fewer}
        assert len(set(changed)) == len(places)

    def test_heeds_the_order_of_rules(self) -> None:
        """Rules in another order are another policy."""
        told = document(lambda d: d["clienthood"]["rows"].reverse())

        assert digest(told) != digest(document())

    def test_is_that_of_the_edition(self) -> None:
        """An edition, and each outcome of its tables, carries its digest."""
        reworded = document(put("/clienthood/rows/0/10", "we act for them"))
        edition = policy.build(reworded)

        assert edition.digest == digest(policy.document(edition))
        assert edition.digest != policy.edition("2026-11").digest
        refs = [table.ref for table in edition.policy.tables.values()]
        assert {ref.digest for ref in refs} == {edition.digest}
        assert [ref.table for ref in refs] == [*edition.policy.tables]
        assert edition.policy != policy.edition("2026-11").policy
