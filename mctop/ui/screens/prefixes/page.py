"""The page of one watched prefix: its charts, and what is popular under it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mctop.ui.words.popularity import time_slice
from mctop.ui.screens.prefixes.arrangement import HIT, MISSED, MUTATED, RATIO, SHARE, SIZE, TRAFFIC, arrange_page
from mctop.ui.screens.prefixes.facts import facts
from mctop.ui.screens.prefixes.following import PrefixesFollowing
from mctop.ui.screens.prefixes.panels import PopularList, PrefixChart
from mctop.ui.screens.prefixes.plots import hit_rate_plot, share_plot, size_plot, traffic_plot
from mctop.ui.screens.prefixes.summary import Summary

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.api.models.introspection import Prefix
    from mctop.store.clock import Clock
    from mctop.store.health import Health
    from mctop.store.store import Store
    from mctop.store.topic import Topic
    from mctop.ui.options import UiOptions
    from mctop.ui.layout.arrangement import Arrangement
    from mctop.ui.widgets.grid import Grid

CHARTS = (
    (TRAFFIC, "Hits, misses and changes", traffic_plot),
    (RATIO, "Hit rate", hit_rate_plot),
    (SIZE, "Size and keys", size_plot),
    (SHARE, "Share of the cache", share_plot),
)


class PrefixPage(PrefixesFollowing):
    """Everything there is about one prefix."""

    VIEW = "Prefixes"

    def __init__(self, store: Store, clock: Clock, options: UiOptions, prefix: Prefix) -> None:
        super().__init__(store, clock, options, prefix.name)
        self.prefix = prefix
        self._summary = Summary()
        self._charts = tuple(PrefixChart(title, store, lean=options.lean, id=id) for id, title, _ in CHARTS)
        self._lists = tuple(
            PopularList(f"Most {what} keys", store.prefix_items, store, id=id, lacks=f"no key was {what} lately")
            for id, what in ((HIT, "hit"), (MISSED, "missed"), (MUTATED, "mutated"))
        )
        self._lists[-1].graded = "most_mutated_keys"
        self.slice_panels = (*self._charts, *self._lists)

    @property
    def looks_at(self) -> tuple[Topic[Health], ...]:
        """The slices whose failures are told."""
        return (*super().looks_at, self.store.prefix_items.health)

    def compose_panels(self) -> ComposeResult:
        """The numbers, the charts and the lists."""
        yield from (self._summary, *self.slice_panels)

    def follow_more(self) -> None:
        """What is popular under the prefix."""
        items = self.store.prefix_items
        items.prefix.set(self.prefix.id)
        self.when_hidden(partial(items.prefix.set, None))
        self.follow(items.value, partial(self.see, "items"))

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_page(width, height, full)

    def show_picture(self) -> None:
        """Say the numbers, draw the charts, list the keys."""
        read, picture = self.picture.read(), self.picture.windowed()
        now, found = read.find(self.prefix.id), picture.find(self.prefix.id)
        self._summary.facts = (facts(now.series if now else None, read.compound), read.when, now)
        series = found.series if found else None
        for panel, (_, _, plot) in zip(self._charts, CHARTS, strict=True):
            panel.draw(plot(picture, series), series, "", picture.time.seconds)
        self._list()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the page of a key."""
        from mctop.ui.screens.keypage.screen import KeyPage

        self.ways.open_page(KeyPage(self.store, self.clock, self.options, message.key))

    def action_unwatch(self) -> None:
        """Stop watching this prefix."""
        self.ask_to_unwatch(self.prefix)

    def _list(self) -> None:
        held = self.picture.items
        if held is None or held.prefix_id != self.prefix.id:
            return
        items = held.items
        lists = (items.most_hit_keys, items.most_missed_keys, items.most_mutated_keys)
        for panel, keys in zip(self._lists, lists, strict=True):
            panel.tell(keys, time_slice(items))
