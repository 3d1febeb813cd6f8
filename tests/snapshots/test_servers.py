"""The Servers and the page of one server in every state, at the sizes people have."""

from __future__ import annotations

from mctop.store.base.health import FailureKind
from mctop.ui.registry.options import UiOptions
from tests.snapshots.comparing import EACH_SIZE, MIDDLE, Compare, after
from tests.ui import samples
from tests.ui.screens.servers.stores import bad_night, farm
from tests.ui.stage import Stage


def night(**options: object) -> Stage:
    """One of three servers is slow and misses."""
    stage = Stage(UiOptions(**options))  # type: ignore[arg-type]  # the options' own types
    bad_night(stage.store)
    return stage


@EACH_SIZE
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = night()
    assert snap_compare(stage.app, terminal_size=size, run_before=after("3"))
    assert stage.app.frame_filter.hits == 0


@EACH_SIZE
def test_hundred_servers(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    farm(stage.store, 100)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("3", "G"))


@EACH_SIZE
def test_page(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(night().app, terminal_size=size, run_before=after("3", "enter"))


@EACH_SIZE
def test_empty(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    samples.quiet(stage.store)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("3"))


@EACH_SIZE
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = night()
    samples.fail(stage.store, FailureKind.TIMED_OUT, None, "", since=200)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("3"))


@EACH_SIZE
def test_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    stage.store.connecting.set(None)
    samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "You are not authorized to perform this action.")
    assert snap_compare(stage.app, terminal_size=size, run_before=after("3"))


def test_read_an_hour_ago(snap_compare: Compare) -> None:
    assert snap_compare(night().app, terminal_size=MIDDLE, run_before=after("3", *("{",) * 6))
