"""A running service for tests: the real application on a real socket, with faults to switch."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.account import Account, open_account
from mctop.service.http.faults import Faults
from mctop.service.http.response_bodies import AS_IN_THE_EXAMPLES, Shape
from mctop.service.process.application import create_app
from mctop.service.process.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mctop.service.base.backend import Backend
    from mctop.service.base.served_at import Certificate

USERNAME, PASSWORD = "0A1B2C", "00112233445566778899AABBCCDDEEFF"


@dataclass(slots=True)
class Exchange:
    """One request and its answer, as it left: compressed, and with its faults.

    `sent` is the body of the request, `query` the names and values in its URL.
    """

    method: str
    path: str
    status: int = 0
    body: bytes = b""
    sent: bytes = b""
    query: str = ""
    answered: bool = False


class Recorder:
    """Passes everything on, and remembers it."""

    def __init__(self, app: ASGIApp, exchanges: list[Exchange]) -> None:
        self._app, self._exchanges = app, exchanges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = Exchange(scope["method"], scope["path"], query=scope["query_string"].decode())
        self._exchanges.append(exchange)

        async def note(message: Message) -> None:
            exchange.status = message.get("status", exchange.status)
            exchange.body += message.get("body", b"")
            exchange.answered |= message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        async def hear() -> Message:
            message = await receive()
            exchange.sent += message.get("body", b"")
            return message

        await self._app(scope, hear, note)


@dataclass(frozen=True, slots=True)
class RunningService:
    """Where the service is, what it lets in, what stands behind it, what is to go wrong, and what was said."""

    url: str
    cache_id: int
    username: str
    password: str
    faults: Faults
    account: Account
    backend: Backend
    exchanges: list[Exchange]


@contextmanager
def running_service(
    backend: Backend,
    *,
    shape: Shape = AS_IN_THE_EXAMPLES,
    port: int = 0,
    certificate: Certificate | None = None,
) -> Iterator[RunningService]:
    """Serve a backend on loopback, on a free port or the one given, while the block lasts."""
    cache_id = backend.identity().id
    account = open_account(cache_id, USERNAME, PASSWORD)
    faults = Faults()
    listener = socket.create_server(("127.0.0.1", port))
    url = f"{'https' if certificate else 'http'}://127.0.0.1:{listener.getsockname()[1]}"
    exchanges: list[Exchange] = []
    app = create_app(backend, account, shape=shape, faults=faults)
    server = Server(Recorder(app, exchanges), certificate)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    try:
        yield RunningService(url, cache_id, USERNAME, PASSWORD, faults, account, backend, exchanges)
    finally:
        server.should_exit = True
        thread.join(10)
        account.close()
        assert not thread.is_alive(), "the service did not stop"
