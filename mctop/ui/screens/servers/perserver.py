"""The base of the screens about servers: follows what there is per server, shows together what comes together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mctop.store.ratio import FRACTIONS, RatioScale
from mctop.store.seriesset import Wanted
from mctop.store.window import HOUR
from mctop.ui.explain import explain
from mctop.ui.screens.framed import FramedScreen
from mctop.ui.screens.servers.facts import Pasts, outliers, pasts
from mctop.ui.screens.servers.names import short_names
from mctop.ui.screens.servers.picture import DURATION, STATS, ServersPicture
from mctop.ui.screens.servers.plots import typical_latency
from mctop.ui.standing import failing
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.store.window import TimeWindow
    from mctop.ui.options import UiOptions
    from mctop.ui.renderables.plot import Line
    from mctop.ui.widgets.slicepanel import SlicePanel

LEAST = HOUR
"""Seconds that series reach back at least, to tell since when a server stands out."""
OF_THE_PAST = frozenset({"cache", "per_server", "latency", "scale"})
"""Fields of the picture that change what is known of the window."""


class PerServerScreen(FramedScreen):
    """A subclass says which `slice_panels` it has, and shows the picture."""

    slice_panels: tuple[SlicePanel, ...] = ()

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__(store, clock, options, page)
        self.picture = ServersPicture()
        self.pasts = Pasts()
        self.typical: Line | None = None
        self._changed: set[str] = set()
        self._shown: TimeWindow | None = None

    def show_picture(self, changed: set[str]) -> None:
        """Show the picture, in which these fields have changed; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """Everything there is per server, and the time."""
        store = self.store
        self._changed.add("time")  # nothing is shown before all is known that is known already
        self.when_hidden(partial(store.per_server.wanted.set, Wanted()))
        self.when_hidden(partial(store.latency.wanted.set, Wanted()))
        self.follow(store.window, self._want)
        self.follow(store.ratio_scale, self._want)
        self.follow(store.window, partial(self._see, "time"))
        self.follow(store.ratio_scale, partial(self._see, "scale"))
        self.follow(store.cache.value, partial(self._see, "cache"))
        self.follow(store.stats.value, partial(self._see, "stats"))
        self.follow(store.per_server.value, partial(self._see, "per_server"))
        self.follow(store.latency.value, partial(self._see, "latency"))
        self.follow(store.marks, partial(self._see, "marks"))
        self._show()

    def judge(self, now: float) -> None:
        """Say how honest each panel is, and what to do about what fails."""
        for panel in self.slice_panels:
            panel.judge(now)
        slices = (self.store.stats, self.store.per_server, self.store.latency)
        failure = failing((one.health.value for one in slices), now)
        self.keys.problem = explain(failure) if failure else None

    def short_name(self, server: str) -> Clean:
        """What a server is called where there is little room."""
        return clean(short_names(tuple(one for one, _ in self.pasts.servers)).get(server, server), 40)

    def _want(self, changed: object) -> None:
        """Ask for what is shown; the fractions only tell the scale, and a hundred servers have a hundred of each."""
        store, window = self.store, self.store.window.value
        names = STATS | FRACTIONS if store.ratio_scale.value is RatioScale.UNKNOWN else STATS
        seconds = max(window.seconds, LEAST)
        store.per_server.wanted.set(Wanted(names, seconds, window.end))
        store.latency.wanted.set(Wanted(frozenset({DURATION}), seconds, window.end))

    def _see(self, field: str, value: object) -> None:
        """Put a new value into the picture, and show it once all that came together has come."""
        self.picture = replace(self.picture, **{field: value})  # type: ignore[arg-type]  # the topics' own types
        if not self._changed:
            self.call_later(self._show)
        self._changed.add(field)

    def _show(self) -> None:
        changed, self._changed = self._changed, set()
        if not changed:
            return
        picture, shown = self.picture, replace(self.picture.time, cursor=None)
        moved, self._shown = shown != self._shown, shown
        if moved or changed & OF_THE_PAST:
            self.pasts = pasts(picture)
        elif "time" in changed:
            self.pasts = outliers(self.pasts, picture)
        if moved or "latency" in changed:
            self.typical = typical_latency(picture.windowed())
        self.show_picture(changed)
        self.judge_all()
