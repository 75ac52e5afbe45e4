from datetime import date, timedelta

import pytest
from attrs import evolve, field, frozen
from hypothesis import given
from hypothesis import strategies as st

from relationkit.duties import Basis, FiduciaryDuty, OtherDuty
from relationkit.engagements import (
    Closing,
    EndReason,
    Engagement,
    Fiduciary,
    Judgement,
    Matter,
    Service,
    is_one_a_day,
    latest,
)
from relationkit.errors import AmongError
from relationkit.periods import Period
from relationkit.records import EngagementId, PartyId, RegimeId
from relationkit.strategies import (
    days,
    engagements,
    judgements,
    other_duties,
    services,
)
from relationkit.strategies._engagements import one_a_day

US, ADA, ACME = map(PartyId, ("us", "ada", "acme"))
CODE = frozenset({RegimeId("code")})
NO_REGIME = frozenset[RegimeId]()
DAY, ONE = date(2026, 1, 1), timedelta(1)

near = st.dates(DAY, date(2026, 1, 20))
judged = st.lists(judgements(days=near), max_size=4).map(one_a_day)
opened = engagements(days=near).map(lambda work: evolve(work, closed=None))
"""Engagements that are open, with whatever duties, judgements and regimes."""
closed_some_day = opened.map(lambda work: evolve(work, closed=Closing()))
"""The like, each closed on a day that nobody knows."""


def owed(period: Period, *, scope: str = "") -> FiduciaryDuty:
    """A fiduciary duty of ours to Ada."""
    return FiduciaryDuty(
        basis=Basis.CONTRACT, fiduciary=US, principal=ADA, scope=scope, period=period
    )


def concluded(day: date, *, holds: bool) -> Judgement:
    """Whether we are a fiduciary, as somebody judged on a day."""
    return Judgement(matter=Matter.FIDUCIARY, holds=holds, on=day)


class TestLatest:
    @given(judged, st.sampled_from(Matter), near)
    def test_stands_on_the_day(
        self, made: tuple[Judgement, ...], matter: Matter, day: date
    ) -> None:
        """It is on the matter, of that day or before, and none of those is later."""
        fit = [one for one in made if one.matter is matter and one.on <= day]
        stands = latest(made, matter, on=day)

        assert (stands is None) == (not fit)
        if stands is not None:
            assert stands in fit
            assert all(one.on <= stands.on for one in fit)

    @given(judged, judgements(), near)
    def test_is_not_changed_by_a_later_one(
        self, made: tuple[Judgement, ...], late: Judgement, day: date
    ) -> None:
        """What is concluded afterwards changes nothing about a day before."""
        after = (*made, evolve(late, on=day + ONE))

        assert latest(after, late.matter, on=day) == latest(made, late.matter, on=day)

    @given(judged, judgements(), st.integers(0, 9))
    def test_holds_until_replaced(
        self, made: tuple[Judgement, ...], new: Judgement, wait: int
    ) -> None:
        """The newest stands from its own day on, however much later one asks."""
        newest = evolve(new, on=date(2026, 2, 1))
        asked = newest.on + timedelta(wait)

        assert latest((newest, *made), new.matter, on=asked) == newest


@frozen
class Judged:
    """Judgements that are checked."""

    made: tuple[Judgement, ...] = field(validator=is_one_a_day)


class TestIsOneADay:
    @given(judged)
    def test_lets_pass_what_can_stand_together(
        self, made: tuple[Judgement, ...]
    ) -> None:
        """Another day, or another matter, is another judgement."""
        assert Judged(made).made == made

    @given(judgements(), st.booleans())
    def test_refuses_two_on_a_matter(self, one: Judgement, holds: bool) -> None:  # noqa: FBT001
        """Two of a day are refused, also if they agree: one of them is idle."""
        other = evolve(one, holds=holds, because="on second thoughts")
        told = f"^made has two on {one.matter} of {one.on}; keep the one that stands$"

        with pytest.raises(ValueError, match=told):
            Judged((one, other))


class TestService:
    @given(services(), st.sampled_from(["", " ", "tax ", "t\nx"]))
    def test_is_of_a_line_that_can_be_counted(
        self, service: Service, line: str
    ) -> None:
        """A line that is not what it looks like would be counted as another."""
        with pytest.raises(
            ValueError, match=r"^line( of '.*')?: expected an id with no blank"
        ):
            evolve(service, line=line)

    def test_is_not_judged_by_itself(self) -> None:
        """Nothing is taken for no that nobody has judged; records are taken for no."""
        service = Service(line="tax")
        unknown = (service.help, service.professional, service.tailoring)

        assert {*unknown, service.stakes, service.outcome_fee_permitted} == {None}
        assert not service.value_agreed
        assert not service.outcome_fee
        assert not service.fee_on_assets


