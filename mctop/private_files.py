"""Files that are written or obeyed: plain, of the user who runs the program, reached by no link, mode 0600.

A file is opened first and looked at by its descriptor, so that nothing is swapped in between; its folder is opened
before it, for the same reason. Every other module that needs a file asks here.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


OWNER_ALONE = 0o600
FOLDER_OF_OWNER = 0o700
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
OTHERS = stat.S_IRWXG | stat.S_IRWXO
ROOT = 0
MOST_LINKS = 40
"""Links that may lead from one to the next, as in Linux."""

_SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
_LINK_MET = (errno.ELOOP, errno.EMLINK)
"""What O_NOFOLLOW fails with: Linux and macOS, FreeBSD."""


class UnsafeFile(OSError):
    """A file that may not be written or obeyed; `strerror` says why, and it is left as it is."""

    def __init__(self, why: str, path: Path) -> None:
        super().__init__(errno.EPERM, why, str(path))


class PrivateFile(NamedTuple):
    """An open file that is its owner's alone; `was_exposed` says that others could read it until now."""

    descriptor: int
    was_exposed: bool


def open_private(path: Path, flags: int, *, obeyed: bool) -> PrivateFile:
    """Open a file, begun empty where there is none, with `flags` of os.open that say whether it is read or written.

    Its mode becomes 0600. One that is `obeyed` is refused where others could have written it. Raises OSError, of which
    UnsafeFile is one.
    """
    make_private_folder(path.parent)
    with _opened_folder(path.parent) as folder:
        try:
            descriptor = os.open(path.name, flags | os.O_CREAT | _SAFELY, OWNER_ALONE, dir_fd=folder)
        except OSError as error:
            raise _link_or(error, path) from None
    try:
        status = os.fstat(descriptor)
        _refuse_unsafe(status, path)
        if obeyed and status.st_mode & OTHERS_WRITE:
            raise UnsafeFile("others could have written it (chmod 600 if you trust what is in it)", path)
        if stat.S_IMODE(status.st_mode) != OWNER_ALONE:
            os.fchmod(descriptor, OWNER_ALONE)
    except OSError:
        os.close(descriptor)
        raise
    return PrivateFile(descriptor, bool(status.st_mode & OTHERS))


def first_bytes(path: Path, length: int) -> bytes:
    """The first bytes of a file that may be written, b"" if it is empty; raises OSError, of which UnsafeFile is one."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _SAFELY)
    except OSError as error:
        raise _link_or(error, path) from None
    try:
        _refuse_unsafe(os.fstat(descriptor), path)
        return os.read(descriptor, length)
    finally:
        os.close(descriptor)


def create_private(path: Path) -> int:
    """Open a file to be written that was not there before, not even as a link; raises FileExistsError or OSError."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFELY, OWNER_ALONE)


def refuse_unsafe(path: Path) -> None:
    """Raise UnsafeFile for a file that is there and may not be written, or OSError; nothing is opened or made."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISLNK(status.st_mode):
        raise UnsafeFile("it is a link", path)
    _refuse_unsafe(status, path)


def make_private_folder(folder: Path) -> None:
    """Make what is missing of a folder, each part open to its owner alone whatever the umask; raises OSError.

    Nothing is made where somebody else decides where the path leads: that is an UnsafeFile.
    """
    _refuse_unsafe_way(folder)
    _make(folder)


def open_folder(folder: Path) -> int:
    """A descriptor of a folder, by no link, that can be locked; raises OSError."""
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        _make(folder.parent)
        try:
            folder.mkdir(mode=FOLDER_OF_OWNER)
        except FileExistsError:
            if not folder.is_dir():
                raise


def read_obeyed(path: Path) -> ObeyedFile:
    """Read a file that is obeyed, as a configuration is; raises OSError, of which UnsafeFile is one.

    It may be root's, may be read by others, may be a pipe, and may be reached by a link of one's own, as those who
    keep their configuration elsewhere do; but nobody else may have written the file, the link, or in their folders.
    """
    with _opened_folder(path.parent) as folder:
        try:
            descriptor, is_linked = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder), False
        except OSError as error:
            if error.errno not in _LINK_MET:
                raise
            _refuse_anothers(os.stat(path.name, dir_fd=folder, follow_symlinks=False), path)
            descriptor, is_linked = os.open(path.name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder), True
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _refuse_anothers(status, path)
        is_plain = stat.S_ISREG(status.st_mode)
        if is_plain and status.st_mode & OTHERS_WRITE:
            raise UnsafeFile("it can be written by other users (chmod go-w if you trust what is in it)", path)
        if is_plain and is_linked:
            with _opened_folder(path.resolve().parent):
                pass
        is_alone = is_plain and not is_linked and status.st_uid == os.geteuid() and not status.st_mode & OTHERS
        return ObeyedFile(file.read(), is_alone)


class ObeyedFile(NamedTuple):
    """The bytes of a file, and whether it is fit for a secret: plain, its reader's own, mode 0600, by no link."""

    content: bytes
    is_alone: bool


@contextmanager
def _opened_folder(folder: Path) -> Iterator[int]:
    """A descriptor of a folder in which nobody else may put another file in a file's place; raises OSError."""
    _refuse_unsafe_way(folder)
    descriptor = os.open(folder, _FOLDER)
    try:
        status = os.fstat(descriptor)
        if status.st_uid not in (os.geteuid(), ROOT):
            raise UnsafeFile("its folder belongs to somebody else", folder)
        yield descriptor
    finally:
        os.close(descriptor)


def _refuse_unsafe_way(folder: Path, links: int = MOST_LINKS) -> None:
    """Raise UnsafeFile where others can change where a path leads: by a link of theirs, or a folder open to everybody.

    What is not there yet is safe. Who owns a folder above is not asked: in a container it may be nobody that is known.
    """
    for part in (*reversed(folder.absolute().parents), folder.absolute()):
        try:
            status = part.lstat()
        except FileNotFoundError:
            return
        if stat.S_ISLNK(status.st_mode):
            if not links:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))
            if status.st_uid not in (os.geteuid(), ROOT):
                raise UnsafeFile(f"{part} is a link of somebody else's", folder)
            _refuse_unsafe_way(part.parent / part.readlink(), links - 1)
        elif status.st_mode & stat.S_IWOTH and not status.st_mode & stat.S_ISVTX and stat.S_ISDIR(status.st_mode):
            raise UnsafeFile(f"everybody can write in {part}", folder)


def _refuse_unsafe(status: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnsafeFile("it is not a plain file", path)
    if status.st_uid != os.geteuid():
        raise UnsafeFile("it belongs to somebody else", path)
    if status.st_nlink > 1:
        raise UnsafeFile("it has a second name (a hard link)", path)


def _refuse_anothers(status: os.stat_result, path: Path) -> None:
    if status.st_uid not in (os.geteuid(), ROOT):
        raise UnsafeFile("it belongs to somebody else", path)


def _link_or(error: OSError, path: Path) -> OSError:
    return UnsafeFile("it is a link", path) if error.errno in _LINK_MET else error
