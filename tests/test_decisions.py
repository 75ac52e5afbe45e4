import copy
import operator
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from attrs import evolve

from relationkit.decisions import (
    Account,
    Alternative,
    Decision,
    Outcome,
    PolicyRef,
    Reason,
    Step,
    Undecided,
    Way,
    WhyNot,
    said,
)
from relationkit.errors import StoredOutcomeError, UndecidedError
from relationkit.records import Ranked


class Level(Ranked):
    """Ranks in no alphabetical order."""

    GENERIC = "generic"
    TAILORED = "tailored"
    BESPOKE = "bespoke"


class Other(Ranked):
    """The same words in another class."""

    BESPOKE = "bespoke"
    GENERIC = "generic"


class Plain(StrEnum):
    """Words without a rank."""

    GENERIC = "generic"


COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge]
AGE = Reason("age", 7, asked="< 18", rule="young", fired=True)
PLACE = Reason("place", Plain.GENERIC, asked="a, b", rule="far", fired=False)
DECIDED = Account(
    policy=PolicyRef(edition="2026-11", digest="ab12", table="level"),
    possible=(Level.BESPOKE,),
    rules=("young",),
    because="is young",
    source="A1",
    contested=False,
    reasons=(AGE, PLACE),
)
OPEN = Account(
    policy=PolicyRef(edition="", digest="", table="level"),
    possible=(Level.GENERIC, Level.BESPOKE),
    rules=("young", "others"),
    because="is young; is not",
    source="A1; ours",
    contested=True,
    needs=("age", "place"),
)


