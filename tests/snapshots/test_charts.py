"""The Charts in every state, at the sizes people have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.store.base.health import FailureKind
from mctop.store.base.window import TimeWindow
from mctop.ui.registry.options import UiOptions
from tests.snapshots.comparing import EACH_SIZE, LARGE, MIDDLE, SMALL, after
from tests.ui import samples
from tests.ui.screens.charts.pictures import DAY, earlier, live
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from tests.snapshots.comparing import Compare


BOTH = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])


def full(**options: object) -> Stage:
    """A stage on which everything is live."""
    stage = Stage(UiOptions(**options))  # type: ignore[arg-type]  # the options' own types
    samples.fill(stage.store)
    return stage


@EACH_SIZE
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    assert snap_compare(stage.app, terminal_size=size, run_before=after("2"))
    assert stage.app.frame_filter.hits == 0


@EACH_SIZE
def test_read_at_the_cursor(snap_compare: Compare, size: tuple[int, int]) -> None:
    keys = ("left_curly_bracket",) * 5
    assert snap_compare(full().app, terminal_size=size, run_before=after("2", *keys))


@BOTH
def test_the_list_with_the_keys(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=after("2", "p", "down", "down"))


@BOTH
def test_servers_compared(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=after("2", "v"))


@BOTH
def test_day_before(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    stage.store.insight_before.value.set(earlier(samples.insight(), DAY - 3_600))
    assert snap_compare(stage.app, terminal_size=size, run_before=after("2", "o"))


def test_live_samples(snap_compare: Compare) -> None:
    stage = full()
    stage.store.stats.value.set(live(60))
    stage.store.window.set(TimeWindow(300))
    assert snap_compare(stage.app, terminal_size=MIDDLE, run_before=after("2"))


def test_full_screen(snap_compare: Compare) -> None:
    assert snap_compare(full().app, terminal_size=SMALL, run_before=after("2", "tab", "f"))


def test_nothing_on(snap_compare: Compare) -> None:
    keys = ("p", "space", *("down",) * 8, "space", *("down",) * 11, "space", *("down",) * 4, "space")
    assert snap_compare(full().app, terminal_size=MIDDLE, run_before=after("2", *keys))


@EACH_SIZE
def test_empty(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    samples.quiet(stage.store)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("2"))


@EACH_SIZE
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    samples.fail(stage.store, FailureKind.SERVER_FAULT, 502, "bad gateway", since=72)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("2"))


@EACH_SIZE
def test_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    stage.store.connecting.set(None)
    samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "You are not authorized to perform this action.")
    assert snap_compare(stage.app, terminal_size=size, run_before=after("2"))
