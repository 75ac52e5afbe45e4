"""A field of Django that holds any model of ours that has a schema, as JSON."""

import json
from typing import Any

import attrs
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import JSONField
from django.db.models.fields.json import JSONExact, KeyTransform
from django.utils.module_loading import import_string

from relationkit import codec
from relationkit.errors import DecodeError
from relationkit.records import is_of

LIMITS = codec.Limits()


class DocumentFormField(forms.JSONField):
    """The document in a form, as a text."""

    def __init__(
        self, *, kind: Any, limits: codec.Limits = LIMITS, **options: Any
    ) -> None:
        super().__init__(**options)
        self.kind = kind
        self.limits = limits

    def to_python(self, value: Any) -> Any:
        """What the text means."""
        if value in self.empty_values:
            return None
        return read(value, self.kind, self.limits)

    def prepare_value(self, value: Any) -> Any:
        """The text to show: what was typed, or what a model says."""
        return value if isinstance(value, str) else json.dumps(plain(value), indent=2)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the text means another thing than before."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class DocumentField(JSONField):
    """Any model of ours, or a union of them, as a document; None as NULL.

    The *kind* is a class, or the place where a class or a union is found, as no
    migration can write down a union: ``"relationkit.parties.Party"``.  What could
    not be read within its *limits* is not stored; they are no matter of the database,
    and of no migration.
    """

    def __init__(
        self, *args: Any, kind: Any, limits: codec.Limits = LIMITS, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.limits = limits
        self.told = kind
        self.kind = import_string(kind) if isinstance(kind, str) else kind

    def deconstruct(self) -> Any:
        """What a migration writes down."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "kind": self.told}

    def formfield(self, **options: Any) -> Any:
        """The field of a form."""
        ours = {"kind": self.kind, "limits": self.limits}
        return super().formfield(form_class=DocumentFormField, **ours, **options)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What was stored."""
        told = super().from_db_value(value, expression, connection)
        if told is None or isinstance(expression, KeyTransform):
            return told  # a part of a document is no model
        return codec.load(told, self.kind, limits=self.limits)

    def to_python(self, value: Any) -> Any:
        """What a model, a document, or the text of one means."""
        return None if value is None else read(value, self.kind, self.limits)

    def validate(self, value: Any, model_instance: Any) -> None:
        """Let it be null or blank only if it may; the rest was read already."""
        super(JSONField, self).validate(value, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """What a query asks for: the document of a model, or what one writes."""
        return plain(value) if attrs.has(type(value)) else value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What is stored; what is no such model is refused."""
        if hasattr(value, "as_sql"):
            return super().get_db_prep_save(value, connection)
        told = plain(self.to_python(value), self.limits)
        return super().get_db_prep_save(told, connection)

    def value_to_string(self, obj: Any) -> Any:
        """What a fixture says."""
        return plain(self.value_from_object(obj))


@DocumentField.register_lookup
class DocumentExact(JSONExact):
    """Equal to a model; or to None, as which NULL is read."""

    can_use_none_as_rhs = False


def read(value: Any, kind: Any, limits: codec.Limits) -> Any:
    """The *kind* of model that *value* is, or says.

    Raises:
        ValidationError: With one message for each problem.
    """
    try:
        is_of("value", kind, value)
    except TypeError:  # so it is no model, but what a document or its text says
        load = codec.loads if isinstance(value, (str, bytes)) else codec.load
        try:
            return load(value, kind, limits=limits)
        except DecodeError as error:
            told = [str(problem) for problem in error.problems]
            raise ValidationError(told) from None
    return value


def plain(value: Any, limits: codec.Limits | None = None) -> Any:
    """The document of a model, with the version of its schema."""
    if value is None:
        return None
    return codec.dump(value, versioned=True, limits=limits)
