from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit.engagements import Help, Service, ServiceKind, Stakes, Tailoring
from relationkit.facts._services import of_services
from relationkit.strategies import services

few = st.lists(services(), max_size=3)
ANY = ["professional"]
MOST: dict[str, tuple[object, ...]] = {
    "help": tuple(Help),
    "tailoring": tuple(Tailoring),
    "stakes": tuple(Stakes),
}
SAME = ["recurring", "metered", "counted", "wide_volumes", "scope_defined"]
SAME += ["repeatable", "value_measurable", "outcome_fee_permitted"]
RECORDED = ["value_agreed", "outcome_fee", "fee_on_assets"]


def judged(services: list[Service], name: str) -> list[object]:
    """What was judged of each."""
    return [getattr(service, name) for service in services]


def together(services: list[Service]) -> dict[str, object]:
    """What is known of them together."""
    return dict(of_services(services))


def ways(judged: list[object], members: tuple[object, ...]) -> list[tuple[object, ...]]:
    """All that the judgements may turn out to be, once everyone has judged."""
    return list(product(*(members if one is None else (one,) for one in judged)))


class TestServices:
    @pytest.mark.parametrize("name", ANY)
    @given(bought=few)
    def test_are_skilled_if_any_is(self, name: str, bought: list[Service]) -> None:
        """Known as soon as no judgement that is missing can change it."""
        answers: set[object] = {
            any(way) for way in ways(judged(bought, name), (False, True))
        }

        assert together(bought)[name] is only(answers)

    @pytest.mark.parametrize("name", MOST)
    @given(bought=few)
    def test_are_as_much_as_the_most(self, name: str, bought: list[Service]) -> None:
        """The most of all; unknown if a missing judgement may still be more."""
        members = MOST[name]
        told = ways(judged(bought, name), members)
        answers = {max(way, key=members.index, default=members[0]) for way in told}

        assert together(bought)[name] is only(answers)

    @pytest.mark.parametrize("name", SAME)
    @given(bought=few)
    def test_are_what_all_of_them_are(self, name: str, bought: list[Service]) -> None:
        """Known if all agree, and unknown if they differ or one is not judged."""
        found = set(judged(bought, name))

        assert together(bought)[name] is only(found or {False})

    @pytest.mark.parametrize("name", RECORDED)
    @given(bought=few)
    def test_have_on_record_what_any_has(
        self, name: str, bought: list[Service]
    ) -> None:
        """What was agreed of one service is on record of all."""
        assert together(bought)[name] is any(judged(bought, name))

    @given(few)
    def test_are_a_service_if_any_is(self, bought: list[Service]) -> None:
        """Goods alone are no service."""
        is_one = ServiceKind.SERVICE in judged(bought, "kind")

        assert of_services(bought)["service"] is is_one

    @given(few)
    def test_come_in_any_order(self, bought: list[Service]) -> None:
        """It does not matter which is named first, nor how often."""
        told = of_services(bought)

        assert all(of_services(order) == told for order in permutations(bought))
        assert of_services(bought + bought) == told

    @given(services())
    def test_of_one_kind_are_what_that_is(self, service: Service) -> None:
        """What was judged of a single service is what is known of it."""
        told = together([service])
        is_one = service.kind is ServiceKind.SERVICE

        assert told.pop("service") is is_one
        assert told == {name: getattr(service, name) for name in told}

    def test_of_which_there_are_none_are_the_least(self) -> None:
        """No dealing is the least of everything, and nothing about it is unknown."""
        least = Service(
            line="none",
            kind=ServiceKind.GOODS,
            help=Help.NONE,
            tailoring=Tailoring.READY_MADE,
            stakes=Stakes.LOW,
            **dict.fromkeys([*ANY, *SAME], False),
        )

        assert of_services([]) == of_services([least])


def only(answers: set[object]) -> object:
    """The one answer; None if there are several."""
    return answers.pop() if len(answers) == 1 else None
