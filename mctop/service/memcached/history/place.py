"""The path of a history file, its mark, and the lock that gives it to one process; standard library only."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.private_files import UnsafeFile, open_private
from mctop.service.base.sqlite_header import read_header
from mctop.user_folders import state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable


APPLICATION = 0x6D63746F
"""What marks a SQLite file as a history: the application id in its header."""

LONGEST = 100
"""Characters of a name, without its ending."""

PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]*:\d+")
"""A server whose name is a file's name as it is, but for the colon."""


def default_place(servers: Iterable[str]) -> Path:
    """The file for these servers, `host:port`, in any order, where state lives. Raises ConfigError without a home."""
    return state_folder() / "history" / f"{name_of(servers)}.sqlite"


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


def may_be_history(file: Path) -> bool:
    """Whether a file is a history, is empty, or is one whose mark is still in the log beside it; raises OSError."""
    header = read_header(file)
    if header is None:
        return True
    in_log = header.application == 0 and Path(f"{file}-wal").exists()
    return header.is_sqlite and (header.application == APPLICATION or in_log)


def refuse_foreign(file: Path) -> None:
    """Raise ForeignFile for a file that is there and is no history, or an OSError; nothing is touched."""
    try:
        is_ours = may_be_history(file)
    except FileNotFoundError:
        return
    except UnsafeFile as error:
        words = f"{file} is not a plain file of yours ({error.strerror}), and is left as it is"
        raise ForeignFile(f"{words}; keep another (--history FILE)") from None
    if not is_ours:
        raise ForeignFile(f"{file} is not a history of mctop, and is left as it is; keep another (--history FILE)")


class HistoryInUse(Exception):
    """Another process keeps this history; the message says which, and what to do."""


def lock(file: Path) -> int:
    """Take the history file for this process, and for a child that is passed the descriptor this returns.

    The lock ends with the last process that has the descriptor. The file's folder is made, open to its owner only.
    Raises HistoryInUse, or OSError if there can be no such file.
    """
    descriptor = open_private(Path(f"{file}.lock"), os.O_RDWR, obeyed=False).descriptor
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
