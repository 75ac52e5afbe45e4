import json
import pickle
from enum import EnumType
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relationkit import contracts, duties, engagements, relationships, sla, targets
from relationkit.contracts import ContractForm
from relationkit.errors import (
    BookError,
    DecodeError,
    InvalidError,
    PolicyError,
    Problem,
    RelationkitError,
    Severity,
    UndecidedError,
    UnknownIdError,
    pointer,
    shown,
    suggestion,
)

PROBLEM = Problem("/a/0", "type", "expected a text, got 5", "write it in quotes")


def resolved(place: str, document: object) -> object:
    """What a JSON Pointer leads to, as RFC 6901 has it."""
    for token in place.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(document, dict):
            document = document[key]
        elif isinstance(document, list):
            document = document[int(key)]
    return document


class TestProblem:
    def test_reads_as_a_line(self) -> None:
        """It says where, what and how to mend it, as far as there is that to say."""
        assert str(PROBLEM) == "/a/0: expected a text, got 5 (write it in quotes)"
        assert str(Problem("/a/0", "type", "not a text")) == "/a/0: not a text"
        assert str(Problem("", "type", "not a text")) == "not a text"

    @given(st.text(st.characters()), st.text(st.characters()))
    def test_stays_on_its_line(self, place: str, message: str) -> None:
        """Nothing in a document breaks the line, hides, or cannot be printed."""
        line = str(Problem(place, "value", message))

        assert line.isprintable()
        assert line.encode().decode() == line

    def test_is_cut_short_as_a_line(self) -> None:
        """A line has an end, whatever was quoted; nothing is lost to programs."""
        long = "x" * 5_000
        problem = Problem(f"/{long}", "type", long, long)
        assert len(str(problem)) < 3_100
        assert str(problem).endswith("x...)")
        assert problem.message == problem.hint == problem.pointer[1:] == long

    def test_refuses_unless_it_says_otherwise(self) -> None:
        """A problem is an error unless it is a warning."""
        assert PROBLEM.severity is Severity.ERROR

    def test_is_seen_from_outside(self) -> None:
        """A problem of a part is one of the whole, at a longer place."""
        outer = PROBLEM.under("/tables/level")

        assert outer.pointer == "/tables/level/a/0"
        assert outer.under("") == outer
        assert (outer.code, outer.message, outer.hint) == (
            PROBLEM.code,
            PROBLEM.message,
            PROBLEM.hint,
        )


class TestInvalidError:
    @pytest.mark.parametrize("error", [DecodeError, BookError, PolicyError])
    def test_tells_all_problems(self, error: type[InvalidError]) -> None:
        """All that is wrong is on it, and read a line each."""
        other = Problem("", "gap", "no rule answers")

        raised = error(iter([PROBLEM, other]))

        assert raised.problems == (PROBLEM, other)
        assert str(raised) == f"{PROBLEM}\n{other}"
        assert isinstance(raised, RelationkitError)
        assert isinstance(raised, ValueError)

    def test_as_json(self) -> None:
        """Every key of every problem is there, in plain words."""
        assert json.loads(json.dumps(DecodeError([PROBLEM]).as_json())) == [
            {
                "pointer": "/a/0",
                "code": "type",
                "message": "expected a text, got 5",
                "hint": "write it in quotes",
                "severity": "error",
            }
        ]

    def test_as_problem_details(self) -> None:
        """It has the members of RFC 9457, and counts what it lists."""
        told = DecodeError([PROBLEM, PROBLEM]).as_problem_details()

        assert json.loads(json.dumps(told)) == {
            "type": "about:blank",
            "title": "Unprocessable Content",
            "status": 422,
            "detail": "2 problems were found",
            "errors": [
                {
                    "pointer": "#/a/0",
                    "code": "type",
                    "detail": "expected a text, got 5",
                    "hint": "write it in quotes",
                }
            ]
            * 2,
        }

    @given(st.lists(st.text(st.characters()) | st.integers(0, 3)))
    def test_details_lead_to_the_place(self, steps: list[str | int]) -> None:
        """Their pointers are fragments of URIs, which lead where pointers do."""
        place = pointer(*steps)
        told = DecodeError([Problem(place, "type", "")]).as_problem_details()
        assert isinstance(told["errors"], list)
        (error,) = told["errors"]

        assert error["pointer"].isascii()
        assert unquote(error["pointer"], errors="surrogatepass") == f"#{place}"

    def test_pickles(self) -> None:
        """An error from another process tells as much."""
        again = pickle.loads(pickle.dumps(PolicyError([PROBLEM])))  # noqa: S301

        assert type(again) is PolicyError
        assert again.problems == (PROBLEM,)


