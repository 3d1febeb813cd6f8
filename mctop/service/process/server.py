"""The uvicorn server that runs an application until a signal."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import signal
    import socket
    from collections.abc import Iterator

    from starlette.types import ASGIApp

    from mctop.service.base.served_at import Certificate


MOST_CONNECTIONS = 256
"""Connections at once: a dashboard opens a handful, and a process may have 1,024 descriptors by default."""

REQUEST_SECONDS = 10.0
"""Seconds in which a request must be whole, its body too; a client of ours sends one in a millisecond."""


class BoundedConnection(H11Protocol):
    """A connection that must ask in time, and makes room for another where there are too many.

    The one that goes is that which has been served nothing for the longest, and is not being served now: half a
    request, however slowly it grows, never keeps out a client that asks.
    """

    _late: asyncio.TimerHandle | None = None
    _served = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take a connection, in place of another where there are too many."""
        if len(self.connections) >= MOST_CONNECTIONS and not self._make_room():
            transport.abort()
        self._served = self.loop.time()
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._expect_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request."""
        if not self._is_serving():
            self._expect()
        super().data_received(data)
        if self._is_serving():
            self._expect_no_more()

    def on_response_complete(self) -> None:
        """Note that an answer is sent."""
        self._expect_no_more()
        self._served = self.loop.time()
        super().on_response_complete()

    def _is_serving(self) -> bool:
        """Whether there is a whole request that is not answered yet."""
        return self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body

    def _expect(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _expect_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _make_room(self) -> bool:
        """Close the connection that was served the longest ago; False where all are being served."""
        idle = [each for each in self.connections if isinstance(each, BoundedConnection) and not each._is_serving()]
        if idle:
            oldest = min(idle, key=lambda each: each._served)
            self.connections.discard(oldest)
            oldest.transport.abort()
        return bool(idle)


class Server(uvicorn.Server):
    """A server that leaves signals to its caller, writes no log of its own, and stops within a second when told."""

    def __init__(self, app: ASGIApp, certificate: Certificate | None = None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=BoundedConnection,
                ws="none",
                backlog=64,  # also how many are accepted before the first of them is looked at
                loop="asyncio",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=1,
                ssl_certfile=certificate.chain if certificate else None,
                ssl_keyfile=certificate.key if certificate else None,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the process's signals alone."""
        yield


async def serve_until_signal(
    app: ASGIApp, listener: socket.socket, signals: tuple[signal.Signals, ...], certificate: Certificate | None = None
) -> int:
    """Serve on a listening socket, by TLS where there is a certificate, until a signal comes, and return which."""
    server = Server(app, certificate)
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
