"""The frame of every view: the top line, pages of panels, and the keys; it keeps the time and can stand still."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mctop.ui.commands import COMMANDS, Where, bindings
from mctop.ui.screens.live import LiveScreen
from mctop.ui.standing import whole
from mctop.ui.text import clean
from mctop.ui.widgets.keyline import Key, KeyLine
from mctop.ui.widgets.pages import Pages
from mctop.ui.widgets.topline import Place, TopLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.options import UiOptions
    from mctop.ui.screens.overview.arrangement import Arrangement

LASTING = ("help", "leave")
"""Commands whose keys stay in the footer when others have no room."""
LABEL = 40


class FramedScreen(LiveScreen):
    """A view; a subclass says which panels it has, where they stand, and what they follow."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.VIEW)]
    AUTO_FOCUS = "Pages"
    VIEW: ClassVar[str] = ""

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__()
        self.store = store
        self.clock = clock
        self.options = options
        self.top = TopLine(read_only=options.read_only)
        self.pages = Pages(self.arrange_panels)
        self.keys = KeyLine()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The frame."""
        self.top.time = self.clock.wall()
        self.name_cache(self.options.label or "cache")
        self.show_keys()
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

    def name_cache(self, label: str) -> None:
        """Say in the top line which cache it is."""
        self.top.place = Place(clean(label, LABEL), self.VIEW)

    def start_ticking(self) -> None:
        """Show the time, and what follows from it, until hidden."""
        self.tick()
        self.when_hidden(lambda: self._timer.stop() if self._timer else None)

    def tick(self) -> None:
        """Show the time, and look again at the next full second."""
        wall = self.clock.wall()
        self.top.time, self.top.skew = wall, self.store.skew.value or 0.0
        self.judge_all()
        self._timer = self.set_timer(1 - wall % 1, self.tick)

    def judge_all(self, changed: object = None) -> None:
        """Say how honest the whole is, and, unless it stands still, each panel."""
        now, health = self.clock.monotonic(), self.store.stats.health.value
        connecting = self.store.connecting.value is not None
        self.top.standing = whole(health, now, connecting=connecting, frozen_at=self.frozen_at)
        if self.frozen_at is None:
            self.judge(now)

    def show_keys(self, page: int = 0, pages: int = 1) -> None:
        """Name the keys that work now."""
        keys = [Key(c.shown.split()[0], c.name, c.key, last=c.id in LASTING) for c in COMMANDS if c.footer]
        if self.frozen_at is not None:
            keys[0] = keys[0]._replace(name="resume", last=True)
        if pages > 1:
            shown, key = ("PgDn", "pagedown") if page + 1 < pages else ("PgUp", "pageup")
            keys.insert(0, Key(shown, f"page {page + 1}/{pages}", key, last=True))
        self.keys.keys = tuple(keys)

    def on_pages_turned(self, message: Pages.Turned) -> None:
        """Say which page it is."""
        self.show_keys(message.page, message.pages)

    def on_key_line_pressed(self, message: KeyLine.Pressed) -> None:
        """Do what a key that was clicked does."""
        self.app.simulate_key(message.key)

    def action_freeze(self) -> None:
        """Stand still, or catch up."""
        if self.frozen_at is None:
            self.freeze(self.clock.monotonic())
        else:
            self.thaw()
        self.show_keys(*self.pages.turned)
        self.judge_all()

    def action_leave(self) -> None:
        """Go back, or quit where there is nothing to go back to."""
        if self.pages.full is not None:
            self.pages.action_back()
        else:
            self.app.exit(0)
