"""Following topics while seen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from mctop.store.store import Store
from mctop.store.topic import Topic
from mctop.ui.screens.live import LiveScreen


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


async def test_frozen_it_is_told_nothing_until_it_thaws_and_then_only_the_newest() -> None:
    topic, app = Topic(0), App[None]()
    screen = Watching(topic)
    async with app.run_test() as pilot:
        app.push_screen(screen)
        await pilot.pause()
        screen.told.clear()
        screen.store.still.freeze(1.0)
        topic.set(1)
        topic.set(2)
        assert screen.told == []
        screen.store.still.thaw()
        assert screen.told == [2]
        topic.set(3)
        assert screen.told == [2, 3]


async def test_a_screen_that_comes_back_frozen_stays_still() -> None:
    topic, app = Topic(0), App[None]()
    screen = Watching(topic)
    async with app.run_test() as pilot:
        app.push_screen(screen)
        await pilot.pause()
        screen.told.clear()
        screen.store.still.freeze(1.0)
        app.push_screen(Screen[None]())
        await pilot.pause()
        topic.set(5)
        app.pop_screen()
        await pilot.pause()
        assert screen.told == []
        screen.store.still.thaw()
        assert screen.told == [5]
