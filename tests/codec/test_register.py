"""Our models within the documents of another converter."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen
from cattrs import ClassValidationError, Converter, transform_error
from hypothesis import given

from relationkit import codec, strategies
from relationkit.errors import DecodeError
from relationkit.money import Money
from relationkit.parties import Party
from relationkit.policy import Answers, Assessment
from relationkit.relationships import Client, Customer


@frozen(kw_only=True)
class Ticket:
    """Something of an application's own."""

    number: int
    raised_by: Party
    about: Client | None = None
    owner: Party | None = None
    copied: tuple[Customer | Client, ...] = ()
    price: Money | None = None


def converter(*, detailed_validation: bool = True) -> Converter:
    made = Converter(detailed_validation=detailed_validation)
    codec.register(made)
    return made


class TestRegister:
    @given(
        parties=strategies.parties(),
        client=strategies.clients(),
        price=strategies.moneys(),
    )
    def test_round_trip(self, parties: Party, client: Client, price: Money) -> None:
        """Ours come and go in a document of theirs, and lose nothing."""
        ours = converter()
        ticket = Ticket(
            number=5,
            raised_by=parties,
            about=client,
            owner=parties,
            copied=(client, client.as_customer()),
            price=price,
        )
        told = ours.unstructure(ticket)

        assert told["raised_by"] == codec.dump(parties)
        assert ours.structure(told, Ticket) == ticket

    def test_leaves_the_rest(self) -> None:
        """How a converter reads what is not ours stays as it was."""
        ours = converter()
        told = {"number": "5", "raised_by": {"type": "person", "id": "a", "name": "A"}}

        assert ours.structure(told, Ticket).number == 5
        assert ours.structure(None, str) == "None"
        assert ours.unstructure(Decimal("1.50")) == Decimal("1.50")
        told["raised_by"] = {"type": "person", "id": 5, "name": "A"}
        with pytest.raises(ClassValidationError):
            ours.structure(told, Ticket)

    def test_errors(self) -> None:
        """What is wrong with ours is told within theirs, place after place."""
        told: dict[str, Any] = {"number": "x", "raised_by": {"type": "person", "id": 5}}

        with pytest.raises(ClassValidationError) as caught:
            converter().structure(told, Ticket)
        (ours,) = caught.value.subgroup(DecodeError).exceptions  # type: ignore[union-attr]
        assert isinstance(ours, DecodeError)
        assert [problem.pointer for problem in ours.problems] == ["/id", ""]
        assert [one.rpartition(" @ ")[2] for one in transform_error(caught.value)] == [
            "$.number",
            "$.raised_by",
        ]
        with pytest.raises(DecodeError):
            converter(detailed_validation=False).structure(
                {**told, "number": 5}, Ticket
            )

    @given(assessed=strategies.assessments())
    def test_outcomes(self, assessed: Assessment) -> None:
        """Assessments and outcomes are written as we write them."""
        ours = converter()

        for value in (assessed, assessed.standing, assessed.engagements):
            assert ours.unstructure(value) == codec.dump(value)
        assert isinstance(assessed.service, Answers)
