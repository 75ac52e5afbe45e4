"""Our models in the frameworks of others, by the files that the pages show."""

import os
from collections.abc import Iterator
from typing import Annotated

import django
import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError as DjangoError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.forms import modelform_factory
from fastapi import Body, Depends, FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from stored_in_django import DocumentField
from stored_in_sqlalchemy import Document
from with_fastapi import body_of
from with_pydantic import AsDocument

from relationkit import codec
from relationkit.books import Book
from relationkit.parties import Organisation, Party, Person
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer
from relationkit.strategies import relationships

if not django_settings.configured:
    sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    django_settings.configure(DATABASES={"default": sqlite})
    django.setup()

ADA = Person(id=PartyId("ada"), name="Ada Byron")
FIRM = Organisation(id=PartyId("firm"), name="Byron & Co")
DOCUMENT = codec.dump(ADA)


class Ticket(BaseModel):
    """What a help desk holds of its own, and of ours."""

    number: int
    asked_by: Annotated[Party, AsDocument()]
    others: tuple[Annotated[Person, AsDocument()], ...] = ()


class TestPydantic:
    def test_reads_a_document(self) -> None:
        """A document of ours is read where a model declares one."""
        asked_by = {"type": "person", "id": "ada", "name": "Ada Byron"}

        assert (
            Ticket.model_validate({"number": 1, "asked_by": asked_by}).asked_by == ADA
        )

    def test_takes_a_model(self) -> None:
        """A model of ours needs no reading."""
        assert Ticket(number=1, asked_by=FIRM).asked_by is FIRM

    @pytest.mark.parametrize("wrong", ["ada", 3, None, [ADA], Customer(party=ADA)])
    def test_refuses_what_is_neither(self, wrong: object) -> None:
        """What is no document and no model is an error of pydantic's own."""
        with pytest.raises(ValidationError, match=r"asked_by\n  expected a table"):
            Ticket.model_validate({"number": 1, "asked_by": wrong})

    def test_tells_the_part_that_is_wrong(self) -> None:
        """An error has the part that it is about, and not all of the input."""
        wrong = {"type": "person", "id": "ada", "name": 3, "\u00b2": 1, "007": 2}
        with pytest.raises(ValidationError) as caught:
            Ticket.model_validate({"number": 1, "asked_by": wrong})

        found = {error["loc"][1:]: error["input"] for error in caught.value.errors()}
        assert found == {("name",): 3, ("\u00b2",): 1, ("007",): 2}

    def test_tells_places_in_a_tuple(self) -> None:
        """Which is a list as another program holds it."""
        wrong = {"provider": DOCUMENT, "parties": (DOCUMENT, {"type": "person"})}
        with pytest.raises(ValidationError) as caught:
            TypeAdapter(Annotated[Book, AsDocument()]).validate_python(wrong)

        places = [error["loc"] for error in caught.value.errors()]
        assert places == [("parties", 1), ("parties", 1)]

    def test_writes_a_document(self) -> None:
        """What was written is read again."""
        ticket = Ticket(number=1, asked_by=FIRM, others=(ADA,))

        assert Ticket.model_validate_json(ticket.model_dump_json()) == ticket

    def test_merges_errors(self) -> None:
        """What is wrong with ours stands beside what is wrong with theirs."""
        wrong = {"type": "person", "id": "ada", "name": 3}
        with pytest.raises(ValidationError) as caught:
            Ticket.model_validate({"number": "x", "asked_by": wrong, "others": [{}]})

        places = {error["loc"] for error in caught.value.errors()}
        assert places == {("number",), ("asked_by", "name"), ("others", 0)}

    def test_describes_each_class_once(self) -> None:
        """The schema of a class of ours is a definition, referred to by others."""
        schema = Ticket.model_json_schema()

        assert {"Person", "Organisation"} <= schema["$defs"].keys()
        assert "$defs" not in schema["properties"]["asked_by"]

    def test_tells_remedies(self) -> None:
        """What would mend it stands in the message that users see."""
        with pytest.raises(ValidationError, match=r"\(did you mean 'name'\?\)"):
            Ticket.model_validate({"number": 1, "asked_by": {**DOCUMENT, "nmae": ""}})

    def test_repeats_little(self) -> None:
        """However long what is wrong, an error is short."""
        wrong = {**DOCUMENT, "name": ["x" * 9_999], "y" * 9_999: "z" * 9_999}
        with pytest.raises(ValidationError) as caught:
            Ticket.model_validate({"number": 1, "asked_by": wrong})

        assert len(str(caught.value.errors())) < 2_000

    def test_keeps_within_limits(self) -> None:
        """What a document may ask of its reader is for the field to say."""

        class Small(BaseModel):
            """One that takes little."""

            party: Annotated[Party, AsDocument(codec.Limits(items=2))]

        with pytest.raises(ValidationError, match=r"the limit is 2"):
            Small.model_validate({"party": DOCUMENT})


