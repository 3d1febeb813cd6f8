"""The keys that move through time, the same in every view."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from mctop.store.base.marks import MarkKind
from mctop.store.base.window import HOUR, TimeWindow
from mctop.ui.app.palette import Palette
from mctop.ui.screens.base import FramedScreen
from tests.ui import samples
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

LAST = samples.LAST - 60
"""The last complete bucket."""
THREE = samples.LAST - samples.LAST % 86_400 + 3 * HOUR + 600
"""03:10 of the same day."""


@asynccontextmanager
async def open_app() -> AsyncIterator[tuple[Stage, Pilot[int]]]:
    stage = Stage()
    samples.fill(stage.store)
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield stage, pilot
    assert stage.app.frame_filter.hits == 0


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "window"),
    [
        (("plus",), TimeWindow(HOUR)),
        (("minus", "minus"), TimeWindow(7 * 24 * HOUR)),
        (("left_square_bracket",), TimeWindow(6 * HOUR, None, LAST)),
        (("left_square_bracket", "left_square_bracket", "right_square_bracket"), TimeWindow(6 * HOUR, None, LAST)),
        (("left_curly_bracket",), TimeWindow(6 * HOUR, None, LAST - 14 * 60)),
        (("left_square_bracket", "grave_accent"), TimeWindow(6 * HOUR)),
        (("t", "up", "enter"), TimeWindow(HOUR)),
        (("t", "escape"), TimeWindow(6 * HOUR)),
        (("T", *"03", "colon", *"10", "enter"), TimeWindow(6 * HOUR, THREE + 3 * HOUR, THREE)),
        (("T", *"2h ago", "enter"), TimeWindow(6 * HOUR, None, samples.NOON - 2 * HOUR)),
        (("T", *"soon", "enter"), TimeWindow(6 * HOUR)),
        (("T", "escape"), TimeWindow(6 * HOUR)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
async def test_a_key_moves_the_window(keys: tuple[str, ...], window: TimeWindow) -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, *("space" if key == " " else key for key in keys))
        assert stage.store.window.value == window


async def test_the_window_is_the_same_in_every_view_and_the_top_line_says_which() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "plus", "left_square_bracket")
        await press(pilot, "2")
        await pilot.pause()
        assert stage.store.window.value == TimeWindow(HOUR, None, LAST)
        assert "1h, read at 12:10:00Z" in stage.app.screen.query_one("TopLine").render_line(0).text


async def test_m_marks_what_is_read_or_else_the_present() -> None:
    async with open_app() as (stage, pilot):
        stage.store.marks.set(())
        await press(pilot, "m", "left_square_bracket", "m")
        marks = stage.store.marks.value
        assert [(mark.time, mark.kind) for mark in marks] == [
            (samples.NOON, MarkKind.PERSON), (LAST, MarkKind.PERSON),
        ]  # fmt: skip


async def test_a_mark_may_have_a_note_and_is_of_the_moment_when_it_was_asked_for() -> None:
    async with open_app() as (stage, pilot):
        stage.store.marks.set(())
        await press(pilot, "M", *"deploy")
        stage.clock.passed = 30
        await press(pilot, "enter", "M", "escape")
        (mark,) = stage.store.marks.value
        assert (mark.time, mark.note) == (samples.NOON, "deploy")


@pytest.mark.parametrize(
    ("typed", "window"),
    [
        ("goto 03:10", TimeWindow(6 * HOUR, THREE + 3 * HOUR, THREE)),
        ("03:10", TimeWindow(6 * HOUR, THREE + 3 * HOUR, THREE)),
        ("since 15m", TimeWindow(900)),
    ],
)
async def test_the_palette_goes_to_a_time_that_is_typed(typed: str, window: TimeWindow) -> None:
    async with open_app() as (stage, _):
        assert isinstance(stage.app.screen, FramedScreen)
        hits = [hit async for hit in Palette(stage.app.screen).search(typed)]
        await _done(hits[0].command())
        assert stage.store.window.value == window


async def _done(result: object) -> None:
    assert result is None
