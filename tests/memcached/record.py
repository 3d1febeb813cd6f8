"""Records what a running memcached answers, logs and counts: `python -m tests.memcached.record HOST:PORT > FILE`.

The server is fresh and nobody else uses it; its `settings` are recorded as they are, so it is started without `-B`.
"""

from __future__ import annotations

import re
import socket
import sys
from contextlib import closing

from tests.memcached.recording import KINDS, Exchange, Recording

KEY, ENCODED, VALUE = b"key:1", "key%3A1", b"12345"
PRESENT, ABSENT = b"set key:1 0 0 5\r\n12345\r\n", b"delete key:1\r\n"
SENT = b"999"
BASE64 = b"a2V5OjE="
"""KEY, as a binary key is written in meta commands."""


def both(hit: str, miss: str, request: bytes) -> dict[str, tuple[bytes, bytes]]:
    """An operation on a key that is there, and on one that is not."""
    return {hit: (PRESENT, request), miss: (ABSENT, request)}


CASES: dict[str, tuple[bytes, bytes]] = {
    **both("get present", "get absent", b"get key:1\r\n"),
    **both("gets present", "gets absent", b"gets key:1\r\n"),
    **both("gat present", "gat absent", b"gat 0 key:1\r\n"),
    **both("touch present", "touch absent", b"touch key:1 0\r\n"),
    **both("set present", "set absent", b"set key:1 0 0 3\r\n%b\r\n" % SENT),
    **both("add present", "add absent", b"add key:1 0 0 3\r\n%b\r\n" % SENT),
    **both("replace present", "replace absent", b"replace key:1 0 0 3\r\n%b\r\n" % SENT),
    **both("append present", "append absent", b"append key:1 0 0 3\r\n678\r\n"),
    **both("prepend present", "prepend absent", b"prepend key:1 0 0 3\r\n678\r\n"),
    **both("cas present", "cas absent", b"cas key:1 0 0 3 {cas}\r\n%b\r\n" % SENT),
    "cas other": (PRESENT, b"cas key:1 0 0 3 1\r\n%b\r\n" % SENT),
    **both("incr present", "incr absent", b"incr key:1 1\r\n"),
    **both("decr present", "decr absent", b"decr key:1 1\r\n"),
    **both("delete present", "delete absent", b"delete key:1\r\n"),
    **both("mg present", "mg absent", b"mg key:1 s v\r\n"),
    **both("mg quiet present", "mg quiet absent", b"mg key:1 s u\r\n"),
    **both("mg touch present", "mg touch absent", b"mg key:1 T0\r\n"),
    **both("mg base64 present", "mg base64 absent", b"mg %b s v b\r\n" % BASE64),
    **both("ms present", "ms absent", b"ms key:1 3\r\n%b\r\n" % SENT),
    **both("ma present", "ma absent", b"ma key:1\r\n"),
    **both("md present", "md absent", b"md key:1\r\n"),
    **both("me present", "me absent", b"me key:1\r\n"),
    **both("me base64 present", "me base64 absent", b"me %b b\r\n" % BASE64),
    "mn": (ABSENT, b"mn\r\n"),
    "several": (PRESENT, b"get key:1 other key:1\r\n"),
}
"""What is done first, and then recorded, by the name of the exchange."""

SIZES = {"5": "size", "3": "sent", "8": "joined"}
"""What a size of a log line is the size of: what was there, what was sent, both."""

WITHOUT_ME = 59
"""Bytes of an item besides its key and value where the server has no `me`: what all others tell."""

NOT_COUNTED = re.compile(
    r"bytes|time|uptime|rusage|curr_|pid|pointer|version|libevent|threads|log_|lru|hash|read_buf|response_obj|slab"
    r"|moves|direct|crawler|connection|conn_|total_conn"
)
"""Counters that change with the place, the size or the time, not with the operation."""


