"""When keys were read, by the messages of the driver."""

from __future__ import annotations

import asyncio
import os
import pty
import sys
from itertools import count
from typing import TYPE_CHECKING, cast

import pytest
from textual import events

from mctop.ui.terminal import driver as driver_module
from mctop.ui.terminal.drawing.abilities import USUAL
from mctop.ui.terminal.driver import HardenedDriver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.message import Message

    from mctop.ui.terminal.textual_private import OpenApp


class Inbox:
    """Takes what the driver sends to the app."""

    def __init__(self) -> None:
        self.keys: asyncio.Queue[events.Key] = asyncio.Queue()
        self.abilities, self.lean, self.in_question = USUAL, False, False

    def terminal_gone(self) -> None:
        """Never called here."""
        raise AssertionError("the terminal is there")

    def refresh(self) -> None:
        """Draw nothing."""

    async def _post_message(self, message: Message) -> None:
        if isinstance(message, events.Key):
            self.keys.put_nowait(message)


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The end of a terminal on which is typed; the driver has the other one."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "r+b", buffering=0) as terminal:
        monkeypatch.setattr(sys, "__stdin__", terminal)
        monkeypatch.setattr(sys, "__stderr__", terminal)
        yield master
    os.close(master)


async def test_keys_of_one_read_have_one_time_and_those_of_the_next_another(
    keyboard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = count(100)
    monkeypatch.setattr(driver_module, "monotonic", lambda: float(next(moments)))
    inbox = Inbox()
    driver = HardenedDriver(cast("OpenApp", inbox))
    driver.start_application_mode()
    try:
        os.write(keyboard, b"sho")
        first = [await inbox.keys.get() for _ in range(3)]
        os.write(keyboard, b"p")
        second = await inbox.keys.get()
    finally:
        driver.stop_application_mode()
    assert [key.key for key in (*first, second)] == ["s", "h", "o", "p"]
    assert len({key.time for key in first}) == 1
    assert second.time > first[0].time