class Once:
    """A teller that keeps count of how often it is asked."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.asked = 0

    def tell(self, case: object, /) -> Account:
        """The account of that case, and one more on the count."""
        assert case == "this one"
        self.asked += 1
        return self.account

    def ask(self, case: object, /) -> tuple[str, ...]:
        """What is needed, without the account."""
        return self.account.needs if case == "this one" else ()

    def why_not(self, case: object, rule: str, /) -> WhyNot:
        """What keeps a rule."""
        return WhyNot(rule=f"{rule} of {case}", answer=Level.GENERIC)

    def alternatives(self, case: object, /) -> tuple[Alternative, ...]:
        """None."""
        del case
        return ()

    def to_reach(self, case: object, answer: StrEnum, /) -> tuple[Way, ...]:
        """A way of one step."""
        return (Way((Step(fact=f"{case}", now=None, to=answer),)),)


def decision(account: Account = DECIDED) -> Decision[Level]:
    return Decision(Level.BESPOKE, account)


def undecided() -> Undecided[Level]:
    return Undecided((Level.GENERIC, Level.BESPOKE), OPEN)


def told(outcome: Outcome[Level]) -> str:
    """What a program does with an outcome, case by case."""
    match outcome:
        case Decision(Level.BESPOKE):
            return "best"
        case Decision(answer=level):
            return f"only {level}"
        case Undecided(possible=possible, needs=needs):
            return f"at least {possible[0]}, ask for {needs}"


class TestRanked:
    def test_compare_by_rank(self) -> None:
        """A member is worth more the later it stands, whatever its letters."""
        members = [*Level]

        for at, one in enumerate(members):
            for where, other in enumerate(members):
                for compare in COMPARISONS:
                    assert compare(one, other) == compare(at, where)
        assert [member.rank for member in members] == [0, 1, 2]
        assert sorted(members, reverse=True) == members[::-1]
        assert max(members) is Level.BESPOKE
        assert min(members) is Level.GENERIC

    @pytest.mark.parametrize("compare", COMPARISONS)
    def test_never_compare_by_letter(
        self, compare: Callable[[object, object], bool]
    ) -> None:
        """Text beside a member, on either side, is refused."""
        said_ = "a Level has no rank beside 'generic', a str"

        with pytest.raises(TypeError, match=said_):
            compare(Level.BESPOKE, "generic")
        with pytest.raises(TypeError, match=said_):
            compare("generic", Level.BESPOKE)

    @pytest.mark.parametrize("compare", COMPARISONS)
    @pytest.mark.parametrize("other", [Other.BESPOKE, Plain.GENERIC, 1, None])
    def test_never_compare_with_another_class(
        self, compare: Callable[[object, object], bool], other: object
    ) -> None:
        """A member of another class is refused, though its word be the same."""
        with pytest.raises(TypeError, match="a Level has no rank beside"):
            compare(Level.BESPOKE, other)

    def test_never_sort_among_text(self) -> None:
        """A list of members and words has no order."""
        with pytest.raises(TypeError, match="has no rank beside"):
            sorted(["generic", Level.TAILORED])
        with pytest.raises(TypeError, match="has no rank beside"):
            max(Other.BESPOKE, Level.TAILORED)

    def test_are_still_their_words(self) -> None:
        """Equality, hash and text are those of the wire form."""
        word: str = Level.BESPOKE

        assert word == "bespoke"
        assert {word: 1}["bespoke"] == 1
        assert f"{Level.BESPOKE}" == "bespoke"
        assert pickle.loads(pickle.dumps(Level.BESPOKE)) is Level.BESPOKE  # noqa: S301


class TestSaid:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (True, "yes"),
            (False, "no"),
            (None, "unknown"),
            (1, "1"),
            (Decimal("1.50"), "1.50"),
            (date(2026, 11, 22), "2026-11-22"),
            (Level.BESPOKE, "bespoke"),
            ((Level.GENERIC, Level.BESPOKE), "generic or bespoke"),
            ((False, True), "no or yes"),
        ],
        ids=repr,
    )
    def test_reads_as_in_a_sentence(self, value: object, words: str) -> None:
        """A value is its wire form; truth is yes or no; several are one or another."""
        assert said(value) == words


class TestReason:
    def test_that_stops_reads_well(self) -> None:
        """What was asked stands beside what there is, without a double negation."""
        excluded = evolve(PLACE, asked="not(generic)")

        assert str(PLACE) == "place is not a, b but generic"
        assert str(excluded) == "place is generic, and asked is not(generic)"

    def test_reads_as_a_sentence(self) -> None:
        """It says what a fact is, or what it is instead of what was asked."""
        either = evolve(AGE, fact="level", value=(Level.GENERIC, Level.BESPOKE))

        assert str(AGE) == "age is 7"
        assert str(PLACE) == "place is not a, b but generic"
        assert str(either) == "level is generic or bespoke"

    def test_redacted_names_the_fact_alone(self) -> None:
        """What it tells about the case is gone, what it tells of the table stays."""
        assert AGE.redact() == Reason("age", None, asked="", rule="young", fired=True)
        assert str(AGE.redact()) == "age"


class TestDecision:
    def test_matches(self) -> None:
        """A decision is taken apart by its answer, and told from the undecided."""
        assert told(decision()) == "best"
        assert told(Decision(Level.GENERIC, DECIDED)) == "only generic"
        assert told(undecided()) == "at least generic, ask for ('age', 'place')"

    def test_is_an_answer(self) -> None:
        """The answer is all that is possible, and settled."""
        assert decision().answer is Level.BESPOKE
        assert decision().settled() is Level.BESPOKE
        assert decision().possible == (Level.BESPOKE,)

    def test_tells_its_account(self) -> None:
        """All that can be told of it stands on it."""
        outcome = decision()

        assert outcome.account == DECIDED
        assert outcome.policy == DECIDED.policy
        assert outcome.rules == ("young",)
        assert outcome.because == "is young"
        assert outcome.source == "A1"
        assert not outcome.contested
        assert outcome.reasons == (AGE, PLACE)
        assert outcome.needs == ()

    def test_has_one_rule_or_none(self) -> None:
        """With several rules none is certain."""
        assert decision().rule == "young"
        assert decision(evolve(DECIDED, rules=("young", "old"))).rule is None

    def test_reads_as_a_sentence(self) -> None:
        """The answer, what led to it, and where it stands."""
        assert str(decision()) == "bespoke: age is 7 (young, edition 2026-11)"
        contested = evolve(DECIDED, reasons=(PLACE,), rules=("a", "b"), contested=True)
        assert str(decision(contested)) == (
            "bespoke: is young (a, b, edition 2026-11; contested)"
        )
        assert repr(decision()) == f"<Decision {decision()}>"
        two = evolve(DECIDED, reasons=(AGE, evolve(AGE, fact="height")))
        assert str(decision(two)).startswith("bespoke: age is 7, height is 7 (")

    def test_redacted_tells_no_values(self) -> None:
        """What is fit for a log still has the answer, the rule and the facts' names."""
        redacted = decision().redact()

        assert redacted.answer is Level.BESPOKE
        assert redacted.rules == ("young",)
        assert redacted.reasons == (AGE.redact(), PLACE.redact())
        assert str(redacted) == "bespoke: age (young, edition 2026-11)"


class TestUndecided:
    def test_has_no_answer(self) -> None:
        """None stands for no answer yet."""
        assert undecided().answer is None
        assert undecided().possible == (Level.GENERIC, Level.BESPOKE)

    def test_settles_on_nothing(self) -> None:
        """Who demands an answer is told which facts to ask for."""
        with pytest.raises(UndecidedError) as refused:
            undecided().settled()
        assert refused.value.needs == ("age", "place")
        assert str(refused.value) == str(undecided())

    def test_reads_as_a_sentence(self) -> None:
        """What is possible, and what to ask for."""
        assert str(undecided()) == (
            "undecided, generic or bespoke: ask for age, place (table level)"
        )
        assert repr(undecided()) == f"<Undecided {undecided()}>"

    def test_redacted_is_itself(self) -> None:
        """It has no values to tell."""
        outcome = undecided()

        assert outcome.redact() is outcome


