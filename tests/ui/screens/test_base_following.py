"""Following topics while seen, and a picture that stands still in every view."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.store.base.topic import Topic
from mctop.store.store import Store
from mctop.ui.screens.base import LiveScreen
from mctop.ui.widgets.grid import Grid
from tests.ui import samples
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

OTHER = PopularItems(time_slice=186_554_450_945, most_hit_keys=(PopularItem(name="new:1", popularity=5),))


class Watching(LiveScreen):
    """Notes what it is told."""

    def __init__(self, topic: Topic[int]) -> None:
        super().__init__(Store())
        self.topic = topic
        self.told: list[int] = []

    def compose(self) -> ComposeResult:
        yield Static("")

    def follow_topics(self) -> None:
        self.follow(self.topic, self.told.append)


async def test_a_screen_follows_while_it_is_on_top_or_beneath_a_modal() -> None:
    topic, app = Topic(0), App[None]()
    screen = Watching(topic)
    async with app.run_test() as pilot:
        app.push_screen(screen)
        await pilot.pause()
        assert topic.followed
        app.push_screen(ModalScreen[None]())
        await pilot.pause()
        topic.set(1)
        assert screen.told[-1] == 1
        app.pop_screen()
        app.push_screen(Screen[None]())
        await pilot.pause()
        assert not topic.followed
        topic.set(2)
        app.pop_screen()
        await pilot.pause()
        assert screen.told[-1] == 2


@asynccontextmanager
async def open_app() -> AsyncIterator[tuple[Stage, Pilot[int]]]:
    stage = Stage()
    samples.fill(stage.store)
    async with stage.app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield stage, pilot


def hot(stage: Stage) -> str:
    """The first of the most hit keys."""
    return stage.app.screen.query_one("#hit Grid", Grid).shown[0].key


def top(stage: Stage) -> str:
    return stage.app.screen.query_one("TopLine").render_line(0).text


async def press(pilot: Pilot[int], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def test_a_frozen_picture_stands_still_while_collection_goes_on_and_then_catches_up() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "space")
        stage.store.popular.value.set(OTHER)
        await pilot.pause()
        assert (hot(stage), "FROZEN" in top(stage)) == ("session:9f2c41", True)
        await press(pilot, "space")
        assert (hot(stage), "FROZEN" in top(stage)) == ("new:1", False)


async def test_it_stands_still_in_every_view_and_after_coming_back() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "space")
        stage.store.popular.value.set(OTHER)
        await press(pilot, "3")
        assert "FROZEN" in top(stage)
        await press(pilot, "1")
        assert hot(stage) == "session:9f2c41"


async def test_a_frozen_table_can_be_sorted_and_filtered() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "space")
        stage.store.popular.value.set(OTHER)
        stage.app.screen.query_one("#hit Grid").focus()
        await press(pilot, "s")
        assert hot(stage) == "cart:51202"
        await press(pilot, "slash", *"flags", "enter")
        assert hot(stage) == "flags:global"


async def test_a_screen_that_is_not_seen_follows_nothing() -> None:
    async with open_app() as (stage, pilot):
        await press(pilot, "2")
        assert not stage.store.popular.value.followed
        await press(pilot, "1")
        assert stage.store.popular.value.followed
        await press(pilot, "question_mark")
        assert stage.store.popular.value.followed
        assert isinstance(stage.app.screen_stack[0], LiveScreen)
