"""Policy: everything decided about one relationship, under one edition.

An :class:`Edition` is a dated, named policy as data.  The ones that ship with
the library are found by :func:`edition`; one of your own is made by
:func:`build` out of plain data, or read from a file by :mod:`relationkit.codec`.
"""

from relationkit.policy._assessment import (
    Answers,
    Assessment,
    ByEngagement,
    Change,
)
from relationkit.policy._build import build
from relationkit.policy._diff import (
    EditionDifference,
    PlanDifference,
    changed,
    diff,
)
from relationkit.policy._document import document
from relationkit.policy._editions import edition, editions, latest
from relationkit.policy._policy import Edition, EditionStatus, EngagementPolicy
from relationkit.policy._versions import Versions

__all__ = [
    "Answers",
    "Assessment",
    "ByEngagement",
    "Change",
    "Edition",
    "EditionDifference",
    "EditionStatus",
    "EngagementPolicy",
    "PlanDifference",
    "Versions",
    "build",
    "changed",
    "diff",
    "document",
    "edition",
    "editions",
    "latest",
]
