"""Tags: what a class is called where another might stand in its place."""

from collections.abc import Mapping
from types import MappingProxyType

from relationkit.duties import FiduciaryDuty, OtherDuty
from relationkit.fees import (
    Bounded,
    Bundle,
    Discounted,
    Fixed,
    Graduated,
    PerUnit,
    Volume,
)
from relationkit.parties import Organisation, Person
from relationkit.relationships import Client, Customer

__all__ = ["TAG", "TAGS", "tags_of"]

TAG = "type"
"""The key under which a table says of which class it is, before all others."""
TAGS: Mapping[type, str] = MappingProxyType(
    {
        Person: "person",
        Organisation: "organisation",
        FiduciaryDuty: "fiduciary",
        OtherDuty: "other",
        Customer: "customer",
        Client: "client",
        Fixed: "fixed",
        PerUnit: "per_unit",
        Graduated: "graduated",
        Volume: "volume",
        Bundle: "bundle",
        Bounded: "bounded",
        Discounted: "discounted",
    }
)


def tags_of(kind: type) -> dict[str, type]:
    """The tags of *kind* and of what may stand in its place; empty if it has none."""
    if kind not in TAGS:
        return {}
    return {tag: one for one, tag in TAGS.items() if issubclass(one, kind)}
