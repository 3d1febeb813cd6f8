"""The frame of every view: the top line, pages of panels, and the keys; it keeps the time and can stand still."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from mctop.ui.commands import COMMANDS, Where, bindings
from mctop.ui.here import commands_here
from mctop.ui.screens.timed import TimedScreen
from mctop.ui.standing import whole
from mctop.ui.text import clean
from mctop.ui.widgets.keyline import Key, KeyLine
from mctop.ui.widgets.pages import Pages
from mctop.ui.widgets.topline import Place, TopLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from mctop.api.models.cache import CacheInfo
    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.commands import Command
    from mctop.ui.options import UiOptions
    from mctop.ui.screens.overview.arrangement import Arrangement
    from mctop.ui.ways import Ways

LASTING = ("help", "leave")
"""Commands whose keys stay in the footer when others have no room."""
LABEL = 40
"""Columns of a name in the top line, at most."""


class FramedScreen(TimedScreen):
    """A view, or a page of one; a subclass says which panels it has, where they stand, and what they follow.

    `VIEW` is its name in the top line; a page sets `page` to what it is about. `HOME` is the panel that has the keys
    from the start, if one does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.VIEW, Where.TIME)]
    AUTO_FOCUS = "Pages"
    VIEW: ClassVar[str] = ""
    HOME: ClassVar[str] = ""

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__(store, clock)
        self.options = options
        self.page = clean(page, LABEL)
        self.top = TopLine(read_only=options.read_only)
        self.pages = Pages(self.arrange_panels, self.HOME)
        self.keys = KeyLine()
        self._timer: Timer | None = None

    @property
    def ways(self) -> Ways:
        """Where one can go from here."""
        return cast("Ways", self.app)

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

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand; override."""
        raise NotImplementedError

    def judge(self, now: float) -> None:
        """Say how honest each panel is at monotonic time `now`; override."""
        raise NotImplementedError

    def adopt(self, other: FramedScreen) -> None:
        """Take over how the same view of another cache was set up; override, where there is anything to set up."""

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
        super().follow_all()
        for one in self.store.slices():
            self.when_hidden(one.health.follow(self.judge_all))
        self.when_hidden(self.store.connecting.follow(self.judge_all))
        self.when_hidden(self.store.still.since.follow(self._stand_still))
        if self.frozen_at is not None:
            self.judge(self.frozen_at)
        self._tick()
        self.when_hidden(lambda: self._timer.stop() if self._timer else None)

    def _name_as_told(self, info: CacheInfo | None) -> None:
        told = (info.label or info.name or f"cache {info.id}") if info else "cache"
        self.name_cache(self.options.label or told)

    def _stand_still(self, since: float | None) -> None:
        self.show_keys()
        self.judge_all()

    def _tick(self) -> None:
        """Show the time, and look again at the next full second."""
        wall = self.clock.wall()
        self.top.time = wall
        self.judge_all()
        self._timer = self.set_timer(1 - wall % 1, self._tick)

    def judge_all(self, changed: object = None) -> None:
        """Say how honest the whole is, and, unless it stands still, each panel."""
        now, health = self.clock.monotonic(), self.store.stats.health.value
        connecting = self.store.connecting.value is not None
        self.top.standing = whole(health, now, connecting=connecting, frozen_at=self.frozen_at)
        if self.frozen_at is None:
            self.judge(now)
            self.pages.settle()

    def show_keys(self) -> None:
        """Name the keys that work now: what is special here comes first."""
        found = sorted((one for one in commands_here(self) if one.footer), key=_rank)
        keys = [Key(one.shown.split()[0], one.name, one.key, last=one.id in LASTING) for one in found]
        page, pages = self.pages.turned
        if pages > 1:
            shown, key = ("PgDn", "pagedown") if page + 1 < pages else ("PgUp", "pageup")
            keys.insert(0, Key(shown, f"page {page + 1}/{pages}", key, last=True))
        self.keys.keys = tuple(self._told(key) for key in keys)

    def _told(self, key: Key) -> Key:
        """The key, named as what it does at this moment."""
        if key.key == "space" and self.frozen_at is not None:
            return key._replace(name="resume", last=True)
        return key._replace(name="back") if key.key == "q" and not self.ways.at_root else key

    def on_pages_turned(self) -> None:
        """Say which page it is."""
        self.show_keys()

    def on_descendant_focus(self) -> None:
        """Name the keys of what has them now."""
        self.show_keys()

    def on_key_line_pressed(self, message: KeyLine.Pressed) -> None:
        """Do what a key that was clicked does."""
        self.app.simulate_key(message.key)

    def on_pages_left(self) -> None:
        """Go back, as far as there is anything to go back to."""
        self.ways.go_back()

    def action_freeze(self) -> None:
        """Stand still, or catch up."""
        if self.frozen_at is None:
            self.store.still.freeze(self.clock.monotonic())
        else:
            self.store.still.thaw()

    def action_leave(self) -> None:
        """Go back, or quit where there is nothing to go back to."""
        if self.pages.full is not None:
            self.pages.action_back()
        elif not self.ways.go_back():
            self.app.exit(0)


def _rank(command: Command) -> int:
    """Where a command stands in the footer."""
    return COMMANDS.index(command) + 1 if command in COMMANDS else 0
