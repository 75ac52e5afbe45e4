"""The example of a practice: that it uses all there is, and what its page says."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple, TypeAlias, get_args

import attrs
import pytest

from relationkit import codec, policy
from relationkit.books import Book
from relationkit.clienthood import Standing
from relationkit.contracts import ContractForm, ContractStatus
from relationkit.decisions import Outcome
from relationkit.duties import WritingKind
from relationkit.engagements import (
    EndReason,
    Fiduciary,
    Help,
    Matter,
    Service,
    ServiceKind,
    Stakes,
    Tailoring,
)
from relationkit.errors import BookError, UnknownIdError
from relationkit.fees import Direction, PricingModel
from relationkit.personalisation import Level
from relationkit.policy import Assessment
from relationkit.relationships import Client, Stance
from relationkit.sla import Attention

PRACTICE = Path(__file__).parents[2] / "examples" / "practice.toml"
TODAY = date(2026, 11, 25)
EDITION = policy.edition("2026-11")


@cache
def book() -> Book:
    """The example."""
    return codec.read(PRACTICE, Book)


def assessed(id_: str, on: date = TODAY) -> Assessment:
    """What the edition makes of someone in the example."""
    return EDITION.assess(book().relationship(id_), on=on)


def models(kind: object, found: set[type]) -> set[type]:
    """The models of which a *kind* of value can be made, besides those *found*."""
    if isinstance(kind, type) and attrs.has(kind) and kind not in found:
        found.add(kind)
        for field in attrs.fields(kind):
            models(field.type, found)
    for part in get_args(kind):
        models(part, found)
    return found


MODELS = sorted(models(Book, set()), key=lambda kind: kind.__name__)


Told: TypeAlias = tuple[str, str, object]


def told_by(value: object) -> Iterator[Told]:
    """The fields of all records in *value*, itself included, and what they are."""
    if isinstance(value, tuple):
        for item in value:
            yield from told_by(item)
    kind = type(value)
    if attrs.has(kind):
        for field in attrs.fields(kind):
            inner = getattr(value, field.name)
            yield kind.__name__, field.name, inner
            yield from told_by(inner)


@cache
def values() -> Mapping[tuple[str, str], set[object]]:
    """What each field of each model is, somewhere in the example."""
    found = defaultdict[tuple[str, str], set[object]](set)
    for kind, field, value in told_by(book()):
        found[kind, field].add(value)
    return dict(found)


FIELDS = [
    pytest.param(kind, field, id=f"{kind.__name__}.{field.name}")
    for kind in MODELS
    for field in attrs.fields(kind)
]
JUDGED = [f.name for f in attrs.fields(Service) if f.type == bool | None]


class TestExample:
    @pytest.mark.parametrize(("kind", "field"), FIELDS)
    def test_uses_every_field(
        self, kind: type, field: "attrs.Attribute[object]"
    ) -> None:
        """Each field of each model says somewhere what it would not by itself."""
        used = values()[kind.__name__, field.name] - {field.default}

        assert used, f"give {field.name} of some {kind.__name__} a value of its own"

    def test_reaches_every_model(self) -> None:
        """The models are found by the fields of a book, and are those we know of."""
        told = {kind.__name__ for kind in MODELS}

        assert told >= {"Book", "CustomerRecord", "Closing", "OtherDuty", "Money"}
        assert len(told) == 38

    @pytest.mark.parametrize(
        ("model", "name", "members"),
        [
            ("Contract", "form", ContractForm),
            ("Closing", "why", EndReason),
            ("Judgement", "matter", Matter),
            ("Increment", "direction", Direction),
            ("Rate", "model", PricingModel),
            ("Service", "kind", ServiceKind),
            ("Service", "help", Help),
            ("Service", "stakes", Stakes),
            ("Service", "tailoring", Tailoring),
            ("StatedStance", "stance", {Stance.TRANSACTIONAL, Stance.RELATIONAL}),
            ("Writing", "kind", WritingKind),
        ],
    )
    def test_uses_every_word(
        self, model: str, name: str, members: type[StrEnum] | set[StrEnum]
    ) -> None:
        """Where a field has a few words to choose from, each stands somewhere."""
        assert values()[model, name] >= set(members)

    @pytest.mark.parametrize("judged", JUDGED)
    def test_leaves_judgements_open(self, judged: str) -> None:
        """Each judgement of a service is yes here, no there, and unknown elsewhere."""
        assert values()["Service", judged] == {True, False, None}

    def test_has_contracts_in_every_status(self) -> None:
        """On one day a contract is a draft, another signed, in force or ended."""
        statuses = {contract.status(TODAY) for contract in book().contracts}

        assert statuses == set(ContractStatus)

    def test_has_every_standing(self) -> None:
        """Over the three years there is someone for each thing a party can be."""
        days = [date(2024, 1, 1), date(2025, 1, 1), TODAY]
        cases = product(book().customer_ids, days)
        found = {assessed(id_, on).standing.answer for id_, on in cases}

        assert found == {*Standing, None}

    def test_spans_three_years(self) -> None:
        """Work begins in 2024, and goes on in 2026."""
        opened = [engagement.opened for engagement in book().engagements]

        assert min(opened).year == 2024
        assert any(engagement.is_open(TODAY) for engagement in book().engagements)

    def test_keeps_the_days_of_the_provider(self) -> None:
        """An evening in Chicago is that day, and in Greenwich the next."""
        assert book().day(datetime(2026, 11, 26, 4, tzinfo=UTC)) == TODAY


class Claim(NamedTuple):
    """What the page says of someone on a day: in the whole, or in an engagement."""

    id: str
    on: date
    engagement: str | None
    possible: set[Standing]
    fiduciary: Fiduciary | None


CLIENT, CUSTOMER, FORMER, PROSPECT = (
    {Standing.CLIENT},
    {Standing.CUSTOMER},
    {Standing.FORMER_CLIENT},
    {Standing.PROSPECT},
)
NO, LIMITED, YES = Fiduciary
CLAIMS = [
    Claim("priya-nair", date(2024, 1, 14), None, {Standing.NONE}, NO),
    Claim("priya-nair", date(2024, 1, 15), None, PROSPECT, NO),
    Claim("priya-nair", date(2024, 2, 11), None, PROSPECT, NO),
    Claim("priya-nair", date(2024, 2, 12), "priya-return", CLIENT, None),
    Claim("priya-nair", date(2024, 2, 29), "priya-return", CLIENT, None),
    Claim("priya-nair", date(2024, 3, 1), "priya-return", CLIENT, NO),
    Claim("priya-nair", date(2024, 10, 14), None, CLIENT, NO),
    Claim("priya-nair", date(2024, 10, 15), None, FORMER, NO),
    Claim("priya-nair", TODAY, None, FORMER, NO),
    Claim("dana-ortiz", TODAY, "dana-advice", CLIENT, YES),
    Claim("dana-ortiz", TODAY, "dana-brokerage", CLIENT, NO),
    Claim("lakeside-fund", TODAY, "fund-management", CLIENT, YES),
    Claim("leo-bauer", TODAY, "leo-inquiry", CLIENT, YES),
    Claim("corvid-labs", date(2025, 1, 12), None, PROSPECT, NO),
    Claim("corvid-labs", TODAY, "corvid-credits", CLIENT, None),
    Claim("corvid-plan", TODAY, "plan-menu", CLIENT, LIMITED),
    Claim("bright-bakery", TODAY, None, CUSTOMER, NO),
    Claim("bright-bakery", TODAY, "bakery-payroll", CUSTOMER, NO),
    Claim("bright-bakery", TODAY, "bakery-ledger", CUSTOMER, NO),
    Claim("bright-bakery", date(2025, 1, 1), "bakery-grant", CUSTOMER, NO),
    Claim("otis-grant", date(2025, 4, 29), None, CLIENT, None),
    Claim("otis-grant", TODAY, None, FORMER, NO),
    Claim("otis-grant", TODAY, "otis-return", FORMER, NO),
    Claim("otis-grant", TODAY, "otis-ledger", CUSTOMER, NO),
    Claim("hugo-lind", TODAY, None, CUSTOMER, NO),
    Claim("nora-bell", date(2026, 2, 2), None, PROSPECT, NO),
    Claim("nora-bell", TODAY, None, CUSTOMER, NO),
    Claim("pieter-vos", TODAY, None, CUSTOMER, NO),
    Claim("sam-okoro", date(2026, 11, 9), None, {Standing.NONE}, NO),
    Claim("sam-okoro", TODAY, None, PROSPECT, NO),
    Claim("norden-mills", date(2025, 11, 27), "norden-dispute", CLIENT, None),
    Claim("norden-mills", TODAY, None, FORMER, NO),
]


class TestClaims:
    @pytest.mark.parametrize(
        "claim", CLAIMS, ids=lambda claim: f"{claim.id}-{claim.on}-{claim.engagement}"
    )
    def test_hold(self, claim: Claim) -> None:
        """Each stands to the practice, and is owed, what the page says."""
        answers = assessed(claim.id, claim.on).about(claim.engagement)

        assert answers is not None
        assert set(answers.standing.possible) == claim.possible
        assert answers.facts.fiduciary is claim.fiduciary

    def test_tell_of_everyone(self) -> None:
        """Everyone with a relationship is claimed something of, save one."""
        claimed = {claim.id for claim in CLAIMS}

        assert set(book().customer_ids) - claimed == {"ilse-duarte"}

    def test_that_is_not_known(self) -> None:
        """Closed, nobody knows since when: client or former client, so undecided."""
        standing = assessed("ilse-duarte").standing

        assert standing.answer is None
        assert {Standing.CLIENT, Standing.FORMER_CLIENT} <= set(standing.possible)
        assert standing.needs == ("engaged",)

    @pytest.mark.parametrize(
        "id_", ["grace-bauer", "halden-corp", "ivo-brandt", "mei-chen", "quill-estates"]
    )
    def test_that_some_have_no_relationship(self, id_: str) -> None:
        """Who pays, invests, benefits or opposes is a party, and no customer."""
        assert id_ in {party.id for party in book().parties}
        with pytest.raises(UnknownIdError):
            book().relationship(id_)

    @pytest.mark.parametrize(
        ("id_", "on"), [("nora-bell", TODAY), ("bright-bakery", date(2025, 1, 1))]
    )
    def test_that_sources_disagree(self, id_: str, on: date) -> None:
        """Costly goods and advice without a profession are contested."""
        assert any(outcome.contested for outcome in standings(assessed(id_, on)))

    def test_that_a_stance_is_heeded(self) -> None:
        """Known for years, he is served like anyone from the day he asks for it."""
        before, after = (
            assessed("hugo-lind", date(2026, 8, 31)),
            assessed("hugo-lind"),
        )

        assert before.service.personalisation.answer is Level.RECOGNISED
        assert after.service.personalisation.answer is Level.GENERIC

    def test_that_nothing_is_converted(self) -> None:
        """A sale in another currency is unknown, says why, and is asked for."""
        service = assessed("pieter-vos").service

        assert service.sla.possible == (Attention.COUNTER, Attention.ATTENTIVE)
        assert service.sla.needs == ("largest_sale",)
        assert "handbook" in service.facts.why_unknown("largest_sale")


def standings(told: Assessment) -> list[Outcome[Standing]]:
    """What someone is in the whole, and in each engagement."""
    return [told.standing, *(answers.standing for answers in told.engagements.values())]


class TestRound:
    @pytest.mark.parametrize("engagement", [e.id for e in book().engagements])
    def test_without_each_engagement(self, engagement: str) -> None:
        """Those it was for lose it, nobody else anything, and it can come back."""
        [gone] = [e for e in book().engagements if e.id == engagement]
        told = [w for w in book().writings if w.engagement == engagement]
        fewer = book().without(gone, *told)

        for id_ in fewer.customer_ids:
            was, is_ = book().relationship(id_), fewer.relationship(id_)
            kept = {e.id for e in is_.engagements} if isinstance(is_, Client) else set()
            assert engagement not in kept
            assert (was == is_) is (id_ not in gone.clients)
        assert fewer.with_(gone, *told) == book()

    def test_without_her_return(self) -> None:
        """Without the engagement she is the prospect she was, to this day."""
        [gone] = [e for e in book().engagements if e.id == "priya-return"]
        priya = book().without(gone).relationship("priya-nair")
        told = EDITION.assess(priya, on=TODAY)

        assert not isinstance(priya, Client)
        assert told.standing.answer is Standing.PROSPECT
        assert assessed("priya-nair").changes(told)

    def test_of_someone_without_history(self) -> None:
        """Who is a client by an engagement alone is unknown without it."""
        [gone] = [e for e in book().engagements if e.id == "leo-inquiry"]

        with pytest.raises(UnknownIdError):
            book().without(gone).relationship("leo-bauer")

    def test_has_nobody_idle(self) -> None:
        """Every party is named by some record, and so cannot be taken out alone."""
        for party in book().parties:
            with pytest.raises(BookError):
                book().without(party)
