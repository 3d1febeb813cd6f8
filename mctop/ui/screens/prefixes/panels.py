"""The panels about prefixes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from mctop.ui.format import duration
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.table import Sort
from mctop.ui.screens.overview.keys import KEY_COLUMNS, key_rows
from mctop.ui.screens.prefixes.arrangement import POPULAR, WATCHED
from mctop.ui.screens.prefixes.rows import COLUMNS, watched_rows
from mctop.ui.text import clean
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.slicepanel import SlicePanel

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItem
    from mctop.store.seriesset import SeriesSet
    from mctop.store.store import Slice, Store
    from mctop.ui.renderables.plot import Plot
    from mctop.ui.screens.prefixes.picture import PrefixesPicture

T = TypeVar("T")


class WatchedTable(SlicePanel):
    """Every watched prefix on a line, the largest first."""

    def __init__(self, store: Store, *, lean: bool) -> None:
        self.grid = Grid(COLUMNS)
        self.grid.sort = Sort("size", descending=True)
        self._glyphs = Glyphs.ASCII if lean else Glyphs.BLOCK
        super().__init__("Watched prefixes", self.grid, store.prefixes, store, id=WATCHED)

    @property
    def prefix(self) -> str | None:
        """The key of the row under the cursor, or else of the first."""
        rows = self.grid.shown
        return self.grid.cursor or (rows[0].key if rows else None)

    def tell(self, picture: PrefixesPicture) -> None:
        """List the prefixes."""
        self.grid.rows = watched_rows(picture, glyphs=self._glyphs)
        self.lacks = "" if self.grid.rows else "no prefix is watched · w watches the popular prefix under the cursor"
        self.notes = (
            f"rates {picture.when} · trends {picture.span} · share of the bytes of all keys",
            f"rates {picture.when} · trends {picture.span}",
            picture.span,
        )


class PopularList(SlicePanel):
    """Keys or prefixes by popularity."""

    def __init__(self, title: str, about: Slice[T], store: Store, *, id: str, lacks: str) -> None:
        first, *others = KEY_COLUMNS
        self.grid = Grid((replace(first, title="prefix" if id == POPULAR else "key"), *others))
        self._without = lacks
        super().__init__(title, self.grid, about, store, id=id)

    def tell(self, items: tuple[PopularItem, ...], *notes: str) -> None:
        """List the items."""
        self.grid.rows = key_rows(items)
        self.lacks = "" if self.grid.rows else self._without
        self.notes = notes


class PrefixChart(SlicePanel):
    """A chart of one prefix."""

    def __init__(self, title: str, store: Store, *, lean: bool, id: str) -> None:
        self.chart = Chart()
        self.chart.can_focus = True
        self.chart.glyphs = Glyphs.ASCII if lean else Glyphs.BRAILLE
        super().__init__(title, self.chart, store.prefixes, store, id=id)

    def draw(self, plot: Plot | None, series: SeriesSet | None, name: str, seconds: int, refused: str = "") -> None:
        """Draw a prefix, which has a clean `name`, over the window; `refused` is why there is nothing, if so."""
        self.chart.plot = plot
        span = duration(seconds)
        self.lacks = "" if plot else clean(refused, 200) or f"no data in the last {span}"
        if series is not None:
            self.notes = (f"{name} · {span} in buckets of {duration(series.bucket)}".lstrip(" ·"), span)


def to_watch(store: Store) -> PopularList:
    """The popular prefixes that are not watched."""
    lacks = "no popular prefix that is not watched"
    return PopularList("Popular prefixes, not watched", store.popular, store, id=POPULAR, lacks=lacks)
