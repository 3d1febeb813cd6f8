"""The Charts: every series that is switched on, over the one window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from mctop.ui.commands import Where, bindings
from mctop.ui.explain import explain
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.screens.charts.picker import only, switched
from mctop.ui.screens.charts.arrangement import arrange
from mctop.ui.screens.charts.choice import Of
from mctop.ui.screens.charts.drawings import drawings
from mctop.ui.screens.charts.groups import GROUPS
from mctop.ui.screens.charts.panels import ChartPanel, PickerGrid, PickerPanel, Readout
from mctop.ui.screens.charts.pictured import PicturedScreen
from mctop.ui.layout.arrangement import SMALLEST
from mctop.ui.standing import failing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.options import UiOptions
    from mctop.ui.screens.charts.drawings import Drawing
    from mctop.ui.screens.charts.picture import Picture
    from mctop.ui.screens.framed import FramedScreen
    from mctop.ui.layout.arrangement import Arrangement
    from mctop.ui.widgets.grid import Grid


class ChartsScreen(PicturedScreen):
    """A chart for each group of stats that has something on, the list of all stats, and the readout.

    `shown` are the charts that have something to draw.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.CHARTS)]
    VIEW = "Charts"

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self.glyphs = Glyphs.ASCII if options.lean else Glyphs.BRAILLE
        self.shown: tuple[ChartPanel, ...] = ()
        self._charts = tuple(ChartPanel(store, id=f"chart{index}") for index in range(len(GROUPS)))
        self._picker = PickerPanel()
        self._readout = Readout()
        self._picking = False
        self._drawn: Picture | None = None
        self._drawings: tuple[Drawing | None, ...] = ()

    def compose_panels(self) -> ComposeResult:
        """All of them; which are seen, the choice and the size decide."""
        yield from (*self._charts, self._picker, self._readout)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        charts = [str(panel.id) for panel in self.shown]
        return arrange(width, height, charts, full, picking=self._picking or not charts)

    def adopt(self, other: FramedScreen) -> None:
        """Draw the same of this cache, unless it was one server's."""
        super().adopt(other)
        if isinstance(other, ChartsScreen):
            choice = other.picture.choice
            self.picture = replace(self.picture, choice=choice.of_cache() if choice.of is Of.ONE else choice)
            self.glyphs = other.glyphs

    def draw(self) -> None:
        """Draw every chart; while only the cursor moves, the lines stay what they are."""
        picture = self.picture
        uncursored = replace(picture, window=replace(picture.window, cursor=None))
        if uncursored != self._drawn:
            self._drawn, self._drawings = uncursored, drawings(uncursored)
        pairs = [
            (panel, drawing.read_at(picture.window.cursor))
            for panel, drawing in zip(self._charts, self._drawings, strict=True)
            if drawing is not None
        ]
        for panel, drawing in pairs:
            panel.show(drawing, picture, self.glyphs)
        self._readout.api = picture.api
        self._readout.drawings = tuple(drawing for _, drawing in pairs)
        self._picker.show(picture)
        shown = tuple(panel for panel, _ in pairs)
        if shown != self.shown:
            self.shown = shown
            self.on_resize()
            self.pages.turn(self.pages.page)
        self.judge_all()

    def judge(self, now: float) -> None:
        """Say how honest each chart is, and what to do about what fails."""
        for panel in self.shown:
            panel.judge(now)
        asked = [one for one in self.series().values() if one.wanted.value.names]
        healths = (self.store.stats.health.value, *(one.health.value for one in asked))
        failure = failing(healths, now)
        self.keys.problem = explain(failure) if failure else None

    def on_resize(self) -> None:
        """Say why there is nothing to see, if so."""
        width, height = self.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        nothing = "" if self.picture.choice.on else "nothing is switched on: p, then space"
        self.pages.saying = f"too small: {width}×{height}, needs {SMALLEST[0]}×{SMALLEST[1]}" if small else nothing

    def on_descendant_focus(self) -> None:
        """Make room for the list while it has the keys."""
        if self._picking != self._picker.grid.has_focus:
            self._picking = not self._picking
            self.pages.turn(self.pages.page)

    def on_picker_grid_switched(self, message: PickerGrid.Switched) -> None:
        """Switch a series, a group, or what they are of."""
        self.choose(switched(self.picture.choice, message.key))

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Show one alone, or all that were on before."""
        self.choose(only(self.picture.choice, message.key))

    def action_pick(self) -> None:
        """Go to the list of series, or leave it."""
        self.set_focus(self.pages if self._picker.grid.has_focus else self._picker.grid, scroll_visible=False)

    def action_split(self) -> None:
        """Compare the servers, or go back to the cache."""
        choice = self.picture.choice
        self.choose(choice.of_cache() if choice.of is Of.EACH else choice.of_each())

    def action_before(self) -> None:
        """Draw the day before behind the lines, the week before, or neither."""
        choice = self.picture.choice
        self.choose(replace(choice, earlier=choice.earlier.next))

    def action_glyphs(self) -> None:
        """Draw in braille, in blocks or in ASCII."""
        order = tuple(Glyphs)
        self.glyphs = order[(order.index(self.glyphs) + 1) % len(order)]
        self.draw()
