"""The service as a child process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest

from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
from mctop.service.process.child import LARGEST_LOG, Child, bound_log, default_log, inherited, open_log, spawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def child() -> Iterator[Child]:
    child = spawn(SimulatedCache("steady", 1))
    yield child
    child.close()


def login(child: Child, auth: tuple[str, str] | None = None) -> httpx.Response:
    with httpx.Client(transport=httpx.HTTPTransport(uds=f"{child.socket}")) as client:
        return client.get("http://localhost/api/v1/login", auth=auth or (child.username, child.password), timeout=30)


def test_a_request_made_at_once_is_answered_when_the_child_has_started(child: Child) -> None:
    assert login(child).json() == {"cache_id": child.cache_id}
    assert login(child, ("nobody", "knows")).status_code == 401


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_terminal_that_is_gone_are_its_parents_business(child: Child, number: signal.Signals) -> None:
    login(child)
    child.process.send_signal(number)
    assert login(child).status_code == 200


def test_nothing_is_left_after_close(child: Child) -> None:
    login(child)
    child.close()
    child.close()
    assert not psutil.pid_exists(child.process.pid)
    assert not child.socket.parent.exists()


def test_it_ends_when_its_parent_dies_without_a_word() -> None:
    parent = (
        "import json, os, signal; from mctop.service.base.served_cache import SimulatedCache;"
        "from mctop.service.process.child import spawn;"
        "child = spawn(SimulatedCache('steady', 1));"
        "print(child.process.pid, flush=True); input(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        orphan = psutil.Process(int(process.stdout.readline()))
        process.stdin.write(b"\n")
        process.stdin.flush()
        process.wait(10)
        orphan.wait(10)


def test_the_password_is_in_no_argument_environment_or_repr(child: Child) -> None:
    process = psutil.Process(child.process.pid)
    assert child.password not in " ".join(process.cmdline())
    assert child.password not in json.dumps(process.environ())
    assert child.password not in repr(child)


def test_it_is_given_no_secret_of_its_parents_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "canary")
    monkeypatch.setenv("MCTOP_MEMCACHED_PASSWORD", "canary")
    child = spawn(SimulatedCache("steady", 1))
    login(child)
    assert "canary" not in json.dumps(psutil.Process(child.process.pid).environ())
    child.close()


def test_it_is_given_the_proxies_where_it_delivers_alerts() -> None:
    proxies = {"HTTPS_PROXY": "http://proxy:3128", "no_proxy": "localhost"}
    assert inherited(proxies) == {}
    delivering = {**proxies, "MCTOP_DELIVER": "1"}
    assert inherited(delivering) == delivering


def test_its_socket_is_its_owners_alone_and_goes_with_it_or_with_a_parent_that_was_killed(child: Child) -> None:
    login(child)
    assert child.socket.parent.stat().st_mode & 0o777 == 0o700
    assert child.process.stdin is not None
    child.process.stdin.close()
    child.process.wait(30)
    assert not child.socket.parent.exists()


def test_starting_one_imports_nothing_heavy() -> None:
    code = (
        "import sys; import mctop.service.process.child;"
        "print([m for m in ('pydantic', 'httpx', 'starlette', 'uvicorn', 'asyncio', 'sqlite3') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert answer.stdout.strip() == "[]"


def test_a_directory_of_the_user_is_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    child = spawn(SimulatedCache("steady", 1))
    assert login(child).status_code == 200
    child.close()


def test_the_log_is_private_and_under_the_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = default_log()
    assert path == tmp_path / "mctop" / "service.log"
    path.parent.mkdir()
    path.touch(0o644)
    open_log(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_log_is_begun_anew_where_it_is_large(tmp_path: Path) -> None:
    path = tmp_path / "service.log"
    path.write_bytes(b"x" * (LARGEST_LOG + 1))
    log = open_log(path)
    assert (path.stat().st_size, log.start) == (0, 0)
    os.write(log.descriptor, b"y" * (LARGEST_LOG + 1))
    bound_log(log.descriptor)
    os.write(log.descriptor, b"the end\n")
    assert path.read_bytes() == b"the end\n"
    assert log.last_line() == "the end"
    log.close()


def test_a_link_or_a_pipe_is_no_log_and_is_left_alone(tmp_path: Path) -> None:
    target, pipe = tmp_path / "thesis", tmp_path / "pipe"
    target.write_text("my words")
    (tmp_path / "link").symlink_to(target)
    os.mkfifo(pipe)
    for path in (tmp_path / "link", pipe, tmp_path / "thesis" / "below"):
        log = open_log(path)
        os.write(log.descriptor, b"lost\n")
        assert (log.path, log.last_line()) == (None, "")
        assert log.why.startswith(f"{path} cannot be its log: ")
        log.close()
    assert target.read_text() == "my words"


def test_what_a_child_died_of_at_its_start_is_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "service.log"
    path.write_text("an older one\n")
    child = spawn(MemcachedCache("[::1"), log=path)
    child.process.wait(30)
    words = child.last_words()
    assert words.startswith("the service beside the dashboard ended by itself (exit status 1): ValueError: ")
    assert words.endswith(f"; its log is {path}")
    assert "Traceback" in path.read_text()
    child.close()


def test_a_child_that_is_killed_left_no_word_and_one_that_lives_neither(tmp_path: Path) -> None:
    path = tmp_path / "service.log"
    path.write_text("of an older one\n")
    child = spawn(SimulatedCache("steady", 1), log=path)
    login(child)
    assert child.last_words() == ""
    child.process.kill()
    child.process.wait(30)
    assert child.last_words() == "the service beside the dashboard ended by itself (signal 9): it left no word"
    child.close()


def test_words_that_are_lost_are_said_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    child = spawn(MemcachedCache("[::1"), log=tmp_path / "link")
    child.process.wait(30)
    assert child.last_words().endswith(f"(exit status 1): {tmp_path / 'link'} cannot be its log: it is a link")
    child.close()
