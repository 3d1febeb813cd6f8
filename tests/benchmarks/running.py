"""What the running dashboard costs: first paint and first data against a bare Textual app, CPU, bytes, memory."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.registry import Figure, benchmark
from tests.pty.service import Service
from tests.pty.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("x" * 600)
Bare().run()
"""
MCTOP = (sys.executable, "-m", "mctop")
SIZE = (160, 48)
ROUNDS = 7
SETTLE, STEADY = 15.0, 60.0
"""Seconds to let it settle, and then to watch it."""
USUAL_BYTES = 600
"""Bytes a second that the Overview may send to the terminal, at most; half of them in lean."""
MIB = 2**20


def painted(terminal: Session) -> bool:
    """Whether there is something to read."""
    return sum(not character.isspace() for character in terminal.text) >= 40


def live(terminal: Session) -> bool:
    """Whether the API's numbers are there."""
    return "LIVE" in terminal.text and "MiB" in terminal.text


def seconds_until(seen: Callable[[Session], bool], argv: tuple[str, ...], env: dict[str, str]) -> float:
    """Seconds from the start of a program until something is on its screen."""
    start = time.perf_counter()
    with Session(argv, columns=SIZE[0], lines=SIZE[1], env=env) as terminal:
        while not seen(terminal):
            if not terminal.read(0.002) and time.perf_counter() - start > 30:
                raise AssertionError(terminal.text)
        return time.perf_counter() - start


@benchmark("first paint")
def first_paint() -> tuple[Figure, ...]:
    """First paint and first data, each round beside a bare app's."""
    bare, paint, data = [], [], []
    with tempfile.TemporaryDirectory() as home, Service() as service:
        env = {"HOME": home, "XDG_CONFIG_HOME": home, **service.environ}
        for _ in range(ROUNDS):
            bare.append(seconds_until(painted, (sys.executable, "-c", BARE), env))
            paint.append(seconds_until(painted, MCTOP, env))
            data.append(seconds_until(live, MCTOP, env))
    base = statistics.median(bare)
    return (
        Figure("a bare Textual app's first paint", base * 1000, "ms"),
        Figure("first paint", statistics.median(paint) * 1000, "ms"),
        Figure("first paint against the bare app", statistics.median(paint) / base, "times", 1.25),
        Figure("first data on screen", statistics.median(data) * 1000, "ms"),
        Figure("first data against the bare app's first paint", statistics.median(data) / base, "times", 2),
    )


@benchmark("lean")
def lean() -> tuple[Figure, ...]:
    """The Overview with `--lean`, left alone; it is to send half of what it may send without."""
    with tempfile.TemporaryDirectory() as home, Service() as service:
        env = {"HOME": home, "XDG_CONFIG_HOME": home, **service.environ}
        with Session((*MCTOP, "--lean"), columns=SIZE[0], lines=SIZE[1], env=env) as terminal:
            terminal.wait_for(live, timeout=30)
            terminal.read_for(SETTLE)
            before = len(terminal.raw)
            terminal.read_for(STEADY)
            written = len(terminal.raw) - before
    return (Figure("bytes to the terminal, lean", written / STEADY, "bytes/s", USUAL_BYTES / 2),)


@benchmark("steady")
def steady() -> tuple[Figure, ...]:
    """The Overview at the default cadence, left alone."""
    with tempfile.TemporaryDirectory() as home, Service() as service:
        env = {"HOME": home, "XDG_CONFIG_HOME": home, **service.environ}
        with Session(MCTOP, columns=SIZE[0], lines=SIZE[1], env=env) as terminal:
            terminal.wait_for(live, timeout=30)
            terminal.read_for(SETTLE)
            process = psutil.Process(terminal.process.pid)
            before, written = process.cpu_times(), len(terminal.raw)
            terminal.read_for(STEADY)
            after, memory = process.cpu_times(), process.memory_info().rss
            written = len(terminal.raw) - written
    worked = after.user + after.system - before.user - before.system
    return (
        Figure("CPU of the Overview at 160x48", worked / STEADY * 100, "%", 2),
        Figure("bytes to the terminal", written / STEADY, "bytes/s", USUAL_BYTES),
        Figure("resident memory", memory / MIB, "MiB", 75),
    )
