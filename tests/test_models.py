"""What every model promises; each has its own promises in the file of its module."""

import copy
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from inspect import signature
from pathlib import Path
from random import Random
from types import UnionType
from typing import Any, NewType, Union, get_args, get_origin

import attrs
import pytest
from attrs import evolve, fields
from attrs.exceptions import FrozenInstanceError
from hypothesis import find, given, settings
from hypothesis import strategies as st

from relationkit import (
    books,
    contracts,
    duties,
    engagements,
    parties,
    periods,
    relationships,
    strategies,
    targets,
)
from relationkit.books import Book, CustomerRecord
from relationkit.contracts import Contract, FeeClause, Signature
from relationkit.duties import FiduciaryDuty, OtherDuty, Writing
from relationkit.engagements import (
    Closing,
    EndReason,
    Engagement,
    Help,
    Judgement,
    Service,
    Stakes,
)
from relationkit.money import Money
from relationkit.parties import Organisation, Person
from relationkit.periods import Period
from relationkit.records import PartyId, sort_key
from relationkit.relationships import (
    Client,
    Consent,
    Customer,
    History,
    Inquiry,
    Purchase,
    StatedStance,
)
from relationkit.strategies._relationships import histories
from relationkit.targets import Goal, NextBusinessDay, Plan, Target

MODULES = [
    *(books, contracts, duties, engagements, parties, periods, relationships),
    targets,
]
NOON = datetime(2026, 1, 1, 12)  # noqa: DTZ001

MODELS: dict[type[attrs.AttrsInstance], st.SearchStrategy[Any]] = {
    Book: strategies.books(),
    Client: strategies.clients(),
    Closing: st.builds(
        Closing, on=st.none() | strategies.days(), why=st.sampled_from(EndReason)
    ),
    Consent: strategies.consents(),
    Contract: strategies.contracts(),
    Customer: strategies.customers(),
    CustomerRecord: strategies.customer_records(),
    Engagement: strategies.engagements(),
    FeeClause: strategies.fee_clauses(),
    FiduciaryDuty: strategies.fiduciary_duties(),
    History: histories(),
    Goal: strategies.goals(),
    Inquiry: strategies.inquiries(),
    Judgement: strategies.judgements(),
    NextBusinessDay: strategies.next_business_days(),
    Organisation: strategies.organisations(),
    OtherDuty: strategies.other_duties(),
    Period: strategies.periods(),
    Person: strategies.people(),
    Purchase: strategies.purchases(),
    Service: strategies.services(),
    Signature: strategies.signatures(),
    Plan: strategies.plans(),
    StatedStance: strategies.stated_stances(),
    Target: strategies.targets(),
    Writing: strategies.writings(),
}
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def those(*kinds: object) -> list[Any]:
    """Each field of each model that is of one of some *kinds*."""
    return [
        pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")
        for model in MODELS
        for field in fields(model)
        if field.type in kinds or get_origin(field.type) in kinds
    ]


@cache  # a search that is the same for every test
def simplest(model: type[attrs.AttrsInstance]) -> Any:  # noqa: ANN401
    return find(MODELS[model], lambda _: True)


IN_ORDER = {"parts", "tiers", "priorities"}
"""Fields whose items mean another thing in another order."""


def shuffled(value: Any, random: Random) -> Any:  # noqa: ANN401
    """The same value, made again from parts that come in another order."""
    if isinstance(value, tuple):
        parts = [shuffled(part, random) for part in value]
        return tuple(random.sample(parts, len(parts)))
    if attrs.has(type(value)):
        names = [field.name for field in fields(type(value))]
        random.shuffle(names)
        again = {name: shuffled(getattr(value, name), random) for name in names}
        again |= {name: getattr(value, name) for name in IN_ORDER & again.keys()}
        return type(value)(**again)
    return value


def copies(record: Any) -> Iterator[Any]:  # noqa: ANN401
    yield copy.copy(record)
    yield copy.deepcopy(record)
    yield pickle.loads(pickle.dumps(record))  # noqa: S301
    yield evolve(record)


