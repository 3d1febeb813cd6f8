"""The Caches, and the way to another cache, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.base.window import RANGES
from mctop.ui.modals.cache_picker import Picker
from mctop.ui.screens.base import FramedScreen
from mctop.ui.widgets.grid import Grid
from tests.ui.screens.caches.fleets import FleetStage, busy, live

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def settled(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, each once what came of the one before is shown."""
    await pilot.pause()
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


def front(stage: FleetStage) -> FramedScreen:
    screen = stage.app.screen
    assert isinstance(screen, FramedScreen)
    return screen


def place(stage: FleetStage) -> tuple[str, str]:
    """The cache and the view that the top line names."""
    shown = front(stage).top.location
    assert shown is not None
    return shown.cache, shown.view


def grid(stage: FleetStage) -> Grid:
    return stage.app.screen.query_one(Grid)


async def test_the_worst_is_under_the_cursor_and_enter_opens_it_where_one_came_from() -> None:
    stage = busy()
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await settled(pilot, "6", "0")
        assert [row.key for row in grid(stage).shown][:5] == ["staging", "mail", "billing", "geo", "sessions"]
        assert grid(stage).cursor == "staging"
        await settled(pilot, "down", "down", "down", "down", "enter")
        assert place(stage) == ("sessions", "Log")
        assert stage.fleet.opened.value == "sessions"
        await settled(pilot, "q")
        assert place(stage) == ("sessions", "Caches")


async def test_from_the_start_it_opens_the_overview() -> None:
    stage = FleetStage("a", "b")
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, "0", "down", "enter")
        assert place(stage) == ("b", "Overview")


async def test_a_few_letters_switch_the_cache_and_keep_view_range_and_cursor_in_time() -> None:
    stage = busy()
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await settled(pilot, "2", "plus", "left_square_bracket")
        window = stage.store("checkout").window.value
        assert window.seconds == RANGES["1h"]
        await settled(pilot, "c")
        assert isinstance(stage.app.screen, Picker)
        await settled(pilot, "s", "e", "s", "enter")
        assert place(stage) == ("sessions", "Charts")
        assert stage.store("sessions").window.value == window
        assert not stage.store("checkout").opened.value
        assert not stage.store("checkout").insight.followed


async def test_the_sort_and_filter_of_a_table_go_along() -> None:
    stage = busy()
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await settled(pilot, "3", "s", "s", "c", "i", "m", "a", "g", "enter")
        assert place(stage) == ("images", "Servers")
        chosen = grid(stage).listing
        assert chosen.order is not None
        await settled(pilot, "0", "s")
        await settled(pilot, "c", "g", "e", "o", "enter", "3")
        assert place(stage) == ("geo", "Servers")
        assert grid(stage).listing == chosen


async def test_escape_leaves_everything_as_it_is() -> None:
    stage = busy()
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, "c", "x", "enter", "escape")
        assert place(stage) == ("checkout", "Overview")


async def test_the_picker_lists_the_worst_first_and_then_what_matches_best() -> None:
    stage = busy()
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, "c", "down", "enter")
        assert place(stage)[0] == "mail"


async def test_where_there_is_one_cache_there_is_none_to_switch_to() -> None:
    stage = FleetStage("only")
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await settled(pilot, "0")
        assert "switch cache" not in {key.name for key in front(stage).keys.keys}
        await settled(pilot, "c")
        assert place(stage) == ("only", "Caches")


async def test_r_polls_every_cache_in_the_caches_and_the_opened_one_elsewhere() -> None:
    stage = FleetStage("a", "b")
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, "r")
        assert [session.refreshes for session in stage.sessions.values()] == [1, 0]
        await settled(pilot, "0", "r")
        assert [session.refreshes for session in stage.sessions.values()] == [2, 1]


async def test_r_tries_again_what_could_not_be_used() -> None:
    stage = FleetStage("a", "b", locked={"b": "no password"})
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, "0")
        assert [row.key for row in grid(stage).shown] == ["b", "a"]
        stage.locked.clear()
        await settled(pilot, "r")
        assert stage.sessions["b"].running.is_set()


async def test_the_cursor_stays_on_its_cache_when_the_order_changes() -> None:
    stage = busy()
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await settled(pilot, "0", "down", "down", "down", "down")
        assert grid(stage).cursor == "sessions"
        live(stage.store("sessions"))
        front(stage).judge_all()
        await settled(pilot)
        assert grid(stage).cursor == "sessions"
        assert [row.key for row in grid(stage).shown].index("sessions") > 5


async def test_the_picture_stands_still_while_frozen() -> None:
    stage = busy()
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await settled(pilot, "0", "space")
        before = grid(stage).rows
        live(stage.store("sessions"))
        front(stage).judge_all()
        await settled(pilot, "down")
        assert grid(stage).rows == before
        await settled(pilot, "space")
        assert grid(stage).rows != before


async def test_the_way_back_leads_through_views_that_the_new_cache_has_not_shown_yet() -> None:
    stage = busy()
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await settled(pilot, "2", "6", "c", "g", "e", "o", "enter", "q")
        assert place(stage) == ("geo", "Charts")
        await settled(pilot, "q")
        assert place(stage) == ("geo", "Overview")
