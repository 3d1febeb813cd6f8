"""The top line: where I am, and how honest the picture is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.store.base.window import DAY
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import CONNECTING
from mctop.ui.words.format import duration, time_of_day
from mctop.ui.words.freshness_text import PictureState
from mctop.ui.words.runs import Line, Run, fitted, spread
from mctop.ui.words.time_text import length, moment_text, spanned

if TYPE_CHECKING:
    from mctop.store.base.window import TimeWindow
    from mctop.ui.words.text import Clean


READ_ONLY = "READ-ONLY"
WITHIN = "\u203a"
USUAL = "v2"
"""The version of the API that needs no word."""
APART = 30
"""Seconds by which the API's clock must differ from this machine's to be worth a word: its log and series go by it."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where the user is: the cache's label, the view, and what the pages above it are about."""

    cache: Clean
    view: str
    pages: tuple[Clean, ...] = ()


class TopLine(Lines):
    """One line; shortens where it must, the state last of all."""

    DEFAULT_CSS = """
    TopLine { height: 1; background: $panel; padding: 0 1; }
    """

    location: var[Location | None] = var(None)
    standing: var[PictureState] = var(PictureState(CONNECTING))
    time: var[float] = var(0.0)
    skew: var[float] = var(0.0)
    window: var[TimeWindow | None] = var(None)
    api: var[str] = var(USUAL)
    lean: var[bool] = var(False)
    """Whether the seconds are left out, so that they are not sent."""

    def __init__(self, *, read_only: bool) -> None:
        super().__init__()
        self._read_only = read_only

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The one line."""
        span = () if self.window is None else (window_run(self.window, self.time),)
        api = "" if self.api == USUAL else self.api
        return (
            top_line(
                self.location, self.standing, self.time, width,
                read_only=self._read_only, api=api, skew=self.skew, span=span,
                seconds=not self.lean,
            ),
        )  # fmt: skip

    def watch_location(self) -> None:
        """Show the new location."""
        self.redraw()

    def watch_standing(self) -> None:
        """Show the new state."""
        self.redraw()

    def watch_time(self) -> None:
        """Show the new second."""
        self.redraw()

    def watch_lean(self) -> None:
        """Show the time with its seconds, or without."""
        self.redraw()

    def watch_skew(self) -> None:
        """Show how far the clocks are apart."""
        self.redraw()

    def watch_api(self) -> None:
        """Show the new version."""
        self.redraw()

    def watch_window(self) -> None:
        """Show the new window."""
        self.redraw()


def window_run(window: TimeWindow, now: float) -> Run:
    """Which stretch of time is shown at `now`, epoch seconds; picked out where it is not that up to the present."""
    cursor = window.cursor
    read = "" if cursor is None else f", read at {time_of_day(cursor) if now - cursor < DAY else moment_text(cursor)}"
    where = length(window) if window.end is None else spanned(window)
    return Run(f"{where}{read}", "muted" if window.live and not read else "accent")


def top_line(
    location: Location | None,
    standing: PictureState,
    time: float,
    width: int,
    *,
    read_only: bool,
    api: str = "",
    skew: float = 0.0,
    span: Line = (),
    seconds: bool = True,
) -> Line:
    """The line at `width` columns; `time` is epoch seconds, `span` says which stretch of time is shown.

    `api` is its version, where that needs a word. `skew` is how many seconds the API's clock is ahead.
    """
    state = Run(standing.badge.text, standing.badge.tone)
    lock = (Run(api, "accent"), *((Run(READ_ONLY, "fair"),) if read_only else ()))
    told = time_of_day(time)
    clock = Run((told if seconds else f"{told[:5]}Z") + _apart(skew))
    retry = Run(standing.retry, "muted")
    brief = Run(standing.retry.partition(" · ")[0], "muted")
    label = fitted(location.cache, min(12, cell_len(location.cache))) if location else "mctop"
    full, half, least = _crumbs(location), _crumbs(location)[2:], (Run(label, "value"),)
    line: Line = ()
    for left, right in (
        ((*full, state, retry), (*span, *lock, clock)),
        ((*half, state, retry), (*span, *lock, clock)),
        ((*half, state, brief), (*span, *lock, clock)),
        ((*half, state, brief), (*lock, clock)),
        ((*least, state, brief), (*lock, clock)),
        ((*least, state), (*lock, clock)),
        ((*least, state), lock),
        ((state,), lock),
        ((state,), ()),
    ):
        line = spread(_spaced(left), _spaced(right), width)
        if sum(cell_len(run.text) for run in line) <= width:
            break
    return line


def _apart(skew: float) -> str:
    return "" if abs(skew) < APART else f", API clock {'+' if skew > 0 else '−'}{duration(abs(skew))}"


def _crumbs(location: Location | None) -> Line:
    """The program, the cache and the view, one inside the other."""
    if location is None:
        return (Run("mctop", "heading"),)
    inside = (Run(location.cache, "value"), *(Run(name) for name in (location.view, *location.pages)))
    return (Run("mctop", "heading"), *(part for run in inside for part in (Run(WITHIN, "muted"), run)))


def _spaced(parts: Line) -> Line:
    """The parts that say something, one blank around the arrows and two between all others."""
    words = [part for part in parts if part.text]
    runs: list[Run] = []
    for index, part in enumerate(words):
        if index:
            runs.append(Run(" " if WITHIN in (words[index - 1].text, part.text) else "  "))
        runs.append(part)
    return tuple(runs)
