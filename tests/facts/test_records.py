from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from relationkit import facts
from relationkit.contracts import Contract, ContractForm, ContractStatus, Signature
from relationkit.duties import Basis, FiduciaryDuty
from relationkit.engagements import (
    Closing,
    Engagement,
    Fiduciary,
    Judgement,
    Matter,
    Service,
)
from relationkit.facts import Dealings, Engaged, Facts
from relationkit.money import Money
from relationkit.parties import Person
from relationkit.periods import Period
from relationkit.records import (
    ContractId,
    EngagementId,
    PartyId,
    PurchaseId,
    RegimeId,
)
from relationkit.relationships import (
    Client,
    Customer,
    Inquiry,
    Purchase,
    Stance,
    StatedStance,
)
from relationkit.strategies import contracts, days

TODAY = date(2026, 11, 22)
ADA = PartyId("ada")
NOBODY = Customer(party=Person(id=ADA, name="Ada Byron"))
TAX = Service(line="tax")
WORK = Engagement(
    id=EngagementId("work"), opened=TODAY, clients=frozenset({ADA}), services=(TAX,)
)
CODE = frozenset({RegimeId("code")})
DUTY = FiduciaryDuty(
    basis=Basis.STATUTE,
    fiduciary=PartyId("us"),
    principal=ADA,
    period=Period(TODAY),
)
PART = evolve(DUTY, scope="the sale only")
OPEN, UNSURE, CLOSED = None, Closing(on=None), Closing(on=TODAY)


def known(customer: Customer, on: date = TODAY) -> Facts:
    """What is known of the customer."""
    return facts.of(customer, on=on, currency="USD")


def bought(ago: int, amount: Money | None = None, line: str = "tax") -> Purchase:
    """A purchase so many days ago."""
    return Purchase(
        id=PurchaseId(f"{line} {ago} {amount}"),
        on=TODAY - timedelta(ago),
        service=Service(line=line),
        amount=amount,
    )


def buyer(*purchases: Purchase) -> Customer:
    """Someone who bought that."""
    return evolve(NOBODY, purchases=purchases)


def client(*engagements: Engagement) -> Client:
    """Someone for whom that was taken on."""
    told = [evolve(e, id=EngagementId(str(at))) for at, e in enumerate(engagements)]
    return Client(party=NOBODY.party, engagements=tuple(told))


def dollars(amount: str) -> Money:
    """So many dollars."""
    return Money(Decimal(amount), "USD")


def paper(party: PartyId, period: Period | None = None) -> Contract:
    """A membership of that party, signed by all this year."""
    parties = frozenset({party, PartyId("us")})
    signed = tuple(Signature(party=one, on=date(2026, 1, 5)) for one in parties)
    return Contract(
        id=ContractId("terms"),
        form=ContractForm.MEMBERSHIP,
        parties=parties,
        signatures=signed,
        period=period,
    )


class TestDealings:
    @pytest.mark.parametrize(
        ("customer", "dealings"),
        [
            (NOBODY, Dealings.NONE),
            (
                evolve(NOBODY, inquiries=(Inquiry(about="tax", on=TODAY),)),
                Dealings.ASKED,
            ),
            (buyer(bought(0)), Dealings.PROVIDED),
            (client(WORK), Dealings.PROVIDED),
            (client(evolve(WORK, closed=CLOSED)), Dealings.PROVIDED),
        ],
    )
    def test_go_as_far_as_they_went(
        self, customer: Customer, dealings: Dealings
    ) -> None:
        """Nothing, asked, or provided; work taken on counts as provided."""
        assert known(customer).dealings is dealings

    def test_begin_on_their_day(self) -> None:
        """The day before they asked, nothing had passed."""
        asked = evolve(NOBODY, inquiries=(Inquiry(about="tax", on=TODAY),))

        assert known(asked, TODAY - timedelta(1)).dealings is Dealings.NONE


class TestTenure:
    @pytest.mark.parametrize(
        ("customer", "tenure"),
        [
            (NOBODY, 0),
            (evolve(NOBODY, inquiries=(Inquiry(about="tax", on=date(2020, 1, 1)),)), 0),
            (buyer(bought(0)), 0),
            (buyer(bought(3), bought(800)), 800),
            (client(evolve(WORK, opened=date(2025, 11, 22))), 365),
        ],
    )
    def test_is_counted_from_the_first(self, customer: Customer, tenure: int) -> None:
        """Days since the first purchase or engagement; asking does not count."""
        assert known(customer).tenure_days == tenure

    def test_is_counted_from_the_first_of_both(self) -> None:
        """Whichever came first, purchase or engagement."""
        both = evolve(client(WORK), purchases=(bought(9),))

        assert known(both).tenure_days == 9


