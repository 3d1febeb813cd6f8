"""`mctop serve`: the API over a backend in the foreground."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
import sqlite3
import sys
from typing import TYPE_CHECKING

from mctop.service.account import open_account
from mctop.service.process.server import serve_until_signal

if TYPE_CHECKING:
    from pathlib import Path

    from mctop.service.account import Account
    from mctop.service.process.application import Offer


SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(offer: Offer, *, host: str, port: int, file: Path | None = None) -> int:
    """Serve until a signal, and return the exit code: 128 and the signal, or 1 if the port or the file cannot be had.

    Says once, on standard output, where it is and what it lets in; port 0 takes a free one. The account is kept in
    `file` and survives a restart, or in memory and does not.
    """
    cache_id = offer.backend.identity().id
    try:
        listener = listening(host, port)
    except UnicodeError:
        sys.stderr.write(f"mctop: cannot listen on {host} port {port}: that is no name of a host\n")
        return 1
    except OSError as error:
        reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        sys.stderr.write(f"mctop: cannot listen on {host} port {port}: {reason}\n")
        return 1
    try:
        account = _account(cache_id, file)
    except (OSError, sqlite3.Error) as error:
        listener.close()
        sys.stderr.write(f"mctop: cannot keep the account in {file}: {error}\n")
        return 1
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(message)s")
    primary = next(credential for credential in account.credentials.all() if credential.primary)
    password = primary.sasl_password.get_secret_value() if primary.sasl_password else ""
    sys.stdout.write(f"URL       {address(listener)}\ncache id  {cache_id}\n")
    sys.stdout.write(f"username  {primary.sasl_username}\npassword  {password}\n")
    sys.stdout.flush()
    return 128 + asyncio.run(serve_until_signal(offer.application(account), listener, SIGNALS))


def _account(cache_id: int, file: Path | None) -> Account:
    username, password = secrets.token_hex(3).upper(), secrets.token_hex(16).upper()
    return open_account(cache_id, username, password, file=file)


def listening(host: str, port: int) -> socket.socket:
    """Listen on a name or an address of either family; raise OSError, or UnicodeError for what is no name."""
    family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(where[:2], family=family, backlog=128)


def address(listener: socket.socket) -> str:
    """Write the URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