class TestIsOpen:
    @given(engagements(), days())
    def test_is_false_before_it_is_opened(self, work: Engagement, day: date) -> None:
        """Nothing is open before its first day, whatever is known of its closing."""
        if day < work.opened:
            assert work.is_open(day) is False

    @given(opened, near)
    def test_is_true_from_the_first_day_on(self, work: Engagement, day: date) -> None:
        """It is open from the day on which it was taken on, until it is closed."""
        assert work.is_open(work.opened) is True
        assert work.is_open(day) is (day >= work.opened)

    @given(opened, st.integers(0, 30))
    def test_is_false_from_the_closing_on(self, work: Engagement, length: int) -> None:
        """The day of the closing is the first on which it is no longer open."""
        end = work.opened + timedelta(length)
        closed = evolve(work, closed=Closing(on=end))

        assert closed.is_open(end) is False
        assert closed.is_open(end + ONE) is False
        assert closed.is_open(end - ONE) is (length > 0)

    @given(closed_some_day, st.integers(0, 999))
    def test_is_unknown_if_closed_nobody_knows_when(
        self, work: Engagement, wait: int
    ) -> None:
        """From its first day on it may have been closed, or not yet."""
        assert work.is_open(work.opened + timedelta(wait)) is None
        assert work.is_open(work.opened - ONE) is False


class TestFiduciary:
    @given(opened, st.booleans(), near)
    def test_is_decided_by_a_duty_on_record(
        self,
        work: Engagement,
        holds: bool,  # noqa: FBT001
        day: date,
    ) -> None:
        """A duty on record outweighs any judgement, and needs no regime."""
        judged = evolve(work, judgements=(concluded(day, holds=holds),))
        engaged = evolve(judged, opened=day, undertakings=(owed(Period(day)),))

        assert engaged.fiduciary(day) is Fiduciary.YES

    @given(opened, st.booleans())
    def test_is_limited_if_every_duty_is(
        self,
        work: Engagement,
        whole: bool,  # noqa: FBT001
    ) -> None:
        """It is limited in scope unless one of the duties covers the whole work."""
        limits = ["the sale", "" if whole else "the lease"]
        duties = tuple(owed(Period(work.opened), scope=scope) for scope in limits)
        engaged = evolve(work, undertakings=duties)

        told = Fiduciary.YES if whole else Fiduciary.LIMITED
        assert engaged.fiduciary(work.opened) is told

    @given(opened, near, near, st.booleans())
    def test_goes_by_the_latest_judgement_then(
        self,
        work: Engagement,
        before: date,
        day: date,
        holds: bool,  # noqa: FBT001
    ) -> None:
        """Without a duty it is what was last concluded, under whatever regimes."""
        two = (
            concluded(before - 30 * ONE, holds=not holds),
            concluded(min(before, day), holds=holds),
        )
        engaged = evolve(work, opened=day, undertakings=(), judgements=two)

        assert engaged.fiduciary(day) is (Fiduciary.YES if holds else Fiduciary.NO)

    @given(opened, st.sampled_from([NO_REGIME, CODE]), near)
    def test_depends_on_the_regime_then(
        self, work: Engagement, regimes: frozenset[RegimeId], day: date
    ) -> None:
        """Without either, ungoverned work carries none; of other work it is unknown."""
        engaged = evolve(
            work, opened=day, undertakings=(), judgements=(), regimes=regimes
        )

        assert engaged.fiduciary(day) is (None if regimes else Fiduciary.NO)

    @given(opened, other_duties(), near)
    def test_is_not_implied_by_another_duty(
        self, work: Engagement, duty: OtherDuty, day: date
    ) -> None:
        """Care, or any duty that is not fiduciary, makes no fiduciary."""
        plain = evolve(work, opened=day, undertakings=())
        engaged = evolve(plain, undertakings=(evolve(duty, period=Period(day)),))

        assert engaged.fiduciary(day) is plain.fiduciary(day)

    @given(opened, near)
    def test_is_not_implied_by_a_duty_of_another_time(
        self, work: Engagement, day: date
    ) -> None:
        """A duty counts from its first day to its last, and on no other day."""
        bare = evolve(
            work,
            opened=DAY,
            judgements=(),
            regimes=NO_REGIME,
            undertakings=(owed(Period(day, day + 3 * ONE)),),
        )

        told = [bare.fiduciary(day + by * ONE) for by in (-1, 0, 2, 3)]
        no, yes = Fiduciary.NO, Fiduciary.YES
        assert told == [no, yes, yes, no]

    @given(engagements(), days())
    def test_is_no_while_it_is_not_open(self, work: Engagement, day: date) -> None:
        """Before it is opened and once it is closed it puts us under no duty."""
        if work.is_open(day) is False:
            assert work.fiduciary(day) is Fiduciary.NO

    @given(closed_some_day, st.integers(0, 99))
    def test_is_unknown_if_closed_nobody_knows_when(
        self, work: Engagement, wait: int
    ) -> None:
        """Where it would be owed if it is open still, nobody knows; none stays none."""
        day = work.opened + timedelta(wait)
        if_open = evolve(work, closed=None).fiduciary(day)
        told = Fiduciary.NO if if_open is Fiduciary.NO else None

        assert work.fiduciary(day) is told

    @given(closed_some_day, st.sampled_from(["", "the sale"]))
    def test_is_never_yes_in_doubt(self, work: Engagement, scope: str) -> None:
        """Not even a duty on record, whole or limited, tells if the work goes on."""
        duty = owed(Period(work.opened), scope=scope)

        assert evolve(work, undertakings=(duty,)).fiduciary(work.opened) is None


