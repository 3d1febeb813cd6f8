"""A server that answers, logs and counts as a recorded version of memcached does, for any keys and values.

What it holds is its own; every byte of an answer to an operation and of a log line comes from a recording.
"""

from __future__ import annotations

import asyncio
import base64
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from tests.memcached.recording import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.memcached.recording import Exchange, Recording

END = b"END\r\n"
UNDECODABLE = b"CLIENT_ERROR error decoding key\r\n"
"""What every version from 1.6.14 on says of a key that is to be base64 and is not."""
STORES = frozenset({b"set", b"add", b"replace", b"append", b"prepend", b"cas"})
LOOKUPS = frozenset({b"get", b"gets"})

WORKERS = 4
"""Threads of a server, each with a buffer for its log lines: memcached's own default."""
DRAINED_EVERY = 0.001
"""Seconds after which a busy memcached empties the buffers, each whole: lines of two threads change places."""


@dataclass(frozen=True, slots=True)
class Item:
    """A value and its unique number."""

    value: bytes
    cas: int


@dataclass(frozen=True, slots=True)
class Request:
    """An operation on a key, by the name of its recordings; `sent` is the value that came with it."""

    name: str
    key: bytes
    sent: bytes = b""
    unique: int = 0
    flags: tuple[bytes, ...] = ()


@dataclass(eq=False)
class Session:
    """A connection: its number, and what it watches."""

    writer: asyncio.StreamWriter
    number: int
    kinds: frozenset[str] = frozenset()


