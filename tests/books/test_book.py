import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit.books import Book, CustomerRecord, Record
from relationkit.books._records import SHELVES, key_of
from relationkit.books._references import named
from relationkit.calendars import BusinessCalendar, always
from relationkit.contracts import Contract
from relationkit.duties import Writing, WritingKind
from relationkit.engagements import Engagement, Service
from relationkit.errors import BookError, UnknownIdError, shown
from relationkit.fees import Fixed, PricingModel, Rate, RateCard
from relationkit.parties import Organisation, Person
from relationkit.periods import Period
from relationkit.records import EngagementId, PartyId, WritingId
from relationkit.relationships import Inquiry
from relationkit.strategies import books, parties

DAY = date(2026, 1, 1)
ADA = Person(id=PartyId("ada"), name="Ada Byron")
EMPTY = Book(provider=Organisation(id=PartyId("us"), name="Lovelace & Co"))
TAX = Engagement(
    id=EngagementId("tax"),
    opened=DAY,
    clients=frozenset({ADA.id}),
    services=(Service(line="tax"),),
)
NOTICE = Writing(
    id=WritingId("notice"),
    kind=WritingKind.NOTICE,
    about="fees",
    given_to=frozenset({ADA.id}),
    on=DAY,
    engagement=TAX.id,
)
NEWCOMER = PartyId("newcomer")
"""An id that no strategy draws."""

CHANGED = Rate(
    model=PricingModel.HOURLY,
    fee=Fixed(amount=Decimal(1), label="a change"),
    period=Period(DAY),
)

CHANGES: Mapping[type[Record], Mapping[str, Any]] = {
    Person: {"name": "Somebody Else"},
    Organisation: {"name": "Something Else"},
    CustomerRecord: {"inquiries": (Inquiry(about="a change", on=DAY),)},
    Engagement: {"word": "another"},
    Contract: {"title": "another"},
    Writing: {"about": "another"},
    BusinessCalendar: {"known_through": date(2031, 1, 1)},
    RateCard: {"rates": (CHANGED,)},
}
"""What can be changed about a record of each kind, whatever it is and names."""

ZONES = ("UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")
instants = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001, the zone is drawn
    datetime(2050, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, *map(ZoneInfo, ZONES)]),
)


def shelves(book: Book) -> dict[str, tuple[Record, ...]]:
    """What a book keeps, by shelf."""
    return {shelf: getattr(book, shelf) for shelf in SHELVES.values()}


def kept(book: Book) -> Iterator[Record]:
    """All records of a book."""
    for records in shelves(book).values():
        yield from records


def loose(book: Book) -> list[Record]:
    """The records of a book that no other names."""
    bound = {(shelf, id_) for record in kept(book) for _, shelf, id_ in named(record)}
    return [
        record
        for record in kept(book)
        if (SHELVES[type(record)], key_of(record)) not in bound
    ]


