"""A listening socket that its owner alone can reach: a file in a folder of mode 0700; it imports nothing heavy."""

from __future__ import annotations

import fcntl
import os
import socket
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.private_files import open_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

PREFIX, NAME = "mctop-", "api"
LONGEST_PATH = 100
"""Bytes of a path that fits in a socket's address on every system: Linux has room for 107, macOS for 103."""
BACKLOG = 64


@dataclass(frozen=True, slots=True)
class PrivateSocket:
    """A listener at `path`; its folder is in use, and left alone by whoever tidies up, while `lock` is open somewhere.

    After a block, this process has closed both; one that inherited them has not.
    """

    listener: socket.socket
    path: Path
    lock: int

    @property
    def descriptors(self) -> tuple[int, int]:
        """What the process that serves must inherit."""
        return self.listener.fileno(), self.lock

    def __enter__(self) -> PrivateSocket:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close both."""
        self.listener.close()
        os.close(self.lock)


def listen(environ: Mapping[str, str]) -> PrivateSocket:
    """Listen on a new socket, in the folder of the login session or of temporary files.

    What was left behind there by processes that were killed is removed. Raises OSError.
    """
    place = Path(_place(environ))
    _remove_abandoned(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    lock = open_folder(folder)
    listener = socket.socket(socket.AF_UNIX)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)  # before there is a socket, which is what an abandoned folder is known by
        listener.bind(f"{folder / NAME}")
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        os.close(lock)
        remove(folder)
        raise
    return PrivateSocket(listener, folder / NAME, lock)


def remove(folder: Path) -> None:
    """Remove the folder of a socket; again is harmless."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def _place(environ: Mapping[str, str]) -> str:
    """The folder of the login session, which is the user's alone, or that of temporary files where a path fits."""
    for place in (environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()):
        path = f"{place}/{PREFIX}12345678/{NAME}"
        if os.path.isabs(place) and len(os.fsencode(path)) <= LONGEST_PATH and os.access(place, os.W_OK | os.X_OK):
            return place
    return "/tmp"


def _remove_abandoned(place: Path) -> None:
    """Remove the folders of ours with a socket that no process has in use any more."""
    with suppress(OSError):
        for path in place.glob(f"{PREFIX}*/{NAME}"):
            if _is_private(path.parent) and stat.S_ISSOCK(path.lstat().st_mode) and _is_free(path.parent):
                remove(path.parent)


def _is_private(folder: Path) -> bool:
    """Whether it is a folder, by no link, that nobody else can change or put in another's place."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _is_free(folder: Path) -> bool:
    """Whether no process holds the lock of a folder."""
    descriptor = open_folder(folder)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
