"""Whatever text the API sends, the whole Overview shows it without one control character."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mctop.api.models.alerts import Alert
from mctop.api.models.introspection import PopularItem
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.base.health import FailureKind
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.counters.live_rates import ServerNow
from mctop.store.log.tail import Entry, Gap, GapEntry, LogTail
from tests.hostile.sinks import HOSTILE
from tests.ui import samples

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from mctop.api.models.series import Series
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import Store
    from tests.ui.stage import Stage

EVIL = (
    "\x1b[2J" + HOSTILE,
    "\u202egnp.txe",
    "[bold]no markup[/] [@click=app.quit]x[/]",
    "a\nb\r\tc\x00",
    "\x9b6n" * 500,
)
WALK = ("tab", "tab", "down", "G", "f", "escape", "pagedown", "tab", "f", "escape", "question_mark", "escape")
"""Keys that show every panel, each page, one panel in full, and the help."""


def hostile_servers(found: SeriesSet | None) -> SeriesSet:
    """The same series, of servers with hostile names."""
    assert found is not None
    names = dict(zip(found.servers(), EVIL, strict=False))

    def renamed(one: Series) -> Series:
        return one if one.server is None else one.model_copy(update={"server": names[one.server]})

    return replace(found, series=tuple(map(renamed, found.series)))


def fill(store: Store) -> None:
    """Put hostile text in every place that the API can put text in."""
    samples.fill(store)
    store.cache.value.set(samples.cache().model_copy(update={"label": EVIL[0], "name": EVIL[1], "servers": EVIL}))
    stats = samples.stats()
    store.stats.value.set(
        replace(stats, servers=tuple(ServerNow(name, stats.counters, samples.rates()) for name in EVIL))
    )
    store.per_server.value.set(hostile_servers(samples.per_server()))
    store.latency.value.set(hostile_servers(samples.latency()))
    items = tuple(PopularItem(name=name, popularity=9 - index) for index, name in enumerate(EVIL))
    store.popular.value.set(
        samples.popular().model_copy(update={"most_hit_keys": items, "most_missed_keys": items[::-1]})
    )
    lines = tuple(
        Entry(serial, samples.NOON, name, samples.NOON, name, name, name, 0) for serial, name in enumerate(EVIL)
    )
    gap = Gap(EVIL[0], samples.NOON - 4, samples.NOON, None)
    store.log.value.set(LogTail((*lines, GapEntry(len(lines), gap.end, gap))))
    store.alerts.value.set(
        tuple(
            AlertOutlook(Alert(id=n, trigger_type=name, trigger_threshold=5, enabled=True, description=name), 7.0, True)
            for n, name in enumerate(EVIL)
        )
    )
    store.marks.set((Mark(samples.LAST - 600, MarkKind.SERVERS, EVIL[0]),))


async def walk(stage: Stage, pilot: Pilot[int]) -> None:
    """See everything."""
    await pilot.pause()
    for key in WALK:
        await pilot.press(key)
        await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_hostile_data_reaches_no_frame(stage: Stage, size: tuple[int, int]) -> None:
    fill(stage.store)
    async with stage.app.run_test(size=size) as pilot:
        await walk(stage, pilot)
        assert "^[[2J" in stage.app.export_screenshot()
        assert stage.app.frame_filter.hits == 0


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
@pytest.mark.parametrize("since", [None, 72.0])
async def test_hostile_words_of_a_refusal_reach_no_frame(
    stage: Stage, size: tuple[int, int], since: float | None
) -> None:
    if since is not None:
        fill(stage.store)
    samples.fail(stage.store, FailureKind.SERVER_FAULT, 502, EVIL[0], since=since)
    stage.store.connecting.set(EVIL[0])
    async with stage.app.run_test(size=size) as pilot:
        await walk(stage, pilot)
        assert stage.app.is_running
        assert stage.app.frame_filter.hits == 0
