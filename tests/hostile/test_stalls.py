"""A terminal that does not read costs frames and nothing else."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.hostile.launch import ENDLESS, host, restored

if TYPE_CHECKING:
    from pathlib import Path

STALL = 3.0
ONE_FRAME = 24 * 90
KERNEL_BUFFER = 24_000


def test_work_goes_on_while_the_terminal_stalls_and_then_one_repaint_mends_the_screen(tmp_path: Path) -> None:
    with host(tmp_path, "noisy") as session:
        before = _beats(tmp_path)
        time.sleep(STALL)  # the stall itself: nobody reads
        assert _beats(tmp_path) - before >= 2
        session.send("z")
        written = len(session.raw)
        session.wait_for(lambda session: set(session.lines[2]) == {"z"})
        session.read_for(0.3)
        assert len(session.raw) - written < KERNEL_BUFFER + 3 * ONE_FRAME
        assert session.lines[0] == "keys z"
        assert all(line == "z" * 80 for line in session.lines[1:])


@pytest.mark.parametrize(("end", "code"), [("q", 0), (signal.SIGTERM, 143)], ids=["q", "SIGTERM"])
def test_it_can_be_ended_while_the_terminal_stalls(tmp_path: Path, end: str | signal.Signals, code: int) -> None:
    with host(tmp_path, "noisy", env=ENDLESS) as session:
        time.sleep(2)  # the stall itself: nobody reads
        if isinstance(end, str):
            session.send(end)
        else:
            session.kill(end)
        assert session.process.wait(30) == code
        session.read_for(0.2)
        assert restored(session)


def _beats(state: Path) -> int:
    """How often the host has told that it works."""
    return (state / "beats").read_text().count("beat") if (state / "beats").exists() else 0