app = FastAPI()


@app.post("/books")
def names(book: Annotated[Book, AsDocument(), Body()]) -> list[str]:
    """The names of those in a book."""
    return [party.name for party in book.parties]


@app.post("/parties")
def name(party: Annotated[Party, Depends(body_of(Party))]) -> str:
    """The name of a party."""
    return party.name


class TestFastApi:
    client = TestClient(app)

    @pytest.mark.parametrize(
        "body",
        [
            r'{"id": "ada", "name": "\ud83d", "type": "person"}',
            r'{"id": "ada", "name": "Ada", "\ud83d": "\ud83d", "type": "person"}',
            r'{"type": "\ud83d"}',
            r'"\ud83d"',
            *("NaN", "-Infinity", "1e400", '{"zone": NaN}', '{"parties": [1e400]}'),
            "[" * 40_000,
            "{",
        ],
    )
    def test_answers_whatever_comes(self, body: str) -> None:
        """Half a character, or what is no JSON, is the fault of who sent it."""
        for path in ("/books", "/parties"):
            answer = self.client.post(
                path, content=body, headers={"content-type": "application/json"}
            )
            assert answer.status_code in {400, 422}
            assert answer.json()["detail"]

    def test_reads_a_body_as_it_came(self) -> None:
        """A key that stands twice is refused; FastAPI alone keeps the last."""
        told = codec.dumps(ADA).decode()
        twice = told.replace('"name"', '"name":"Eve","name"')
        answer = self.client.post("/parties", content=twice)

        assert self.client.post("/parties", content=told).json() == "Ada Byron"
        assert answer.status_code == 422
        (problem,) = answer.json()["detail"]
        assert problem["loc"] == ["body", "name"]
        assert problem["msg"] == "the key 'name' stands twice in one table (keep one)"

    def test_takes_a_document(self) -> None:
        """The body of a request is read as a model of ours."""
        book = {
            "provider": {"type": "person", "id": "us", "name": "Us"},
            "parties": [{"type": "person", "id": "ada", "name": "Ada Byron"}],
        }

        assert self.client.post("/books", json=book).json() == ["Ada Byron"]

    def test_tells_all_that_is_wrong(self) -> None:
        """A wrong body is refused with each problem at its place."""
        book = {"provider": {"type": "person", "id": "us"}, "partys": []}
        answer = self.client.post("/books", json=book)

        places = {tuple(error["loc"]) for error in answer.json()["detail"]}
        assert answer.status_code == 422
        assert places == {("body", "provider"), ("body", "partys")}

    def test_describes_components(self) -> None:
        """The OpenAPI document has a component for each class of ours."""
        described = self.client.get("/openapi.json").json()

        assert {"Person", "CustomerRecord"} <= described["components"]["schemas"].keys()


class Base(DeclarativeBase):
    """The tables of the test."""


class Account(Base):
    """A row that holds whom it is of."""

    __tablename__ = "relationkit_accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[Customer | Client] = mapped_column(Document(Customer | Client))
    party: Mapped[Party | None] = mapped_column(Document(Party))


URLS = ["sqlite://", *filter(None, [os.environ.get("POSTGRES_URL")])]