def allows(annotation: Any, value: object) -> bool:  # noqa: ANN401
    """Whether a field of that *annotation* may hold *value*."""
    origin = get_origin(annotation)
    if origin in {Union, UnionType}:
        return any(allows(one, value) for one in get_args(annotation))
    if origin in {tuple, frozenset}:
        one = get_args(annotation)[0]
        return isinstance(value, origin) and all(allows(one, v) for v in value)
    kind = getattr(annotation, "__supertype__", annotation)
    return type(value) is kind or (kind is str and isinstance(value, str))


ALL_SORTS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 10**5000, 1.5, Decimal(1), "", "yes", "2026-01-01"),
    *("advice", "low", b"ada", object(), Service, Help.ADVICE, Stakes.LOW),
    *(date(2026, 1, 1), NOON, timedelta(1), Money(Decimal(1), "USD")),
    *((), [], {}, set(), frozenset(), ("ada",), frozenset({"ada"}), ("",), (None,)),
    *(("low",), (1,), frozenset({1, None}), frozenset({True}), ((),), [None]),
    *(Person(id=PartyId("ada"), name="Ada"), Service(line="tax"), Period(date.min)),
)


def strangers(annotation: object, held: object) -> Iterator[object]:
    """What a field that is *held* by something may not hold, alone or among it."""
    for value in ALL_SORTS:
        if not allows(annotation, value):
            yield value
        if isinstance(held, (tuple, frozenset)) and value.__hash__ is not None:
            among = type(held)([*held, value])
            if not allows(annotation, among):
                yield among


def ids_of(
    model: type[attrs.AttrsInstance],
) -> Iterator[tuple[str, Callable[[str], object]]]:
    """The fields that hold ids, and how each holds one."""
    for field in fields(model):
        kinds = get_args(field.type) or (field.type,)
        if any(isinstance(kind, NewType) for kind in kinds):
            is_set = get_origin(field.type) is frozenset
            yield field.name, (lambda id_: frozenset({id_})) if is_set else str


