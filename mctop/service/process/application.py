"""The API as an ASGI application over a backend and an account, and the backend of a cache to serve."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Route

from mctop.service.account.alert_delivery import Alarm, undelivered
from mctop.service.base.background import Duty, doing
from mctop.service.base.counter_history import CounterHistory
from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
from mctop.service.http.browser_guard import BrowserGuard
from mctop.service.http.callers import Callers
from mctop.service.http.faults import FaultMiddleware, Faults
from mctop.service.http.operation import Service, endpoint, refusal_response
from mctop.service.http.response_bodies import AS_IN_THE_EXAMPLES, Shape
from mctop.service.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from starlette.requests import Request

    from mctop.api.models.cache import Grade
    from mctop.service.account import Account
    from mctop.service.base.backend import Backend


WORTH_GZIP = 16_384
"""Bytes of the smallest answer that is compressed."""

FAILED = "Server error"


def create_app(
    backend: Backend,
    account: Account,
    *,
    shape: Shape = AS_IN_THE_EXAMPLES,
    faults: Faults | None = None,
    duties: tuple[Duty, ...] = (),
    limits: Callable[[], tuple[Grade, ...]] = tuple,
    names: Collection[str] = (),
) -> Starlette:
    """Make the application; `faults` go wrong on purpose. It may be called by `names`, besides its own.

    As long as it runs, it does the `duties` by itself; `limits` tells what else it cannot do.
    """
    history = CounterHistory(backend)
    duties = (Duty("keeping the history of counters", history.keep, "history", "not kept"), *duties)

    def grades() -> tuple[Grade, ...]:
        return *(grade for duty in duties for grade in duty.grades()), *limits()

    service = Service(backend, account, Callers(account), history, shape, grades)

    middleware = [Middleware(FaultMiddleware, faults=faults)] if faults is not None else []
    application = Starlette(
        routes=[
            *(
                Route(path, endpoint(operation, service), methods=[method])
                for operation in OPERATIONS
                for method, path in operation.places
            ),
            Route("/openapi.json", describe),
        ],
        middleware=[
            *middleware,
            Middleware(BrowserGuard, names=frozenset(names)),
            Middleware(GZipMiddleware, minimum_size=WORTH_GZIP, compresslevel=1),
        ],
        exception_handlers={HTTPException: refused_by_routing, Exception: failed},
        lifespan=lambda _: doing(duties),
    )
    application.router.redirect_slashes = False  # a path of no operation is answered 404, without a word of Host
    return application


async def describe(_: Request) -> Response:
    """Answer the OpenAPI document, which is no secret."""
    return Response(_openapi(), media_type="application/json")


@cache
def _openapi() -> bytes:
    """The OpenAPI document, built once: that takes some ms, and whoever needs no login may ask for it."""
    from mctop.service.http.openapi import openapi_document  # building every schema takes time nobody else needs

    return to_json(openapi_document(OPERATIONS))


def refused_by_routing(request: Request, error: Exception) -> Response:
    """Answer a path or method that is no operation's."""
    assert isinstance(error, HTTPException)
    response = refusal_response(request.url.path, error.status_code, error.detail)
    response.headers.update(error.headers or {})
    return response


def failed(request: Request, error: Exception) -> Response:
    """Answer what nobody expected; the traceback goes to the log."""
    return refusal_response(request.url.path, 500, FAILED)


@dataclass(frozen=True, slots=True)
class Offer:
    """A backend, how its answers are shaped, and what runs `beside` the service until it is cancelled.

    The `secrets` are those by which the backend reaches its servers.
    """

    backend: Backend
    shape: Shape = AS_IN_THE_EXAMPLES
    beside: Callable[[Account], Awaitable[None]] | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def application(self, account: Account, *, names: Collection[str] = ()) -> Starlette:
        """The API over it for an account, at `names` of the machine besides its own."""
        duties = [Duty("judging alerts", Alarm(self.backend, account).check, "alerts", "not judged")]
        if self.beside is not None:
            collecting = partial(self.beside, account)
            duties.append(Duty("collecting", collecting, "processed_stats", "nothing is collected", endless=True))
        return create_app(
            self.backend,
            account,
            shape=self.shape,
            duties=tuple(duties),
            limits=undelivered,
            names=names,
        )


def offer(what: SimulatedCache | MemcachedCache, *, managed: bool = False) -> Offer:
    """Begin to stand before a cache. Raise ValueError with words where that cannot be.

    Whom the service before servers lets in can be changed where it is `managed`.
    """
    if isinstance(what, SimulatedCache):
        from mctop.service.simulation.simulation import Simulation

        return Offer(Simulation(what.seed, what.scenario, started=time.time()))
    from mctop.service.memcached.gateway import Gateway

    gateway = Gateway.of(what, managed=managed)
    return Offer(gateway.backend, Shape(stats_per_server=True), gateway.run, (what.password,))
