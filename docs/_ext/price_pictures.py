"""Price pictures: what fees cost over a quantity, drawn when the site is built."""

from collections.abc import Mapping
from decimal import Decimal

from relationkit import pictures
from relationkit.fees import Fee, Graduated, Tier, Volume

__all__ = ["with_pictures"]

TIERS = (Tier(up_to=Decimal(20), rate=Decimal(2)), Tier(rate=Decimal(1)))
SEATS: Mapping[str, Fee] = {
    "graduated": Graduated(tiers=TIERS, metric="seats"),
    "volume": Volume(tiers=TIERS, metric="seats"),
}
PLACE = "<!-- what 0 to 40 seats cost -->"


def with_pictures(page: str) -> str:
    """The *page* with its picture where it says so."""
    drawn = pictures.prices(SEATS, "seats", Decimal(40), unit="USD")
    return page.replace(PLACE, f"```{{raw}} html\n{drawn}\n```")
