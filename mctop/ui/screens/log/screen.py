"""The Log: every server's lines in time order, and the filters that a person stacks on them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from mctop.store.log.filters import MOST
from mctop.store.log.tail import Entry
from mctop.ui.layout.bands import SMALLEST, Arrangement, full_page
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.views import KEY_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.log.panel import LOG, LogPanel
from mctop.ui.screens.log.rows import json_lines, saved, shown_rows
from mctop.ui.terminal.export_file import write_new
from mctop.ui.words.freshness_text import explain, failing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.log.tail import LogTail
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.screens.log.filters import FilterStack, Prompt


class LogScreen(FramedScreen):
    """The lines, and what a person asks of them by keys."""

    VIEW = "Log"
    HOME = LOG
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LOG)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self.panel = LogPanel(store)

    def adopt(self, other: FramedScreen) -> None:
        """Ask of this cache's log what was asked of the other one's."""
        if isinstance(other, LogScreen):
            self.panel.filter(replace(other.panel.stack, draft=None))

    def compose_panels(self) -> ComposeResult:
        """The one panel."""
        yield self.panel

    def follow_topics(self) -> None:
        """The log, polled until polls overlap, and the marks in it."""
        store = self.store
        store.log.hurried.set(True)
        self.when_hidden(partial(store.log.hurried.set, False))
        store.log.asked.set(self._stack.needed)
        self.when_hidden(partial(store.log.asked.set, ()))
        self.follow(store.log.value, self._see)
        self.follow(store.marks, self.panel.show_marks)
        self.follow(store.window, self.panel.show_window)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """All of it for the log."""
        if self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]:
            return Arrangement()
        return full_page(LOG, width, height)

    def judge(self, now: float) -> None:
        """Say how honest the log is."""
        tail, health = self.store.log.value.value, self.store.log.health.value
        if tail is not None and tail.rows and health.last_good is not None:
            arrived = self.now - (now - health.last_good)
            self.panel.lag = max(0.0, arrived - tail.rows[-1].at)
        self.panel.judge(now)
        failure = failing((self.store.stats.health.value, health), now)
        self.keys.problem = explain(failure) if failure else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not there cannot be filtered, and filters that are not there cannot be taken away or highlighted."""
        if action in ("filter", "own", "save"):
            return self.panel.notice is None and not self.panel.body.prompt.display
        if action in ("unfilter", "highlight", "match"):
            return bool(self._stack.filters)
        return super().check_action(action, parameters)

    def action_filter(self, excludes: bool) -> None:
        """Ask for another filter."""
        if self._stack.full:
            self.notify(f"{MOST} filters are the most; ⌫ takes the last one away", markup=False)
        else:
            self.panel.body.prompt.open(excludes=excludes)
            self.frame.show_keys()

    def action_unfilter(self) -> None:
        """Take the last filter away."""
        self._filter(self._stack.without_last())

    def action_highlight(self) -> None:
        """Tell what passes the filters from the rest, or hide the rest."""
        self._filter(replace(self._stack, highlights=not self._stack.highlights))

    def action_own(self) -> None:
        """Show or hide the lines that mctop causes itself."""
        self._filter(replace(self._stack, with_own=not self._stack.with_own))

    def action_match(self, step: int) -> None:
        """Go to the next line that passes the filters, or the one before."""
        self.panel.rows.go_to_match(step)

    def on_prompt_typed(self, message: Prompt.Typed) -> None:
        """Show what the filter does while it is typed."""
        self._filter(replace(self._stack, draft=message.draft))

    def on_prompt_closed(self, message: Prompt.Closed) -> None:
        """Keep the filter or not, and go back to the rows."""
        self._filter(self._stack.with_draft() if message.accepted else replace(self._stack, draft=None))
        self.panel.rows.focus()

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
        row = self.panel.rows.selected
        if isinstance(row, Entry):
            self.ways.open_page(KEY_PAGE, row.key)

    def on_tail_read(self) -> None:
        """Let every view read the moment that the log is read at, or the present with it."""
        row, window = self.panel.rows.selected, self.store.window
        if row is not None:
            window.set(window.value.reading(row.at, self.now))
        elif window.value.cursor is not None:
            window.set(window.value.resumed())
        self.frame.show_keys()

    def _see(self, tail: LogTail | None) -> None:
        self.panel.show(tail)
        self.judge_all()

    @property
    def _stack(self) -> FilterStack:
        return self.panel.stack

    def _filter(self, stack: FilterStack) -> None:
        self.panel.filter(stack)
        self.store.log.asked.set(stack.needed)
        self.frame.show_keys()
