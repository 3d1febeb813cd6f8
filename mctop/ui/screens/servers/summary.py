"""What one server does now, in two lines."""

from __future__ import annotations

from textual.reactive import var

from mctop.ui.format import count, duration, latency, percent, rate, size
from mctop.ui.renderables.runs import Run
from mctop.ui.screens.numbers import fitting, named
from mctop.ui.screens.servers.arrangement import STANDING_OUT
from mctop.ui.screens.servers.facts import Past, Pasts, Present
from mctop.ui.screens.servers.trouble import trouble
from mctop.ui.widgets.lines import Lines


class Summary(Lines):
    """The state and the numbers of one server; those that have no room are left out."""

    facts: var[tuple[str, Present, Pasts, int] | None] = var(None)

    def __init__(self) -> None:
        super().__init__(id=STANDING_OUT)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Now, and the latency over the window."""
        return () if self.facts is None else summary(*self.facts, width)

    def watch_facts(self) -> None:
        """Show other numbers."""
        self.redraw()


def summary(server: str, now: Present, pasts: Pasts, window: int, width: int) -> tuple[tuple[Run, ...], ...]:
    """The lines at `width` columns; `window` is in seconds."""
    state = trouble(server, now, pasts).badge
    spread = dict(pasts.servers).get(server, Past()).spread
    first = (
        (Run(state.text, state.tone),),
        named("hit rate", percent(now.hit_rate)),
        named("requests", rate(now.requests)),
        named("memory", size(now.used)),
        named("connections", count(now.connections)),
        named("evicted", rate(now.evictions)),
    )
    second = (
        named("latency", latency(now.latency)),
        named("p50", latency(spread.p50 if spread else None)),
        named("p95", latency(spread.p95 if spread else None)),
        named("max", latency(spread.greatest if spread else None)),
        (Run(f"over {duration(window)}", "muted"),),
    )
    return fitting(first, width), fitting(second, width)
