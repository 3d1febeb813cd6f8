"""A listening socket that its owner alone can reach: a file in a folder of mode 0700; the standard library alone."""

from __future__ import annotations

import os
import socket
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX, NAME = "mctop-", "api"
UNFINISHED = "new"
"""What the file is called until the socket listens, so that nobody takes it for an abandoned one."""
LONGEST_PATH = 100
"""Bytes of a path that fits in a socket's address on every system: Linux has room for 107, macOS for 103."""
BACKLOG = 64


def listen(environ: Mapping[str, str]) -> tuple[socket.socket, Path]:
    """Listen on a new socket, in the folder of the login session or of temporary files, and return it with its file.

    What was left behind there by processes that were killed is removed. Raises OSError.
    """
    place = Path(_place(environ))
    _remove_abandoned(place)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(f"{folder / UNFINISHED}")
        listener.listen(BACKLOG)
        (folder / UNFINISHED).rename(folder / NAME)
    except OSError:
        listener.close()
        remove(folder)
        raise
    return listener, folder / NAME


def remove(folder: Path) -> None:
    """Remove the folder of a socket; again is harmless."""
    for name in (NAME, UNFINISHED):
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def folder_of(listener: socket.socket) -> Path:
    """The folder of a socket that was made here, in whichever process."""
    return Path(listener.getsockname()).parent


def _place(environ: Mapping[str, str]) -> str:
    """The folder of the login session, which is the user's alone, or that of temporary files where a path fits."""
    for place in (environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()):
        path = f"{place}/{PREFIX}12345678/{NAME}"
        if os.path.isabs(place) and len(os.fsencode(path)) <= LONGEST_PATH and os.access(place, os.W_OK | os.X_OK):
            return place
    return "/tmp"


def _remove_abandoned(place: Path) -> None:
    """Remove the folders of ours in which a socket lies that nobody listens on any more."""
    with suppress(OSError):
        for path in place.glob(f"{PREFIX}*/{NAME}"):
            if _is_private(path.parent) and _is_refused(path):
                remove(path.parent)


def _is_private(folder: Path) -> bool:
    """Whether it is a folder, by no link, that nobody else can change or put in another's place."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _is_refused(path: Path) -> bool:
    """Whether it is a socket on which nobody listens."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)
        try:
            if not stat.S_ISSOCK(path.lstat().st_mode):
                return False
            probe.connect(f"{path}")
        except ConnectionRefusedError:
            return True
        except OSError:
            return False
    return False
