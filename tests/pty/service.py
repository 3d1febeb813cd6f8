"""The simulated service as a process that a test can kill and bring back on the same port with the same credentials."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import signal
    from types import TracebackType

USERNAME, PASSWORD = "ABCDEF", "0123456789ABCDEF"


class Service:
    """A simulated cache's API on loopback; started on entering, gone on leaving."""

    def __init__(self, scenario: str = "steady") -> None:
        self.scenario = scenario
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """What mctop must find in its environment to watch it."""
        return {"MCTOP_URL": self.url, "MEMCACHIER_USERNAME": USERNAME, "MEMCACHIER_PASSWORD": PASSWORD}

    def __enter__(self) -> Service:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self.kill()

    def start(self) -> None:
        """Start it, on the port it had before if it had one."""
        with socket.create_server(("127.0.0.1", self.port), backlog=64) as listener:
            self.port = listener.getsockname()[1]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "mctop.service"], stdin=subprocess.PIPE, pass_fds=(listener.fileno(),)
            )
            order = {
                "fd": listener.fileno(),
                "username": USERNAME,
                "password": PASSWORD,
                "simulated": {"scenario": self.scenario, "seed": 1},
                "memcached": None,
            }
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()

    def kill(self) -> None:
        """Kill it as a crash would: no word to its clients."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process = None

    def send(self, number: signal.Signals) -> None:
        """Send it a signal: STOP makes a server that accepts and never answers."""
        assert self._process is not None
        self._process.send_signal(number)