class TestClose:
    @given(opened, st.integers(0, 999), st.sampled_from(EndReason))
    def test_closes_it_and_changes_nothing_else(
        self, work: Engagement, length: int, why: EndReason
    ) -> None:
        """It gives the same engagement, closed for that reason; the old one stays."""
        end = work.opened + timedelta(length)
        closed = work.close(on=end, why=why)

        assert closed.closed == Closing(on=end, why=why)
        assert evolve(closed, closed=None) == work
        assert work.closed is None

    @given(opened)
    def test_is_for_no_known_reason_by_itself(self, work: Engagement) -> None:
        """Whoever gives no reason is not made to have one."""
        assert work.close(on=work.opened).closed == Closing(on=work.opened)
        assert Closing(on=work.opened).why is EndReason.UNKNOWN

    @given(opened, near, st.none() | near)
    def test_happens_once(
        self, work: Engagement, day: date, before: date | None
    ) -> None:
        """What is closed already, on whatever day, is left as it is."""
        closed = evolve(work, opened=DAY, closed=Closing(on=before))
        since = before or "a day that nobody knows"
        told = (
            f"^closed of '{work.id}' is {since} already; leave it, or evolve it"
            " with another Closing$"
        )

        with pytest.raises(ValueError, match=told):
            closed.close(on=day)

    @given(opened, st.integers(1, 99))
    def test_is_not_before_the_opening(self, work: Engagement, early: int) -> None:
        """A closing before the first day is refused, with both days."""
        end = work.opened - timedelta(early)
        told = (
            f"^closed of '{work.id}' is {end}, before it was opened on"
            f" {work.opened}; correct one of the two days$"
        )

        with pytest.raises(ValueError, match=told):
            work.close(on=end)
        with pytest.raises(ValueError, match=told):
            evolve(work, closed=Closing(on=end))


class TestEngagement:
    @given(engagements(), judgements(days=days()))
    def test_is_judged_for_itself(self, work: Engagement, said: Judgement) -> None:
        """A judgement that stands elsewhere, and is never read here, is refused."""
        if said.matter is Matter.FIDUCIARY:
            assert evolve(work, judgements=(said,)).judgements == (said,)
        else:
            told = (
                f"^judgements of '{work.id}' has one on {said.matter}, which is about"
                f" a customer; put it among the judgements of a CustomerRecord$"
            )
            with pytest.raises(ValueError, match=told):
                evolve(work, judgements=(said,))

    @given(engagements())
    def test_is_for_somebody(self, work: Engagement) -> None:
        """Without a client it is refused."""
        told = (
            f"^clients of '{work.id}': expected one or more, got none;"
            " name for whom it is$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(work, clients=frozenset())

    @given(engagements())
    def test_is_about_something(self, work: Engagement) -> None:
        """Without a service it is refused."""
        told = (
            f"^services of '{work.id}': expected one or more, got none;"
            " say what is done$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(work, services=())

    @given(engagements(), services(), services())
    def test_has_one_service_of_a_line(
        self, work: Engagement, one: Service, other: Service
    ) -> None:
        """Two services of a line, alike or not, are refused with the line."""
        twice = (one, evolve(other, line=one.line), Service(line="audit"))
        told = (
            rf"^services of '{work.id}' has the line '{one.line}' twice;"
            rf" keep one service of each line$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(work, services=twice)

    @given(engagements())
    def test_is_not_against_its_own_client(self, work: Engagement) -> None:
        """Whoever is adverse to it is no client in it; all who are both are named."""
        both = frozenset({ADA, ACME})
        told = "\n".join(
            f"adverse of '{work.id}' has '{name}', who is a client in it too;"
            " remove them from one of the two"
            for name in ("acme", "ada")
        )

        with pytest.raises(AmongError, match=f"^{told}$") as caught:
            evolve(work, clients=both, adverse=both | {US})
        assert [place for place, _ in caught.value.faults] == [0, 1]

    @given(engagements(), st.sampled_from(["", " tax", "tax\t"]))
    def test_has_an_id(self, work: Engagement, id_: str) -> None:
        """An id that is not what it looks like is refused."""
        with pytest.raises(
            ValueError, match=r"^id( of '.*')?: expected an id with no blank"
        ):
            evolve(work, id=EngagementId(id_))

    def test_judges_a_matter_once_a_day(self) -> None:
        """Its judgements are such that one of them is the latest."""
        two = (concluded(DAY, holds=True), concluded(DAY, holds=False))

        with pytest.raises(ValueError, match=r"^judgements has two on fiduciary of"):
            Engagement(
                id=EngagementId("tax"),
                opened=DAY,
                clients=frozenset({ADA}),
                services=(Service(line="tax"),),
                judgements=two,
            )
