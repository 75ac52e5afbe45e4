"""When requests fall due, drawn."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from relationkit.pictures import timeline_svg, timeline_text
from relationkit.sla import Pause, deadline
from relationkit.targets import Coverage, Goal, Metric

OPENED = datetime(2026, 11, 2, 9, tzinfo=UTC)
GOAL = Goal(
    metric=Metric.FIRST_RESPONSE,
    within=timedelta(hours=4),
    clock=Coverage.ALWAYS,
    at_risk=(Decimal("0.5"),),
)
HELD = deadline(GOAL, OPENED, None, [Pause(start=OPENED + timedelta(hours=1))])


class TestText:
    def test_of_none_is_empty(self) -> None:
        """There is nothing to draw."""
        assert timeline_text([]) == ""

    def test_of_what_is_not_known_has_no_end(self) -> None:
        """While a pause is open nobody knows when it falls due."""
        told = timeline_text([HELD], width=9)

        assert told.startswith("first response    #")
        assert "=" in told
        assert "|" not in told


class TestSvg:
    def test_of_none_is_refused(self) -> None:
        """An image of nothing would look like an answer."""
        with pytest.raises(ValueError, match=r"^deadlines are none; draw one at least"):
            timeline_svg([])

    def test_marks_where_it_is_at_risk(self) -> None:
        """Each point at risk has its mark, and where it falls due."""
        root = ET.fromstring(timeline_svg([deadline(GOAL, OPENED, None)]))  # noqa: S314, ours
        marks = [one for one in root.iter() if one.tag.endswith("line")]

        assert [title.text for mark in marks for title in mark] == [
            "at risk: 0.5 of the time",
            "first response: due 2026-11-02 13:00 UTC",
        ]

    def test_marks_only_what_is_known(self) -> None:
        """While a pause is open, no point after it is drawn."""
        root = ET.fromstring(timeline_svg([HELD]))  # noqa: S314, ours

        assert [one for one in root.iter() if one.tag.endswith("line")] == []
