"""The Servers: the worst first, which one stands out, and what the one under the cursor does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.grades import trouble
from mctop.ui.screens.servers.arrangement import HITS, LATENCY, SERVERS, arrange_servers
from mctop.ui.screens.servers.facts import present
from mctop.ui.screens.servers.panels import ServerChart, ServerTable, StandingOut
from mctop.ui.screens.servers.perserver import PerServerScreen
from mctop.ui.screens.servers.plots import hits_plot, latency_plot

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.options import UiOptions
    from mctop.ui.layout.arrangement import Arrangement
    from mctop.ui.widgets.grid import Grid


class ServersScreen(PerServerScreen):
    """A table of every server, and charts of one."""

    VIEW = "Servers"
    HOME = SERVERS

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        lean = options.lean
        self._out = StandingOut()
        self._table = ServerTable(store, lean=lean)
        self._latency = ServerChart("Latency", store.latency, store, lean=lean, id=LATENCY)
        self._hits = ServerChart("Hit rate and requests", store.per_server, store, lean=lean, id=HITS)
        self.slice_panels = (self._table, self._latency, self._hits)

    def compose_panels(self) -> ComposeResult:
        """What stands out, the table, the charts."""
        yield from (self._out, *self.slice_panels)

    def on_mount(self) -> None:
        """The charts go with the cursor."""
        self.watch(self._table.grid, "cursor", self._go_along, init=False)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_servers(width, height, len(self._table.grid.rows), full)

    def show_picture(self, changed: set[str]) -> None:
        """List the servers; draw the one under the cursor."""
        count = len(self._table.grid.rows)
        self._out.tell(self.picture.read(), self.pasts)
        self._table.tell(self.picture, present(self.picture.read()), self.pasts)
        if changed != {"stats"}:
            self._draw()
        if len(self._table.grid.rows) != count:
            self.pages.turn(self.pages.page)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the page of a server."""
        from mctop.ui.screens.servers.page import ServerPage

        name = self.short_name(message.key)
        self.ways.open_page(ServerPage(self.store, self.clock, self.options, message.key, name))

    def _go_along(self) -> None:
        self._draw()
        self.judge_all()

    def _draw(self) -> None:
        picture, server = self.picture.windowed(), self._table.server or ""
        told = (self.short_name(server), picture.time.seconds, trouble(picture.cache, server))
        self._latency.draw(latency_plot(picture, server, self.typical), picture.latency, *told)
        self._hits.draw(hits_plot(picture, server), picture.per_server, *told)
