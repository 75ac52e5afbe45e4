"""Decisions: answers that carry their reasons, and what is still undecided.

A question is answered with an ``Outcome``, one of two.  It is a :class:`Decision` if
what is known allows one answer only, whatever the unknown facts turn out to
be; otherwise it is :class:`Undecided`, and says which answers are possible and
which facts to ask for.  Nothing falls through to a default.
"""

from relationkit.decisions._account import Account, PolicyRef, Reason, Value, said
from relationkit.decisions._others import Alternative, Step, Way, WhyNot
from relationkit.decisions._outcomes import Decision, Outcome, Teller, Undecided

__all__ = [
    "Account",
    "Alternative",
    "Decision",
    "Outcome",
    "PolicyRef",
    "Reason",
    "Step",
    "Teller",
    "Undecided",
    "Value",
    "Way",
    "WhyNot",
    "said",
]
