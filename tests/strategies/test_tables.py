import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from relationkit.decisions import Decision, Undecided
from relationkit.strategies._tables import Channel, Offer, cases, tables
from relationkit.tables import Domain, Table
from relationkit.tables._columns import Fact

VALUE = re.compile(r"[\w.+-]*\w|\s")
FORM = re.compile(r"!|,|[<>]=?|[\[(]?~[\])]?")

Asked = tuple[Table[StrEnum], Mapping[str, Fact]]


class Own(StrEnum):
    """Answers of one's own."""

    NO = "no"
    YES = "yes"


def with_case(table: Table[StrEnum]) -> st.SearchStrategy[Asked]:
    return st.tuples(st.just(table), cases(table))


def with_cases(
    table: Table[StrEnum],
) -> st.SearchStrategy[tuple[Table[StrEnum], list[Mapping[str, Fact]]]]:
    return st.tuples(st.just(table), st.lists(cases(table), min_size=4, max_size=4))


asked = tables().flatmap(with_case)


def forms(table: Table[StrEnum]) -> Iterator[str]:
    """The forms that its cells are made of."""
    for rule in table.rules:
        for _, cell in rule.cells:
            plain = VALUE.sub("", cell.text.replace("not(", "!").replace("..", "~"))
            yield from FORM.findall(plain)


def features(table: Table[StrEnum], case: Mapping[str, Fact]) -> Iterator[str]:
    """What sets a table and a case apart from simple ones."""
    outcome = table.decide(case)
    unknown = [name for name, fact in case.items() if fact is None]
    settled = isinstance(outcome, Decision)
    told: dict[str, bool] = {
        "a rule that earlier ones cut up": len(table.pieces) > len(table.rules) + 1,
        "a contested rule": any(rule.contested for rule in table.rules),
        "many rules": len(table.rules) > 5,
        "many columns": len(table.axes) > 2,
        "decided by several rules": settled and len(outcome.rules) > 1,
        "decided though a fact is unknown": settled and bool(unknown),
        "a reason that stops another answer": any(not r.fired for r in outcome.reasons),
        "several needs": len(outcome.needs) > 1,
        "an unknown fact that is not needed": not settled
        and not {*unknown} <= {*outcome.needs},
        "a need of an earlier question": any("_needed" in n for n in outcome.needs),
    }
    yield from (name for name, is_so in told.items() if is_so)
    for axis in table.axes:
        yield f"{axis.domain.kind.__name__} from {axis.domain.least}"
        fact = case[axis.name]
        if isinstance(fact, Decimal):
            yield from (f"{fact - end:+.3f} from an end" for end, _ in axis.cuts)


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """All that comes up in some hundred draws."""
    found: set[str] = set()

    @settings(max_examples=300, phases=[Phase.generate])
    @given(tables().flatmap(with_cases))
    def look(drawn: tuple[Table[StrEnum], list[Mapping[str, Fact]]]) -> None:
        table, cases_ = drawn
        found.update(forms(table), *(features(table, case) for case in cases_))

    look()
    return found


class TestTables:
    @given(tables())
    def test_are_small(self, table: Table[StrEnum]) -> None:
        """A table has one to eight rules, and five columns at most."""
        assert 1 <= len(table.rules) <= 8
        assert len(table.axes) <= 5
        assert table.answers is Offer

    @pytest.mark.parametrize(
        "feature",
        [
            *("bool from None", "int from None", "int from 0", "date from None"),
            *("Decimal from None", "Decimal from 0", "Channel from None"),
            *("Grade from None", "many rules", "many columns"),
            *("a rule that earlier ones cut up", "a contested rule"),
            *("!", ",", "<", "<=", ">", ">=", "~", "[~]", "[~)", "(~]", "(~)"),
        ],
    )
    def test_are_of_every_kind(self, seen: set[str], feature: str) -> None:
        """Facts of every class and cells of every form come up."""
        assert feature in seen

    @given(
        tables(
            facts=st.just({"age": Domain(int, least=18)}),
            answers=st.just(Own),
        )
    )
    def test_take_what_they_are_given(self, table: Table[StrEnum]) -> None:
        """Facts and answers of one's own stand in for ours."""
        assert table.answers is Own
        assert table.facts in {(), ("age",)}

    def test_shrink_to_one_rule(self) -> None:
        """The simplest failure is of a table that has one answer for all."""
        table = find(tables(), lambda _: True)

        assert [rule.cells for rule in table.rules] == [()]


class TestCases:
    @pytest.mark.parametrize(
        "feature",
        [
            "decided by several rules",
            "decided though a fact is unknown",
            "a reason that stops another answer",
            "several needs",
            "an unknown fact that is not needed",
            "a need of an earlier question",
            *("+0.000 from an end", "+0.001 from an end", "-0.001 from an end"),
        ],
    )
    def test_are_of_every_kind(self, seen: set[str], feature: str) -> None:
        """Whatever an unknown fact brings about, and either side of an end, come up."""
        assert feature in seen

    @given(asked)
    def test_have_all_that_a_table_reads(self, asked: Asked) -> None:
        """A case has each fact of its table and no other."""
        table, case = asked

        assert {*case} == {*table.facts}

    def test_have_facts_that_decide_though_undecided(self) -> None:
        """An earlier question may leave open just what makes no difference."""
        facts = st.just({"channel": Domain(Channel)})

        table, case = find(
            tables(facts=facts).flatmap(with_case),
            lambda one: any(
                isinstance(reason.value, tuple)
                for reason in one[0].decide(one[1]).reasons
            ),
        )

        assert isinstance(case["channel"], Undecided)
        assert isinstance(table.decide(case), Decision)

    def test_shrink_to_nothing_known(self) -> None:
        """The simplest failure is of a case of which nothing is known."""
        _, case = find(asked, lambda one: bool(one[1]))

        assert {*case.values()} == {None}
