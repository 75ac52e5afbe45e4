from collections.abc import Iterable
from itertools import permutations, product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit import clienthood, policy
from relationkit.clienthood import Standing
from relationkit.decisions import Account, Decision, Outcome, PolicyRef, Undecided
from relationkit.engagements import Fiduciary
from relationkit.facts import RISING, Engaged, Facts
from relationkit.strategies import completions, facts

TABLE = policy.edition("2026-11").policy.clienthood
CLIENTS = {Standing.CLIENT, Standing.FORMER_CLIENT}
NEAREST = list(Standing).index


def asked(known: Facts) -> Outcome[Standing]:
    """What the edition answers."""
    return clienthood.standing(known, by=TABLE)


class TestStanding:
    @given(facts(engaged=st.just(Engaged.NEVER)))
    def test_is_client_in_an_engagement_alone(self, known: Facts) -> None:
        """Nobody is or was a client for whom nothing was taken on."""
        assert CLIENTS.isdisjoint(asked(known).possible)

    @given(facts(engaged=st.just(Engaged.FORMERLY)))
    def test_is_former_client_once_closed(self, known: Facts) -> None:
        """Nobody is a client whose engagements are all closed."""
        assert Standing.CLIENT not in asked(known).possible

    @given(facts(), facts())
    def test_hangs_on_no_duty_time_money_or_mood(
        self, known: Facts, other: Facts
    ) -> None:
        """What is owed, how long, how dear and what they want make no client."""
        apart = ("fiduciary", "tenure_days", "largest_sale", "stance", "ongoing")
        changed = evolve(known, **{name: getattr(other, name) for name in apart})

        assert asked(changed) == asked(known)

    @given(facts(), st.sampled_from(Fiduciary))
    def test_implies_no_duty(self, known: Facts, owed: Fiduciary) -> None:
        """A fiduciary duty makes no client, nor the lack of one a customer."""
        assert asked(evolve(known, fiduciary=owed)) == asked(known)

    @given(facts().flatmap(completions))
    def test_in_doubt_is_customer(self, known: Facts) -> None:
        """Once all is known, whatever good sources disagree about is customer."""
        standing = asked(known)

        assert standing.answer is Standing.CUSTOMER or not standing.contested

    @given(facts().flatmap(completions), facts().flatmap(completions))
    def test_never_falls_as_dealings_grow(self, less: Facts, other: Facts) -> None:
        """What further dealings raise brings nobody further from us."""
        pairs = {name: (getattr(less, name), getattr(other, name)) for name in RISING}
        more = evolve(less, **{name: max(pair) for name, pair in pairs.items()})

        assert NEAREST(asked(more).settled()) >= NEAREST(asked(less).settled())

    @given(facts(), st.data())
    def test_stands_whatever_turns_out(self, known: Facts, data: st.DataObject) -> None:
        """A decision holds however its unknown facts turn out; others contain that."""
        complete = data.draw(completions(known))

        assert asked(complete).settled() in asked(known).possible


def outcome(possible: Iterable[Standing], *, contested: bool) -> Outcome[Standing]:
    """An outcome that says which standings are possible, and needs their names."""
    answers = tuple(sorted(possible, key=NEAREST))
    account = Account(
        policy=PolicyRef(edition="made-up", digest="", table="clienthood"),
        possible=answers,
        rules=answers,
        because=" or ".join(answers),
        source="ours",
        contested=contested,
        needs=answers if len(answers) > 1 else (),
    )
    if len(answers) == 1:
        return Decision(answers[0], account)
    return Undecided(answers, account)


outcomes = st.builds(
    outcome,
    st.lists(st.sampled_from(Standing), min_size=1, max_size=3, unique=True),
    contested=st.booleans(),
)
dealings = st.lists(outcomes, min_size=1, max_size=4)


class TestOverall:
    @given(dealings)
    def test_is_the_closest_of_all(self, standings: list[Outcome[Standing]]) -> None:
        """Possible is the closest of each way in which the dealings may turn out."""
        ways = product(*(standing.possible for standing in standings))
        closest = {max(way, key=NEAREST) for way in ways}

        possible = clienthood.overall(standings).possible
        assert possible == tuple(sorted(closest, key=NEAREST))

    @given(dealings)
    def test_is_the_outcome_of_a_dealing(
        self, standings: list[Outcome[Standing]]
    ) -> None:
        """Once decided, it is that of the dealing that settles it, reasons and all."""
        standing = clienthood.overall(standings)

        if isinstance(standing, Decision):
            assert standing in standings
        assert clienthood.overall([standing]) == standing

    @given(dealings)
    def test_loses_no_doubt(self, standings: list[Outcome[Standing]]) -> None:
        """It is contested if a dealing is that settles it, or may raise it."""
        standing = clienthood.overall(standings)
        higher = set(standing.possible[1:])
        open_ = [one for one in standings if higher & set(one.possible)]
        settling = [one for one in standings if one.possible == standing.possible]

        assert standing.contested == any(o.contested for o in open_ or settling)

    @given(st.lists(outcomes, min_size=1, max_size=3))
    def test_heeds_no_order(self, standings: list[Outcome[Standing]]) -> None:
        """The dealings may come in any order."""
        told = {
            (overall.possible, overall.contested, frozenset(overall.needs))
            for order in permutations(standings)
            for overall in [clienthood.overall(order)]
        }

        assert len(told) == 1

    def test_asks_for_what_is_open(self) -> None:
        """Undecided, it tells of the open dealings that may still turn it."""
        customer = outcome([Standing.CUSTOMER], contested=True)
        nothing_new = outcome([Standing.NONE, Standing.CUSTOMER], contested=True)
        open_ = outcome([Standing.PROSPECT, Standing.CLIENT], contested=False)

        standing = clienthood.overall([customer, nothing_new, open_])
        assert standing.possible == (Standing.CUSTOMER, Standing.CLIENT)
        assert standing.account == evolve(open_.account, possible=standing.possible)
        other = evolve(open_.account, because="perhaps", source="theirs")
        both = clienthood.overall([customer, open_, Undecided(open_.possible, other)])
        assert both.because == "prospect or client; perhaps"
        assert both.source == "ours; theirs"

    def test_needs_a_dealing(self) -> None:
        """There is no standing of nobody."""
        said = "^standings is empty; give at least that of a walk-in$"
        with pytest.raises(ValueError, match=said):
            clienthood.overall([])
