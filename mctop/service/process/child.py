"""The service as a child process, and the order that tells it what to serve; the standard library and values alone."""

from __future__ import annotations

import json
import os
import secrets
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from mctop.private_files import open_private
from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
from mctop.service.process.private_socket import listen, remove
from mctop.user_folders import state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """Serve on `fd`, a listening socket, and let these credentials in; one of the two kinds of cache is there."""

    fd: int
    username: str
    password: str = field(repr=False)
    simulated: SimulatedCache | None = None
    memcached: MemcachedCache | None = None

    def secrets(self) -> tuple[str, ...]:
        """The passwords that are in it."""
        return (self.password, *((self.memcached.password,) if self.memcached is not None else ()))


def read_order(document: dict[str, object]) -> Order:
    """Read an order from its JSON object."""
    simulated, memcached = document.pop("simulated"), document.pop("memcached")
    return Order(
        **document,  # type: ignore[arg-type]  # the parent wrote the fields
        simulated=SimulatedCache(**simulated) if isinstance(simulated, dict) else None,
        memcached=MemcachedCache(**memcached) if isinstance(memcached, dict) else None,
    )


INHERITED = frozenset({"HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ"})
INHERITED_PREFIXES = ("LC_", "MCTOP_DELIVER", "MCTOP_SMTP", "PYTHON", "SSL_CERT_", "XDG_")
"""The variables that a child is given: what it needs to run and to deliver alerts, and no password or token."""
PROXIES = frozenset({"ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"})
"""Of either case. A proxy may have a password, so they are given where alerts are delivered, which may need one."""


def inherited(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child."""
    proxies = PROXIES if environ.get("MCTOP_DELIVER") == "1" else frozenset[str]()
    return {
        name: value
        for name, value in environ.items()
        if name in INHERITED or name.startswith(INHERITED_PREFIXES) or name.upper() in proxies
    }


GRACE = 1.0
"""Seconds a child may take to end before it is killed."""


LARGEST_LOG = 256 * 1024
"""Bytes of the log; it is begun anew beyond that, which is some hundred failures with their frames."""

LONGEST_WORDS = 200
"""Letters of the last line that are shown."""


def default_log() -> Path:
    """The file that a child writes its words to, where state lives. Raises ConfigError where there is no home."""
    return state_folder() / "service.log"


@dataclass(slots=True)
class ChildLog:
    """The open log of a child, and where in it the child begins; `path` is None where there can be none, and why."""

    path: Path | None
    descriptor: int
    start: int
    why: str = ""

    def close(self) -> None:
        """Close it; again is harmless."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def last_line(self) -> str:
        """The last line that the child wrote, printable and short; "" if it wrote none."""
        try:
            written = os.pread(self.descriptor, 2 * LARGEST_LOG, 0)
        except OSError:
            return ""
        own = written[self.start :] if len(written) > self.start else b""
        line = next(filter(None, map(bytes.strip, reversed(own.splitlines()))), b"").decode("utf-8", "replace")
        return "".join(letter if letter.isprintable() else "·" for letter in line[:LONGEST_WORDS])


def open_log(path: Path) -> ChildLog:
    """Open a log that only its owner can read, and begin it anew where it is large; without one, words are lost.

    A link, a pipe or somebody else's file is left alone.
    """
    try:
        descriptor = open_private(path, os.O_RDWR | os.O_APPEND, obeyed=False).descriptor
    except OSError as error:
        why = f"{path} cannot be its log: {error.strerror}"
        return ChildLog(None, os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC), 0, why)
    bound_log(descriptor)
    return ChildLog(path, descriptor, os.fstat(descriptor).st_size)


def bound_log(descriptor: int) -> None:
    """Begin a log anew if it is too large; leave what is no file."""
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and status.st_size > LARGEST_LOG:
        os.ftruncate(descriptor, 0)


@dataclass(frozen=True, slots=True)
class Child:
    """A running service: the socket on which it listens, and what it lets in. It ends when its parent does."""

    socket: Path
    cache_id: int
    username: str
    password: str = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)
    log: ChildLog = field(repr=False)

    @property
    def url(self) -> str:
        """What `mctop.api` speaks to it by."""
        return f"unix:{self.socket}"

    def last_words(self) -> str:
        """What it died of, in one line; "" while it lives."""
        status = self.process.poll()
        if status is None:
            return ""
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        line = self.log.last_line()
        where = f"; its log is {self.log.path}" if line and self.log.path is not None else ""
        words = line or self.log.why or "it left no word"
        return f"the service beside the dashboard ended by itself ({how}): {words}{where}"

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
        self.log.close()
        remove(self.socket.parent)


def spawn(what: SimulatedCache | MemcachedCache, *, log: Path | None = None) -> Child:
    """Start the API of a cache on a socket that only this user reaches; it writes what goes wrong to `log`.

    It listens before this returns: a request made at once waits until the child has started, and is refused if the
    child could not start. Without `log`, the default one is written. Passwords reach the child through its standard
    input; the API's is generated.
    """
    username, password = secrets.token_hex(3).upper(), secrets.token_hex(16).upper()
    words = open_log(log or default_log())
    with listen(os.environ) as private:
        try:
            process = subprocess.Popen(  # -P: nothing in the directory of whoever starts it becomes code
                [sys.executable, "-P", "-m", "mctop.service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=words.descriptor,
                pass_fds=private.descriptors,
                env=inherited(os.environ),
            )
        except OSError:
            remove(private.path.parent)
            raise
        order = Order(
            private.listener.fileno(),
            username,
            password,
            simulated=what if isinstance(what, SimulatedCache) else None,
            memcached=what if isinstance(what, MemcachedCache) else None,
        )
    child = Child(private.path, what.CACHE_ID, username, password, process, words)
    assert process.stdin is not None  # PIPE was asked for
    with suppress(BrokenPipeError):  # the child is gone already, and its socket refuses
        process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
        process.stdin.flush()
    return child
