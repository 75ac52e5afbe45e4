"""Kinds: what documents can be read as, and what is said of everything else."""

from contextlib import suppress
from datetime import date
from types import ModuleType
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import TypeAliasType, TypeForm

from relationkit import (
    books,
    calendars,
    codec,
    contracts,
    duties,
    engagements,
    facts,
    money,
    parties,
    periods,
    relationships,
    targets,
)
from relationkit.books import Book, Record
from relationkit.contracts import ContractForm
from relationkit.duties import Duty, FiduciaryDuty
from relationkit.engagements import Closing, Engagement
from relationkit.errors import DecodeError
from relationkit.facts import Facts, domains
from relationkit.parties import Organisation, Party, Person
from relationkit.policy import Edition
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer
from relationkit.targets import Target

MODULES = [
    *(books, calendars, contracts, duties, engagements, facts, money),
    *(parties, periods, relationships, targets),
]
ADA = {"type": "person", "id": "ada", "name": "Ada Byron"}


def models(module: ModuleType) -> list[type]:
    """The models that a module is the home of."""
    named = [getattr(module, name) for name in module.__all__]
    return [one for one in named if attrs.has(one)]


ALL = [model for module in MODULES for model in models(module)]

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters() | st.sampled_from("\ud800\x1b"), max_size=5)
    | st.dates()
    | st.decimals()
    | st.datetimes()
    | st.sampled_from([1 << 9999, b"", object(), PartyId]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*(f.name for m in ALL for f in attrs.fields(m)), "type", 1]
            )
            | st.text(),
            inner,
            max_size=4,
        )
    ),
)


class TestKinds:
    @pytest.mark.parametrize("model", ALL, ids=lambda model: str(model.__name__))
    def test_every_model(self, model: type[object]) -> None:
        """Every model there is can be read."""
        with suppress(DecodeError):
            assert isinstance(codec.load({}, model), model)

    def test_names_of_kinds(self) -> None:
        """A kind may go by another name."""
        named = TypeAliasType("named", Party)
        assert codec.load(ADA, named) == codec.load(ADA, Party)
        assert codec.load("ada", PartyId) == "ada"

    def test_nothing(self) -> None:
        """Where nothing is allowed, null is nothing."""
        assert codec.load(None, Party | None) is None
        assert codec.load(ADA, Party | None) == codec.load(ADA, Party)
        assert codec.load(None, date | None) is None

    @pytest.mark.parametrize(
        "kind",
        [
            list[Person],
            dict[str, Person],
            set[str],
            frozenset,
            tuple[Person],
            tuple[Person, Organisation],
            Literal["a"],
            Person | Engagement,
            Person | str,
            int | str,
            Record,
            Any,
            object,
            None,
        ],
        ids=str,
    )
    def test_others(self, kind: TypeForm[object]) -> None:
        """What documents are not read as is refused, and never guessed at."""
        documents: list[object] = [None, "ab", [], {}, ADA]
        for document in documents:
            with pytest.raises(
                TypeError, match=r"documents are not read as .*; name a"
            ):
                codec.load(document, kind)


class TestTags:
    def test_missing(self) -> None:
        """Where several classes may stand, the document must say which."""
        with pytest.raises(DecodeError) as caught:
            codec.load({"id": "ada", "name": "Ada Byron"}, Party)
        (problem,) = caught.value.problems
        assert str(problem) == "'type' is missing (one of: organisation, person)"

    def test_misspelt(self) -> None:
        """The nearest of the classes that may stand there is proposed."""
        with pytest.raises(DecodeError) as caught:
            codec.load({**ADA, "type": "persn"}, Party)
        assert str(caught.value) == (
            "/type: unknown type: 'persn', a text (did you mean 'person'?)"
        )

    def test_client(self) -> None:
        """A client says that it is one, and is not read as a customer."""
        service = {"id": "e", "opened": "2026-01-01", "clients": ["ada"]}
        work = [{**service, "services": [{"line": "tax"}]}]
        document = {"type": "client", "party": ADA, "engagements": work}
        client = codec.load(document, Customer | Client)
        assert isinstance(client, Client)
        assert client.engagement("e").title == ""
        with pytest.raises(DecodeError, match=r"^/engagements: unknown key") as caught:
            codec.load({**document, "type": "customer"}, Customer | Client)
        assert [p.pointer for p in caught.value.problems] == ["/engagements"]


