from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit.contracts import Contract, ContractForm, ContractStatus, Signature
from relationkit.periods import Period
from relationkit.records import ContractId, PartyId
from relationkit.strategies import contracts, days

US, ADA, ACME = map(PartyId, ("us", "ada", "acme"))
DRAFTED, SIGNED, IN_FORCE, ENDED = ContractStatus
PROGRESS = list(ContractStatus)
FIRST, LAST = date(2026, 1, 1), date(2026, 2, 9)
ONE = timedelta(1)

near = st.dates(FIRST, LAST)
letters = contracts(
    days=near,
    periods=st.none()
    | st.builds(
        lambda start, length: Period(start, length and start + length),
        near,
        st.none() | st.integers(1, 9).map(timedelta),
    ),
)
"""Contracts of which all happens within a few weeks."""

SPAN = [FIRST + timedelta(by) for by in range(-1, 60)]
"""Days from before anything happened until all that will has."""


def paper(*signed: Signature, period: Period | None = None) -> Contract:
    """An engagement letter between Ada and us."""
    return Contract(
        id=ContractId("letter"),
        form=ContractForm.ENGAGEMENT_LETTER,
        parties=frozenset({US, ADA}),
        signatures=signed,
        period=period,
    )


def missing(contract: Contract) -> frozenset[PartyId]:
    """Who has not signed, on whatever day."""
    return contract.parties - {signature.party for signature in contract.signatures}


class TestStatus:
    @given(letters)
    def test_goes_only_forward(self, contract: Contract) -> None:
        """As days pass it is drafted, signed, in force, ended, and never goes back."""
        told = [PROGRESS.index(contract.status(day)) for day in SPAN]

        assert told == sorted(told)

    @given(letters, near)
    def test_is_not_changed_by_a_later_signature(
        self, contract: Contract, day: date
    ) -> None:
        """Whoever signs on a day changes no status before that day."""
        for party in missing(contract):
            late = Signature(party=party, on=day)
            after = evolve(contract, signatures=(*contract.signatures, late))

            assert all(
                after.status(before) is contract.status(before)
                for before in SPAN
                if before < day
            )

    @given(letters, near)
    def test_is_not_changed_by_a_later_end(self, contract: Contract, day: date) -> None:
        """An end that is set, or moved forward, changes no status before it."""
        period = contract.period
        if period and period.start < day and (not period.end or day < period.end):
            after = evolve(contract, period=Period(period.start, day))

            assert all(
                after.status(before) is contract.status(before)
                for before in SPAN
                if before < day
            )

    @given(letters)
    def test_is_drafted_until_the_last_party_has_signed(
        self, contract: Contract
    ) -> None:
        """A draft it is as long as a party has not signed, and not a day longer."""
        for day in SPAN:
            signed = {one.party for one in contract.signatures if one.on <= day}

            assert (contract.status(day) is DRAFTED) == (signed != contract.parties)

    @given(letters)
    def test_follows_the_period_once_signed(self, contract: Contract) -> None:
        """It is signed before its period, in force in it (or without one), and over."""
        period = contract.period
        for day in SPAN:
            status = contract.status(day)

            if status is not DRAFTED:
                assert (status is IN_FORCE) == (period is None or day in period)
                assert (status is SIGNED) == (period is not None and day < period.start)

    @given(letters)
    def test_is_in_force_iff_it_says_so(self, contract: Contract) -> None:
        """It binds on the days on which its status is in force, and on no other."""
        for day in SPAN:
            assert contract.is_in_force(day) == (contract.status(day) is IN_FORCE)

    def test_turns_on_the_very_day(self) -> None:
        """It turns on the day of the last signature, of the start and of the end."""
        start, end = date(2026, 4, 1), date(2027, 4, 1)
        letter = paper(
            Signature(party=US, on=date(2026, 3, 4)),
            Signature(party=ADA, on=date(2026, 3, 2)),
            period=Period(start, end),
        )
        turns = [(date(2026, 3, 4), SIGNED), (start, IN_FORCE), (end, ENDED)]

        assert [letter.status(day) for day, _ in turns] == [told for _, told in turns]
        assert [letter.status(day - ONE) for day, _ in turns] == PROGRESS[:3]

    def test_is_that_of_a_day(self) -> None:
        """A text is no day, whether or not the contract is signed."""
        with pytest.raises(TypeError, match=r"^on: expected a day, got '2026-11-30'"):
            paper().status("2026-11-30")  # type: ignore[arg-type]

    def test_ends_at_once_where_signed_too_late(self) -> None:
        """What is signed when its period is over was never in force."""
        late = date(2026, 5, 1)
        letter = paper(
            Signature(party=US, on=date(2026, 3, 4)),
            Signature(party=ADA, on=late),
            period=Period(date(2026, 4, 1), late),
        )

        assert letter.status(late - ONE) is DRAFTED
        assert letter.status(late) is ENDED


class TestExecutedOn:
    @given(contracts())
    def test_is_the_day_of_the_last_signature(self, contract: Contract) -> None:
        """It is a day iff all have signed: the first on which all had."""
        executed = contract.executed_on
        signed = [signature.on for signature in contract.signatures]

        assert (executed is None) == bool(missing(contract))
        if executed is not None:
            assert executed in signed
            assert all(on <= executed for on in signed)

    @given(contracts(), days())
    def test_hangs_on_no_period(self, contract: Contract, day: date) -> None:
        """When it is to be in force says nothing about when it was signed."""
        assert evolve(contract, period=Period(day)).executed_on == contract.executed_on


class TestContract:
    @given(contracts(), st.frozensets(st.sampled_from([US, ADA]), max_size=1))
    def test_has_two_parties_at_least(
        self, contract: Contract, few: frozenset[PartyId]
    ) -> None:
        """Nobody agrees alone; who is there is told."""
        names = "".join(map(repr, few)) or "none"
        told = f"^parties of '{contract.id}': expected two or more, got {names};"

        with pytest.raises(ValueError, match=told):
            evolve(contract, parties=few, signatures=())

    @given(contracts(), days())
    def test_is_signed_by_its_parties_alone(
        self, contract: Contract, day: date
    ) -> None:
        """The signature of somebody else is refused, with what to do about it."""
        stranger = Signature(party=PartyId("eve"), on=day)
        told = (
            f"^signatures of '{contract.id}': 'eve' signed and is not a party;"
            " add 'eve' to parties, or remove the signature$"
        )

        with pytest.raises(ValueError, match=told):
            evolve(contract, signatures=(*contract.signatures, stranger))

    @given(contracts(parties=st.just(frozenset({US, ACME}))), days(), days())
    def test_is_signed_once_by_each(
        self, contract: Contract, one: date, other: date
    ) -> None:
        """A party signs once, on whatever days it is said to have signed."""
        twice = tuple(Signature(party=ACME, on=day) for day in (one, other))
        told = f"^signatures of '{contract.id}': 'acme' signed twice; keep one$"

        with pytest.raises(ValueError, match=told):
            evolve(contract, signatures=twice)

    @given(contracts())
    def test_has_an_id(self, contract: Contract) -> None:
        """An id that is not what it looks like is refused."""
        with pytest.raises(
            ValueError, match=r"^id( of '.*')?: expected an id with no blank"
        ):
            evolve(contract, id=ContractId(" "))
