"""The ways between views and pages, and back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from mctop.ui.registry.views import VIEWS
from mctop.ui.screens.keypage.screen import KeyPage
from mctop.ui.screens.servers.screen import ServerPage
from tests.ui import samples
from tests.ui.screens.keys import slices
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot


@asynccontextmanager
async def open_app() -> AsyncIterator[tuple[Stage, Pilot[int]]]:
    stage = Stage()
    samples.fill(stage.store)
    slices.fill(stage.store)
    async with stage.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield stage, pilot
    assert stage.app.frame_filter.hits == 0


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def path(stage: Stage) -> str:
    """Where the top line says one is."""
    return stage.app.screen.query_one("TopLine").render_line(0).text.partition("  ")[0].strip()


async def test_each_number_key_opens_its_view() -> None:
    async with open_app() as (stage, pilot):
        for one in reversed(VIEWS):
            await press(pilot, one.key)
            assert path(stage).endswith(f"› {one.name}")


async def test_a_view_is_as_it_was_left() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "3")
        first = stage.app.screen
        await press(pilot, "1", "3")
        assert stage.app.screen is first


async def test_back_leads_through_the_views_in_the_order_they_were_seen_each_once() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "3", "4", "6", "3")
        seen = []
        for _ in range(3):
            await press(pilot, "q")
            seen.append(path(stage).rpartition("› ")[2])
        assert seen == ["Log", "Keys", "Overview"]
        await press(pilot, "q")
    assert stage.app.return_code == 0


async def test_escape_goes_back_too_and_never_quits() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "4", "escape")
        assert path(stage).endswith("› Overview")
        await press(pilot, "escape", "escape")
        assert stage.app.is_running


async def test_full_screen_is_left_before_the_view() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "3", "f", "q")
        assert path(stage).endswith("› Servers")
        await press(pilot, "f", "escape")
        assert path(stage).endswith("› Servers")
        await press(pilot, "escape")
        assert path(stage).endswith("› Overview")


async def test_a_page_lies_above_its_view_and_says_the_way() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "3", "g", "enter")
        assert isinstance(stage.app.screen, ServerPage)
        assert path(stage).endswith("› Servers › mc3")
        await press(pilot, "q")
        assert path(stage).endswith("› Servers")


async def test_a_view_that_was_left_from_a_page_shows_the_page_again_and_its_own_key_leads_to_the_view() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "4", "g", "enter")
        assert isinstance(stage.app.screen, KeyPage)
        await press(pilot, "6", "4")
        assert isinstance(stage.app.screen, KeyPage)
        await press(pilot, "4")
        assert path(stage).endswith("› Keys")


@pytest.mark.parametrize(("panel", "place"), [("servers", "Overview › mc"), ("hit", "Overview › "), ("log", "Log")])
async def test_a_row_of_the_overview_leads_to_what_it_is_about(panel: str, place: str) -> None:
    async with open_app() as (stage, pilot):
        stage.app.screen.query_one(f"#{panel} Grid").focus()
        await press(pilot, "g", "enter")
        assert f"› {place}" in path(stage)


async def test_the_footer_calls_q_what_it_does() -> None:
    async with open_app() as (stage, pilot):
        assert "q quit" in stage.app.screen.query_one("KeyLine").render_line(0).text
        await press(pilot, "4")
        assert "q back" in stage.app.screen.query_one("KeyLine").render_line(0).text


async def test_a_modal_is_no_way_to_go_back() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "A")
        assert stage.app.screen.is_modal
        assert stage.app.navigation.at_root
        await press(pilot, "escape", "3", "A")
        assert not stage.app.navigation.at_root
