"""The uvicorn server that runs an application until a signal."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    import signal
    import socket
    from collections.abc import Iterator

    from starlette.types import ASGIApp


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
