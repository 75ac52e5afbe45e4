# ruff: noqa: PLR2004 - rules are full of numbers
"""Rules: ten of them over six facts, by hand and as a table; and cases for them."""

from enum import StrEnum
from random import Random

from attrs import asdict, field, frozen

from relationkit.tables import COUNT, FactRecord, Table, build, domains_of

__all__ = [
    "RULES",
    "Channel",
    "Customer",
    "Level",
    "Stranger",
    "Tier",
    "by_hand",
    "customers",
    "in_words",
    "ten_rules",
]


class Tier(StrEnum):
    """How much they are worth to us."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"


class Channel(StrEnum):
    """How they reach us."""

    WEB = "web"
    PHONE = "phone"
    CHAT = "chat"


class Level(StrEnum):
    """How much is made for them."""

    NONE = "none"
    BASIC = "basic"
    STANDARD = "standard"
    HIGH = "high"
    BESPOKE = "bespoke"


@frozen(kw_only=True)
class Customer(FactRecord):
    """What the rules ask.

    Attributes:
        fiduciary: Whether we owe them loyalty.
        spend: What they spend in a year, in whole units of money.
        tier: How much they are worth.
        tenure: For how many months.
        complaint: Whether they complain.
        channel: How they reach us.
    """

    fiduciary: bool
    spend: int = field(metadata=COUNT)
    tier: Tier
    tenure: int = field(metadata=COUNT)
    complaint: bool
    channel: Channel


@frozen(kw_only=True)
class Stranger(FactRecord):
    """The same of whom not everything is known.

    Attributes:
        fiduciary: Whether we owe them loyalty.
        spend: What they spend in a year, in whole units of money.
        tier: How much they are worth.
        tenure: For how many months.
        complaint: Whether they complain.
        channel: How they reach us.
    """

    fiduciary: bool | None
    spend: int | None = field(metadata=COUNT)
    tier: Tier | None
    tenure: int | None = field(metadata=COUNT)
    complaint: bool | None
    channel: Channel | None


RULES: tuple[tuple[dict[str, str | bool], str], ...] = (
    ({"fiduciary": True, "spend": ">= 100000"}, "bespoke"),
    ({"tier": "platinum", "tenure": ">= 24"}, "bespoke"),
    ({"fiduciary": True}, "high"),
    ({"spend": ">= 20000", "tier": "gold", "complaint": False}, "high"),
    ({"tenure": ">= 12", "complaint": True}, "high"),
    (
        {"spend": "5000 .. 20000", "tier": "silver", "channel": "phone, chat"},
        "standard",
    ),
    ({"tier": "gold"}, "standard"),
    ({"spend": ">= 20000"}, "standard"),
    ({"spend": "< 500", "channel": "web"}, "none"),
    ({}, "basic"),
)
"""What each asks, and what it answers; the first that is met gives the answer."""

SILVER, GOLD, PLATINUM = Tier.SILVER, Tier.GOLD, Tier.PLATINUM
WEB, PHONE, CHAT = Channel
NONE, BASIC, STANDARD, HIGH, BESPOKE = Level


def by_hand(who: Customer) -> Level:  # noqa: PLR0911, ten rules
    """The same as someone writes it who wants it fast, and takes facts as known."""
    if who.fiduciary and who.spend >= 100_000:
        return BESPOKE
    if who.tier is PLATINUM and who.tenure >= 24:
        return BESPOKE
    if who.fiduciary:
        return HIGH
    if who.tier is GOLD and who.spend >= 20_000 and not who.complaint:
        return HIGH
    if who.complaint and who.tenure >= 12:
        return HIGH
    if (
        who.tier is SILVER
        and (who.channel is PHONE or who.channel is CHAT)
        and 5_000 <= who.spend < 20_000
    ):
        return STANDARD
    if who.tier is GOLD:
        return STANDARD
    if who.spend >= 20_000:
        return STANDARD
    if who.channel is WEB and who.spend < 500:
        return NONE
    return BASIC


def ten_rules(record: type[FactRecord] = Customer) -> Table[Level]:
    """The same as a table, which takes such records at their word."""
    rules = [
        {
            "id": f"r{at}",
            "when": when,
            "then": then,
            "because": "agreed",
            "source": "ours",
        }
        for at, (when, then) in enumerate(RULES, start=1)
    ]
    return build(
        {"rule": rules},
        yields="level",
        answers=Level,
        facts=domains_of(record),
        record=record,
    )


def customers(count: int) -> list[Customer]:
    """Some at random, the same each time, of whom everything is known."""
    rng = Random(count)  # noqa: S311, no secret
    return [
        Customer(
            fiduciary=rng.random() < 0.2,
            spend=rng.choice([0, 500, 5_000, 20_000, 100_000, 200_000]),
            tier=rng.choice([*Tier]),
            tenure=rng.choice([0, 5, 12, 24, 60]),
            complaint=rng.random() < 0.3,
            channel=rng.choice([*Channel]),
        )
        for _ in range(count)
    ]


def in_words(who: Customer) -> dict[str, object]:
    """The same as it comes from JSON: words, numbers, true and false."""
    values = asdict(who).items()
    return {name: str(v) if isinstance(v, StrEnum) else v for name, v in values}
