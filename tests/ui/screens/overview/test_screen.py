"""The Overview as a person uses it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from textual.screen import Screen

from mctop.api.models.cache import CacheInfo
from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.store.base.health import FailureKind
from mctop.store.base.window import TimeWindow
from mctop.store.series.series_set import Wanted
from mctop.ui.screens.overview.arrangement import HIT, LOG, SERVERS
from mctop.ui.widgets.card import Card
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.key_line import KeyLine
from mctop.ui.widgets.pages import panel_around
from mctop.ui.widgets.panel import Panel
from mctop.ui.widgets.top_line import TopLine
from tests.ui import samples
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.widget import Widget

PAGES = (80, 24)


def grid(stage: Stage, panel: str) -> Grid:
    """The table of a panel."""
    return stage.overview.query_one(f"#{panel}", Panel).query_one(Grid)


def holder(widget: Widget | None) -> str | None:
    """The panel that a widget is in."""
    panel = panel_around(widget)
    return panel.id if panel else None


def first_value(stage: Stage) -> str | None:
    """What the hit rate says."""
    face = stage.overview.query(Card).first().face
    return face.value if face else None


def noted_repaints(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The kinds of widgets that ask to be repainted from now on."""
    noted: set[str] = set()

    def note(name: str, *_: object, **__: object) -> None:
        noted.add(name)

    for widget in stage.overview.walk_children():
        monkeypatch.setattr(widget, "refresh", partial(note, type(widget).__name__))
    return noted


async def passed(stage: Stage, pilot: Pilot[int], seconds: float) -> None:
    """Let time pass, and the screen see it."""
    stage.clock.passed += seconds
    stage.overview.frame.tick()
    await pilot.pause()


async def test_what_arrives_is_shown(stage: Stage) -> None:
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        assert first_value(stage) == "–"
        samples.fill(stage.store)
        await pilot.pause()
        assert first_value(stage) == "93.4 %"
        assert [row.key for row in grid(stage, SERVERS).rows] == list(samples.SERVERS)
        assert stage.overview.query_one(TopLine).standing.badge.text == "● LIVE 2s"


async def test_series_are_wanted_while_they_are_seen_and_reach_two_hours_back_at_least(stage: Stage) -> None:
    stage.store.window.set(TimeWindow(3_600))
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        wanted = stage.store.insight.wanted.value
        assert wanted.seconds == 7_200
        assert {"hit_rate", "bytes", "get_fraction", "flush_fraction"} <= wanted.names
        assert {"hit_rate", "set_fraction"} <= stage.store.per_server.wanted.value.names
        stage.app.push_screen(Screen())
        await pilot.pause()
        assert stage.store.insight.wanted.value == Wanted()


async def test_beneath_another_view_nothing_is_followed_and_beneath_a_modal_everything_is(stage: Stage) -> None:
    store = stage.store
    shown = (store.insight, store.per_server, store.latency, store.popular, store.log, store.alerts)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        assert all(one.followed for one in shown)
        await pilot.press("question_mark")
        assert all(one.followed for one in shown)
        await pilot.press("escape")
        stage.app.push_screen(Screen())
        await pilot.pause()
        assert not any(one.followed for one in shown)


