"""Who is a client: seventeen situations, and why no single test decides.

The situations and what is expected of them, with how sure that is, stand in
vectors.json: from four articles (docs/explanation/sources.md), and from the law
and the professional codes as of 2026-11-22.
"""

import json
from collections import defaultdict
from collections.abc import Callable, ItemsView, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from relationkit import codec, facts, policy
from relationkit.books import Book
from relationkit.clienthood import Standing
from relationkit.engagements import Fiduciary, Help, Stakes, Tailoring
from relationkit.facts import Facts
from relationkit.policy import Assessment
from relationkit.records import Ranked
from relationkit.relationships import Customer
from relationkit.tables import Rule

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
EDITION = policy.edition("2026-11")
TABLE = EDITION.policy.clienthood
CONTESTED = [rule for rule in TABLE.rules if rule.contested]
PARTIES = {
    "article-02": "grocery-shopper",
    "article-04": "snow-household",
    "article-06": "warehouse-club-member",
    "article-07": "criminal-defendant",
    "article-09": "tax-filer",
    "article-10": "home-buyer-represented",
    "article-11": "home-buyer-alone",
    "article-13": "bank-customer",
    "article-14": "private-bank-family",
    "article-15": "hairdresser-regular",
    "article-17": "hotel-guest",
    "article-19": "beverage-brand",
    "article-20": "insured-household",
    "article-21": "payroll-employer",
    "article-23": "furniture-buyer",
    "article-24": "patient",
    "article-26": "park-visitor",
}


@cache
def book() -> Book:
    """The examples."""
    return codec.read(HERE.parents[1] / "examples" / "articles.toml", Book)


class Case(NamedTuple):
    """A situation, and what is expected of it."""

    id: str
    features: Mapping[str, bool]
    tier: Standing
    fiduciary: Fiduciary | None
    is_sure: bool

    @property
    def relationship(self) -> Customer:
        """The situation, as the book of examples has it."""
        return book().relationship(PARTIES[self.id])

    @property
    def facts(self) -> Facts:
        """What it comes to."""
        return facts.of(self.relationship, on=TODAY, currency="USD")

    @property
    def assessment(self) -> Assessment:
        """What the edition makes of it."""
        return EDITION.assess(self.relationship, on=TODAY)

    def is_met(self, answer: Standing | None, *, contested: bool) -> bool:
        """Who is sure must be met, unflagged; who is not, met or flagged."""
        agrees = answer is self.tier
        return agrees and not contested if self.is_sure else agrees or contested


FIDUCIARY = {"yes": Fiduciary.YES, "no": Fiduciary.NO, "fact_dependent": None}
CASES = [
    Case(
        told["id"],
        told["features"],
        Standing(told["tier"]),
        FIDUCIARY[told["fiduciary"]],
        is_sure=told["confidence"] in {"high", "medium"},  # not low or contested
    )
    for told in json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))
]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def features(known: Facts) -> dict[str, bool | None]:
    """The seven features of a situation, out of its facts."""
    return {
        "service": known.service,
        "professional": known.professional,
        "tailored": reaches(known.tailoring, Tailoring.ADAPTED),
        "signed_agreement": known.signed_agreement,
        "ongoing": known.ongoing,
        "high_stakes": reaches(known.stakes, Stakes.HIGH),
        "advice_or_representation": reaches(known.help, Help.ADVICE),
    }


def reaches(judged: Ranked | None, least: Ranked) -> bool | None:
    """Whether something was judged to be that much; None if it was not judged."""
    return None if judged is None else judged >= least


