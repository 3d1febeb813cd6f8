"""The panels of a key's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.health import FailureKind
from mctop.ui.explain import BY_HAND, Explanation
from mctop.ui.format import count
from mctop.ui.renderables.runs import Run
from mctop.ui.screens.keypage.arrangement import KIN, LOG, NAME, RANKS, STATS
from mctop.ui.screens.keypage.loglines import LINE_COLUMNS, line_rows, lines_of
from mctop.ui.screens.keypage.ranks import KIN_COLUMNS, RANK_COLUMNS, kin, kin_key, kin_rows, rank_rows
from mctop.ui.screens.keypage.stats import STAT_COLUMNS, stat_rows
from mctop.ui.screens.keys.panels import notes
from mctop.ui.text import clean
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.lines import Lines
from mctop.ui.widgets.slicepanel import SlicePanel

if TYPE_CHECKING:
    from mctop.store.health import Failure
    from mctop.store.hotkeys import HotKeys, HotList
    from mctop.store.keystats import KeyReport
    from mctop.store.logtail import LogTail
    from mctop.store.store import Store
    from mctop.ui.renderables.glyphs import Glyphs
    from mctop.ui.screens.keys.standings import Choice, Standing


class KeyName(Lines):
    """The whole key, on as many lines as it takes, and how long it is."""

    def __init__(self, key: str) -> None:
        super().__init__(id=NAME)
        self._text = clean(key)
        length = len(key.encode(errors="surrogatepass"))
        self._length = f"{length} byte{'' if length == 1 else 's'}"

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The key, then its length."""
        text = [self._text[start : start + width] for start in range(0, len(self._text), width)] or [""]
        lines: list[tuple[Run, ...]] = [(Run(part, "value"),) for part in text]
        if len(text[-1]) + len(self._length) + 2 <= width:
            lines[-1] = (*lines[-1], Run(f"  {self._length}", "muted"))
        return tuple(lines[:height])

    def height_at(self, width: int) -> int:
        """How many lines it takes at a width."""
        return max(1, -(-len(self._text) // max(1, width)))


class StatsPanel(SlicePanel):
    """Every row of the key's stats."""

    def __init__(self, store: Store) -> None:
        self.grid = Grid(STAT_COLUMNS, opens=False)
        super().__init__("Key stats", self.grid, store.key, store, id=STATS)

    def show(self, report: KeyReport | None) -> None:
        """List the rows of the key, once they have come."""
        self.grid.rows = stat_rows(report) if report is not None else ()
        self.notes = ("counts as the API tells them, their window is not documented", "counts as the API tells them")
        self.lacks = "" if self.grid.rows else "the API has counted nothing of this key" if report else "nothing yet"

    def _why(self, failure: Failure) -> Explanation:
        if failure.kind is FailureKind.NOT_FOUND:
            todo = f"was it ever asked for? introspection comes with larger plans · {BY_HAND}"
            return Explanation("404: no stats of this key", todo, clean(failure.message, 160))
        return super()._why(failure)


class RanksPanel(SlicePanel):
    """Where the key stood in each list."""

    def __init__(self, store: Store, key: str, glyphs: Glyphs) -> None:
        self._key = key
        self._glyphs = glyphs
        self._grid = Grid(RANK_COLUMNS, opens=False)
        super().__init__("In the lists", self._grid, store.popular, store, id=RANKS)

    def show(self, seen: HotKeys, choice: Choice) -> None:
        """List the lists."""
        self._grid.rows = rank_rows(seen, self._key, choice, self._glyphs)
        self.notes = notes(seen, choice)
        slices = f"{count(len(seen.times))} slice{'' if len(seen.times) == 1 else 's'}"
        self.lacks = "" if self._grid.rows else f"not among the most popular in the {slices} seen so far"


class KinPanel(SlicePanel):
    """The pattern and the popular prefixes that the key belongs to."""

    def __init__(self, store: Store, key: str, glyphs: Glyphs) -> None:
        self._key = key
        self._glyphs = glyphs
        self.grid = Grid(KIN_COLUMNS)
        self._found: tuple[tuple[HotList, Standing], ...] = ()
        super().__init__("Belongs to", self.grid, store.popular, store, id=KIN)

    def show(self, seen: HotKeys, choice: Choice) -> None:
        """List what the key belongs to."""
        self._found = kin(seen, self._key, choice)
        self.grid.rows = kin_rows(self._found, self._glyphs)
        self.lacks = "" if self._found else "no popular prefix starts it, and no pattern has been learnt of it"

    def standing(self, key: str) -> Standing | None:
        """What a row stands for."""
        return next((one for kind, one in self._found if kin_key(kind, one) == key), None)


class LinesPanel(SlicePanel):
    """The last log lines about the key."""

    def __init__(self, store: Store, key: str) -> None:
        self._key = key
        self.grid = Grid(LINE_COLUMNS)
        self._times: dict[str, float] = {}
        super().__init__("Log lines", self.grid, store.log, store, id=LOG)

    def show(self, tail: LogTail | None) -> None:
        """List them, newest first."""
        if tail is None:
            return
        lines = lines_of(tail, self._key)
        self._times = {f"{line.serial}": line.time for line in lines}
        self.grid.rows = line_rows(lines)
        held = count(len(tail.rows))
        self.notes = (f"{count(len(lines))} of the {held} lines held",)
        self.lacks = "" if lines else f"none of the {held} lines held is about this key"

    def time(self, row: str) -> float | None:
        """When a line was logged, epoch seconds."""
        return self._times.get(row)
