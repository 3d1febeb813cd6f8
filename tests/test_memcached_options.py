"""What commands say of memcached servers."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mctop.config import ConfigError
from mctop.memcached_options import PASSWORD, MemcachedOptions
from mctop.service.memcached.history.file import HistoryFile
from mctop.service.memcached.history.place import refuse_foreign
from tests.command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--memcached", "nonsense here"), "not HOST:PORT"),
        (("--memcached", "a:1,a:1"), "named twice"),
        (("--memcached", "a:1", "--url", "http://127.0.0.1"), "servers of your own"),
        (("prod", "--memcached", "a:1"), "servers of your own"),
        (("--memcached", "a:1", "--cacert", "file"), "without --tls"),
        (("--tls",), "about --memcached"),
        (("--insecure",), "about --memcached"),
        (("--watch-changes",), "about --memcached"),
        (
            ("--memcached", "localhost,10.0.0.1:1", "--username", "me"),
            "in clear to 10.0.0.1:1: use --tls",
        ),
        (("serve", "--memcached", "a:1", "--username", "me"), "in clear to a:1: use --tls, or --insecure"),
        (("serve",), "--memcached HOST:PORT"),
        (("serve", "--simulate", "--memcached", "a:1"), "say what to serve"),
        (("serve", "--memcached", "a:70000"), "ports are"),
    ],
)
def test_what_makes_no_sense_is_refused_with_exit_2(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


@pytest.mark.parametrize("command", [(), ("serve",)])
@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_certificates_of_the_environment_that_are_gone_are_refused_with_tls_alone(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], name: str
) -> None:
    monkeypatch.setenv(name, "/nowhere")
    result = run(*command, "--memcached", "127.0.0.1:1", "--tls", "--no-history")
    assert result.exit_code == 2
    assert f"{name} names /nowhere" in " ".join(result.output.split())
    assert MemcachedOptions("127.0.0.1:1").servers(None, None).tls is False


def test_the_password_comes_from_the_environment_and_leaves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "word")
    assert MemcachedOptions("127.0.0.1:1").servers("me", None).password == "word"
    assert PASSWORD not in os.environ


@pytest.mark.parametrize("addresses", ["a:1", "10.0.0.1:1", "127.0.0.1:1,[2001:db8::1]:1", "localhost.example:1"])
def test_a_password_leaves_the_machine_in_clear_only_where_insecure_says_so(
    addresses: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSWORD, "word")
    with pytest.raises(ConfigError, match="would travel in clear"):
        MemcachedOptions(addresses).servers("me", None)
    assert MemcachedOptions(addresses, tls=True).servers("me", None).password == "word"
    assert capsys.readouterr().err == ""
    monkeypatch.setenv(PASSWORD, "word")
    assert MemcachedOptions(addresses, insecure=True).servers("me", None).password == "word"
    assert "--insecure: the password travels in clear to" in capsys.readouterr().err


@pytest.mark.parametrize("addresses", ["127.0.0.1:1", "localhost", "[::1]:1"])
def test_a_password_needs_no_tls_on_this_machine(
    addresses: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSWORD, "word")
    assert MemcachedOptions(addresses).servers("me", None).password == "word"
    assert capsys.readouterr().err == ""


def test_changes_are_watched_only_where_the_owner_says_so_and_is_told_what_that_means(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert not MemcachedOptions("127.0.0.1:1").servers(None, None).watch_changes
    assert capsys.readouterr().err == ""
    assert MemcachedOptions("127.0.0.1:1", watch_changes=True).servers(None, None).watch_changes
    assert "--watch-changes: no client may speak the binary protocol" in capsys.readouterr().err


def test_without_a_user_no_password_is_sent_nor_left_for_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "word")
    assert MemcachedOptions("a:1").servers(None, None).password == ""
    assert PASSWORD not in os.environ


def test_one_process_keeps_a_history_and_a_second_is_told_which(tmp_path: Path) -> None:
    named = MemcachedOptions("a:1", history=tmp_path / "new" / "h.sqlite")
    servers = named.servers(None, None)
    with named.keeping(servers) as kept:
        assert kept.history == str(tmp_path / "new" / "h.sqlite")
        code = f"from tests.taken_history import take; take({str(named.history)!r})"
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert f"process {os.getpid()}" in second.stdout
        assert "--no-history" in second.stdout
    with named.keeping(servers):
        pass  # left by the first, it can be taken again


def test_without_history_no_file_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    named = MemcachedOptions("a:1", no_history=True)
    with named.keeping(named.servers(None, None)) as kept:
        assert kept.history is None
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    named = MemcachedOptions("a:1", history=tmp_path / "file" / "h.sqlite")
    with pytest.raises(ConfigError, match="--no-history"), named.keeping(named.servers(None, None)):
        pass


def database(file: Path) -> None:
    """A database of another program."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE precious (thing)")


def marked_database(file: Path) -> None:
    """A database that another program marked as its own."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA application_id = 7")
        other.execute("CREATE TABLE precious (thing)")
    file.with_name(f"{file.name}-wal").touch()


@pytest.mark.parametrize(
    "make",
    [
        lambda file: file.write_text("thesis"),
        lambda file: file.write_bytes(b"\0" * 100_000),
        lambda file: file.write_bytes(b"SQLite format 3\0"),
        database,
        marked_database,
    ],
)
def test_a_named_file_that_is_no_history_is_refused_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    file = tmp_path / "thesis.txt"
    make(file)
    before, names = file.read_bytes(), sorted(tmp_path.iterdir())
    result = run("serve", "--memcached", "127.0.0.1:1", "--port", "0", "--history", str(file))
    assert result.exit_code == 2
    assert "not a history of mctop, and is left as it is" in " ".join(result.output.split())
    assert (file.read_bytes(), sorted(tmp_path.iterdir())) == (before, names)


def test_a_link_a_pipe_and_a_folder_are_no_place_for_a_history(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    names = sorted(tmp_path.iterdir())
    for name in ("link", "pipe", "folder"):
        named = MemcachedOptions("a:1", history=tmp_path / name)
        with pytest.raises(ConfigError, match="not a plain file of yours"), named.keeping(named.servers(None, None)):
            pass
    assert sorted(tmp_path.iterdir()) == names


def test_a_history_that_mctop_began_is_taken_again(tmp_path: Path) -> None:
    named = MemcachedOptions("a:1", history=tmp_path / "h.sqlite")
    for _ in range(2):
        with named.keeping(named.servers(None, None)) as servers:
            history = HistoryFile(tmp_path / "h.sqlite")
            assert (history.degraded, servers.history) == ("", str(tmp_path / "h.sqlite"))
            refuse_foreign(tmp_path / "h.sqlite")  # also while it is open, its rows still in the log beside it
            history.close()
