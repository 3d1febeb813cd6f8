"""The application of a served cache, and the uvicorn server that runs it until a signal."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from mctop.service.account.alert_delivery import Alarm
from mctop.service.base.served_cache import SimulatedCache
from mctop.service.http.response_bodies import AS_IN_THE_EXAMPLES, Shape
from mctop.service.process.application import create_app

if TYPE_CHECKING:
    import signal
    import socket
    from collections.abc import Awaitable, Callable, Iterator

    from starlette.applications import Starlette
    from starlette.types import ASGIApp

    from mctop.service.account import Account
    from mctop.service.base.backend import Backend
    from mctop.service.base.served_cache import MemcachedCache


@dataclass(frozen=True, slots=True)
class Offer:
    """A backend, how its answers are shaped, and what runs `beside` the service until it is cancelled."""

    backend: Backend
    shape: Shape = AS_IN_THE_EXAMPLES
    beside: Callable[[Account], Awaitable[None]] | None = None

    def application(self, account: Account) -> Starlette:
        """The API over it."""
        return create_app(
            self.backend,
            account,
            shape=self.shape,
            chores=(Alarm(self.backend, account).check,),
            beside=None if self.beside is None else partial(self.beside, account),
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
    return Offer(gateway.backend, Shape(stats_per_server=True), gateway.run)


class Server(uvicorn.Server):
    """A server that leaves signals to its caller, writes no log of its own, and stops within a second when told."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=1,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the process's signals alone."""
        yield


async def serve_until_signal(app: ASGIApp, listener: socket.socket, signals: tuple[signal.Signals, ...]) -> int:
    """Serve on a listening socket until one of the signals comes, and return which."""
    server = Server(app)
    received: list[int] = []

    def stop(number: int) -> None:
        received.append(number)
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in signals:
        loop.add_signal_handler(number, stop, number)
    try:
        await server.serve(sockets=[listener])
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
    return received[0]