class TestSituations:
    def test_are_all_in_the_book_of_examples(self) -> None:
        """The examples hold each situation once, and nobody else."""
        assert [case.id for case in CASES] == list(PARTIES)
        assert sorted(PARTIES.values()) == list(book().customer_ids)

    @each_case
    def test_come_to_their_features(self, case: Case) -> None:
        """The facts of each are the features that it was described with."""
        assert features(case.facts) == case.features

    @each_case
    def test_owe_what_is_expected(self, case: Case) -> None:
        """A fiduciary duty is owed, or not, or whether it is hangs on a regime."""
        assert case.facts.fiduciary is case.fiduciary

    @each_case
    def test_are_answered_as_expected(self, case: Case) -> None:
        """Sure ones agree and are not flagged; others agree or are flagged."""
        standing = case.assessment.standing

        assert case.is_met(standing.answer, contested=standing.contested), standing


class TestEngagements:
    def test_are_where_a_duty_lies(self) -> None:
        """A private bank is a fiduciary under the mandate, a debtor besides it."""
        family = EDITION.assess(book().relationship("private-bank-family"), on=TODAY)
        told = {
            id_: (answers.facts.fiduciary, answers.standing.answer)
            for id_, answers in family.engagements.items()
        }

        assert told == {
            "family-banking": (Fiduciary.NO, Standing.CUSTOMER),
            "family-mandate": (Fiduciary.YES, Standing.CLIENT),
        }

    def test_keep_the_word_of_their_trade(self) -> None:
        """What the trade says stands beside our word, and does not change it."""
        words = {e.id: e.word for e in book().engagements if e.word}

        assert words == {
            "accounts": "customer",
            "care": "patient",
            "home-policy": "policyholder",
            "personnel": "controller",
        }


class TestDoubt:
    def test_is_there(self) -> None:
        """The line is blurred (B8 C8 D8): on some rules good sources disagree."""
        assert CONTESTED

    @pytest.mark.parametrize("rule", CONTESTED, ids=lambda rule: rule.id)
    def test_is_in_favour_of_customer(self, rule: Rule[Standing]) -> None:
        """In doubt the answer is customer, never client."""
        assert rule.answer is Standing.CUSTOMER


def atom(fact: str) -> Callable[[Case], int]:
    """The part of a column of the table that a case lies in; 0 if unknown."""
    axis = next(axis for axis in TABLE.axes if axis.name == fact)

    def of(case: Case) -> int:
        value = getattr(case.facts, fact)
        return 0 if value is None else axis.atom(value)

    return of


def feature(name: str) -> Callable[[Case], bool]:
    """The feature of a case."""
    return lambda case: case.features[name]


COLUMNS: dict[str, Callable[[Case], int]] = {
    **{fact: atom(fact) for fact in TABLE.facts},
    **{f"feature {name}": feature(name) for name in CASES[0].features},
}


class TestOneColumn:
    """No single test decides, whatever it answers and wherever it flags."""

    @pytest.mark.parametrize("column", COLUMNS)
    def test_alone_fails_a_case(self, column: str) -> None:
        """Whoever goes by one fact is wrong about some situation."""
        told = {part: [case.id for case in cases] for part, cases in by([column])}
        wrong = [id_ for _, cases in by([column]) for id_ in failing(cases)]

        assert wrong, f"{column} alone tells all cases apart: {told}"

    def test_with_the_others_fails_none(self) -> None:
        """All columns of the table together tell all situations apart."""
        wrong = [id_ for _, cases in by(TABLE.facts) for id_ in failing(cases)]

        assert not wrong


def by(columns: Sequence[str]) -> ItemsView[tuple[int, ...], list[Case]]:
    """The cases that those *columns* cannot tell apart, together."""
    alike: dict[tuple[int, ...], list[Case]] = defaultdict(list)
    for case in CASES:
        alike[tuple(COLUMNS[column](case) for column in columns)].append(case)
    return alike.items()


def failing(cases: list[Case]) -> list[str]:
    """The cases that the best single answer, flagged or not, still gets wrong."""
    wrong = [
        [case.id for case in cases if not case.is_met(answer, contested=flag)]
        for answer, flag in product(Standing, [False, True])
    ]
    return min(wrong, key=len)
