"""No size of the terminal is too odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.launch import host

if TYPE_CHECKING:
    from pathlib import Path


def test_it_survives_any_change_of_size_and_is_right_afterwards(tmp_path: Path) -> None:
    with host(tmp_path) as session:
        for columns, lines in [(1, 1), (2, 2), (200, 1), (1, 200), (0, 0), (5, 3), (1000, 500), (1, 1), (80, 24)]:
            session.resize(columns, lines)
            session.read_for(0.1)
        session.send("z")
        session.wait_for(lambda session: session.lines[1:] == ("z" * 80,) * 23)
        assert session.lines[0] == "keys z"


@pytest.mark.parametrize(("columns", "lines"), [(1, 1), (0, 0)])
def test_it_starts_in_any_size(tmp_path: Path, columns: int, lines: int) -> None:
    with host(tmp_path, columns=columns, lines=lines, wait=False) as session:
        session.wait_for(lambda session: 2004 in session.emulator.modes)
        session.resize(80, 24)
        session.wait_for("ready")
        session.send("q")
        assert session.wait(2) == 0
