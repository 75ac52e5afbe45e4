"""A body of FastAPI, read as it came: strictly, and within limits.

FastAPI parses a body before any model sees it: of a key that stands twice it
keeps the last, and what a document asks of its parser it does not limit.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from relationkit import codec
from relationkit.errors import DecodeError, Problem

LIMITS = codec.Limits()
SHOWN = 200


def body_of(
    kind: Any, limits: codec.Limits = LIMITS
) -> Callable[[Request], Awaitable[Any]]:
    """What gives the body of a request as a *kind* of model, for ``Depends``."""

    async def read(request: Request) -> Any:
        try:
            return codec.loads(await request.body(), kind, limits=limits)
        except DecodeError as error:
            raise RequestValidationError([*map(_told, error.problems)]) from None

    return read


def _told(problem: Problem) -> dict[str, object]:
    """A problem, as FastAPI tells those of its own."""
    hint = f" ({problem.hint})" if problem.hint else ""
    place = problem.pointer[:SHOWN].encode(errors="backslashreplace").decode()
    return {
        "type": problem.code,
        "loc": ["body", *place.split("/")[1:]],
        "msg": f"{problem.message}{hint}",
    }
