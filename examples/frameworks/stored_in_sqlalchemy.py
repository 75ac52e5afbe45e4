"""A column of SQLAlchemy 2 that holds any of our models as JSON.

What could not be read within its limits is not stored.
"""

from typing import Generic, TypeVar

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from typing_extensions import TypeForm

from relationkit import codec
from relationkit.records import is_of

T = TypeVar("T")
LIMITS = codec.Limits()


class Document(TypeDecorator[T], Generic[T]):
    """Any of our models, or a union of them, as a document; None as NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, kind: TypeForm[T], limits: codec.Limits = LIMITS) -> None:
        super().__init__()
        self.kind = kind
        self.limits = limits

    def process_bind_param(self, value: T | None, dialect: Dialect) -> object:
        """What is stored; what is no such model is refused."""
        if value is None:
            return None
        is_of("value", self.kind, value)
        return codec.dump(value, versioned=True, limits=self.limits)

    def process_result_value(self, value: object, dialect: Dialect) -> T | None:
        """What was stored."""
        if value is None:
            return None
        return codec.load(value, self.kind, limits=self.limits)
