"""The service as a child process, and the order that tells it what to serve; the standard library and values alone."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import IO

from mctop.service.base.served_cache import MemcachedCache, SimulatedCache


@dataclass(frozen=True, slots=True)
class Order:
    """Serve on `fd`, a listening socket, and let these credentials in; one of the two kinds of cache is there."""

    fd: int
    username: str
    password: str = field(repr=False)
    simulated: SimulatedCache | None = None
    memcached: MemcachedCache | None = None


def read_order(document: dict[str, object]) -> Order:
    """Read an order from its JSON object."""
    simulated, memcached = document.pop("simulated"), document.pop("memcached")
    return Order(
        **document,  # type: ignore[arg-type]  # the parent wrote the fields
        simulated=SimulatedCache(**simulated) if isinstance(simulated, dict) else None,
        memcached=MemcachedCache(**memcached) if isinstance(memcached, dict) else None,
    )


GRACE = 1.0
"""Seconds a child may take to end before it is killed."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running service: where it listens on loopback, and what it lets in. It ends when its parent does."""

    url: str
    cache_id: int
    username: str
    password: str = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)

    def close(self) -> None:
        """End the child and wait for it."""
        if self.process.stdin is not None:
            with suppress(BrokenPipeError):
                self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def spawn(what: SimulatedCache | MemcachedCache, *, stderr: IO[bytes] | int = subprocess.DEVNULL) -> Child:
    """Start the API of a cache on a loopback port of its own.

    It listens before this returns: a request made at once waits until the child has started, and is refused if the
    child could not start. Passwords reach the child through its standard input; the API's is generated.
    """
    username, password = secrets.token_hex(3).upper(), secrets.token_hex(16).upper()
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        port: int = listener.getsockname()[1]
        process = subprocess.Popen(  # -P: nothing in the directory of whoever starts it becomes code
            [sys.executable, "-P", "-m", "mctop.service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            pass_fds=(listener.fileno(),),
        )
        order = Order(
            listener.fileno(),
            username,
            password,
            simulated=what if isinstance(what, SimulatedCache) else None,
            memcached=what if isinstance(what, MemcachedCache) else None,
        )
    child = Child(f"http://127.0.0.1:{port}", what.CACHE_ID, username, password, process)
    assert process.stdin is not None  # PIPE was asked for
    with suppress(BrokenPipeError):  # the child is gone already, and its port refuses
        process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
        process.stdin.flush()
    return child
