"""The panel of the Log: its rows, drawn as they come into view, and the lines above and below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var
from textual.widget import Widget

from mctop.store.log.filters import Sifted, sift
from mctop.store.log.tail import Entry
from mctop.ui.screens.log.filters import FilterStack, Prompt
from mctop.ui.screens.log.rows import LogListing, ServerNames, listing, named, plain_line, rates, row_line, titles
from mctop.ui.terminal.clipboard import Copy
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.widgets.tail import Tail, TailPosition
from mctop.ui.widgets.text_lines import FittedLine
from mctop.ui.words.format import count, duration, rate, time_of_day
from mctop.ui.words.runs import Line, Run, fitted
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from mctop.store.base.marks import Mark
    from mctop.store.base.window import TimeWindow
    from mctop.store.log.tail import LogTail
    from mctop.store.store import Store
    from mctop.ui.screens.log.rows import LogRates, LogRow


class LogRows(Tail):
    """The rows of a listing, their servers called by `names`."""

    shown: var[LogListing] = var(LogListing())
    names: var[ServerNames] = var(ServerNames())

    def __init__(self) -> None:
        super().__init__()
        self._copied: int | None = None

    def header(self, width: int) -> Line:
        """The titles."""
        return titles(width, self.names, gutter=self.shown.passing is not None)

    def row(self, index: int, width: int) -> Line:
        """One row."""
        passes = None if self.shown.passing is None else self.shown.passes(index)
        return row_line(self.shown.rows[index], width, self.names, passes)

    def watch_shown(self, shown: LogListing) -> None:
        """Show other rows, or the same told apart in another way."""
        self.rows = shown.rows
        self.redraw()

    def watch_names(self) -> None:
        """Show other names."""
        self.redraw()

    @property
    def selected(self) -> LogRow | None:
        """The row with the cursor, None while the end is followed."""
        return None if self.reading.follows or not self.rows else self.shown.rows[self.reading.index(self.rows)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A line can be opened only if it has a key."""
        row = self.selected
        return (
            isinstance(row, Entry) and bool(row.key) if action == "open" else super().check_action(action, parameters)
        )

    def action_copy(self) -> None:
        """Copy the key of the line with the cursor; if that was copied last, the line."""
        row = self.selected
        if row is None:
            return
        if isinstance(row, Entry) and row.key and self._copied != row.serial:
            self._copied = row.serial
            self.post_message(Copy(clean(row.key), "the key", "the line"))
        else:
            self._copied = None
            self.post_message(Copy(plain_line(row, self.names), "the line"))

    def go_to_match(self, step: int) -> None:
        """Go to the next row that passes the filters, or the one before."""
        index = self.reading.index(self.rows)
        match = self.shown.match(index, step)
        if match is not None:
            self.read(self.reading.moved(self.rows, self.page, match - index))


