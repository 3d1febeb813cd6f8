"""The Servers view, worked by keys."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from mctop.store.base.health import FailureKind
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.servers.screen import ServerPage, ServersScreen
from tests.ui import samples
from tests.ui.screens.servers import bad_server
from tests.ui.screens.servers.stores import bad_night, farm
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot


@asynccontextmanager
async def showing(stage: Stage, size: tuple[int, int] = (120, 30)) -> AsyncIterator[Pilot[int]]:
    """The view, open."""
    async with stage.app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press("3")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, ServersScreen)
        yield pilot


def text(pilot: Pilot[int]) -> str:
    """What is on the screen."""
    return "\n".join(line.text for line in pilot.app.screen._compositor.render_strips())


async def test_the_server_that_stands_out_is_named_and_comes_first() -> None:
    stage = Stage()
    bad_night(stage.store)
    async with showing(stage) as pilot:
        first = text(pilot).splitlines()
    assert "! mc3 4.2× the median latency since 10:51" in first[1]
    assert "! 4.2× slow" in first[4]


async def test_the_charts_go_with_the_cursor() -> None:
    stage = Stage()
    bad_night(stage.store)
    async with showing(stage) as pilot:
        assert "mc3 · 6h in buckets of 1m" in text(pilot)
        await pilot.press("j")
        await pilot.pause()
        assert "mc1 · 6h in buckets of 1m" in text(pilot)


async def test_enter_opens_the_page_of_the_server_under_the_cursor() -> None:
    stage = Stage()
    bad_night(stage.store)
    async with showing(stage) as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
        await pilot.pause()
        page = pilot.app.screen
        assert isinstance(page, ServerPage)
        assert page.server == samples.SERVERS[0]
        shown = text(pilot)
    for title in ("Latency", "Hit rate and requests", "Memory", "Connections and evictions", "p95"):
        assert title in shown


async def test_the_cursor_stays_on_its_server_when_the_order_changes() -> None:
    stage = Stage()
    samples.fill(stage.store)
    stage.store.latency.value.set(SeriesSet())
    stage.store.per_server.value.set(bad_server.per_server())
    async with showing(stage) as pilot:
        await pilot.press("G")
        stage.store.per_server.value.set(samples.per_server())
        await pilot.pause()
        await pilot.pause()
        assert "mc2 · 6h in buckets of 1m" in text(pilot)


async def test_series_are_asked_for_while_the_view_is_seen_and_the_fractions_while_the_scale_is_not_known() -> None:
    stage = Stage()
    async with showing(stage) as pilot:
        assert "get_fraction" in stage.store.per_server.wanted.value.names
        samples.fill(stage.store)
        await pilot.pause()
        assert stage.store.per_server.wanted.value.names == {
            "hit_rate", "request_rate", "bytes", "max_bytes", "connections", "eviction_rate",
        }  # fmt: skip
        assert stage.store.latency.wanted.value.seconds == samples.WINDOW
        assert stage.store.latency.followed
        assert not stage.store.popular.followed


async def test_before_the_first_answer_and_after_a_refusal_the_view_says_so() -> None:
    stage = Stage()
    async with showing(stage) as pilot:
        assert "waiting for the first sample" in text(pilot)
        samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "no insight for you")
        await pilot.pause()
        assert "not allowed to see this" in text(pilot)


async def test_an_api_that_names_no_server_is_said_to() -> None:
    stage = Stage()
    samples.quiet(stage.store)
    stage.store.cache.value.set(samples.cache().model_copy(update={"servers": ()}))
    async with showing(stage) as pilot:
        assert "the API names no servers" in text(pilot)


async def test_a_hundred_servers_stay_fluid() -> None:
    stage = Stage()
    farm(stage.store, 100)
    async with showing(stage, (160, 48)) as pilot:
        took: list[float] = []
        for _ in range(30):
            began = time.process_time()
            await pilot.press("j")
            took.append(time.process_time() - began)
    assert sorted(took)[28] < 0.5, "a key took ten times as long as it may"


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (160, 48)])
async def test_every_size_shows_the_worst_server_its_state_and_its_latency(size: tuple[int, int]) -> None:
    stage = Stage()
    bad_night(stage.store)
    async with showing(stage, size) as pilot:
        line = next(line for line in text(pilot).splitlines() if "4.2× slow" in line)
    assert "mc3" in line
    assert "1.69 ms" in line
