"""The API as an ASGI application over a backend and an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mctop.service.base.background import doing
from mctop.service.base.counter_history import CounterHistory
from mctop.service.http.faults import FaultMiddleware, Faults
from mctop.service.http.operation import Service, endpoint, refusal_response
from mctop.service.http.response_bodies import AS_IN_THE_EXAMPLES, Shape
from mctop.service.operations import OPERATIONS

if TYPE_CHECKING:
    from starlette.requests import Request

    from mctop.service.account import Account
    from mctop.service.base.backend import Backend
    from mctop.service.base.background import Chore


WORTH_GZIP = 16_384
"""Bytes of the smallest answer that is compressed."""

FAILED = "Server error"


def create_app(
    backend: Backend,
    account: Account,
    *,
    shape: Shape = AS_IN_THE_EXAMPLES,
    faults: Faults | None = None,
    chores: tuple[Chore, ...] = (),
    beside: Chore | None = None,
) -> Starlette:
    """Make the application; `faults` go wrong on purpose.

    As long as it runs, it does the `chores` by itself, and what runs `beside` it.
    """
    service = Service(backend, account, CounterHistory(backend), shape)

    middleware = [Middleware(FaultMiddleware, faults=faults)] if faults is not None else []
    return Starlette(
        routes=[
            *(
                Route(path, endpoint(operation, service), methods=[method])
                for operation in OPERATIONS
                for method, path in operation.places
            ),
            Route("/openapi.json", describe),
        ],
        middleware=[*middleware, Middleware(GZipMiddleware, minimum_size=WORTH_GZIP, compresslevel=1)],
        exception_handlers={HTTPException: refused_by_routing, Exception: failed},
        lifespan=lambda _: doing(service.history.keep, *chores, beside=beside),
    )


async def describe(_: Request) -> Response:
    """Answer the OpenAPI document, which is no secret."""
    from mctop.service.http.openapi import openapi_document  # building every schema takes time nobody else needs

    return JSONResponse(openapi_document(OPERATIONS))


def refused_by_routing(request: Request, error: Exception) -> Response:
    """Answer a path or method that is no operation's."""
    assert isinstance(error, HTTPException)
    response = refusal_response(request.url.path, error.status_code, error.detail)
    response.headers.update(error.headers or {})
    return response


def failed(request: Request, error: Exception) -> Response:
    """Answer what nobody expected; the traceback goes to the log."""
    return refusal_response(request.url.path, 500, FAILED)
