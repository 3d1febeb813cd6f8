"""The screen of the Charts: asks for the series of the stats that are on, and draws them."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from mctop.store.base.window import MINUTE
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.series.series_set import Wanted
from mctop.ui.layout.bands import SMALLEST
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.charts.drawings import drawings
from mctop.ui.screens.charts.panels import ChartPanel, PickerGrid, PickerPanel, Readout, arrange, only, switched
from mctop.ui.screens.charts.picture import ChartsChoice, ChartsPicture, Of
from mctop.ui.stats import GROUPS, LATENCY, STATS
from mctop.ui.words.freshness_text import explain, failing
from mctop.ui.words.runs import Glyphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.base.topic import Topic
    from mctop.store.base.window import TimeWindow
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import SeriesSlice, Store
    from mctop.ui.layout.bands import Arrangement
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.screens.charts.drawings import Drawing
    from mctop.ui.widgets.grid import Grid

    Update = Callable[[ChartsPicture, SeriesSet | None], ChartsPicture]

T = TypeVar("T")


STEPS = 144
"""Steps in which a window passes by its own length: so often a ghost is asked for anew. Of 24 h, every ten minutes."""
NOTHING = Wanted()


class ChartsWanted(NamedTuple):
    """The series of the cache, of each server, and of latency that are wanted: now, and in the window before."""

    insight: Wanted = NOTHING
    per_server: Wanted = NOTHING
    latency: Wanted = NOTHING
    before: Wanted = NOTHING
    per_server_before: Wanted = NOTHING
    latency_before: Wanted = NOTHING


def wants(choice: ChartsChoice, window: TimeWindow, scale: RatioScale, now: float) -> ChartsWanted:
    """What is wanted at server time `now`, epoch seconds; a ghost moves on in steps, so that it is not always asked."""
    stats = choice.on - {LATENCY.id}
    ratios = any(STATS[stat].is_ratio for stat in stats)
    names = stats | FRACTIONS if ratios and scale is RatioScale.UNKNOWN else stats
    probes = choice.on & {LATENCY.id}
    mine, probed = Wanted(names, window.seconds, window.end), Wanted(probes, window.seconds, window.end)
    earlier, earlier_probed = NOTHING, NOTHING
    if by := choice.earlier.value:
        step = max(MINUTE, window.seconds // STEPS)
        end = math.ceil(window.until(now) / step) * step - by
        earlier, earlier_probed = Wanted(stats, window.seconds, end), Wanted(probes, window.seconds, end)
    of_cache = choice.of is Of.CACHE
    return ChartsWanted(
        insight=mine if of_cache and names else NOTHING,
        per_server=NOTHING if of_cache or not names else mine,
        latency=probed if probes else NOTHING,
        before=earlier if of_cache and stats else NOTHING,
        per_server_before=earlier if choice.of is Of.SERVER and stats else NOTHING,
        latency_before=earlier_probed if choice.of is Of.SERVER and probes else NOTHING,
    )


class PicturedScreen(FramedScreen):
    """Follows the series of what is chosen, and nothing else of them; a subclass draws the picture."""

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self.picture = ChartsPicture(store.window.value)
        self._changed = False

    def draw(self) -> None:
        """Draw the picture; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """The window, and the series of what is on."""
        store = self.store
        for slice_, _ in self.series():
            self.when_hidden(partial(slice_.wanted.set, NOTHING))
        self._draw_with(store.window, lambda picture, window: replace(picture, window=window), asks=True)
        self._draw_with(store.ratio_scale, lambda picture, scale: replace(picture, scale=scale), asks=True)
        self._draw_with(store.cache.value, lambda picture, cache: replace(picture, cache=cache))
        self._draw_with(store.stats.value, lambda picture, stats: replace(picture, stats=stats))
        self._draw_with(store.marks, lambda picture, marks: replace(picture, marks=marks))
        self._draw_with(store.api, lambda picture, api: replace(picture, api=api), asks=True)
        self._draw_with(store.recovery, lambda picture, recovery: replace(picture, recovery=recovery))
        for slice_, update in self.series():
            if slice_.wanted.value.names:
                self._draw_with(slice_.value, update, asks=True)

    def series(self) -> tuple[tuple[SeriesSlice, Update], ...]:
        """The slices of series, in the order of `ChartsWanted`, each with what puts its value into the picture."""
        store = self.store
        return (
            (store.insight, lambda picture, series: replace(picture, insight=series)),
            (store.per_server, lambda picture, series: replace(picture, per_server=series)),
            (store.latency, lambda picture, series: replace(picture, latency=series)),
            (store.insight_before, lambda picture, series: replace(picture, before=series)),
            (store.per_server_before, lambda picture, series: replace(picture, per_server_before=series)),
            (store.latency_before, lambda picture, series: replace(picture, latency_before=series)),
        )

    def choose(self, choice: ChartsChoice) -> None:
        """Draw something else, and follow what that takes."""
        self.picture = replace(self.picture, choice=choice)
        self.on_screen_resume()

    def _draw_with(
        self, topic: Topic[T], update: Callable[[ChartsPicture, T], ChartsPicture], *, asks: bool = False
    ) -> None:
        """Put each value of a topic into the picture, and draw once all that came together is there.

        `asks` is whether it is looked again at what is wanted: with each new series a ghost may have to move on.
        """

        def show(value: T) -> None:
            self.picture = update(self.picture, value)
            if asks:
                self._ask()
            if not self._changed:
                self._changed = True
                self.call_later(self._draw)

        self.follow(topic, show)

    def _ask(self) -> None:
        picture = self.picture
        asked = wants(picture.choice, picture.window, picture.scale, self.now)
        for (slice_, _), wanted in zip(self.series(), asked, strict=True):
            slice_.wanted.set(wanted)

    def _draw(self) -> None:
        self._changed = False
        self.draw()


class ChartsScreen(PicturedScreen):
    """A chart for each group of stats that has something on, the list of all stats, and the readout.

    `shown` are the charts that have something to draw.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.CHARTS)]
    VIEW = "Charts"

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self.glyphs = Glyphs.BRAILLE
        self.shown: tuple[ChartPanel, ...] = ()
        self._charts = tuple(ChartPanel(store, id=f"chart{index}") for index in range(len(GROUPS)))
        self._picker = PickerPanel()
        self._readout = Readout()
        self._picking = False
        self._drawn: ChartsPicture | None = None
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
            self.picture = replace(self.picture, choice=choice.of_cache() if choice.of is Of.SERVER else choice)
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
        asked = [slice_ for slice_, _ in self.series() if slice_.wanted.value.names]
        healths = (self.store.stats.health.value, *(slice_.health.value for slice_ in asked))
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