async def test_a_frozen_picture_stands_still_while_collection_goes_on_and_then_catches_up(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("space")
        stage.store.stats.value.set(samples.stats(hit_rate=0.5))
        stage.store.stats.value.set(samples.stats(hit_rate=0.25))
        await passed(stage, pilot, 42)
        assert first_value(stage) == "93.4 %"
        assert stage.overview.query_one(TopLine).standing.badge.text == "❚❚ FROZEN 42s"
        await pilot.press("space")
        assert first_value(stage) == "25.0 %"
        assert "FROZEN" not in stage.overview.query_one(TopLine).standing.badge.text


async def test_a_panel_that_missed_its_poll_says_stale_and_keeps_what_it_shows(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await passed(stage, pilot, 40)
        hit = stage.overview.query_one(f"#{HIT}", Panel)
        assert hit.badge is not None
        assert hit.badge.text == "◐ STALE 42s"
        assert grid(stage, HIT).rows
        assert hit.notice is None


async def test_only_the_panel_whose_endpoint_fails_says_so(stage: Stage) -> None:
    samples.fill(stage.store)
    broken = Stage()
    samples.fail(broken.store, FailureKind.FORBIDDEN, 403, "no", since=None)
    stage.store.log.value.set(None)
    stage.store.log.health.set(broken.store.log.health.value)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        notices = {panel.id: panel.notice for panel in stage.overview.query(Panel)}
        assert [name for name, notice in notices.items() if notice] == [LOG]
        refused = notices[LOG]
        assert refused is not None
        assert refused.what == "403: not on this plan"


async def test_what_fails_with_data_on_screen_is_explained_in_the_last_line(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        samples.fail(stage.store, FailureKind.UNREACHABLE, None, "Name or service not known", since=42)
        await pilot.pause()
        problem = stage.overview.query_one(KeyLine).problem
        assert problem is not None
        assert problem.what == "cannot reach the API"
        top = stage.overview.query_one(TopLine).standing
        assert (top.badge.text, top.retry) == ("○ OFFLINE 42s", "next try 4s · r now")
        await passed(stage, pilot, 1)
        assert stage.overview.query_one(TopLine).standing.retry == "next try 3s · r now"
        samples.live(stage.store)
        await pilot.pause()
        assert stage.overview.query_one(KeyLine).problem is None


async def test_tab_goes_from_panel_to_panel_and_turns_the_page(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=PAGES) as pilot:
        await ready(pilot)
        seen = []
        for _ in range(7):
            await pilot.press("tab")
            seen.append((holder(stage.app.focused), stage.overview.pages.page))
        assert seen == [
            ("chart", 0), ("servers", 0), ("hit", 0), ("missed", 1), ("alerts", 1), ("log", 1), ("chart", 0),
        ]  # fmt: skip
        await pilot.press("shift+tab")
        assert holder(stage.app.focused) == "log"


async def test_pages_are_turned_and_a_panel_left_behind_loses_the_keys(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=PAGES) as pilot:
        await ready(pilot)
        await pilot.press("tab", "pagedown")
        assert stage.overview.pages.page == 1
        assert holder(stage.app.focused) is None
        assert grid(stage, LOG).region.height > 0
        await pilot.press("pagedown", "pageup")
        assert stage.overview.pages.page == 0


async def test_a_larger_terminal_brings_everything_back_to_one_page(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=PAGES) as pilot:
        await ready(pilot)
        await pilot.press("pagedown")
        await pilot.resize_terminal(160, 48)
        await pilot.pause()
        assert stage.overview.pages.page == 0
        assert stage.overview.pages.turned == (0, 1)


async def test_f_gives_the_panel_with_the_keys_the_whole_screen_and_takes_it_back(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=PAGES) as pilot:
        await ready(pilot)
        before = grid(stage, SERVERS).region
        await pilot.press("tab", "tab", "f")
        await pilot.pause()
        assert grid(stage, SERVERS).region.size == (78, 21)
        await pilot.press("tab")
        await pilot.pause()
        assert grid(stage, HIT).region.size == (78, 21)
        await pilot.press("escape")
        await pilot.pause()
        assert grid(stage, SERVERS).region == before


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (39, 10), (40, 9), (40, 10), (72, 11), (300, 90)])
async def test_no_size_is_too_much(stage: Stage, size: tuple[int, int]) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=size) as pilot:
        await ready(pilot)
        too_small = "too small" in stage.overview.pages.saying
        assert too_small is (size[0] < 40 or size[1] < 10)
        await pilot.press("tab", "f", "pagedown", "escape", "space")


async def test_hostile_names_reach_the_screen_in_visible_escapes(stage: Stage) -> None:
    evil = "\x1b]0;owned\x07\u202e[/b]"
    samples.fill(stage.store)
    stage.store.cache.value.set(CacheInfo(id=1, label=evil, servers=(evil,)))
    stage.store.popular.value.set(PopularItems(most_hit_keys=(PopularItem(name=evil, popularity=3),)))
    stage.store.connecting.set(evil)
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        place = stage.overview.query_one(TopLine).location
        assert place is not None
        assert place.cache == "^[]0;owned^G\\u202e[/b]"
        stage.app.export_screenshot()


async def test_a_cache_that_is_disabled_is_called_so(stage: Stage) -> None:
    samples.fill(stage.store)
    stage.store.cache.value.set(samples.cache().model_copy(update={"enabled": False}))
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        place = stage.overview.query_one(TopLine).location
        assert place is not None
        assert place.cache == "prod-cache (disabled)"


async def test_an_equal_sample_repaints_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=(160, 48)) as pilot:
        await ready(pilot)
        repainted = noted_repaints(stage, monkeypatch)
        stage.store.stats.value.set(replace(samples.stats()))
        stage.store.popular.value.set(samples.popular())
        stage.overview.frame.tick()
        assert repainted == set()


async def test_a_second_changes_the_top_line_alone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test(size=(160, 48)) as pilot:
        await ready(pilot)
        repainted = noted_repaints(stage, monkeypatch)
        stage.clock.passed += 1
        stage.overview.frame.tick()
        assert repainted == {"TopLine"}
