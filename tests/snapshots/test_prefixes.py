"""The Prefixes and the page of one prefix in every state, at the sizes people have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.base.health import Failure, FailureKind, Health
from mctop.ui.registry.options import UiOptions
from tests.snapshots.comparing import EACH_SIZE, MIDDLE, Compare, after
from tests.ui import samples
from tests.ui.screens.prefixes.watching import fill, items
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from mctop.store.store import Store


def watching(**options: object) -> Stage:
    """Three prefixes are watched, one of which the API refuses."""
    stage = Stage(UiOptions(**options))  # type: ignore[arg-type]  # the options' own types
    fill(stage)
    return stage


def without_introspection(store: Store) -> None:
    """The plan has no introspection; the rest is well."""
    samples.fill(store)
    for one in (store.prefixes, store.compound, store.popular, store.prefix_items, store.log):
        failure = Failure(FailureKind.FORBIDDEN, "GET", "/introspection/prefixes", "Not on this plan.", 0, 403)
        one.health.set(Health(60, failure=failure, failures=1, next_try=samples.STARTED + 286))
    store.popular.value.set(None)


@EACH_SIZE
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = watching()
    assert snap_compare(stage.app, terminal_size=size, run_before=after("5"))
    assert stage.app.frame_filter.hits == 0


@EACH_SIZE
def test_page(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = watching()
    stage.store.prefix_items.value.set(items(2))
    assert snap_compare(stage.app, terminal_size=size, run_before=after("5", "enter"))


@EACH_SIZE
def test_nothing_watched(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = watching()
    stage.store.prefixes.value.set(())
    assert snap_compare(stage.app, terminal_size=size, run_before=after("5"))


@EACH_SIZE
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = watching()
    samples.fail(stage.store, FailureKind.UNREACHABLE, None, "no route to host", since=200)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("5"))


@EACH_SIZE
def test_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    without_introspection(stage.store)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("5"))


@EACH_SIZE
def test_confirm(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(watching().app, terminal_size=size, run_before=after("5", "w"))


def test_a_refused_prefix(snap_compare: Compare) -> None:
    assert snap_compare(watching().app, terminal_size=MIDDLE, run_before=after("5", "j", "j"))


def test_read_only(snap_compare: Compare) -> None:
    assert snap_compare(watching(read_only=True).app, terminal_size=MIDDLE, run_before=after("5"))
