"""The real program against real servers, in a real terminal."""

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.otherserver import CACHE_ID, PASSWORD, USERNAME, other_server
from tests.pty.service import Service
from tests.pty.session import Session

MCTOP = (sys.executable, "-m", "mctop")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment without anybody's configuration."""
    return {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 30), (160, 48)])
def test_the_demo_is_live_at_every_size(home: dict[str, str], columns: int, lines: int) -> None:
    with Session([*MCTOP, "demo"], columns=columns, lines=lines, env=home) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        terminal.wait_for(lambda t: "/s" in t.text and "MiB" in t.text)
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.echoes


def test_it_finds_the_cache_id_by_itself(home: dict[str, str]) -> None:
    with Service() as service, Session(MCTOP, env={**home, **service.environ}) as terminal:
        terminal.wait_for("LIVE", timeout=60)


def test_it_works_against_any_server_that_follows_the_documents(home: dict[str, str]) -> None:
    with other_server() as other:
        environ = {"MCTOP_URL": other.url, "MEMCACHIER_USERNAME": USERNAME, "MEMCACHIER_PASSWORD": PASSWORD}
        with Session(MCTOP, columns=160, lines=48, env={**home, **environ}) as terminal:
            terminal.wait_for("LIVE", timeout=60)
            terminal.wait_for("a stranger")
            terminal.wait_for("80.5 %")
            terminal.wait_for("greeting")
            terminal.wait_for("beta.example.net")
        assert ("GET", "/api/v1/login") in other.requests
        assert ("GET", f"/api/v2/caches/{CACHE_ID}/stats") in other.requests


def test_a_wrong_password_ends_with_3_and_says_what_to_do(home: dict[str, str]) -> None:
    with Service() as service:
        environ = {**home, **service.environ, "MEMCACHIER_PASSWORD": "canary-wrong"}
        with Session(MCTOP, env=environ) as terminal:
            assert terminal.wait(timeout=60) == 3
            assert "MEMCACHIER_PASSWORD" in terminal.text or "password" in terminal.text
            assert b"canary" not in terminal.raw
            assert terminal.echoes


def test_a_server_that_dies_is_offline_and_live_again_after_its_return(home: dict[str, str]) -> None:
    with Service() as service, Session(MCTOP, columns=120, lines=30, env={**home, **service.environ}) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        service.kill()
        terminal.wait_for("OFFLINE", timeout=60)
        terminal.wait_for("STALE", timeout=60)
        terminal.wait_for("next try")
        terminal.send("?")
        terminal.wait_for("What works here")
        terminal.send("\x1b")
        terminal.wait_for(lambda t: "What works here" not in t.text)
        service.start()
        terminal.wait_for("LIVE")
        terminal.send("q")
        assert terminal.wait() == 0


def test_r_tries_at_once(home: dict[str, str]) -> None:
    with Service() as service, Session(MCTOP, env={**home, **service.environ}) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        service.kill()
        terminal.wait_for("OFFLINE", timeout=60)
        service.start()
        terminal.send("r")
        terminal.wait_for("LIVE", timeout=30)


def test_a_server_that_hangs_is_said_and_keys_still_work(home: dict[str, str]) -> None:
    with Service() as service, Session(MCTOP, env={**home, **service.environ}) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        service.send(signal.SIGSTOP)
        terminal.wait_for("STALE", timeout=60)
        terminal.send("q")
        assert terminal.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131), (signal.SIGINT, 130)]
)
def test_a_signal_restores_the_terminal(home: dict[str, str], number: signal.Signals, code: int) -> None:
    with Service() as service, Session(MCTOP, env={**home, **service.environ}) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        terminal.kill(number)
        assert terminal.wait(timeout=30) == code
        assert terminal.echoes
        assert b"\x1b[?1049l" in terminal.raw


def test_the_child_of_the_demo_is_gone_when_its_parent_is_killed(home: dict[str, str]) -> None:
    with Session([*MCTOP, "demo"], env=home) as terminal:
        terminal.wait_for("LIVE", timeout=60)
        children = Path(f"/proc/{terminal.process.pid}/task/{terminal.process.pid}/children").read_text().split()
        assert children
        terminal.kill(signal.SIGKILL)
        terminal.wait()
        deadline = time.monotonic() + 5
        while any(Path(f"/proc/{child}").exists() for child in children):
            assert time.monotonic() < deadline
            terminal.read(0.05)
