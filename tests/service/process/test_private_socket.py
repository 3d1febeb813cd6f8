"""A socket that its owner alone can reach."""

import os
import socket
from pathlib import Path

import pytest

from mctop.service.process.private_socket import LONGEST_PATH, NAME, folder_of, listen, remove


def test_its_folder_is_private_and_goes_with_it(tmp_path: Path) -> None:
    listener, path = listen({"XDG_RUNTIME_DIR": f"{tmp_path}"})
    assert path.parent.parent == tmp_path
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(f"{path}")
    assert folder_of(listener) == path.parent
    assert [each.name for each in path.parent.iterdir()] == [NAME]
    listener.close()
    remove(path.parent)
    remove(path.parent)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": f"{tmp_path}"}
    abandoned, old = listen(environ)
    running, used = listen(environ)
    (tmp_path / "mctop-notes").mkdir()
    (tmp_path / "mctop-notes" / "api").write_text("mine")
    abandoned.close()
    newest, path = listen(environ)
    assert not old.parent.exists()
    assert used.exists()
    assert (tmp_path / "mctop-notes" / "api").read_text() == "mine"
    for listener, file in ((running, used), (newest, path)):
        listener.close()
        remove(file.parent)


@pytest.mark.parametrize("folder", ["", "runtime", "/nonexistent"])
def test_without_a_folder_of_the_session_it_lies_among_temporary_files(folder: str) -> None:
    listener, path = listen({"XDG_RUNTIME_DIR": folder})
    assert path.is_absolute()
    listener.close()
    remove(path.parent)


def test_a_folder_whose_name_is_too_long_for_a_socket_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", f"{long}")
    listener, path = listen({"XDG_RUNTIME_DIR": f"{long}"})
    assert len(os.fsencode(path)) <= LONGEST_PATH
    listener.close()
    remove(path.parent)


def test_a_socket_that_does_not_listen_yet_is_not_abandoned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"XDG_RUNTIME_DIR": f"{tmp_path}"}
    meanwhile = []

    class Slow(socket.socket):
        """A socket beside which another one is made before it listens."""

        def listen(self, backlog: int = 0, /) -> None:
            monkeypatch.undo()
            meanwhile.append(listen(environ))
            super().listen(backlog)

    monkeypatch.setattr("mctop.service.process.private_socket.socket.socket", Slow)
    both = [listen(environ), *meanwhile]
    assert len({path for _, path in both}) == 2
    for listener, path in both:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(f"{path}")
        listener.close()
        remove(path.parent)


def test_nothing_is_removed_through_a_folder_that_others_could_have_put_there(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": f"{tmp_path}"}
    elsewhere, open_to_all = tmp_path / "elsewhere", tmp_path / "mctop-open"
    for folder in (elsewhere, open_to_all):
        folder.mkdir()
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(f"{folder / NAME}")
    open_to_all.chmod(0o777)
    elsewhere.chmod(0o700)
    (tmp_path / "mctop-link").symlink_to(elsewhere)
    listener, path = listen(environ)
    assert (elsewhere / NAME).exists()
    assert (open_to_all / NAME).exists()
    listener.close()
    remove(path.parent)