class TestModels:
    def test_are_all_here(self) -> None:
        """Every model that a module exports keeps the promises below."""
        exported = {
            getattr(module, name) for module in MODULES for name in module.__all__
        }

        assert {one for one in exported if attrs.has(one)} == set(MODELS)

    @each_model
    @given(data=st.data())
    def test_are_values(
        self, model: type[attrs.AttrsInstance], data: st.DataObject
    ) -> None:
        """A copy, of whatever kind, is equal and has the same hash."""
        record = data.draw(MODELS[model])

        for again in copies(record):
            assert type(again) is type(record) is model
            assert again == record
            assert hash(again) == hash(record)

    @each_model
    @given(data=st.data())
    def test_forget_in_which_order_they_were_given(
        self, model: type[attrs.AttrsInstance], data: st.DataObject
    ) -> None:
        """Made again from its parts in another order, a record is the same value."""
        record = data.draw(MODELS[model])
        again = shuffled(record, data.draw(st.randoms(use_true_random=False)))

        assert again == record
        assert hash(again) == hash(record)
        assert sort_key(again) == sort_key(record)

    @each_model
    @given(data=st.data())
    def test_are_equal_if_their_fields_are(
        self, model: type[attrs.AttrsInstance], data: st.DataObject
    ) -> None:
        """Two records are equal iff they say the same in every field."""
        one, other = data.draw(MODELS[model]), data.draw(MODELS[model])
        names = [field.name for field in fields(model)]

        assert (one == other) == all(
            getattr(one, name) == getattr(other, name) for name in names
        )

    @each_model
    def test_cannot_be_changed(self, model: type[attrs.AttrsInstance]) -> None:
        """No field can be set or deleted, and none can be added."""
        record = simplest(model)

        assert not hasattr(record, "__dict__")
        for name in [field.name for field in fields(model)]:
            with pytest.raises(FrozenInstanceError):
                setattr(record, name, getattr(record, name))
            with pytest.raises(FrozenInstanceError):
                delattr(record, name)
        with pytest.raises(FrozenInstanceError):
            record.comment = "new"

    @each_model
    def test_are_made_by_name(self, model: Callable[[object], object]) -> None:
        """No field goes by its position: none is mistaken for another.

        A period alone is short for the two days that it lies between.
        """
        if model is not Period:
            with pytest.raises(TypeError, match="positional"):
                model("a")

    @pytest.mark.parametrize(("model", "name"), those(tuple))
    @pytest.mark.parametrize("given_", [[], {}, set(), "", None], ids=repr)
    def test_take_tuples_only(
        self, model: type[attrs.AttrsInstance], name: str, given_: object
    ) -> None:
        """What is no tuple is refused by name, whatever is in it."""
        with pytest.raises(TypeError, match=f"^{name}: expected a tuple, got"):
            evolve(simplest(model), **{name: given_})

    @pytest.mark.parametrize(("model", "name"), those(frozenset))
    @pytest.mark.parametrize("given_", [["ada"], {"ada"}, None], ids=repr)
    def test_take_frozen_sets_only(
        self, model: type[attrs.AttrsInstance], name: str, given_: object
    ) -> None:
        """What is no frozen set is refused by name, above all a single id."""
        expected = rf"^{name}: expected a frozenset, got \w+; use frozenset\(.*\)$"

        with pytest.raises(TypeError, match=expected):
            evolve(simplest(model), **{name: given_})

    @pytest.mark.parametrize(("model", "name"), those(date, date | None))
    def test_take_days_only(self, model: type[attrs.AttrsInstance], name: str) -> None:
        """A time of day is refused by name: a day would be lost in its zone."""
        with pytest.raises(TypeError, match=f"^{name}: expected a day.*; take"):
            evolve(simplest(model), **{name: NOON})

    @each_model
    @settings(max_examples=10)
    @given(data=st.data())
    def test_hold_what_they_are_declared_to(
        self, model: type[attrs.AttrsInstance], data: st.DataObject
    ) -> None:
        """What is of a class that an annotation does not allow is refused by name."""
        record = data.draw(MODELS[model])

        for field in fields(model):
            for value in strangers(field.type, getattr(record, field.name)):
                with pytest.raises(TypeError, match=f"^{field.name}: expected "):
                    evolve(record, **{field.name: value})

    @each_model
    @pytest.mark.parametrize("id_", ["", " ", "ada ", "a\nb", "\x1b[1m", "\ud800"])
    def test_hold_ids_that_can_be_seen(
        self, model: type[attrs.AttrsInstance], id_: str
    ) -> None:
        """An id is no blank, also where it names another record, alone or in a set."""
        for name, held in ids_of(model):
            told = f"^{name}( of .*)?: expected .*an id "
            with pytest.raises(ValueError, match=told):
                evolve(simplest(model), **{name: held(id_)})

    @each_model
    def test_say_what_they_take(self, model: type[attrs.AttrsInstance]) -> None:
        """A signature has the types of the fields, and not what checks them."""
        taken = signature(model).parameters

        assert {name: taken[name].annotation for name in taken} == {
            field.name: field.type for field in fields(model)
        }


PROGRAM = """
import pickle, random, sys
from hashlib import sha256
from inspect import signature
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from test_models import shuffled
from relationkit.records import PartyId, sort_key

for book in pickle.loads(Path(sys.argv[1]).read_bytes()):
    again = shuffled(book, random.Random(1))
    assert again == book and hash(again) == hash(book)
    print(sha256(repr(sort_key(again)).encode()).hexdigest())
"""


class TestProcesses:
    def test_agree(self, tmp_path: Path) -> None:
        """A record made in one process is that of another, whatever strings hash to."""
        made: list[Book] = []

        @settings(max_examples=25)
        @given(strategies.books())
        def make(book: Book) -> None:
            made.append(book)

        make()
        (tmp_path / "books").write_bytes(pickle.dumps(made))
        arguments = [str(tmp_path / "books"), str(Path(__file__).parent)]

        for seed in ("1", "2"):
            env = {**os.environ, "PYTHONHASHSEED": seed}
            run = subprocess.run(
                [sys.executable, "-c", PROGRAM, *arguments],
                env=env,
                capture_output=True,
                check=True,
                text=True,
            )
            assert run.stdout.split() == [
                sha256(repr(sort_key(book)).encode()).hexdigest() for book in made
            ]
