"""The long sweeps: `python -m tests.hostile [ROUNDS]` prints one line of figures for each promise."""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.launch import host, restored
from tests.hostile.sessions.sweep import sweep
from tests.pty.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable


def endings(state: Path, rounds: int, code: int, end: Callable[[Session], object]) -> str:
    """End the host again and again: how often the terminal was restored with the right code, and how fast."""
    seconds, good = [], 0
    for _ in range(rounds):
        with host(state) as session:
            start = time.monotonic()
            end(session)
            right = session.wait() == code
            seconds.append(time.monotonic() - start)
            good += right and restored(session)
    seconds.sort()
    return f"{good}/{rounds} restored, p50 {seconds[rounds // 2]:.2f} s, p99 {seconds[rounds * 99 // 100]:.2f} s"


def hang_ups(state: Path, rounds: int) -> str:
    """Lose the terminal again and again."""
    slowest, good = 0.0, 0
    for _ in range(rounds):
        with host(state) as session:
            start = time.monotonic()
            session.hang_up()
            good += session.process.wait(10) == 129
            slowest = max(slowest, time.monotonic() - start)
    return f"{good}/{rounds} ended with 129, slowest {slowest:.2f} s"


def stops(state: Path, rounds: int) -> str:
    """Stop and continue one process again and again."""
    with host(state) as session:
        threads = _threads(session)
        for _ in range(rounds):
            session.kill(signal.SIGSTOP)
            session.kill(signal.SIGCONT)
            session.read_for(0.02)
        after = _threads(session)
        start = time.monotonic()
        session.send("q")
        code = session.wait()
        return f"{threads} threads before, {after} after {rounds}; quit {code} in {time.monotonic() - start:.2f} s"


def resizes(state: Path, rounds: int) -> str:
    """Change the size at random, faster than it can be drawn, then look whether the picture is right."""
    chance = random.Random(0)
    with host(state) as session:
        for _ in range(rounds):
            session.resize(chance.choice((0, 1, 2, 80, 300, 1000)), chance.choice((0, 1, 2, 24, 100, 500)))
            session.read_for(0.01)
        session.resize(80, 24)
        session.read_for(1)
        session.send("z")
        session.wait_for(lambda session: session.lines[1:] == ("z" * 80,) * 23, 30)
        return f"{rounds} sizes survived, and the picture is right afterwards"


def stall(state: Path, seconds: float) -> str:
    """Read nothing for long: work goes on, and little is replayed."""
    with host(state, "noisy") as session:
        beats = state / "beats"
        time.sleep(seconds)
        done = beats.read_text().count("beat")
        session.send("z")
        session.wait_for(lambda session: session.lines[1:] == ("z" * 80,) * 23)
        return f"{done} of {seconds / 0.2:.0f} beats in {seconds:.0f} s, {len(session.raw)} bytes in all"


def _threads(session: Session) -> int:
    return len(list(Path(f"/proc/{session.process.pid}/task").iterdir()))


def main(rounds: int) -> None:
    """Run every sweep."""
    with tempfile.TemporaryDirectory() as directory:
        state = Path(directory)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT):
            _say(number.name, endings(state, rounds, 128 + number, partial(Session.kill, number=number)))
        _say("q", endings(state, rounds, 0, lambda session: session.send("q")))
        _say("crash", endings(state, rounds, 1, lambda session: session.send("c")))
        _say("hang-up", hang_ups(state, rounds))
        _say("stop and continue", stops(state, rounds * 10))
        _say("resize", resizes(state, rounds * 10))
        _say("stall", stall(state, min(600, rounds * 3)))
        _say("sessions", sweep(rounds * 10))


def _say(what: str, result: str) -> None:
    sys.stdout.write(f"{what:18} {result}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
