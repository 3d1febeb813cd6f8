"""The screen of the Caches: ranks every cache of the fleet, and opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from mctop.store.counters.cache_condition import Severity, worst_first
from mctop.ui.layout.bands import MARGIN, SMALLEST, Arrangement, Place
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.views import VIEWS
from mctop.ui.renderables.table import Sort
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.caches.rows import COLUMNS, Detail, cache_row
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.counters.cache_condition import CacheNow, Finding
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.renderables.table import Row

CACHES, DETAIL = "caches", "wrong"
DETAIL_ROWS = 8
"""Rows of what is wrong with the cache under the cursor."""


class CachesScreen(FramedScreen):
    """A table of every cache, the worst first, and what is wrong with the one under the cursor."""

    VIEW = "Caches"
    HOME = CACHES
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.CACHES)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._grid = Grid(COLUMNS)
        self._grid.sort = Sort("why", descending=True)
        self._detail = Detail()
        self._panels = (Panel("Caches", self._grid, id=CACHES), Panel("What is wrong", self._detail, id=DETAIL))
        self._judged: dict[str, tuple[CacheNow, tuple[Finding, ...]]] = {}
        self._rows: dict[str, Row] = {}

    def compose_panels(self) -> ComposeResult:
        """The table, and what is wrong."""
        yield from self._panels

    def on_mount(self) -> None:
        """What is wrong goes with the cursor."""
        self.watch(self._grid, "cursor", self._tell, init=False)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """The table as high as it must be, and below it what is wrong, where there is room for both."""
        if self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]:
            return Arrangement()
        inner, below = width - 2 * MARGIN, DETAIL_ROWS
        if full is not None:
            return Arrangement((Place(full, 0, MARGIN, 0, inner, height),))
        if height < 2 * below:
            return Arrangement((Place(CACHES, 0, MARGIN, 0, inner, height),))
        rows = height - below
        return Arrangement((Place(CACHES, 0, MARGIN, 0, inner, rows), Place(DETAIL, 0, MARGIN, rows, inner, below)))

    def judge(self, now: float) -> None:
        """Rank the caches as they are at monotonic time `now`."""
        ranked = worst_first((watched.now.value for watched in self.ways.fleet.caches), now)
        self._grid.rows = tuple(self._row(cache, findings, now) for cache, findings in ranked)
        self._judged = {cache.name: (cache, findings) for cache, findings in ranked}
        bad = sum(bool(findings) and findings[0].reason.severity is Severity.BAD for _, findings in ranked)
        some = f"{bad} of {len(ranked)} bad" if bad else f"{len(ranked)}"
        self._panels[0].notes = (f"{some} · worst first · rates over the last minute", f"{some} · last minute", some)
        self._tell()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the cache, in the view that one came from."""
        self.ways.open_cache(message.key, self.ways.came_from or VIEWS[0].name)

    def action_poll_all(self) -> None:
        """Poll every cache now."""
        self.ways.fleet.refresh_all()

    def _row(self, cache: CacheNow, findings: tuple[Finding, ...], now: float) -> Row:
        """The row of a cache, which is the one it had unless there is news of it."""
        before = self._judged.get(cache.name)
        if before is None or before[0] is not cache or before[1] != findings:
            opened = cache.name == self.ways.fleet.opened.value
            self._rows[cache.name] = cache_row(cache, findings, now, opened=opened)
        return self._rows[cache.name]

    def _tell(self) -> None:
        rows = self._grid.shown
        judged = self._judged.get(self._grid.cursor or (rows[0].key if rows else ""))
        if judged is not None:
            self._detail.about = judged
            self._panels[1].notes = (clean(judged[0].label, 60),)
