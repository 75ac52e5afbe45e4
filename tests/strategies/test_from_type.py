"""What a stranger's tests get, who imports our models and nothing else of ours."""

import importlib
import subprocess
import sys
import textwrap
from enum import StrEnum
from types import ModuleType
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relationkit import (
    books,
    calendars,
    contracts,
    duties,
    engagements,
    facts,
    fees,
    money,
    parties,
    periods,
    policy,
    pricing,
    records,
    relationships,
    targets,
)
from relationkit._hypothesis import KNOWN
from relationkit.duties import Duty, FiduciaryDuty, OtherDuty
from relationkit.parties import Organisation, Party, Person
from relationkit.personalisation import Level
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer
from relationkit.tables import Table

MODULES = [
    *(books, calendars, contracts, duties, engagements, facts, fees, money),
    *(parties, periods, policy, pricing, records, relationships, targets),
]
# What no application makes up: it comes with facts, an assessment or a comparison.
MADE_BY_OURS = {
    *("Answers", "Change", "Unknown"),
    *("EditionDifference", "PlanDifference"),
}


def models(module: ModuleType) -> set[str]:
    """The models of *module*, and the ids."""
    found = {name: getattr(module, name) for name in module.__all__}
    return {
        name
        for name, one in found.items()
        if (isinstance(one, type) and attrs.has(one)) or hasattr(one, "__supertype__")
    }


def run(program: str, *flags: str) -> str:
    """What a *program* prints, in a process of its own."""
    command = [sys.executable, *flags, "-c", textwrap.dedent(program)]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


class TestFromType:
    @pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
    def test_knows_every_model(self, module: ModuleType) -> None:
        """A model or an id that a module exports has a strategy of its own."""
        assert models(module) - MADE_BY_OURS == set(KNOWN.get(module.__name__, ()))

    @pytest.mark.parametrize(
        ("module", "name"), [(m, n) for m, names in KNOWN.items() for n in names]
    )
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_makes_what_it_is_asked_for(
        self, module: str, name: str, data: st.DataObject
    ) -> None:
        """What is drawn for a type is of that type, or for an id is a text."""
        kind: Any = getattr(importlib.import_module(module), name)

        made = data.draw(st.from_type(kind))

        assert isinstance(made, getattr(kind, "__supertype__", kind))

    @settings(max_examples=50)
    @given(st.data())
    def test_knows_unions(self, data: st.DataObject) -> None:
        """A union is any of its classes, and a customer may be a client."""
        for union, classes in (
            (Party, {Person, Organisation}),
            (Duty, {FiduciaryDuty, OtherDuty}),
            (Customer, {Customer, Client}),
            (Customer | Client, {Customer, Client}),
            (PartyId | None, {str, type(None)}),
        ):
            kind: Any = union
            assert type(data.draw(st.from_type(kind))) in classes

    def test_makes_customers_who_are_clients(self) -> None:
        """Code for customers meets clients too."""
        seen: set[type] = set()

        @settings(max_examples=50)
        @given(st.from_type(Customer))
        def see(known: Customer) -> None:
            seen.add(type(known))

        see()

        assert seen == {Customer, Client}

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_type(Table[Level]), st.from_type(Table[StrEnum]))
    def test_knows_the_answers_of_a_table(
        self, table: Table[Level], any_table: Table[StrEnum]
    ) -> None:
        """A table of some class of answers is of these, and else of any."""
        assert table.answers is Level
        assert any_table.answers


PRELUDE = """
    import sys
    from hypothesis import given, settings, strategies as st
    ours = sorted(name for name in sys.modules if name.startswith("relationkit."))
    print(*ours)
"""


class TestRegistration:
    def test_imports_nothing_before_it_is_needed(self) -> None:
        """Whoever imports Hypothesis and not relationkit pays for one small module."""
        assert run(PRELUDE).split() == ["relationkit._hypothesis"]

    @pytest.mark.parametrize(
        "order", [("hypothesis", "books"), ("books", "hypothesis")], ids=str
    )
    def test_heeds_no_order(self, order: tuple[str, str]) -> None:
        """Models are known whichever is imported first, they or Hypothesis."""
        names = {"hypothesis": "hypothesis", "books": "relationkit.books"}
        program = f"""
            import {", ".join(names[name] for name in order)}
            from relationkit.relationships import Client
            made = hypothesis.strategies.from_type(Client)
            print(type(hypothesis.find(made, lambda _: True)).__name__)
        """

        assert run(program) == "Client\n"

    def test_makes_strategies_when_asked(self) -> None:
        """Strategies are imported when one is asked for, not with the models."""
        program = """
            import hypothesis, sys
            from hypothesis import strategies as st
            from relationkit.periods import Period
            print("relationkit.strategies" in sys.modules)
            print(type(hypothesis.find(st.from_type(Period), bool)).__name__)
            print("relationkit.strategies" in sys.modules)
        """

        assert run(program).split() == ["False", "Period", "True"]

    def test_leaves_modules_as_they_were(self) -> None:
        """A module keeps its own loader: its source and its data are found."""
        program = """
            import hypothesis, inspect
            from relationkit import periods
            print(type(periods.__loader__).__name__)
            print(type(periods.__spec__.loader).__name__)
            print(inspect.getsource(periods).startswith('"'))
        """

        assert run(program).split() == ["SourceFileLoader", "SourceFileLoader", "True"]

    def test_finds_no_module_that_is_not_there(self) -> None:
        """A module that nobody has is as missing as ever, with the same words."""
        program = """
            import hypothesis, sys
            sys.path_importer_cache.clear()
            import relationkit
            relationkit.__path__ = []
            try:
                import relationkit.periods
            except ModuleNotFoundError as error:
                print(error)
        """

        assert run(program) == "No module named 'relationkit.periods'\n"

    def test_is_done_once(self) -> None:
        """Registering again, as a plugin loaded twice may, changes nothing."""
        program = """
            import hypothesis, sys
            from relationkit._hypothesis import register
            before = list(sys.meta_path)
            register()
            print(sys.meta_path == before)
        """

        assert run(program) == "True\n"
