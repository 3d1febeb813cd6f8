"""The Charts: follows the series of what is switched on, and draws them over the one window."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from mctop.ui.commands import Where, bindings
from mctop.ui.explain import explain
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.screens.charts import picker
from mctop.ui.screens.charts.arrangement import arrange
from mctop.ui.screens.charts.asking import NOTHING, wants
from mctop.ui.screens.charts.choice import Of
from mctop.ui.screens.charts.groups import GROUPS
from mctop.ui.screens.charts.panels import ChartPanel, PickerGrid, PickerPanel, Readout
from mctop.ui.screens.charts.picture import Picture
from mctop.ui.screens.charts.sheets import Sheet, sheets
from mctop.ui.screens.framed import FramedScreen
from mctop.ui.screens.overview.arrangement import SMALLEST
from mctop.ui.standing import failing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.clock import Clock
    from mctop.store.store import SeriesSlice, Store
    from mctop.ui.options import UiOptions
    from mctop.ui.screens.charts.choice import Choice
    from mctop.ui.screens.overview.arrangement import Arrangement
    from mctop.ui.widgets.grid import Grid


class ChartsScreen(FramedScreen):
    """A chart for each group of stats that has something on, the list of all stats, and the readout."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.CHARTS)]
    VIEW = "Charts"

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._picture = Picture(store.window.value)
        self._drawn: Picture | None = None
        self._sheets: tuple[Sheet | None, ...] = ()
        self._glyphs = Glyphs.ASCII if options.lean else Glyphs.BRAILLE
        self._charts = tuple(ChartPanel(store, id=f"chart{index}") for index in range(len(GROUPS)))
        self._picker = PickerPanel()
        self._readout = Readout()
        self.shown: tuple[ChartPanel, ...] = ()
        self._picking = False
        self._stale = False

    def compose_panels(self) -> ComposeResult:
        """All of them; which are seen, the choice and the size decide."""
        yield from (*self._charts, self._picker, self._readout)

    def follow_topics(self) -> None:
        """The window, and the series of what is on."""
        store = self.store
        for one in self._series().values():
            self.when_hidden(partial(one.wanted.set, NOTHING))
        self.follow(store.window, partial(self._see, "window"))
        self.follow(store.ratio_scale, partial(self._see, "scale"))
        self._ask()
        self.follow(store.cache.value, partial(self._see, "cache"))
        self.follow(store.stats.value, partial(self._see, "stats"))
        self.follow(store.marks, partial(self._see, "marks"))
        for field, one in self._series().items():
            if one.wanted.value.names:
                self.follow(one.value, partial(self._see, field))

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        charts = [str(panel.id) for panel in self.shown]
        return arrange(width, height, charts, full, picking=self._picking or not charts)

    def on_resize(self) -> None:
        """Say why there is nothing to see, if so."""
        self._say()

    def on_descendant_focus(self) -> None:
        """Make room for the list while it has the keys."""
        if self._picking != self._picker.grid.has_focus:
            self._picking = not self._picking
            self.pages.turn(self.pages.page)

    def judge(self, now: float) -> None:
        """Say how honest each chart is, and what to do about what fails."""
        for panel in self.shown:
            panel.judge(now)
        asked = [one for one in self._series().values() if one.wanted.value.names]
        healths = (self.store.stats.health.value, *(one.health.value for one in asked))
        failure = failing(healths, now)
        self.keys.problem = explain(failure) if failure else None

    def action_pick(self) -> None:
        """Go to the list of series, or leave it."""
        self.set_focus(self.pages if self._picker.grid.has_focus else self._picker.grid, scroll_visible=False)

    def action_split(self) -> None:
        """Compare the servers, or go back to the cache."""
        choice = self._picture.choice
        self._choose(choice.of_cache() if choice.of is Of.EACH else choice.of_each())

    def action_before(self) -> None:
        """Draw the day before behind the lines, the week before, or neither."""
        choice = self._picture.choice
        self._choose(replace(choice, earlier=choice.earlier.next))

    def action_glyphs(self) -> None:
        """Draw in braille, in blocks or in ASCII."""
        order = tuple(Glyphs)
        self._glyphs = order[(order.index(self._glyphs) + 1) % len(order)]
        self._show()

    def on_picker_grid_switched(self, message: PickerGrid.Switched) -> None:
        """Switch a series, a group, or what they are of."""
        self._choose(picker.switched(self._picture.choice, message.key))

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Show one alone, or all that were on before."""
        self._choose(picker.only(self._picture.choice, message.key))

    def _series(self) -> dict[str, SeriesSlice]:
        """The slices of series, by the field of the picture, in the order of what is wanted of them."""
        store = self.store
        return {
            "insight": store.insight, "per_server": store.per_server, "latency": store.latency,
            "before": store.insight_before, "per_server_before": store.per_server_before,
            "latency_before": store.latency_before,
        }  # fmt: skip

    def _choose(self, choice: Choice) -> None:
        """Draw something else, and follow what that takes."""
        self._picture = replace(self._picture, choice=choice)
        self.on_screen_resume()

    def _ask(self) -> None:
        picture = self._picture
        asked = wants(picture.choice, picture.window, picture.scale, self.now)
        for one, wanted in zip(self._series().values(), asked, strict=True):
            one.wanted.set(wanted)

    def _see(self, field: str, value: object) -> None:
        """Put a new value into the picture, and show it once all that came together has come."""
        self._picture = replace(self._picture, **{field: value})  # type: ignore[arg-type]  # the topics' own types
        if field in ("window", "scale"):
            self._ask()
        if not self._stale:
            self._stale = True
            self.call_later(self._show)

    def _show(self) -> None:
        self._stale = False
        picture = self._picture
        uncursored = replace(picture, window=replace(picture.window, cursor=None))
        if uncursored != self._drawn:
            self._drawn, self._sheets = uncursored, sheets(uncursored)
        drawn = tuple(sheet and sheet.read_at(picture.window.cursor) for sheet in self._sheets)
        shown = tuple(panel for panel, sheet in zip(self._charts, drawn, strict=True) if sheet is not None)
        for panel, sheet in zip(self._charts, drawn, strict=True):
            if sheet is not None:
                panel.show(sheet, picture, self._glyphs)
        self._readout.sheets = tuple(sheet for sheet in drawn if sheet is not None)
        self._picker.show(picture)
        if shown != self.shown:
            self.shown = shown
            self._say()
            self.pages.turn(self.pages.page)
        self.judge_all()

    def _say(self) -> None:
        width, height = self.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        nothing = "" if self.shown else "nothing is switched on: p, then space"
        self.pages.saying = f"too small: {width}×{height}, needs {SMALLEST[0]}×{SMALLEST[1]}" if small else nothing
