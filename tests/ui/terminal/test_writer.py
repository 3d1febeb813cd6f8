"""Whoever writes to the terminal never waits, and what arrives is whole and in order."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from mctop.ui.terminal.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = b"x" * 300_000
"""More than a pipe takes before somebody reads."""


class Terminal:
    """A pipe that nobody reads until `read_until` is called, and a writer to it."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()
        self.drained, self.lost = threading.Event(), threading.Event()
        self.writer = Writer(self.write_end, self.drained.set, self.lost.set)
        self.writer.start()

    def read_until(self, end: bytes) -> bytes:
        """Everything up to a text, and the text."""
        got = b""
        while not got.endswith(end):
            got += os.read(self.read_end, 65536)
        return got


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A terminal that stalls at first."""
    pipe = Terminal()
    yield pipe
    if not pipe.lost.is_set():
        os.close(pipe.read_end)
    pipe.writer.stop(b"", 5)
    os.close(pipe.write_end)


def test_everything_arrives_in_order(terminal: Terminal) -> None:
    terminal.writer.send(b"modes ")
    terminal.writer.paint(b"frame ")
    terminal.writer.send(b"clipboard ")
    assert terminal.read_until(b"clipboard ") == b"modes frame clipboard "
    terminal.writer.stop(b"restored", 5)
    assert terminal.read_until(b"restored") == b"restored"
    assert not terminal.drained.is_set()


def test_frames_are_dropped_whole_while_the_terminal_stalls_and_all_else_is_kept(terminal: Terminal) -> None:
    terminal.writer.send(FULL)
    for number in range(100):
        terminal.writer.paint(b"<frame %d>" % number)
    terminal.writer.send(b"<clipboard>")
    got = terminal.read_until(b"<clipboard>")
    assert got == FULL + b"<clipboard>"
    assert terminal.drained.wait(5)
    terminal.writer.paint(b"<repaint>")
    assert terminal.read_until(b"<repaint>") == b"<repaint>"


def test_a_terminal_that_is_only_a_little_slow_misses_nothing(terminal: Terminal) -> None:
    terminal.writer.send(FULL)
    for number in range(5):
        terminal.writer.paint(b"<frame %d>" % number)
    assert terminal.read_until(b"<frame 4>") == FULL + b"<frame 0><frame 1><frame 2><frame 3><frame 4>"
    assert not terminal.drained.is_set()


def test_a_lost_terminal_is_told_once_and_then_ignored(terminal: Terminal) -> None:
    os.close(terminal.read_end)
    terminal.writer.send(b"anybody?")
    assert terminal.lost.wait(5)
    terminal.writer.paint(b"anybody?")
    terminal.writer.stop(b"restored", 5)
    assert not terminal.writer.is_alive()
