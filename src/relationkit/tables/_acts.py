"""Acts: what changes a fact, where a policy says so."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import frozen

from relationkit.reading import Reader, got
from relationkit.tables._cells import ANY, Cell
from relationkit.tables._domains import Domain
from relationkit.tables._rows import cell_at, note_unknown

__all__ = ["Act", "acts_among", "acts_of"]


@frozen(kw_only=True)
class Act:
    """That a fact can be changed.

    Attributes:
        fact: Which fact.
        to: What it can become; a cell that asks nothing if it is anything.
        by: What changes it, in words; empty if the policy names nothing.
    """

    fact: str
    to: Cell = ANY
    by: str = ""


def acts_of(document: Reader, facts: Mapping[str, Domain]) -> tuple[Act, ...]:
    """The acts at *document*: for each fact, true, or what changes it to what.

    ``stance = true`` says that it can be changed, ``membership = "join"`` also
    by what, and ``membership = { true = "join", false = "leave" }`` by what to
    which cells.  They come in the order of *facts*, however they were written.

    >>> members = {"membership": Domain(bool)}
    >>> [act] = acts_of(Reader({"membership": {"true": "join"}}), members)
    >>> act.fact, act.to.text, act.by
    ('membership', 'true', 'join')
    """
    entries = document.entries()
    acts = [act for name, at in entries.items() for act in _acts(name, at, facts)]
    places = {name: place for place, name in enumerate(facts)}
    return tuple(sorted(acts, key=lambda act: (places[act.fact], act.to.text)))


def acts_among(acts: Iterable[Act], facts: Collection[str]) -> tuple[Act, ...]:
    """Those of *acts* that change one of *facts*."""
    return tuple(act for act in acts if act.fact in facts)


def _acts(name: str, here: Reader, facts: Mapping[str, Domain]) -> Iterator[Act]:
    if (domain := facts.get(name)) is None:
        note_unknown(here, name, facts)
    elif here.value is True:
        yield Act(fact=name)
    elif isinstance(here.value, str):
        if by := here.text():
            yield Act(fact=name, by=by)
    elif not isinstance(here.value, Mapping):
        told = f"expected true, a text, or a table, got {got(here.value)}"
        here.note("type", told, "write true if it can be changed, or leave it out")
    else:
        for text, words in here.entries().items():
            cell, by = cell_at(words, name, text, domain), words.text()
            if cell and by:
                yield Act(fact=name, to=cell, by=by)
