"""A running service for tests: the real application on a real socket, with faults to switch."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.account import Account, open_account
from mctop.service.api import create_app
from mctop.service.faults import Faults
from mctop.service.server import Server
from mctop.service.shape import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.service.backend import Backend

USERNAME, PASSWORD = "0A1B2C", "00112233445566778899AABBCCDDEEFF"


@dataclass(frozen=True, slots=True)
class RunningService:
    """Where the service is, what it lets in, what stands behind it, and what is to go wrong."""

    url: str
    cache_id: int
    username: str
    password: str
    faults: Faults
    account: Account
    backend: Backend


@contextmanager
def running_service(backend: Backend, *, shape: Shape | None = None, port: int = 0) -> Iterator[RunningService]:
    """Serve a backend on loopback, on a free port or the one given, while the block lasts."""
    cache_id = backend.identity().id
    account = open_account(cache_id, USERNAME, PASSWORD)
    faults = Faults()
    listener = socket.create_server(("127.0.0.1", port))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = Server(create_app(backend, account, shape=shape or Shape(), faults=faults))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    try:
        yield RunningService(url, cache_id, USERNAME, PASSWORD, faults, account, backend)
    finally:
        server.should_exit = True
        thread.join(10)
        account.close()
        assert not thread.is_alive(), "the service did not stop"
