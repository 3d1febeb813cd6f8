"""How a route says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import to_json
from starlette.responses import Response

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NOT_AUTHORIZED = "You are not authorized to perform this action."
"""The words v1 documents for 403."""


class Refusal(Exception):
    """The call is refused with this status and these words."""

    def __init__(self, status: int, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


def refusal_response(path: str, status: int, message: str) -> Response:
    """Say it as the version of the API that owns the path does: a JSON string in v1, an object in v2."""
    body = to_json(message if is_v1(path) else {"message": message})
    headers = {"WWW-Authenticate": 'Basic realm="Analytics API"'} if status == 401 else None
    return Response(body, status, headers, "application/json")


def is_v1(path: str) -> bool:
    """Say whether a path belongs to v1."""
    return path.startswith("/api/v1/") or path == "/api/login"


def first_problem(errors: list[ErrorDetails]) -> str:
    """Say what is wrong with a body in a few words, without its content."""
    problem = errors[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]
