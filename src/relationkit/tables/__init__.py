"""Tables: decision tables as data, proved when they are built.

A table is rules in order; the first whose cells are all met gives the answer.
Building it proves that some rule answers every case and that every rule can
fire.  Unknown facts are taken as they are: a table decides whenever all cases
that are still open have one answer, and otherwise names the facts to ask for,
exactly.

How it works: each column cuts the domain of its fact into atoms, the parts
that no cell divides.  A rule matches a box, a set of atoms in each column.  The
cases that a rule decides, its box without those of earlier rules, are kept as
disjoint boxes; every question is a question about which of them meet the case.
"""

from relationkit.tables._build import build
from relationkit.tables._cells import Cell, CellError, parse
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._table import Rule, Table

__all__ = ["Axis", "Cell", "CellError", "Domain", "Rule", "Table", "build", "parse"]
