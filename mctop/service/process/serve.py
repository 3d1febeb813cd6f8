"""`mctop serve`: the API over a backend in the foreground."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import sqlite3
import sys
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.service.account import open_account
from mctop.service.account.database import NoAccount
from mctop.service.http.callers import Guest
from mctop.service.process.log import log_to_stderr, secrets_of
from mctop.service.process.server import serve_until_signal

if TYPE_CHECKING:
    from mctop.service.account import Account
    from mctop.service.base.served_at import ServedAt
    from mctop.service.process.application import Offer


SIGNALS = (signal.SIGINT, signal.SIGTERM)
FORM = "%(asctime)s %(message)s"
EVERYWHERE = ("0.0.0.0", "::")
"""Addresses that stand for every one of the machine's."""


def serve(offer: Offer, where: ServedAt) -> int:
    """Serve until a signal, and return the exit code: 128 and the signal, or 1 if the port or the file cannot be had.

    Says once, on standard output, where it is and what it lets in; a password only where it is new.
    """
    log_to_stderr(FORM, lambda: offer.secrets)
    cache_id = offer.backend.identity().id
    try:
        listener = listening(where.host, where.port)
    except UnicodeError:
        sys.stderr.write(f"mctop: cannot listen on {where.host} port {where.port}: that is no name of a host\n")
        return 1
    except OSError as error:
        reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        sys.stderr.write(f"mctop: cannot listen on {where.host} port {where.port}: {reason}\n")
        return 1
    made_up = secrets.token_hex(16).upper()
    try:
        account = open_account(cache_id, secrets.token_hex(3).upper(), where.password or made_up, file=where.account)
        if where.password:
            account.credentials.set_password(where.password)
    except (OSError, NoAccount, sqlite3.Error) as error:
        listener.close()
        why = (isinstance(error, OSError) and error.strerror) or str(error)
        sys.stderr.write(f"mctop: cannot keep the account in {where.account}: {why}\n")
        return 1
    log_to_stderr(FORM, lambda: (*offer.secrets, *secrets_of(account)))
    guest = Guest(f"guest-{secrets.token_hex(3)}", SecretStr(secrets.token_hex(16))) if where.guest else None
    sys.stdout.write(_said(address(listener, secure=where.certificate is not None), account, where, made_up, guest))
    sys.stdout.flush()
    application = offer.application(account, guest=guest, names=where.names)
    return 128 + asyncio.run(serve_until_signal(application, listener, SIGNALS, where.certificate))


def _said(url: str, account: Account, where: ServedAt, made_up: str, guest: Guest | None) -> str:
    """Where the service is and what it lets in, a line each."""
    primary = account.credentials.primary()
    password = primary.sasl_password.get_secret_value() if primary.sasl_password else ""
    kept = "as in the file that was named" if where.password else f"as before, in {where.account}"
    lines = [
        f"URL       {url}",
        f"cache id  {primary.cache_id}",
        f"username  {primary.sasl_username}",
        f"password  {made_up if password == made_up else kept}",
    ]
    if guest is not None:
        lines += [f"guest     {guest.username}", f"password  {guest.password.get_secret_value()}"]
    return "\n".join(lines) + "\n"


def listening(host: str, port: int) -> socket.socket:
    """Listen on a name or an address of either family; raise OSError, or UnicodeError for what is no name."""
    family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.create_server(where[:2], family=family, backlog=128)
    # asyncio leaves it out for connections of a listener that says no protocol; without it, an answer on a connection
    # that is kept waits 40 ms for the client's acknowledgement of its head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address(listener: socket.socket, *, secure: bool = False) -> str:
    """Write the URL of a listening socket; one that listens everywhere is reached by the machine's name."""
    host, port = listener.getsockname()[:2]
    host, scheme = socket.gethostname() if host in EVERYWHERE else host, "https" if secure else "http"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
