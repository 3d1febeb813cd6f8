"""The base of every view: it follows the store, moves the window, holds pages of panels, and can stand still."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import Screen

from mctop.store.base.marks import Mark, MarkKind, marked
from mctop.store.base.window import RANGES
from mctop.ui.registry.commands import COMMANDS, Where, bindings, commands_here
from mctop.ui.terminal.clipboard import Copy, fits
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.key_line import Key, KeyLine
from mctop.ui.widgets.pages import Pages
from mctop.ui.widgets.panel import Panel
from mctop.ui.widgets.top_line import Place, TopLine
from mctop.ui.words.format import time_of_day
from mctop.ui.words.freshness_text import unkept, whole
from mctop.ui.words.text import clean
from mctop.ui.words.time_text import parse_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from mctop.api.models.cache import CacheInfo
    from mctop.store.base.clock import Clock
    from mctop.store.base.topic import Topic
    from mctop.store.store import Store
    from mctop.ui.layout.bands import Arrangement
    from mctop.ui.registry.commands import Command
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.registry.views import Ways
    from mctop.ui.renderables.table import Listing


T = TypeVar("T")


class LiveScreen(Screen[None]):
    """Follows topics while it can be seen, and only then; what is frozen it shows as it was."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self._following = ExitStack()
        self._shows: list[Callable[[], object]] = []

    @property
    def frozen_at(self) -> float | None:
        """The monotonic time from which on the picture stands still, or None."""
        return self.store.still.since.value

    def follow_topics(self) -> None:
        """Override to `follow` what this screen shows, and to undo with `when_hidden` what else it starts."""

    def follow(self, topic: Topic[T], follower: Callable[[T], object]) -> None:
        """Call `follower` with the topic's value, now and on every change; it only assigns to widgets."""
        shown: list[T] = []

        def show(_: object = None) -> None:
            value = self.store.still.shown(topic)
            if not shown or shown[0] is not value:
                shown[:] = [value]
                follower(value)

        self._shows.append(show)
        self._following.callback(topic.follow(show))

    def when_hidden(self, undo: Callable[[], object]) -> None:
        """Call `undo` once this screen can no longer be seen."""
        self._following.callback(undo)

    def follow_all(self) -> None:
        """Follow what this screen shows, from the newest values on."""
        self._shows.clear()
        self.follow_topics()
        self.when_hidden(self.store.still.since.follow(self._catch_up))

    def on_screen_resume(self) -> None:
        """Follow what is shown."""
        self._following.close()
        if self.children:  # none in an app that ends before its screen is composed
            self.follow_all()

    def on_screen_suspend(self) -> None:
        """Follow nothing, unless a modal only lies above."""
        if not self.app.screen.is_modal:
            self._following.close()

    def on_unmount(self) -> None:
        """Follow nothing."""
        self._following.close()

    def _catch_up(self, since: float | None) -> None:
        """Show what has come since the picture stood still, once it goes on."""
        if since is None:
            for show in tuple(self._shows):
                show()


