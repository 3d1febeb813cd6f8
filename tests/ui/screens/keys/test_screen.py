"""The Keys, worked by keys."""

from __future__ import annotations

import time

import pytest

from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.store.base.health import FailureKind
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.base.window import TimeWindow
from mctop.store.keys.hot_keys import HotKeys, extended
from mctop.ui.screens.keypage.screen import KeyPage
from mctop.ui.screens.keys.screen import GroupPage, KeysScreen
from mctop.ui.widgets.grid import Grid
from tests.ui import samples
from tests.ui.screens.keys import slices
from tests.ui.screens.keys.showing import busy, crumbs, lines, press, showing, text
from tests.ui.stage import Stage


async def test_all_four_lists_stand_side_by_side_where_there_is_room() -> None:
    async with showing(busy()) as pilot:
        shown = text(pilot)
    assert all(
        title in shown for title in ("Most hit keys", "Most missed keys", "Most mutated keys", "Popular prefixes")
    )
    assert "last 3m · moved since 12:07:54Z" in shown


async def test_elsewhere_each_has_a_page_and_the_keys_go_along() -> None:
    async with showing(busy(), size=(80, 24)) as pilot:
        assert lines(pilot)[1].strip() == "[hit] missed  mutated  prefixes"
        await press(pilot, "right", "j")
        assert lines(pilot)[1].strip() == "hit [missed] mutated  prefixes"
        assert isinstance(pilot.app.focused, Grid)
        assert pilot.app.focused.cursor == f"key {slices.MISSED[1]}"


async def test_what_is_new_says_so_and_when_it_was_first_seen() -> None:
    async with showing(busy(), "f", size=(160, 48)) as pilot:
        (row,) = [line for line in lines(pilot) if slices.HOT in line]
    assert row.split()[:3] == ["1", slices.HOT, "6,000"]
    assert "new         new   12:08:44Z" in row


async def test_p_lists_patterns_and_p_again_keys() -> None:
    async with showing(busy()) as pilot:
        await press(pilot, "p")
        assert "session:{hex}" in text(pilot)
        assert slices.SESSIONS[0] not in text(pilot)
        await press(pilot, "p")
        assert slices.SESSIONS[0] in text(pilot)


async def test_enter_opens_a_pattern_then_a_key_and_esc_leads_back() -> None:
    async with showing(busy(), "p", "enter") as pilot:
        assert isinstance(pilot.app.screen, GroupPage)
        assert crumbs(pilot) == ["mctop", "prod-cache", "Keys", "session:{hex}"]
        assert "user:77:profile" not in text(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, KeyPage)
        assert crumbs(pilot)[2:] == ["Keys", "session:{hex}", slices.SESSIONS[0]]
        await press(pilot, "q", "q")
        assert type(pilot.app.screen) is KeysScreen


async def test_enter_on_a_prefix_lists_its_keys() -> None:
    async with showing(busy(), "shift+tab", "shift+tab", "tab", "tab", "tab", "tab") as pilot:
        while not (isinstance(pilot.app.focused, Grid) and pilot.app.focused.cursor == "key session:"):
            await press(pilot, "tab")
        await press(pilot, "j", "enter")
        assert isinstance(pilot.app.screen, GroupPage)
        assert crumbs(pilot)[2:] == ["Keys", "user:"]
        assert all("session:" not in line for line in lines(pilot)[1:])


async def test_popular_items_are_polled_in_a_hurry_only_while_the_view_is_seen() -> None:
    stage = busy()
    async with showing(stage) as pilot:
        assert (stage.store.popular.hurried.value, stage.store.popular.followed) == (True, True)
        await press(pilot, "6")
        assert stage.store.popular.hurried.value is False


async def test_a_new_slice_is_shown_at_once_and_the_cursor_stays_on_its_key() -> None:
    stage = busy()
    async with showing(stage, "j", "j") as pilot:
        before = pilot.app.focused.cursor if isinstance(pilot.app.focused, Grid) else None
        now = samples.NOON + 5
        hit = tuple(PopularItem(name=name, popularity=9 - rank) for rank, name in enumerate(reversed(slices.HIT[:5])))
        stage.store.popular.hot_keys.set(
            extended(stage.store.popular.hot_keys.value, PopularItems(most_hit_keys=hit, time_slice=slices.SLICE), now)
        )
        await press(pilot)
        assert isinstance(pilot.app.focused, Grid)
        assert pilot.app.focused.cursor == before
        assert slices.HOT not in text(pilot)