class TestServiceLines:
    def test_are_counted_once(self) -> None:
        """Lines bought and lines taken on are counted together, each once."""
        both = evolve(
            client(evolve(WORK, services=(TAX, Service(line="audit")))),
            purchases=(bought(1), bought(2), bought(1, line="software")),
        )

        assert known(both).service_lines == 3
        assert known(NOBODY).service_lines == 0


class TestLargestSale:
    @pytest.mark.parametrize(
        ("purchases", "largest"),
        [
            ((), "0"),
            ((bought(1, dollars("0.00")),), "0"),
            ((bought(1, dollars("9.99")), bought(2, dollars("12.00"))), "12"),
        ],
    )
    def test_is_the_dearest(
        self, purchases: tuple[Purchase, ...], largest: str
    ) -> None:
        """The dearest purchase, whenever that was; 0 if there is none."""
        told = known(buyer(*purchases))

        assert (told.largest_sale, told.unknown) == (Decimal(largest), ())

    @pytest.mark.parametrize(
        ("purchase", "why"),
        [
            (bought(1), "the amount of the purchase 'tax 1 None' is not on record"),
            (
                bought(1, Money(Decimal(5), "EUR")),
                "the purchase 'tax 1 5 EUR' was in EUR, and sales are reckoned in USD",
            ),
        ],
    )
    def test_is_unknown_for_a_reason(self, purchase: Purchase, why: str) -> None:
        """Of an amount not known or not in the currency it says so."""
        told = known(buyer(purchase, bought(2, dollars("12.00"))))

        assert (told.largest_sale, told.why_unknown("largest_sale")) == (None, why)

    def test_is_unknown_only_once_it_happened(self) -> None:
        """A purchase that is still to come spoils nothing."""
        told = known(buyer(bought(-1), bought(2, dollars("12.00"))))

        assert told.largest_sale == 12


class TestStance:
    def test_is_the_last_that_was_said(self) -> None:
        """It stands until they say otherwise, whatever they may say later."""
        said = evolve(
            NOBODY,
            stances=(
                StatedStance(stance=Stance.TRANSACTIONAL, on=date(2025, 1, 1)),
                StatedStance(stance=Stance.RELATIONAL, on=TODAY),
            ),
        )

        told = [known(said, TODAY - timedelta(ago)).stance for ago in (0, 1, 5_000)]
        assert told == [Stance.RELATIONAL, Stance.TRANSACTIONAL, Stance.UNSTATED]


class TestWantsCertainty:
    def test_is_the_last_judgement(self) -> None:
        """Unknown until someone judged it; a judgement of another matter is none."""
        judged = evolve(
            NOBODY,
            judgements=(
                Judgement(
                    matter=Matter.WANTS_CERTAINTY, holds=True, on=date(2025, 1, 1)
                ),
                Judgement(matter=Matter.WANTS_CERTAINTY, holds=False, on=TODAY),
            ),
        )

        told = [
            known(judged, TODAY - timedelta(a)).wants_certainty for a in (0, 1, 400)
        ]
        assert told == [False, True, True]
        assert known(judged, date(2024, 6, 1)).wants_certainty is None


class TestPapers:
    @given(contracts(parties=st.just(frozenset({ADA, PartyId("us")}))), days())
    def test_bind_once_signed_and_until_they_end(
        self, contract: Contract, on: date
    ) -> None:
        """An agreement is signed by all and not over; a membership is in force."""
        told = known(evolve(NOBODY, contracts=(contract,)), on)
        status = contract.status(on)

        binding = {ContractStatus.SIGNED, ContractStatus.IN_FORCE}
        assert told.signed_agreement == (status in binding)
        assert told.membership == (
            contract.form is ContractForm.MEMBERSHIP
            and status is ContractStatus.IN_FORCE
        )

    @pytest.mark.parametrize(
        ("period", "signed", "member"),
        [
            (None, True, True),
            (Period(date(2026, 2, 1), TODAY + timedelta(1)), True, True),
            (Period(TODAY + timedelta(1)), True, False),
            (Period(date(2026, 2, 1), TODAY), False, False),
        ],
    )
    def test_bind_before_they_begin(
        self,
        period: Period | None,
        signed: bool,  # noqa: FBT001, an expected value
        member: bool,  # noqa: FBT001, an expected value
    ) -> None:
        """What is signed binds before its period, and membership within it."""
        told = known(evolve(NOBODY, contracts=(paper(ADA, period=period),)))

        assert (told.signed_agreement, told.membership) == (signed, member)

    def test_of_others_bind_once_work_runs_under_them(self) -> None:
        """What others signed for the client counts from the opening of the work."""
        terms = paper(PartyId("acme"))
        paid = evolve(WORK, contract=terms.id)
        ada = Client(party=NOBODY.party, contracts=(terms,), engagements=(paid,))

        told = [known(ada, TODAY - timedelta(ago)) for ago in (0, 1)]
        assert [facts.signed_agreement for facts in told] == [True, False]
        assert [facts.membership for facts in told] == [True, False]

    def test_bind_the_engagement_that_runs_under_them(self) -> None:
        """Of one engagement, its own contract counts and no other."""
        terms = paper(ADA)
        under = evolve(WORK, id=EngagementId("under"), contract=terms.id)
        ada = Client(party=NOBODY.party, contracts=(terms,), engagements=(WORK, under))

        for id_, is_signed in (("under", True), ("work", False)):
            told = facts.of(ada, on=TODAY, currency="USD", engagement=id_)
            assert told.signed_agreement is is_signed

    def test_that_are_not_there_bind_nobody(self) -> None:
        """Nothing on record means no."""
        assert known(NOBODY).signed_agreement is False
        assert known(NOBODY).membership is False


