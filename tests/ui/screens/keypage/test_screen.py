"""The page of one key, worked by keys."""

from __future__ import annotations

import pytest

from mctop.store.base.health import Failure, FailureKind, Health
from mctop.store.keys.hot_keys import HotKeys
from mctop.ui.screens.keypage.screen import KeyPage
from mctop.ui.screens.keys.screen import GroupPage
from tests.ui import samples
from tests.ui.screens.keypage import answers
from tests.ui.screens.keys import slices
from tests.ui.screens.keys.showing import busy, crumbs, lines, press, showing, text

HOT = slices.HOT


async def test_the_page_asks_for_its_key_while_it_is_seen() -> None:
    stage = busy()
    async with showing(stage, "enter") as pilot:
        assert (stage.store.key.key.value, stage.store.key.followed) == (HOT, True)
        assert stage.store.log.followed
        await press(pilot, "q")
        assert not stage.store.key.followed


async def test_it_shows_stats_ranks_kin_and_log_lines() -> None:
    stage = busy()
    async with showing(stage, "enter") as pilot:
        answers.fill(stage.store, HOT)
        samples.live(stage.store)
        await press(pilot)
        shown = text(pilot)
    for found in (f"{HOT}  12 bytes", "+ in 40s", "92,122", "most hit", "product:{n}", "10 of the 30 lines held"):
        assert found in shown


async def test_an_answer_about_another_key_is_not_shown() -> None:
    stage = busy()
    async with showing(stage, "enter") as pilot:
        stage.store.key.value.set(answers.report("another"))
        await press(pilot)
        assert "92,122" not in text(pilot)


async def test_enter_on_what_it_belongs_to_opens_that() -> None:
    async with showing(busy(), "enter") as pilot:
        page = pilot.app.screen
        assert isinstance(page, KeyPage)
        page.set_focus(page.query_one("#kin Grid"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, GroupPage)
        assert crumbs(pilot)[2:] == ["Keys", HOT, "product:{n}"]


async def test_enter_on_a_log_line_opens_the_log_at_that_moment() -> None:
    stage = busy()
    async with showing(stage, "enter") as pilot:
        answers.fill(stage.store, HOT)
        samples.live(stage.store)
        await press(pilot)
        pilot.app.screen.set_focus(pilot.app.screen.query_one("#log Grid"))
        await press(pilot, "j", "enter")
        assert crumbs(pilot)[2:] == ["Log"]
        assert stage.store.window.value.cursor == samples.NOON - 30 + 24


async def test_nothing_opens_where_there_is_nothing_behind_a_row() -> None:
    stage = busy()
    async with showing(stage, "enter") as pilot:
        answers.fill(stage.store, HOT)
        await press(pilot, "enter")
        assert crumbs(pilot)[2:] == ["Keys", HOT]
        assert "open" not in lines(pilot)[-1]


async def test_a_key_is_looked_up_from_the_page_of_another_and_back() -> None:
    stage = busy()
    async with showing(stage, "enter") as pilot:
        await press(pilot, "K", "k", "enter")
        assert stage.store.key.key.value == "k"
        await press(pilot, "q")
        assert stage.store.key.key.value == HOT


async def test_a_hostile_key_is_shown_escaped_and_asked_for_raw() -> None:
    stage = busy()
    async with showing(stage, "G") as pilot:
        await press(pilot, "enter")
        assert stage.store.key.key.value == slices.HOSTILE
        assert "~evil^[[31m[red]\\u202ekey" in lines(pilot)[1]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (160, 48)])
async def test_a_key_the_api_does_not_know_says_so(size: tuple[int, int]) -> None:
    stage = busy()
    async with showing(stage, "enter", size=size) as pilot:
        failure = Failure(FailureKind.NOT_FOUND, "GET", "/introspection/key_stats", "nope", samples.NOON, 404)
        stage.store.key.health.set(Health(every=10, failure=failure, failures=1, next_try=samples.STARTED + 4))
        await press(pilot)
        assert "404: no stats of this key" in text(pilot)


async def test_a_key_that_was_never_counted_nor_popular_nor_logged_says_so_in_each_panel() -> None:
    stage = busy()
    async with showing(stage, "K", "x", "enter") as pilot:
        stage.store.key.value.set(answers.report("x", rows=0))
        samples.live(stage.store)
        await press(pilot)
        shown = text(pilot)
    assert "the API has counted nothing of this key" in shown
    assert "not among the most popular in the 60 slices seen so far" in shown
    assert "no popular prefix starts it" in shown
    assert "none of the 60 lines held is about this key" in shown


async def test_a_page_before_anything_is_known_waits() -> None:
    stage = busy()
    stage.store.popular.hot_keys.set(HotKeys())
    async with showing(stage, "K", "x", "enter") as pilot:
        stage.store.key.health.set(Health(every=10))
        await press(pilot)
        assert "waiting for the first sample" in text(pilot)
