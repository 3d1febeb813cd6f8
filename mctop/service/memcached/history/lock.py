"""One process for one history file; standard library only, because it is taken before anything else is done."""

from __future__ import annotations

import fcntl
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


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
        told = os.read(descriptor, 200).decode("ascii", "replace")
        os.close(descriptor)
        holder = "".join(filter(str.isprintable, told)) or "another process"
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