@dataclass(eq=False)
class Replay:
    """The server's state. Where it is `text_only` it was started with `-B ascii`."""

    recording: Recording
    text_only: bool = False
    port: int = 0
    _items: dict[bytes, Item] = field(default_factory=dict)
    _sessions: set[Session] = field(default_factory=set)
    _counters: dict[str, int] = field(default_factory=dict)
    _unique: Iterator[int] = field(default_factory=lambda: count(2))
    _lines: Iterator[int] = field(default_factory=lambda: count(1))
    _numbers: Iterator[int] = field(default_factory=lambda: count(17))
    _buffers: list[list[tuple[str, bytes]]] = field(default_factory=lambda: [[] for _ in range(WORKERS)])
    _is_draining: bool = False
    _started: float = field(default_factory=time.monotonic)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a connection until it ends."""
        session = Session(writer, next(self._numbers))
        self._sessions.add(session)
        self._count({"total_connections": 1})
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while line := await reader.readline():
                writer.write(await self._answer(line.split(), reader, session))
        self._sessions.discard(session)
        writer.close()

    async def _answer(self, words: list[bytes], reader: asyncio.StreamReader, session: Session) -> bytes:
        verb = words[0] if words else b""
        if verb in LOOKUPS or verb == b"gat":
            keys = words[2:] if verb == b"gat" else words[1:]
            answers = [self._operation(Request(verb.decode(), key), session) for key in keys]
            return b"".join(answer.removesuffix(END) for answer in answers) + (
                END if answers[-1].endswith(END) else b""
            )
        if verb in STORES or verb == b"ms":
            size = int(words[2] if verb == b"ms" else words[4])
            sent = (await reader.readexactly(size + 2))[:-2]
            unique = int(words[5]) if verb == b"cas" else 0
            key = base64.b64decode(words[1]) if verb == b"ms" and b"b" in words[3:] else words[1]
            return self._operation(Request(verb.decode(), key, sent, unique), session)
        if verb in {b"touch", b"incr", b"decr", b"delete", b"ma", b"md"}:
            return self._operation(Request(verb.decode(), words[1]), session)
        if verb == b"mg" and words[1] == b"!":
            return UNDECODABLE if self._reads_base64() else self.recording.exchanges["mg base64 absent"].answer.encode()
        if verb in {b"mg", b"me"}:
            return self._operation(self._meta(verb.decode(), words[1], tuple(words[2:])), session)
        return self._command(b" ".join(words), session)

    def _reads_base64(self) -> bool:
        exchange = self.recording.exchanges["mg base64 absent"]
        return not self._is_error(exchange) and bool(exchange.log) and "{key}" in exchange.log[0]

    def _meta(self, verb: str, key: bytes, flags: tuple[bytes, ...]) -> Request:
        """A lookup by a meta command: what it is recorded as depends on its flags."""
        if b"b" in flags:
            is_known = not self._is_error(self.recording.exchanges[f"{verb} base64 absent"])
            log = self.recording.exchanges[f"{verb} base64 absent"].log
            if is_known and log and "{key}" in log[0]:
                key = base64.b64decode(key)
            return Request(f"{verb} base64", key, flags=flags)
        if verb == "me":
            return Request(verb, key)
        kind = "mg touch" if any(flag.startswith(b"T") for flag in flags) else "mg" if b"v" in flags else "mg quiet"
        return Request(kind, key, flags=flags)

    def _command(self, line: bytes, session: Session) -> bytes:
        """What is not about a key."""
        if line == b"version":
            return f"VERSION {self.recording.version}\r\n".encode()
        if line == b"stats":
            return _lines(self._stats())
        if line == b"stats settings":
            return _lines([self._setting(line) for line in self.recording.settings])
        if line == b"stats reset":
            self._reset()
            return b"RESET\r\n"
        if line == b"flush_all":
            self._items.clear()
            self._count({"cmd_flush": 1})
            return b"OK\r\n"
        if line.startswith(b"watch "):
            kinds = line.decode().split()[1:]
            if not set(kinds) <= {*self.recording.kinds, "evictions"}:
                return b"ERROR\r\n"
            session.kinds = frozenset(kinds)
            return b"OK\r\n"
        return self.recording.exchanges["mn"].answer.encode() if line == b"mn" else b"ERROR\r\n"

    def _operation(self, request: Request, session: Session) -> bytes:
        before = self._items.get(request.key)
        outcome = "absent" if before is None else "present"
        if request.name == "cas" and before is not None and before.cas != request.unique:
            outcome = "other"
        exchange = self.recording.exchanges[f"{request.name} {outcome}"]
        if not self._is_error(exchange):
            self._change(request, before, outcome)
        self._count(exchange.counters)
        names = self._names(request, before)
        names["connection"] = str(session.number)
        self._log(exchange, names, session.number % WORKERS)
        return self._said(exchange, request, names, before)

    def _change(self, request: Request, before: Item | None, outcome: str) -> None:
        """Do to what is held what the operation does."""
        value: bytes | None = None
        match request.name, outcome:
            case ("set" | "ms", _) | ("add", "absent") | (("replace" | "cas"), "present"):
                value = request.sent
            case (("append" | "prepend" | "incr" | "decr" | "ma"), "present") if before is not None:
                value = _joined(request, before.value)
            case (("delete" | "md"), "present"):
                del self._items[request.key]
        if value is not None:
            self._items[request.key] = Item(value, next(self._unique))

    def _names(self, request: Request, before: Item | None) -> dict[str, str]:
        """What stands for the names of a recording, in an answer."""
        now = self._items.get(request.key)
        value, old = now.value if now else b"", before.value if before else b""
        return {
            "key": request.key.decode("latin-1"),
            "value": value.decode("latin-1"),
            "size": str(len(old)),
            "sent": str(len(request.sent)),
            "joined": str(len(old) + len(request.sent)),
            "cas": str(now.cas if now else 0),
            "footprint": str(self.recording.overhead + len(request.key) + len(value)),
        }

    def _said(self, exchange: Exchange, request: Request, names: dict[str, str], before: Item | None) -> bytes:
        """The answer; what a `mg` tells besides the value depends on what was asked."""
        if request.name.startswith("mg") and before is not None and not self._is_error(exchange):
            head = exchange.answer.split()[0]
            quiet = self.recording.exchanges["mg quiet present"].answer.split()[0]
            fields = {b"s": f"s{names['size']}", b"t": "t-1", b"f": "f0", b"c": f"c{names['cas']}"}
            words = [fields[flag] for flag in request.flags if flag in fields]
            if b"v" in request.flags:
                return _filled(" ".join((head, "{size}", *words)) + "\r\n{value}\r\n", names)
            return _filled(" ".join((quiet, *words)) + "\r\n", names)
        return _filled(exchange.answer, names)

    def _log(self, exchange: Exchange, names: dict[str, str], worker: int) -> None:
        """Write lines into the buffer of the thread that serves the connection."""
        quoted = {**names, "key": percent(names["key"].encode("latin-1"))}
        for line, kind in zip(exchange.log, exchange.kinds(), strict=True):
            seconds, micros = divmod(time.time_ns() // 1_000, 1_000_000)
            text = f"ts={seconds}.{micros} gid={next(self._lines)} ".encode() + _filled(line, quoted) + b"\n"
            self._buffers[worker].append((kind, text))
        if not self._is_draining:
            self._is_draining = True
            asyncio.get_running_loop().call_later(DRAINED_EVERY, self._drain)

    def _drain(self) -> None:
        """Tell those who watch, one thread's lines after the other's."""
        self._is_draining = False
        for buffer in self._buffers:
            for session in self._sessions:
                session.writer.write(b"".join(text for kind, text in buffer if kind in session.kinds))
            buffer.clear()

    def _stats(self) -> list[str]:
        current = {
            **self._counters,
            "curr_items": len(self._items),
            "curr_connections": len(self._sessions),
            "uptime": int(time.monotonic() - self._started) + 1,
            "time": int(time.time()),
            "bytes": sum(self.recording.overhead + len(key) + len(item.value) for key, item in self._items.items()),
        }
        lines: list[str] = []
        for line in self.recording.stats:
            _, name, value = line.split(" ", 2)
            lines.append(f"STAT {name} {current.get(name, value)}")
        return lines

    def _reset(self) -> None:
        names = {line.split()[1] for line in self.recording.stats}
        commands = {
            name for name in names if name.startswith(("cmd_", "total_")) or name.endswith(("_hits", "_misses"))
        }
        self._counters = dict.fromkeys(commands | {"cas_badval", "get_expired"}, 0)

    def _setting(self, line: str) -> str:
        return "STAT binding_protocol ascii" if self.text_only and line.startswith("STAT binding_protocol") else line

    def _count(self, counters: dict[str, int]) -> None:
        for name, many in counters.items():
            self._counters[name] = self._counters.get(name, 0) + many

    def _is_error(self, exchange: Exchange) -> bool:
        return "ERROR" in exchange.answer.split("\r\n")[0]


def _joined(request: Request, old: bytes) -> bytes:
    match request.name:
        case "append":
            return old + request.sent
        case "prepend":
            return request.sent + old
        case "decr":
            return b"%d" % max(int(old) - 1, 0)
    return b"%d" % (int(old) + 1)


def _filled(template: str, names: dict[str, str]) -> bytes:
    text = template
    for name in (
        "key",
        "size",
        "sent",
        "joined",
        "cas",
        "footprint",
        "connection",
        "value",
    ):  # a value could hold names
        if "{" + name + "}" in text:
            text = text.replace("{" + name + "}", names[name])
    return text.encode("latin-1")


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode() + END


@contextmanager
def replaying(recording: Recording, *, text_only: bool = False) -> Iterator[Replay]:
    """Serve a recording on a port of loopback, from a thread of its own."""
    replay, loop, listening = Replay(recording, text_only), asyncio.new_event_loop(), threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(replay.serve, "127.0.0.1", 0)
        replay.port = server.sockets[0].getsockname()[1]
        listening.set()
        with suppress(asyncio.CancelledError):
            await server.serve_forever()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner, suppress(asyncio.CancelledError):
            runner.run(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    listening.wait(10)
    try:
        yield replay
    finally:
        for task in asyncio.all_tasks(loop):
            loop.call_soon_threadsafe(task.cancel)
        thread.join(10)
