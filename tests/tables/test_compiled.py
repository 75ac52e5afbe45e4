import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from itertools import product
from types import MappingProxyType, SimpleNamespace

import pytest
from attrs import evolve, field, frozen, make_class
from hypothesis import event, given
from hypothesis import strategies as st

from relationkit.decisions import Decision, Outcome, Undecided
from relationkit.strategies._tables import Channel, Grade, Offer, tables
from relationkit.strategies._variants import Asked, asked, handed, variants
from relationkit.tables import COUNT, Domain, FactRecord, Table, build
from relationkit.tables import _compiled as compiled
from relationkit.tables._columns import Fact
from tests.tables.oracle import KEY, Oracle, shown, told

Decided = Callable[[], Outcome[StrEnum]]

MOST = 250
"""How many cases of one table are decided."""


class Closed(StrEnum):
    """The same words as Grade has, in another class."""

    LOW = "low"
    HIGH = "high"


class Weekday(StrEnum):
    """More members than one asks for."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"


@frozen(kw_only=True)
class Visitor(FactRecord):
    """Facts that are checked when they are made."""

    grade: Grade | None
    visits: int | None = field(metadata=COUNT)
    spent: Decimal | None = field(metadata=COUNT)
    member: bool | None


FACTS = {
    "grade": Domain(Grade),
    "visits": Domain(int, least=0),
    "spent": Domain(Decimal, least=0),
    "member": Domain(bool),
    "channel": Domain(Channel),
}
RULES = told(
    {"id": "a", "when": {"grade": "high", "visits": "> 3"}, "then": "full"},
    {"id": "b", "when": {"spent": "> 1.5, < 1", "member": True}, "then": "full"},
    {"id": "c", "when": {"spent": ">= 1.50"}, "then": "none"},
    {"id": "rest", "then": "plain"},
)
CASE: Mapping[str, Fact] = {
    "grade": Grade.HIGH,
    "visits": 5,
    "spent": Decimal(1),
    "member": True,
}


def with_lookups(table: Table[StrEnum]) -> Table[StrEnum]:
    """The same table, compiled as one of many rules is."""
    other = evolve(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "FEW", 0)
        assert callable(other.decide)
        assert callable(other.answer)
    return other


def forms(asked: Asked) -> Iterator[tuple[object, Mapping[str, Outcome[StrEnum]]]]:
    """The facts of a case, and the outcomes beside them, in every form."""
    held = {name: fact for name, fact in asked.case.items() if name not in asked.given}
    yield asked.case, {}
    yield asked.record, asked.given
    yield SimpleNamespace(**asked.case), {}
    yield MappingProxyType(asked.case), {}
    yield held, asked.given
    yield SimpleNamespace(**held), asked.given


def with_cases(table: Table[StrEnum]) -> st.SearchStrategy[list[Asked]]:
    return st.lists(asked(table), min_size=2, max_size=2)


def table_of(
    facts: Mapping[str, Domain], record: type[object] | None = None
) -> Table[Offer]:
    """A table that asks of each fact whether it has its first value, or is zero."""
    rules = told(
        *(
            {
                "id": f"r{at}",
                "when": {name: domain.members[0] if domain.members else 0},
                "then": "full" if at % 2 else "none",
            }
            for at, (name, domain) in enumerate(facts.items())
        ),
        {"id": "rest", "then": "plain"},
    )
    return build(
        {"rule": rules}, yields="offer", answers=Offer, facts=facts, record=record
    )


def both(table: Table[Offer]) -> tuple[Table[StrEnum], Table[StrEnum]]:
    """The table as a chain, and as look-ups."""
    return table, with_lookups(table)


def given_as(**members: StrEnum) -> Mapping[str, Outcome[StrEnum]]:
    """Outcomes that are decided so."""
    telling = RECORDED[0].telling
    return {name: Decision(member, telling, {}) for name, member in members.items()}


def visitor(case: Mapping[str, Fact]) -> Visitor:
    """The record of those facts."""
    return Visitor(**case)  # type: ignore[arg-type]


RECORDED = both(
    build({"rule": RULES}, yields="offer", answers=Offer, facts=FACTS, record=Visitor)
)
each = pytest.mark.parametrize("table", RECORDED, ids=["chain", "lookups"])


class TestPaths:
    @KEY
    @given(variants().flatmap(with_cases))
    def test_agree(self, cases: list[Asked]) -> None:
        """Whatever form facts have, and however they are looked up, all say the same.

        That is the word of the oracle, which goes through all completions.
        """
        table = cases[0].table
        other, oracle = with_lookups(table), Oracle.about(table)
        for case in cases:
            answers = oracle.answers(case.case)
            outcome = table.consider(case.case, {})

            event(f"{table.hit}, {type(outcome).__name__}")
            assert outcome.possible == tuple(a for a in table.answers if a in answers)
            for one in (table, other):
                for facts, beside in forms(case):
                    assert one.decide(facts, **beside) == outcome
                    assert one.answer(facts, **beside) is outcome.answer

    @KEY
    @given(variants())
    def test_agree_on_all_cases(self, table: Table[StrEnum]) -> None:
        """Each known case, one of each kind, has the answer of its first rule."""
        other, oracle = with_lookups(table), Oracle.about(table)
        size = oracle.size({})

        event(f"{table.hit}, {len(table.rules) // 8 * 8}+ rules, all: {size <= MOST}")
        event(f"outcomes beside the record: {len(table.own) < len(table.facts)}")
        for at, full in enumerate(oracle.completions({})):
            if at % (1 + size // MOST) == 0:
                case, answer = handed(table, full), oracle.answer(full)
                for one in (table, other):
                    assert one.answer(full) == answer
                    assert one.answer(case.record, **case.given) == answer
                    assert one.decide(case.record, **case.given).answer == answer
                    assert one.decide(full).answer == answer

    @given(variants().flatmap(asked))
    def test_tell_the_same_after_a_pickle(self, asked: Asked) -> None:
        """A table that was stored decides alike; its record class stays by its name."""
        table = evolve(asked.table, record=None)

        again = pickle.loads(pickle.dumps(table))  # noqa: S301

        assert again == table
        assert again.decide(asked.case) == asked.table.decide(asked.case)
        assert again.answer(asked.case) == asked.table.answer(asked.case)

    def test_take_a_record_after_a_pickle(self) -> None:
        """The record class of a stored table is found again."""
        table = RECORDED[0]
        assert table.decide(CASE).answer is Offer.FULL

        again = pickle.loads(pickle.dumps(table))  # noqa: S301

        assert again.record is Visitor
        assert again.decide(visitor(CASE)) == table.decide(CASE)

    @each
    @given(
        st.builds(
            Visitor,
            grade=st.none() | st.sampled_from(Grade),
            visits=st.none() | st.integers(0, 5),
            spent=st.none()
            | st.sampled_from([*map(Decimal, ("1", "1.5", "1.50", "2"))]),
            member=st.none() | st.booleans(),
        )
    )
    def test_agree_on_records(self, table: Table[StrEnum], visitor: Visitor) -> None:
        """A written class, unknown facts included, decides as its facts do."""
        case = {name: getattr(visitor, name) for name in CASE}

        assert table.decide(visitor) == table.consider(case, {})
        assert table.answer(visitor) is table.decide(visitor).answer

    @each
    def test_tell_the_same_of_records(self, table: Table[StrEnum]) -> None:
        """What kept each rule from the answer is the same, however facts came."""
        table = pickle.loads(pickle.dumps(table))  # noqa: S301, nothing worked out yet
        spent = [None, *map(Decimal, ("1", "1.5", "2"))]
        for values in product([None, *Grade], [None, 0, 5], spent, [None, False, True]):
            case = dict(zip(CASE, values, strict=True))
            one, other = table.decide(visitor(case)), table.consider(case, {})

            assert one.account == other.account
            for rule in table.rules:
                assert one.why_not(rule.id) == other.why_not(rule.id)


class TestMistakes:
    """Whatever is wrong with facts, no path gives an answer."""

    @each
    @pytest.mark.parametrize("name", CASE)
    def test_missing(self, table: Table[StrEnum], name: str) -> None:
        """A fact that is not there is named, whatever the others are."""
        case = {other: fact for other, fact in CASE.items() if other != name}

        for facts in (case, SimpleNamespace(**case), MappingProxyType(case)):
            for ask in (table.decide, table.answer):
                with pytest.raises(
                    LookupError, match=rf"^the fact '{name}' is missing"
                ):
                    ask(facts)

    @each
    def test_extra(self, table: Table[StrEnum]) -> None:
        """A key that is no fact is named, with the one that was meant."""
        said = r"^the table reads no fact 'grades' \(did you mean 'grade'\?\)$"
        for case in ({**CASE, "grades": None}, {"grades": Grade.LOW, **CASE}):
            for facts in (case, MappingProxyType(case)):
                for ask in (table.decide, table.answer):
                    with pytest.raises(LookupError, match=said):
                        ask(facts)

    def test_extra_where_nothing_is_read(self) -> None:
        """There is nothing that could have been meant, and nothing is said of it."""
        table = build(
            {"rule": told({"id": "rest", "then": "plain"})},
            yields="offer",
            answers=Offer,
            facts={},
        )

        with pytest.raises(LookupError, match=r"^the table reads no fact 'grade'$"):
            table.decide({"grade": None})

    @each
    @pytest.mark.parametrize(
        "facts",
        [CASE, visitor(CASE), SimpleNamespace(**CASE)],
        ids=["dict", "record", "object"],
    )
    @pytest.mark.parametrize("name", ["grades", "visits", "Grade"])
    def test_extra_outcomes(
        self, table: Table[StrEnum], facts: object, name: str
    ) -> None:
        """An outcome beside the facts that is of no such fact is refused."""
        outcome = RECORDED[0].decide(CASE)

        for ask in (table.decide, table.answer):
            with pytest.raises((TypeError, LookupError), match=name):
                ask(facts, **{name: outcome})

    @each
    def test_extra_but_read_by_others(self, table: Table[StrEnum]) -> None:
        """A fact that is declared may be given though no rule reads it."""
        more = {**CASE, "channel": None}

        assert table.decide(more) == table.decide(CASE)
        assert table.decide(CASE, channel=table.decide(CASE)).answer is Offer.FULL

    @each
    @pytest.mark.parametrize(
        ("name", "fact", "error", "said"),
        [
            (
                "grade",
                "high",
                TypeError,
                "expected Grade (low, middle, high), got 'high'",
            ),
            (
                "grade",
                "High",
                TypeError,
                "expected Grade (low, middle, high), got 'High'",
            ),
            (
                "grade",
                "gold",
                TypeError,
                "expected Grade (low, middle, high), got 'gold'",
            ),
            ("grade", Closed.HIGH, TypeError, "(low, middle, high), got <Closed.HIGH"),
            ("grade", True, TypeError, "expected Grade (low, middle, high), got True"),
            ("visits", True, TypeError, "expected int, got True, a bool"),
            ("visits", 5.0, TypeError, "expected int, got 5.0, a float"),
            ("visits", float("nan"), TypeError, "expected int, got nan, a float"),
            ("visits", "5", TypeError, "expected int, got '5', a str"),
            ("visits", -1, ValueError, "visits is -1; the least is 0"),
            ("spent", 5, TypeError, "expected Decimal, got 5, a int"),
            ("spent", 5.0, TypeError, "expected Decimal, got 5.0, a float"),
            ("spent", Decimal("NaN"), ValueError, "spent is NaN; it must be a finite"),
            (
                "spent",
                Decimal("sNaN"),
                ValueError,
                "spent is sNaN; it must be a finite",
            ),
            ("spent", Decimal("Inf"), ValueError, "spent is Infinity; it must be"),
            ("spent", Decimal("-0.01"), ValueError, "spent is -0.01; the least is 0"),
            ("member", 1, TypeError, "expected bool, got 1, a int"),
            ("member", "true", TypeError, "expected bool, got 'true', a str"),
        ],
        ids=repr,
    )
    def test_of_a_kind(
        self,
        table: Table[StrEnum],
        name: str,
        fact: Fact,
        error: type[Exception],
        said: str,
    ) -> None:
        """A fact of another class, or beyond what there is, is named with its value."""
        for others in ({}, dict.fromkeys(CASE)):
            case = {**CASE, **others, name: fact}
            for facts in (case, SimpleNamespace(**case), MappingProxyType(case)):
                for ask in (table.decide, table.answer):
                    with pytest.raises(
                        error, match=f"^{name}.*{re.escape(said)}|^{said}"
                    ):
                        ask(facts)
            with pytest.raises(error, match=f"^{name}"):
                visitor(case)

    @each
    @pytest.mark.parametrize("is_decided", [True, False])
    def test_outcomes_of_another_class(
        self,
        table: Table[StrEnum],
        is_decided: bool,  # noqa: FBT001
    ) -> None:
        """The answer to another question is no such fact, though of one word."""
        said = r"^grade: expected Grade \(low, middle, high\), got <Closed"
        outcome: Outcome[StrEnum] = Decision(Closed.HIGH, RECORDED[0].telling, {})
        if not is_decided:
            outcome = Undecided((Closed.LOW, Closed.HIGH), RECORDED[0].telling, {})
        case = {**CASE, "grade": outcome}
        unknown = evolve(visitor(CASE), grade=None)

        for facts, given_ in (
            (case, {}),
            (SimpleNamespace(**case), {}),
            (CASE, {"grade": outcome}),
            (unknown, {"grade": outcome}),
            (SimpleNamespace(**CASE), {"grade": outcome}),
        ):
            for ask in (table.decide, table.answer):
                with pytest.raises(TypeError, match=said):
                    ask(facts, **given_)


class TestBeside:
    """FactRecord classes that lack facts, which come as outcomes."""

    @pytest.fixture(params=[False, True], ids=["chain", "lookups"])
    def table(self, request: pytest.FixtureRequest) -> Table[StrEnum]:
        """A table whose record class holds but one of its three facts."""
        record = make_class("Some", {"visits": field(type=int)}, frozen=True)
        facts = {
            "grade": Domain(Grade),
            "channel": Domain(Channel),
            "visits": Domain(int),
        }
        return both(table_of(facts, record))[request.param]

    def test_are_decided_with_them(self, table: Table[StrEnum]) -> None:
        """Facts of the record and answers beside it decide, and are told alike."""
        for grade in Grade:
            for channel in Channel:
                for visits in (0, 1):
                    record = (table.record or object)(visits)  # type: ignore[call-arg]
                    beside = given_as(grade=grade, channel=channel)
                    case = {"grade": grade, "channel": channel, "visits": visits}

                    outcome = table.decide(record, **beside)

                    assert outcome == table.consider(case, {})
                    assert table.answer(record, **beside) is outcome.answer

    @pytest.mark.parametrize("name", ["grade", "channel"])
    def test_are_missed(self, table: Table[StrEnum], name: str) -> None:
        """What neither the record nor an outcome tells is missing, asked for or not."""
        record = (table.record or object)(1)  # type: ignore[call-arg]
        beside = dict(given_as(grade=Grade.LOW, channel=Channel.SHOP))
        del beside[name]

        for ask in (table.decide, table.answer):
            with pytest.raises(LookupError, match=f"the fact '{name}' is missing"):
                ask(record, **beside)

    def test_are_of_their_class(self, table: Table[StrEnum]) -> None:
        """An answer of another class is refused though only its text is compared."""
        record = (table.record or object)(1)  # type: ignore[call-arg]
        beside = given_as(grade=Closed.LOW, channel=Channel.WEB)

        for ask in (table.decide, table.answer):
            with pytest.raises(TypeError, match="grade: expected Grade"):
                ask(record, **beside)


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            *("class", "None", "match", "facts", "given", "decide", "len", "dict"),
            *("KeyError", "TypeError", "__x", "__facts", "__v0", "__k0", "_", "a b"),
            *("", " ", "\N{GRINNING FACE}", "\N{LATIN SMALL LIGATURE FI}", "x\ny"),
            *("\N{FULLWIDTH LOW LINE}" * 2 + "facts", "'", '"', "x: int", "self"),
        ],
        ids=shown,
    )
    @pytest.mark.parametrize("kind", [Grade, bool, int])
    def test_may_be_any_text(self, name: str, kind: type[Grade] | type[bool]) -> None:
        """However a fact is called, its table is compiled and decides."""
        facts = {name: Domain(kind), "fi": Domain(Channel)}
        for table in both(table_of(facts)):
            case: dict[str, Fact] = {
                name: Grade.LOW if issubclass(kind, Grade) else kind()
            }

            assert table.decide({**case, "fi": Channel.WEB}).answer is Offer.NONE
            assert table.decide({**case, "fi": None}).answer is Offer.NONE
            assert table.answer({name: None, "fi": Channel.PHONE}) is None
            with pytest.raises(LookupError, match="is missing; give None"):
                table.decide({"fi": Channel.WEB})
            with pytest.raises(LookupError, match="reads no fact 'none such'"):
                table.decide({**case, "fi": None, "none such": 1})

    @pytest.mark.parametrize("name", ["facts", "dict", "len", "match", "TypeError"])
    def test_may_be_given_beside(self, name: str) -> None:
        """An outcome is taken by the name of its fact, whatever else has that name."""
        outcome = Decision(Grade.LOW, RECORDED[0].telling, {})
        for table in both(table_of({name: Domain(Grade)})):
            assert table.decide({}, **{name: outcome}).answer is Offer.NONE
            assert table.answer({name: Grade.HIGH}, **{name: outcome}) is Offer.NONE


class TestColumns:
    def test_may_be_none(self) -> None:
        """A table without columns has one answer for all."""
        for table in both(table_of({}, Visitor)):
            nothing: tuple[object, ...] = ({}, visitor(CASE), SimpleNamespace())
            for facts in nothing:
                assert table.decide(facts).answer is Offer.PLAIN
                assert table.answer(facts) is Offer.PLAIN
                assert table.decide(facts).reasons == ()

    @pytest.mark.parametrize("unknown", [True, False])
    def test_may_be_one(self, unknown: bool) -> None:  # noqa: FBT001
        """A table of one column takes a record of one fact."""
        for table in both(table_of({"grade": Domain(Grade)}, Visitor)):
            grade = None if unknown else Grade.LOW
            facts = visitor({**CASE, "grade": grade})

            assert table.decide(facts) == table.decide({"grade": grade})
            assert table.answer(facts) is (None if unknown else Offer.NONE)

    @pytest.mark.parametrize(
        ("cells", "answers"),
        [
            (["< 1.5"], "full none none"),
            (["<= 1.5"], "full full none"),
            (["> 1.5"], "none none full"),
            ([">= 1.5"], "none full full"),
            (["1.5"], "none full none"),
            (["not(1.50)"], "full none full"),
            (["< 1.5", "<= 1.5"], "full plain none"),
            (["> 1.5", ">= 1.5"], "none plain full"),
            (["[0 .. 1.5)", "[1.5 .. 2]"], "full plain plain"),
            (["[0 .. 1.5]", "(1.5 .. 2]"], "full full plain"),
        ],
        ids=repr,
    )
    def test_may_be_cut_on_either_side(self, cells: list[str], answers: str) -> None:
        """Just below a number, at it and just above are told apart, however written."""
        rules = told(
            *(
                {"id": f"r{at}", "when": {"spent": cell}, "then": then}
                for at, (cell, then) in enumerate(
                    zip(cells, ("full", "plain"), strict=False)
                )
            ),
            {"id": "rest", "then": "none"},
        )
        table = build(
            {"rule": rules},
            yields="offer",
            answers=Offer,
            facts={"spent": Domain(Decimal)},
            record=Visitor,
        )
        spent = [*map(Decimal, ("1.499999999999999999999999999999", "1.500"))]
        spent.append(Decimal("1.500000000000000000000000000001"))

        for one in both(table):
            for number, answer in zip(spent, answers.split(), strict=True):
                held = visitor({**CASE, "spent": number})
                assert one.answer({"spent": number}) == answer
                assert one.answer(held) == answer
                assert one.decide(held).answer == answer

    def test_may_ask_for_any_members(self) -> None:
        """Whether few members are asked for or most, just those are let in."""
        members = [*Weekday]
        for mask in range(1, 2 ** len(members) - 1):
            asked_ = [day for at, day in enumerate(members) if mask >> at & 1]
            rules = told(
                {"id": "in", "when": {"day": ", ".join(asked_)}, "then": "full"},
                {"id": "rest", "then": "plain"},
            )
            table = build(
                {"rule": rules},
                yields="offer",
                answers=Offer,
                facts={"day": Domain(Weekday)},
            )
            found = [day for day in members if table.answer({"day": day}) is Offer.FULL]
            assert found == asked_

    @given(tables())
    def test_of_many_rules_are_looked_up(self, table: Table[StrEnum]) -> None:
        """Whatever the number of rules, the last one is reached."""
        last = with_lookups(table).decide(dict.fromkeys(table.facts))

        assert last == table.decide(dict.fromkeys(table.facts))