class TestWithout:
    @given(books())
    def test_is_undone_by_with(self, book: Book) -> None:
        """What was taken out and is put back gives the book that was."""
        for record in loose(book):
            earlier = book.without(record)

            assert earlier != book
            assert record not in kept(earlier)
            assert earlier.with_(record) == book

    @given(books())
    def test_undoes_with(self, book: Book) -> None:
        """What was put in and is taken out again leaves the book as it was."""
        for record in loose(book):
            earlier = book.without(record)

            assert earlier.with_(record).without(record) == earlier

    @given(books(), parties(ids=st.just(NEWCOMER)))
    def test_undoes_with_of_several_at_once(
        self, book: Book, party: Person | Organisation
    ) -> None:
        """A record goes together with those that name it, in whichever order."""
        asked = CustomerRecord(party=party.id)
        taken_on = Engagement(
            id=EngagementId("newcomer"),
            opened=DAY,
            clients=frozenset({party.id}),
            services=(Service(line="tax"),),
        )
        new = (party, asked, taken_on)

        assert book.with_(*new).without(*new) == book
        assert book.with_(*new[::-1]).without(*new[::-1]) == book
        assert book.with_(*new).without(taken_on) == book.with_(party, asked)

    @given(books())
    def test_of_everything_leaves_nothing(self, book: Book) -> None:
        """All records may go at once, whoever names whom."""
        bare = book.without(*kept(book))

        assert bare == Book(provider=book.provider, zone=book.zone)
        assert bare.with_(*kept(book)) == book

    @given(books())
    def test_refuses_what_is_named(self, book: Book) -> None:
        """A record that one which stays names is not taken out, and is named."""
        free = loose(book)
        for record in kept(book):
            if record not in free:
                with pytest.raises(BookError) as caught:
                    book.without(record)

                assert {problem.code for problem in caught.value.problems} == {
                    "reference"
                }
                for problem in caught.value.problems:
                    assert problem.message.startswith(repr(key_of(record)))

    @given(books())
    def test_refuses_what_is_not_there(self, book: Book) -> None:
        """A record of the same id that says something else is not in the book."""
        for record in kept(book):
            other = evolve(record, **CHANGES[type(record)])
            if other != record:
                told = f"there is no such {type(record).__name__}: {key_of(record)!r}"

                with pytest.raises(UnknownIdError, match=f"^{re.escape(told)}$"):
                    book.without(other)

    def test_says_who_names_it(self) -> None:
        """Of an engagement about which something was written, the writing is told."""
        book = EMPTY.with_(ADA, TAX, NOTICE)

        with pytest.raises(BookError) as caught:
            book.without(TAX)
        assert [problem.pointer for problem in caught.value.problems] == [
            "/writings/0/engagement"
        ]

    def test_leaves_the_old_book_as_it_was(self) -> None:
        """A changed book is another book."""
        book = EMPTY.with_(ADA)

        assert book.without(ADA) == EMPTY
        assert book.parties == (ADA,)
        assert EMPTY.parties == ()


class TestWith:
    @given(books())
    def test_replaces_a_record_of_the_same_id(self, book: Book) -> None:
        """The new one is in its place, the old one is gone, and all others stay."""
        for record in kept(book):
            new = evolve(record, **CHANGES[type(record)])
            changed = book.with_(new)

            assert new in kept(changed)
            assert {*kept(changed)} - {new} == {*kept(book)} - {record}
            assert changed.with_(record) == book

    @given(books())
    def test_changes_nothing_that_is_there(self, book: Book) -> None:
        """Putting in what a book has, or nothing, gives an equal book."""
        assert book.with_() == book.without() == book
        assert book.with_(*kept(book)) == book

    def test_takes_the_last_of_an_id(self) -> None:
        """Of two records of an id, put in at once, the later one stays."""
        countess = evolve(ADA, name="Countess of Lovelace")

        assert EMPTY.with_(ADA, countess) == EMPTY.with_(countess)

    def test_lets_a_person_become_an_organisation(self) -> None:
        """People and organisations share their ids: one takes the other's place."""
        firm = Organisation(id=ADA.id, name="Ada & Co")

        assert EMPTY.with_(ADA).with_(firm).parties == (firm,)

    def test_refuses_what_does_not_fit(self) -> None:
        """The new records stand last in the book that is refused."""
        bob = Person(id=PartyId("bob"), name="Bob")
        lost = evolve(TAX, payers=frozenset({PartyId("eve")}))

        with pytest.raises(BookError) as caught:
            EMPTY.with_(bob, ADA, evolve(TAX, id=EngagementId("z"))).with_(lost)
        (problem,) = caught.value.problems
        assert problem.pointer == "/engagements/1/payers/0"

    @pytest.mark.parametrize("record", [[ADA], (ADA,), "ada", None, EMPTY], ids=repr)
    def test_takes_records_one_by_one(self, record: Any) -> None:  # noqa: ANN401
        """A list of records, or what else is none, is refused, coming and going."""
        told = r"^records: expected a Person, .* or a \w+, got .*; give records one"

        for change in (EMPTY.with_, EMPTY.without):
            with pytest.raises(TypeError, match=told):
                change(record)

    def test_takes_records_of_a_class_of_your_own(self) -> None:
        """What is made of a kind of record is one of that kind."""

        class Friend(Person):
            """A person that a program has more to say of."""

        friend = Friend(id=PartyId("eve"), name="Eve")
        assert EMPTY.with_(friend).without(friend) == EMPTY


