"""`python -m tests.hostile.day [HOURS [CASE...]]`: a table of what each long life holds; exit code 1 where one grows.

A day takes some half an hour of one core a case; PYTHONTRACEMALLOC=2 writes a snapshot beside each look, for the sites.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.hostile.day.cases import CASES
from tests.hostile.day.verdict import Look, growth, read_looks, slope
from tests.pty.session import Session

SIZE = 120, 30
MIB = 1024
KEEP = 100_000
"""Bytes of the terminal's output to keep."""


def lived(case: str, hours: float, folder: Path) -> tuple[Look, ...]:
    """Let the program live in a terminal, and return what was seen of it; raise AssertionError if it ends early."""
    file = folder / f"{case}.jsonl"
    argv = (sys.executable, "-m", "tests.hostile.day.begin", case, str(hours), str(file))
    state = {name: str(folder) for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    with Session(argv, columns=SIZE[0], lines=SIZE[1], env={**os.environ, **state}) as terminal:
        while terminal.process.poll() is None:
            terminal.read(0.5)
            del terminal.raw[:-KEEP]
        assert terminal.process.returncode == 0, terminal.text
    return read_looks(file.read_text().splitlines())


def row(case: str, looks: tuple[Look, ...], seconds: float) -> str:
    """One line of the table."""
    first, last = looks[0], looks[-1]
    hour = min(looks, key=lambda look: abs(look.hours - 1))
    memory = " ".join(f"{look.resident / MIB:6.1f}" for look in (first, hour, last))
    counts = " ".join(
        f"{getattr(first, name):4}→{getattr(last, name):<4}" for name in ("descriptors", "threads", "tasks")
    )
    return f"{case:10} {memory} {slope(looks) / MIB:+9.3f}  {counts} {seconds:7.0f} s"


def main(hours: float, cases: tuple[str, ...]) -> int:
    """Live each case, and say what grew."""
    grew = 0
    sys.stdout.write(f"{hours:g} simulated hours; resident memory in MiB, of the dashboard and the service together\n")
    sys.stdout.write(f"{'case':10} {'first':>6} {'1 h':>6} {'last':>6} {'MiB/h':>9}  descriptors threads   tasks\n")
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            looks = lived(case, hours, Path(folder))
        sys.stdout.write(row(case, looks, time.monotonic() - begun) + "\n")
        for complaint in growth(looks):
            sys.stdout.write(f"{'':10} GROWS: {complaint}\n")
            grew = 1
        sys.stdout.flush()
    return grew


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 24.0, tuple(sys.argv[2:]) or tuple(CASES)))
