"""How a picture of the screen is taken and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.ui.stage import ready

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot
    from textual.strip import Strip

    from mctop.ui.app.app import Mctop


class Compare(Protocol):
    """Compares what an app shows with the picture that was looked at."""

    def __call__(
        self,
        app: Mctop,
        press: tuple[str, ...] = (),
        terminal_size: tuple[int, int] = (80, 24),
        run_before: Callable[[Pilot[int]], Awaitable[None]] | None = None,
    ) -> bool: ...


SMALL, MIDDLE, LARGE = (80, 24), (120, 30), (160, 48)
EACH_SIZE = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x30", "160x48"])
"""The sizes that people have."""
STILL = 3
"""Looks in a row that must show the same: what follows from a message of a message has come by then."""


def after(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, each once what the one before brought about is shown."""

    async def press(pilot: Pilot[int]) -> None:
        await ready(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return press


async def settled(pilot: Pilot[int]) -> None:
    """Wait until the screen has shown the same several times."""
    shown: list[Strip] = []
    same = 0
    while same < STILL:
        await pilot.pause()
        before, shown = shown, pilot.app.screen._compositor.render_strips()
        same = same + 1 if shown == before else 0