class TimedScreen(LiveScreen):
    """Moves the one window that all views share."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store)
        self.clock = clock

    @property
    def now(self) -> float:
        """The present: epoch seconds on the server's clock, as far as it is known."""
        return self.clock.wall() + (self.store.skew.value or 0.0)

    def action_zoom(self, steps: int) -> None:
        """Show a longer stretch of time, or a shorter one where `steps` is negative."""
        self.store.window.set(self.store.window.value.zoomed(steps, self.now))

    def action_read(self, buckets: int) -> None:
        """Move the cursor by so many buckets."""
        self.store.window.set(self.store.window.value.moved(buckets, self.now))

    def action_live(self) -> None:
        """Show the present again, and read the newest values."""
        self.store.window.set(self.store.window.value.resumed())

    def go_to(self, at: float) -> None:
        """Read a moment, in the middle of the window unless it is shown already."""
        window = self.store.window.value
        shown = window.start(self.now) <= at < window.until(self.now)
        self.store.window.set(window.reading(at, self.now) if shown else window.around(at, self.now))

    def show_since(self, seconds: float) -> None:
        """Show so much time, up to the present."""
        self.store.window.set(self.store.window.value.since(seconds))

    def action_goto(self) -> None:
        """Ask for a moment to read."""
        from mctop.ui.modals.prompts import TextPrompt

        self.app.push_screen(TextPrompt("Go to", "03:10 · 09-20 03:10 · 2026-09-20 · 2h ago, all UTC"), self._goto)

    def action_range(self) -> None:
        """Ask for a range."""
        from mctop.ui.modals.prompts import Ranges

        self.app.push_screen(Ranges(self.store.window.value.seconds), self._range)

    def action_mark(self) -> None:
        """Mark the moment that is read."""
        self._mark("", self._moment)

    def action_note(self) -> None:
        """Mark the moment that is read, with a note."""
        from mctop.ui.modals.prompts import TextPrompt

        moment = self._moment
        self.app.push_screen(
            TextPrompt("Mark this moment", "a few words, shown on every chart and in the log"),
            lambda note: self._mark(note, moment) if note is not None else None,
        )

    @property
    def _moment(self) -> float:
        """The moment that is read, or else the end of the window."""
        window = self.store.window.value
        return window.until(self.now) if window.cursor is None else window.cursor

    def _mark(self, note: str, moment: float) -> None:
        self.store.marks.set(marked(self.store.marks.value, Mark(moment, MarkKind.PERSON, note)))
        self.notify(f"marked {time_of_day(moment)}", markup=False, timeout=3)

    def _goto(self, typed: str | None) -> None:
        if not typed:
            return
        at = parse_moment(typed, self.now)
        if at is None:
            self.notify(f"{clean(typed, 40)} is no time that is over", severity="warning", markup=False)
        else:
            self.go_to(at)

    def _range(self, name: str | None) -> None:
        if name is not None:
            self.store.window.set(self.store.window.value.ranged(RANGES[name], self.now))


LASTING = ("help", "leave")
"""Commands whose keys stay in the footer when others have no room."""
ORDER = tuple(command.id for command in COMMANDS)


class KeyedScreen(TimedScreen):
    """Panels on pages, and the line of keys. `HOME` is the panel that has the keys from the start, if one does."""

    HOME: ClassVar[str] = ""

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock)
        self.options = options
        self.pages = Pages(self.arrange_panels, self.HOME)
        self.keys = KeyLine()

    @property
    def ways(self) -> Ways:
        """Where one can go from here."""
        return cast("Ways", self.app)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand; override."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """Name the keys that work now: what is special here comes first."""
        found = sorted((one for one in commands_here(self) if one.footer), key=_rank)
        keys = [_key(one, read_only=self.options.read_only) for one in found]
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

    def on_grid_relisted(self) -> None:
        """Name the keys of a table that is filtered, or is not any more."""
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file is written only of what can be."""
        if action == "export":
            return self.pages.chosen is not None
        return super().check_action(action, parameters)

    def on_copy(self, message: Copy) -> None:
        """Send it to the terminal, and say so: whether the terminal took it, nobody tells."""
        size = f"{len(message.text):,} characters"
        if not fits(message.text):
            self.notify(f"too much to copy: {size} · e writes a file", severity="warning", markup=False)
            return
        self.app.copy_to_clipboard(message.text)
        again = f" · y again: {message.then}" if message.then else ""
        self.notify(f"{message.what} was sent to the terminal ({size}){again}", markup=False, timeout=3)

    def action_export(self, form: str) -> None:
        """Write what the panel with the keys shows, or else the first that can be written, to a file."""
        from mctop.ui.renderables.sheet import csv_lines, json_lines
        from mctop.ui.terminal.export_file import write_new

        panel = self.pages.chosen
        sheet = None if panel is None else panel.sheet
        if panel is None or sheet is None:
            self.notify("there is nothing to write yet", markup=False)
            return
        lines = csv_lines(sheet) if form == "csv" else json_lines(sheet)
        try:
            path = write_new(panel.title, form, self.now, lines)
        except OSError as error:
            self.notify(f"no file was written: {error.strerror}", severity="error", markup=False)
        else:
            self.notify(f"{len(sheet.rows)} rows written to {clean(str(path), 200)}", markup=False)


def _rank(command: Command) -> int:
    """Where a command stands in the footer."""
    return ORDER.index(command.id) + 1 if command.id in ORDER else 0


def _key(one: Command, *, read_only: bool) -> Key:
    """A command as the footer names it; what changes the cache is greyed where nothing may."""
    off = one.changes and read_only
    return Key(one.shown.split()[0], one.name, one.key, last=one.id in LASTING, off=off)


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
