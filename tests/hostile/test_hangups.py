"""A terminal that is gone ends the program, whoever ignores the signal that says so."""

from __future__ import annotations

import shlex
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.hostile.launch import ENDLESS, HOST, host

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pty.session import Session

GONE = 30.0
"""Seconds that a busy machine may take to end it; without the hang-up noticed, it would run for ever."""
_RUN = shlex.join(HOST)
KINDS = {
    "a session leader": HOST,
    "a child of a shell": ("bash", "--norc", "-c", f"{_RUN} $0; :"),
    "below a shell that ignores hang-ups": ("bash", "--norc", "-c", f"trap '' HUP; {_RUN} $0; :"),
    "in a session of its own": ("setsid", "-w", *HOST),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_hang_up_ends_it(tmp_path: Path, kind: str) -> None:
    with host(tmp_path, "quiet", argv=KINDS[kind], env=ENDLESS) as session:
        program = _program(session)
        session.hang_up()
        assert _ends(program)


def test_a_hang_up_while_it_draws_ends_it(tmp_path: Path) -> None:
    with host(tmp_path, "noisy", argv=KINDS["in a session of its own"], env=ENDLESS) as session:
        program = _program(session)
        session.read_for(0.5)
        session.hang_up()
        assert _ends(program)


def test_a_hang_up_has_the_exit_code_of_one(tmp_path: Path) -> None:
    with host(tmp_path, env=ENDLESS) as session:
        session.hang_up()
        assert session.process.wait(GONE) == 129


def _ends(program: psutil.Process) -> bool:
    """Whether a process ends in time; one that its parent has yet to notice counts as ended."""
    end = time.monotonic() + GONE
    while time.monotonic() < end:
        try:
            if program.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)  # it is not our child: there is nothing to wait on
    return False


def _program(session: Session) -> psutil.Process:
    """The host itself, below whatever has started it."""
    first = psutil.Process(session.process.pid)
    return next(process for process in (first, *first.children(recursive=True)) if "python" in process.name())
