"""The base of every view and page: panels on pages in a frame, which follow the store while they can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen

from mctop.ui.screens.frame import Frame
from mctop.ui.screens.time_keys import TimeKeys, server_time
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.pages import Pages
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.format import LABEL
from mctop.ui.words.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from mctop.store.base.clock import Clock
    from mctop.store.base.topic import Topic
    from mctop.store.store import Store
    from mctop.ui.layout.bands import Arrangement
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.registry.views import Navigation, ViewApp
    from mctop.ui.renderables.table import Listing


T = TypeVar("T")


class FramedScreen(Screen[None]):
    """A view, or a page of one; a subclass says which panels it has, where they stand, and what they follow.

    `VIEW` is its name in the top line; a page sets `page` to what it is about. `HOME` is the panel that has the keys
    from the start, if one does. What it holds does the rest: `pages` turns pages and gives the keys to panels, `frame`
    has the top line, the footer and the keys of every view, and TimeKeys those that move through time.
    """

    AUTO_FOCUS = "Pages"
    VIEW: ClassVar[str] = ""
    HOME: ClassVar[str] = ""

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__()
        self.store = store
        self.clock = clock
        self.options = options
        self.page = clean_name(page, LABEL)
        self.pages = Pages(self.arrange_panels, self.HOME)
        self.frame = Frame(store, clock, options, self.pages, self.judge)
        self.frame.view, self.frame.page = self.VIEW, self.page
        self.top, self.keys, self.topics = self.frame.top, self.frame.keys, self.frame.topics
        self._listings: dict[str | None, Listing] = {}

    def compose(self) -> ComposeResult:
        """The panels, in pages, in the frame."""
        with self.frame:
            yield self.top
            with TimeKeys(self.store, self.clock), self.pages:
                yield from self.compose_panels()
            yield self.keys

    def compose_panels(self) -> ComposeResult:
        """The panels; override."""
        raise NotImplementedError

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand; override."""
        raise NotImplementedError

    def judge(self, now: float) -> None:
        """Say how honest each panel is at monotonic time `now`; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """Override to `follow` what this screen shows, and to undo with `when_hidden` what else it starts."""

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change; it only assigns to widgets."""
        self.topics.follow(topic, follower)

    def when_hidden(self, undo: Callable[[], object]) -> None:
        """Call `undo` once this screen can no longer be seen."""
        self.topics.when_closed(undo)

    def adopt(self, other: FramedScreen) -> None:
        """Take over how the same view of another cache was set up; add to it what else there is to set up."""
        panels = other.query(Panel)
        shown = {panel.id: panel.content.listing for panel in panels if isinstance(panel.content, Grid)}
        self._listings = other._listings | shown

    def on_mount(self) -> None:
        """Show the tables as they were set up."""
        for panel in self.query(Panel):
            if isinstance(panel.content, Grid) and panel.id in self._listings:
                panel.content.listing = self._listings[panel.id]

    def on_screen_resume(self) -> None:
        """Follow what is shown, from the newest values on."""
        self.topics.close()
        if self.children:  # none in an app that ends before its screen is composed
            self.follow_topics()
            self.frame.follow_store()

    def on_screen_suspend(self) -> None:
        """Follow nothing, unless a modal only lies above."""
        self.topics.suspend(self)

    @property
    def ways(self) -> Navigation:
        """The way to other views, pages and caches."""
        return cast("ViewApp", self.app).navigation

    @property
    def now(self) -> float:
        """The present: epoch seconds on the server's clock, as far as it is known."""
        return server_time(self.store, self.clock)

    def judge_all(self) -> None:
        """Say how honest the whole is, and, unless it stands still, each panel."""
        self.frame.judge_all()
