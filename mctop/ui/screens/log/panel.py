"""The rows of the log, drawn as they come into view, and the lines above and below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var
from textual.widget import Widget

from mctop.store.log.filters import Sifted, sift
from mctop.store.log.tail import Entry
from mctop.ui.renderables.runs import Run, fitted
from mctop.ui.screens.log.filters import Asked, Prompt
from mctop.ui.screens.log.rows import Listing, Names, listing, named, plain_line, rates, row_line, titles
from mctop.ui.terminal.clipboard import Copy
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.widgets.tail import Tail, TailPosition
from mctop.ui.widgets.text_lines import FittedLine
from mctop.ui.words.format import count, duration, rate, time_of_day
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from mctop.store.base.marks import Mark
    from mctop.store.base.window import TimeWindow
    from mctop.store.log.tail import LogTail
    from mctop.store.store import Store
    from mctop.ui.screens.log.rows import Rates, Shown


class LogRows(Tail):
    """The rows of a listing, their servers called by `names`."""

    shown: var[Listing] = var(Listing())
    names: var[Names] = var(Names())

    def __init__(self) -> None:
        super().__init__()
        self._copied: int | None = None

    def header(self, width: int) -> tuple[Run, ...]:
        """The titles."""
        return titles(width, self.names, gutter=self.shown.passing is not None)

    def row(self, index: int, width: int) -> tuple[Run, ...]:
        """One row."""
        passes = None if self.shown.passing is None else self.shown.passes(index)
        return row_line(self.shown.rows[index], width, self.names, passes)

    def watch_shown(self, shown: Listing) -> None:
        """Show other rows, or the same told apart in another way."""
        self.rows = shown.rows
        self.redraw()

    def watch_names(self) -> None:
        """Show other names."""
        self.redraw()

    def held(self) -> Shown | None:
        """The row with the cursor, None while the end is followed."""
        return None if self.reading.follows or not self.rows else self.shown.rows[self.reading.index(self.rows)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only of a line that has a key there is more to see."""
        held = self.held()
        return (
            isinstance(held, Entry) and bool(held.key) if action == "open" else super().check_action(action, parameters)
        )

    def action_copy(self) -> None:
        """Copy the key of the line with the cursor; if that was copied last, the line."""
        held = self.held()
        if held is None:
            return
        line = plain_line(held, self.names)
        if isinstance(held, Entry) and held.key and self._copied != held.serial:
            self._copied = held.serial
            self.post_message(Copy(clean(held.key), "the key", "the line"))
        else:
            self._copied = None
            self.post_message(Copy(line, "the line"))

    def go_to_match(self, step: int) -> None:
        """Go to the next row that passes the filters, or the one before."""
        index = self.reading.index(self.rows)
        found = self.shown.match(index, step)
        if found is not None:
            self.read(self.reading.moved(self.rows, self.page, found - index))


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


Piece = tuple[Run, ...]
BETWEEN = Run("  ")
FILTER = 40
"""Columns that a filter may take where it is named."""


def shown_line(sifted: Sifted, asked: Asked, width: int) -> Piece:
    """How many rows are shown, and what hides the others."""
    verb = "marked" if asked.highlights and asked.sieve.filters else "shown"
    first: Piece = (Run(f"{sifted.passed:,}", "value"), Run(f" of {len(sifted.tail.rows):,} {verb}", "muted"))
    if sifted.gaps:
        first += (BETWEEN, Run(f"{sifted.gaps:,} gap{'s' if sifted.gaps > 1 else ''}", "fair"))
    filters = [
        (Run("!" if one.excludes else "/", "accent"), Run(clean(one.text, FILTER)), Run(f" −{hidden:,}", "muted"))
        for one, hidden in zip(sifted.sieve.filters, sifted.hidden, strict=True)
    ]
    if asked.with_own:
        own, briefly = "mctop's own STATS/AUTH shown", "own shown"
    else:
        own, briefly = f"{sifted.own:,} of mctop's own STATS/AUTH hidden", f"{sifted.own:,} own hidden"
    ends = [f"{own}{BETWEEN.text}{_held(sifted)}", own, briefly]
    return packed(first, filters, [(Run(end, "muted"),) for end in ends], width)


def rates_line(found: Rates | None, width: int) -> Piece:
    """The rates of what is shown, up to the last row in view."""
    if found is None:
        return (Run("no rates from less than a second of log"[:width], "muted"),)
    over = (Run(f"lines/s over {duration(found.seconds)}{', at least' if found.least else ''}", "muted"),)
    each = [
        (Run(clean(f"{command} {status}".strip() or "no command", 24), "muted"), Run(f" {rate(many)}"))
        for command, status, many in found.rates
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


def packed(first: Piece, items: Sequence[Piece], ends: Sequence[Piece], width: int) -> Piece:
    """What has room: the first piece always, the longest end that fits, the longest first; else items are counted."""
    tries = [*([first, *items, end] for end in ends), [first, *items]]
    tries += [
        [first, *items[: len(items) - gone], (Run(f"+{gone} more", "muted"),)] for gone in range(1, len(items) + 1)
    ]
    line = next((_joined(pieces) for pieces in tries if _width(_joined(pieces)) <= width), first)
    return line if _width(line) <= width else (Run(fitted("".join(run.text for run in line), width)),)


def _joined(pieces: Sequence[Piece]) -> Piece:
    return pieces[0] + tuple(run for piece in pieces[1:] for run in (BETWEEN, *piece))


def _width(line: Piece) -> int:
    return sum(cell_len(run.text) for run in line)


def _held(sifted: Sifted) -> str:
    rows, tail = sifted.tail.rows, sifted.tail
    since = f"since {time_of_day(rows[0].at)}, " if rows else ""
    gone = f", {count(tail.forgotten)} older are gone" if tail.forgotten else ""
    return f"{since}{tail.limit:,} held at most{gone}"


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
            rows.reading = TailPosition()
        elif held is None or held.at != window.cursor:
            rows.reading = TailPosition().at_time(rows.rows, rows.page, window.cursor)
        self._note()

    def ask(self, asked: Asked) -> None:
        """Show something else of what is there."""
        self.asked = asked
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