@pytest.fixture(params=URLS, ids=lambda url: url.split(":")[0])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """SQLite, and PostgreSQL where ``POSTGRES_URL`` names a server."""
    made = create_engine(request.param)
    Base.metadata.drop_all(made)
    Base.metadata.create_all(made)
    yield made
    Base.metadata.drop_all(made)
    made.dispose()


class TestSqlAlchemy:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(owner=relationships(), party=...)
    def test_gives_back_what_it_stored(
        self, engine: Engine, owner: Customer, party: Party | None
    ) -> None:
        """Whatever is stored comes back equal, and of its own class."""
        with Session(engine) as session:
            account = Account(owner=owner, party=party)
            session.add(account)
            session.flush()
            session.expire_all()

            found = session.scalars(select(Account).filter_by(id=account.id)).one()
            assert (found.owner, found.party) == (owner, party)
            assert type(found.owner) is type(owner)

    def test_stores_nothing_else(self, engine: Engine) -> None:
        """What is of another kind is refused before it is stored."""
        with Session(engine) as session:
            session.add(Account(owner=ADA))
            with pytest.raises(StatementError, match=r"value: expected a Customer or"):
                session.flush()

    def test_stores_nothing_that_it_could_not_read(self) -> None:
        """What is over the limits of a column is refused before it is stored."""
        column = Document(Party, limits=codec.Limits(items=3))

        with pytest.raises(ValueError, match=r"the limit is 3 "):
            column.process_bind_param(ADA, dialect())

    def test_looks_into_a_document(self, engine: Engine) -> None:
        """The database looks into what is stored, as into any JSON."""
        with Session(engine) as session:
            session.add_all(Account(owner=Customer(party=of)) for of in (ADA, FIRM))
            session.flush()

            name = Account.owner["data"]["party"]["name"].as_string()
            found = session.scalars(select(Account).where(name == "Byron & Co")).one()
            assert found.owner.party == FIRM


class Row(models.Model):  # noqa: DJ008, nobody sees it
    """A row that holds whom it is of."""

    owner = DocumentField(kind=Customer | Client)
    party = DocumentField(kind="relationkit.parties.Party", null=True)

    class Meta:  # noqa: D106, as Django has it
        app_label = "frameworks"


def field_of(name: str) -> DocumentField:
    """The field of that *name*."""
    found: DocumentField = Row._meta.get_field(name)  # noqa: SLF001, its public name
    return found


