"""Laws: what holds of every edition, to be run on your own.

Needs the ``relationkit[hypothesis]`` extra.  One line checks an edition, and
raises if a law is broken, naming it and the smallest case that breaks it::

    laws.check(codec.read("ours.toml", Edition))

In a test module, one line makes a test for each law::

    TestOurPolicy = laws.suite(codec.read("ours.toml", Edition))
"""

from relationkit.laws._check import Broken, LawError, check, suite
from relationkit.laws._laws import LAWS, Case, Law

__all__ = ["LAWS", "Broken", "Case", "Law", "LawError", "check", "suite"]
