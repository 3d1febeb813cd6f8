"""The path of a history file, its mark, and the lock that gives it to one process; standard library only."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


APPLICATION = 0x6D63746F
"""What marks a SQLite file as a history: the application id in its header."""

SQLITE = b"SQLite format 3\0"
"""What each SQLite file begins with."""

MARK = slice(68, 72)
"""The bytes of the application id in the header, big-endian (the file format of SQLite, 1.3)."""

LONGEST = 100
"""Characters of a name, without its ending."""

PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]*:\d+")
"""A server whose name is a file's name as it is, but for the colon."""


def default_place(servers: Iterable[str], environ: Mapping[str, str]) -> Path:
    """The file for these servers, `host:port`, in any order; under $XDG_STATE_HOME, which must be absolute."""
    configured = environ.get("XDG_STATE_HOME", "")
    state = Path(configured) if os.path.isabs(configured) else Path.home() / ".local" / "state"
    return state / "mctop" / "history" / f"{name_of(servers)}.sqlite"


def name_of(servers: Iterable[str]) -> str:
    """A name that can be read, and differs for other servers: it ends in a digest where reading it is not enough."""
    names = sorted({server.lower() for server in servers})
    text = "+".join(name.replace(":", "_") for name in names)
    if len(text) <= LONGEST and all(map(PLAIN.fullmatch, names)):
        return text
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
    readable = re.sub(r"[^a-z0-9.+-]+", "_", text).strip("._-")
    return f"{readable[: LONGEST - len(digest) - 1].rstrip('._-+')}+{digest}"


class ForeignFile(Exception):
    """A file that was named is not ours to write to; the message says which, and what to do."""


def marked(header: bytes) -> bool | None:
    """Say whether a SQLite header is a history's; None where there is no id, as before its log is written back."""
    number = int.from_bytes(header[MARK], "big")
    return number == APPLICATION if number else None


def header_of(file: Path) -> bytes:
    """The first bytes of a file, b"" if it is empty; raise OSError, also for a link."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        return os.read(descriptor, MARK.stop)
    finally:
        os.close(descriptor)


def refuse_foreign(file: Path) -> None:
    """Raise ForeignFile for a file that is there and is no history, or an OSError; nothing is touched."""
    try:
        status = file.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.getuid():
        raise ForeignFile(f"{file} is not a plain file of yours, and is left as it is; keep another (--history FILE)")
    header = header_of(file)
    is_history = header.startswith(SQLITE) and marked(header)
    may_be = header.startswith(SQLITE) and marked(header) is None and Path(f"{file}-wal").exists()
    if header and not is_history and not may_be:
        raise ForeignFile(f"{file} is not a history of mctop, and is left as it is; keep another (--history FILE)")


class HistoryInUse(Exception):
    """Another process keeps this history; the message says which, and what to do."""


def lock(file: Path) -> int:
    """Take the history file for this process, and for a child that is passed the descriptor this returns.

    The lock ends with the last process that has the descriptor. The file's folder is made, open to its owner only.
    Raises HistoryInUse, or OSError if there can be no such file.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(f"{file}.lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        words = os.read(descriptor, 200).decode("ascii", "replace")
        os.close(descriptor)
        holder = "".join(filter(str.isprintable, words)) or "another process"
        raise HistoryInUse(
            f"{file} is in use: {holder} keeps its history there. Go without one (--no-history), keep another "
            "(--history FILE), or look at the API of that process."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(
        descriptor,
        f"process {os.getpid()} ({os.path.basename(sys.argv[0]) or 'mctop'})\n".encode("ascii", "replace"),
        0,
    )
    return descriptor
