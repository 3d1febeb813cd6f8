"""The page of one server: its latency, hit rate, memory and connections over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.grades import trouble
from mctop.ui.screens.servers.arrangement import CONNECTIONS, HITS, LATENCY, MEMORY, arrange_page
from mctop.ui.screens.servers.facts import Present, present
from mctop.ui.screens.servers.panels import ServerChart
from mctop.ui.screens.servers.perserver import PerServerScreen
from mctop.ui.screens.servers.plots import connections_plot, hits_plot, latency_plot, memory_plot
from mctop.ui.screens.servers.summary import Summary

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.options import UiOptions
    from mctop.ui.layout.arrangement import Arrangement


class ServerPage(PerServerScreen):
    """Everything there is about one server, which stays the same whatever moves in the table it was opened from."""

    VIEW = "Servers"

    def __init__(self, store: Store, clock: Clock, options: UiOptions, server: str, name: str) -> None:
        super().__init__(store, clock, options, name)
        lean, series = options.lean, store.per_server
        self.server = server
        self._summary = Summary()
        self._latency = ServerChart("Latency", store.latency, store, lean=lean, id=LATENCY)
        self._hits = ServerChart("Hit rate and requests", series, store, lean=lean, id=HITS)
        self._memory = ServerChart("Memory", series, store, lean=lean, id=MEMORY)
        self._connections = ServerChart("Connections and evictions", series, store, lean=lean, id=CONNECTIONS)
        self.slice_panels = (self._latency, self._hits, self._memory, self._connections)

    def compose_panels(self) -> ComposeResult:
        """The numbers, and the charts."""
        yield from (self._summary, *self.slice_panels)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_page(width, height, full)

    def show_picture(self, changed: set[str]) -> None:
        """Say the numbers; draw every chart."""
        picture, server = self.picture.windowed(), self.server
        now = present(self.picture.read()).get(server, Present())
        self._summary.facts = (server, now, self.pasts, picture.time.seconds)
        if changed == {"stats"}:
            return
        told = ("", picture.time.seconds, trouble(picture.cache, server))
        self._latency.draw(latency_plot(picture, server, self.typical), picture.latency, *told)
        self._hits.draw(hits_plot(picture, server), picture.per_server, *told)
        self._memory.draw(memory_plot(picture, server), picture.per_server, *told)
        self._connections.draw(connections_plot(picture, server), picture.per_server, *told)
