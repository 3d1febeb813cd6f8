"""What a person asks of the Log by its keys: filters, stacked or taken away, hiding or highlighting."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from mctop.store.log.filters import MOST
from mctop.store.log.tail import Entry
from mctop.ui.layout.bands import MARGIN, SMALLEST, Arrangement, Place
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.views import KEY_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.log.export import json_lines, saved, shown_rows
from mctop.ui.screens.log.panel import LOG, LogPanel
from mctop.ui.terminal.export_file import write_new
from mctop.ui.words.freshness_text import explain, failing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.log.tail import LogTail
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.screens.log.filters import Asked, Prompt


class AskingScreen(FramedScreen):
    """A view of the log, of which a person asks for a part."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LOG)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self.panel = LogPanel(store)

    def adopt(self, other: FramedScreen) -> None:
        """Ask of this cache's log what was asked of the other one's."""
        if isinstance(other, AskingScreen):
            self.panel.ask(replace(other.panel.asked, draft=None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not there cannot be filtered, and filters that are not there cannot be taken away or highlighted."""
        if action in ("filter", "own", "save"):
            return self.panel.notice is None and not self.panel.body.prompt.display
        if action in ("unfilter", "highlight", "match"):
            return bool(self._asked.filters)
        return super().check_action(action, parameters)

    def action_filter(self, excludes: bool) -> None:
        """Ask for another filter."""
        if self._asked.full:
            self.notify(f"{MOST} filters are the most; ⌫ takes the last one away", markup=False)
        else:
            self.panel.body.prompt.open(excludes=excludes)
            self.frame.show_keys()

    def action_unfilter(self) -> None:
        """Take the last filter away."""
        self._ask(self._asked.without_last())

    def action_highlight(self) -> None:
        """Tell what passes the filters from the rest, or hide the rest."""
        self._ask(replace(self._asked, highlights=not self._asked.highlights))

    def action_own(self) -> None:
        """Show or hide the lines that mctop causes itself."""
        self._ask(replace(self._asked, with_own=not self._asked.with_own))

    def action_match(self, step: int) -> None:
        """Go to the next line that passes the filters, or the one before."""
        self.panel.rows.go_to_match(step)

    def on_prompt_typed(self, message: Prompt.Typed) -> None:
        """Show what the filter does while it is typed."""
        self._ask(replace(self._asked, draft=message.draft))

    def on_prompt_closed(self, message: Prompt.Closed) -> None:
        """Keep the filter or not, and go back to the rows."""
        self._ask(self._asked.kept() if message.kept else replace(self._asked, draft=None))
        self.panel.rows.focus()

    @property
    def _asked(self) -> Asked:
        return self.panel.asked

    def _ask(self, asked: Asked) -> None:
        self.panel.ask(asked)
        self.frame.show_keys()


class LogScreen(AskingScreen):
    """Every server's lines in time order."""

    VIEW = "Log"
    HOME = LOG

    def compose_panels(self) -> ComposeResult:
        """The one panel."""
        yield self.panel

    def follow_topics(self) -> None:
        """The log, polled until polls overlap, and the marks in it."""
        store = self.store
        store.log.hurried.set(True)
        self.when_hidden(partial(store.log.hurried.set, False))
        self.follow(store.log.value, self._see)
        self.follow(store.marks, self.panel.show_marks)
        self.follow(store.window, self.panel.show_window)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """All of it for the log."""
        if self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]:
            return Arrangement()
        return Arrangement((Place(LOG, 0, MARGIN, 0, width - 2 * MARGIN, height),))

    def judge(self, now: float) -> None:
        """Say how honest the log is."""
        tail, health = self.store.log.value.value, self.store.log.health.value
        if tail is not None and tail.rows and health.last_good is not None:
            arrived = self.now - (now - health.last_good)
            self.panel.lag = max(0.0, arrived - tail.rows[-1].at)
        self.panel.judge(now)
        failure = failing((self.store.stats.health.value, health), now)
        self.keys.problem = explain(failure) if failure else None

    async def action_save(self) -> None:
        """Write what is shown to a new file, and say where."""
        rows = shown_rows(self.panel.rows.shown)
        try:
            path = await asyncio.to_thread(write_new, self.VIEW, "jsonl", self.now, json_lines(rows))
        except OSError as error:
            self.notify(f"no file was written: {error.strerror}", severity="error", markup=False)
        else:
            self.notify(saved(rows, path), markup=False)

    def on_tail_opened(self) -> None:
        """Open the page of the key under the cursor."""
        held = self.panel.rows.held()
        if isinstance(held, Entry):
            self.ways.open_page(KEY_PAGE, held.key)

    def on_tail_read(self) -> None:
        """Let every view read the moment that the log is read at, or the present with it."""
        held, window = self.panel.rows.held(), self.store.window
        if held is not None:
            window.set(window.value.reading(held.at, self.now))
        elif window.value.cursor is not None:
            window.set(window.value.resumed())
        self.frame.show_keys()

    def _see(self, tail: LogTail | None) -> None:
        self.panel.show(tail)
        self.judge_all()
