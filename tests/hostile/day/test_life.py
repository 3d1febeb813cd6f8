"""The whole program lives for minutes in seconds, and nothing but its memory of what it saw grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.day.__main__ import lived, row

if TYPE_CHECKING:
    from pathlib import Path


def test_minutes_of_the_overview_leave_no_descriptor_thread_or_task_behind(tmp_path: Path) -> None:
    looks = lived("overview", 0.05, tmp_path)
    assert len(looks) == 12
    assert looks[-1].hours >= 0.05
    settled = looks[4:]
    for name in ("descriptors", "threads", "tasks"):
        counts = [getattr(look, name) for look in settled]
        assert max(counts[4:]) <= max(counts[:4]) + 4, (name, counts)
    assert row("overview", looks, 1.0).startswith("overview ")
