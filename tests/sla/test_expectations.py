import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit import clienthood, policy, sla
from relationkit.clienthood import Standing
from relationkit.decisions import Outcome
from relationkit.engagements import Fiduciary
from relationkit.facts import RISING, Facts, domains
from relationkit.relationships import Stance
from relationkit.sla import Attention
from relationkit.strategies import completions, facts

POLICY = policy.edition("2026-11").policy

owed = st.sampled_from([Fiduciary.LIMITED, Fiduciary.YES])
not_curt = st.sampled_from([Stance.UNSTATED, Stance.RELATIONAL])


def asked(known: Facts) -> Outcome[Attention]:
    """What the edition answers."""
    standing = clienthood.standing(known, by=POLICY.clienthood)
    return sla.expectations(known, by=POLICY.sla, standing=standing)


def to(standing: Standing, known: Facts) -> Outcome[Attention]:
    """What it would answer if the party were a *standing*."""
    told = {name: getattr(known, name) for name in domains()}
    return POLICY.sla.decide({**told, "standing": standing})


def raised(less: Facts, other: Facts) -> Facts:
    """The facts of *less*, those that dealings raise as high as in *other*."""
    pairs = {name: (getattr(less, name), getattr(other, name)) for name in RISING}
    return evolve(less, **{name: max(pair) for name, pair in pairs.items()})


class TestAttention:
    @given(facts(fiduciary=owed))
    def test_is_full_where_a_duty_is_owed(self, known: Facts) -> None:
        """A fiduciary duty asks for neither standing nor stance."""
        attention = asked(known)

        assert (attention.answer, attention.rules) == (Attention.CLOSE, ("duty",))

    @given(facts(fiduciary=st.just(Fiduciary.NO), stance=st.just(Stance.TRANSACTIONAL)))
    def test_is_least_for_the_curt(self, known: Facts) -> None:
        """Who wants no relationship is helped when they ask, client or not."""
        assert asked(known).answer is Attention.COUNTER

    @pytest.mark.parametrize("standing", Standing)
    @given(known=facts(stance=not_curt))
    def test_is_never_less_for_a_client(self, standing: Standing, known: Facts) -> None:
        """All other facts equal, nobody gets more than a client."""
        client, other = to(Standing.CLIENT, known), to(standing, known)

        assert min(client.possible) >= min(other.possible)
        assert max(client.possible) >= max(other.possible)

    @given(facts(stance=not_curt).flatmap(completions), facts().flatmap(completions))
    def test_never_falls_as_dealings_grow(self, less: Facts, other: Facts) -> None:
        """What further dealings raise is never answered with less."""
        more = raised(less, other)

        assert asked(more).settled() >= asked(less).settled()

    @given(facts(), facts())
    def test_allows_for_each_standing_that_is_possible(
        self, known: Facts, other: Facts
    ) -> None:
        """Undecided about the party, it is what any of its standings comes to."""
        standing = clienthood.standing(other, by=POLICY.clienthood)
        attention = sla.expectations(known, by=POLICY.sla, standing=standing)

        assert set(attention.possible) == {
            answer for one in standing.possible for answer in to(one, known).possible
        }

    @given(facts(), st.data())
    def test_stands_whatever_turns_out(self, known: Facts, data: st.DataObject) -> None:
        """A decision holds however its unknown facts turn out; others contain that."""
        complete = data.draw(completions(known))

        assert asked(complete).settled() in asked(known).possible
