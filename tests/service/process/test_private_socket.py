"""A socket that its owner alone can reach."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mctop.service.process.private_socket import LONGEST_PATH, NAME, PrivateSocket, listen, remove


def end(private: PrivateSocket) -> None:
    """Close and remove a socket."""
    with private:
        remove(private.path.parent)


def test_its_folder_is_private_and_goes_with_it(tmp_path: Path) -> None:
    private = listen({"XDG_RUNTIME_DIR": f"{tmp_path}"})
    assert private.path.parent.parent == tmp_path
    assert private.path.parent.stat().st_mode & 0o777 == 0o700
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(f"{private.path}")
    end(private)
    remove(private.path.parent)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": f"{tmp_path}"}
    abandoned, used = listen(environ), listen(environ)
    (tmp_path / "mctop-notes").mkdir(mode=0o700)
    (tmp_path / "mctop-notes" / NAME).write_text("mine")
    with abandoned:
        pass
    newest = listen(environ)
    assert not abandoned.path.parent.exists()
    assert used.path.exists()
    assert (tmp_path / "mctop-notes" / NAME).read_text() == "mine"
    end(used)
    end(newest)


def test_it_is_in_use_while_the_process_lives_that_inherited_it(tmp_path: Path) -> None:
    environ = {"XDG_RUNTIME_DIR": f"{tmp_path}"}
    private = listen(environ)
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=private.descriptors) as process:
        with private:
            pass
        end(listen(environ))
        assert private.path.exists()
        process.communicate(b"\n")
    end(listen(environ))
    assert not private.path.parent.exists()


@pytest.mark.parametrize("name", ["bind", "listen"])
def test_one_that_does_not_listen_yet_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    environ = {"XDG_RUNTIME_DIR": f"{tmp_path}"}
    meanwhile: list[PrivateSocket] = []
    unhindered = getattr(socket.socket, name)

    def slowly(listener: socket.socket, what: object) -> None:
        monkeypatch.undo()
        meanwhile.append(listen(environ))
        unhindered(listener, what)

    monkeypatch.setattr(socket.socket, name, slowly, raising=False)
    both = [listen(environ), *meanwhile]
    assert len({private.path for private in both}) == 2
    for private in both:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(f"{private.path}")
        end(private)


def test_nothing_is_removed_through_a_folder_that_others_could_have_put_there(tmp_path: Path) -> None:
    elsewhere, open_to_all = tmp_path / "elsewhere", tmp_path / "mctop-open"
    for folder in (elsewhere, open_to_all):
        folder.mkdir()
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(f"{folder / NAME}")
    open_to_all.chmod(0o777)
    elsewhere.chmod(0o700)
    (tmp_path / "mctop-link").symlink_to(elsewhere)
    end(listen({"XDG_RUNTIME_DIR": f"{tmp_path}"}))
    assert (elsewhere / NAME).exists()
    assert (open_to_all / NAME).exists()


@pytest.mark.parametrize("folder", ["", "runtime", "/nonexistent"])
def test_without_a_folder_of_the_session_it_lies_among_temporary_files(folder: str) -> None:
    private = listen({"XDG_RUNTIME_DIR": folder})
    assert private.path.is_absolute()
    end(private)


def test_a_folder_whose_name_is_too_long_for_a_socket_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", f"{long}")
    private = listen({"XDG_RUNTIME_DIR": f"{long}"})
    assert len(os.fsencode(private.path)) <= LONGEST_PATH
    end(private)
