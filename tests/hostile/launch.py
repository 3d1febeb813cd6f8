"""Starts the host app in a pseudo-terminal of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.pty.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

HOST = (sys.executable, "-m", "tests.hostile.host")
ENDLESS = {"PATIENCE": "3600"}
"""The environment of a host that no deadline ends: what ends it is its own doing."""
ORDINARY_MODES = {7, 25}
"""Line wrap and a visible cursor: all that is on in a terminal that nobody has touched."""


def host(
    state: Path,
    behaviour: str = "",
    *,
    argv: Sequence[str] = HOST,
    columns: int = 80,
    lines: int = 24,
    env: Mapping[str, str] | None = None,
    wait: bool = True,
) -> Session:
    """The running host, its first frame painted; `state` is where crash reports and beats go."""
    env = {"XDG_STATE_HOME": str(state), "BEATS": str(state / "beats"), **(env or {})}
    session = Session([*argv, behaviour], columns=columns, lines=lines, env=env)
    if wait:
        session.wait_for("ready")
    return session


def restored(session: Session) -> bool:
    """Whether the terminal is as it was before: modes and line discipline."""
    return session.emulator.modes == ORDINARY_MODES and session.echoes
