"""An operation of the API: its declaration, the call that its handler sees, refusals, and the route."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from mctop.api.models.series import DAY
from mctop.service.account.database import Declined
from mctop.service.base.backend import Down, Unavailable
from mctop.service.http.callers import TooManyGuesses
from mctop.service.http.response_bodies import Audience
from mctop.service.http.times import aligned_span, read_moment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pydantic_core import ErrorDetails
    from starlette.requests import Request

    from mctop.api.models.cache import Grade
    from mctop.service.account import Account
    from mctop.service.base.backend import Backend, BucketSpan
    from mctop.service.base.counter_history import CounterHistory
    from mctop.service.http.callers import Caller, Callers
    from mctop.service.http.response_bodies import Shape


NOT_AUTHORIZED = "You are not authorized to perform this action."
"""The words v1 documents for 403."""
ONLY_READS = "This login may only read."
TOO_MANY = "Too many wrong passwords from this address."
READING = frozenset({"GET", "HEAD"})


class Refusal(Exception):
    """The call is refused with this status and these words."""

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        self.status, self.message, self.retry_after = status, message, retry_after
        super().__init__(message)


def refusal_response(path: str, status: int, message: str, retry_after: int | None = None) -> Response:
    """Say it as the version of the API that owns the path does: a JSON string in v1, an object in v2.

    `retry_after` is in seconds.
    """
    body = to_json(message if is_v1(path) else {"message": message})
    headers = {"WWW-Authenticate": 'Basic realm="Analytics API"'} if status == 401 else {}
    if retry_after is not None:
        headers["Retry-After"] = f"{retry_after}"
    return Response(body, status, headers, "application/json")


def is_v1(path: str) -> bool:
    """Say whether a path belongs to v1."""
    return path.startswith("/api/v1/") or path == "/api/login"


def first_problem(errors: list[ErrorDetails]) -> str:
    """Say what is wrong with a body in a few words, without its content."""
    problem = errors[0]
    place = ".".join(str(part) for part in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]


LARGEST_BODY = 65_536
"""Bytes of the largest request body that is read."""

DIGITS = re.compile(r"[0-9]+")
LONGEST_ID = 18
"""Digits of the longest id anything can have."""

NO_ID = -1

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Service:
    """What every call is answered from; `grades` tells what the service itself cannot do now, beside its backend."""

    backend: Backend
    account: Account
    callers: Callers
    history: CounterHistory
    shape: Shape
    grades: Callable[[], tuple[Grade, ...]] = tuple


@dataclass(frozen=True, slots=True)
class OperationCall:
    """A request that proved its credential; every method may raise Refusal."""

    service: Service
    request: Request
    caller: Caller

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

    def span(self, finest: int) -> BucketSpan:
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


CACHE_ID = "cache_id"
"""The path parameter every operation on a cache has."""

V2_CACHE = f"/api/v2/caches/{{{CACHE_ID}}}"
"""The path of a cache in v2."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter; `choices` makes it a comma-separated list of these, `moment` an RFC 3339 time."""

    name: str
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()
    moment: bool = False


START = Parameter("startTime", "The start time of the timeseries data; 24h ago if left out.", moment=True)
END = Parameter("endTime", "The end time of the timeseries data; now if left out.", moment=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A documented operation.

    `run` returns what `status` is answered with, a value of the type `returns`; None is an empty body.
    `also` holds other methods and paths it is reached by, where the documents contradict themselves.
    `elsewhere` is the status for the id of another cache; `refuses` lists the other refusals beside 401 and 403.
    """

    name: str
    summary: str
    method: str
    path: str
    run: Callable[[OperationCall], Awaitable[object]]
    also: tuple[tuple[str, str], ...] = ()
    status: int = 200
    returns: object = None
    body: type[BaseModel] | None = None
    query: tuple[Parameter, ...] = ()
    elsewhere: int = 403
    refuses: tuple[int, ...] = (400,)

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Every method and path it is reached by, the proper one first."""
        return (self.method, self.path), *self.also


ELSEWHERE = {403: "Forbidden to access cache with this ID.", 404: "Cache not found."}


def endpoint(operation: Operation, service: Service) -> Callable[[Request], Awaitable[Response]]:
    """Make what answers the requests of an operation: it proves the caller, runs, and writes the answer."""

    async def answer(request: Request) -> Response:
        path = request.url.path
        try:
            call = OperationCall(service, request, authorized(request, service))
            if CACHE_ID in request.path_params:
                check_cache(call, operation)
            audience = Audience.GUEST if call.caller.guest else Audience.OWNER
            return written(await operation.run(call), operation.status, audience)
        except Refusal as refusal:
            return refusal_response(path, refusal.status, refusal.message, refusal.retry_after)
        except Declined as declined:
            return refusal_response(path, 400, str(declined))
        except Unavailable as unavailable:
            return refusal_response(path, 501, str(unavailable))
        except Down as down:
            return refusal_response(path, 503, str(down))

    return answer


def authorized(request: Request, service: Service) -> Caller:
    """Find the caller, whose credential must have the API capability; a guest may only read. Raise Refusal."""
    address = request.client.host if request.client else ""
    try:
        caller = service.callers.caller(request.headers.get("authorization", ""), address)
    except TooManyGuesses as guesses:
        raise Refusal(429, TOO_MANY, retry_after=math.ceil(guesses.seconds)) from None
    if caller is None:
        raise Refusal(401, "Bad user")
    if not caller.credential.api_capability:
        raise Refusal(403, NOT_AUTHORIZED)
    if caller.guest and request.method not in READING:
        raise Refusal(403, ONLY_READS)
    return caller


def check_cache(call: OperationCall, operation: Operation) -> None:
    """Refuse the id of another cache with the status the documents list for this section."""
    legacy = is_v1(operation.path)
    try:
        cache_id = call.number(CACHE_ID, "cache")
    except Refusal:
        if legacy:
            raise Refusal(403, NOT_AUTHORIZED) from None
        raise
    if cache_id != call.service.backend.identity().id:
        raise Refusal(operation.elsewhere, NOT_AUTHORIZED if legacy else ELSEWHERE[operation.elsewhere])


def written(value: object, status: int, audience: Audience) -> Response:
    """Write a value as strict JSON, None as nothing; secrets for owners alone."""
    if value is None:
        return Response(status_code=status)
    return Response(to_json(value, inf_nan_mode="null", context=audience), status, media_type="application/json")
