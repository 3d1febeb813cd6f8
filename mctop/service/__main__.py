"""The child of `mctop demo`: serves a simulated cache on an inherited socket while its parent lives."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import time
from dataclasses import dataclass, field

from mctop.service.account import open_account
from mctop.service.alerting import Alarm
from mctop.service.api import create_app
from mctop.service.server import Server
from mctop.service.simulation.simulation import Simulation

STDIN = 0


@dataclass(frozen=True, slots=True)
class Order:
    """What the parent asks for in one JSON line; `fd` is a listening socket."""

    fd: int
    username: str
    password: str = field(repr=False)
    scenario: str
    seed: int


async def obey(order: Order) -> None:
    """Serve until the parent closes this process's standard input.

    A TERM ends it at once: there is nothing to save.
    """
    backend = Simulation(order.seed, order.scenario, started=time.time())
    account = open_account(backend.identity().id, order.username, order.password)
    server = Server(create_app(backend, account, chores=(Alarm(backend, account).check,)))

    def read_on() -> None:
        if not os.read(STDIN, 4_096):
            loop.remove_reader(STDIN)
            server.should_exit = True

    loop = asyncio.get_running_loop()
    loop.add_reader(STDIN, read_on)
    await server.serve(sockets=[socket.socket(fileno=order.fd)])


def main() -> None:
    """Read the order and obey it; ctrl+c is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(obey(Order(**json.loads(os.fdopen(STDIN, "rb", buffering=0, closefd=False).readline()))))


if __name__ == "__main__":
    main()
