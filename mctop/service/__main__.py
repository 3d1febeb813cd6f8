"""The child beside the dashboard: serves the API of a cache on an inherited socket while its parent lives."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.service.account import open_account
from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
from mctop.service.process.application import offer
from mctop.service.process.child import Order, read_order
from mctop.service.process.log import log_to_stderr, secrets_of
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
    await server.serve(sockets=[socket.socket(fileno=order.fd)])


def _account(what: SimulatedCache | MemcachedCache, order: Order) -> Account:
    """The account: what is watched and which alerts there are outlives the child where history is kept."""
    file = Path(what.history).with_suffix(".account") if isinstance(what, MemcachedCache) and what.history else None
    try:
        account = open_account(what.CACHE_ID, order.username, order.password, file=file)
    except (OSError, sqlite3.Error):  # the dashboard is worth more than what it remembers of alerts
        account = open_account(what.CACHE_ID, order.username, order.password)
    account.credentials.only(order.username, order.password)
    return account


def main() -> None:
    """Read the order and obey it; ctrl+c is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    order = read_order(json.loads(os.fdopen(STDIN, "rb", buffering=0, closefd=False).readline()))
    log_to_stderr(FORM, order.secrets)
    asyncio.run(obey(order))


if __name__ == "__main__":
    main()