class Server:
    """One connection for commands and one that watches."""

    def __init__(self, host: str, port: int) -> None:
        self._commands = socket.create_connection((host, port), timeout=10)
        self._watch = socket.create_connection((host, port), timeout=10)
        self._commands.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._log = self._watch.makefile("rb")
        self._markers = 0
        version = self._until(self._commands, b"\n") if self._send(self._commands, b"version\r\n") else b""
        self.version = version.split()[1].decode()
        self._mark = version

    def close(self) -> None:
        """Leave."""
        for each in (self._log, self._watch, self._commands):
            each.close()

    def ask(self, request: bytes) -> bytes:
        """Everything that is answered."""
        self._send(self._commands, request + b"version\r\n")
        return self._until(self._commands, self._mark).removesuffix(self._mark)

    def watch(self, kinds: tuple[str, ...]) -> bool:
        """Watch these kinds; say whether the server knows them."""
        self._send(self._watch, f"watch {' '.join(kinds)}\r\n".encode())
        return self._log.readline() == b"OK\r\n"

    def logged(self) -> list[str]:
        """The lines since the last call, without what comes of this one."""
        self._markers += 1
        marker = f"key=marker.{self._markers} "
        self.ask(f"get marker.{self._markers}\r\n".encode())
        lines: list[str] = []
        while marker not in (line := self._log.readline().decode()):
            lines.append(line.strip())
        return [line for line in lines if " type=" in line and line.split("type=")[1].split()[0] in KINDS]

    def counters(self) -> dict[str, int]:
        """What is counted and tells of operations."""
        words = (line.split() for line in self.ask(b"stats\r\n").decode().splitlines() if line.startswith("STAT"))
        return {row[1]: int(row[2]) for row in words if row[2].isdigit() and not NOT_COUNTED.search(row[1])}

    def _send(self, line: socket.socket, text: bytes) -> bool:
        line.sendall(text)
        return True

    def _until(self, line: socket.socket, end: bytes) -> bytes:
        answer = b""
        while not answer.endswith(end):
            chunk = line.recv(1 << 16)
            if not chunk:
                raise EOFError(answer)
            answer += chunk
        return answer


def exchange(server: Server, first: bytes, request: bytes) -> Exchange:
    """Do one thing and record the other."""
    server.ask(first)
    unique = re.search(rb"VALUE \S+ \d+ \d+ (\d+)", server.ask(b"gets key:1\r\n"))
    server.ask(b"mn\r\n")
    server.logged()
    before = server.counters()
    answer = server.ask(request.replace(b"{cas}", unique[1] if unique else b"1"))
    rose = {name: many - before.get(name, 0) for name, many in server.counters().items()}
    return Exchange(
        answer_template(answer.decode()),
        tuple(map(log_template, server.logged())),
        {name: many for name, many in rose.items() if many},
    )


def answer_template(answer: str) -> str:
    """An answer, with names for what changes."""
    text = answer.replace("key:1", "{key}").replace(BASE64.decode(), "{key}")
    text = re.sub(r"^(VALUE \{key\} 0) 5(?: \d+)?", value_line, text, flags=re.M)
    text = re.sub(r"^1234[456]", "{value}", text, flags=re.M)
    text = re.sub(r"^VA 5", "VA {size}", text)
    text = re.sub(r" s5\b", " s{size}", text)
    if text.startswith("ME "):
        text = re.sub(r"cas=\d+", "cas={cas}", text)
        text = re.sub(r" size=\d+", " size={footprint}", text)
        text = re.sub(r"exp=-?\d+ la=\d+", "exp=-1 la=0", text)
    return text


def value_line(line: re.Match[str]) -> str:
    """The line before a value, whose unique number only `gets` tells."""
    return f"{line[1]} {{size}}" + (" {cas}" if len(line[0].split()) == 5 else "")


def log_template(line: str) -> str:
    """A log line, with names for what changes."""
    text = re.sub(r"^ts=\S+ gid=\d+ ", "", line).replace(ENCODED, "{key}")
    text = re.sub(r"cfd=\d+", "cfd={connection}", text)
    return re.sub(r"size=([1-9]\d*)", lambda size: f"size={{{SIZES[size[1]]}}}", text)


def record(host: str, port: int) -> Recording:
    """Record everything of a server."""
    with closing(Server(host, port)) as server:
        lines = [
            tuple(server.ask(command).decode().split("\r\n")[:-2]) for command in (b"stats\r\n", b"stats settings\r\n")
        ]
        kinds = tuple(KINDS.values())
        while not server.watch(kinds):
            kinds = kinds[:-1]
        server.ask(PRESENT)
        footprint = re.search(rb"size=(\d+)", server.ask(b"me key:1\r\n"))
        overhead = int(footprint[1]) - len(KEY) - len(VALUE) if footprint else WITHOUT_ME
        exchanges = {name: exchange(server, *case) for name, case in CASES.items()}
    return Recording(server.version, lines[0], lines[1], kinds, overhead, exchanges)


if __name__ == "__main__":
    host, _, port = sys.argv[1].rpartition(":")
    sys.stdout.write(record(host, int(port)).write())
