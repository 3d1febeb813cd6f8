"""The uvicorn server that runs an application until a signal."""

from __future__ import annotations

import asyncio
import resource
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import signal
    import socket
    from collections.abc import Iterator

    from starlette.types import ASGIApp

    from mctop.service.base.served_at import Certificate


MOST_CONNECTIONS, SHARE = 256, 4
"""Connections at once, where a process may have `SHARE` times as many descriptors: a dashboard opens a handful.

While there are too many, those that are accepted and those that go have theirs for a moment too.
"""

REQUEST_SECONDS = 10.0
"""Seconds in which a request must be whole, its body too, and the handshake of TLS before the first."""

ANSWER_SECONDS = 60.0
"""Seconds in which a client must take something of an answer: on the slowest of links, some is taken each few."""

ACCEPTED_AT_ONCE, WAITING = 16, 1_024
"""Connections that are accepted before the first of them is looked at, and that may wait to be accepted.

Those that are accepted in three turns have a descriptor before the first of them, or what it displaces, is gone.
Where more wait than may, the kernel drops them, and a client tries again after a second.
"""


class ServerConfig(uvicorn.Config):
    """A configuration with the most connections at once, and the TLS that they speak, if any.

    uvicorn's own TLS would count no connection before the end of its handshake.
    """

    most = MOST_CONNECTIONS
    tls: ssl.SSLContext | None = None


class BoundedConnection(H11Protocol):
    """A connection that must ask in time, and makes room for another where there are too many.

    The one that goes is that which has been served nothing for the longest, and is not being served now: half a
    request, however slowly it grows, never keeps out a client that asks; nor does half a handshake, or a client that
    does not take its answer.
    """

    config: ServerConfig
    _late: asyncio.TimerHandle | None = None
    _untaken: asyncio.TimerHandle | None = None
    _handshake: asyncio.Task[None] | None = None
    _early = b""
    _served = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take a connection, in place of another where there are too many."""
        if len(self.connections) >= self.config.most and not self._make_room():
            transport.abort()
        self._served = self.loop.time()
        super().connection_made(transport)
        self._expect()
        if self.config.tls is not None:
            transport.pause_reading()
            self._handshake = self.loop.create_task(self._secure(transport, self.config.tls))

    async def _secure(self, transport: asyncio.Transport, tls: ssl.SSLContext) -> None:
        """Speak TLS from now on; a handshake that fails is the end of the connection."""
        secure, failure = None, OSError("closed by this side")
        try:
            secure = await self.loop.start_tls(
                transport, self, tls, server_side=True, ssl_shutdown_timeout=REQUEST_SECONDS
            )
        except OSError as error:
            failure = error
        self._handshake = None
        if secure is None:
            self.connection_lost(failure)
            return
        self.transport, self.flow, self.scheme = secure, FlowControl(secure), "https"
        if self._early:  # before this, an answer to it would have left in clear
            self.data_received(self._early)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._expect_no_more()
        self._expect_to_be_taken_no_more()
        if self._handshake is not None:
            self._handshake.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request."""
        if self._handshake is not None:
            self._early += data
            return
        if not self._is_serving():
            self._expect()
        super().data_received(data)
        if self._is_serving():
            self._expect_no_more()

    def pause_writing(self) -> None:
        """Wait for the client, which must go on taking what was answered."""
        super().pause_writing()
        self._expect_to_be_taken(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Answer on."""
        self._expect_to_be_taken_no_more()
        super().resume_writing()

    def shutdown(self) -> None:
        """End once what is asked is answered, or at once where the client does not take it."""
        super().shutdown()
        if self.flow.write_paused:
            self.transport.abort()

    def on_response_complete(self) -> None:
        """Note that an answer is sent."""
        self._expect_no_more()
        self._served = self.loop.time()
        super().on_response_complete()

    def _is_serving(self) -> bool:
        """Whether there is a whole request that is not answered yet, and whose client takes the answer."""
        is_asked = self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body
        return is_asked and not self.flow.write_paused

    def _expect_to_be_taken(self, left: int) -> None:
        self._untaken = self.loop.call_later(ANSWER_SECONDS, self._abort_untaken, left)

    def _abort_untaken(self, left: int) -> None:
        """Close a connection of which as many bytes are left as the last time."""
        still_left = self.transport.get_write_buffer_size()
        if still_left < left:
            self._expect_to_be_taken(still_left)
        else:
            self.transport.abort()

    def _expect_to_be_taken_no_more(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

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
    """A server that leaves signals to its caller, writes no log of its own, and stops within a second when told.

    With a certificate, it speaks TLS.
    """

    def __init__(self, app: ASGIApp, certificate: Certificate | None = None) -> None:
        config = ServerConfig(
            app,
            http=BoundedConnection,
            ws="none",
            backlog=ACCEPTED_AT_ONCE,
            loop="asyncio",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # whoever guesses passwords would say to be somebody else each time
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
        )
        descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if descriptors != resource.RLIM_INFINITY:
            config.most = min(MOST_CONNECTIONS, descriptors // SHARE)
        if certificate is not None:
            config.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            config.tls.load_cert_chain(certificate.chain, certificate.key, "")
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections."""
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(WAITING)

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
