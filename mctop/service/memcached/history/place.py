"""The path of a history file, and the lock that gives it to one process; standard library only."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
