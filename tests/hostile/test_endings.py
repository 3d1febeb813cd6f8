"""However it ends, the terminal is restored at once and the exit code says why."""

from __future__ import annotations

import signal
import stat
from typing import TYPE_CHECKING

import pytest

from tests.hostile.host import CANARY
from tests.hostile.launch import ENDLESS, host, restored

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_a_signal_restores_the_terminal_and_is_the_exit_code(tmp_path: Path, number: signal.Signals) -> None:
    with host(tmp_path, env=ENDLESS) as session:
        session.kill(number)
        assert session.wait() == 128 + number
        assert restored(session)


def test_quitting_restores_the_terminal_and_says_nothing(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        assert not restored(session)
        session.send("q")
        assert session.wait() == 0
        assert restored(session)
        assert _after_restore(session.raw) == b""


@pytest.mark.parametrize("key", ["c", "t", "T"], ids=["in a callback", "on the loop", "in a thread"])
def test_a_crash_is_short_on_screen_and_whole_in_a_private_file(tmp_path: Path, key: str) -> None:
    with host(tmp_path, env=ENDLESS) as session:
        session.send(key)
        assert session.wait() == 1
        assert restored(session)
        (report,) = (tmp_path / "mctop").iterdir()
        said = _after_restore(session.raw)
        assert b"mctop crashed: RuntimeError: cannot log in with [redacted]" in said
        assert str(report).encode() in said.replace(b"\r\n", b"")
        assert len(said) < 4096
        assert stat.S_IMODE(report.stat().st_mode) == 0o600
        assert "in crash" in report.read_text()


def test_a_crash_before_the_first_frame_is_reported_too(tmp_path: Path) -> None:
    with host(tmp_path, "crash-at-once", wait=False) as session:
        assert session.wait() == 1
        assert restored(session)
        assert "mctop crashed: RuntimeError" in session.text


@pytest.mark.parametrize(("behaviour", "code"), [("TERM-while-mounting", 143), ("quit-while-mounting", 0)])
def test_an_end_while_the_first_screen_is_mounted_is_no_crash(tmp_path: Path, behaviour: str, code: int) -> None:
    with host(tmp_path, behaviour, wait=False) as session:
        assert session.wait() == code
        assert restored(session)
        assert _after_restore(session.raw) == b""
        assert not (tmp_path / "mctop").exists()


def test_a_crash_on_the_way_out_is_reported_too(tmp_path: Path) -> None:
    with host(tmp_path, "crash-at-last") as session:
        session.send("q")
        assert session.wait() == 1
        assert restored(session)
        assert "mctop crashed: RuntimeError" in session.text


def test_a_crash_is_reported_although_a_thread_hangs(tmp_path: Path) -> None:
    with host(tmp_path, env=ENDLESS) as session:
        session.send("s")
        session.wait_for("mctop crashed: RuntimeError")
        assert session.process.poll() is None
    with host(tmp_path) as session:
        session.send("s")
        assert session.wait() == 1
        assert restored(session)


def test_a_crash_tells_neither_secret_nor_local_variable_nor_lets_a_control_character_out(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        session.send("c")
        session.wait()
        (report,) = (tmp_path / "mctop").iterdir()
        for told in (bytes(session.raw), report.read_bytes()):
            assert CANARY.encode() not in told
            assert b"\x07" not in told
            assert b"\x1b]" not in told
        assert "password =" not in report.read_text()


def test_a_crash_whose_report_cannot_be_written_still_says_what_happened(tmp_path: Path) -> None:
    (tmp_path / "mctop").write_text("a file where the directory should be")
    with host(tmp_path) as session:
        session.send("c")
        assert session.wait() == 1
        said = _after_restore(session.raw)
        assert b"could not be written" in said
        assert b"in crash" in said
        assert CANARY.encode() not in said
        assert len(said) < 4096


def test_last_words_come_after_the_restored_terminal_clean_and_without_a_secret(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        session.send("l")
        assert session.wait() == 3
        assert restored(session)
        assert _after_restore(session.raw) == b"refused ^[[31m[redacted]\r\nsecond line\r\n"


@pytest.mark.parametrize("key", ["b", "h"], ids=["a loop that spins", "a handler that hangs"])
def test_an_app_that_cannot_listen_is_ended_at_the_deadline(tmp_path: Path, key: str) -> None:
    with host(tmp_path) as session:
        session.send(key)
        session.read_for(0.2)
        session.kill(signal.SIGTERM)
        assert session.wait() == 128 + signal.SIGTERM
        assert restored(session)


def _after_restore(raw: bytearray) -> bytes:
    """What was written after the alternate screen was left."""
    return bytes(raw.rpartition(b"\x1b[?1049l")[2])
