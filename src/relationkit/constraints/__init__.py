"""Constraints: what a value must be by itself, declared once.

A constraint stands on a field as its validator, and has four uses: it refuses a
value, words the error, says the same in the keywords of JSON Schema, and tells
strategies what to draw.  What must fit *between* fields is no constraint: it
stays a validator of the model, named as the sentence that it enforces.
"""

from relationkit.constraints._constraint import Constraint, ConstraintError
from relationkit.constraints._fields import SCHEMA, asking, besides, keywords, of
from relationkit.constraints._numbers import AtLeast, Between, TakesTime
from relationkit.constraints._several import Each, Several
from relationkit.constraints._texts import END, Id, Said

__all__ = [
    "END",
    "SCHEMA",
    "AtLeast",
    "Between",
    "Constraint",
    "ConstraintError",
    "Each",
    "Id",
    "Said",
    "Several",
    "TakesTime",
    "asking",
    "besides",
    "keywords",
    "of",
]