class TestUnknownIdError:
    def test_tells_the_nearest(self) -> None:
        """A misspelt id is told the one that was meant."""
        error = UnknownIdError.of("party", "adda", ["ada", "bob"])

        assert str(error) == "there is no party 'adda' (did you mean 'ada'?)"
        assert isinstance(error, LookupError)
        assert isinstance(error, RelationkitError)

    def test_tells_as_much_as_is_of_use(self) -> None:
        """Where nothing is near and there is too much to list, it is short."""
        ids = [f"party-{number}" for number in range(100)]

        assert str(UnknownIdError.of("party", "x" * 1000, ids)) == (
            f"there is no party {'x' * 60!r}"
        )


class TestUndecidedError:
    def test_tells_the_facts_to_ask_for(self) -> None:
        """The facts to ask for come along, also from another process."""
        error = UndecidedError("ask for age", ("age",))

        for told in (error, pickle.loads(pickle.dumps(error))):  # noqa: S301
            assert str(told) == "ask for age"
            assert told.needs == ("age",)


class TestPointer:
    @given(st.lists(st.text() | st.integers(0, 3)))
    def test_leads_to_the_place(self, steps: list[str | int]) -> None:
        """Whoever follows it as RFC 6901 has it arrives where its steps lead."""
        document: object = "here"
        for step in reversed(steps):
            is_key = isinstance(step, str)
            document = {step: document} if is_key else [None] * int(step) + [document]

        assert resolved(pointer(*steps), document) == "here"

    def test_of_no_step_is_the_whole(self) -> None:
        """No step leads nowhere else; an empty key is a step."""
        assert pointer() == ""
        assert pointer("") == "/"
        assert pointer("~1", "/") == "/~01/~1"


class TestShown:
    @given(st.text() | st.integers() | st.lists(st.booleans()))
    def test_is_the_value_with_its_middle_left_out(self, value: object) -> None:
        """What is short is its repr; of what is long both ends are seen."""
        told, whole = shown(value), repr(value)

        assert len(told) <= 60
        assert told == whole or len(whole) > 60
        start, _, end = told.partition("...")
        assert told == whole or (whole.startswith(start) and whole.endswith(end))

    def test_of_a_huge_number_says_so(self) -> None:
        """A number that Python refuses to write out is no error."""
        assert shown(10**5000) == "a number too long to show"


class TestSuggestion:
    def test_is_the_nearest(self) -> None:
        """Of what is near, the nearest is meant."""
        assert suggestion("tailord", ["tailored", "bespoke", "tail"]) == (
            "did you mean 'tailored'?"
        )

    def test_lists_what_there_is(self) -> None:
        """Where nothing is near, what there is is listed in order."""
        assert suggestion("x", ["web", "phone"]) == "one of: phone, web"

    @pytest.mark.parametrize("known", [[], ["y" * 241], ["y" * 120, "z" * 120]])
    def test_is_silent_where_it_is_no_help(self, known: list[str]) -> None:
        """Nothing to list, or more than is read, is not listed."""
        assert suggestion("x", known) == ""

    def test_lists_all_members_of_any_enum_of_ours(self) -> None:
        """Whoever writes a word that is near to none is told all that there are."""
        enums = [contracts, duties, engagements, relationships, sla, targets]
        found = [one for module in enums for one in vars(module).values()]
        members = [one for one in found if isinstance(one, EnumType) and len(one)]

        assert ContractForm in members
        for one in members:
            assert suggestion("qqqq", one) == f"one of: {', '.join(sorted(one))}"

    def test_does_not_read_long_words_to_the_end(self) -> None:
        """A word of any length has its nearest at once."""
        assert suggestion("bespoke" + "!" * 10**7, ["x"]) == "one of: x"

    def test_is_silent_where_there_is_too_much_to_search(self) -> None:
        """Among thousands of names none is looked for; that would take too long."""
        names = [f"name{i}" for i in range(1_000)]
        assert suggestion("name07", names).startswith("did you mean 'name")
        assert suggestion("name07", [*names, "name07"]) == ""