class TestRates:
    @given(books(), st.dates(date(2024, 6, 1), date(2028, 6, 1)))
    def test_are_those_of_a_day(self, book: Book, day: date) -> None:
        """The cards that charge anything on that day, in the order of the shelf."""
        found = book.rates_on(day)

        assert found == tuple(c for c in book.rates if c in found)
        for card in book.rates:
            assert (card in found) == any(day in rate.period for rate in card.rates)

    def test_are_of_a_day(self) -> None:
        """An instant has no day by itself, whatever cards there are."""
        now: Any = datetime(2026, 1, 1, tzinfo=UTC)

        with pytest.raises(TypeError, match=r"^day: expected a day, got .* take its"):
            EMPTY.rates_on(now)


class TestDay:
    @given(instants, st.sampled_from(ZONES), st.sampled_from(ZONES))
    def test_is_one_for_one_instant(
        self, instant: datetime, ours: str, theirs: str
    ) -> None:
        """It hangs on the instant and on our zone, and not on how it was told."""
        book = evolve(EMPTY, zone=ours)

        assert book.day(instant.astimezone(ZoneInfo(theirs))) == book.day(instant)

    @given(instants, st.sampled_from(ZONES))
    def test_is_what_our_clock_says(self, instant: datetime, zone: str) -> None:
        """It is the date that a clock on our wall shows."""
        wall = instant.astimezone(ZoneInfo(zone))

        assert evolve(EMPTY, zone=zone).day(instant).isoformat() == f"{wall:%Y-%m-%d}"

    @given(instants, st.timedeltas(timedelta(0)), st.sampled_from(ZONES))
    def test_never_goes_back(
        self, instant: datetime, wait: timedelta, zone: str
    ) -> None:
        """Later it is the same day or a later one."""
        book = evolve(EMPTY, zone=zone)
        later = min(wait, timedelta(9999))
        told = instant.astimezone(UTC)

        assert book.day(told) <= book.day(told + later)

    @pytest.mark.parametrize(
        ("zone", "instant", "day"),
        [
            ("UTC", "2026-03-01T00:00Z", "2026-03-01"),
            ("UTC", "2026-03-01T00:30+01:00", "2026-02-28"),
            ("Europe/London", "2026-06-30T22:59Z", "2026-06-30"),
            ("Europe/London", "2026-06-30T23:00Z", "2026-07-01"),
            ("Europe/London", "2026-12-31T23:59Z", "2026-12-31"),
            ("America/New_York", "2026-01-01T04:59Z", "2025-12-31"),
            ("America/New_York", "2026-01-01T05:00Z", "2026-01-01"),
            ("Asia/Kathmandu", "2026-02-28T18:14Z", "2026-02-28"),
            ("Asia/Kathmandu", "2026-02-28T18:15Z", "2026-03-01"),
            ("Pacific/Apia", "2011-12-30T09:59Z", "2011-12-29"),
            ("Pacific/Apia", "2011-12-30T10:00Z", "2011-12-31"),
        ],
    )
    def test_begins_at_our_midnight(self, zone: str, instant: str, day: str) -> None:
        """In summer, in winter and by quarters of an hour; some days never come."""
        book = evolve(EMPTY, zone=zone)

        assert book.day(datetime.fromisoformat(instant)) == date.fromisoformat(day)

    @pytest.mark.parametrize("zone", ZONES)
    def test_needs_a_zone(self, zone: str) -> None:
        """An instant that does not say in which zone it is might be any day."""
        naive = datetime(2026, 1, 1, 12)  # noqa: DTZ001, the point
        told = r"^instant is 2026-01-01 12:00:00, in no zone; give an aware one$"

        with pytest.raises(ValueError, match=told):
            evolve(EMPTY, zone=zone).day(naive)

    @pytest.mark.parametrize("instant", [DAY, "2026-01-01", None, 5], ids=repr)
    def test_is_of_an_instant(self, instant: Any) -> None:  # noqa: ANN401
        """A day, or what else is no instant, is refused with how to write one."""
        told = r"^instant: expected a datetime, got .*; use datetime\(.* tzinfo=UTC\)$"

        with pytest.raises(TypeError, match=told):
            EMPTY.day(instant)

    @pytest.mark.parametrize(
        ("zone", "instant"),
        [
            ("America/New_York", datetime(1, 1, 1, tzinfo=UTC)),
            ("Asia/Kathmandu", datetime(9999, 12, 31, 23, tzinfo=UTC)),
            ("UTC", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))),
        ],
    )
    def test_has_an_end(self, zone: str, instant: datetime) -> None:
        """An instant in a year that no calendar of ours has is refused as a value."""
        told = f"^instant is {re.escape(str(instant))}, which no day in {zone} has"

        with pytest.raises(ValueError, match=told):
            evolve(EMPTY, zone=zone).day(instant)


