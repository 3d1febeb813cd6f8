"""Stopped and continued, by the shell or by a stranger, it goes on as before."""

from __future__ import annotations

import os
import shlex
import signal
from pathlib import Path

import psutil

from tests.hostile.launch import HOST, host, restored
from tests.pty.session import Session


def test_stop_and_continue_leak_no_threads_and_quitting_still_works(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        threads = _threads(session.process.pid)
        for _ in range(5):
            session.kill(signal.SIGSTOP)
            _wait_until_stopped(session.process.pid)
            session.raw.clear()
            session.kill(signal.SIGCONT)
            session.wait_for(lambda session: b"ready" in session.raw)
        assert _threads(session.process.pid) == threads
        session.send("q")
        assert session.wait(2) == 0
        assert restored(session)


def test_a_stop_from_the_keyboard_gives_the_terminal_back_until_it_continues(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        threads = _threads(session.process.pid)
        for _ in range(3):
            session.kill(signal.SIGTSTP)
            session.wait_for(restored)
            _wait_until_stopped(session.process.pid)
            session.kill(signal.SIGCONT)
            session.wait_for(lambda session: 1049 in session.emulator.modes and not session.echoes)
            session.wait_for("ready")
        assert _threads(session.process.pid) == threads
        session.send("x")
        session.wait_for("keys x")


def test_a_signal_that_came_while_it_was_stopped_ends_it_when_it_continues(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        session.kill(signal.SIGTSTP)
        _wait_until_stopped(session.process.pid)
        session.kill(signal.SIGTERM)
        session.kill(signal.SIGCONT)
        assert session.wait(2) == 143
        assert restored(session)


def test_a_shell_can_put_it_in_the_background_and_bring_it_back(tmp_path: Path) -> None:
    with Session(["bash", "--norc", "-i"], env={"XDG_STATE_HOME": str(tmp_path), "PS1": "prompt> "}) as session:
        session.wait_for("prompt>")
        session.send(shlex.join(HOST) + " ''\r")
        session.wait_for("ready")
        (program,) = psutil.Process(session.process.pid).children()
        program.send_signal(signal.SIGTSTP)
        session.wait_for("Stopped")
        session.send("bg\r")
        session.send("echo $((2 * 3 * 7))\r")
        session.wait_for(lambda session: "42" in session.lines)
        assert 1049 not in session.emulator.modes
        session.send("fg\r")
        session.wait_for(lambda session: 1049 in session.emulator.modes)
        session.send("q")
        session.wait_for(lambda _: not program.is_running() or program.status() == psutil.STATUS_ZOMBIE)
        session.wait_for(lambda session: 1049 not in session.emulator.modes)
        session.send("echo $((3 * 19))\r")
        session.wait_for(lambda session: "57" in session.lines)


def _threads(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/task"))


def _wait_until_stopped(pid: int) -> None:
    os.waitpid(pid, os.WUNTRACED)
    assert Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
