"""`mctop serve`: the API over a backend in the foreground."""

from __future__ import annotations

import asyncio
import os
import secrets
import shlex
import signal
import socket
import sqlite3
import sys
from typing import TYPE_CHECKING

from mctop.service.account import open_account
from mctop.service.account.database import NoAccount
from mctop.service.process.log import log_to_stderr, secrets_of
from mctop.service.process.server import serve_until_signal

if TYPE_CHECKING:
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
    chosen = where.password
    made_up = secrets.token_hex(16).upper()
    try:
        account = open_account(
            cache_id, secrets.token_hex(3).upper(), chosen.text if chosen else made_up, file=where.account
        )
        if chosen is not None:
            account.credentials.set_password(chosen.text)
        guest = account.guests.admit() if where.guest else None
        if guest is None:
            account.guests.forget()
    except (OSError, NoAccount, sqlite3.Error) as error:
        listener.close()
        why = (isinstance(error, OSError) and error.strerror) or str(error)
        sys.stderr.write(f"mctop: cannot keep the account in {where.account}: {why}\n")
        return 1
    log_to_stderr(FORM, lambda: (*offer.secrets, *secrets_of(account)))
    primary = account.credentials.primary()
    is_new = primary.sasl_password is not None and primary.sasl_password.get_secret_value() == made_up
    sys.stdout.write(f"export MCTOP_URL={shlex.quote(address(listener, where))} MCTOP_CACHE_ID={cache_id}\n")
    if chosen is not None:
        sys.stdout.write(_login(primary.sasl_username, f'"$(cat {shlex.quote(str(chosen.file.absolute()))})"', where))
    else:
        sys.stdout.write(_login(primary.sasl_username, made_up if is_new else None, where))
    if guest is not None:
        sys.stdout.write("# or as a guest, who may only read:\n")
        sys.stdout.write(_login(guest.username, guest.password, where))
    sys.stdout.flush()
    application = offer.application(account, names=(where.host, *where.names))
    return 128 + asyncio.run(serve_until_signal(application, listener, SIGNALS, where.certificate))


def _login(username: str, password: str | None, where: ServedAt) -> str:
    """The line for a shell that sets a login; a `password` of None is not new, and mctop asks for it.

    Another password that the shell may have is then forgotten, which would be sent here.
    """
    line = f"export MEMCACHIER_USERNAME={shlex.quote(username)}"
    if password is not None:
        return f"{line} MEMCACHIER_PASSWORD={password}\n"
    file = "".join(letter if letter.isprintable() else "·" for letter in str(where.account))
    return f"{line}; unset MEMCACHIER_PASSWORD  # it is as before, in {file}\n"


def listening(host: str, port: int) -> socket.socket:
    """Listen on a name or an address of either family; raise OSError, or UnicodeError for what is no name."""
    family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.create_server(where[:2], family=family, backlog=128)
    # asyncio leaves it out for connections of a listener that says no protocol; without it, an answer on a connection
    # that is kept waits 40 ms for the client's acknowledgement of its head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address(listener: socket.socket, where: ServedAt) -> str:
    """Write the URL of a listening socket.

    By TLS, it has the first of the names that were given, as a certificate is for a name. What listens everywhere is
    reached by the machine's name; without TLS by loopback, as mctop sends no password elsewhere in clear.
    """
    host, port = listener.getsockname()[:2]
    if where.certificate is not None and where.names:
        host = where.names[0]
    elif host in EVERYWHERE:
        host = "127.0.0.1" if where.certificate is None else socket.gethostname()
    scheme = "http" if where.certificate is None else "https"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
