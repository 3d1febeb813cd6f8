"""What is written or obeyed is a plain file of the user's, reached by no link, and nobody else's to read."""

from __future__ import annotations

import ast
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mctop.private_files import (
    UnsafeFile,
    create_private,
    first_bytes,
    make_private_folder,
    open_private,
    read_obeyed,
    refuse_unsafe,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MCTOP = Path(__file__).parent.parent / "mctop"


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def opened(path: Path, *, obeyed: bool = False) -> bool:
    """Open a file and close it; whether others could read it."""
    file = open_private(path, os.O_RDWR | os.O_APPEND, obeyed=obeyed)
    os.close(file.descriptor)
    return file.was_exposed


@pytest.mark.usefixtures("umask")
def test_a_new_file_and_each_folder_that_is_made_for_it_are_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c" / "file"
    assert not opened(path)
    assert mode(path) == 0o600
    assert {mode(folder) for folder in list(path.parents)[:3]} == {0o700}


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    opened(tmp_path / "file")
    assert mode(tmp_path) == 0o755


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        make_private_folder(tmp_path / "file")
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        opened(tmp_path / "file" / "below" / "it")


@pytest.mark.parametrize("obeyed", [True, False])
def test_a_file_that_others_could_read_becomes_its_owners_alone_and_that_is_told(tmp_path: Path, obeyed: bool) -> None:
    path = tmp_path / "file"
    path.write_text("before")
    path.chmod(0o644)
    assert opened(path, obeyed=obeyed)
    assert (mode(path), path.read_text()) == (0o600, "before")
    assert not opened(path, obeyed=obeyed)


@pytest.mark.parametrize("loose", [0o620, 0o602, 0o666])
def test_what_others_could_have_written_is_not_obeyed_but_can_be_added_to(tmp_path: Path, loose: int) -> None:
    path = tmp_path / "file"
    path.touch()
    path.chmod(loose)
    with pytest.raises(UnsafeFile, match="others could have written it"):
        opened(path, obeyed=True)
    assert mode(path) == loose
    opened(path, obeyed=False)
    assert mode(path) == 0o600


def link(path: Path, target: Path) -> None:
    path.symlink_to(target)


def dangling(path: Path, target: Path) -> None:
    path.symlink_to(target.with_name("nothing"))


def second_name(path: Path, target: Path) -> None:
    path.hardlink_to(target)


def pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, _: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [link, dangling, second_name, pipe, folder])
def test_what_is_no_plain_file_is_refused_and_left_as_it_is(tmp_path: Path, make: object) -> None:
    path, target = tmp_path / "path", tmp_path / "thesis"
    target.write_text("my words")
    target.chmod(0o644)
    assert callable(make)
    make(path, target)
    names, before = sorted(tmp_path.iterdir()), path.lstat().st_mode
    for obeyed in (True, False):
        with pytest.raises(OSError, match=r"link|plain file|directory"):
            opened(path, obeyed=obeyed)
    with pytest.raises(UnsafeFile):
        refuse_unsafe(path)
    with pytest.raises(UnsafeFile):
        first_bytes(path, 10)
    with pytest.raises(FileExistsError):
        create_private(path)
    assert sorted(tmp_path.iterdir()) == names
    assert (target.read_text(), mode(target), path.lstat().st_mode) == ("my words", 0o644, before)


def test_a_device_is_refused() -> None:
    with pytest.raises(UnsafeFile, match="not a plain file"):
        opened(Path("/dev/full"))