@pytest.fixture(scope="module")
def rows() -> Iterator[models.Manager[Row]]:
    """A table of rows in SQLite."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    yield Row.objects
    connection.close()


class TestDjango:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(owner=relationships(), party=...)
    def test_gives_back_what_it_stored(
        self, rows: "models.Manager[Row]", owner: Customer, party: Party | None
    ) -> None:
        """Whatever is stored comes back equal, and of its own class."""
        stored = rows.create(owner=owner, party=party)
        found = rows.get(pk=stored.pk)

        assert (found.owner, found.party) == (owner, party)
        assert type(found.owner) is type(owner)

    def test_looks_into_a_document(self, rows: "models.Manager[Row]") -> None:
        """The database looks into what is stored, as into any JSON."""
        rows.create(owner=Customer(party=Person(id=PartyId("eve"), name="Eve Unlike")))

        found = rows.get(owner__data__party__name="Eve Unlike")
        assert found.owner.party.id == "eve"

    def test_asks_for_models(self, rows: "models.Manager[Row]") -> None:
        """Queries take models, and tell those that have none."""
        rows.all().delete()
        ada, made = rows.get_or_create(owner=Customer(party=ADA), party=None)
        rows.create(owner=Customer(party=FIRM), party=FIRM)

        assert made
        assert rows.get(owner=Customer(party=ADA)) == ada
        assert rows.get_or_create(owner=Customer(party=ADA), party=None) == (ada, False)
        assert rows.filter(party__in=[ADA, FIRM]).count() == 1
        assert rows.get(party=None) == rows.get(party__isnull=True) == ada
        assert rows.exclude(party=FIRM).exclude(party=None).count() == 0

    def test_gives_parts(self, rows: "models.Manager[Row]") -> None:
        """A part of a document is what it is in JSON."""
        rows.all().delete()
        rows.create(owner=Customer(party=ADA))

        parts = rows.values_list("owner__data__party__name", "owner__data__party")
        assert [*parts] == [("Ada Byron", DOCUMENT)]
        assert rows.filter(owner__data__party=ADA).count() == 0  # which has a version
        assert rows.filter(owner__data__party=DOCUMENT).count() == 1

    def test_takes_expressions(self, rows: "models.Manager[Row]") -> None:
        """Rows are changed many at once, and by what the database reckons."""
        rows.all().delete()
        row = rows.create(owner=Customer(party=ADA), party=ADA)
        row.owner, row.party = Customer(party=FIRM), None
        rows.bulk_update([row], ["owner", "party"])
        assert rows.get(owner=Customer(party=FIRM)).party is None

        given = models.Value(ADA, output_field=field_of("party"))
        rows.update(party=models.Case(models.When(pk=row.pk, then=given)))
        assert rows.get(pk=row.pk).party == ADA
        rows.update(party=models.F("party"))
        assert rows.get(pk=row.pk).party == ADA

    def test_tells_all_that_is_wrong(self) -> None:
        """What a form or a fixture has wrong is one message for each problem."""
        party = {"type": "person", "id": "", "nmae": "Ada"}
        wrong = {"type": "customer", "party": party}
        with pytest.raises(DjangoError) as caught:
            Row(owner=wrong).clean_fields()

        [told] = [
            m for field, m in caught.value.message_dict.items() if field == "owner"
        ]
        assert [message.split(":")[0] for message in told] == [
            "/party/nmae",
            "/party",
            "/party/id",
        ]

    def test_finds_no_fault_with_what_has_none(self) -> None:
        """A good row is valid, whether it holds a model or a document."""
        for owner in (Customer(party=ADA), codec.dump(Customer(party=ADA))):
            row = Row(owner=owner, party=None)
            row.clean_fields(exclude=["party"])

            assert row.owner == Customer(party=ADA)

    @pytest.mark.parametrize("wrong", ["hello", "[1]", [1], 5, ADA])
    def test_stores_nothing_else(
        self, rows: "models.Manager[Row]", wrong: object
    ) -> None:
        """What is no document and no such model is refused before it is stored."""
        with pytest.raises(DjangoError):
            rows.create(owner=wrong)

    def test_stores_nothing_that_it_could_not_read(self) -> None:
        """What is over the limits of a field is refused before it is stored."""
        field = DocumentField(kind=Person, limits=codec.Limits(items=3))

        with pytest.raises(ValueError, match=r"the limit is 3 "):
            field.get_db_prep_save(ADA, connection)
        with pytest.raises(DjangoError, match=r"the limit is 3 "):
            field.formfield().clean(codec.dumps(ADA, versioned=True).decode())

    def test_is_edited_in_forms(self) -> None:
        """A form shows the document, and takes one back."""
        form = modelform_factory(Row, fields=["owner"])
        shown = form(instance=Row(owner=Customer(party=ADA)))["owner"].value()
        text = shown.replace("Ada Byron", "Ada King")
        filled = form({"owner": text}, instance=Row(owner=Customer(party=ADA)))

        assert filled.has_changed()
        assert filled.is_valid(), filled.errors
        assert filled.cleaned_data["owner"].party.name == "Ada King"
        assert not form({"owner": shown}, instance=filled.instance).errors
        assert form({"owner": "{"}).errors.as_data().keys() == {"owner"}

    def test_goes_through_fixtures(self) -> None:
        """What a fixture says is read again."""
        row = Row(owner=Customer(party=ADA))
        owner, party = map(field_of, ("owner", "party"))

        assert owner.to_python(owner.value_to_string(row)) == row.owner
        assert party.to_python(party.value_to_string(row)) is None

    def test_can_be_migrated(self) -> None:
        """What a migration writes down makes the field again."""
        written, imports = MigrationWriter.serialize(field_of("party"))

        assert "kind='relationkit.parties.Party'" in written
        assert imports == {"import stored_in_django"}
