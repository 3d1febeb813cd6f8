"""The panel of the log: judges the tail by what a person asked for, and shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.sieve import Sifted, sift
from mctop.ui.screens.log.asked import Asked
from mctop.ui.screens.log.body import LogBody
from mctop.ui.screens.log.lines import named
from mctop.ui.screens.log.listing import listing, rates
from mctop.ui.screens.log.words import following, rates_line, shown_line, stopped
from mctop.ui.widgets.reading import Reading
from mctop.ui.widgets.slicepanel import SlicePanel

if TYPE_CHECKING:
    from textual.widget import Widget

    from mctop.store.logtail import LogTail
    from mctop.store.marks import Mark
    from mctop.store.store import Store
    from mctop.store.window import TimeWindow
    from mctop.ui.screens.log.body import LogRows
    from mctop.ui.widgets.taillines import TailLines

LOG = "log"


class LogPanel(SlicePanel):
    """Every server's lines. `lag` is how many seconds the newest line is behind the present, None where not known."""

    def __init__(self, store: Store) -> None:
        self.body = LogBody()
        super().__init__("Log", self.body, store.log, store, id=LOG)
        self.asked = Asked()
        self._sifted = Sifted()
        self._marks: tuple[Mark, ...] = ()
        self._cursor: float | None = None
        self.lag: float | None = None

    @property
    def target(self) -> Widget | None:
        """The rows."""
        return None if self.notice is not None else self.body.rows

    @property
    def rows(self) -> LogRows:
        """The rows."""
        return self.body.rows

    def show(self, tail: LogTail | None) -> None:
        """Show what came."""
        if tail is not None:
            self._sift(tail)
            self.rows.names = named(tuple(trace.server for trace in tail.traces))

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show marks among the rows."""
        self._marks = marks
        self._list()

    def show_window(self, window: TimeWindow) -> None:
        """Read the log at the cursor of the window, or follow it where there is none."""
        held, rows, self._cursor = self.rows.held(), self.rows, window.cursor
        if window.cursor is None:
            rows.reading = Reading()
        elif held is None or held.at != window.cursor:
            rows.reading = Reading().at_time(rows.rows, rows.page, window.cursor)
        self._note()

    def ask(self, asked: Asked) -> None:
        """Show something else of what is there."""
        self.asked = asked
        self._sift(self._sifted.tail)

    def judge(self, now: float) -> None:
        """Say how honest the log is, and how far behind."""
        super().judge(now)
        self._note()

    def on_tail_lines_moved(self, message: TailLines.Moved) -> None:
        """Say what is true of the rows in view."""
        message.stop()
        self._note()
        self._rate()

    def _sift(self, tail: LogTail) -> None:
        self._sifted = sift(self._sifted, self.asked.sieve, tail)
        self._list()

    def _list(self) -> None:
        sifted, asked = self._sifted, self.asked
        highlights = asked.highlights and bool(asked.sieve.filters)
        self.rows.shown = listing(sifted, self._marks, highlights=highlights)
        self.lacks = "" if sifted.tail.rows else "no line in the log yet"
        self.body.what.saying = lambda width: shown_line(sifted, asked, width)
        self._note()
        self._rate()

    def _note(self) -> None:
        """Say whether the end is followed, and how far behind it is."""
        rows = self.rows
        if rows.reading.follows:
            servers = len(self._sifted.tail.traces)
            self.notes = following(self.lag, self._health.value.every, servers)
        else:
            first, cursor = self._sifted.tail.rows[:1], self._cursor
            missed = cursor if first and cursor is not None and cursor < first[0].at else None
            self.notes = stopped(len(rows.rows) - rows.in_view.stop, missed)

    def _rate(self) -> None:
        """Say how fast the lines come that are shown, up to the last one in view."""
        rows, tail = self.rows, self._sifted.tail.rows
        if not tail:
            return
        end = tail[-1].at if rows.reading.follows or not rows.in_view else rows.rows[rows.in_view.stop - 1].at
        found = rates(rows.shown, tail[0].at, end)
        self.body.rates.saying = lambda width: rates_line(found, width)
