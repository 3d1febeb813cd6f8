"""Debian's memcached on free ports of loopback, started by the tests that need it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from mctop.service.memcached.protocol.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = shutil.which("memcached")

needs_memcached = pytest.mark.skipif(PROGRAM is None, reason="memcached is not installed")

PATIENCE = 5.0
"""Seconds a server may take to listen."""


@dataclass
class RealServer:
    """A memcached that runs until it is killed, and can be started again where it was."""

    port: int
    flags: tuple[str, ...]
    environ: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def address(self) -> Address:
        """Where it listens."""
        return Address("127.0.0.1", self.port)

    def start(self) -> None:
        """Start it, and return when it listens."""
        assert PROGRAM is not None
        as_root = ("-u", "root") if os.getuid() == 0 else ()
        command = (PROGRAM, "-l", "127.0.0.1", "-p", str(self.port), "-U", "0", "-m", "64", *as_root, *self.flags)
        self.process = subprocess.Popen(command, env={**os.environ, **self.environ}, stderr=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while not listens(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                raise OSError(f"memcached does not start with {self.flags}")
            time.sleep(0.005)

    def kill(self) -> None:
        """End it at once, as a crash does; again is harmless."""
        self.process.kill()
        self.process.wait()

    def is_alive(self) -> bool:
        """Say whether it runs."""
        return self.process.poll() is None


def listens(port: int) -> bool:
    """Say whether something on loopback listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def real_server(*flags: str, environ: dict[str, str] | None = None) -> Iterator[RealServer]:
    """Run a memcached with these flags besides its address."""
    server = RealServer(free_port(), flags, environ or {})
    server.start()
    try:
        yield server
    finally:
        server.kill()


def sasl_only(folder: Path) -> dict[str, str]:
    """The environment in which memcached's `-S` starts, with a configuration in a folder."""
    (folder / "memcached.conf").write_text(f"mech_list: plain\npwcheck_method: sasldb\nsasldb_path: {folder}/users\n")
    return {"SASL_CONF_PATH": str(folder)}
