"""A socket that its owner alone can reach."""

import os
import socket
from pathlib import Path

import pytest

from mctop.service.process.private_socket import LONGEST_PATH, listen, remove


def test_its_folder_is_private_and_goes_with_it(tmp_path: Path) -> None:
    listener, path = listen({"XDG_RUNTIME_DIR": f"{tmp_path}"})
    assert path.parent.parent == tmp_path
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(f"{path}")
    listener.close()
    remove(path)
    remove(path)
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
        remove(file)


@pytest.mark.parametrize("folder", ["", "runtime", "/nonexistent"])
def test_without_a_folder_of_the_session_it_lies_among_temporary_files(folder: str) -> None:
    listener, path = listen({"XDG_RUNTIME_DIR": folder})
    assert path.is_absolute()
    listener.close()
    remove(path)


def test_a_folder_whose_name_is_too_long_for_a_socket_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", f"{long}")
    listener, path = listen({"XDG_RUNTIME_DIR": f"{long}"})
    assert len(os.fsencode(path)) <= LONGEST_PATH
    listener.close()
    remove(path)
