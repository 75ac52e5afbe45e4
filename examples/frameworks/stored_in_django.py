"""A field of Django that holds any of our models as JSON."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import JSONField

from relationkit import codec
from relationkit.errors import DecodeError


class DocumentField(JSONField):
    """Any of our models, or a union of them, as a document; None as NULL."""

    def __init__(self, *args: Any, kind: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind

    def deconstruct(self) -> Any:
        """What a migration writes down."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "kind": self.kind}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What was stored."""
        return self.to_python(super().from_db_value(value, expression, connection))

    def get_db_prep_value(
        self, value: Any, connection: Any, prepared: bool = False
    ) -> Any:
        """What is stored; a part that is looked for is plain already."""
        return super().get_db_prep_value(self._plain(value), connection, prepared)

    def value_to_string(self, obj: Any) -> Any:
        """What a fixture says."""
        return self._plain(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        """What a document, a form or a fixture means.

        Raises:
            ValidationError: With one message for each problem.
        """
        if not isinstance(value, dict):
            return value
        try:
            return codec.load(value, self.kind)
        except DecodeError as error:
            raise ValidationError(
                [str(problem) for problem in error.problems]
            ) from None

    def _plain(self, value: Any) -> Any:
        is_plain = value is None or isinstance(value, (dict, list, str))
        return value if is_plain else codec.dump(value, versioned=True)
