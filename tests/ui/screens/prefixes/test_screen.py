"""The Prefixes view, worked by keys."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from mctop.store.base.health import FailureKind
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from mctop.ui.modals.change_dialogs import Confirmation
from mctop.ui.registry.options import UiOptions
from mctop.ui.screens.prefixes.screen import PrefixesScreen, PrefixPage
from tests.ui import samples
from tests.ui.acting import pressed, said, settle, text
from tests.ui.screens.prefixes.watching import FEED, fill, items
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from tests.ui.acting import FakeActions

LIMIT = "A cache watches at most 20 prefixes."


class Scene:
    """The view on a stage, and what was to be sent."""

    def __init__(self, *, read_only: bool = False) -> None:
        self.stage = Stage(UiOptions(read_only=read_only))
        self.actions: FakeActions = fill(self.stage)


@asynccontextmanager
async def showing(stage: Stage, size: tuple[int, int] = (120, 30)) -> AsyncIterator[Pilot[int]]:
    """The view, open."""
    async with stage.app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("5")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PrefixesScreen)
        yield pilot


async def test_watched_and_popular_prefixes_and_a_chart_are_shown() -> None:
    async with showing(Scene().stage) as pilot:
        shown = text(pilot)
    for expected in ("feed:home:", "40.0 %", "all keys", "✗ rates:", "session:", "hits"):
        assert expected in shown
    assert "feed:home: · 6h in buckets of 1m" in shown


async def test_a_refusal_is_told_in_the_words_of_the_server_once_the_cursor_is_on_its_prefix() -> None:
    async with showing(Scene().stage) as pilot:
        await pilot.press("down", "down")
        await settle(pilot)
        assert "The prefix is being set up." in text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "✗ The prefix is being set up." in text(pilot)


async def test_w_asks_with_the_focus_on_cancel_and_enter_then_changes_nothing() -> None:
    scene = Scene()
    async with showing(scene.stage) as pilot:
        await pressed(pilot, scene.stage, "w")
        assert isinstance(pilot.app.screen, Confirmation)
        for expected in ("Watch a prefix", "session:", "collects statistics for its keys", "[ Cancel ]"):
            assert expected in text(pilot)
        await pressed(pilot, scene.stage, "enter")
        assert isinstance(pilot.app.screen, PrefixesScreen)
    assert scene.actions.sent == []


async def test_a_confirmed_watch_is_carried_out_and_said_in_a_toast() -> None:
    scene = Scene()
    async with showing(scene.stage) as pilot:
        await pressed(pilot, scene.stage, "w", "right", "enter")
        assert said(pilot) == "session: is watched now; its statistics come within a minute"
        assert isinstance(pilot.app.screen, PrefixesScreen)
    assert scene.actions.sent == [WatchPrefix("session:")]


async def test_the_prefix_under_the_cursor_is_the_one_that_is_watched_or_unwatched() -> None:
    scene = Scene()
    async with showing(scene.stage) as pilot:
        await pressed(pilot, scene.stage, "u", "right", "enter")
        assert said(pilot) == "feed:home: is not watched now"
        await pressed(pilot, scene.stage, "tab", "down", "w", "right", "enter")
    assert scene.actions.sent == [UnwatchPrefix(FEED), WatchPrefix("cart:")]


async def test_a_limit_is_told_in_the_words_of_the_server_until_it_is_closed() -> None:
    scene = Scene()
    scene.actions.outcome = Outcome(Result.NOT_DONE, words=LIMIT)
    async with showing(scene.stage) as pilot:
        await pressed(pilot, scene.stage, "w", "right", "enter")
        assert f"session: is not watched: {LIMIT}" in text(pilot)
        await pressed(pilot, scene.stage, "escape")
        assert isinstance(pilot.app.screen, PrefixesScreen)


@pytest.mark.parametrize("key", ["w", "u"])
async def test_read_only_says_why_and_asks_nothing(key: str) -> None:
    scene = Scene(read_only=True)
    async with showing(scene.stage) as pilot:
        assert "read-only: w is off" in text(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert said(pilot).startswith("read-only: mctop changes nothing")
        assert isinstance(pilot.app.screen, PrefixesScreen)
    assert scene.actions.sent == []


async def test_before_the_cache_is_connected_nothing_can_be_changed() -> None:
    scene = Scene()
    scene.stage.store.cache_id.set(None)
    async with showing(scene.stage) as pilot:
        await pilot.press("w")
        await settle(pilot)
        assert said(pilot) == "not connected yet: nothing can be changed"


async def test_enter_opens_the_page_with_charts_and_what_is_popular_under_the_prefix() -> None:
    scene = Scene()
    async with showing(scene.stage, (160, 48)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PrefixPage)
        assert scene.stage.store.prefix_items.prefix.value == FEED.id
        scene.stage.store.prefix_items.value.set(items(FEED.id))
        await settle(pilot)
        shown = text(pilot)
        for expected in (
            "feed:home:",
            "Hit rate",
            "Share of the cache",
            "Most missed keys",
            "user:1042:profile",
        ):
            assert expected in shown
        await pilot.press("q")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PrefixesScreen)
        assert scene.stage.store.prefix_items.prefix.value is None


async def test_the_page_shows_no_other_prefix_s_keys() -> None:
    async with showing(Scene().stage, (160, 48)) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        assert "user:1042:profile" not in text(pilot)


async def test_a_page_of_a_prefix_that_is_watched_no_more_says_so() -> None:
    scene = Scene()
    async with showing(scene.stage) as pilot:
        await pilot.press("enter")
        await settle(pilot)
        scene.stage.store.prefixes.value.set(())
        await settle(pilot)
        assert "this prefix is not watched any more" in text(pilot)


async def test_a_plan_without_introspection_says_so_and_keeps_its_cursor_on_what_works() -> None:
    stage = Stage()
    samples.quiet(stage.store)
    samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "Introspection is not on this plan.")
    async with showing(stage) as pilot:
        assert "403" in text(pilot)


async def test_an_account_that_watches_nothing_is_told_how_to_begin() -> None:
    scene = Scene()
    scene.stage.store.prefixes.value.set(())
    async with showing(scene.stage) as pilot:
        assert "no prefix is watched · w watches the popular prefix" in text(pilot)


async def test_series_are_asked_for_over_the_window_and_only_while_the_view_is_seen() -> None:
    scene = Scene()
    store = scene.stage.store
    async with showing(scene.stage) as pilot:
        assert store.prefixes.wanted.value.seconds == samples.WINDOW
        assert store.compound.followed
        await pilot.press("1")
        await settle(pilot)
        assert not store.compound.followed
        assert store.prefixes.wanted.value.seconds == 0
