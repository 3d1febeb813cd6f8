"""The Log under a person's hands."""

from __future__ import annotations

import json
import os
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from mctop.store.base.health import FailureKind
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.base.window import TimeWindow
from mctop.store.log.tail import ServerTrace
from mctop.ui.screens.log.panel import LogRows
from mctop.ui.screens.log.screen import LogScreen
from mctop.ui.widgets.top_line import WITHIN
from tests.ui import samples
from tests.ui.screens.log.rows import SERVER, entry, gap
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.strip import Strip

    from mctop.store.log.tail import LogRow, LogTail

NOON = samples.NOON


class Log:
    """The Log on a stage, with a hundred lines of a second each."""

    def __init__(self, pilot: Pilot[int], stage: Stage) -> None:
        self.pilot = pilot
        self.stage = stage
        self.store = stage.store

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Press the keys of a text."""
        names = {":": "colon", ">": "greater_than_sign", " ": "space", "!": "exclamation_mark", "/": "slash"}
        await self.press(*(names.get(character, character) for character in text))

    async def come(self, *rows: LogRow, forgotten: int = 0) -> None:
        """Let rows come, and so many old ones go."""
        held = self.tail
        self.store.log.value.set(
            replace(held, rows=(*held.rows, *rows)[forgotten:], forgotten=held.forgotten + forgotten)
        )
        await self.pilot.pause()

    @property
    def tail(self) -> LogTail:
        tail = self.store.log.value.value
        assert tail is not None
        return tail

    @property
    def lines(self) -> list[str]:
        """What is on the screen."""
        return [line.text.rstrip(" ┃") for line in self.pilot.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def keys(self) -> list[str]:
        """The keys of the lines that are on the screen."""
        return [line.split()[-1] for line in self.lines if "Z  mc1" in line]

    @property
    def reading(self) -> str:
        """The key of the line with the cursor, "" while the end is followed."""
        held = self.pilot.app.screen.query_one(LogRows).selected
        return getattr(held, "key", "?") if held is not None else ""


def line(number: int) -> LogRow:
    """Line by line a second, the newest five seconds ago; each tenth is a miss, each thirtieth our own."""
    if number % 30 == 17:
        return entry(number, NOON - 105 + number, "", "STATS", "OK", 0)
    return entry(number, NOON - 105 + number, f"k{number}", status="HIT" if number % 10 else "MISS")


@asynccontextmanager
async def opened(*, width: int = 100, height: int = 24, count: int = 100) -> AsyncIterator[Log]:
    stage = Stage()
    samples.fill(stage.store)
    stage.store.marks.set(())
    held = stage.store.log.value.value
    assert held is not None
    stage.store.log.value.set(
        replace(held, rows=tuple(map(line, range(count))), traces=(ServerTrace(SERVER, (), NOON),))
    )
    async with stage.app.run_test(size=(width, height)) as pilot:
        await pilot.pause()
        await pilot.press("6")
        await pilot.pause()
        assert isinstance(pilot.app.screen, LogScreen)
        yield Log(pilot, stage)


async def test_the_newest_lines_are_followed() -> None:
    async with opened() as log:
        assert "following · lag 4s" in log.text
        assert log.keys[-1] == "k99"
        await log.come(entry(100, NOON, "newest"))
        assert log.keys[-1] == "newest"
        assert "following" in log.text


async def test_the_log_is_polled_closely_only_while_it_is_in_front() -> None:
    async with opened() as log:
        assert log.store.log.hurried.value
        await log.press("1")
        assert not log.store.log.hurried.value


async def test_scrolling_up_stops_and_the_picture_stands_still_whatever_comes() -> None:
    async with opened() as log:
        await log.press("up", "k", "up")
        assert log.reading == "k96"
        before = log.lines[2:-1]
        await log.come(*(entry(number, NOON + number, f"k{number}") for number in range(100, 140)), forgotten=10)
        assert log.lines[4:-2] == before[2:-1]
        assert log.reading == "k96"
        assert "stopped · 40 newer below · G follows" in log.text
        await log.press("G")
        assert log.keys[-1] == "k139"
        assert "following" in log.text


async def test_every_key_of_movement_moves() -> None:
    async with opened() as log:
        await log.press("g")
        assert (log.reading, log.keys[0]) == ("k0", "k0")
        await log.press("j")
        assert log.reading == "k1"
        await log.press("pagedown")
        page = len([one for one in log.lines if "Z  mc1" in one])
        assert log.reading == f"k{2 + page}"
        await log.press("pageup")
        assert log.reading == "k1"
        await log.press("end")
        assert log.reading == ""


async def test_a_filter_shows_its_lines_while_it_is_typed_and_counts_what_it_hides() -> None:
    async with opened() as log:
        await log.type("/status:miss")
        assert log.keys == [f"k{number}" for number in range(0, 100, 10)]
        assert "/status:miss −87" in log.text
        await log.press("escape")
        assert log.keys[-1] == "k99"
        await log.type("/status:miss")
        await log.press("enter")
        assert log.keys[-1] == "k90"
        await log.press("backspace")
        assert log.keys[-1] == "k99"


async def test_filters_are_stacked_and_kept_while_one_looks_elsewhere() -> None:
    async with opened() as log:
        await log.type("/status:miss")
        await log.press("enter")
        await log.type("!5")
        await log.press("enter", "1", "6")
        assert log.keys == [f"k{number}" for number in range(0, 100, 10) if number != 50]
        assert "9 of 100 shown  /status:miss −87  !5 −1  3 of mctop's own STATS/AUTH hidden" in log.text


async def test_what_is_no_filter_is_said_and_not_kept() -> None:
    async with opened() as log:
        await log.type("/size>")
        assert "size needs a number of bytes" in log.text
        await log.press("enter")
        assert "size needs a number of bytes" in log.text
        await log.type("1k")
        assert "0 of 100 shown" in log.text
        await log.press("enter", "backspace")
        assert "97 of 100 shown" in log.text


async def test_there_is_an_end_to_stacking() -> None:
    async with opened() as log:
        for number in range(10):
            await log.type(f"!x{number}")
            await log.press("enter")
        assert [one.message[:22] for one in log.pilot.app._notifications] == ["9 filters are the most"]


async def test_highlighting_shows_all_where_it_was_and_n_goes_from_match_to_match() -> None:
    async with opened() as log:
        await log.type("/status:miss")
        await log.press("enter", "up", "up")
        assert log.reading == "k70"
        await log.press("asterisk")
        assert log.reading == "k70"
        assert "k69" in log.keys
        assert [one.split()[-1] for one in log.lines if "▸" in one] == [key for key in log.keys if key[-1] == "0"]
        await log.press("n")
        assert log.reading == "k80"
        await log.press("N", "N")
        assert log.reading == "k60"
        await log.press("asterisk")
        assert log.reading == "k60"
        assert "k59" not in log.keys


async def test_our_own_lines_come_with_o() -> None:
    async with opened() as log:
        assert "3 of mctop's own STATS/AUTH hidden" in log.text
        await log.press("g", "o")
        assert "100 of 100 shown  mctop's own STATS/AUTH shown" in log.text
        assert any(one.split()[2:4] == ["STATS", "OK"] for one in log.lines if "Z  mc1" in one)


async def test_gaps_and_marks_stand_among_the_lines() -> None:
    async with opened() as log:
        await log.come(gap(100, NOON), entry(101, NOON + 2, "after"))
        log.store.marks.set((Mark(NOON + 1, MarkKind.FLUSH),))
        await log.pilot.pause()
        assert "◆ gap: about 120 lines of mc1 not seen in 4s" in log.lines[-5]
        assert "⚑ flush" in log.lines[-4]
        assert "after" in log.lines[-3]


async def test_the_cursor_of_the_window_is_where_the_log_is_read() -> None:
    async with opened() as log:
        log.store.window.set(TimeWindow(cursor=NOON - 60))
        await log.pilot.pause()
        assert log.reading == "k45"
        assert "stopped" in log.text
        await log.press("grave_accent")
        assert log.reading == ""
        await log.press("up")
        assert log.store.window.value.cursor == NOON - 7
        await log.press("G")
        assert log.store.window.value.cursor is None


async def test_a_moment_from_before_the_log_is_said_to_be_one() -> None:
    async with opened() as log:
        log.store.window.set(TimeWindow(cursor=NOON - 3_600))
        await log.pilot.pause()
        assert log.reading == "k0"
        assert "it begins after 11:11:07Z" in log.text


async def test_a_frozen_log_can_be_read_and_filtered_while_lines_are_collected() -> None:
    async with opened() as log:
        await log.press("space")
        await log.come(entry(100, NOON, "newest"))
        assert log.keys[-1] == "k99"
        await log.type("/status:miss")
        await log.press("enter")
        assert log.keys[-1] == "k90"
        await log.press("backspace", "space")
        assert log.keys[-1] == "newest"


async def test_the_rates_are_those_of_the_minute_before_the_last_line_in_view() -> None:
    async with opened() as log:
        assert "lines/s over 1m  GET HIT 0.9/s  GET MISS 0.1/s" in log.text
        await log.type("/status:miss")
        await log.press("enter")
        assert "lines/s over 1m  GET MISS 0.1/s" in log.text


@pytest.mark.parametrize("following", [True, False])
async def test_a_burst_of_lines_costs_one_repaint_and_none_but_of_the_scrollbar_where_one_reads(
    following: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = LogRows.render_line

    def counting(rows: LogRows, y: int) -> Strip:
        drawn.append(y)
        return draw(rows, y)

    async with opened() as log:
        if not following:
            await log.press("g")
        monkeypatch.setattr(LogRows, "render_line", counting)
        await log.come(*(entry(number, NOON + number, f"k{number}") for number in range(100, 5_100)))
        height = log.pilot.app.screen.query_one(LogRows).size.height
        assert 0 < len(drawn) <= (height if following else 3)


async def test_e_saves_what_is_shown_and_says_what_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened() as log:
        await log.type("/status:miss")
        await log.press("enter", "e")
        await log.pilot.pause(0.1)
        (file,) = [tmp_path / name for name in os.listdir(tmp_path)]
        assert [json.loads(line)["key"] for line in file.read_text().splitlines()] == log.keys
        said = [one.message for one in log.pilot.app._notifications]
        assert said == [f"10 lines from 12:09:22Z to 12:10:52Z written to {file}"]


async def test_what_cannot_be_saved_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with opened() as log:
        await log.press("e")
        await log.pilot.pause(0.1)
        assert [one.message for one in log.pilot.app._notifications] == [
            "no file was written: No such file or directory"
        ]


async def test_enter_opens_the_page_of_the_key_and_the_way_back_leads_to_the_same_line() -> None:
    async with opened() as log:
        await log.press("up", "up", "enter")
        assert f"Log {WITHIN} k97" in log.lines[0]
        await log.press("q")
        assert log.reading == "k97"


async def test_y_copies_the_key_and_again_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    async with opened() as log:
        monkeypatch.setattr(log.pilot.app, "copy_to_clipboard", copied.append)
        await log.press("up", "y", "y", "up", "y")
        assert copied == ["k98", "12:11:00Z\tmc1\tGET\tHIT\t10 B\tk98", "k97"]


async def test_a_gap_has_no_page() -> None:
    async with opened() as log:
        await log.come(gap(100, NOON), entry(101, NOON + 2, "after"))
        await log.press("up")
        assert log.reading == "?"
        assert "enter" not in log.lines[-1]
        await log.press("enter")
        assert log.reading == "?"


async def test_where_the_plan_has_no_log_that_is_said() -> None:
    stage = Stage()
    samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "no introspection")
    stage.store.connecting.set(None)
    async with stage.app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        await pilot.press("6", "slash", "up", "o")
        await pilot.pause()
        log = Log(pilot, stage)
        assert "not on this plan" in log.text


async def test_an_empty_log_says_so() -> None:
    async with opened(count=0) as log:
        assert "no line in the log yet" in log.text
        await log.come(entry(0, NOON, "first"))
        assert log.keys == ["first"]


async def test_a_click_and_the_wheel_read_too() -> None:
    async with opened() as log:
        rows = log.pilot.app.screen.query_one(LogRows)
        top = log.keys[0]
        await log.pilot.click(rows, offset=(5, 1))
        assert log.reading == top
        rows.post_message(MouseScrollUp(rows, 5, 5, 0, -1, 0, False, False, False))
        await log.pilot.pause()
        assert log.keys[3] == top
        rows.post_message(MouseScrollDown(rows, 5, 5, 0, 1, 0, False, False, False))
        await log.pilot.pause()
        assert log.keys[0] == top