class TestOutcomes:
    @pytest.mark.parametrize("outcome", [decision(), undecided()], ids=str)
    def test_cannot_be_changed(self, outcome: Outcome[Level]) -> None:
        """Nothing on an outcome can be set, added or removed."""
        for name in ("answer", "possible", "rules", "needs", "note"):
            with pytest.raises(AttributeError):
                setattr(outcome, name, 1)
            with pytest.raises(AttributeError):
                delattr(outcome, name)
        assert not hasattr(outcome, "__dict__")

    @pytest.mark.parametrize("outcome", [decision(), undecided()], ids=str)
    @pytest.mark.parametrize(
        "again",
        [copy.copy, copy.deepcopy, lambda outcome: pickle.loads(pickle.dumps(outcome))],  # noqa: S301
        ids=["copy", "deepcopy", "pickle"],
    )
    def test_are_copied(
        self, outcome: Outcome[Level], again: Callable[[object], object]
    ) -> None:
        """A copy is equal, and of equal hash."""
        other = again(outcome)

        assert other == outcome
        assert hash(other) == hash(outcome)
        assert type(other) is type(outcome)
        assert str(other) == str(outcome)

    @pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
    def test_keep_their_table_when_copied(
        self, again: Callable[[Outcome[Level]], Outcome[Level]]
    ) -> None:
        """What cannot be changed is its own copy, and can still be asked."""
        outcome = Decision(Level.BESPOKE, Once(DECIDED), "this one")

        assert again(outcome) is outcome
        assert again(outcome).why_not("far").rule == "far of this one"

    def test_are_equal_if_they_say_the_same(self) -> None:
        """Another answer, rule or reason, or no answer, is another outcome."""
        assert decision() == decision()
        assert decision() != decision(evolve(DECIDED, rules=("old",)))
        assert decision() != decision().redact()
        assert undecided() != Decision(Level.BESPOKE, OPEN)
        assert decision() != "bespoke"
        assert len({decision(), decision(), undecided(), undecided()}) == 2

    def test_are_worked_out_once(self) -> None:
        """The account is asked for when it is first needed, and then kept."""
        teller = Once(DECIDED)
        outcome = Decision(Level.BESPOKE, teller, "this one")

        assert outcome.answer is Level.BESPOKE
        assert teller.asked == 0
        assert outcome.rules == outcome.account.rules
        assert teller.asked == 1

    def test_are_pickled_without_their_teller(self) -> None:
        """What works out the account stays at home; the account goes along."""
        outcome = Decision(Level.BESPOKE, Once(DECIDED), "this one")

        assert b"Once" not in pickle.dumps(outcome)

    @pytest.mark.parametrize(
        "outcome",
        [
            Decision(Level.BESPOKE, Once(DECIDED), "this one"),
            Undecided((Level.GENERIC, Level.BESPOKE), Once(OPEN), "this one"),
        ],
        ids=str,
    )
    def test_ask_their_table_about_others(self, outcome: Outcome[Level]) -> None:
        """Other rules, and other answers, are asked about for the same case."""
        (way,) = outcome.to_reach(Level.GENERIC)

        assert outcome.why() == str(outcome.account)
        assert outcome.why_not("far").rule == "far of this one"
        assert outcome.alternatives() == ()
        assert str(way) == "this one from unknown to generic"
        assert outcome.needs == outcome.account.needs

    @pytest.mark.parametrize("outcome", [decision(), undecided()], ids=str)
    def test_tell_of_no_others_once_stored(self, outcome: Outcome[Level]) -> None:
        """Without its table nothing is made up."""
        for ask in (
            outcome.alternatives,
            lambda: outcome.why_not("far"),
            lambda: outcome.to_reach(Level.GENERIC),
        ):
            with pytest.raises(StoredOutcomeError, match="has no table to ask"):
                ask()

    def test_of_a_class_may_be_made(self) -> None:
        """The class of the answer may be written where a decision is made."""
        assert Decision[Level](Level.BESPOKE, DECIDED) == decision()


class TestPolicyRef:
    def test_reads_as_a_name(self) -> None:
        """An edition goes by its name, a table on its own by its own."""
        assert str(PolicyRef(edition="2026-11", digest="", table="t")) == (
            "edition 2026-11"
        )
        assert str(PolicyRef(edition="", digest="", table="t")) == "table t"


class TestAccount:
    def test_needs_no_source(self) -> None:
        """Where there is none, none is told."""
        account = evolve(DECIDED, source="")

        assert str(account).splitlines()[1] == "by young of edition 2026-11"

    def test_reads_line_by_line(self) -> None:
        """The answer, what gives it, what mattered, or what to ask for."""
        assert str(DECIDED).splitlines() == [
            "bespoke: is young",
            "by young of edition 2026-11; source: A1",
            "as age is 7",
            "not far: place is not a, b but generic",
        ]
        assert str(OPEN).splitlines() == [
            "undecided: generic or bespoke",
            "by young, others of table level; source: A1; ours",
            "contested: good sources disagree",
            "ask for age, place",
        ]
