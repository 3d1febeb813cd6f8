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
LONGEST_PATH = 100
"""Bytes of a path that fits in a socket's address on every system: Linux has room for 107, macOS for 103."""
BACKLOG = 64


def listen(environ: Mapping[str, str]) -> tuple[socket.socket, Path]:
    """Listen on a new socket, in the folder of the login session or of temporary files, and return it with its file.

    What was left behind there by processes that were killed is removed. Raises OSError.
    """
    folder = Path(_folder(environ))
    _remove_abandoned(folder)
    path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder)) / NAME
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(f"{path}")
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        remove(path)
        raise
    return listener, path


def remove(path: Path) -> None:
    """Remove the file of a socket and its folder; again is harmless."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def _folder(environ: Mapping[str, str]) -> str:
    """The folder of the login session, which is the user's alone, or that of temporary files where a path fits."""
    for folder in (environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()):
        path = f"{folder}/{PREFIX}12345678/{NAME}"
        if os.path.isabs(folder) and len(os.fsencode(path)) <= LONGEST_PATH and os.access(folder, os.W_OK | os.X_OK):
            return folder
    return "/tmp"


def _remove_abandoned(folder: Path) -> None:
    """Remove the sockets of ours on which nobody listens any more."""
    with suppress(OSError):
        for path in folder.glob(f"{PREFIX}*/{NAME}"):
            status = path.lstat()
            if status.st_uid == os.geteuid() and stat.S_ISSOCK(status.st_mode) and _is_refused(path):
                remove(path)


def _is_refused(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)
        try:
            probe.connect(f"{path}")
        except ConnectionRefusedError:
            return True
        except OSError:
            return False
    return False