class TestZone:
    @pytest.mark.parametrize("zone", ZONES)
    def test_is_one_of_the_map(self, zone: str) -> None:
        """The zones of the IANA database are known by their names."""
        assert evolve(EMPTY, zone=zone).zone == zone

    @pytest.mark.parametrize(
        "zone",
        [
            "",
            " ",
            ".",
            "..",
            "Mars/Base",
            "Europe",
            "europe london",
            "../../etc/passwd",
            "/etc/passwd",
            "/usr/share/zoneinfo/UTC",
            "Europe/../Europe/London",
            "zone.tab",
            "UTC\0",
            "\ud800",
            "a" * 10_000,
        ],
        ids=lambda zone: repr(zone[:30]),
    )
    def test_is_no_other_word(self, zone: str) -> None:
        """What is no zone, or a way out of the database, is refused by name."""
        told = re.escape(f"zone is {shown(zone)}")
        remedy = "; name an IANA time zone such as 'Europe/London' .* tzdata"

        with pytest.raises(ValueError, match=rf"^{told}( \(did you .*\))?{remedy}"):
            evolve(EMPTY, zone=zone)

    def test_may_be_misspelt(self) -> None:
        """As a calendar does, it says which one is near."""
        with pytest.raises(ValueError, match=r"\(did you mean 'Europe/Berlin'\?\)"):
            evolve(EMPTY, zone="Europe/Berlni")

    @pytest.mark.parametrize(
        ("zone", "hint"),
        [
            ("right/Europe/London", " (did you mean 'Europe/London'?)"),
            ("posix/UTC", " (did you mean 'UTC'?)"),
            *(
                (zone, "")
                for zone in ("localtime", "posixrules", "Factory", "localtim")
            ),
        ],
    )
    def test_is_none_of_the_machine(self, zone: str, hint: str) -> None:
        """What means another zone elsewhere, or counts leap seconds, is refused."""
        told = re.escape(f"zone is {zone!r}{hint}; name an IANA time zone")

        with pytest.raises(ValueError, match=f"^{told}"):
            evolve(EMPTY, zone=zone)
        with pytest.raises(ValueError, match=f"^{told}"):
            always(zone=zone)

    @given(st.text(max_size=20))
    def test_is_refused_in_one_way(self, zone: str) -> None:
        """Whatever the text, it is a zone that tells the day, or is refused."""
        try:
            book = evolve(EMPTY, zone=zone)
        except ValueError as error:
            assert str(error).startswith("zone is ")  # noqa: PT017
        else:
            assert isinstance(book.day(datetime(2026, 1, 1, tzinfo=UTC)), date)
