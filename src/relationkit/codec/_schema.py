"""Schema: what documents of a kind look like, in JSON Schema 2020-12.

It comes from what reading goes by: the types of the fields, their constraints
and the grammars of texts; and from the docstrings.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType, NoneType, UnionType
from typing import Any, NewType, TypeAlias, Union, get_args, get_origin

import attrs
from typing_extensions import TypeForm

from relationkit import constraints
from relationkit.calendars import DateException, Hours, Interval
from relationkit.codec._docs import attributes_of, prose_of
from relationkit.codec._dump import dump
from relationkit.codec._load import converter, storable
from relationkit.codec._records import NULL, may_be_null
from relationkit.codec._schema_edition import edition_schema
from relationkit.codec._schema_plain import PLAIN
from relationkit.codec._tags import TAG, TAGS, tags_of
from relationkit.codec._versions import DATA, SCHEMA, SCHEMAS, version_of
from relationkit.contracts import FeeClause, Signature
from relationkit.duties import Duty
from relationkit.engagements import Closing, Judgement, Service
from relationkit.fees import Fee, Increment, Rate, Tier
from relationkit.money import CashStep, MinorUnit, Money
from relationkit.parties import Party
from relationkit.periods import Period
from relationkit.policy import Edition
from relationkit.pricing import Line
from relationkit.relationships import (
    Client,
    Consent,
    Customer,
    History,
    Inquiry,
    StatedStance,
)
from relationkit.sla import Band
from relationkit.targets import NextBusinessDay, Target

__all__ = ["KINDS", "json_schema"]

Schema: TypeAlias = dict[str, object]
Fields: TypeAlias = tuple["attrs.Attribute[Any]", ...]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: Mapping[str, TypeForm[object]] = MappingProxyType(
    {
        **{name: kind for kind, name in SCHEMAS.items()},
        "band": Band,
        "cash_step": CashStep,
        "closing": Closing,
        "consent": Consent,
        "date_exception": DateException,
        "duty": Duty,
        "fee": Fee,
        "fee_clause": FeeClause,
        "history": History,
        "hours": Hours,
        "increment": Increment,
        "inquiry": Inquiry,
        "interval": Interval,
        "judgement": Judgement,
        "line": Line,
        "minor_unit": MinorUnit,
        "money": Money,
        "next_business_day": NextBusinessDay,
        "party": Party,
        "period": Period,
        "rate": Rate,
        "relationship": Customer | Client,
        "service": Service,
        "signature": Signature,
        "stated_stance": StatedStance,
        "target": Target,
        "tier": Tier,
    }
)
"""What has a schema of its own, by the name of that."""


def json_schema(
    kind: TypeForm[object], *, versioned: bool = False
) -> dict[str, object]:
    """The JSON Schema of documents that are read as a *kind*.

    Or, *versioned*, of documents in which one is stored, as ``{"schema": "period/1",
    "data": ...}`` is; of a union, any of those that may stand in it.

    >>> from relationkit.periods import Period
    >>> json_schema(Period)["required"]
    ['start']

    It says nothing of what must fit between fields or records, or of which zones
    there are; and other programs take 5.0 for a whole number.

    Raises:
        TypeError: If documents are not read as a *kind*.
        ValueError: If, *versioned*, none is stored on its own.
    """
    converter(1).get_structure_hook(kind)
    name = next((name for name, known in KINDS.items() if known == kind), "")
    made = _Schemas()
    root = made.stored(kind) if versioned else made.root(kind)
    stored = ":stored" if versioned else ""
    ids = {"$id": f"urn:relationkit:{name}:{version_of(name)}{stored}"} if name else {}
    defs = {"$defs": dict(sorted(made.defs.items()))} if made.defs else {}
    return {"$schema": DIALECT, **ids, **root, **defs}


class _Schemas:
    """The schema of one kind, and those of all that may stand in it.

    Attributes:
        defs: What is referred to, by its name.
    """

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}

    def root(self, kind: object) -> Schema:
        """The schema of a whole document."""
        if kind is Edition:
            root = edition_schema()
            for name, told in _mapping(root.pop("$defs")).items():
                self.defs[name] = {**_mapping(told)}
            return root
        if kind in PLAIN:
            return self.of(kind, {})
        if isinstance(kind, type) and attrs.has(kind) and len(tags_of(kind)) < 2:  # noqa: PLR2004, itself alone
            return self._record(kind)
        return self.of(kind, {})

    def stored(self, kind: object) -> Schema:
        """The schema of a document that says of which schema its data is."""
        able = storable(kind)
        kinds = [one for one in SCHEMAS if able and issubclass(one, tuple(able))]
        if not kinds:
            raise ValueError(f"no {kind} is stored on its own; take its own schema")
        every = [self._envelope(one) for one in kinds]
        return {"type": "object", "oneOf": every} if kinds[1:] else every[0]

    def _envelope(self, kind: type) -> Schema:
        said = "Of which schema the data is, and of which version."
        name = f"{SCHEMAS[kind]}/{version_of(SCHEMAS[kind])}"
        data = self.root(kind) if kind is Edition else self._defined(kind)
        return {
            "title": f"{kind.__name__}, stored",
            "description": "A document that says of which schema it is.",
            "type": "object",
            "properties": {SCHEMA: {"description": said, "const": name}, DATA: data},
            "required": [SCHEMA, DATA],
            "additionalProperties": False,
        }

    def of(self, kind: Any, asked: Mapping[str, object]) -> Schema:  # noqa: ANN401, types
        """The schema of what stands in a field, with what is *asked* of it beside."""
        if meant := getattr(kind, "__value__", None):
            return self.of(meant, asked)
        if get_origin(kind) in {tuple, frozenset}:
            return self._several(kind, asked)
        if get_origin(kind) in {Union, UnionType}:
            return self._union(kind, asked)
        if kind in PLAIN:
            return {**PLAIN[kind], **asked}
        return self._named(kind, asked)

    def _named(self, kind: Any, asked: Mapping[str, object]) -> Schema:  # noqa: ANN401, types
        if len(tags := tags_of(kind)) > 1:
            return self._tagged(tags, kind)
        if isinstance(kind, NewType):
            self.defs[kind.__name__] = {"title": kind.__name__, **PLAIN[str], **asked}
            return {"$ref": f"#/$defs/{kind.__name__}"}
        return {**self._defined(kind), **asked}

    def _several(self, kind: object, asked: Mapping[str, object]) -> Schema:
        item = self.of(get_args(kind)[0], _mapping(asked.get("items", {})))
        unique = {"uniqueItems": True} if get_origin(kind) is frozenset else {}
        return {"type": "array", **asked, "items": item, **unique}

    def _union(self, kind: object, asked: Mapping[str, object]) -> Schema:
        kinds = [one for one in get_args(kind) if one is not NoneType]
        is_one = len(kinds) == 1
        inner = self.of(kinds[0], asked) if is_one else self._either(kinds, asked)
        if len(kinds) == len(get_args(kind)):
            return inner
        return {"anyOf": [inner, PLAIN[NoneType]]}

    def _either(self, kinds: list[Any], asked: Mapping[str, object]) -> Schema:
        if TAGS.keys() >= set(kinds):
            return self._tagged({TAGS[kind]: kind for kind in kinds}, None)
        ids = [kind for kind in kinds if isinstance(kind, NewType)]
        return {"anyOf": [self.of(k, asked if k in ids else {}) for k in kinds]}

    def _tagged(self, tags: Mapping[str, type], plain: type | None) -> Schema:
        """One of several classes; *plain* is the one that need not say which it is."""
        return {
            "type": "object",
            "oneOf": [
                {**self._defined(one), **({} if one is plain else {"required": [TAG]})}
                for one in tags.values()
            ],
        }

    def _defined(self, kind: type) -> Schema:
        """A reference to the schema of *kind*, which is made on first use."""
        name = kind.__name__
        if name not in self.defs:
            self.defs[name] = {}  # its place
            is_enum = issubclass(kind, StrEnum)
            self.defs[name] = _members(kind) if is_enum else self._record(kind)
        return {"$ref": f"#/$defs/{name}"}

    def _record(self, kind: type[Any]) -> Schema:
        fields: Fields = attrs.fields(kind)
        nullable = may_be_null(kind)
        needed = [f.name for f in fields if f.default is attrs.NOTHING]
        tag = {TAG: {"const": TAGS[kind]}} if kind in TAGS else {}
        said = attributes_of(kind)
        parts = {f.name: self._field(f, said.get(f.name, "")) for f in fields}
        return {
            "title": kind.__name__,
            "description": prose_of(kind),
            "type": "object",
            "properties": {**tag, **parts, **_null(nullable)},
            "required": [name for name in needed if name not in nullable],
            **({"allOf": [_told(name) for name in nullable]} if nullable else {}),
            "additionalProperties": False,
        }

    def _field(self, field: "attrs.Attribute[Any]", said: str) -> Schema:
        made = self.of(field.type, _asked(field))
        if field.default is not attrs.NOTHING:
            made = {**made, "default": dump(field.default)}
        return {"description": said, **made} if said else made


def _members(kind: type[StrEnum]) -> Schema:
    told = {"title": kind.__name__, "description": prose_of(kind)}
    return {**told, "enum": [member.value for member in kind]}


def _asked(field: "attrs.Attribute[Any]") -> Mapping[str, object]:
    """What is asked of a *field* beyond its type."""
    least = field.metadata.get("least")
    if least is None:
        return constraints.keywords(field)
    is_whole = int in {field.type, *get_args(field.type)}
    return {"minimum": least} if is_whole else {"not": {"pattern": "^-.*[1-9]"}}


def _null(names: Iterable[str]) -> Schema:
    """The entry that names what is null, in a form that has none."""
    if not names:
        return {}
    said = "What is null, in a form that has no null, such as TOML."
    listed = {"enum": [*names]}
    one = {"type": "array", "items": listed, "uniqueItems": True, "default": []}
    return {NULL: {"description": said, **one}}


def _told(name: str) -> Schema:
    """That a field is there, or among what is null; not both."""
    null = {"properties": {NULL: {"contains": {"const": name}}}, "required": [NULL]}
    return {"oneOf": [{"required": [name]}, null]}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
