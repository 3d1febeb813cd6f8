"""A panel is as honest as the oldest of what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import pytest

from mctop.store.counters.live_rates import ServerNow
from mctop.ui.screens.overview.arrangement import ALERTS, SERVERS
from mctop.ui.widgets.panel import Panel
from tests.ui import samples
from tests.ui.stage import ready

if TYPE_CHECKING:
    from mctop.store.store import Slice
    from tests.ui.stage import Stage

T = TypeVar("T")


def make_stale(slice_: Slice[T]) -> None:
    """Let the newest sample be a minute too old."""
    health = slice_.health.value
    slice_.health.set(replace(health, last_good=samples.STARTED - 60 - health.every, due=samples.STARTED - 60))


async def badges(stage: Stage) -> dict[str, str]:
    """What the panels say about themselves."""
    async with stage.app.run_test(size=(160, 48)) as pilot:
        await ready(pilot)
        panels = stage.overview.query(Panel)
        return {str(panel.id): panel.badge.word.split()[0] for panel in panels if panel.badge}


async def test_alerts_judged_by_old_counters_are_stale(stage: Stage) -> None:
    samples.fill(stage.store)
    make_stale(stage.store.stats)
    assert await badges(stage) == {ALERTS: "STALE"}


async def test_no_alert_is_not_stale_because_counters_are(stage: Stage) -> None:
    samples.fill(stage.store)
    stage.store.alerts.value.set(())
    make_stale(stage.store.stats)
    assert await badges(stage) == {}


async def test_servers_with_old_latencies_are_stale(stage: Stage) -> None:
    samples.fill(stage.store)
    make_stale(stage.store.latency)
    assert await badges(stage) == {SERVERS: "STALE"}


@pytest.mark.parametrize(("stale", "said"), [("stats", "STALE"), ("per_server", None)])
async def test_servers_are_as_fresh_as_the_counters_they_are_told_by(
    stage: Stage, stale: str, said: str | None
) -> None:
    samples.fill(stage.store)
    stats = samples.stats()
    servers = tuple(ServerNow(name, stats.counters, samples.rates()) for name in samples.SERVERS)
    stage.store.stats.value.set(replace(stats, servers=servers))
    make_stale(getattr(stage.store, stale))
    assert (await badges(stage)).get(SERVERS) == said