class TestHints:
    @pytest.mark.parametrize(
        ("document", "kind", "hint"),
        [
            ({**ADA, "naem": 1}, Party, "did you mean 'name'?"),
            ({**ADA, "colour": 1}, Party, "one of: id, name"),
            ({"why": "complted"}, Closing, "did you mean 'completed'?"),
            ({"why": 5}, Closing, "one of: completed, lapsed, unknown,"),
            ({"on": date.today}, Closing, ""),
            ({"why": [], "on": 20261122}, Closing, "one of: completed"),
            ("ab", tuple[str, ...], "put it in brackets, even if it is one"),
        ],
    )
    def test_remedy(self, document: object, kind: TypeForm[object], hint: str) -> None:
        """A remedy is told where there is one."""
        with pytest.raises(DecodeError) as caught:
            codec.load(document, kind)
        assert caught.value.problems[-1].hint.startswith(hint)

    def test_number(self) -> None:
        """A decimal that is no text is told to be put in quotes."""
        document = '{"amount": 10.50, "currency": "USD"}'
        with pytest.raises(DecodeError) as caught:
            codec.loads(document, money.Money)
        assert str(caught.value) == (
            '/amount: expected a decimal in quotes such as "10.50",'
            " got 10.50, a number (put it in quotes)"
        )

    def test_instant(self) -> None:
        """Of an instant the day is asked."""
        with pytest.raises(DecodeError, match=r"leave the time out") as caught:
            codec.loads("on = 2026-11-22T10:00:00Z", Closing, form=codec.Format.TOML)
        (problem,) = caught.value.problems
        assert problem.pointer == "/on"

    @pytest.mark.parametrize("time", ["", "4", "PT", "-1h", "4h 30m", "\u0664h", 5])
    def test_length(self, time: object) -> None:
        """A length of time is written in hours and minutes."""
        document = {"priority": "low", "first_response": time, "resolution": "8h"}
        with pytest.raises(DecodeError) as caught:
            codec.load(document, Target)
        assert [p.pointer for p in caught.value.problems] == ["/first_response"]

    def test_list_every_member(self) -> None:
        """A word that is near to none is told with all that there are."""
        with pytest.raises(DecodeError) as caught:
            codec.load("retainer", ContractForm)
        hint = caught.value.problems[0].hint

        assert hint == f"one of: {', '.join(sorted(ContractForm))}"


class TestDefaults:
    def test_rules_of_defaults(self) -> None:
        """What breaks a rule by being left out is told of the table that lacks it."""
        document = {
            "basis": "contract",
            "fiduciary": "us",
            "principal": "us",
            "survival": "fixed",
            "period": {"start": "2026-01-01"},
        }
        with pytest.raises(DecodeError) as caught:
            codec.load(document, FiduciaryDuty)
        assert [(p.pointer, p.code) for p in caught.value.problems] == [
            ("", "value"),
            ("", "value"),
        ]
        assert "principal and beneficiaries has 'us'" in str(caught.value)
        assert "survival_days is None where survival is fixed" in str(caught.value)

    def test_bad_fields(self) -> None:
        """What is there and bad is not judged by its default."""
        document = {
            "type": "other",
            "kind": "care",
            "character": "statutory",
            "standard": "reasonable_care",
            "owed_by": "us",
            "owed_to": ["ada"],
            "period": {"start": "2026-01-01"},
            "survival": "fxied",
            "survival_days": 30,
        }
        with pytest.raises(DecodeError) as caught:
            codec.load(document, Duty)
        assert [p.pointer for p in caught.value.problems] == ["/survival"]

    def test_rules_of_whole_records(self) -> None:
        """A rule of a whole record is told of the record."""
        known: dict[str, object] = dict.fromkeys(domains())
        flags = ("signed_agreement", "membership", "service", "value_agreed")
        known |= dict.fromkeys((*flags, "outcome_fee", "fee_on_assets"), False)
        known |= {"on": "2026-01-01", "dealings": "none", "stance": "unstated"}
        counts = {"tenure_days": -1, "service_lines": 0}
        with pytest.raises(DecodeError) as caught:
            codec.load(known | counts, Facts)
        (problem,) = caught.value.problems
        assert str(problem) == "tenure_days is -1; the least is 0"


class TestAnything:
    @pytest.mark.parametrize("kind", [Book, Party, Duty, Edition, Customer | Client])
    @given(document=plain)
    def test_is_read_or_refused(self, kind: TypeForm[object], document: object) -> None:
        """Whatever the document, all that happens is that its problems are told."""
        with pytest.raises(DecodeError) as caught:
            codec.load(document, kind)
        assert caught.value.problems
        for problem in caught.value.problems:
            assert str(problem).isprintable()


class TestArguments:
    @pytest.mark.parametrize("data", [{"line": "tax"}, [], None, 5], ids=repr)
    def test_loads_reads_what_is_written(self, data: Any) -> None:  # noqa: ANN401
        """What is parsed already is not for it."""
        told = r"^data: expected a str or a bytes, got .*; use load\(\.\.\.\) for what"

        with pytest.raises(TypeError, match=told):
            codec.loads(data, Person)

    @pytest.mark.parametrize("path", [Book, None, 5, b"book.toml"], ids=repr)
    def test_read_takes_the_path_first(self, path: Any) -> None:  # noqa: ANN401
        """Arguments that are swapped are told from a file that is not there."""
        told = (
            r"^path: expected a str or a PathLike, got .*; use read\('book.toml', Book"
        )

        with pytest.raises(TypeError, match=told):
            codec.read(path, Book)

    def test_forms_and_limits_are_of_their_class(self) -> None:
        """A form is a member, limits are Limits: no word or number stands for them."""
        form: Any = "toml"
        limits: Any = 5

        with pytest.raises(
            TypeError, match=r"^form: expected a Format, .* Format\.TOML$"
        ):
            codec.loads("", Person, form=form)
        told = r"^limits: expected a Limits, got 5, an int; use Limits\(\.\.\.\)$"
        with pytest.raises(TypeError, match=told):
            codec.loads("", Person, limits=limits)
        with pytest.raises(TypeError, match=told):
            codec.load({}, Person, limits=limits)
        with pytest.raises(TypeError, match=told):
            codec.read("nothing.toml", Person, limits=limits)
