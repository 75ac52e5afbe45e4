"""What tables cost, as ratios; ``nox -s bench -- benchmarks/tables.py``.

Alternatives take turns, so that a busy machine slows all of them alike, and must
all find the same.  Exits 1 if a ratio is beyond its bar.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from random import Random
from statistics import median
from time import process_time
from typing import Any

from _peers import EXPRESSION, Way, by_zen, ways
from _rivals import SlowError, Verdict, by_solver, by_subtraction, by_sweep
from _rules import (
    Channel,
    Customer,
    Level,
    Stranger,
    Tier,
    by_hand,
    customers,
    in_words,
    ten_rules,
)
from _shapes import Grade, Shape, dense, grown, shrunk, tree
from _turns import alike, at_least, at_most, medians, noted, over, seconds
from attrs import asdict

from relationkit.decisions import Outcome
from relationkit.tables import Table, build, diff
from relationkit.tables._boxes import Box
from relationkit.tables._proofs import Proofs

CASES = 200
PLENTY = 10_000_000
"""More steps than any proof here takes."""
BARS = {
    "zen-engine": 15.0,
    "rule-engine": 50.0,
    "json-logic-qubit": 50.0,
    "business-rules": 50.0,
}
"""How many times as long as an answer each engine takes at least."""
RIVALS: Mapping[str, Callable[[Box, Sequence[Box], float], Verdict]] = {
    "box subtraction": by_subtraction,
    "z3": by_solver,
    "a sweep": by_sweep,
}


def main() -> int:
    """Print every ratio beside its bar; 1 if one is beyond it."""
    sections = (deciding, reading, growing, wondering, solving, proving, comparing)
    chosen = [s for s in sections if s.__name__ in sys.argv[1:]] or sections
    within = [is_within for section in chosen for is_within in section()]
    return 0 if all(within) else 1


def deciding() -> Iterator[bool]:
    """Ten rules over facts that are ready, in the form that each takes fastest."""
    table, cases = ten_rules(), customers(CASES)
    words, answers = [*map(in_words, cases)], [*map(by_hand, cases)]
    work = {
        "by hand": over(cases, by_hand),
        "answer": over(cases, table.answer),
        "decide": over(cases, table.decide),
    }
    alike("answer", [*map(table.answer, cases)], answers)
    for way in ways():
        taken = [way.takes(facts) for facts in words]
        alike(way.name, [way.told(way.ask(facts)) for facts in taken], answers)
        work[way.name] = over(taken, way.ask)
    spent = medians(work, rounds=31)
    hand, answer = spent["by hand"], spent["answer"]
    yield at_most("answer : if and elif by hand", answer / hand, 1.3)
    yield at_most("decide : if and elif by hand", spent["decide"] / hand, 3)
    for engine, bar in BARS.items():
        best = min((n for n in spent if n.startswith(engine)), key=spent.__getitem__)
        yield at_least(f"{best} : answer", spent[best] / answer, bar)
        noted(f"{best} : decide", spent[best] / spent["decide"])
    noted(f"{EXPRESSION} : answer", spent[EXPRESSION] / answer)


def reading() -> Iterator[bool]:
    """The same from dictionaries of words, numbers, true and false, all checked."""
    table, cases = ten_rules(), customers(CASES)
    words, answers = [*map(in_words, cases)], [*map(by_hand, cases)]
    work = {}
    for name, decided in {
        "words to members, decide": from_words(table),
        "words to a record, decide": from_record(table),
    }.items():
        alike(name, [decided(facts).answer for facts in words], answers)
        work[name] = over(words, decided)
    for way in by_zen():
        work[way.name] = over(words, asking(way))
    spent = medians(work, rounds=31)
    ours, record = [*spent][:2]
    best = min((n for n in spent if n.startswith("zen")), key=spent.__getitem__)
    yield at_least(f"{best} : {ours}", spent[best] / spent[ours], 2.5)
    noted(f"{best} : {record}", spent[best] / spent[record])


def asking(way: Way) -> Callable[[dict[str, object]], object]:
    """What asks in that *way* of words."""
    return lambda facts: way.ask(way.takes(facts))


def from_words(table: Table[Level]) -> Callable[[dict[str, Any]], Outcome[Level]]:
    """What makes members of words, and lets the table check the rest."""
    decide = table.decide

    def ask(facts: dict[str, Any]) -> Outcome[Level]:
        tier, channel = Tier(facts["tier"]), Channel(facts["channel"])
        return decide({**facts, "tier": tier, "channel": channel})

    return ask


def from_record(table: Table[Level]) -> Callable[[dict[str, Any]], Outcome[Level]]:
    """What makes a record of them, which checks them."""
    decide = table.decide

    def ask(facts: dict[str, Any]) -> Outcome[Level]:
        tier, channel = Tier(facts["tier"]), Channel(facts["channel"])
        return decide(Customer(**{**facts, "tier": tier, "channel": channel}))

    return ask


def growing() -> Iterator[bool]:
    """Many rules beside ten, over facts that are ready."""
    few, many = ten_rules(), tree(3_700, 8, seed=4)
    records = many.records(CASES)
    table = built(many, record=type(records[0]))
    work = {
        "ten": over(customers(CASES), few.decide),
        "many": over(records, table.decide),
        "ten answers": over(customers(CASES), few.answer),
        "many answers": over(records, table.answer),
    }
    spent = medians(work, rounds=31)
    yield at_most("decide by 3,700 rules : by 10", spent["many"] / spent["ten"], 15)
    ratio = spent["many answers"] / spent["ten answers"]
    yield at_most("answer by 3,700 rules : by 10", ratio, 15)


def wondering() -> Iterator[bool]:
    """Facts of which some are unknown, beside an answer where all are known."""
    table, rng = ten_rules(Stranger), Random(CASES)  # noqa: S311, no secret
    facts = [asdict(who) for who in customers(CASES)]
    known = [Stranger(**values) for values in facts]
    for unknown in (1, 3):
        some = [
            Stranger(**{**values, **dict.fromkeys(rng.sample([*values], unknown))})
            for values in facts * 5
        ]
        settled = [who for who in some if table.answer(who) is not None]
        open_ = [who for who in some if table.answer(who) is None]
        work = {
            "known": over(known, table.answer),
            "settled": over(settled, table.decide),
            "open": over(open_, lambda who: table.decide(who).needs),
        }
        spent = medians(work, rounds=31)
        each = spent["known"] / len(known)
        ratio = spent["settled"] / len(settled) / each
        told = f"{unknown} of 6 facts unknown"
        yield at_most(f"decide, {told}, {len(settled)} cases : answer", ratio, 30)
        ratio = spent["open"] / len(open_) / each
        yield at_most(f"its needs, {told}, {len(open_)} cases : answer", ratio, 60)


def solving() -> Iterator[bool]:
    """Proofs of tree-shaped rules beside what z3 takes for the same questions."""
    exact = tree(500, 8, seed=8)
    shapes = {"exact": exact, "grown": grown(exact, 8), "shrunk": shrunk(exact, 8)}
    for name, shape in shapes.items():
        full, boxes = shape.cut()
        found, ours, theirs = raced(full, boxes, by_solver, most=60)
        alike(f"z3, {name}", found, proved(full, boxes))
        yield at_least(f"z3 : proofs, tree 500 x 8 {name}", theirs / ours, 15)


def proving() -> Iterator[bool]:
    """Proofs of all sorts of rules beside the best of their rivals."""
    for name, shape in mixed():
        full, boxes = shape.cut()
        verdict, best = proved(full, boxes), 0.0
        told = []
        for rival, find in RIVALS.items():
            found, ours, theirs = raced(full, boxes, find, most=2)
            if found:
                alike(f"{rival}, {name}", found, verdict)
                best = max(best, ours / theirs)
            told.append(f"{rival} {'' if found else 'over '}{theirs / ours:.1f}")
        yield at_most(f"proofs : best rival, {name}", best, 1.2)
        print(f"    rivals : proofs: {', '.join(told)}")


def comparing() -> Iterator[bool]:
    """The difference that one rule makes, beside the load of a table."""
    shape = living(grown(tree(500, 8, seed=8), 8))
    at = len(shape.rules) // 3
    answered = shape.rows()
    answered[at][-3] = str(next(g for g in Grade if g != answered[at][-3]))
    edits = {"another answer": answered, "a wider cell": wider(shape, at).rows()}
    old = built(shape)
    for name, rows in edits.items():
        compare = partial(diff, old, built(shape, rows))
        spent = medians({"load": partial(built, shape), "diff": compare}, rounds=7)
        ratio = spent["diff"] / spent["load"]
        yield at_most(f"diff after {name}, 500 x 8 : load", ratio, 10)
        print(f"    {len(compare())} differences; load in {spent['load'] * 1e3:.0f} ms")


def living(shape: Shape) -> Shape:
    """The same without dead rules."""
    dead = proved(*shape.cut()).dead
    return Shape(
        shape.full, tuple(r for at, r in enumerate(shape.rules) if at not in dead)
    )


def wider(shape: Shape, at: int) -> Shape:
    """The same with one rule wider, so that no other is dead."""
    tried = (shape.with_wider(at, seed) for seed in range(100))
    return next(new for new in tried if not proved(*new.cut()).dead)


def built(
    shape: Shape, rows: list[list[str]] | None = None, record: type | None = None
) -> Table[Grade]:
    """The table of its rules, or of other *rows* about the same facts."""
    return build(
        {"columns": shape.columns(), "rows": rows or shape.rows()},
        yields="grade",
        answers=Grade,
        facts=shape.facts(),
        record=record,
        steps=PLENTY,
    )


def mixed() -> Iterator[tuple[str, Shape]]:
    """Rules of all sorts, always the same."""
    for rules, columns in ((50, 5), (200, 5), (500, 8)):
        exact = tree(rules, columns, seed=rules)
        yield f"tree {rules} x {columns} exact", exact
        yield f"tree {rules} x {columns} grown", grown(exact, rules)
        yield f"tree {rules} x {columns} shrunk", shrunk(exact, rules)
    for rules, anything in ((30, 0.6), (100, 0.4), (200, 0.5), (500, 0.4)):
        shape = dense(rules, 8, anything, seed=rules)
        yield f"dense {rules} x 8, {anything:.0%} any", shape


def proved(full: Box, boxes: Sequence[Box]) -> Verdict:
    """What is proved of rules when a table is built."""
    proofs = Proofs(full, boxes, PLENTY)
    dead = tuple(at for at, own in enumerate(proofs.own) if not own)
    return Verdict(proofs.is_total, dead, any(proofs.earlier))


def raced(
    full: Box,
    boxes: Sequence[Box],
    rival: Callable[[Box, Sequence[Box], float], Verdict],
    most: float,
) -> tuple[Verdict | None, float, float]:
    """What a *rival* finds, and seconds for the proofs and for it.

    It has found nothing if it takes more than *most* seconds; then it is not
    asked again.
    """
    ours: list[float] = []
    theirs: list[float] = []
    found = None
    for _ in range(5):
        ours.append(seconds(lambda: proved(full, boxes)))
        start = process_time()
        try:
            found = rival(full, boxes, most)
        except SlowError:
            return None, median(ours), process_time() - start
        theirs.append(process_time() - start)
    return found, median(ours), median(theirs)


if __name__ == "__main__":
    sys.exit(main())
