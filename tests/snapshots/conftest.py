"""Pictures are taken of settled screens: once nothing changes any more, however busy the machine is."""

from __future__ import annotations

from inspect import isawaitable
from typing import TYPE_CHECKING

import pytest

from tests.snapshots.comparing import settled

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from mctop.ui.app.app import Mctop
    from tests.snapshots.comparing import Compare


@pytest.fixture
def snap_compare(snap_compare: Compare) -> Compare:
    """Compares a picture once the screen stands still."""

    def compare(
        app: Mctop,
        press: tuple[str, ...] = (),
        terminal_size: tuple[int, int] = (80, 24),
        run_before: Callable[[Pilot[int]], Awaitable[None] | None] | None = None,
    ) -> bool:
        async def prepared(pilot: Pilot[int]) -> None:
            done = run_before(pilot) if run_before else None
            if isawaitable(done):
                await done
            await settled(pilot)

        return snap_compare(app, press=press, terminal_size=terminal_size, run_before=prepared)

    return compare
