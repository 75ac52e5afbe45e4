"""Clienthood: what a party is to us on a day, and why.

No single test decides: not a contract, not time, not money.  What counts is
whose decision the work carries, what skill it takes, how much hangs on it and
whether it was taken on.  Where good sources disagree the answer says so, and in
doubt it is customer, never client.
"""

from collections.abc import Iterable
from enum import StrEnum

from relationkit.decisions import Account, Outcome, Undecided
from relationkit.facts import Facts
from relationkit.tables import Table

__all__ = ["Standing", "overall", "standing"]


class Standing(StrEnum):
    """What a party is to us."""

    NONE = "none"
    """Nothing of their own; third parties too, whose role says the rest."""
    PROSPECT = "prospect"
    """They asked, and nothing has been provided."""
    CUSTOMER = "customer"
    """We provide, or have agreed to."""
    FORMER_CLIENT = "former_client"
    """The work we acted or advised in is closed; what survives it still binds."""
    CLIENT = "client"
    """We act for them or advise them."""


PRECEDENCE = tuple(Standing)
"""Who is several things at once is the last of them here."""


def standing(facts: Facts, *, by: Table[Standing]) -> Outcome[Standing]:
    """What a party is to us, in one engagement or as a walk-in.

    Of a whole relationship ask :func:`overall`: facts of several services
    taken together might make a client out of work that none of them is.

    >>> from datetime import date
    >>> from relationkit import facts, policy
    >>> from relationkit.relationships import Customer, Inquiry
    >>> from relationkit.parties import Person
    >>> rules = policy.edition("2026-11").policy
    >>> asked = Inquiry(about="a will", on=date(2026, 11, 2))
    >>> ada = Customer(party=Person(id="ada", name="Ada"), inquiries=(asked,))
    >>> known = facts.of(ada, on=date(2026, 11, 22), currency="USD")
    >>> print(standing(known, by=rules.clienthood))
    prospect: dealings is asked (asked, edition 2026-11)
    """
    return by.decide(facts)


def overall(standings: Iterable[Outcome[Standing]]) -> Outcome[Standing]:
    """What a party is to us in the whole, out of what it is in each dealing.

    The closest counts: client, then former client, customer, prospect, none.
    The outcome is that of the dealing that settles it, with its reasons; of
    several, the first that is contested, so that no doubt is lost.

    >>> from relationkit.policy import edition
    >>> rules = edition("2026-11").policy.clienthood
    >>> case = {fact: None for fact in rules.facts}
    >>> overall([rules.decide(case)]).possible == tuple(Standing)
    True

    Raises:
        ValueError: If there is no dealing to go by.
    """
    outcomes = tuple(standings)
    if not outcomes:
        raise ValueError("standings is empty; give at least that of a walk-in")
    places = [[PRECEDENCE.index(one) for one in o.possible] for o in outcomes]
    floor = max(map(min, places))
    open_ = [o for o, at in zip(outcomes, places, strict=True) if max(at) > floor]
    if open_:
        return _undecided(floor, open_)
    settling = [o for o in outcomes if o.answer is PRECEDENCE[floor]]
    return next((o for o in settling if o.contested), settling[0])


def _undecided(floor: int, open_: list[Outcome[Standing]]) -> Undecided[Standing]:
    """Nothing below *floor* is possible any more; above it, what is *open_*."""
    reachable = {one for outcome in open_ for one in outcome.possible}
    possible = tuple(
        one
        for at, one in enumerate(PRECEDENCE)
        if at == floor or (at > floor and one in reachable)
    )
    account = Account(
        policy=open_[0].policy,
        possible=possible,
        rules=_each(rule for outcome in open_ for rule in outcome.rules),
        because="; ".join(_each(outcome.because for outcome in open_)),
        source="; ".join(_each(outcome.source for outcome in open_)),
        contested=any(outcome.contested for outcome in open_),
        needs=_each(need for outcome in open_ for need in outcome.needs),
    )
    return Undecided(possible, account)


def _each(told: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(told))
