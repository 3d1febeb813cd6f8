"""The Log in every state, at the sizes people have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.base.health import FailureKind
from mctop.store.base.marks import Mark, MarkKind
from tests.snapshots.comparing import EACH_SIZE, SMALL, after
from tests.ui import samples
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from tests.snapshots.comparing import Compare

FILTERED = ("slash", *"session", "enter", "exclamation_mark", *"set", "enter")


def full() -> Stage:
    """A stage on which everything is live, and was flushed lately."""
    stage = Stage()
    samples.fill(stage.store)
    stage.store.marks.set((Mark(samples.NOON - 5, MarkKind.FLUSH, "by ada"),))
    return stage


@EACH_SIZE
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    assert snap_compare(stage.app, terminal_size=size, run_before=after("6"))
    assert stage.app.frame_filter.hits == 0


@EACH_SIZE
def test_filtered_and_read_further_up(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=after("6", *FILTERED, "up", "up"))


@EACH_SIZE
def test_highlighted(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=after("6", *FILTERED, "asterisk", "N"))


def test_what_is_typed_is_no_filter(snap_compare: Compare) -> None:
    keys = ("6", "slash", *"size", "greater_than_sign")
    assert snap_compare(full().app, terminal_size=SMALL, run_before=after(*keys))


@EACH_SIZE
def test_empty(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    samples.quiet(stage.store)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("6"))


@EACH_SIZE
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    samples.fail(stage.store, FailureKind.UNREACHABLE, None, "connection refused", since=60)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("6"))


@EACH_SIZE
def test_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    log = stage.store.log
    log.value.set(None)
    samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "introspection is not enabled for this cache")
    refused = log.health.value
    samples.live(stage.store)
    log.health.set(refused)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("6"))