def work(
    closed: Closing | None, *, code: bool = False, owed: tuple[FiduciaryDuty, ...] = ()
) -> Engagement:
    """An engagement that is open, closed today, or was closed nobody knows when."""
    regimes = CODE if code else frozenset[RegimeId]()
    return evolve(WORK, closed=closed, regimes=regimes, undertakings=owed)


class TestEngaged:
    @pytest.mark.parametrize(
        ("closings", "engaged", "ongoing"),
        [
            ([OPEN], Engaged.NOW, True),
            ([CLOSED], Engaged.FORMERLY, False),
            ([UNSURE], None, None),
            ([CLOSED, OPEN, UNSURE], Engaged.NOW, True),
            ([CLOSED, UNSURE], None, None),
            ([Closing(on=TODAY + timedelta(1))], Engaged.NOW, True),
        ],
    )
    def test_is_the_nearest(
        self,
        closings: list[Closing | None],
        engaged: Engaged | None,
        ongoing: bool | None,  # noqa: FBT001, an expected value
    ) -> None:
        """Open now, once, or never; of work closed nobody knows when, unknown."""
        told = known(client(*map(work, closings)))

        assert (told.engaged, told.ongoing) == (engaged, ongoing)

    def test_is_never_without_an_engagement(self) -> None:
        """Purchases engage nobody."""
        assert known(buyer(bought(1))).engaged is Engaged.NEVER
        assert known(client(WORK), TODAY - timedelta(1)).engaged is Engaged.NEVER


class TestOngoing:
    @pytest.mark.parametrize(
        ("ago", "ongoing"),
        [
            ([], False),
            ([0], False),
            ([0, 0], False),
            ([0, 1], True),
            ([0, 364], True),
            ([0, 365], False),
            ([365, 366, 400], False),
            ([0, -1], False),
        ],
    )
    def test_takes_two_days_within_a_year(
        self,
        ago: list[int],
        ongoing: bool,  # noqa: FBT001, an expected value
    ) -> None:
        """Who bought on two of the last 365 days goes on buying."""
        purchases = [bought(days, line=f"line {at}") for at, days in enumerate(ago)]

        assert known(buyer(*purchases)).ongoing is ongoing

    def test_is_settled_by_purchases_too(self) -> None:
        """Who goes on buying goes on, whatever became of an engagement."""
        both = evolve(client(work(UNSURE)), purchases=(bought(1), bought(2)))

        assert known(both).ongoing is True


class TestFiduciary:
    @pytest.mark.parametrize(
        ("engagements", "owed"),
        [
            ([work(OPEN)], Fiduciary.NO),
            ([work(OPEN, code=True)], None),
            ([work(OPEN, owed=(PART,))], Fiduciary.LIMITED),
            ([work(OPEN, owed=(PART, DUTY))], Fiduciary.YES),
            ([work(OPEN, owed=(PART,)), work(OPEN)], Fiduciary.LIMITED),
            ([work(OPEN, owed=(PART,)), work(OPEN, code=True)], None),
            ([work(OPEN, owed=(DUTY,)), work(OPEN, code=True)], Fiduciary.YES),
            ([work(UNSURE)], Fiduciary.NO),
            ([work(UNSURE, owed=(DUTY,))], None),
            ([work(CLOSED, owed=(DUTY,))], Fiduciary.NO),
            ([work(CLOSED, code=True)], Fiduciary.NO),
        ],
    )
    def test_is_the_strongest(
        self, engagements: list[Engagement], owed: Fiduciary | None
    ) -> None:
        """The strongest of several; unknown if an unknown one may be stronger."""
        assert known(client(*engagements)).fiduciary is owed

    def test_never_follows_from_buying(self) -> None:
        """A customer without an engagement is owed none."""
        assert known(buyer(bought(1), bought(2))).fiduciary is Fiduciary.NO
