"""The frame of every view: the top line, the footer, and the keys that every view has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.widget import Widget

from mctop.ui.registry.commands import COMMANDS, Where, bindings, commands_here, remapped
from mctop.ui.screens.time_keys import server_time
from mctop.ui.widgets.key_line import Key, KeyLine
from mctop.ui.widgets.subscriptions import Subscriptions
from mctop.ui.widgets.top_line import Location, TopLine
from mctop.ui.words.format import LABEL
from mctop.ui.words.freshness_text import unkept, whole
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType
    from textual.timer import Timer

    from mctop.api.models.cache import CacheInfo
    from mctop.store.base.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.registry.commands import Command
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.registry.views import ViewApp
    from mctop.ui.widgets.pages import Pages

LASTING = ("help", "leave")
"""Commands whose keys stay in the footer when others have no room."""
ORDER = tuple(command.id for command in COMMANDS)
LATE = 0.01
"""Seconds by which no timer is early."""


class Frame(Widget):
    """Holds the pages of a view between `top` and `keys`.

    `view` is the view's name in the top line, `page` the subject of a page above it, "" if it is none. `topics` are
    what the view follows while it can be seen. `judge` says how honest each panel is at a monotonic time.
    """

    DEFAULT_CSS = """
    Frame { height: 1fr; layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.VIEW)]

    def __init__(
        self, store: Store, clock: Clock, options: UiOptions, pages: Pages, judge: Callable[[float], None]
    ) -> None:
        super().__init__()
        self.top = TopLine(read_only=options.read_only)
        self.keys = KeyLine()
        self.topics = Subscriptions(store.still)
        self.view = ""
        self.page = clean("")
        self._store = store
        self._clock = clock
        self._options = options
        self._pages = pages
        self._judge = judge
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Say where one is before the API has told the cache's name."""
        self.top.time = self._clock.wall()
        self._name_cache(self._options.label or "cache")

    def on_unmount(self) -> None:
        """Follow nothing."""
        self.topics.close()

    def follow_store(self) -> None:
        """Follow what the frame shows, and the time, once the panels follow what they show."""
        store, topics = self._store, self.topics
        topics.follow(store.cache.value, self._name_cache_of)
        topics.follow(store.window, partial(setattr, self.top, "window"))
        topics.follow(store.api, partial(setattr, self.top, "api"))
        for endpoint in store.slices():
            topics.when_closed(endpoint.health.await_change(self.judge_all))
        topics.when_closed(store.connecting.await_change(self.judge_all))
        topics.when_closed(store.still.since.await_change(self._stand_still))
        if (frozen_at := store.still.since.value) is not None:
            self._judge(frozen_at)
        self.tick()
        self.call_after_refresh(self.show_keys)  # some commands work only once the panels have their places
        topics.when_closed(lambda: self._timer.stop() if self._timer else None)

    def tick(self) -> None:
        """Show the time, and look again just after the next full second: before it, it would have to look twice."""
        wall = self._clock.wall()
        self.top.lean = self._view_app.lean
        self.top.time, self.top.skew = wall, self._store.skew.value or 0.0
        self.judge_all()
        self.show_keys()
        self._timer = self.set_timer(1 - wall % 1 + LATE, self.tick)

    def judge_all(self, changed: object = None) -> None:
        """Say how honest the whole is, and, unless it stands still, each panel."""
        now, store = self._clock.monotonic(), self._store
        frozen_at, connecting = store.still.since.value, store.connecting.value is not None
        self.top.standing = whole(
            store.stats.health.value, now, connecting=connecting, frozen_at=frozen_at, coarse=self.top.lean
        )
        if frozen_at is None:
            self._judge(now)
            self._pages.settle()

    def show_keys(self) -> None:
        """Name the keys that work now: what is special here comes first.

        While nothing has the keys, as in a terminal that is not in front, the names stay as they were.
        """
        if not self.is_attached or self.screen.focused is None:  # a view of a cache that is left goes in between
            return
        commands = sorted((command for command in commands_here(self.screen) if command.footer), key=_rank)
        keys = [self._key(command) for command in commands]
        page, pages = self._pages.turned
        if pages > 1:
            turn = remapped("next-page" if page + 1 < pages else "previous-page", self._options.keymap)
            keys.insert(0, Key(turn.shown.split()[0], f"page {page + 1}/{pages}", turn.key, last=True))
        self.keys.keys = tuple(keys)

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
        self._view_app.navigation.go_back()

    def action_freeze(self) -> None:
        """Stand still, or catch up."""
        still = self._store.still
        if still.since.value is None:
            still.freeze(self._clock.monotonic())
        else:
            still.thaw()

    def action_leave(self) -> None:
        """Go back, or quit where there is nothing to go back to."""
        if self._pages.full is not None:
            self._pages.action_back()
        elif not self._view_app.navigation.go_back():
            self.app.exit(0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A file is written only of what can be."""
        if action == "export":
            return self._pages.chosen is not None
        return super().check_action(action, parameters)

    def action_export(self, form: str) -> None:
        """Write what the panel with the keys shows, or else the first that can be written, to a file."""
        from mctop.ui.renderables.sheet import csv_lines, json_lines
        from mctop.ui.terminal.export_file import write_new

        panel = self._pages.chosen
        sheet = None if panel is None else panel.sheet
        if panel is None or sheet is None:
            self.notify("there is nothing to write yet", markup=False)
            return
        lines = csv_lines(sheet) if form == "csv" else json_lines(sheet)
        try:
            path = write_new(panel.title, form, server_time(self._store, self._clock), lines)
        except OSError as error:
            self.notify(f"no file was written: {error.strerror}", severity="error", markup=False)
        else:
            self.notify(f"{len(sheet.rows)} rows written to {clean(str(path), 200)}", markup=False)

    @property
    def _view_app(self) -> ViewApp:
        return cast("ViewApp", self.app)

    def _name_cache(self, label: str) -> None:
        """Say in the top line which cache it is, and the way to here."""
        stack = self.app.screen_stack
        below = stack[: stack.index(self.screen)] if self.screen in stack else stack
        frames = [frame for screen in below for frame in screen.query(Frame)]
        pages = tuple(frame.page for frame in (*frames, self) if frame.page)
        self.top.location = Location(clean(label, LABEL), frames[0].view if frames else self.view, pages)

    def _name_cache_of(self, info: CacheInfo | None) -> None:
        """Name the cache as the options do, or else the API; say what of it is not kept."""
        label = (info.label or info.name or f"cache {info.id}") if info else "cache"
        name = self._options.label or label
        self._name_cache(f"{name} (disabled)" if info is not None and info.enabled is False else name)
        if words := unkept(info):
            self._view_app.say_once(words)

    def _stand_still(self, since: float | None) -> None:
        self.show_keys()
        self.judge_all()

    def _key(self, command: Command) -> Key:
        """A command as the footer names it at this moment; what changes the cache is greyed where nothing may."""
        name, last = command.name, command.id in LASTING
        if command.id == "freeze" and self._store.still.since.value is not None:
            name, last = "resume", True
        elif command.id == "leave" and not self._view_app.navigation.at_root:
            name = "back"
        off = command.changes and self._options.read_only
        return Key(command.shown.split()[0], name, command.key, last=last, off=off)


def _rank(command: Command) -> int:
    """Where a command stands in the footer: what only this view has comes first."""
    return ORDER.index(command.id) + 1 if command.id in ORDER else 0
