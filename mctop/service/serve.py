"""`mctop serve`: the API over a backend in the foreground."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
import sys
from typing import TYPE_CHECKING

from mctop.service.account import open_account
from mctop.service.alerting import Alarm
from mctop.service.api import create_app
from mctop.service.server import serve_until_signal

if TYPE_CHECKING:
    from mctop.service.backend import Backend

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(backend: Backend, *, host: str, port: int) -> int:
    """Serve until a signal, and return the exit code: 128 and the signal, or 1 if the port cannot be had.

    Says once, on standard output, where it is and what it lets in; port 0 takes a free one.
    """
    try:
        listener = listening(host, port)
    except OSError as error:
        reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        sys.stderr.write(f"mctop: cannot listen on {host} port {port}: {reason}\n")
        return 1
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(message)s")
    username, password = secrets.token_hex(3).upper(), secrets.token_hex(16).upper()
    cache_id = backend.identity().id
    account = open_account(cache_id, username, password)
    app = create_app(backend, account, chores=(Alarm(backend, account).check,))
    sys.stdout.write(f"URL       {address(listener)}\ncache id  {cache_id}\n")
    sys.stdout.write(f"username  {username}\npassword  {password}\n")
    sys.stdout.flush()
    return 128 + asyncio.run(serve_until_signal(app, listener, SIGNALS))


def listening(host: str, port: int) -> socket.socket:
    """Listen on a name or an address of either family; raise OSError."""
    family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(where[:2], family=family, backlog=128)


def address(listener: socket.socket) -> str:
    """Write the URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
