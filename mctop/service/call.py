"""One call of an operation, as its handler sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect

from mctop.api.models.series import DAY
from mctop.service.moments import aligned_span, read_moment
from mctop.service.refusal import Refusal, first_problem

if TYPE_CHECKING:
    from starlette.requests import Request

    from mctop.api.models.credentials import Credential
    from mctop.service.account import Account
    from mctop.service.backend import Backend, Span
    from mctop.service.history import History
    from mctop.service.shape import Shape

LARGEST_BODY = 65_536
"""Bytes of the largest request body that is read."""

DIGITS = re.compile(r"[0-9]+")
LONGEST_ID = 18
"""Digits of the longest id anything can have."""

NO_ID = -1

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Service:
    """What every call is answered from."""

    backend: Backend
    account: Account
    history: History
    shape: Shape


@dataclass(frozen=True, slots=True)
class Call:
    """A request that proved its credential; every method may raise Refusal."""

    service: Service
    request: Request
    caller: Credential

    def number(self, name: str, what: str) -> int:
        """Read an id in the path; `what` names it in the refusal."""
        text: str = self.request.path_params[name]
        if DIGITS.fullmatch(text) is None:
            raise Refusal(400, f"The specified {what} ID is invalid (not a number).")
        return int(text) if len(text) <= LONGEST_ID else NO_ID

    def word(self, name: str) -> str:
        """Read a word in the path."""
        return str(self.request.path_params[name])

    def parameter(self, name: str) -> str:
        """Read a query parameter that is required."""
        text = self.request.query_params.get(name, "")
        if not text:
            raise Refusal(400, f"The query parameter {name} is required.")
        return text

    def query(self, model: type[Model], words: str) -> Model:
        """Read the query parameters as a body; `words` begin the refusal of bad ones."""
        try:
            return model.model_validate(dict(self.request.query_params))
        except ValidationError as error:
            raise Refusal(400, f"{words} ({first_problem(error.errors())})") from None

    def span(self, finest: int) -> Span:
        """Read startTime and endTime as whole buckets, the finest in seconds."""
        now = self.service.backend.now()
        start, end = self._moment("startTime", int(now) - DAY), self._moment("endTime", int(now))
        if start >= end:
            raise Refusal(400, "startTime must be before endTime.")
        return aligned_span(start, end, now, finest)

    def _moment(self, name: str, default: int) -> float:
        text = self.request.query_params.get(name)
        if not text:
            return default
        try:
            return read_moment(text)
        except ValueError:
            raise Refusal(400, f"{name} must be an RFC 3339 time such as 2023-01-08T15:20:00Z.") from None

    async def raw_body(self) -> bytes:
        """Read the request body, if it is not too large."""
        body = bytearray()
        try:
            async for chunk in self.request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise Refusal(400, f"The request body is larger than {LARGEST_BODY} bytes.")
        except ClientDisconnect:
            raise Refusal(400, "The request body is cut.") from None
        return bytes(body)

    async def body(self, model: type[Model], words: str) -> Model:
        """Read the request body, an empty one as an empty object; `words` begin the refusal of a bad one."""
        try:
            return model.model_validate_json(await self.raw_body() or b"{}")
        except ValidationError as error:
            raise Refusal(400, f"{words} ({first_problem(error.errors())})") from None
