"""Following topics while seen, and a picture that stands still in every view."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.store.base.topic import Topic
from mctop.ui.layout.bands import Arrangement
from mctop.ui.registry.options import UiOptions
from mctop.ui.screens.base import FramedScreen
from mctop.ui.widgets.grid import Grid
from tests.ui import samples
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.app import ComposeResult
    from textual.pilot import Pilot

OTHER = PopularItems(time_slice=186_554_450_945, most_hit_keys=(PopularItem(name="new:1", popularity=5),))


class Watching(FramedScreen):
    """Notes the values that it is given."""

    def __init__(self, stage: Stage, topic: Topic[int]) -> None:
        super().__init__(stage.store, stage.clock, UiOptions())
        self.topic = topic
        self.values: list[int] = []

    def compose_panels(self) -> ComposeResult:
        yield Static("")

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        return Arrangement()

    def judge(self, now: float) -> None:
        pass

    def follow_topics(self) -> None:
        self.follow(self.topic, self.values.append)


async def test_a_screen_follows_while_it_is_on_top_or_beneath_a_modal(stage: Stage) -> None:
    topic, app = Topic(0), stage.app
    screen = Watching(stage, topic)
    async with app.run_test() as pilot:
        await ready(pilot)
        app.push_screen(screen)
        await pilot.pause()
        assert topic.followed
        app.push_screen(ModalScreen[None]())
        await pilot.pause()
        topic.set(1)
        assert screen.values[-1] == 1
        app.pop_screen()
        app.push_screen(Screen[None]())
        await pilot.pause()
        assert not topic.followed
        topic.set(2)
        app.pop_screen()
        await pilot.pause()
        assert screen.values[-1] == 2


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
        assert isinstance(stage.app.screen_stack[0], FramedScreen)
