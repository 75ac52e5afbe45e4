"""Pictures: what models say, drawn as SVG for a page."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from relationkit.fees import Fee
from relationkit.pricing import price_range

__all__ = ["prices"]

WIDTH: Final = 480
HEIGHT: Final = 240
LEFT: Final = 64
TOP: Final = 16
BOTTOM: Final = 40
POINTS: Final = 160
HEAD: Final = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    f' role="img" font-family="sans-serif" font-size="12" fill="currentColor">'
)
DASHES: Final = ("", "6 3", "2 3", "8 3 2 3")


def prices(
    fees: Mapping[str, Fee], metric: str, up_to: Decimal, *, unit: str = ""
) -> str:
    """What *fees* cost over a quantity, from none *up_to* so much of a *metric*.

    Each is a line with its name, dashed unlike the one before it.  The *unit* is that
    of amounts, such as ``USD``.  Colours are those of the page.

    >>> from relationkit.fees import PerUnit
    >>> drawn = prices({"seats": PerUnit(rate=Decimal(2))}, "quantity", Decimal(40))
    >>> drawn.startswith("<svg ") and drawn.count("<polyline ")
    1

    Raises:
        UsageError: If one of them is of another quantity, or has no price there.
        ValueError: If *up_to* is not above 0.
    """
    if up_to <= 0:
        raise ValueError(f"up_to is {up_to}; give a quantity above 0")
    drawn = {name: list(_points(fee, metric, up_to)) for name, fee in fees.items()}
    most = max((y for points in drawn.values() for _, y in points), default=0.0) or 1.0
    lines = [HEAD, *_axes(metric, up_to, most, unit)]
    for at, (name, points) in enumerate(drawn.items()):
        lines += _curve(name, at, [_placed(x, y, most) for x, y in points])
    return "\n".join([*lines, "</svg>"])


def _points(fee: Fee, metric: str, up_to: Decimal) -> Iterator[tuple[float, float]]:
    """The price of evenly spaced quantities, each as a share of the way."""
    for at in range(POINTS + 1):
        quantity = Decimal(f"{float(up_to) * at / POINTS:.6f}")
        price, _ = price_range(fee, {metric: quantity}, {metric: quantity})
        yield at / POINTS, float(price)


def _placed(x: float, y: float, most: float) -> tuple[float, float]:
    across, up = WIDTH - LEFT - TOP, HEIGHT - TOP - BOTTOM
    return LEFT + x * across, TOP + (1 - y / most) * up


def _axes(metric: str, up_to: Decimal, most: float, unit: str) -> Iterator[str]:
    (left, bottom), (right, top) = _placed(0, 0, most), _placed(1, most, most)
    yield (
        f'<path d="M{left:g} {top:g}V{bottom:g}H{right:g}" fill="none"'
        f' stroke="currentColor"/>'
    )
    label = f"{most:,.10g} {unit}".strip()
    yield _text(left - 6, top + 4, label, "end")
    yield _text(left - 6, bottom + 4, "0", "end")
    yield _text(right, bottom + 16, f"{up_to:f} {metric}", "end")


def _curve(name: str, at: int, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashes = DASHES[at % len(DASHES)]
    yield (
        f'<polyline points="{told}" fill="none" stroke="currentColor"'
        f' stroke-width="2" stroke-dasharray="{dashes or "none"}"/>'
    )
    x, y = points[(2 * POINTS // 5 + at * POINTS // 8) % len(points)]
    yield _text(x - 6, y - 6, name, "end")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
