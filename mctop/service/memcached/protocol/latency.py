"""The round trip to a server, timed in a thread, where no event loop adds to it."""

from __future__ import annotations

import select
import socket
import statistics
import threading
import time
from typing import TYPE_CHECKING

from mctop.service.base.background import apart
from mctop.service.memcached.protocol.capabilities import may_have_mn
from mctop.service.memcached.protocol.commands import NOTHING, VERSION
from mctop.service.memcached.protocol.connection import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    LONGEST_LINE,
    check_accepted,
    credentials,
    version_of,
)
from mctop.service.memcached.protocol.trouble import closed, cut_off, oversized, timed_out, unreachable

if TYPE_CHECKING:
    from mctop.service.memcached.protocol.address import Access, Address
    from mctop.service.memcached.protocol.commands import MemcachedCommand

PINGS = 5
"""Round trips, of which the median counts: one that the scheduler holds up does not move it."""


class LatencyProbe:
    """Times a server over one connection of its own, kept and reopened, in a thread."""

    def __init__(self, address: Address, access: Access) -> None:
        self._address = address
        self._access = access
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._ping = VERSION

    async def latency(self) -> float:
        """Nanoseconds there and back, the median of PINGS; raise ServerTrouble."""
        return await apart(self._measure)

    @property
    def connections(self) -> int:
        """How many it has open."""
        return int(self._socket is not None)

    async def close(self) -> None:
        """Close the connection, once nothing is under way on it."""
        await apart(self._close)

    def _close(self) -> None:
        with self._lock:
            self._drop()

    def _measure(self) -> float:
        with self._lock:
            if self._socket is not None and self._has_ended(self._socket):
                self._drop()
            try:
                if self._socket is None:
                    self._socket = self._connect()
                    self._greet(self._socket)
                return statistics.median([self._time(self._socket) for _ in range(PINGS)])
            except BaseException:
                self._drop()
                raise

    def _time(self, line: socket.socket) -> int:
        begun = time.perf_counter_ns()
        self._ask(line, self._ping)
        return time.perf_counter_ns() - begun

    def _connect(self) -> socket.socket:
        host, tls = self._address.host, self._access.tls
        try:
            line = socket.create_connection((host, self._address.port), CONNECT_SECONDS)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                line = tls.wrap_socket(line, server_hostname=host)
        except OSError as error:
            raise unreachable(error, self._address.text, CONNECT_SECONDS) from None
        line.settimeout(ANSWER_SECONDS)
        return line

    def _greet(self, line: socket.socket) -> None:
        where = self._address.text
        try:
            version = version_of(self._exchange(line, VERSION), where)
        except (EOFError, ConnectionError):
            raise cut_off(where, has_tls=self._access.tls is not None) from None
        if version is None:
            check_accepted(self._ask(line, credentials(self._access, where)), where)
            version = version_of(self._ask(line, VERSION), where)
        knows = may_have_mn(version or "") and self._ask(line, NOTHING) in NOTHING.begins
        self._ping = NOTHING if knows else VERSION

    def _ask(self, line: socket.socket, command: MemcachedCommand) -> bytes:
        try:
            return self._exchange(line, command)
        except (EOFError, ConnectionError):
            raise closed(self._address.text) from None

    def _exchange(self, line: socket.socket, command: MemcachedCommand) -> bytes:
        try:
            line.sendall(command.line)
            answer = b""
            while not answer.endswith(b"\n"):
                chunk = line.recv(LONGEST_LINE)
                if not chunk:
                    raise EOFError
                answer += chunk
                if len(answer) > LONGEST_LINE:
                    raise oversized(self._address.text)
            return answer.rstrip(b"\r\n")
        except TimeoutError:
            raise timed_out(self._address.text, command.name, ANSWER_SECONDS) from None

    @staticmethod
    def _has_ended(line: socket.socket) -> bool:
        """Say whether a line on which nothing is awaited has something to read, which can only be its end."""
        return bool(select.select([line], [], [], 0)[0])

    def _drop(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
