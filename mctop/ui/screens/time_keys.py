"""The keys that move through time, the same in every view: on the window and the marks that all views share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from mctop.store.base.marks import Mark, MarkKind, marked
from mctop.store.base.window import RANGES
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.words.format import time_of_day
from mctop.ui.words.text import clean
from mctop.ui.words.time_text import parse_moment

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.store import Store


def server_time(store: Store, clock: Clock) -> float:
    """The present: epoch seconds on the server's clock, as far as it is known."""
    return clock.wall() + (store.skew.value or 0.0)


class TimeKeys(Widget):
    """Holds the pages of a view, and binds the keys that move its window, read a moment in it, or mark one."""

    DEFAULT_CSS = """
    TimeKeys { height: 1fr; layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.TIME)]

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__()
        self._store = store
        self._clock = clock

    @property
    def now(self) -> float:
        """The present: epoch seconds on the server's clock."""
        return server_time(self._store, self._clock)

    def go_to(self, at: float) -> None:
        """Read a moment, in the middle of the window unless it is shown already."""
        window = self._store.window.value
        shown = window.start(self.now) <= at < window.until(self.now)
        self._store.window.set(window.reading(at, self.now) if shown else window.around(at, self.now))

    def show_since(self, seconds: float) -> None:
        """Show so much time, up to the present."""
        self._store.window.set(self._store.window.value.since(seconds))

    def action_zoom(self, steps: int) -> None:
        """Show a longer stretch of time, or a shorter one where `steps` is negative."""
        self._store.window.set(self._store.window.value.zoomed(steps, self.now))

    def action_read(self, buckets: int) -> None:
        """Move the cursor by so many buckets."""
        self._store.window.set(self._store.window.value.moved(buckets, self.now))

    def action_live(self) -> None:
        """Show the present again, and read the newest values."""
        self._store.window.set(self._store.window.value.resumed())

    def action_goto(self) -> None:
        """Ask for a moment to read."""
        from mctop.ui.modals.prompts import TextPrompt

        self.app.push_screen(TextPrompt("Go to", "03:10 · 09-20 03:10 · 2026-09-20 · 2h ago, all UTC"), self._goto)

    def action_range(self) -> None:
        """Ask for a range."""
        from mctop.ui.modals.prompts import Ranges

        self.app.push_screen(Ranges(self._store.window.value.seconds), self._range)

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
        window = self._store.window.value
        return window.until(self.now) if window.cursor is None else window.cursor

    def _mark(self, note: str, moment: float) -> None:
        self._store.marks.set(marked(self._store.marks.value, Mark(moment, MarkKind.PERSON, note)))
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
            self._store.window.set(self._store.window.value.ranged(RANGES[name], self.now))
