"""What every view does with a key: copying, writing files, and naming what works."""

from __future__ import annotations

import csv
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from mctop.store.base.window import HOUR, TimeWindow
from mctop.ui.registry.commands import commands_here
from mctop.ui.terminal import clipboard
from mctop.ui.widgets.key_line import KeyLine
from tests.ui import samples
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot


@asynccontextmanager
async def open_app(size: tuple[int, int] = (160, 48)) -> AsyncIterator[tuple[Stage, Pilot[int]]]:
    stage = Stage()
    samples.fill(stage.store)
    async with stage.app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield stage, pilot


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def said(stage: Stage) -> list[str]:
    return [str(note.message) for note in stage.app._notifications]


def footer(stage: Stage) -> str:
    return stage.app.screen.query_one(KeyLine).render_line(0).text


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


async def on(stage: Stage, pilot: Pilot[int], panel: str) -> None:
    """Give the keys to a table."""
    stage.app.screen.query_one(f"#{panel} Grid").focus()
    await press(pilot, "g")


async def test_what_is_copied_is_sent_to_the_terminal_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app() as (stage, pilot):
        sent: list[str] = []
        monkeypatch.setattr(stage.app, "copy_to_clipboard", sent.append)
        await on(stage, pilot, "hit")
        await press(pilot, "y")
        assert sent == ["session:9f2c41"]
        where = "was sent to the terminal, which does not say whether it took it"
        assert said(stage) == [f"the name (14 characters) {where} · y again: the row"]


async def test_what_is_too_long_is_not_sent_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "LONGEST", 5)
    async with open_app() as (stage, pilot):
        monkeypatch.setattr(stage.app, "copy_to_clipboard", lambda text: pytest.fail(text))
        await on(stage, pilot, "hit")
        await press(pilot, "y")
        assert said(stage) == ["too much to copy: 14 characters · e writes a file"]


async def test_the_table_with_the_keys_becomes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app() as (stage, pilot):
        await on(stage, pilot, "servers")
        await press(pilot, "e", "e", "E")
        assert [path.name for path in files(tmp_path)] == [
            "mctop-servers-20260921T121107Z-2.csv", "mctop-servers-20260921T121107Z.csv",
            "mctop-servers-20260921T121107Z.json",
        ]  # fmt: skip
        with (tmp_path / "mctop-servers-20260921T121107Z.csv").open() as file:
            rows = list(csv.DictReader(file))
        assert [row["server"] for row in rows] == list(samples.SERVERS)
        assert float(rows[2]["hit rate"]) == pytest.approx(74, abs=1)
        told = json.loads((tmp_path / "mctop-servers-20260921T121107Z.json").read_text())
        assert told[0]["server"] == samples.SERVERS[0]
        assert "3 rows written to" in said(stage)[0]
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in files(tmp_path))


async def test_without_a_panel_chosen_the_first_that_can_be_written_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_app() as (_, pilot):
        await press(pilot, "e")
        (written,) = files(tmp_path)
        assert written.name.startswith("mctop-memory-and-hit-rate-")
        assert written.read_text().startswith("time,hit rate,memory,limit\n")


async def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with open_app() as (stage, pilot):
        await press(pilot, "e")
        assert said(stage) == ["no file was written: No such file or directory"]


async def test_the_footer_names_what_works_for_the_table_that_has_the_keys() -> None:
    async with open_app() as (stage, pilot):
        assert "sort" not in footer(stage)
        await on(stage, pilot, "hit")
        assert all(name in footer(stage) for name in ("⏎ open", "/ filter", "s sort", "y copy"))
        assert "esc all rows" not in footer(stage)
        await press(pilot, "slash", "s")
        assert footer(stage).split() == ["ctrl+p", "commands"]
        await press(pilot, "enter")
        assert "esc all rows" in footer(stage)
        await on(stage, pilot, "alerts")
        assert "open" not in footer(stage)


async def test_in_a_terminal_that_is_not_in_front_the_footer_stays_and_every_key_still_works() -> None:
    async with open_app() as (stage, pilot):
        before = footer(stage)
        stage.app.app_focus = False
        await pilot.pause()
        stage.overview.frame.tick()
        await pilot.pause()
        assert footer(stage) == before
        await press(pilot, "plus", "space")
        assert stage.store.window.value == TimeWindow(HOUR)
        assert stage.store.still.since.value is not None


async def test_the_help_names_keys_that_a_nearer_widget_has_taken_only_once() -> None:
    async with open_app() as (stage, pilot):
        await on(stage, pilot, "hit")
        keys = [key for command in commands_here(stage.app.screen) for key in command.keys.split(",")]
        assert len(keys) == len(set(keys))
        panels = next(one for one in commands_here(stage.app.screen) if one.id == "next-panel")
        assert (panels.keys, panels.shown) == ("tab", "tab")
