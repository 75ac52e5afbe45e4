"""Never run; type checkers must accept every line of it."""

from datetime import date
from typing import assert_type

from relationkit import codec
from relationkit.books import Book
from relationkit.duties import Duty, FiduciaryDuty, OtherDuty
from relationkit.parties import Organisation, Party, Person
from relationkit.policy import Edition
from relationkit.records import PartyId
from relationkit.relationships import Client, Customer

# A class.
assert_type(codec.load({}, Book), Book)
assert_type(codec.load({}, Client), Client)
assert_type(codec.loads(b"{}", Edition), Edition)
assert_type(codec.loads("", Edition, form=codec.Format.TOML), Edition)
assert_type(codec.read("book.toml", Book), Book)

# A union, by whatever name.
assert_type(codec.load({}, Person | Organisation), Person | Organisation)
assert_type(codec.load({}, Party), Person | Organisation)
assert_type(codec.load({}, Duty), FiduciaryDuty | OtherDuty)
assert_type(codec.load({}, Party | None), Person | Organisation | None)

# Every client is a customer.
customer: Customer = codec.load({}, Customer | Client)

# Several, and what models are made of.
assert_type(codec.load([], tuple[Party, ...]), tuple[Person | Organisation, ...])
assert_type(codec.load("", PartyId), PartyId)
assert_type(codec.load("", date), date)

# Every ignore is a promise, too: the line would be wrong without it.
codec.load({}, 5)  # type: ignore[arg-type]
codec.read(5, Book)  # type: ignore[arg-type]
codec.loads({}, Book)  # type: ignore[arg-type]
codec.loads("", Book, form="yaml")  # type: ignore[arg-type]
client: Client = codec.load({}, Book)  # type: ignore[assignment]

# What is written may be held to the limits of its reader.
ada = Person(id=PartyId("ada"), name="Ada Byron")
assert_type(codec.dumps(ada, limits=codec.Limits(size=1_000)), bytes)
codec.dumps(ada, limits=1_000)  # type: ignore[arg-type]
codec.dumps(ada, limits=None)  # type: ignore[arg-type]
codec.dump(ada, limits=None)["id"]

# A schema is of a kind, alone or as it is stored.
assert_type(codec.json_schema(Party, versioned=True), dict[str, object])
