"""Plans in documents: their targets, and the scale by which these are told apart."""

from typing import cast

import pytest

from relationkit import codec
from relationkit.errors import DecodeError
from relationkit.targets import Plan, Priority, Target, scale

OWN_SCALE = """
priorities = ["p2", "p1", "vip"]
coverage = "business_hours"
channel = "general"
named_contact = false
manner = "reactive"
targets = [
  { priority = "vip", first_response = "1h", resolution = "4h" },
  { priority = "p1", first_response = "2h", resolution = "end of next business day" },
  { priority = "p2", first_response = "4h", resolution = "end of next business day" },
]
"""


class TestPlans:
    def test_without_a_scale_have_the_common_one(self) -> None:
        """Nothing is written of it either."""
        target = {"first_response": "1h", "resolution": "2h"}
        told = {
            "targets": [{"priority": one.value, **target} for one in Priority],
            "coverage": "always",
            "channel": "general",
            "named_contact": False,
            "manner": "reactive",
        }
        read = codec.load(told, Plan)

        assert read.priorities == tuple(Priority)
        assert "priorities" not in cast("dict[str, object]", codec.dump(read))

    def test_keep_the_order_of_their_scale(self) -> None:
        """Least to most urgent, whatever the names."""
        read = codec.loads(OWN_SCALE, Plan, form=codec.Format.TOML)

        assert read.priorities == scale("p2", "p1", "vip")
        again = codec.dumps(read, form=codec.Format.TOML)
        assert codec.loads(again, Plan, form=codec.Format.TOML) == read

    def test_say_what_is_no_scale(self) -> None:
        """At its place, and what is missing of it at that of the targets."""
        for change, told in (
            (('["p2", "p1", "vip"]', '["p2", "p1", "p2"]'), "/priorities: prior.*once"),
            (('["p2", "p1", "vip"]', "[]"), "/priorities: .*100 at most, got none"),
            (('["p2", "p1", "vip"]', '["p2", "vip"]'), "/targets/1/priority: no prior"),
            (
                ('["p2", "p1", "vip"]', '["p2", "p1", "vip", "p0"]'),
                "/targets: .*of p2, p1, vip, p0 one",
            ),
            (("vip", " vip"), "^/priorities/2: expected an id [^\\n]*$"),
            (
                ('priority = "p1"', 'priority = "P1"'),
                r"^/targets/\d/priority: no priority 'P1' .* mean 'p1'\?\)$",
            ),
            (('"p1",', '"p3",'), "/targets/1/priority: no priority 'p1'"),
        ):
            with pytest.raises(DecodeError, match=told):
                codec.loads(OWN_SCALE.replace(*change, 1), Plan, form=codec.Format.TOML)

    def test_a_common_priority_or_another(self) -> None:
        """What is called as a common one is that, and all else one of a plan's own."""
        told = {"priority": "low", "first_response": "1h", "resolution": "2h"}

        assert codec.load(told, Target).priority is Priority.LOW
        assert codec.load({**told, "priority": "p1"}, Target).priority == "p1"
        with pytest.raises(DecodeError, match=r"^/priority: expected an id with no"):
            codec.load({**told, "priority": " "}, Target)
