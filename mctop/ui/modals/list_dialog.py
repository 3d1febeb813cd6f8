"""The base of a modal that lists rows of live slices, with keys that work on the row under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.containers import Vertical
from textual.content import Content

from mctop.ui.modals.dialog import LiveDialog
from mctop.ui.registry.commands import ALL, Where, bindings, commands_here
from mctop.ui.widgets.grid import RowList
from mctop.ui.widgets.key_line import Key, KeyLine
from mctop.ui.widgets.text_lines import Footnotes
from mctop.ui.words.format import LABEL, cache_name
from mctop.ui.words.freshness_text import explain, failing

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.base.health import Health
    from mctop.store.base.topic import Topic
    from mctop.store.store import Slice, Store
    from mctop.ui.registry.commands import Command
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.renderables.table import Row
    from mctop.ui.widgets.panel import SlicePanel


T = TypeVar("T")
FRAME = 4
"""Rows of the box that are neither tables nor what is said beneath them: its border, a blank one, and the keys."""
HEADS = 2
"""Rows of a table that are not rows of it: its heading and its header."""
FEWEST = 3
"""Rows that a table has room for, however few there are: a notice needs them."""
ORDER = tuple(command.id for command in ALL)
CLOSE = Key("esc", "close", "escape", last=True)


class Listed(RowList):
    """The rows of a modal, of which one has the cursor; a click moves it, and only keys do something to a row."""

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor, or else the first; None where there is none."""
        return next((row for row in self.shown if row.key == self.cursor), next(iter(self.shown), None))

    def watch_shown(self, old: tuple[Row, ...], new: tuple[Row, ...]) -> None:
        """Show what has come; where there are rows, there is a cursor."""
        super().watch_shown(old, new)
        if self.cursor is None and new:
            self.cursor = new[0].key

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the pointer."""
        index = self.scroll_offset.y + event.y - 1
        if event.y > 0 and index < len(self.shown):
            self.cursor = self.shown[index].key


class ListDialog(LiveDialog):
    """Shows `tables`, slice panels whose content is `Listed`, one above the other; a subclass fills them.

    A subclass sets `tables` before it is composed, and says in `follow_topics` what it follows. Its keys are commands
    whose `where` it binds; those for which `why_off` gives a reason are greyed. `about.text` is what is said beneath
    the tables.
    """

    DEFAULT_CSS = """
    ListDialog > #box { width: 96%; max-width: 140; height: auto; padding: 0 1; }
    ListDialog > #box > Panel > .content { height: 1fr; }
    ListDialog KeyLine { background: $surface; padding: 0; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LIST)]
    AUTO_FOCUS = "Listed"
    tables: tuple[SlicePanel, ...] = ()

    def __init__(self, title: str, store: Store, clock: Clock) -> None:
        super().__init__(title, store, clock)
        self.keys = KeyLine()
        self.about = Footnotes()
        self._healths: list[Topic[Health]] = []
        self._untouched = True
        """Whether nobody chose a table yet, so that the first one has the keys as soon as it has rows."""

    def compose(self) -> ComposeResult:
        """The tables, what is said beneath them, and the keys."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            yield from self.tables
            yield self.about
            yield self.keys

    def why_off(self, command: Command) -> str | None:
        """Why the command cannot be used, in clean words; None where it can. Override."""
        return None

    def judge(self, now: float) -> None:
        """What else changes as time passes, `now` being monotonic; override."""

    def follow_slice(self, source: Slice[T], follower: Callable[[T | None], object]) -> None:
        """Follow the value of a slice, and its health; while it fails, what to do about that is said."""
        self._healths.append(source.health)
        self.when_hidden(self._healths.clear)
        self.follow(source.value, follower)
        self.follow(source.health, lambda _: None)

    def settle(self) -> None:
        """Give every table its room, say how honest it is, and name the keys."""
        now = self.clock.monotonic()
        for table in self.tables:
            table.judge(now)
        failure = failing((health.value for health in self._healths), now)
        self.about.problem = explain(failure) if failure else None
        self.judge(now)
        room = self.size.height - FRAME - self.about.rows
        for table, height in zip(self.tables, shared(room, tuple(map(_wanted, self.tables))), strict=True):
            table.styles.height = height
        first = next((table.target for table in self.tables if table.target is not None), None)
        if self._untouched or self.focused is None or not self.focused.display:
            self.set_focus(first)
        self.show_keys()

    def show_keys(self) -> None:
        """Name the keys that work now, those of the rows first."""
        commands = sorted((command for command in commands_here(self) if command.footer), key=_rank)
        self.keys.keys = (*(_key(command, self.why_off(command)) for command in commands), CLOSE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One table has none beside it."""
        return len(self.tables) > 1 if action == "next_table" else super().check_action(action, parameters)

    def action_next_table(self, step: int) -> None:
        """Give the keys to the next table that has rows."""
        self._untouched = False
        targets = [table.target for table in self.tables if table.target is not None]
        if targets:
            index = targets.index(self.focused) if self.focused in targets else -step
            self.set_focus(targets[(index + step) % len(targets)])

    def on_click(self) -> None:
        """Leave the keys where they were taken to."""
        self._untouched = False

    def on_descendant_focus(self) -> None:
        """Name the keys of what has them now."""
        self.show_keys()

    def on_key_line_pressed(self, message: KeyLine.Pressed) -> None:
        """Do what a key that was clicked does."""
        self.app.simulate_key(message.key)

    def on_resize(self) -> None:
        """Share the room anew."""
        self.settle()


def titled(title: str, store: Store, options: UiOptions) -> str:
    """The title of a modal about the cache, which is named as in the top line."""
    name = cache_name(options.label, store.cache.value.value, LABEL)
    return f"{title} · {name}" if name else title


def shared(room: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """How many of `room` rows each table gets: what it wants, where the greatest give up what is too much."""
    given = list(wanted)
    while given and sum(given) > max(room, len(given)):
        given[given.index(max(given))] -= 1
    return tuple(given)


def _wanted(table: SlicePanel) -> int:
    count = len(table.content.shown) if isinstance(table.content, RowList) else 0
    return HEADS + max(FEWEST, count)


def _rank(command: Command) -> tuple[bool, int]:
    """Where a command stands among the keys: what only this modal has comes first."""
    return command.where is Where.LIST, ORDER.index(command.id)


def _key(command: Command, off: str | None) -> Key:
    return Key(command.shown.split()[0], command.name, command.key, last=command.id == "list.help", off=off is not None)
