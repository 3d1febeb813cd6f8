"""The base of every screen with panels: what its keys do, which of them the footer names, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from mctop.ui.commands import COMMANDS
from mctop.ui.copying import Copy, fits
from mctop.ui.here import commands_here
from mctop.ui.screens.timed import TimedScreen
from mctop.ui.text import clean
from mctop.ui.widgets.keyline import Key, KeyLine
from mctop.ui.widgets.pages import Pages

if TYPE_CHECKING:
    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.commands import Command
    from mctop.ui.options import UiOptions
    from mctop.ui.layout.arrangement import Arrangement
    from mctop.ui.ways import Ways

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
        from mctop.ui.exporting import write_new
        from mctop.ui.renderables.sheetlines import csv_lines, json_lines

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
