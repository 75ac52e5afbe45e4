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

from relationkit.tables._acts import Act, acts_of
from relationkit.tables._build import build
from relationkit.tables._cells import Cell, CellError, parse
from relationkit.tables._collecting import (
    Applies,
    Collected,
    CollectingTable,
    build_collecting,
)
from relationkit.tables._diff import Difference, diff
from relationkit.tables._document import acts_document, document
from relationkit.tables._domains import Axis, Domain
from relationkit.tables._hits import HitPolicy
from relationkit.tables._pictures import html, markdown, text
from relationkit.tables._properties import Promise, Property, Trend
from relationkit.tables._records import (
    BESIDE,
    COUNT,
    FactRecord,
    domains_of,
    open_facts,
)
from relationkit.tables._table import Answer, Decide, Rule, Table
from relationkit.tables._typed import (
    ANYTHING,
    Row,
    Test,
    TypedTable,
    at_least,
    at_most,
    between,
    less_than,
    more_than,
    none_of,
    one_of,
    typed,
)

__all__ = [
    "ANYTHING",
    "BESIDE",
    "COUNT",
    "Act",
    "Answer",
    "Applies",
    "Axis",
    "Cell",
    "CellError",
    "Collected",
    "CollectingTable",
    "Decide",
    "Difference",
    "Domain",
    "FactRecord",
    "HitPolicy",
    "Promise",
    "Property",
    "Row",
    "Rule",
    "Table",
    "Test",
    "Trend",
    "TypedTable",
    "acts_document",
    "acts_of",
    "at_least",
    "at_most",
    "between",
    "build",
    "build_collecting",
    "diff",
    "document",
    "domains_of",
    "html",
    "less_than",
    "markdown",
    "more_than",
    "none_of",
    "one_of",
    "open_facts",
    "parse",
    "text",
    "typed",
]