def as_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files so far belong to somebody else from here on, who is not root."""
    uid = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr("mctop.private_files.ROOT", -1)


def test_a_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.touch(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    monkeypatch.setattr("mctop.private_files.ROOT", os.getuid())
    for refused in (lambda: opened(path), lambda: refuse_unsafe(path), lambda: first_bytes(path, 1)):
        with pytest.raises(UnsafeFile, match="belongs to somebody else"):
            refused()


def test_a_folder_in_which_somebody_else_can_swap_the_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.touch(0o600)
    tmp_path.chmod(0o777)
    for refused in (lambda: opened(path), lambda: read_obeyed(path)):
        with pytest.raises(UnsafeFile, match="everybody can write in "):
            refused()
    tmp_path.chmod(0o1777)  # as /tmp: nobody renames what is another's
    opened(path)
    read_obeyed(path)
    as_another(monkeypatch)
    with pytest.raises(UnsafeFile, match="folder belongs to somebody else"):
        opened(path)


def test_a_link_that_is_swapped_in_meanwhile_is_never_followed(tmp_path: Path) -> None:
    target, path, aside = tmp_path / "thesis", tmp_path / "file", tmp_path / "aside"
    target.write_text("my words")
    target.chmod(0o644)
    aside.symlink_to(target)
    path.touch(0o600)
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            path.replace(tmp_path / "plain")
            aside.replace(path)
            path.replace(aside)
            (tmp_path / "plain").replace(path)

    attacker = threading.Thread(target=swap)
    attacker.start()
    try:
        for _ in range(300):
            try:
                file = open_private(path, os.O_WRONLY | os.O_APPEND, obeyed=False).descriptor
            except UnsafeFile:
                continue
            os.write(file, b"x")
            os.close(file)
    finally:
        done.set()
        attacker.join()
    assert (target.read_text(), mode(target)) == ("my words", 0o644)


def test_what_is_obeyed_may_be_linked_by_its_owner_but_not_with_a_secret_in_it(tmp_path: Path) -> None:
    path, linked = tmp_path / "file", tmp_path / "link"
    path.write_text("words")
    linked.symlink_to(path)
    path.chmod(0o600)
    assert read_obeyed(path) == (b"words", True)
    assert read_obeyed(linked) == (b"words", False)
    path.chmod(0o640)
    assert read_obeyed(path) == (b"words", False)


def test_a_link_of_somebody_else_or_into_an_open_folder_is_not_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    path, linked = folder / "file", tmp_path / "link"
    path.write_text("words")
    linked.symlink_to(path)
    folder.chmod(0o777)
    with pytest.raises(UnsafeFile, match="everybody can write in "):
        read_obeyed(linked)
    folder.chmod(0o700)
    assert read_obeyed(linked).content == b"words"
    as_another(monkeypatch)
    with pytest.raises(UnsafeFile, match="somebody else"):
        read_obeyed(linked)


def test_a_pipe_of_ones_own_is_obeyed() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"words")
    os.close(writer)
    assert read_obeyed(Path(f"/dev/fd/{reader}")) == (b"words", False)
    os.close(reader)


def test_a_link_on_the_way_is_followed_only_where_nobody_else_could_have_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal, above = tmp_path / "goal", tmp_path / "above"
    goal.mkdir()
    above.mkdir()
    (above / "link").symlink_to("../goal")
    opened(above / "link" / "file")
    assert (goal / "file").exists()
    above.chmod(0o777)
    for refused in (
        lambda: opened(above / "link" / "other"),
        lambda: opened(above / "link" / "new" / "other"),
        lambda: opened(above / "new" / "other"),
        lambda: make_private_folder(above / "link" / "new"),
        lambda: read_obeyed(above / "link" / "file"),
    ):
        with pytest.raises(UnsafeFile, match=f"everybody can write in {above}"):
            refused()
    above.chmod(0o1777)  # as in /tmp: the link is still its owner's
    opened(above / "link" / "file")
    as_another(monkeypatch)
    with pytest.raises(UnsafeFile, match="is a link of somebody else's"):
        opened(above / "link" / "file")
    assert [path.name for path in goal.iterdir()] == ["file"]


def test_a_link_that_leads_to_a_link_in_an_open_folder_is_refused(tmp_path: Path) -> None:
    goal, above = tmp_path / "goal", tmp_path / "above"
    goal.mkdir()
    above.mkdir()
    (tmp_path / "first").symlink_to(above / "second")
    (above / "second").symlink_to(goal)
    opened(tmp_path / "first" / "file")
    above.chmod(0o777)
    with pytest.raises(UnsafeFile, match="everybody can write in "):
        opened(tmp_path / "first" / "file")


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        opened(tmp_path / "one" / "file")


OPENS = {
    "open",
    "mkdir",
    "makedirs",
    "touch",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "mkfifo",
    "mknod",
}
FILE_ROOMS = ("private_files.py", "service/base/private_database.py")


def test_no_other_module_opens_a_file() -> None:
    strays = []
    for path in sorted(MCTOP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _opens_a_file(ast.unparse(node.func), node):
                strays.append(f"{path.relative_to(MCTOP)}: {ast.unparse(node)}")
    allowed = [stray for stray in strays if stray.split(":")[0] not in FILE_ROOMS]
    assert sorted(allowed) == sorted(
        [
            # What gives no file, or one that was opened before.
            "service/account/database.py: sqlite3.connect(':memory:', isolation_level=None, check_same_thread=False)",
            "service/account/database.py: sqlite3.connect(f'file:{quote(str(file.absolute()))}?mode=ro&immutable=1', "
            "uri=True)",
            "service/memcached/history/file.py: sqlite3.connect(':memory:', isolation_level=None, "
            "check_same_thread=False)",
            "service/process/child.py: os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)",
            "ui/terminal/crash_report.py: open(create_private(path), 'w', encoding='utf-8')",
            "ui/terminal/export_file.py: open(descriptor, 'w', encoding='utf-8', errors='backslashreplace', "
            "newline='\\n')",
        ]
    )


def _opens_a_file(name: str, call: ast.Call) -> bool:
    last = name.rpartition(".")[2]
    if last == "connect":
        return name == "sqlite3.connect"
    # `fleet.open(name)`, `prompt.open(excludes=…)` and connections open no file; a path's own `open` is not used.
    return name in ("open", "os.open", "io.open") or (last != "open" and last in OPENS)
