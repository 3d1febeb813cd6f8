"""The side of the Charts that looks at the store: it asks for what is chosen, and keeps the picture of what came."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mctop.ui.screens.charts.asking import NOTHING, wants
from mctop.ui.screens.charts.picture import Picture
from mctop.ui.screens.framed import FramedScreen

if TYPE_CHECKING:
    from mctop.store.clock import Clock
    from mctop.store.store import SeriesSlice, Store
    from mctop.ui.options import UiOptions
    from mctop.ui.screens.charts.choice import Choice


class PicturedScreen(FramedScreen):
    """Follows the series of what is chosen, and nothing else of them; a subclass draws the picture."""

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self.picture = Picture(store.window.value)
        self._changed = False

    def draw(self) -> None:
        """Draw the picture; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """The window, and the series of what is on."""
        store = self.store
        for one in self.series().values():
            self.when_hidden(partial(one.wanted.set, NOTHING))
        self.follow(store.window, partial(self._see, "window"))
        self.follow(store.ratio_scale, partial(self._see, "scale"))
        self.follow(store.cache.value, partial(self._see, "cache"))
        self.follow(store.stats.value, partial(self._see, "stats"))
        self.follow(store.marks, partial(self._see, "marks"))
        self.follow(store.api, partial(self._see, "api"))
        self.follow(store.recovery, partial(self._see, "recovery"))
        for field, one in self.series().items():
            if one.wanted.value.names:
                self.follow(one.value, partial(self._see, field))

    def series(self) -> dict[str, SeriesSlice]:
        """The slices of series, by the field of the picture, in the order of what is wanted of them."""
        store = self.store
        return {
            "insight": store.insight, "per_server": store.per_server, "latency": store.latency,
            "before": store.insight_before, "per_server_before": store.per_server_before,
            "latency_before": store.latency_before,
        }  # fmt: skip

    def choose(self, choice: Choice) -> None:
        """Draw something else, and follow what that takes."""
        self.picture = replace(self.picture, choice=choice)
        self.on_screen_resume()

    def _see(self, field: str, value: object) -> None:
        """Put a new value into the picture, ask what it calls for, and draw once all that came together is there."""
        self.picture = replace(self.picture, **{field: value})  # type: ignore[arg-type]  # the topics' own types
        if field not in ("cache", "stats", "marks", "recovery"):
            self._ask()
        if not self._changed:
            self._changed = True
            self.call_later(self._draw)

    def _ask(self) -> None:
        picture = self.picture
        asked = wants(picture.choice, picture.window, picture.scale, self.now)
        for one, wanted in zip(self.series().values(), asked, strict=True):
            one.wanted.set(wanted)

    def _draw(self) -> None:
        self._changed = False
        self.draw()
