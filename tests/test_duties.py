import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit.duties import (
    ConsentForm,
    Duty,
    FiduciaryDuty,
    OtherDuty,
    Survival,
    Writing,
)
from relationkit.records import PartyId, WritingId
from relationkit.strategies import (
    duties,
    fiduciary_duties,
    other_duties,
    party_ids,
    writings,
)

US, ADA = map(PartyId, ("us", "ada"))
NOBODY = frozenset[PartyId]()
unfixed = st.sampled_from([some for some in Survival if some is not Survival.FIXED])


class TestDuty:
    @given(duties())
    def test_is_fiduciary_or_not(self, duty: Duty) -> None:
        """A duty is one of the two kinds, and is not told by what is owed."""
        assert isinstance(duty, Duty)
        assert isinstance(duty, FiduciaryDuty) != isinstance(duty, OtherDuty)

    @given(duties())
    def test_is_owed_to_somebody_else(self, duty: Duty) -> None:
        """Of either kind, it is owed by one party to others, at least to one."""
        assert duty.owed_to
        assert duty.owed_by not in duty.owed_to

    @given(duties(), st.integers(1, 10_000))
    def test_survives_for_days_if_fixed(self, duty: Duty, some: int) -> None:
        """What survives for a time that is fixed says for how many days."""
        fixed = evolve(duty, survival=Survival.FIXED, survival_days=some)

        assert fixed.survival_days == some

    @given(duties())
    def test_survives_for_days_that_are_told(self, duty: Duty) -> None:
        """A fixed time that is not said is refused."""
        told = (
            "^survival_days is None where survival is fixed; give its days, at least 1$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(duty, survival=Survival.FIXED, survival_days=None)

    @given(duties(), st.sampled_from(Survival), st.integers(max_value=0))
    def test_survives_for_a_day_at_least(
        self, duty: Duty, survival: Survival, none: int
    ) -> None:
        """A time that is no time is refused."""
        with pytest.raises(ValueError, match=r"^survival_days: expected 1 or more"):
            evolve(duty, survival=survival, survival_days=none)

    @given(duties(), unfixed, st.integers(min_value=1))
    def test_survives_for_no_days_otherwise(
        self, duty: Duty, survival: Survival, some: int
    ) -> None:
        """Days are refused where the time is not fixed: one of the two is wrong."""
        told = f"^survival_days is {some} where survival is {survival}; leave it out$"

        with pytest.raises(ValueError, match=told):
            evolve(duty, survival=survival, survival_days=some)


class TestOtherDuty:
    @given(other_duties())
    def test_is_owed_to_somebody(self, duty: OtherDuty) -> None:
        """A duty to nobody is refused by name."""
        told = (
            "^owed_to: expected one or more, got none; name whom the duty is owed to$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(duty, owed_to=NOBODY)

    @given(other_duties())
    def test_is_not_owed_to_who_owes_it(self, duty: OtherDuty) -> None:
        """Whoever owes it is not among those to whom it is owed."""
        told = (
            f"^owed_to has '{duty.owed_by}', who owes the duty;"
            " nobody owes a duty to themselves$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(duty, owed_to=duty.owed_to | {duty.owed_by})


class TestFiduciaryDuty:
    @given(fiduciary_duties())
    def test_is_owed_by_the_fiduciary(self, duty: FiduciaryDuty) -> None:
        """It is the fiduciary's, to the principal and to all beneficiaries."""
        assert duty.owed_by == duty.fiduciary
        assert duty.owed_to == {duty.principal, *duty.beneficiaries}

    @given(fiduciary_duties())
    def test_is_not_owed_to_the_fiduciary(self, duty: FiduciaryDuty) -> None:
        """The fiduciary is neither the principal nor a beneficiary."""
        told = (
            f"^principal and beneficiaries has '{duty.fiduciary}', who owes the duty;"
            " nobody owes a duty to themselves$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(duty, principal=duty.fiduciary)
        with pytest.raises(ValueError, match=told):
            evolve(duty, beneficiaries=frozenset({ADA, duty.fiduciary}))

    @given(fiduciary_duties(), st.text(max_size=3))
    def test_is_limited_iff_it_has_a_scope(
        self, duty: FiduciaryDuty, scope: str
    ) -> None:
        """It covers the whole engagement, unless it says what it is limited to."""
        assert evolve(duty, scope=scope).is_limited == (scope != "")


class TestConsentForm:
    def test_is_stronger_the_later_it_stands(self) -> None:
        """A stronger form satisfies wherever a weaker one would."""
        assert list(ConsentForm) == sorted(ConsentForm)
        assert ConsentForm.ORAL < ConsentForm.CONFIRMED_IN_WRITING < ConsentForm.SIGNED
        assert ConsentForm.NONE < ConsentForm.IMPLIED < ConsentForm.ORAL


class TestWriting:
    @given(writings())
    def test_is_received_by_somebody(self, writing: Writing) -> None:
        """What nobody received is no notice: it is refused by its id."""
        told = (
            f"^given_to of {writing.id!r}: expected one or more, got none;"
            " name who received it$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(writing, given_to=NOBODY)

    @given(writings(), party_ids())
    def test_may_go_to_anybody(self, writing: Writing, party: PartyId) -> None:
        """A single party is enough, and need be no client."""
        assert evolve(writing, given_to=frozenset({party})).given_to == {party}

    @given(writings(), st.sampled_from(["", " ", "\n"]))
    def test_says_something(self, writing: Writing, blank: str) -> None:
        """What it is about is not blank, and neither is its id."""
        with pytest.raises(
            ValueError, match=r"^about( of '.*')?: expected a text that is not blank"
        ):
            evolve(writing, about=blank)
        with pytest.raises(
            ValueError, match=r"^id( of '.*')?: expected an id with no blank"
        ):
            evolve(writing, id=WritingId(blank))