async def test_a_frozen_picture_stands_still_and_can_be_grouped() -> None:
    stage = busy()
    async with showing(stage, "space") as pilot:
        stage.store.popular.hot_keys.set(HotKeys())
        await press(pilot, "p")
        assert "session:{hex}" in text(pilot)


async def test_the_moment_that_is_read_lists_the_slice_of_that_moment() -> None:
    stage = busy()
    async with showing(stage) as pilot:
        moment = slices.FIRST + slices.EVERY * (slices.DISCOVERED - 1) + 2
        stage.store.window.set(TimeWindow(3_600, cursor=moment))
        await press(pilot)
        assert "3m to 12:08:34Z" in text(pilot)
        assert slices.HOT not in text(pilot)
        stage.store.window.set(TimeWindow(3_600, cursor=slices.FIRST - 60))
        await press(pilot)
        assert "no slice was kept from 12:00:14Z; the oldest is from" in text(pilot)


async def test_a_new_mark_is_what_ranks_are_compared_with() -> None:
    stage = busy()
    async with showing(stage, "f") as pilot:
        stage.store.marks.set((*stage.store.marks.value, Mark(samples.NOON - 30, MarkKind.FLUSH)))
        await press(pilot)
        assert "flush 12:10:37Z" in text(pilot)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (160, 48)])
async def test_a_plan_without_introspection_says_so(size: tuple[int, int]) -> None:
    stage = Stage()
    samples.fill(stage.store)
    stage.store.popular.value.set(None)
    samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "no")
    stage.store.stats.health.set(Stage().store.stats.health.value)
    async with showing(stage, size=size) as pilot:
        assert "not on this plan" in text(pilot)


async def test_an_idle_cache_says_that_nothing_is_popular() -> None:
    stage = Stage()
    samples.quiet(stage.store)
    stage.store.popular.hot_keys.set(extended(HotKeys(), PopularItems(time_slice=slices.SLICE), samples.NOON))
    async with showing(stage) as pilot:
        assert "no key was hit lately" in text(pilot)
        assert "no prefix was popular lately" in text(pilot)


async def test_a_thousand_keys_are_listed_grouped_and_worked_without_a_pause() -> None:
    stage = busy()
    names = [f"{family}:{n}:{part}" for family in "abcde" for n in range(100) for part in ("x", "y")]
    seen = HotKeys()
    for index in range(5):
        hit = tuple(PopularItem(name=name, popularity=2_000 - rank) for rank, name in enumerate(names[index:]))
        seen = extended(seen, PopularItems(most_hit_keys=hit, time_slice=slices.SLICE), samples.NOON - 50 + 10 * index)
    stage.store.popular.hot_keys.set(seen)
    async with showing(stage) as pilot:
        start = time.process_time()
        await press(pilot, "p", "p", "j", "G")
        assert time.process_time() - start < 1.5
        assert isinstance(pilot.app.focused, Grid)
        assert pilot.app.focused.cursor == f"key {names[-1]}"


async def test_a_filter_and_an_order_stay_while_patterns_are_listed_and_the_view_is_left() -> None:
    async with showing(busy(), "slash", "p", "r", "o", "enter", "s") as pilot:
        grid = pilot.app.screen.query_one("#most_hit_keys Grid", Grid)
        assert [row.key for row in grid.shown] == [
            f"key {name}" for name in ("product:1204", slices.HOT, "product:88213", "user:1042:profile",
                                       "user:3:profile", "user:77:profile")
        ]  # fmt: skip
        await press(pilot, "p")
        assert [row.key for row in grid.shown] == ["pattern product:{n}", "pattern user:{n}:profile"]
        await press(pilot, "1", "4")
        assert [row.key for row in grid.shown] == ["pattern product:{n}", "pattern user:{n}:profile"]
