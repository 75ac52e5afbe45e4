"""Timelines: which time counted until a promise falls due."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from relationkit.sla import Counting, Deadline, Spell

__all__ = ["timeline_svg", "timeline_text"]

SIGNS = {Counting.CLOSED: ".", Counting.PAUSED: "=", Counting.COUNTED: "#"}
FILLS = {
    Counting.COUNTED: "#2f6f4f",
    Counting.PAUSED: "#d9a441",
    Counting.CLOSED: "#d8d8d8",
}
LEFT, WIDE, TALL, GAP = 130, 600, 18, 12
OPEN = timedelta(hours=1)
"""How much is drawn of a pause whose end nobody knows, at least."""


class Axis:
    """All time that several deadlines take, laid out from 0 to 1."""

    def __init__(self, deadlines: Sequence[Deadline]) -> None:
        spans = [span for one in deadlines for span in one.intervals]
        starts = [span.start.astimezone(UTC) for span in spans]
        ends = [s.end.astimezone(UTC) for s in spans if s.end is not None]
        is_open = any(span.end is None for span in spans)
        known = max([*starts, *ends])
        self.first = min(starts)
        self.last = known + (
            max((known - self.first) / 8, OPEN) if is_open else OPEN * 0
        )

    def at(self, instant: datetime | None) -> float:
        """Where *instant* is; the end if nobody knows."""
        if instant is None:
            return 1.0
        return (instant.astimezone(UTC) - self.first) / (self.last - self.first)


def timeline_text(deadlines: Sequence[Deadline], *, width: int = 60) -> str:
    """The *deadlines* as lines of signs, on one scale; empty if there are none.

    ``#`` counts, ``=`` is paused, ``.`` is closed, and ``|`` is where it falls
    due.  Of two that share the width of a sign, what counts is shown.

    >>> from relationkit.sla import deadline
    >>> from relationkit.targets import Coverage, Goal, Metric
    >>> goal = Goal(
    ...     metric=Metric.FIRST_RESPONSE,
    ...     within=timedelta(hours=4),
    ...     clock=Coverage.ALWAYS,
    ... )
    >>> due = deadline(goal, datetime(2026, 11, 2, 9, tzinfo=UTC), None)
    >>> print(timeline_text([due], width=8))
    first response    ########|
    """
    if not deadlines:
        return ""
    axis = Axis(deadlines)
    return "\n".join(_line(one, axis, width) for one in deadlines)


def _line(deadline: Deadline, axis: Axis, width: int) -> str:
    signs = [" "] * width
    for counting, sign in SIGNS.items():
        for span in deadline.intervals:
            if span.counting is counting:
                start, end = (round(axis.at(a) * width) for a in (span.start, span.end))
                start = min(start, width - 1)
                for place in range(start, max(end, start + 1)):
                    signs[place] = sign
    if deadline.due_at is not None:
        signs.insert(round(axis.at(deadline.due_at) * width), "|")
    return f"{_name(deadline):18}{''.join(signs)}".rstrip()


def _name(deadline: Deadline) -> str:
    return deadline.goal.metric.replace("_", " ")


def timeline_svg(deadlines: Sequence[Deadline]) -> str:
    """The *deadlines* as an SVG image, a row each on one scale.

    Each stretch of time has its colour, and its instants as a title.

    >>> from datetime import UTC, datetime, timedelta
    >>> from relationkit import sla
    >>> from relationkit.targets import Coverage, Goal, Metric
    >>> goal = Goal(
    ...     metric=Metric.FIRST_RESPONSE,
    ...     within=timedelta(hours=4),
    ...     clock=Coverage.ALWAYS,
    ... )
    >>> opened = datetime(2026, 11, 2, 9, tzinfo=UTC)
    >>> timeline_svg([sla.deadline(goal, opened, None)]).startswith("<svg ")
    True

    Raises:
        ValueError: If there are none.
    """
    if not deadlines:
        raise ValueError("deadlines are none; draw one at least")
    axis = Axis(deadlines)
    tall = len(deadlines) * (TALL + GAP) + 2 * GAP + TALL
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDE + GAP}"'
        f' height="{tall}" font-family="sans-serif" font-size="12" role="img">'
    )
    tops = range(GAP, tall, TALL + GAP)
    rows = [_row(one, axis, top) for one, top in zip(deadlines, tops, strict=False)]
    parts = [part for row in rows for part in row]
    return "\n".join([head, *parts, *_legend(tall - GAP), "</svg>", ""])


def _row(deadline: Deadline, axis: Axis, top: int) -> Iterator[str]:
    yield f'<text x="0" y="{top + TALL - 5}">{_name(deadline)}</text>'
    for span in deadline.intervals:
        yield _box(span, axis, top)
    for point in deadline.at_risk:
        if point.at is not None:
            yield _mark(axis.at(point.at), top, "#b58900", f"at risk: {point.told}")
    if deadline.due_at is not None:
        yield _mark(axis.at(deadline.due_at), top, "#b02a2a", str(deadline))


def _box(span: Spell, axis: Axis, top: int) -> str:
    start, end = (LEFT + axis.at(at) * WIDE for at in (span.start, span.end))
    return (
        f'<rect x="{start:.1f}" y="{top}" width="{end - start:.1f}" height="{TALL}"'
        f' fill="{FILLS[span.counting]}"><title>{span}</title></rect>'
    )


def _mark(at: float, top: int, colour: str, told: str) -> str:
    x = LEFT + at * WIDE
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 3}" y2="{top + TALL + 3}"'
        f' stroke="{colour}" stroke-width="2"><title>{told}</title></line>'
    )


def _legend(bottom: int) -> Iterator[str]:
    for place, (counting, fill) in enumerate(FILLS.items()):
        x = LEFT + place * 110
        yield f'<rect x="{x}" y="{bottom - 9}" width="10" height="10" fill="{fill}"/>'
        yield f'<text x="{x + 15}" y="{bottom}">{counting.value}</text>'
