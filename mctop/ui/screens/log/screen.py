"""The Log: follows the store, and leads to keys, files and moments."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from mctop.store.logtail import Entry
from mctop.ui.explain import explain
from mctop.ui.exporting import write_new
from mctop.ui.screens.log.asking import AskingScreen
from mctop.ui.screens.log.panel import LOG
from mctop.ui.screens.log.saving import json_lines, saved, shown_rows
from mctop.ui.layout.arrangement import MARGIN, SMALLEST, Arrangement, Place
from mctop.ui.standing import failing

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.logtail import LogTail


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
            from mctop.ui.screens.keypage.screen import KeyPage

            self.ways.open_page(KeyPage(self.store, self.clock, self.options, held.key))

    def on_tail_read(self) -> None:
        """Let every view read the moment that the log is read at, or the present with it."""
        held, window = self.panel.rows.held(), self.store.window
        if held is not None:
            window.set(window.value.reading(held.at, self.now))
        elif window.value.cursor is not None:
            window.set(window.value.resumed())
        self.show_keys()

    def _see(self, tail: LogTail | None) -> None:
        self.panel.show(tail)
        self.judge_all()
