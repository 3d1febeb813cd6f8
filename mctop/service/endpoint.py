"""From a declared operation to what answers its requests."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from pydantic_core import to_json
from starlette.responses import Response

from mctop.service.account.errors import Declined
from mctop.service.backend import Down, Unavailable
from mctop.service.call import Call, Service
from mctop.service.operation import CACHE_ID, Operation
from mctop.service.refusal import NOT_AUTHORIZED, Refusal, is_v1, refusal_response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from mctop.api.models.credentials import Credential

ELSEWHERE = {403: "Forbidden to access cache with this ID.", 404: "Cache not found."}


def endpoint(operation: Operation, service: Service) -> Callable[[Request], Awaitable[Response]]:
    """Make what answers the requests of an operation: it proves the caller, runs, and writes the answer."""

    async def answer(request: Request) -> Response:
        path = request.url.path
        try:
            call = Call(service, request, authorized(request, service))
            if CACHE_ID in request.path_params:
                check_cache(call, operation)
            return written(await operation.run(call), operation.status)
        except Refusal as refusal:
            return refusal_response(path, refusal.status, refusal.message)
        except Declined as declined:
            return refusal_response(path, 400, str(declined))
        except Unavailable as unavailable:
            return refusal_response(path, 501, str(unavailable))
        except Down as down:
            return refusal_response(path, 503, str(down))

    return answer


def authorized(request: Request, service: Service) -> Credential:
    """Find the credential of the caller, which must have the API capability; raise Refusal."""
    username, password = basic_login(request.headers.get("authorization", ""))
    credential = service.account.credentials.verified(username, password)
    if credential is None:
        raise Refusal(401, "Bad user")
    if not credential.api_capability:
        raise Refusal(403, NOT_AUTHORIZED)
    return credential


def basic_login(header: str) -> tuple[str, str]:
    """Read the username and password of HTTP Basic; nonsense is an empty username, which is nobody's."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        username, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return username, password


def check_cache(call: Call, operation: Operation) -> None:
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


def written(value: object, status: int) -> Response:
    """Write a value as strict JSON, None as nothing."""
    if value is None:
        return Response(status_code=status)
    return Response(to_json(value, inf_nan_mode="null"), status, media_type="application/json")
