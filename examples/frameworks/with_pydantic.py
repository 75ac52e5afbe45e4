"""Our models as fields of pydantic models, and so in FastAPI.

What is wrong inside stands in pydantic's own list of errors, at its place; the
schema of each class is a definition of its own, and in OpenAPI a component.
"""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError
from pydantic_core import core_schema as core

from relationkit import codec
from relationkit.errors import DecodeError
from relationkit.records import is_of

DEFS = "#/$defs/"
LIMITS = codec.Limits()
SHOWN = 200


class AsDocument:
    """Marks a field that holds one of our models: ``Annotated[Book, AsDocument()]``."""

    def __init__(self, limits: codec.Limits = LIMITS) -> None:
        self._limits = limits

    def __get_pydantic_core_schema__(
        self, kind: Any, _: GetCoreSchemaHandler
    ) -> CoreSchema:
        """How such a field is read, written and described."""

        def read(value: object) -> object:
            try:
                if _is_model(value, kind):
                    return value
                return codec.load(value, kind, limits=self._limits)
            except DecodeError as error:
                told = [*_details(error, value)]
                raise ValidationError.from_exception_data("document", told) from None

        def written(value: object) -> object:
            return codec.dump(value)

        def schema(_: CoreSchema, handler: GetJsonSchemaHandler) -> Any:
            return _Definitions(codec.json_schema(kind), handler).whole()

        return core.no_info_plain_validator_function(
            read,
            serialization=core.plain_serializer_function_ser_schema(written),
            metadata={"pydantic_js_functions": [schema]},
        )


def _is_model(value: object, kind: Any) -> bool:
    """Whether there is no document to read."""
    try:
        is_of("value", kind, value)
    except TypeError:
        return False
    return True


def _details(error: DecodeError, value: object) -> Iterator[InitErrorDetails]:
    """What pydantic says of each problem of *value*."""
    for problem in error.problems:
        hint = f" ({problem.hint})" if problem.hint else ""
        told = _text(f"{problem.message}{hint}")
        context = {"message": told, "hint": _text(problem.hint)}
        kind = PydanticCustomError(problem.code, "{message}", context)
        place, part = _place(problem.pointer, value)
        yield InitErrorDetails(type=kind, loc=place, input=_shown(part))


def _text(text: str) -> str:
    """The *text* with no half of a character, which no answer could hold."""
    return text.encode(errors="backslashreplace").decode()


def _shown(part: Any) -> Any:
    """What is wrong, as an answer may repeat it: not long, and no table or list."""
    if isinstance(part, str):
        return _text(part[:SHOWN])
    if isinstance(part, float) and not isfinite(part):
        return str(part)  # which JSON has no number for
    return None if isinstance(part, (dict, list, tuple)) else part


def _place(pointer: str, value: Any) -> tuple[tuple[int | str, ...], object]:
    """The steps that a pointer takes into *value*, and what is there."""
    taken: list[int | str] = []
    for written in pointer.split("/")[1:]:
        key = written.replace("~1", "/").replace("~0", "~")
        step = int(key) if isinstance(value, (list, tuple)) else key
        taken.append(_shown(step))
        value = value[step]
    return tuple(taken), value


class _Definitions:
    """The definitions of one of our schemas, handed on to pydantic one by one."""

    def __init__(self, document: Any, handler: GetJsonSchemaHandler) -> None:
        self._document = document
        self._handler = handler
        self._told: set[str] = set()

    def whole(self) -> Any:
        """The schema, its references those of pydantic."""
        apart = {"$schema", "$id", "$defs"}
        return self._of({k: v for k, v in self._document.items() if k not in apart})

    def _of(self, part: Any) -> Any:
        if isinstance(part, list):
            return [self._of(item) for item in part]
        if not isinstance(part, dict):
            return part
        reference = str(part.get("$ref", ""))
        if reference.startswith(DEFS):
            return self._reference(reference.removeprefix(DEFS))
        return {key: self._of(value) for key, value in part.items()}

    def _reference(self, name: str) -> Any:
        ref = f"relationkit.{name}:1"  # of which pydantic makes a name
        if name in self._told:
            return self._schema(core.definition_reference_schema(ref))
        self._told.add(name)

        def definition(_: CoreSchema, __: GetJsonSchemaHandler) -> Any:
            return self._of(self._document["$defs"][name])

        functions = {"pydantic_js_functions": [definition]}
        return self._schema(core.any_schema(ref=ref, metadata=functions))

    def _schema(self, schema: CoreSchema) -> Any:
        # Only what stands inside of another is given a definition of its own.
        return self._handler(core.no_info_after_validator_function(_same, schema))


def _same(value: object) -> object:
    return value
