from hypothesis import given
from hypothesis import strategies as st

from relationkit import clienthood, policy, pricing
from relationkit.clienthood import Standing
from relationkit.decisions import Outcome
from relationkit.facts import Facts, domains
from relationkit.fees import PricingModel
from relationkit.strategies import completions, facts

POLICY = policy.edition("2026-11").policy

no, yes = st.sampled_from([False]), st.sampled_from([True])


def asked(known: Facts) -> Outcome[PricingModel]:
    """What the edition answers."""
    standing = clienthood.standing(known, by=POLICY.clienthood)
    return pricing.model(known, by=POLICY.pricing, standing=standing)


def to(standing: Standing, known: Facts) -> Outcome[PricingModel]:
    """What it would answer if the party were a *standing*."""
    told = {name: getattr(known, name) for name in domains()}
    return POLICY.pricing.decide({**told, "standing": standing})


class TestPricingModel:
    @given(facts(outcome_fee_permitted=no))
    def test_hangs_on_the_outcome_only_where_it_may(self, known: Facts) -> None:
        """Where a fee on the outcome is forbidden, it is never the answer."""
        assert PricingModel.CONTINGENCY not in asked(known).possible

    @given(facts(outcome_fee=no, fee_on_assets=no))
    def test_takes_a_share_only_as_agreed(self, known: Facts) -> None:
        """Nobody pays a share of outcome or assets without that being on record."""
        shares = {PricingModel.CONTINGENCY, PricingModel.PERCENTAGE_OF_ASSETS}

        assert shares.isdisjoint(asked(known).possible)

    @given(facts(wants_certainty=yes))
    def test_is_certain_for_those_who_want_that(self, known: Facts) -> None:
        """Who wants to know the price beforehand gets no open bill by the hour."""
        assert PricingModel.HOURLY not in asked(known).possible

    @given(facts(membership=no))
    def test_is_membership_of_members_alone(self, known: Facts) -> None:
        """Without a membership in force there is no fee for one."""
        assert PricingModel.MEMBERSHIP not in asked(known).possible

    @given(facts(), facts())
    def test_allows_for_each_standing_that_is_possible(
        self, known: Facts, other: Facts
    ) -> None:
        """Undecided about the party, it is what any of its standings comes to."""
        standing = clienthood.standing(other, by=POLICY.clienthood)
        model = pricing.model(known, by=POLICY.pricing, standing=standing)

        assert set(model.possible) == {
            answer for one in standing.possible for answer in to(one, known).possible
        }

    @given(facts(), st.data())
    def test_stands_whatever_turns_out(self, known: Facts, data: st.DataObject) -> None:
        """A decision holds however its unknown facts turn out; others contain that."""
        complete = data.draw(completions(known))

        assert asked(complete).settled() in asked(known).possible
