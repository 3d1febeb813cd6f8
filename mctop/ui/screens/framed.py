"""The frame of every view: the top line, pages of panels, and the keys; it keeps the time and can stand still."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from mctop.ui.commands import Where, bindings
from mctop.ui.grades import unkept
from mctop.ui.screens.keyed import KeyedScreen
from mctop.ui.standing import whole
from mctop.ui.text import clean
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.panel import Panel
from mctop.ui.widgets.topline import Place, TopLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from mctop.api.models.cache import CacheInfo
    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.options import UiOptions
    from mctop.ui.renderables.listing import Listing

LABEL = 40
"""Columns of a name in the top line, at most."""


class FramedScreen(KeyedScreen):
    """A view, or a page of one; a subclass says which panels it has, where they stand, and what they follow.

    `VIEW` is its name in the top line; a page sets `page` to what it is about. `HOME` is the panel that has the keys
    from the start, if one does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.VIEW, Where.TIME)]
    AUTO_FOCUS = "Pages"
    VIEW: ClassVar[str] = ""

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__(store, clock, options)
        self.page = clean(page, LABEL)
        self.top = TopLine(read_only=options.read_only)
        self._listings: dict[str | None, Listing] = {}
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The frame."""
        self.top.time = self.clock.wall()
        self.name_cache(self.options.label or "cache")
        yield self.top
        with self.pages:
            yield from self.compose_panels()
        yield self.keys

    def compose_panels(self) -> ComposeResult:
        """The panels; override."""
        raise NotImplementedError

    def judge(self, now: float) -> None:
        """Say how honest each panel is at monotonic time `now`; override."""
        raise NotImplementedError

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

    def name_cache(self, label: str) -> None:
        """Say in the top line which cache it is, and the way to here."""
        stack = self.app.screen_stack
        below = stack[: stack.index(self)] if self in stack else stack
        pages = tuple(one.page for one in below if isinstance(one, FramedScreen) and one.page)
        view = next((one.VIEW for one in below if isinstance(one, FramedScreen)), self.VIEW)
        self.top.place = Place(clean(label, LABEL), view, (*pages, self.page) if self.page else pages)

    def follow_all(self) -> None:
        """Follow what the frame shows, besides what the panels do."""
        self.follow(self.store.cache.value, self._name_as_told)
        self.follow(self.store.window, partial(setattr, self.top, "window"))
        self.follow(self.store.api, partial(setattr, self.top, "api"))
        super().follow_all()
        for one in self.store.slices():
            self.when_hidden(one.health.await_change(self.judge_all))
        self.when_hidden(self.store.connecting.await_change(self.judge_all))
        self.when_hidden(self.store.still.since.await_change(self._stand_still))
        if self.frozen_at is not None:
            self.judge(self.frozen_at)
        self.tick()
        self.when_hidden(lambda: self._timer.stop() if self._timer else None)

    def _name_as_told(self, info: CacheInfo | None) -> None:
        told = (info.label or info.name or f"cache {info.id}") if info else "cache"
        name = self.options.label or told
        self.name_cache(f"{name} (disabled)" if info is not None and info.enabled is False else name)
        if words := unkept(info):
            self.ways.say_once(words)

    def _stand_still(self, since: float | None) -> None:
        self.show_keys()
        self.judge_all()

    def tick(self) -> None:
        """Show the time, and look again at the next full second."""
        wall = self.clock.wall()
        self.top.time, self.top.skew = wall, self.store.skew.value or 0.0
        self.judge_all()
        self.show_keys()
        self._timer = self.set_timer(1 - wall % 1, self.tick)

    def judge_all(self, changed: object = None) -> None:
        """Say how honest the whole is, and, unless it stands still, each panel."""
        now, health = self.clock.monotonic(), self.store.stats.health.value
        connecting = self.store.connecting.value is not None
        self.top.standing = whole(health, now, connecting=connecting, frozen_at=self.frozen_at)
        if self.frozen_at is None:
            self.judge(now)
            self.pages.settle()
