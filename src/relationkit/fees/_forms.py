"""Forms: what a fee may be, and how fees are made of fees."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final, TypeAlias

from attrs import Attribute, field, frozen, resolve_types

from relationkit.constraints import Said, Several
from relationkit.fees._leaves import SIZE, Fixed, Graduated, PerUnit, Tiered, Volume
from relationkit.figures import Number, Share, told
from relationkit.records import as_declared, is_of

__all__ = ["Bounded", "Bundle", "Discounted", "Fee", "metrics", "walk"]

DEPTH: Final = 16
"""How deep a fee may nest."""

# Fees are made of fees, which no annotation can say before there are any: what
# holds fees is checked by validators, and its annotation resolved at the end.
HOLD_FEES: Final = frozenset({"parts", "inner"})


def _as_declared(
    kind: type, fields: "list[Attribute[object]]"
) -> "list[Attribute[object]]":
    """The same as ``as_declared``, but for fields that hold fees."""
    return [
        one if one.name in HOLD_FEES else as_declared(kind, [one])[0] for one in fields
    ]


SOME: Final = Several(1, "give one, such as a fixed fee", SIZE)


def _are_fees(_: object, __: object, parts: tuple["Fee", ...]) -> None:
    is_of("parts", tuple[Fee, ...], parts)


def _are_reckonable(_: object, __: object, parts: tuple["Fee", ...]) -> None:
    _check_bounded("parts", parts)


@frozen(kw_only=True, field_transformer=_as_declared)
class Bundle:
    """All of its parts together: base and usage, or a rate for each role.

    Attributes:
        parts: In the order in which their lines are to stand.

    Raises:
        ValueError: If there are none, or more than a fee may have.
    """

    parts: tuple["Fee", ...] = field(validator=[_are_fees, SOME, _are_reckonable])


@frozen(kw_only=True, field_transformer=_as_declared)
class Bounded:
    """A fee that is at least so much, at most so much, or both.

    What the bounds add or take off is a line of its own.

    Attributes:
        inner: What is bounded.
        at_least: The minimum; None for none.
        at_most: What is not exceeded; None for no such cap.

    Raises:
        ValueError: If *at_most* is below *at_least*.
    """

    inner: "Fee" = field()
    at_least: Decimal | None = field(default=None, validator=Number())
    at_most: Decimal | None = field(default=None, validator=Number())

    @inner.validator
    def _is_fee(self, _: object, inner: "Fee") -> None:
        is_of("inner", Fee, inner)
        _check_bounded("inner", (inner,))

    @at_most.validator
    def _is_not_below_the_minimum(self, _: object, at_most: Decimal | None) -> None:
        if at_most is None or self.at_least is None or at_most >= self.at_least:
            return
        raise ValueError(
            f"at_most is {told(at_most)}, below at_least, {told(self.at_least)};"
            f" raise the cap or lower the minimum"
        )


@frozen(kw_only=True, field_transformer=_as_declared)
class Discounted:
    """A fee less a share of it; the share is a line of its own.

    Discount, minimum and cap apply in the order in which they enclose each other.

    Attributes:
        inner: What is reduced.
        share: Which share of it is taken off: 0 nothing, 0.1 a tenth, 1 all of it.
        label: What the line is called.
    """

    inner: "Fee" = field()
    share: Decimal = field(validator=Share())
    label: str = field(default="discount", validator=Said())

    @inner.validator
    def _is_fee(self, _: object, inner: "Fee") -> None:
        is_of("inner", Fee, inner)
        _check_bounded("inner", (inner,))


Fee: TypeAlias = Fixed | PerUnit | Graduated | Volume | Bundle | Bounded | Discounted
"""What a provider may charge: one of seven forms."""

for holder in (Bundle, Bounded, Discounted):
    resolve_types(holder, {"Fee": Fee})


def metrics(fee: Fee) -> frozenset[str]:
    """The quantities that a *fee* depends on, by name.

    >>> metrics(PerUnit(rate=Decimal(250), metric="hours"))
    frozenset({'hours'})

    Raises:
        TypeError: If *fee* is none.
    """
    is_of("fee", Fee, fee)
    return frozenset(
        one.metric for one, _ in walk(fee) if isinstance(one, PerUnit | Tiered)
    )


def walk(fee: Fee, place: str = "") -> Iterator[tuple[Fee, str]]:
    """A *fee* and all that it is made of, each with the JSON Pointer to it.

    A *place* is that of the whole, where it is not a document by itself.

    >>> hours = PerUnit(rate=Decimal(250), metric="hours")
    >>> [place for _, place in walk(Bundle(parts=(hours, hours)))]
    ['', '/parts/0', '/parts/1']
    """
    yield fee, place
    if isinstance(fee, Bundle):
        for at, part in enumerate(fee.parts):
            yield from walk(part, f"{place}/parts/{at}")
    elif isinstance(fee, Bounded | Discounted):
        yield from walk(fee.inner, f"{place}/inner")


def _check_bounded(name: str, parts: tuple[Fee, ...]) -> None:
    """Refuse *parts* that are too many, or nest too deep, to be reckoned with.

    Each part was itself checked, so that nothing here takes long.
    """
    if sum(islice(_sizes(parts), SIZE + 1)) > SIZE:
        raise ValueError(
            f"{name}: too large; a fee has at most {SIZE} parts and tiers, those of its"
            f" parts counted"
        )
    if max(map(_depth, parts)) >= DEPTH:
        raise ValueError(f"{name}: nested too deep; fees nest at most {DEPTH} deep")


def _depth(fee: Fee) -> int:
    if isinstance(fee, Bundle):
        return 1 + max(map(_depth, fee.parts))
    if isinstance(fee, Bounded | Discounted):
        return 1 + _depth(fee.inner)
    return 1


def _sizes(parts: tuple[Fee, ...]) -> Iterator[int]:
    """At least 1 for each part of *parts*, and of these."""
    for part in parts:
        for one, _ in walk(part):
            yield len(one.tiers) if isinstance(one, Tiered) else 1