class LogBody(Widget):
    """What is shown, the rows, their rates, and the line that is typed into."""

    DEFAULT_CSS = """
    LogBody { layout: vertical; }
    LogBody > Prompt { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.what, self.rows, self.rates, self.prompt = FittedLine(), LogRows(), FittedLine(), Prompt()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.what
        yield self.rows
        yield self.rates
        yield self.prompt


BETWEEN = Run("  ")
FILTER = 40
"""Columns that a filter may take where it is named: half of a terminal of 80, beside how many rows it leaves."""


def shown_line(sifted: Sifted, stack: FilterStack, width: int) -> Line:
    """How many rows are shown, and what hides the others."""
    verb = "marked" if stack.highlights and stack.sieve.filters else "shown"
    first: Line = (Run(f"{sifted.passed:,}", "value"), Run(f" of {len(sifted.tail.rows):,} {verb}", "muted"))
    if sifted.gaps:
        first += (BETWEEN, Run(f"{sifted.gaps:,} gap{'s' if sifted.gaps > 1 else ''}", "fair"))
    filters = [
        (Run("!" if each.excludes else "/", "accent"), Run(clean(each.text, FILTER)), Run(f" −{hidden:,}", "muted"))
        for each, hidden in zip(sifted.sieve.filters, sifted.hidden, strict=True)
    ]
    if stack.with_own:
        own, briefly = "mctop's own STATS/AUTH shown", "own shown"
    else:
        own, briefly = f"{sifted.own:,} of mctop's own STATS/AUTH hidden", f"{sifted.own:,} own hidden"
    ends = [f"{own}{BETWEEN.text}{_bounds(sifted)}", own, briefly]
    return packed(first, filters, [(Run(end, "muted"),) for end in ends], width)


def rates_line(rates: LogRates | None, width: int) -> Line:
    """The rates of what is shown, up to the last row in view."""
    if rates is None:
        return (Run("no rates from less than a second of log"[:width], "muted"),)
    over = (Run(f"lines/s over {duration(rates.seconds)}{', at least' if rates.least else ''}", "muted"),)
    each = [
        (Run(clean(f"{command} {status}".strip() or "no command", 24), "muted"), Run(f" {rate(many)}"))
        for command, status, many in rates.rates
    ]
    return packed(over, each or [(Run("none", "muted"),)], [], width)


def following(lag: float | None, every: float, servers: int) -> tuple[str, ...]:
    """The notes of a log that is followed, longest first."""
    late = "" if lag is None else f" · lag {duration(lag)}"
    polled = f" · polled every {every:.0f}s"
    of = f" · {servers} servers" if servers != 1 else " · 1 server"
    return f"following{late}{polled}{of}", f"following{late}{polled}", f"following{late}", "following"


def stopped(newer: int, missed: float | None = None) -> tuple[str, ...]:
    """The notes of a log that is read further up, longest first; `missed` is a moment from before it begins."""
    below = f"{count(newer)} newer below" if newer else "nothing newer"
    if missed is not None:
        return (
            f"it begins after {time_of_day(missed)} · {below} · G follows",
            f"after {time_of_day(missed)} · G follows",
        )
    return f"stopped · {below} · G follows", f"{below} · G follows", "G follows"


def packed(first: Line, items: Sequence[Line], ends: Sequence[Line], width: int) -> Line:
    """What has room: the first piece always, the longest end that fits, the longest first; else items are counted."""
    tries = [*([first, *items, end] for end in ends), [first, *items]]
    tries += [
        [first, *items[: len(items) - gone], (Run(f"+{gone} more", "muted"),)] for gone in range(1, len(items) + 1)
    ]
    line = next((_joined(pieces) for pieces in tries if _width(_joined(pieces)) <= width), first)
    return line if _width(line) <= width else (Run(fitted("".join(run.text for run in line), width)),)


def _joined(pieces: Sequence[Line]) -> Line:
    return pieces[0] + tuple(run for piece in pieces[1:] for run in (BETWEEN, *piece))


def _width(line: Line) -> int:
    return sum(cell_len(run.text) for run in line)


def _bounds(sifted: Sifted) -> str:
    rows, tail = sifted.tail.rows, sifted.tail
    since = f"since {time_of_day(rows[0].at)}, " if rows else ""
    gone = f", {count(tail.forgotten)} older are gone" if tail.forgotten else ""
    source = ", filtered at the source" if tail.asked else ""
    return f"{since}{tail.limit:,} held at most{gone}{source}"


LOG = "log"


class LogPanel(SlicePanel):
    """Every server's lines. `lag` is how many seconds the newest line is behind the present, None where not known."""

    def __init__(self, store: Store) -> None:
        self.body = LogBody()
        super().__init__("Log", self.body, store.log, store, id=LOG)
        self.stack = FilterStack()
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
        rows, self._cursor = self.rows, window.cursor
        if window.cursor is None:
            rows.reading = TailPosition()
        elif rows.selected is None or rows.selected.at != window.cursor:
            rows.reading = TailPosition().at_time(rows.rows, rows.page, window.cursor)
        self._note()

    def filter(self, stack: FilterStack) -> None:
        """Show something else of what is there."""
        self.stack = stack
        self._sift(self._sifted.tail)

    def judge(self, now: float) -> None:
        """Say how honest the log is, and how far behind."""
        super().judge(now)
        self._note()

    def on_tail_moved(self, message: Tail.Moved) -> None:
        """Say what is true of the rows in view."""
        message.stop()
        self._note()
        self._rate()

    def _sift(self, tail: LogTail) -> None:
        self._sifted = sift(self._sifted, self.stack.sieve, tail)
        self._list()

    def _list(self) -> None:
        sifted, stack = self._sifted, self.stack
        highlights = stack.highlights and bool(stack.sieve.filters)
        self.rows.shown = listing(sifted, self._marks, highlights=highlights)
        self.lacks = "" if sifted.tail.rows else "no line in the log yet"
        self.body.what.saying = lambda width: shown_line(sifted, stack, width)
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
        of_shown = rates(rows.shown, tail[0].at, end)
        self.body.rates.saying = lambda width: rates_line(of_shown, width)
