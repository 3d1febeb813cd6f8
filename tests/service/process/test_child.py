"""The service as a child process."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import psutil
import pytest

from mctop.service.base.served_cache import SimulatedCache
from mctop.service.process.child import Child, spawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def child() -> Iterator[Child]:
    child = spawn(SimulatedCache("steady", 1))
    yield child
    child.close()


def login(child: Child) -> httpx.Response:
    return httpx.get(f"{child.url}/api/v1/login", auth=(child.username, child.password), timeout=30)


def test_a_request_made_at_once_is_answered_when_the_child_has_started(child: Child) -> None:
    assert login(child).json() == {"cache_id": child.cache_id}
    assert httpx.get(f"{child.url}/api/v1/login", timeout=30).status_code == 401


def test_ctrl_c_is_its_parents_business(child: Child) -> None:
    login(child)
    child.process.send_signal(signal.SIGINT)
    assert login(child).status_code == 200


def test_nothing_is_left_after_close(child: Child) -> None:
    login(child)
    child.close()
    assert not psutil.pid_exists(child.process.pid)
    with pytest.raises(httpx.ConnectError):
        login(child)


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
