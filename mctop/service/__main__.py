"""The child beside the dashboard: serves the API of a cache on an inherited socket while its parent lives."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.service.account import open_account
from mctop.service.account.database import NoAccount
from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
from mctop.service.process.application import offer
from mctop.service.process.child import Order, read_order
from mctop.service.process.log import log_to_stderr, secrets_of
from mctop.service.process.private_socket import remove
from mctop.service.process.server import Server

if TYPE_CHECKING:
    from mctop.service.account import Account

STDIN = 0
FORM = "%(asctime)s %(process)d %(message)s"


async def obey(order: Order) -> None:
    """Serve until the parent closes this process's standard input.

    A TERM ends a simulation at once, which has nothing to save; before servers, it ends like the rest.
    """
    what = order.simulated or order.memcached
    assert what is not None, "the parent orders one of the two"
    account = _account(what, order)
    log_to_stderr(FORM, lambda: (*order.secrets(), *secrets_of(account)))
    server = Server(offer(what).application(account))

    def read_on() -> None:
        if not os.read(STDIN, 4_096):
            loop.remove_reader(STDIN)
            server.should_exit = True

    loop = asyncio.get_running_loop()
    loop.add_reader(STDIN, read_on)
    if isinstance(what, MemcachedCache):
        loop.add_signal_handler(signal.SIGTERM, setattr, server, "should_exit", True)
    listener = socket.socket(fileno=order.fd)
    path = Path(listener.getsockname()) if listener.family is socket.AF_UNIX else None
    await server.serve(sockets=[listener])
    if path is not None:  # its parent may have been killed
        remove(path.parent)


def _account(what: SimulatedCache | MemcachedCache, order: Order) -> Account:
    """The account: what is watched and which alerts there are outlives the child where history is kept."""
    file = Path(what.history).with_suffix(".account") if isinstance(what, MemcachedCache) and what.history else None
    try:
        account = open_account(what.CACHE_ID, order.username, order.password, file=file)
    except (OSError, NoAccount, sqlite3.Error) as error:
        # The dashboard is worth more than what it remembers of alerts.
        logging.getLogger(__name__).warning("the account is kept in memory, not in %s: %s", file, error)
        account = open_account(what.CACHE_ID, order.username, order.password)
    account.credentials.only(order.username, order.password)
    return account


def main() -> None:
    """Read the order and obey it; ctrl+c and a terminal that is gone are the parent's business."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    order = read_order(json.loads(os.fdopen(STDIN, "rb", buffering=0, closefd=False).readline()))
    log_to_stderr(FORM, order.secrets)
    asyncio.run(obey(order))


if __name__ == "__main__":
    main()
